package catalogue

import (
	"math/bits"
	"slices"
)

// words is a set of documents with one bit for each; documents past its end are
// not in it.
type words []uint64

func (w words) has(doc uint32) bool {
	i := int(doc >> 6)
	return i < len(w) && w[i]&(1<<(doc&63)) != 0
}

func (w words) count() int {
	n := 0
	for _, x := range w {
		n += bits.OnesCount64(x)
	}
	return n
}

// put adds or removes a document. The set must reach as far as the document.
func (w words) put(doc uint32, in bool) {
	if in {
		w[doc>>6] |= 1 << (doc & 63)
	} else {
		w[doc>>6] &^= 1 << (doc & 63)
	}
}

// each calls yield with the documents in rising order until it returns false.
func (w words) each(yield func(doc uint32) bool) {
	for i, x := range w {
		for ; x != 0; x &= x - 1 {
			if !yield(uint32(i)<<6 | uint32(bits.TrailingZeros64(x))) {
				return
			}
		}
	}
}

// reach returns the set with room for n documents.
func (w words) reach(n int) words {
	need := (n + 63) / 64
	if need <= len(w) {
		return w
	}
	return append(w, make(words, need-len(w))...)
}

// set is the documents that a condition holds for: a rising list where they are
// few, bits where they are many. What it is made of may belong to the index and
// is not written to, unless own says that it may.
type set struct {
	list  []uint32
	bits  words // nil where list says all
	count int
	own   bool
}

func listSet(list []uint32) set { return set{list: list, count: len(list)} }

func bitSet(w words, own bool) set { return set{bits: w, count: w.count(), own: own} }

// sparse says whether the set is a list.
func (s set) sparse() bool { return s.bits == nil }

func (s set) has(doc uint32) bool {
	if s.bits != nil {
		return s.bits.has(doc)
	}
	_, ok := slices.BinarySearch(s.list, doc)
	return ok
}

// each calls yield with the documents in rising order until it returns false.
func (s set) each(yield func(doc uint32) bool) {
	if s.bits != nil {
		s.bits.each(yield)
		return
	}
	for _, doc := range s.list {
		if !yield(doc) {
			return
		}
	}
}

// mine returns the set's bits for n documents as ones that may be written to.
func (s set) mine(n int) words {
	if s.own && s.bits != nil {
		return s.bits.reach(n)
	}
	w := make(words, (n+63)/64)
	copy(w, s.bits)
	for _, doc := range s.list {
		w[doc>>6] |= 1 << (doc & 63)
	}
	return w
}

// filter returns the documents of a list that pass.
func filter(list []uint32, pass func(doc uint32) bool) set {
	out := make([]uint32, 0, len(list))
	for _, doc := range list {
		if pass(doc) {
			out = append(out, doc)
		}
	}
	return listSet(out)
}

// intersect returns the documents of both sets.
func intersect(a, b set) set {
	if !a.sparse() && b.sparse() || a.sparse() && b.sparse() && len(b.list) < len(a.list) {
		a, b = b, a
	}
	switch {
	case a.sparse() && b.sparse():
		return listSet(common(a.list, b.list))
	case a.sparse():
		return filter(a.list, b.bits.has)
	}
	if !a.own && b.own {
		a, b = b, a
	}
	n := min(len(a.bits), len(b.bits))
	out := a.bits
	if !a.own {
		out = make(words, n)
	}
	count := 0
	for i := range n {
		out[i] = a.bits[i] & b.bits[i]
		count += bits.OnesCount64(out[i])
	}
	return set{bits: out[:n], count: count, own: true}
}

// common returns the documents of both lists, the first being the shorter one.
func common(short, long []uint32) []uint32 {
	out := make([]uint32, 0, len(short))
	for _, doc := range short {
		long = skipTo(long, doc)
		if len(long) == 0 {
			break
		}
		if long[0] == doc {
			out = append(out, doc)
		}
	}
	return out
}

// skipTo returns the part of a rising list that begins with doc or with the
// first one above it. It looks ahead in growing steps, so that a short list
// passes through a long one quickly.
func skipTo(list []uint32, doc uint32) []uint32 {
	step := 1
	for step < len(list) && list[step-1] < doc {
		step *= 2
	}
	from := step / 2
	if from > len(list) {
		from = len(list)
	}
	to := min(step, len(list))
	i, _ := slices.BinarySearch(list[from:to], doc)
	return list[from+i:]
}

// subtract returns the documents of the first set that are not in the second.
func subtract(a, b set) set {
	if a.sparse() {
		if !b.sparse() {
			return filter(a.list, func(doc uint32) bool { return !b.bits.has(doc) })
		}
		rest := b.list
		return filter(a.list, func(doc uint32) bool {
			rest = skipTo(rest, doc)
			return len(rest) == 0 || rest[0] != doc
		})
	}
	out := a.mine(len(a.bits) * 64)
	if b.sparse() {
		count := a.count
		for _, doc := range b.list {
			if out.has(doc) {
				out.put(doc, false)
				count--
			}
		}
		return set{bits: out, count: count, own: true}
	}
	for i := range min(len(out), len(b.bits)) {
		out[i] &^= b.bits[i]
	}
	return bitSet(out, true)
}

// union returns the documents of any of the sets, out of n documents.
func union(sets []set, n int) set {
	total := 0
	for _, s := range sets {
		total += s.count
	}
	switch {
	case len(sets) == 0:
		return listSet(nil)
	case len(sets) == 1:
		return sets[0]
	case total <= n/sparseShare && total <= 1<<12:
		var all []uint32
		for _, s := range sets {
			s.each(func(doc uint32) bool { all = append(all, doc); return true })
		}
		slices.Sort(all)
		return listSet(slices.Compact(all))
	}
	out := make(words, (n+63)/64)
	for _, s := range sets {
		for i, x := range s.bits {
			out[i] |= x
		}
		for _, doc := range s.list {
			out[doc>>6] |= 1 << (doc & 63)
		}
	}
	return bitSet(out, true)
}
