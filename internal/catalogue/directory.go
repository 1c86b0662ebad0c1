package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"colophon/internal/archive"
)

// Directory asks for a part of all names of a kind.
type Directory struct {
	Kind     archive.TagKind
	Audience Audience
	Prefix   string // only names that begin so, "" for all
	ByCount  bool   // those of most stories first; else by name
	Offset   int
	Limit    int // 1 to 1000
}

// Names lists names of a kind that stories are found under and that the audience
// sees stories of, and says how many there are. A synonym has no place of its own.
func (c *Catalogue) Names(d Directory) (names []Value, total int64, err error) {
	if d.Limit < 1 || d.Limit > maxValues || d.Offset < 0 || d.Audience > SignedIn {
		return nil, 0, archive.Errorf(archive.Invalid, "Ask for 1 to %d names at once.", maxValues)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	k := x.kind(d.Kind)
	if k == nil {
		return nil, 0, nil
	}
	list := k.byKey
	if d.Prefix != "" {
		list = x.beginning(list, x.fold(d.Kind, d.Prefix))
	}
	seen := x.seen[d.Audience]
	if d.ByCount {
		list = slices.Clone(list)
		slices.SortFunc(list, func(a, b uint32) int { return cmp.Or(cmp.Compare(seen[b], seen[a]), x.compareKeys(a, b)) })
	}
	for _, n := range list {
		if seen[n] == 0 {
			continue
		}
		if total >= int64(d.Offset) && len(names) < d.Limit {
			names = append(names, x.value(n, int64(seen[n])))
		}
		total++
	}
	return names, total, nil
}

// beginning returns the terms whose keys begin with a key, out of all by key.
func (x *index) beginning(list []uint32, key string) []uint32 {
	from, _ := slices.BinarySearchFunc(list, key, func(n uint32, key string) int { return strings.Compare(x.all[n].key, key) })
	to, _ := slices.BinarySearchFunc(list[from:], key, func(n uint32, key string) int {
		if strings.HasPrefix(x.all[n].key, key) {
			return -1
		}
		return 1
	})
	return list[from : from+to]
}

// Completion is a name that what was typed may be the beginning of.
type Completion struct {
	Value
	Typed string // the synonym that begins so, "" where the name itself does
}

// Complete offers names of a kind with a word that begins as typed, those of most
// stories first. Of a synonym it offers the name that it stands for. Only names
// that the audience sees stories of are offered, at most limit of them, 1 to 1000.
func (c *Catalogue) Complete(kind archive.TagKind, a Audience, typed string, limit int) ([]Completion, error) {
	if limit < 1 || limit > maxValues || a > SignedIn {
		return nil, archive.Errorf(archive.Invalid, "Ask for 1 to %d names at once.", maxValues)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	k := x.kind(kind)
	key := x.fold(kind, strings.TrimSpace(typed))
	if k == nil || key == "" {
		return nil, nil
	}
	from, _ := slices.BinarySearchFunc(k.starts, key, func(s start, key string) int { return strings.Compare(x.text(s), key) })
	by := map[uint32]uint32{} // the term that begins so, by the one it stands for
	for _, s := range k.starts[from:] {
		if !strings.HasPrefix(x.text(s), key) {
			break
		}
		n := x.resolve(s.term)
		if x.seen[a][n] == 0 {
			continue
		}
		if old, ok := by[n]; !ok || s.term == n || old != n && x.compareKeys(s.term, old) < 0 {
			by[n] = s.term
		}
	}
	list := make([]Completion, 0, min(limit, len(by)))
	for _, n := range x.mostSeen(by, a, limit) {
		one := Completion{Value: x.value(n, int64(x.seen[a][n]))}
		if by[n] != n {
			one.Typed = x.all[by[n]].name
		}
		list = append(list, one)
	}
	return list, nil
}

// mostSeen returns the terms that an audience sees most stories of.
func (x *index) mostSeen(of map[uint32]uint32, a Audience, limit int) []uint32 {
	list := make([]uint32, 0, len(of))
	for n := range of {
		list = append(list, n)
	}
	x.sortBySeen(list, a)
	return list[:min(limit, len(list))]
}

func (x *index) sortBySeen(list []uint32, a Audience) {
	slices.SortFunc(list, func(m, n uint32) int {
		return cmp.Or(cmp.Compare(x.seen[a][n], x.seen[a][m]), x.compareKeys(m, n))
	})
}

// TagEntry is a tag with what it is related to. Lists hold what the audience sees
// stories of, those of most stories first.
type TagEntry struct {
	Value
	Kind     archive.TagKind
	State    archive.TagState
	About    string
	Of       Value    // the canonical tag of a synonym
	Synonyms []string // by name
	Parents  []Value  // of any kind
	Children []Value  // of its own kind, at most 1000
}

// Tag says what is known about a tag. Count is the number of stories that are
// found under it, or under what it stands for. Names of related tags without
// visible stories are left out, and so is the tag itself, as if it were not there.
func (c *Catalogue) Tag(id int64, a Audience) (TagEntry, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	n, ok := x.tags.get(id)
	if !ok || a > SignedIn || x.seen[a][x.resolve(n)] == 0 {
		return TagEntry{}, archive.Errorf(archive.NotFound, "There is no such tag.")
	}
	of := x.resolve(n)
	t := TagEntry{
		Value: x.value(n, int64(x.seen[a][of])), Kind: x.kinds[x.all[n].kind].kind,
		State: stateName(x.all[n].state), About: x.about[n],
	}
	if of != n {
		t.Of = x.value(of, t.Count)
	}
	for _, m := range x.synonyms[n] {
		t.Synonyms = append(t.Synonyms, x.all[m].name)
	}
	slices.Sort(t.Synonyms)
	t.Parents = x.related(x.parents[n], a, func(uint32) bool { return true }, maxValues)
	t.Children = x.related(x.children[n], a, func(m uint32) bool { return x.all[m].kind == x.all[n].kind }, maxValues)
	return t, nil
}

// Related lists the tags of a kind that a tag is a parent of, such as a fandom's
// characters, those of most visible stories first, at most limit of them.
func (c *Catalogue) Related(id int64, kind archive.TagKind, a Audience, limit int) ([]Value, error) {
	if limit < 1 || limit > maxValues || a > SignedIn {
		return nil, archive.Errorf(archive.Invalid, "Ask for 1 to %d names at once.", maxValues)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	n, ok := x.tags.get(id)
	if !ok {
		return nil, archive.Errorf(archive.NotFound, "There is no such tag.")
	}
	fits := func(m uint32) bool { return x.kinds[x.all[m].kind].kind == kind }
	return x.related(x.children[x.resolve(n)], a, fits, limit), nil
}

// related returns those of the terms that fit and have visible stories.
func (x *index) related(all []uint32, a Audience, fits func(n uint32) bool, limit int) []Value {
	var list []uint32
	for _, n := range all {
		if x.seen[a][n] > 0 && fits(n) {
			list = append(list, n)
		}
	}
	x.sortBySeen(list, a)
	var values []Value
	for _, n := range list[:min(limit, len(list))] {
		values = append(values, x.value(n, int64(x.seen[a][n])))
	}
	return values
}

func stateName(state byte) archive.TagState {
	switch state {
	case canonical:
		return archive.TagCanonical
	case synonym:
		return archive.TagSynonym
	}
	return archive.TagUnsorted
}

// Lookup returns what a name of a kind stands for, several where the archive has
// several under one key.
func (c *Catalogue) Lookup(kind archive.TagKind, name string, a Audience) []Value {
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	var list []Value
	for _, n := range x.named(kind, name) {
		if a <= SignedIn && x.seen[a][n] > 0 {
			list = append(list, x.value(n, int64(x.seen[a][n])))
		}
	}
	return list
}
