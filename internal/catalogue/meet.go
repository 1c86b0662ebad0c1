package catalogue

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
)

// What counting costs, measured, in the time that one document of a list takes
// to be looked up in bits.
const (
	bearsCost = 50 // a document's terms counted one by one
	wordShare = 2  // words of bits compared in that time
)

// meet counts facets by comparing postings with a large set, those of most
// documents first: the most frequent values are soon found, since no term has
// more documents in the set than it has at all. It gives up where that costs more
// than to count what the documents bear.
func (x *index) meet(found set, q *Question) ([]Facet, bool) {
	few := min(found.count, x.size()-found.count)
	if found.bits == nil || few <= fewBears || found.count == x.seenBy(q.Audience).count {
		return nil, false
	}
	m := meeting{x: x, bits: found.bits, left: few * bearsCost}
	if len(m.bits)*64 < x.size() {
		m.bits = found.mine(x.size())
	}
	list := make([]Facet, 0, len(q.Facets))
	for _, kind := range q.Facets {
		f := Facet{Kind: kind}
		if k := x.kind(kind); k != nil {
			for _, n := range k.closed {
				f.Values = append(f.Values, x.value(n, int64(m.count(n))))
			}
			f.Values = append(f.Values, m.top(k, q.Values)...)
		}
		if m.left <= 0 {
			return nil, false
		}
		list = append(list, f)
	}
	return list, true
}

// meeting compares postings with a set.
type meeting struct {
	x    *index
	bits words
	left int // what may yet be spent
}

// count returns how many documents of the set have a term.
func (m *meeting) count(n uint32) int {
	p := &m.x.postings[n]
	count := 0
	if p.many == nil {
		m.left -= len(p.list)
		for _, doc := range p.list {
			count += int(m.bits[doc>>6] >> (doc & 63) & 1)
		}
		return count
	}
	to := min(len(p.many.bits), len(m.bits))
	m.left -= to / wordShare
	mine, other := m.bits[:to], p.many.bits[:to]
	for i, w := range mine {
		count += bits.OnesCount64(w & other[i])
	}
	return count
}

// weigh gives up where the terms that may yet have to be compared, those with at
// least so many documents, cost more than is left. It takes them for half as dear
// as the first of them: they become fewer and smaller on the way.
func (m *meeting) weigh(ranked []uint32, least int) {
	n := sort.Search(len(ranked), func(i int) bool { return m.x.postings[ranked[i]].n() < least })
	if n == 0 {
		return
	}
	first := &m.x.postings[ranked[0]]
	each := len(first.list)
	if first.many != nil {
		each = len(first.many.bits) / wordShare
	}
	if n*each/2 > m.left {
		m.left = 0
	}
}

// top returns the values of a kind with the most documents, without those of its
// closed set.
func (m *meeting) top(k *kindTable, limit int) []Value {
	type result struct {
		term  uint32
		count int
	}
	best := make([]result, 0, limit+1)
	compare := func(a, b result) int {
		return cmp.Or(cmp.Compare(b.count, a.count), m.x.compareKeys(a.term, b.term))
	}
	for i, n := range k.ranked {
		if i%16 == 15 && len(best) == limit {
			m.weigh(k.ranked[i:], best[limit-1].count)
		}
		// No term further on has more documents than this one.
		all := m.x.postings[n].n()
		if all == 0 || len(best) == limit && all < best[limit-1].count || m.left <= 0 {
			break
		}
		if m.x.all[n].order > 0 {
			continue
		}
		one := result{n, m.count(n)}
		if one.count == 0 || len(best) == limit && compare(one, best[limit-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, one, compare)
		best = slices.Insert(best, at, one)
		best = best[:min(len(best), limit)]
	}
	values := make([]Value, len(best))
	for i, one := range best {
		values[i] = m.x.value(one.term, int64(one.count))
	}
	return values
}
