package catalogue

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"sort"

	"colophon/internal/catalogue/query"
)

// order is the documents in rising order of a value, those of one value by
// story. Where the value is 0 or "" it is not known, unless known says that
// every value is one.
type order struct {
	docs    []uint32
	compare func(a, b uint32) int // by value alone
	known   func(doc uint32) bool // nil where all are
}

// sorts are the orders that are kept, in the sequence of a snapshot.
func sorts() []query.Sort {
	return []query.Sort{
		query.SortPosted, query.SortUpdated, query.SortWritten,
		query.SortTitle, query.SortAuthor, query.SortWords,
	}
}

// newOrders returns the orders of columns, without documents.
func newOrders(c *columns) map[query.Sort]*order {
	return map[query.Sort]*order{
		query.SortPosted:  {compare: func(a, b uint32) int { return cmp.Compare(c.posted[a], c.posted[b]) }},
		query.SortUpdated: {compare: func(a, b uint32) int { return cmp.Compare(c.updated[a], c.updated[b]) }},
		query.SortWords:   {compare: func(a, b uint32) int { return cmp.Compare(c.words[a], c.words[b]) }},
		query.SortWritten: {
			compare: func(a, b uint32) int { return cmp.Compare(c.from[a], c.from[b]) },
			known:   func(doc uint32) bool { return c.from[doc] != 0 },
		},
		query.SortTitle: {
			compare: func(a, b uint32) int { return bytes.Compare(c.title.get(a), c.title.get(b)) },
			known:   func(doc uint32) bool { return len(c.title.get(doc)) > 0 },
		},
		query.SortAuthor: {
			compare: func(a, b uint32) int { return bytes.Compare(c.author.get(a), c.author.get(b)) },
			known:   func(doc uint32) bool { return len(c.author.get(doc)) > 0 },
		},
	}
}

// rising says whether an order is read from its least value on: titles and
// authors are, and up turns each the other way round.
func rising(q query.Query) bool {
	return (q.Sort == query.SortTitle || q.Sort == query.SortAuthor) != q.Up
}

// whole compares by value, then by story, so that no two documents are equal.
func (o *order) whole(c *columns) func(a, b uint32) int {
	return func(a, b uint32) int {
		return cmp.Or(o.compare(a, b), cmp.Compare(c.story[a], c.story[b]))
	}
}

// listed compares as a listing shows documents: in the direction asked for,
// those whose value is not known last, and of one value the newest first.
func (o *order) listed(c *columns, up bool) func(a, b uint32) int {
	return func(a, b uint32) int {
		if o.known != nil {
			if x, y := o.known(a), o.known(b); x != y {
				if x {
					return -1
				}
				return 1
			}
		}
		v := o.compare(a, b)
		if !up {
			v = -v
		}
		return cmp.Or(v, cmp.Compare(c.story[b], c.story[a]))
	}
}

// each calls yield with the documents as listed would sort them, until it
// returns false.
func (o *order) each(up bool, yield func(doc uint32) bool) {
	if !up {
		backwards(o.docs, yield)
		return
	}
	first := 0
	if o.known != nil {
		first = sort.Search(len(o.docs), func(i int) bool { return o.known(o.docs[i]) })
	}
	for rest := o.docs[first:]; len(rest) > 0; {
		n := o.run(rest)
		if !backwards(rest[:n], yield) {
			return
		}
		rest = rest[n:]
	}
	backwards(o.docs[:first], yield)
}

func backwards(docs []uint32, yield func(doc uint32) bool) bool {
	for i := len(docs) - 1; i >= 0; i-- {
		if !yield(docs[i]) {
			return false
		}
	}
	return true
}

// run returns how many documents at the beginning have one value.
func (o *order) run(docs []uint32) int {
	step := 1
	for step < len(docs) && o.compare(docs[0], docs[step]) == 0 {
		step *= 2
	}
	from := step / 2
	return from + sort.Search(min(step, len(docs))-from, func(i int) bool {
		return o.compare(docs[0], docs[from+i]) != 0
	})
}

// page returns a part of a set of documents as they are listed: at most limit of
// them after the first offset ones.
func (x *index) page(s set, by query.Query, offset, limit int) []uint32 {
	if offset >= s.count {
		return nil
	}
	limit = min(limit, s.count-offset)
	o, up := x.orders[by.Sort], rising(by)
	if walk := float64(offset+limit) * float64(len(o.docs)) / float64(s.count); walk > sortCost(s.count) {
		docs := make([]uint32, 0, s.count)
		s.each(func(doc uint32) bool { docs = append(docs, doc); return true })
		slices.SortFunc(docs, o.listed(&x.columns, up))
		return docs[offset : offset+limit]
	}
	member := bitsOf(s, x.size())
	page := make([]uint32, 0, limit)
	o.each(up, func(doc uint32) bool {
		if !member.has(doc) {
			return true
		}
		if offset > 0 {
			offset--
			return true
		}
		page = append(page, doc)
		return len(page) < limit
	})
	return page
}

// sortCost is what sorting n documents costs, in steps through an order.
func sortCost(n int) float64 {
	const steps = 10 // a comparison, measured
	return float64(n) * float64(bits.Len(uint(n))) * steps
}

// bitsOf returns a set as bits, which must not be written to.
func bitsOf(s set, n int) words {
	if s.bits != nil {
		return s.bits
	}
	return s.mine(n)
}
