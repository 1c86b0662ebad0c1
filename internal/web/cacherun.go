package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"colophon/internal/archive"
	"colophon/internal/web/kept"
)

const (
	followEvery  = 250 * time.Millisecond // how old a kept page may be after a change
	followWithin = 5 * time.Second        // in which the store has to tell of changes
	changesAsked = 1000                   // at one time
	wishesHeld   = 256                    // pages that wait for their smallest form
)

// Run does what pages need beside answering, until ctx ends: it follows the
// changes of the archive, packs the pages that are kept, and hands over how often
// stories were opened, the last time when ctx has ended. It may be run once.
func (p *Pages) Run(ctx context.Context) {
	var wg sync.WaitGroup
	if p.site.kept != nil {
		wg.Go(func() { p.site.follow(ctx) })
		wg.Go(func() { p.site.squeeze(ctx) })
	}
	if p.site.views != nil {
		wg.Go(func() { p.site.handOver(ctx) })
	}
	wg.Wait()
}

// follow asks what has changed and drops the pages that show it. While that is
// not to be known, no page is kept.
func (s *site) follow(ctx context.Context) {
	at, told := int64(-1), false // -1 while changes are not followed; that they cannot be is told once
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	defer s.kept.Lose()
	for {
		next, err := s.catchUp(ctx, at)
		if err != nil && ctx.Err() == nil {
			s.kept.Lose()
			if !told {
				s.log.ErrorContext(ctx, "cannot follow changes; pages are composed afresh", "error", err)
			}
			next = -1
		}
		at, told = next, next < 0
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// catchUp tells the kept pages of all changes after number at, and returns the
// number of the last one.
func (s *site) catchUp(ctx context.Context, at int64) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, followWithin)
	defer cancel()
	if at < 0 {
		_, newest, err := s.changes.Changes(ctx, 0, 1)
		if err == nil {
			s.kept.Follow(newest)
		}
		return newest, err
	}
	for {
		list, newest, err := s.changes.Changes(ctx, at, changesAsked)
		if err != nil {
			return at, err
		}
		if len(list) == 0 {
			if newest == at {
				return at, nil
			}
			list = []archive.Change{{Seq: newest, All: true}} // another history, without changes after ours
		}
		s.kept.Changed(list)
		at = list[len(list)-1].Seq
	}
}

// wish has the smallest form of a kept page made, where a reader takes it who
// was the first to ask for the page again.
func (s *site) wish(r *http.Request, p *kept.Page) {
	if p.Small() != nil || codingsOf(r).br <= 0 || !p.Ask() {
		return
	}
	select {
	case s.wishes <- p:
	default:
		p.Unask() // too many are waiting: the next reader may ask
	}
}

// squeeze makes the smallest forms, one at a time.
func (s *site) squeeze(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-s.wishes:
			if !s.kept.Has(p) {
				continue
			}
			grown, err := p.Squeeze()
			if err != nil {
				s.log.ErrorContext(ctx, "cannot pack a page", "route", p.Route, "error", err)
			}
			if grown {
				s.kept.Grow(p)
			}
		}
	}
}
