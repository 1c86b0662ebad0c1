package catalogue

import (
	"context"
	"errors"
	"slices"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// Update is what has changed in an archive.
type Update struct {
	Seq   int64         // the number of the change
	Tags  []archive.Tag // new ones, and those that changed
	Names Names         // likewise
	Rows  []archive.Row // likewise
	Gone  []int64       // stories to forget; those not known are passed over
}

// ErrRebuild says that a change of tags reaches too far to be made in place: the
// catalogue must be built anew.
var ErrRebuild = errors.New("the catalogue must be built anew")

// maxSpread is up to how many stories are changed because a tag did.
const maxSpread = 20_000

// Apply makes a change, all of it or, where it returns an error, nothing. New
// tags, other names, and unsorted tags that find their place are changed in
// place; where a tag loses a synonym or parent, or for too many stories,
// ErrRebuild is returned.
func (c *Catalogue) Apply(ctx context.Context, u Update) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.now
	if err := x.checkUpdate(&u); err != nil {
		return err
	}
	x.applyNames(u.Names)
	x.applyTags(u.Tags)
	x.applyRows(u.Rows, u.Gone)
	x.seq = u.Seq
	c.hits.empty()
	return nil
}

// newcomers are the ids that an update brings with it.
type newcomers struct{ tags, authors, series map[int64]bool }

// checkUpdate says why an update cannot be made.
func (x *index) checkUpdate(u *Update) error {
	also := newcomers{map[int64]bool{}, map[int64]bool{}, map[int64]bool{}}
	spread := 0
	for i := range u.Tags {
		t := &u.Tags[i]
		also.tags[t.ID] = true
		n, ok := x.tags.get(t.ID)
		if !ok {
			continue
		}
		if x.reaches(n, t) {
			return ErrRebuild
		}
		if x.spreads(n, t) {
			spread += int(x.postings[n].n)
		}
	}
	if spread > maxSpread {
		return ErrRebuild
	}
	for i := range u.Names.PenNames {
		also.authors[u.Names.PenNames[i].ID] = true
	}
	for i := range u.Names.Series {
		also.series[u.Names.Series[i].ID] = true
	}
	for i := range u.Rows {
		if err := x.check(&u.Rows[i], also); err != nil {
			return err
		}
	}
	return nil
}

// reaches says whether a change of a tag takes something from its stories that
// they may have from elsewhere too, which is known from their rows only.
func (x *index) reaches(n uint32, t *archive.Tag) bool {
	one := &x.all[n]
	state := stateOf(t.State)
	if x.kinds[one.kind].kind != t.Kind || t.Kind == archive.TagRating && int32(t.Order) != one.order {
		return true
	}
	if one.state == synonym {
		of, ok := x.tags.get(t.Of)
		return state != synonym || !ok || of != one.of
	}
	for _, p := range x.parents[n] {
		if !slices.Contains(t.Parents, x.all[p].id) {
			return true
		}
	}
	return state == synonym && (len(x.synonyms[n]) > 0 || len(x.children[n]) > 0 || one.above || one.order > 0)
}

// spreads says whether a change of a tag changes what its stories are found
// under.
func (x *index) spreads(n uint32, t *archive.Tag) bool {
	return stateOf(t.State) != x.all[n].state && t.State == archive.TagSynonym || len(t.Parents) > len(x.parents[n])
}

// applyNames adds and changes names of authors and series.
func (x *index) applyNames(names Names) {
	for _, a := range names.PenNames {
		x.applyName(KindAuthor, a.ID, a.Name)
	}
	for _, s := range names.Series {
		x.applyName(KindSeries, s.ID, s.Name)
	}
}

func (x *index) applyName(kind archive.TagKind, id int64, name string) {
	n, ok := x.number(kind, id)
	if ok {
		x.unlist(n)
	} else {
		n = x.push(kind, term{id: id, state: canonical, of: none})
	}
	x.all[n].name, x.all[n].key = name, x.fold(kind, name)
	x.list(n)
}

// applyTags adds and changes tags, and then what stories are found under.
func (x *index) applyTags(tags []archive.Tag) {
	spread := make([]bool, len(tags))
	placed := make([]uint32, len(tags))
	for i := range tags {
		t := &tags[i]
		n, ok := x.tags.get(t.ID)
		if ok {
			spread[i] = x.spreads(n, t)
			x.unlist(n)
		} else {
			n = x.push(t.Kind, term{id: t.ID, of: none})
		}
		one := &x.all[n]
		one.key, one.name, one.order = t.Key, t.Name, int32(t.Order)
		if of, ok := x.tags.get(t.Of); !ok || one.state != synonym || one.of != of {
			one.state = stateOf(t.State)
		}
		placed[i] = n
	}
	for i := range tags {
		x.relate(placed[i], &tags[i])
	}
	for _, n := range placed {
		x.list(n)
	}
	for i, n := range placed {
		if spread[i] {
			x.respread(n)
		}
	}
}

// respread finds the stories of a tag under what it now stands for and lies below.
func (x *index) respread(n uint32) {
	var docs []uint32
	x.postings[n].set().each(func(doc uint32) bool { docs = append(docs, doc); return true })
	for _, doc := range docs {
		var bears []uint32
		for _, m := range x.bears.get(doc) {
			if m != n {
				bears = append(bears, m)
			}
		}
		bears = x.expand(bears, n)
		slices.Sort(bears)
		x.rebear(doc, bears)
	}
}

