package kept

import (
	"container/list"
	"slices"

	"colophon/internal/archive"
)

// Follow begins to keep pages: the changes up to newest are part of whatever is
// composed from now on, and those after it will be told.
func (p *Pages) Follow(newest int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begin(newest)
}

// begin drops all pages and begins a history.
func (p *Pages) begin(newest int64) {
	p.clear()
	p.following, p.known, p.changes = true, newest, nil
	p.newest = Moment{history: p.newest.history + 1, seq: newest}
}

// Lose drops all pages and keeps none until Follow: the changes cannot be
// followed any more.
func (p *Pages) Lose() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.following = false
	p.clear()
}

// Changed drops the pages that show what has changed. Changes are told in the
// order of their numbers; one that was told before does nothing. While changes
// are not followed, none is looked at.
func (p *Pages) Changed(changes []archive.Change) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range changes {
		switch {
		case !p.following:
			return
		case c.All:
			p.begin(c.Seq) // also where its number is lower: another database
			continue
		case c.Seq <= p.newest.seq:
			continue
		}
		p.newest.seq = c.Seq
		p.changes = append(p.changes, c)
		p.dropTouched(c)
	}
	if over := len(p.changes) - recent; over > 0 {
		p.known = p.changes[over-1].Seq
		p.changes = slices.Clone(p.changes[over:])
	}
}

func (p *Pages) dropTouched(c archive.Change) {
	if everywhere(c) {
		for n := range p.byNeed {
			p.dropAll(n)
		}
		return
	}
	p.dropAll(need{kind: ofListing})
	if c.Story != 0 {
		p.dropAll(need{ofStory, c.Story})
	}
	for _, id := range c.Series {
		p.dropAll(need{ofSeries, id})
	}
}

func (p *Pages) dropAll(n need) {
	for el := range p.byNeed[n] {
		p.drop(el)
	}
}

// clear drops all pages.
func (p *Pages) clear() {
	clear(p.pages)
	clear(p.byNeed)
	for i := range p.room {
		p.room[i].used, p.room[i].order = 0, list.New()
	}
}
