package catalogue

import (
	"context"
	"math"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// The bounds of a question.
const (
	maxNodes = 1000
	maxDepth = 64
)

// evaluation answers the conditions of one question.
type evaluation struct {
	x        *index
	ctx      context.Context // of the question; an evaluation lives no longer
	audience Audience
	visible  set
	hits     map[query.Text]set
	unknown  []Unknown
}

// measure counts the conditions of a tree and refuses one that is too large.
func measure(n query.Node, depth int) (int, error) {
	if depth > maxDepth {
		return 0, archive.Errorf(archive.TooLarge, "The question has conditions inside conditions more than %d deep.", maxDepth)
	}
	var parts []query.Node
	switch n := n.(type) {
	case query.And:
		parts = n
	case query.Or:
		parts = n
	case query.Not:
		parts = []query.Node{n.Node}
	}
	total := 1
	for _, part := range parts {
		inside, err := measure(part, depth+1)
		if err != nil {
			return 0, err
		}
		if total += inside; total > maxNodes {
			return 0, archive.Errorf(archive.TooLarge, "The question has more than %d conditions.", maxNodes)
		}
	}
	return total, nil
}

// all returns the stories of the audience that a condition holds for; nil is
// none.
func (e *evaluation) all(n query.Node) (set, error) {
	if n == nil {
		return e.visible, nil
	}
	return e.within(e.visible, n)
}

// within returns the documents of a set that a condition holds for.
func (e *evaluation) within(s set, n query.Node) (set, error) {
	switch n := n.(type) {
	case query.And:
		return e.and(s, n)
	case query.Not:
		return e.not(s, n.Node)
	case query.Or:
		s.own = false // it is asked for again
		return e.or(s, n)
	case query.Number, query.Date:
		pass, err := e.test(n)
		if err != nil {
			return set{}, err
		}
		if s.sparse() {
			return filter(s.list, pass), nil
		}
		return e.scan(s, pass), nil
	}
	out, err := e.leaf(n)
	if err != nil {
		return set{}, err
	}
	return intersect(s, out), nil
}

// and narrows a set by one condition after another: first those that leave the
// fewest documents, last those that are excluded.
func (e *evaluation) and(s set, conditions query.And) (set, error) {
	if err := e.ctx.Err(); err != nil {
		return set{}, context.Cause(e.ctx)
	}
	type ranked struct {
		node query.Node
		size int
	}
	list := make([]ranked, len(conditions))
	for i, n := range conditions {
		list[i] = ranked{n, e.bound(n)}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return a.size - b.size })
	for _, c := range list {
		var err error
		if s, err = e.within(s, c.node); err != nil {
			return set{}, err
		}
	}
	return s, nil
}

// not leaves out the documents that a condition holds for.
func (e *evaluation) not(s set, n query.Node) (set, error) {
	var out set
	var err error
	switch n.(type) {
	case query.And, query.Or, query.Not, query.Number, query.Date:
		kept := s
		kept.own = false
		out, err = e.within(kept, n)
	default:
		out, err = e.leaf(n)
	}
	if err != nil {
		return set{}, err
	}
	return subtract(s, out), nil
}

// bound returns about how many documents a condition leaves at most.
func (e *evaluation) bound(n query.Node) int {
	size := e.x.size()
	switch n := n.(type) {
	case query.And:
		for _, part := range n {
			size = min(size, e.bound(part))
		}
		return size
	case query.Or:
		total := 0
		for _, part := range n {
			total += e.bound(part)
		}
		return min(total, size)
	case query.Not, query.Number, query.Date:
		return size
	case query.Tag:
		return e.bearing(e.x.named(n.Kind, n.Name))
	case query.Author:
		return e.bearing(e.x.named(KindAuthor, n.Name))
	case query.Series:
		return e.bearing(e.x.named(KindSeries, n.Name))
	case query.Text:
		return e.hits[n].count
	}
	return size - 1 // ratings, languages, properties: before what is excluded
}

func (e *evaluation) bearing(found []uint32) int {
	total := 0
	for _, n := range found {
		total += int(e.x.postings[n].n)
	}
	return total
}

func (e *evaluation) or(s set, conditions query.Or) (set, error) {
	if err := e.ctx.Err(); err != nil {
		return set{}, context.Cause(e.ctx)
	}
	parts := make([]set, len(conditions))
	for i, n := range conditions {
		var err error
		if parts[i], err = e.within(s, n); err != nil {
			return set{}, err
		}
	}
	return union(parts, e.x.size()), nil
}

