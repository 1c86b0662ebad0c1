// Package kept holds composed pages in memory until what they show changes.
//
// It is a plain data structure: pages by what makes them differ, bounded in
// bytes, with what each of them shows. It composes nothing, reads no request
// and starts no goroutine. Whoever uses it tells it the changes of the archive
// in their order; a page that was composed from what has changed since is
// neither kept nor given out.
package kept

import (
	"container/list"
	"hash/maphash"
	"slices"
	"sync"

	"colophon/internal/archive"
)

// Key is all that makes two pages differ. Nothing else of a request may have
// reached a page that is kept.
type Key struct {
	Address  string // path and query in their one form
	Language string // of the page, BCP 47
	Look     string // the reader's choices in their one form, "" for the usual look
}

// Needs is what a page shows of the archive, and so what must not change while
// it is kept. The zero value shows nothing of it.
type Needs struct {
	Stories []int64
	Series  []int64
	Listing bool // stories, names or counts of the whole archive
	Rare    bool // few ask for it, or anybody can make up another like it: it is kept in the smaller room
}

// Moment is a point in the history of the archive as it is followed.
type Moment struct {
	history int // how often following has begun
	seq     int64
}

// none reports a page that no change concerns.
func (n Needs) none() bool { return !n.Listing && len(n.Stories) == 0 && len(n.Series) == 0 }

// touchedBy reports whether a page with these needs shows what a change is
// about. Changes of tags, and of what is neither story nor series, concern
// every page that shows anything.
func (n Needs) touchedBy(c archive.Change) bool {
	switch {
	case n.none():
		return false
	case n.Listing || everywhere(c):
		return true
	}
	return slices.Contains(n.Stories, c.Story) ||
		slices.ContainsFunc(n.Series, func(id int64) bool { return slices.Contains(c.Series, id) })
}

// everywhere reports a change that may show on any page.
func everywhere(c archive.Change) bool { return c.Tags || c.Story == 0 && len(c.Series) == 0 }

const (
	// unusualShare of the memory, as its divisor, is the most that rare pages and
	// those in unusual looks may take.
	unusualShare = 4
	// pageShare of a room, as its divisor, is the most that the markup of one page
	// may take.
	pageShare = 12
	// seenOnce is how many keys are remembered that were asked for and not kept.
	seenOnce = 4096
	// recent is how many changes are remembered for pages still being composed.
	recent = 1024
)

// Pages are the pages that are kept. All methods may be used at once by many.
type Pages struct {
	mu     sync.Mutex
	seed   maphash.Seed
	room   [2]room // for usual and unusual pages
	pages  map[Key]*list.Element
	byNeed map[need]map[*list.Element]struct{}

	following bool   // changes are known up to newest
	newest    Moment // after the last change that was told
	known     int64  // changes after this number are in changes
	changes   []archive.Change

	once [seenOnce]uint64 // hashes of keys that were asked for, by their place
}

// room is a bounded list of pages, those used last in front.
type room struct {
	limit, used int64 // bytes
	order       *list.List
}

// entry is the value of a list's element.
type entry struct {
	page  *Page
	needs Needs
	size  int64 // bytes that are counted for it
	room  int
}

// need is one thing that pages are found by when it changes.
type need struct {
	kind kind
	id   int64
}

type kind uint8

const (
	ofStory kind = iota
	ofSeries
	ofListing
)

// New returns room for pages of so many bytes in all their forms. It keeps
// nothing before Follow.
func New(limit int64) *Pages {
	unusual := limit / unusualShare
	return &Pages{
		seed:   maphash.MakeSeed(),
		room:   [2]room{{limit: limit - unusual, order: list.New()}, {limit: unusual, order: list.New()}},
		pages:  map[Key]*list.Element{},
		byNeed: map[need]map[*list.Element]struct{}{},
	}
}

// Get returns the page of a key, nil where none is kept.
func (p *Pages) Get(k Key) *Page {
	p.mu.Lock()
	defer p.mu.Unlock()
	el, ok := p.pages[k]
	if !ok {
		return nil
	}
	e := el.Value.(*entry)
	p.room[e.room].order.MoveToFront(el)
	return e.page
}

// Seen is the moment whose changes pages that are composed from now on cannot
// lack. It is asked for before anything is read for a page.
func (p *Pages) Seen() Moment {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.newest
}

