package store

import (
	"slices"

	"colophon/internal/archive"
)

// stored is a story of the database that shares a source with stories being
// saved.
type stored struct {
	id      int64
	content archive.Digest
	work    archive.Digest
	title   string // title key
	own     []place
}

// choice is what becomes of one story being saved: the stored story it is, and
// the stored stories that are now part of it.
type choice struct {
	id     int64 // 0 for a new story
	same   bool  // nothing has changed
	absorb []int64
}

// choose decides which stored story each incoming one is. have is sorted by id,
// and every incoming story shares a source with the others or stands alone, so
// that all stories of one page are decided together.
//
// The same content comes first, then the same title, then the order on the
// page. A stored story that is left over, and whose sources one incoming story
// has all taken over, is absorbed; the lowest id survives.
func choose(in []*form, have []stored) []choice {
	out := make([]choice, len(in))
	taken := make([]bool, len(have))
	pair := func(same func(*form, *stored) bool) {
		for i, f := range in {
			for j := range have {
				if out[i].id == 0 && !taken[j] && same(f, &have[j]) {
					out[i].id, taken[j] = have[j].id, true
					out[i].same = f.content == have[j].content
				}
			}
		}
	}
	pair(func(f *form, s *stored) bool { return f.content == s.content })
	pair(func(f *form, s *stored) bool { return f.title != "" && f.title == s.title && sharesAny(f.own, s.own) })
	pair(func(f *form, s *stored) bool { return sharesAny(f.own, s.own) })
	for j := range have {
		if !taken[j] {
			absorb(in, out, &have[j])
		}
	}
	return out
}

func absorb(in []*form, out []choice, left *stored) {
	for i, f := range in {
		if out[i].id == 0 || !coversAll(f.own, left.own) {
			continue
		}
		c := &out[i]
		c.same = false
		c.absorb = append(c.absorb, left.id)
		if left.id < c.id {
			c.absorb[len(c.absorb)-1], c.id = c.id, left.id
		}
		return
	}
}

func sharesAny(a, b []place) bool {
	return slices.ContainsFunc(a, func(p place) bool { return slices.Contains(b, p) })
}

func coversAll(a, b []place) bool {
	return !slices.ContainsFunc(b, func(p place) bool { return !slices.Contains(a, p) })
}

// group puts together the stories that share a source, straight or through
// others: indexes into forms, in the order given.
func group(forms []*form) [][]int {
	var groups [][]int
	of := map[place]int{}
	for i, f := range forms {
		at := -1
		for _, p := range f.own {
			g, ok := of[p]
			switch {
			case !ok:
			case at < 0:
				at = g
			case g != at:
				groups[at] = append(groups[at], groups[g]...)
				for p, x := range of {
					if x == g {
						of[p] = at
					}
				}
				groups[g] = nil
			}
		}
		if at < 0 {
			at = len(groups)
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], i)
		for _, p := range f.own {
			of[p] = at
		}
	}
	for _, g := range groups {
		slices.Sort(g)
	}
	return slices.DeleteFunc(groups, func(g []int) bool { return len(g) == 0 })
}
