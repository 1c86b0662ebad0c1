package catalogue

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"colophon/internal/archive"
)

// Build makes the index anew from everything there is; seq is the number of the
// change that it is current to. Until it is done the old one answers. An error
// that rows gives ends it and is returned; so does a row that names a tag,
// author or series that is not given, or a story that was given before.
func (c *Catalogue) Build(ctx context.Context, seq int64, tags []archive.Tag, names Names, rows iter.Seq2[archive.Row, error]) error {
	x := newIndex(c.fold)
	x.seq = seq
	if err := x.addTags(tags); err != nil {
		return err
	}
	if err := x.addNames(names); err != nil {
		return err
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		if err := x.load(&row); err != nil {
			return err
		}
		if x.size()%4096 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	x.fillPostings()
	x.arrange()
	x.sortOrders()
	c.replace(x)
	return nil
}

// replace puts another index in the place of the one that answers.
func (c *Catalogue) replace(x *index) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = x
	c.hits.empty()
}

// addTags adds tags and their relations, without placing them in the lists of
// their kinds.
func (x *index) addTags(tags []archive.Tag) error {
	first := uint32(len(x.all))
	for i := range tags {
		t := &tags[i]
		if _, ok := x.tags.get(t.ID); ok {
			return archive.Errorf(archive.Conflict, "A tag is given twice to the catalogue (number %d).", t.ID)
		}
		x.push(t.Kind, term{id: t.ID, key: t.Key, name: t.Name, order: int32(t.Order), state: stateOf(t.State), of: none})
	}
	for i := range tags {
		x.relate(first+uint32(i), &tags[i])
	}
	return nil
}

func (x *index) addNames(names Names) error {
	for i := range names.PenNames {
		if err := x.addName(KindAuthor, names.PenNames[i].ID, names.PenNames[i].Name); err != nil {
			return err
		}
	}
	for i := range names.Series {
		if err := x.addName(KindSeries, names.Series[i].ID, names.Series[i].Name); err != nil {
			return err
		}
	}
	return nil
}

func (x *index) addName(kind archive.TagKind, id int64, name string) error {
	if _, ok := x.number(kind, id); ok {
		return archive.Errorf(archive.Conflict, "A name is given twice to the catalogue (%s %d).", kind, id)
	}
	x.push(kind, term{id: id, key: x.fold(kind, name), name: name, state: canonical, of: none})
	return nil
}

// load adds a row to an index that is being built.
func (x *index) load(row *archive.Row) error {
	if _, ok := x.ids.get(row.Story); ok || row.Story == 0 {
		return archive.Errorf(archive.Conflict, "A story is given twice to the catalogue, or without its number (%d).", row.Story)
	}
	if err := x.check(row, newcomers{}); err != nil {
		return err
	}
	bears := x.termsOf(row)
	doc := x.place(row, bears)
	x.show(doc, row.Visibility)
	x.flags[crossover].put(doc, x.worlds(bears) > 1)
	x.flags[single].put(doc, x.worlds(bears) == 1)
	return nil
}

// check says what of a row is neither known to the index nor comes with it.
func (x *index) check(row *archive.Row, also newcomers) error {
	for _, id := range row.Tags {
		if _, ok := x.tags.get(id); !ok && !also.tags[id] {
			return archive.Errorf(archive.Conflict, "Story %d has a tag that the catalogue was not given (%d).", row.Story, id)
		}
	}
	for _, id := range row.Authors {
		if _, ok := x.number(KindAuthor, id); !ok && !also.authors[id] {
			return archive.Errorf(archive.Conflict, "Story %d has an author that the catalogue was not given (%d).", row.Story, id)
		}
	}
	if _, ok := x.number(KindSeries, row.Series); !ok && row.Series != 0 && !also.series[row.Series] {
		return archive.Errorf(archive.Conflict, "Story %d is in a series that the catalogue was not given (%d).", row.Story, row.Series)
	}
	return nil
}