// leaf returns the documents of a condition that is looked up, visible or not.
func (e *evaluation) leaf(n query.Node) (set, error) {
	x := e.x
	switch n := n.(type) {
	case query.Tag:
		return e.name(n, n.Kind, n.Name), nil
	case query.Author:
		return e.name(n, KindAuthor, n.Name), nil
	case query.Series:
		return e.name(n, KindSeries, n.Name), nil
	case query.Rating:
		return e.rating(n)
	case query.Language:
		return e.language(n), nil
	case query.Is:
		flags := map[query.What]flag{
			query.Complete: complete, query.InProgress: inProgress,
			query.Crossover: crossover, query.Single: single, query.InSeries: inSeries,
		}
		if f, ok := flags[n.What]; ok {
			return bitSet(x.flags[f], false), nil
		}
	case query.Text:
		return e.hits[n], nil
	}
	return set{}, archive.Errorf(archive.Invalid, "The question has a condition that the catalogue does not know.")
}

// name returns the documents with a name, noting one that nothing has.
func (e *evaluation) name(n query.Node, kind archive.TagKind, name string) set {
	found := e.x.named(kind, name)
	if len(found) == 0 {
		e.miss(n, kind, name)
	}
	return e.having(found)
}

func (e *evaluation) having(found []uint32) set {
	sets := make([]set, len(found))
	for i, n := range found {
		sets[i] = e.x.postings[n].set()
	}
	return union(sets, e.x.size())
}

// named returns the terms that a name stands for.
func (x *index) named(kind archive.TagKind, name string) []uint32 {
	k := x.kind(kind)
	if k == nil {
		return nil
	}
	key := x.fold(kind, name)
	i, _ := slices.BinarySearchFunc(k.byKey, key, func(n uint32, key string) int {
		return strings.Compare(x.all[n].key, key)
	})
	var found []uint32
	for ; i < len(k.byKey) && x.all[k.byKey[i]].key == key; i++ {
		if n := x.resolve(k.byKey[i]); !slices.Contains(found, n) {
			found = append(found, n)
		}
	}
	return found
}

func (e *evaluation) rating(n query.Rating) (set, error) {
	found := e.x.named(archive.TagRating, n.Name)
	if len(found) == 0 {
		e.miss(n, archive.TagRating, n.Name)
		return listSet(nil), nil
	}
	order := e.x.all[found[0]].order
	switch {
	case n.Op == query.Equal:
		return e.having(found), nil
	case order == 0: // it has no place among the others
		return e.having(found), nil
	}
	var those []uint32
	for _, m := range e.x.kind(archive.TagRating).closed {
		if compared(e.x.all[m].order, n.Op, order) {
			those = append(those, m)
		}
	}
	return e.having(those), nil
}

// compared says whether one place in a closed set stands so to another.
func compared(a int32, op query.Op, b int32) bool {
	switch op {
	case query.AtMost:
		return a <= b
	case query.AtLeast:
		return a >= b
	case query.Below:
		return a < b
	case query.Above:
		return a > b
	default:
		return a == b
	}
}

func (e *evaluation) language(n query.Language) set {
	code := strings.ToLower(n.Code)
	var found []uint32
	if k := e.x.kind(KindLanguage); k != nil {
		for _, m := range k.byKey {
			if key := e.x.all[m].key; key == code || strings.HasPrefix(key, code+"-") {
				found = append(found, m)
			}
		}
	}
	return e.having(found)
}

// test returns what a number or date of a document must pass.
func (e *evaluation) test(n query.Node) (func(doc uint32) bool, error) {
	x := e.x
	switch n := n.(type) {
	case query.Number:
		switch n.Of {
		case query.Words:
			low, high := max(n.Min, 0), min(n.Max, math.MaxUint32)
			return func(doc uint32) bool { w := int64(x.words[doc]); return low <= w && w <= high }, nil
		case query.Chapters:
			return func(doc uint32) bool { w := int64(x.chapters[doc]); return n.Min <= w && w <= n.Max }, nil
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
			return func(doc uint32) bool { at := x.posted[doc]; return first <= at && at <= last }, nil
		case query.Updated:
			return func(doc uint32) bool { at := x.updated[doc]; return first <= at && at <= last }, nil
		case query.Written:
			return func(doc uint32) bool {
				return x.from[doc] != 0 && n.From <= x.from[doc] && (n.To == 0 || x.to[doc] <= n.To)
			}, nil
		}
	}
	return nil, archive.Errorf(archive.Invalid, "The question asks for a number or date that stories do not have.")
}

// scan returns the documents of a large set that pass.
func (e *evaluation) scan(s set, pass func(doc uint32) bool) set {
	out := make(words, len(s.bits))
	count := 0
	s.bits.each(func(doc uint32) bool {
		if pass(doc) {
			out[doc>>6] |= 1 << (doc & 63)
			count++
		}
		return true
	})
	return set{bits: out, count: count, own: true}
}
