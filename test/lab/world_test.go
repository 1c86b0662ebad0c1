package lab_test

import (
	"cmp"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/sample"
	"colophon/internal/store"
)

// world is an invented archive as the catalogue is given it, with what other
// indexes need to answer the same questions. No database is behind it.
type world struct {
	fold  func(archive.TagKind, string) string
	kinds []archive.TagKind
	spans map[archive.TagKind][2]int64 // the first and last id of the tags of a kind
	tags  []archive.Tag                // by id, from 1
	names catalogue.Names
	rows  []archive.Row
	under [][]int32 // for each row, the tags it is found under, rising: synonyms resolved, with those above
	// stories is how many stories are found under each tag, by id.
	stories []int
}

// ratings are the closed set, mildest first.
func ratings() []string { return []string{"general", "teen", "mature", "explicit"} }

// newWorld makes the archive of a sampler with n stories.
func newWorld(tb testing.TB, n int) *world {
	tb.Helper()
	s := sample.New(n, 1, sample.Options{})
	w := &world{
		fold: tagKeys(tb), spans: map[archive.TagKind][2]int64{},
		kinds: []archive.TagKind{
			archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform,
			archive.TagRating, archive.TagWarning, archive.TagCategory,
		},
	}
	m := &worldMaker{world: w, tags: map[tagOf]int64{}, authors: map[string]int64{}, series: map[string]int64{}}
	for _, name := range ratings() {
		m.tag(archive.TagRating, name)
	}
	for tag := range s.Tags() {
		m.place(tag)
	}
	for i := range n {
		m.row(s.Story(i), s.Visibility(i))
	}
	m.renumber()
	w.expand()
	return w
}

// tagKeys is what makes two spellings of a tag one, as the store has it.
func tagKeys(tb testing.TB) func(archive.TagKind, string) string {
	tb.Helper()
	dir := tb.TempDir()
	key, err := store.LoadOrMakeKey(filepath.Join(dir, "seal.key"))
	if err != nil {
		tb.Fatal(err)
	}
	s, err := store.Open(tb.Context(), filepath.Join(dir, "colophon.db"), store.Options{SealKey: key})
	if err != nil {
		tb.Fatal(err)
	}
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
	return s.TagKey // needs no database
}

type tagOf struct {
	kind archive.TagKind
	key  string
}

// worldMaker gives ids, in the order in which names come.
type worldMaker struct {
	*world
	tags            map[tagOf]int64
	authors, series map[string]int64
}

func (m *worldMaker) tag(kind archive.TagKind, name string) int64 {
	at := tagOf{kind, m.fold(kind, name)}
	id, ok := m.tags[at]
	if !ok {
		id = int64(len(m.world.tags) + 1)
		m.tags[at] = id
		m.world.tags = append(m.world.tags, archive.Tag{ID: id, Kind: kind, Key: at.key, Name: name, State: archive.TagUnsorted})
	}
	return id
}

// place makes of a tag what an archivist would have made of it.
func (m *worldMaker) place(t sample.Tag) {
	id := m.tag(t.Kind, t.Name)
	above := t.Kind
	if above == archive.TagCharacter || above == archive.TagRelationship {
		above = archive.TagFandom // it owns them
	}
	var parents []int64
	for _, name := range t.Parents {
		parents = append(parents, m.tag(above, name))
	}
	of := int64(0)
	if t.State == archive.TagSynonym {
		of = m.tag(t.Kind, t.Of)
	}
	one := &m.world.tags[id-1]
	if of != id { // another spelling with the same key is no synonym
		one.State, one.Of, one.Parents = t.State, of, parents
	}
}

func (m *worldMaker) row(st *archive.Story, v archive.Visibility) {
	h := &st.Header
	r := archive.Row{
		Story: int64(len(m.rows) + 1), Visibility: v, TitleKey: strings.ToLower(h.Title), Words: int64(st.Words()),
		Chapters: len(st.Chapters), Posted: st.Added.UnixMicro(), Written: h.Date.Normal, Language: h.Language, Status: h.Status,
	}
	r.Updated = r.Posted
	if r.Chapters > 1 { // parts came later
		r.Updated += (r.Words % 2000) * int64(time.Hour/time.Microsecond)
	}
	for i, name := range h.Authors() {
		if i == 0 {
			r.AuthorKey = strings.ToLower(name)
		}
		r.Authors = append(r.Authors, numberOf(m.authors, m.fold("", name), func(id int64) {
			m.names.PenNames = append(m.names.PenNames, archive.Name{ID: id, Name: name})
		}))
	}
	if name := h.Series.Name; name != "" {
		r.Series = numberOf(m.series, m.fold("", name), func(id int64) {
			m.names.Series = append(m.names.Series, archive.SeriesName{ID: id, Name: name})
		})
	}
	r.Tags = m.tagsOf(h)
	m.rows = append(m.rows, r)
}

