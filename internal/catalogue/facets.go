package catalogue

import (
	"cmp"
	"slices"
)

// counts are numbers of documents by term, with the terms that have any where
// these are few.
type counts struct {
	of      []uint32
	touched []uint32 // nil where they were not noted
}

// fewBears is up to how many documents the terms counted are noted.
const fewBears = 4096

// facets counts the values of each kind that is asked for.
func (x *index) facets(found set, q *Question) []Facet {
	if len(q.Facets) == 0 {
		return nil
	}
	if list, ok := x.meet(found, q); ok {
		return list
	}
	c, done := x.count(found, q.Audience)
	defer done()
	list := make([]Facet, 0, len(q.Facets))
	for _, kind := range q.Facets {
		f := Facet{Kind: kind}
		if k := x.kind(kind); k != nil {
			for _, n := range k.closed {
				f.Values = append(f.Values, x.value(n, int64(c.of[n])))
			}
			for _, n := range x.top(k, c, q.Values) {
				f.Values = append(f.Values, x.value(n, int64(c.of[n])))
			}
		}
		list = append(list, f)
	}
	return list
}

func (x *index) value(n uint32, count int64) Value {
	return Value{ID: x.all[n].id, Name: x.all[n].name, Count: count, Order: int(x.all[n].order)}
}

// count counts the terms of a set of documents that the audience sees. Where the
// set is all of them, the numbers are there; where it is most of all documents,
// the others are taken from the numbers of all. The counts are valid until done
// is called.
func (x *index) count(found set, a Audience) (c counts, done func()) {
	if found.count == x.seenBy(a).count {
		return counts{of: x.seen[a]}, func() {}
	}
	of := x.borrow()
	c.of = *of
	done = func() {
		clear(*of)
		x.counters.Put(of)
	}
	switch {
	case found.count <= fewBears:
		c.touched = make([]uint32, 0, 1024)
		found.each(func(doc uint32) bool {
			for _, n := range x.bears.get(doc) {
				if c.of[n] == 0 {
					c.touched = append(c.touched, n)
				}
				c.of[n]++
			}
			return true
		})
		return c, func() {
			for _, n := range c.touched {
				c.of[n] = 0
			}
			x.counters.Put(of)
		}
	case found.count <= x.size()/2:
		found.each(func(doc uint32) bool {
			for _, n := range x.bears.get(doc) {
				c.of[n]++
			}
			return true
		})
	default:
		for n := range x.postings {
			c.of[n] = uint32(x.postings[n].n())
		}
		others(found, x.size()).each(func(doc uint32) bool {
			for _, n := range x.bears.get(doc) {
				c.of[n]--
			}
			return true
		})
	}
	return c, done
}

// others returns the documents, out of n, that are not in a set.
func others(s set, n int) words {
	w := make(words, (n+63)/64)
	copy(w, bitsOf(s, n))
	for i := range w {
		w[i] = ^w[i]
	}
	if over := n % 64; over != 0 {
		w[len(w)-1] &= 1<<over - 1
	}
	return w
}

// borrow returns counters for all terms, all of them 0.
func (x *index) borrow() *[]uint32 {
	if of, ok := x.counters.Get().(*[]uint32); ok && len(*of) >= len(x.all) {
		return of
	}
	of := make([]uint32, len(x.all)+len(x.all)/16)
	return &of
}

// top returns the terms of a kind with the most documents, without those of its
// closed set.
func (x *index) top(k *kindTable, c counts, limit int) []uint32 {
	best := make([]uint32, 0, limit+1)
	compare := func(a, b uint32) int {
		return cmp.Or(cmp.Compare(c.of[b], c.of[a]), x.compareKeys(a, b))
	}
	offer := func(n uint32) {
		if c.of[n] == 0 || x.all[n].order > 0 || len(best) == limit && compare(n, best[limit-1]) > 0 {
			return
		}
		i, _ := slices.BinarySearchFunc(best, n, compare)
		best = slices.Insert(best, i, n)
		best = best[:min(len(best), limit)]
	}
	if c.touched != nil {
		for _, n := range c.touched {
			if &x.kinds[x.all[n].kind] == k {
				offer(n)
			}
		}
		return best
	}
	for _, n := range k.ranked {
		// No term further on has more documents than this one.
		if all := uint32(x.postings[n].n()); all == 0 || len(best) == limit && all < c.of[best[limit-1]] {
			break
		}
		offer(n)
	}
	return best
}
