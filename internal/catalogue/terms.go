package catalogue

import (
	"cmp"
	"slices"

	"colophon/internal/archive"
)

// Kinds of term that are no tags. They are filtered, counted and looked up as
// tags are.
const (
	KindAuthor   archive.TagKind = "author"
	KindSeries   archive.TagKind = "series"
	KindLanguage archive.TagKind = "language"
)

// term is something that stories have: a tag, an author, a series or a
// language. Its number is its place in the table of terms.
type term struct {
	id    int64
	key   string
	name  string
	of    uint32 // the term that a synonym stands for, as given: it may be a synonym itself
	order int32  // place in a closed set, 0 outside
	kind  uint8  // place in the table of kinds
	state byte   // one of the states below
	above bool   // it has parents of its own kind
}

// The states of a term. Those that are no tags are canonical.
const (
	unsorted byte = iota
	canonical
	synonym
)

// kindTable lists the terms of one kind.
type kindTable struct {
	kind   archive.TagKind
	ids    numbers  // of terms that are no tags
	ranked []uint32 // terms that are no synonyms, by falling number of stories
	byKey  []uint32 // all terms, by key, then by id
	starts []start  // the beginnings of words, by what follows them
	closed []uint32 // terms with a place in a closed set, in its order
}

// terms is the table of all terms, their relations and their stories. Arrays
// have one element for each term.
type terms struct {
	fold     func(kind archive.TagKind, name string) string
	kinds    []kindTable
	tags     numbers // tags of all kinds
	all      []term
	postings []posting
	seen     [2][]uint32 // stories that each audience sees
	rank     []uint32    // place in ranked of its kind
	parents  map[uint32][]uint32
	children map[uint32][]uint32
	synonyms map[uint32][]uint32
	about    map[uint32]string
}

func newTerms(fold func(archive.TagKind, string) string) *terms {
	return &terms{
		fold: fold, parents: map[uint32][]uint32{}, children: map[uint32][]uint32{},
		synonyms: map[uint32][]uint32{}, about: map[uint32]string{},
	}
}

// kind returns the table of a kind, nil where there is no term of it.
func (t *terms) kind(kind archive.TagKind) *kindTable {
	for i := range t.kinds {
		if t.kinds[i].kind == kind {
			return &t.kinds[i]
		}
	}
	return nil
}

// kindNumber returns the place of a kind in the table of kinds, adding it where
// it is new.
func (t *terms) kindNumber(kind archive.TagKind) uint8 {
	for i := range t.kinds {
		if t.kinds[i].kind == kind {
			return uint8(i)
		}
	}
	t.kinds = append(t.kinds, kindTable{kind: kind})
	return uint8(len(t.kinds) - 1)
}

// isTag says whether a kind is one of tags, whose ids are one series of numbers.
func isTag(kind archive.TagKind) bool {
	return kind != KindAuthor && kind != KindSeries && kind != KindLanguage
}

// number returns the number of an author, a series or a language.
func (t *terms) number(kind archive.TagKind, id int64) (uint32, bool) {
	if k := t.kind(kind); k != nil {
		return k.ids.get(id)
	}
	return none, false
}

// push adds a term without placing it in the lists of its kind.
func (t *terms) push(kind archive.TagKind, one term) uint32 {
	n := uint32(len(t.all))
	one.kind = t.kindNumber(kind)
	t.all = append(t.all, one)
	t.postings = append(t.postings, posting{})
	for a := range t.seen {
		t.seen[a] = append(t.seen[a], 0)
	}
	t.rank = append(t.rank, none)
	if isTag(kind) {
		t.tags.put(one.id, n)
	} else {
		t.kinds[one.kind].ids.put(one.id, n)
	}
	return n
}

func stateOf(s archive.TagState) byte {
	switch s {
	case archive.TagCanonical:
		return canonical
	case archive.TagSynonym:
		return synonym
	}
	return unsorted
}

// relate stores what a tag stands for and belongs to. All tags named must be in
// the table; those that are not are left out.
func (t *terms) relate(n uint32, tag *archive.Tag) {
	one := &t.all[n]
	one.of = none
	if one.state == synonym {
		if of, ok := t.tags.get(tag.Of); ok && of != n {
			one.of = of
			t.synonyms[of] = append(t.synonyms[of], n)
		}
	}
	for _, id := range tag.Parents {
		if p, ok := t.tags.get(id); ok {
			t.addParent(n, p)
		}
	}
	if tag.About != "" {
		t.about[n] = tag.About
	}
}

func (t *terms) addParent(n, parent uint32) {
	if parent == n || slices.Contains(t.parents[n], parent) {
		return
	}
	t.parents[n] = append(t.parents[n], parent)
	t.children[parent] = append(t.children[parent], n)
	t.all[n].above = t.all[n].above || t.all[n].kind == t.all[parent].kind
}

// resolve returns the term that stories with a tag are found under: the
// canonical tag of a synonym, else the tag itself. Synonyms in a ring, or of
// nothing that is there, stand for themselves.
func (t *terms) resolve(n uint32) uint32 {
	at := n
	for range maxHops {
		if t.all[at].state != synonym {
			return at
		}
		if t.all[at].of == none {
			break
		}
		at = t.all[at].of
	}
	return n
}

