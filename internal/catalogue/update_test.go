package catalogue_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
)

// change invents an update of some stories, with now and then a new tag, author
// or language, a tag that finds its place, and a story that goes.
func (w *world) change(rng *rand.Rand, n *naive, seq int64) catalogue.Update {
	u := catalogue.Update{Seq: seq}
	if rng.IntN(4) == 0 {
		id := int64(len(w.tags) + 1)
		t := archive.Tag{ID: id, Kind: archive.TagFandom, Name: name("fandom", int(id)), State: archive.TagUnsorted}
		t.Key = fold(t.Kind, t.Name)
		w.tags = append(w.tags, t)
		w.byKind[t.Kind] = append(w.byKind[t.Kind], id)
		u.Tags = append(u.Tags, t)
	}
	if t, ok := w.settle(rng); ok {
		u.Tags = append(u.Tags, t)
	}
	if rng.IntN(4) == 0 {
		w.authors++
		u.Names.PenNames = []archive.Name{{ID: int64(w.authors), Name: name("Writer", w.authors-1)}}
		w.names.PenNames = append(w.names.PenNames, u.Names.PenNames...)
	}
	count := 1 + rng.IntN(3)
	if rng.IntN(20) == 0 {
		count = 40
	}
	for range count {
		r := w.row(int64(1 + rng.IntN(len(w.rows)+len(w.rows)/10)))
		if rng.IntN(50) == 0 {
			r.Language = "x-" + string(rune('a'+rng.IntN(26)))
		}
		if old, ok := n.rows[r.Story]; ok && rng.IntN(2) == 0 {
			old.Words, old.Updated, old.Visibility = r.Words, r.Updated, r.Visibility
			r = old
		}
		u.Rows = append(u.Rows, r)
	}
	for story := range n.rows {
		if rng.IntN(4) == 0 && !slices.ContainsFunc(u.Rows, func(r archive.Row) bool { return r.Story == story }) {
			u.Gone = append(u.Gone, story)
		}
		break
	}
	return u
}

// settle places an unsorted tag: as a synonym, below another, or by itself.
func (w *world) settle(rng *rand.Rand) (archive.Tag, bool) {
	t := &w.tags[rng.IntN(len(w.tags))]
	if t.State != archive.TagUnsorted {
		return archive.Tag{}, false
	}
	ids := w.byKind[t.Kind]
	other := w.tags[ids[rng.IntN(20)]-1]
	used := slices.ContainsFunc(w.tags, func(o archive.Tag) bool { return o.Of == t.ID || slices.Contains(o.Parents, t.ID) })
	switch {
	case rng.IntN(2) == 0 && !used && len(t.Parents) == 0:
		t.State, t.Of = archive.TagSynonym, other.ID
	case other.ID < t.ID: // so that parents make no ring
		t.State = archive.TagCanonical
		t.Parents = append(slices.Clone(t.Parents), other.ID)
	default:
		t.State = archive.TagCanonical
		t.Name += " II"
		t.Key = fold(t.Kind, t.Name)
	}
	return *t, true
}

// apply makes a change on both sides.
func apply(t *testing.T, w *world, n *naive, c *catalogue.Catalogue, u catalogue.Update) {
	t.Helper()
	if err := c.Apply(t.Context(), u); err != nil {
		t.Fatalf("%+v: %v", u, err)
	}
	for _, story := range u.Gone {
		delete(n.rows, story)
	}
	for _, r := range u.Rows {
		n.rows[r.Story] = r
	}
	w.rows = w.rows[:0]
	for _, r := range n.rows {
		w.rows = append(w.rows, r)
	}
}

func TestAnswersAgreeAfterManyChanges(t *testing.T) {
	size, questions := 3000, 300
	if testing.Short() {
		size, questions = 500, 100
	}
	w := newWorld(4, size)
	c := w.build(t, wordHits{})
	rng := rand.New(rand.NewPCG(5, 6))
	n := newNaive(w)
	for round := range 3 {
		for i := range size / 3 {
			u := w.change(rng, n, int64(2+round*size+i))
			apply(t, w, n, c, u)
			if c.Seq() != u.Seq {
				t.Fatalf("current to %d after change %d", c.Seq(), u.Seq)
			}
		}
		n = newNaive(w) // with what tags are now
		agree(t, w, n, c, rng, questions/3)
	}
}

func TestChangesThatReachTooFar(t *testing.T) {
	w := newWorld(7, 500)
	c := w.build(t, nil)
	synonym := w.tags[slices.IndexFunc(w.tags, func(t archive.Tag) bool { return t.State == archive.TagSynonym })]
	child := w.tags[slices.IndexFunc(w.tags, func(t archive.Tag) bool { return len(t.Parents) > 0 })]
	synonym.State = archive.TagCanonical
	child.Parents = nil
	for _, tag := range []archive.Tag{synonym, child} {
		if err := c.Apply(t.Context(), catalogue.Update{Seq: 2, Tags: []archive.Tag{tag}}); !errors.Is(err, catalogue.ErrRebuild) {
			t.Errorf("%+v: %v, want ErrRebuild", tag, err)
		}
	}
	row := w.rows[0]
	row.Tags = []int64{1 << 40}
	if err := c.Apply(t.Context(), catalogue.Update{Seq: 2, Rows: []archive.Row{row}}); archive.KindOf(err) != archive.Conflict {
		t.Errorf("a tag that is not there: %v, want a conflict", err)
	}
	if c.Seq() != 1 {
		t.Errorf("refused changes made it current to %d", c.Seq())
	}
}