// Wanted reports whether a page of so many bytes would be kept. A usual page
// is, while there is room. A rare one, one in an unusual look, and any that
// would drive out another, has to be asked for twice among the last few
// thousand: a walk through all addresses, or through addresses made up, drives
// out nothing.
func (p *Pages) Wanted(k Key, needs Needs, size int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	in := roomOf(k, needs)
	r := &p.room[in]
	if !p.following || size > r.limit/pageShare {
		return false
	}
	if in == 0 && r.used+2*size+overhead <= r.limit { // its packed forms take less than once more
		return true
	}
	h := maphash.Comparable(p.seed, k)
	place := &p.once[h%seenOnce]
	again := *place == h
	*place = h
	return again
}

// roomOf is 0 for usual pages, 1 for others.
func roomOf(k Key, needs Needs) int {
	if k.Look != "" || needs.Rare {
		return 1
	}
	return 0
}

// Put keeps a page that was composed after Seen said seen. It does not, and
// says so, where something that the page shows has changed since then.
func (p *Pages) Put(page *Page, needs Needs, seen Moment) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	size, in := page.size(), roomOf(page.Key, needs)
	if !p.following || size > p.room[in].limit || !p.unchanged(needs, seen) {
		return false
	}
	if el, ok := p.pages[page.Key]; ok {
		p.drop(el)
	}
	e := &entry{page: page, needs: needs, size: size, room: in}
	el := p.room[in].order.PushFront(e)
	p.pages[page.Key] = el
	for _, n := range needs.list() {
		if p.byNeed[n] == nil {
			p.byNeed[n] = map[*list.Element]struct{}{}
		}
		p.byNeed[n][el] = struct{}{}
	}
	p.room[in].used += size
	p.fit(in)
	return true
}

// overhead is what a page takes beside its forms and address, in bytes.
const overhead = 1024

// unchanged reports whether no change after seen touches the needs.
func (p *Pages) unchanged(needs Needs, seen Moment) bool {
	if needs.none() {
		return true
	}
	if seen.history != p.newest.history || seen.seq < p.known {
		return false // composed before the changes that are remembered
	}
	return !slices.ContainsFunc(p.changes, func(c archive.Change) bool { return c.Seq > seen.seq && needs.touchedBy(c) })
}

// Has reports whether a page is kept.
func (p *Pages) Has(page *Page) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	el, ok := p.pages[page.Key]
	return ok && el.Value.(*entry).page == page
}

// Grow counts what was added to a page that is kept, and reports whether it
// still is.
func (p *Pages) Grow(page *Page) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	el, ok := p.pages[page.Key]
	if !ok || el.Value.(*entry).page != page {
		return false
	}
	e := el.Value.(*entry)
	size := page.size()
	p.room[e.room].used += size - e.size
	e.size = size
	p.fit(e.room)
	return true
}

// fit drops the pages that were used least recently until the rest fits.
func (p *Pages) fit(in int) {
	for r := &p.room[in]; r.used > r.limit; {
		p.drop(r.order.Back())
	}
}

// drop removes one page.
func (p *Pages) drop(el *list.Element) {
	e := el.Value.(*entry)
	p.room[e.room].order.Remove(el)
	p.room[e.room].used -= e.size
	delete(p.pages, e.page.Key)
	for _, n := range e.needs.list() {
		delete(p.byNeed[n], el)
		if len(p.byNeed[n]) == 0 {
			delete(p.byNeed, n)
		}
	}
}

// list is what the pages are found by.
func (n Needs) list() []need {
	ns := make([]need, 0, len(n.Stories)+len(n.Series)+1)
	for _, id := range n.Stories {
		ns = append(ns, need{ofStory, id})
	}
	for _, id := range n.Series {
		ns = append(ns, need{ofSeries, id})
	}
	if n.Listing {
		ns = append(ns, need{kind: ofListing})
	}
	return ns
}

// Stats are figures for tests and for whoever looks after an archive.
type Stats struct {
	Pages        int
	Used, Limit  int64 // bytes
	UnusualBytes int64 // of Used
}

// Stats returns the present figures.
func (p *Pages) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Stats{
		Pages: len(p.pages), Used: p.room[0].used + p.room[1].used,
		Limit: p.room[0].limit + p.room[1].limit, UnusualBytes: p.room[1].used,
	}
}