// termsOf returns the terms that a story is found under, rising: its tags as
// they are resolved with all that is above them, its authors, series and
// language. Of several ratings of the closed set the strongest counts. A
// language that is new becomes a term.
func (x *index) termsOf(row *archive.Row) []uint32 {
	bears := make([]uint32, 0, len(row.Tags)+8)
	for _, id := range row.Tags {
		n, _ := x.tags.get(id)
		bears = x.expand(bears, n)
	}
	bears = x.strongest(bears)
	for _, id := range row.Authors {
		if n, _ := x.number(KindAuthor, id); !slices.Contains(bears, n) {
			bears = append(bears, n)
		}
	}
	if row.Series != 0 {
		n, _ := x.number(KindSeries, row.Series)
		bears = append(bears, n)
	}
	if row.Language != "" {
		bears = append(bears, x.language(row.Language))
	}
	slices.Sort(bears)
	return bears
}

// strongest leaves out the ratings of the closed set except the last in its order.
func (x *index) strongest(bears []uint32) []uint32 {
	k := x.kind(archive.TagRating)
	if k == nil {
		return bears
	}
	rated := func(n uint32) bool {
		return x.all[n].order > 0 && &x.kinds[x.all[n].kind] == k
	}
	best := none
	for _, n := range bears {
		if rated(n) && (best == none || x.compareOrder(n, best) > 0) {
			best = n
		}
	}
	return slices.DeleteFunc(bears, func(n uint32) bool { return n != best && rated(n) })
}

// language returns the term of a language, placing it where it is new.
func (x *index) language(code string) uint32 {
	key := strings.ToLower(code)
	if k := x.kind(KindLanguage); k != nil {
		// Languages are few, and the lists are empty while the index is built.
		for id := range int64(k.ids.n) {
			if n, _ := k.ids.get(id + 1); x.all[n].key == key {
				return n
			}
		}
	}
	i := x.kindNumber(KindLanguage)
	n := x.push(KindLanguage, term{id: int64(x.kinds[i].ids.n) + 1, key: key, name: code, state: canonical, of: none})
	return n
}

// worlds counts the fandoms of a story that do not belong together: those with
// nothing common above them.
func (x *index) worlds(bears []uint32) int {
	var roots [][]uint32 // of each world found so far
	for _, n := range bears {
		if x.kinds[x.all[n].kind].kind != archive.TagFandom {
			continue
		}
		mine := x.expand(nil, n)
		apart := roots[:0]
		for _, other := range roots {
			if slices.ContainsFunc(other, func(m uint32) bool { return slices.Contains(mine, m) }) {
				mine = append(mine, other...)
			} else {
				apart = append(apart, other)
			}
		}
		roots = append(apart, mine)
	}
	return len(roots)
}

// fillPostings makes the postings and numbers of all terms from what the
// documents bear.
func (x *index) fillPostings() {
	x.postings = make([]posting, len(x.all))
	x.seen = [2][]uint32{make([]uint32, len(x.all)), make([]uint32, len(x.all))}
	total := 0
	for doc := range uint32(x.size()) {
		for _, n := range x.bears.get(doc) {
			x.postings[n].n++
		}
	}
	dense := uint32(max(x.size()/sparseShare, 64))
	for n := range x.postings {
		if p := &x.postings[n]; p.n <= dense {
			total += int(p.n)
		} else {
			p.bits = make(words, (x.size()+63)/64)
		}
	}
	// Lists lie in one piece of memory, each cut off where the next one begins:
	// one that grows moves away.
	all := make([]uint32, total)
	for n := range x.postings {
		if p := &x.postings[n]; p.bits == nil {
			p.list, all = all[:0:p.n], all[p.n:]
		}
	}
	for doc := range uint32(x.size()) {
		for _, n := range x.bears.get(doc) {
			if p := &x.postings[n]; p.bits == nil {
				p.list = append(p.list, doc)
			} else {
				p.bits.put(doc, true)
			}
			for a := range x.seen {
				if x.visible[a].has(doc) {
					x.seen[a][n]++
				}
			}
		}
	}
}

// sortOrders sorts all documents that have a story into the orders.
func (x *index) sortOrders() {
	var docs []uint32
	for doc, story := range x.story {
		if story != 0 {
			docs = append(docs, uint32(doc))
		}
	}
	slices.SortFunc(docs, func(a, b uint32) int { return cmp.Compare(x.story[a], x.story[b]) })
	for _, by := range sorts() {
		o := x.orders[by]
		o.docs = slices.Clip(slices.Clone(docs))
		slices.SortFunc(o.docs, o.whole(&x.columns))
	}
}
