package catalogue

import (
	"cmp"
	"math"
	"math/bits"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// span is a range of a column, both ends included.
type span interface {
	has(doc uint32) bool
	// mask has a bit for each of the 64 documents from 64*i on.
	mask(i int) uint64
}

// between is a span of a column of one type.
type between[T cmp.Ordered] struct {
	column    []T
	low, high T
}

func (b between[T]) has(doc uint32) bool {
	v := b.column[doc]
	return b.low <= v && v <= b.high
}

func (b between[T]) mask(i int) uint64 {
	low, high := b.low, b.high
	m := uint64(0)
	for at, v := range b.column[i*64 : min(i*64+64, len(b.column))] {
		bit := uint64(0)
		if v >= low {
			bit = 1
		}
		if v > high {
			bit = 0
		}
		m |= bit << (at & 63)
	}
	return m
}

// inRange returns the documents of a set whose number or date is in a range.
func (x *index) inRange(s set, n query.Node) (set, error) {
	spans := x.spans(n)
	if len(spans) == 0 {
		return set{}, archive.Errorf(archive.Invalid, "The question asks for a number or date that stories do not have.")
	}
	for _, one := range spans {
		if s.sparse() {
			s = filter(s.list, one.has)
			continue
		}
		out := make(words, len(s.bits))
		count := 0
		for i, w := range s.bits {
			if w != 0 {
				out[i] = w & one.mask(i)
				count += bits.OnesCount64(out[i])
			}
		}
		s = set{bits: out, count: count, own: true}
	}
	return s, nil
}

// spans returns the ranges that a condition asks for, none for one that is not
// known.
func (x *index) spans(n query.Node) []span {
	switch n := n.(type) {
	case query.Number:
		switch n.Of {
		case query.Words:
			if n.Min > math.MaxUint32 || n.Max < 0 {
				return []span{between[uint32]{x.columns.words, 1, 0}} // none
			}
			return []span{between[uint32]{x.columns.words, uint32(max(n.Min, 0)), uint32(min(n.Max, math.MaxUint32))}}
		case query.Chapters:
			if n.Min > math.MaxInt32 || n.Max < 0 {
				return []span{between[int32]{x.chapters, 1, 0}}
			}
			return []span{between[int32]{x.chapters, int32(max(n.Min, 0)), int32(min(n.Max, math.MaxInt32))}}
		}
	case query.Date:
		first, last := int64(math.MinInt64), int64(math.MaxInt64)
		if n.From != 0 {
			first = micros(n.From)
		}
		if n.To != 0 {
			last = micros(n.To) + 24*60*60*1_000_000 - 1
		}
		switch n.Of {
		case query.Posted:
			return []span{between[int64]{x.posted, first, last}}
		case query.Updated:
			return []span{between[int64]{x.updated, first, last}}
		case query.Written:
			spans := []span{between[query.Day]{x.from, max(n.From, 1), math.MaxInt32}}
			if n.To != 0 {
				spans = append(spans, between[query.Day]{x.to, 1, n.To})
			}
			return spans
		}
	}
	return nil
}