// numberOf is the id of a key, the next one where it is new.
func numberOf(ids map[string]int64, key string, made func(id int64)) int64 {
	id, ok := ids[key]
	if !ok {
		id = int64(len(ids) + 1)
		ids[key] = id
		made(id)
	}
	return id
}

// tagsOf are the tags that a header gives its story.
func (m *worldMaker) tagsOf(h *archive.Header) (ids []int64) {
	add := func(kind archive.TagKind, names ...string) {
		for _, name := range names {
			if id := m.tag(kind, name); name != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	add(archive.TagFandom, h.Fandoms...)
	add(archive.TagCharacter, h.Characters...)
	add(archive.TagRelationship, h.Relationships...)
	add(archive.TagFreeform, h.Genres...)
	add(archive.TagFreeform, h.Keywords...)
	if h.Rating.Normal != "" {
		add(archive.TagRating, h.Rating.Normal)
	}
	add(archive.TagWarning, h.Warnings...)
	if h.WarningsNone {
		add(archive.TagWarning, store.NoWarnings)
	}
	add(archive.TagCategory, h.Categories...)
	return ids
}

// renumber gives the tags of one kind neighbouring ids, so that SQL finds those of
// a kind by a range, and places the closed sets.
func (m *worldMaker) renumber() {
	w := m.world
	order := slices.Clone(w.tags)
	slices.SortStableFunc(order, func(a, b archive.Tag) int {
		return cmp.Compare(slices.Index(w.kinds, a.Kind), slices.Index(w.kinds, b.Kind))
	})
	now := make([]int64, len(order)+1) // by former id
	for i := range order {
		now[order[i].ID] = int64(i + 1)
	}
	for i := range order {
		t := &order[i]
		t.ID, t.Of = int64(i+1), now[t.Of]
		for k, p := range t.Parents {
			t.Parents[k] = now[p]
		}
		span, ok := w.spans[t.Kind]
		if !ok {
			span[0] = t.ID
		}
		span[1] = t.ID
		w.spans[t.Kind] = span
		if t.Kind == archive.TagRating || t.Kind == archive.TagWarning {
			t.State, t.Order = archive.TagCanonical, int(t.ID-span[0]+1)
		}
	}
	w.tags = order
	for i := range w.rows {
		for k, id := range w.rows[i].Tags {
			w.rows[i].Tags[k] = now[id]
		}
	}
}

// expand finds what each story is found under.
func (w *world) expand() {
	w.under, w.stories = make([][]int32, len(w.rows)), make([]int, len(w.tags)+1)
	for i := range w.rows {
		list := make([]int32, 0, len(w.rows[i].Tags)+2)
		for _, id := range w.rows[i].Tags {
			for id = w.resolve(id); id != 0 && !slices.Contains(list, int32(id)); id = w.above(id) {
				list = append(list, int32(id))
				w.stories[id]++
			}
		}
		slices.Sort(list)
		w.under[i] = list
	}
}

// resolve is the tag that another stands for.
func (w *world) resolve(id int64) int64 {
	if of := w.tags[id-1].Of; of != 0 {
		return of
	}
	return id
}

// above is the tag of the same kind that a tag is part of, 0 for none: invented
// tags have at most one.
func (w *world) above(id int64) int64 {
	for _, p := range w.tags[id-1].Parents {
		if w.tags[p-1].Kind == w.tags[id-1].Kind {
			return p
		}
	}
	return 0
}

// worlds counts the fandoms of a row that do not belong together.
func (w *world) worlds(row int) int {
	n := 0
	for _, id := range w.under[row] {
		if t := &w.tags[id-1]; t.Kind == archive.TagFandom && w.above(t.ID) == 0 {
			n++
		}
	}
	return n
}

// rating is the place of a row's rating among all, 0 where it has none.
func (w *world) rating(row int) int {
	for _, id := range w.under[row] {
		if t := &w.tags[id-1]; t.Kind == archive.TagRating {
			return t.Order
		}
	}
	return 0
}

// all gives the rows to Build.
func (w *world) all() iter.Seq2[archive.Row, error] {
	return func(yield func(archive.Row, error) bool) {
		for i := range w.rows {
			if !yield(w.rows[i], nil) {
				return
			}
		}
	}
}