// rebear changes the terms of a document, which must be rising, with everything
// that is counted by them.
func (x *index) rebear(doc uint32, bears []uint32) {
	old := slices.Clone(x.bears.get(doc))
	for _, n := range old {
		x.see(doc, n, ^uint32(0))
		if _, ok := slices.BinarySearch(bears, n); !ok {
			x.bear(n, doc, false, x.size())
		}
	}
	for _, n := range bears {
		x.see(doc, n, 1)
		if _, ok := slices.BinarySearch(old, n); !ok {
			x.bear(n, doc, true, x.size())
		}
	}
	x.bears.set(doc, bears)
	worlds := x.worlds(bears)
	x.flags[crossover].put(doc, worlds > 1)
	x.flags[single].put(doc, worlds == 1)
}

// see adds to the numbers of stories that audiences see with a term.
func (x *index) see(doc, n, by uint32) {
	for a := range x.seen {
		if x.visible[a].has(doc) {
			x.seen[a][n] += by
		}
	}
}

// applyRows adds, changes and forgets stories. Documents leave the orders before
// their values change, and come back afterwards.
func (x *index) applyRows(rows []archive.Row, gone []int64) {
	moved := map[query.Sort][]uint32{}
	for i := range rows {
		if doc, ok := x.ids.get(rows[i].Story); ok {
			for _, by := range x.moves(doc, &rows[i]) {
				moved[by] = append(moved[by], doc)
			}
		}
	}
	left := map[uint32]bool{}
	for _, story := range gone {
		if doc, ok := x.ids.get(story); ok {
			left[doc] = true
		}
	}
	for _, by := range sorts() {
		for doc := range left {
			moved[by] = append(moved[by], doc)
		}
		moved[by] = unique(moved[by])
		x.lift(by, moved[by])
	}
	for doc := range left {
		x.rebear(doc, nil)
		x.clear(doc)
	}
	for i := range rows {
		doc, fresh := x.store(&rows[i])
		for _, by := range sorts() {
			if fresh {
				moved[by] = append(moved[by], doc)
			}
		}
	}
	for _, by := range sorts() {
		docs := slices.DeleteFunc(unique(moved[by]), func(doc uint32) bool { return x.story[doc] == 0 })
		x.lower(by, docs)
	}
}

func unique(docs []uint32) []uint32 {
	slices.Sort(docs)
	return slices.Compact(docs)
}

// moves says in which orders a document may have another place with a row.
func (x *index) moves(doc uint32, row *archive.Row) []query.Sort {
	var list []query.Sort
	add := func(by query.Sort, moves bool) {
		if moves {
			list = append(list, by)
		}
	}
	from, _ := days(row.Written)
	add(query.SortPosted, x.posted[doc] != row.Posted)
	add(query.SortUpdated, x.updated[doc] != row.Updated)
	add(query.SortWritten, x.from[doc] != from)
	add(query.SortTitle, string(x.title.get(doc)) != row.TitleKey)
	add(query.SortAuthor, string(x.author.get(doc)) != row.AuthorKey)
	add(query.SortWords, x.columns.words[doc] != wordsOf(row))
	return list
}

// store writes a row and says whether its story is new. The document must be in
// no order that it has another place in.
func (x *index) store(row *archive.Row) (doc uint32, fresh bool) {
	known := uint32(len(x.all))
	bears := x.termsOf(row)
	for n := known; n < uint32(len(x.all)); n++ {
		x.list(n) // a language
	}
	doc, ok := x.ids.get(row.Story)
	if ok {
		x.hide(doc)
		x.setKeys(doc, row)
		x.write(doc, row)
	} else {
		doc = x.place(row, nil)
	}
	x.rebear(doc, bears)
	x.show(doc, row.Visibility)
	for _, n := range bears {
		x.see(doc, n, 1)
	}
	return doc, !ok
}

// hide takes a document from the numbers of what audiences see, until it is
// shown again.
func (x *index) hide(doc uint32) {
	for _, n := range x.bears.get(doc) {
		x.see(doc, n, ^uint32(0))
	}
	x.show(doc, archive.Held)
}

// fewDocs is up to how many documents are moved in an order one by one.
const fewDocs = 8

// lift takes documents, which must rise, out of an order.
func (x *index) lift(by query.Sort, docs []uint32) {
	o := x.orders[by]
	if len(docs) <= fewDocs {
		for _, doc := range docs {
			o.docs = deleteBy(o.docs, doc, o.whole(&x.columns))
		}
		return
	}
	out := listSet(docs).mine(x.size())
	o.docs = slices.DeleteFunc(o.docs, out.has)
}

// lower puts documents that are not in an order into it.
func (x *index) lower(by query.Sort, docs []uint32) {
	o := x.orders[by]
	compare := o.whole(&x.columns)
	if len(docs) <= fewDocs {
		for _, doc := range docs {
			o.docs = insertBy(o.docs, doc, compare)
		}
		return
	}
	slices.SortFunc(docs, compare)
	old := len(o.docs)
	o.docs = append(o.docs, docs...)
	for to := len(o.docs) - 1; len(docs) > 0; to-- {
		if last := docs[len(docs)-1]; old == 0 || compare(o.docs[old-1], last) < 0 {
			o.docs[to], docs = last, docs[:len(docs)-1]
		} else {
			old--
			o.docs[to] = o.docs[old]
		}
	}
}
