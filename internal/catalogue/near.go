package catalogue

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// The bounds of what is offered for names that nothing has.
const (
	maxUnknown = 8 // names of one question
	maxNear    = 5 // offers for each
)

// miss notes a name that nothing has. The first few get offers.
func (e *evaluation) miss(n query.Node, kind archive.TagKind, name string) {
	if slices.ContainsFunc(e.unknown, func(u Unknown) bool { return u.Node == n }) {
		return
	}
	u := Unknown{Node: n}
	if len(e.unknown) < maxUnknown {
		u.Near = e.x.near(kind, e.x.fold(kind, name), e.audience)
	}
	e.unknown = append(e.unknown, u)
}

// near returns the names of a kind whose keys are nearly the one given, or begin
// with it, that have most stories.
func (x *index) near(kind archive.TagKind, key string, a Audience) []Value {
	k := x.kind(kind)
	if k == nil || key == "" {
		return nil
	}
	wanted := []rune(key)
	within := distanceOf(len(wanted))
	mask := letters(key)
	best := map[uint32]int{} // term by distance
	var rows [3][]int
	for i := range rows {
		rows[i] = make([]int, len(wanted)+1)
	}
	for _, n := range k.byKey {
		other := x.all[n].key
		standing := x.resolve(n)
		if x.seen[a][standing] == 0 {
			continue
		}
		d := within + 1
		switch {
		case len(wanted) >= 3 && strings.HasPrefix(other, key):
			d = within
		case differ(mask, letters(other)) <= 2*within:
			d = distance(wanted, other, within, rows)
		}
		if old, ok := best[standing]; d <= within && (!ok || d < old) {
			best[standing] = d
		}
	}
	found := make([]uint32, 0, len(best))
	for n := range best {
		found = append(found, n)
	}
	slices.SortFunc(found, func(a1, b uint32) int {
		return cmp.Or(cmp.Compare(x.seen[a][b], x.seen[a][a1]), cmp.Compare(best[a1], best[b]), x.compareKeys(a1, b))
	})
	var list []Value
	for _, n := range found[:min(len(found), maxNear)] {
		list = append(list, x.value(n, int64(x.seen[a][n])))
	}
	return list
}

// distanceOf is how many letters of a name of n may be wrong.
func distanceOf(n int) int {
	switch {
	case n < 4:
		return 1
	case n < 24:
		return 2
	}
	return 3
}

// letters is the set of a key's characters, in 64 bits for all of them: a wrong
// letter changes at most two members.
func letters(key string) uint64 {
	m := uint64(0)
	for _, r := range key {
		m |= 1 << (r & 63)
	}
	return m
}

// differ is how many members two sets of letters do not share.
func differ(a, b uint64) int { return bits.OnesCount64(a ^ b) }

// distance is how many letters must be put in, left out, changed or swapped with
// their neighbour to make one key of another; anything above within where it is
// more than that. Rows has room for three rows of len(a)+1.
func distance(a []rune, key string, within int, rows [3][]int) int {
	if n := utf8.RuneCountInString(key) - len(a); n > within || -n > within {
		return within + 1
	}
	before, last, now := rows[0], rows[1], rows[2]
	for i := range last {
		last[i] = i
	}
	j, previous := 0, rune(0)
	for _, r := range key {
		j++
		now[0] = j
		least := j
		for i := 1; i <= len(a); i++ {
			d := last[i-1]
			if a[i-1] != r {
				d = 1 + min(d, last[i], now[i-1])
			}
			if i > 1 && j > 1 && a[i-1] == previous && a[i-2] == r {
				d = min(d, before[i-2]+1)
			}
			now[i] = d
			least = min(least, d)
		}
		if least > within {
			return within + 1
		}
		before, last, now = last, now, before
		previous = r
	}
	return last[len(a)]
}