// maxHops is how many synonyms of synonyms are followed.
const maxHops = 16

// expand appends a term and all terms above it to a list that has none twice.
func (t *terms) expand(list []uint32, n uint32) []uint32 {
	n = t.resolve(n)
	if slices.Contains(list, n) {
		return list
	}
	list = append(list, n)
	if !t.all[n].above {
		return list
	}
	for _, p := range t.parents[n] {
		if t.all[p].kind == t.all[n].kind {
			list = t.expand(list, p)
		}
	}
	return list
}

// compareKeys orders terms of one kind by key, then by id.
func (t *terms) compareKeys(a, b uint32) int {
	x, y := &t.all[a], &t.all[b]
	return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.id, y.id))
}

// standing says whether a term has stories of its own: it is no synonym, or one
// that stands for itself.
func (t *terms) standing(n uint32) bool { return t.resolve(n) == n }

// arrange makes the lists of all kinds anew. Postings must be there.
func (t *terms) arrange() {
	for i := range t.kinds {
		k := &t.kinds[i]
		k.ranked, k.byKey, k.starts, k.closed = nil, nil, nil, nil
	}
	for n := range uint32(len(t.all)) {
		k := &t.kinds[t.all[n].kind]
		k.byKey = append(k.byKey, n)
		k.starts = t.appendStarts(k.starts, n)
		if t.standing(n) {
			k.ranked = append(k.ranked, n)
			if t.all[n].order > 0 {
				k.closed = append(k.closed, n)
			}
		}
	}
	for i := range t.kinds {
		k := &t.kinds[i]
		slices.SortFunc(k.byKey, t.compareKeys)
		slices.SortFunc(k.starts, t.compareStarts)
		slices.SortFunc(k.closed, t.compareOrder)
		slices.SortFunc(k.ranked, func(a, b uint32) int { return cmp.Compare(t.postings[b].n, t.postings[a].n) })
		for place, n := range k.ranked {
			t.rank[n] = uint32(place)
		}
		k.byKey, k.starts, k.ranked = slices.Clip(k.byKey), slices.Clip(k.starts), slices.Clip(k.ranked)
	}
}

func (t *terms) compareOrder(a, b uint32) int {
	return cmp.Or(cmp.Compare(t.all[a].order, t.all[b].order), t.compareKeys(a, b))
}

// list places a term in the lists of its kind by name; one that has no rank yet
// also in the list by number of stories.
func (t *terms) list(n uint32) {
	k := &t.kinds[t.all[n].kind]
	k.byKey = insertBy(k.byKey, n, t.compareKeys)
	for _, s := range t.appendStarts(nil, n) {
		k.starts = insertBy(k.starts, s, t.compareStarts)
	}
	if !t.standing(n) {
		return
	}
	if t.rank[n] == none {
		t.rank[n] = uint32(len(k.ranked))
		k.ranked = append(k.ranked, n)
	}
	if t.all[n].order > 0 {
		k.closed = insertBy(k.closed, n, t.compareOrder)
	}
}

// unlist takes a term out of the lists by name, before its name, key, order or
// state changes.
func (t *terms) unlist(n uint32) {
	k := &t.kinds[t.all[n].kind]
	k.byKey = deleteBy(k.byKey, n, t.compareKeys)
	for _, s := range t.appendStarts(nil, n) {
		k.starts = deleteBy(k.starts, s, t.compareStarts)
	}
	k.closed = slices.DeleteFunc(k.closed, func(m uint32) bool { return m == n })
}

func insertBy[T any](list []T, one T, compare func(a, b T) int) []T {
	i, _ := slices.BinarySearchFunc(list, one, compare)
	return slices.Insert(list, i, one)
}

func deleteBy[T any](list []T, one T, compare func(a, b T) int) []T {
	if i, ok := slices.BinarySearchFunc(list, one, compare); ok {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// bear says that a document has a term, or has it no longer, and keeps the
// order of its kind.
func (t *terms) bear(n, doc uint32, has bool, docs int) {
	if has {
		t.swap(n, t.firstOf(n))
		t.postings[n].add(doc, docs)
		return
	}
	t.swap(n, t.lastOf(n))
	t.postings[n].remove(doc, docs)
}

// firstOf returns the first term of a kind with as many stories as n, and
// lastOf the last: with these n changes places before its number rises or falls.
func (t *terms) firstOf(n uint32) uint32 {
	ranked := t.kinds[t.all[n].kind].ranked
	i, _ := slices.BinarySearchFunc(ranked, t.postings[n].n, func(m, count uint32) int {
		return cmp.Compare(count, t.postings[m].n)
	})
	return ranked[i]
}

func (t *terms) lastOf(n uint32) uint32 {
	ranked := t.kinds[t.all[n].kind].ranked
	i, _ := slices.BinarySearchFunc(ranked, t.postings[n].n, func(m, count uint32) int {
		if t.postings[m].n >= count {
			return -1
		}
		return 1
	})
	return ranked[i-1]
}

func (t *terms) swap(a, b uint32) {
	ranked := t.kinds[t.all[a].kind].ranked
	ranked[t.rank[a]], ranked[t.rank[b]] = b, a
	t.rank[a], t.rank[b] = t.rank[b], t.rank[a]
}
