package catalogue_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
)

// form is how keys are made in these tests.
const form = 3

func snapshot(tb testing.TB, c *catalogue.Catalogue) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := c.WriteSnapshot(&b, form); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestASnapshotGivesTheSameAnswers(t *testing.T) {
	w := newWorld(20, 1000)
	before := w.build(t, wordHits{})
	n := newNaive(w)
	rng := rand.New(rand.NewPCG(21, 22))
	for i := range 200 {
		apply(t, w, n, before, w.change(rng, n, int64(i+2)))
	}
	after := catalogue.New(wordHits{}, fold)
	if err := after.ReadSnapshot(bytes.NewReader(snapshot(t, before)), form); err != nil {
		t.Fatal(err)
	}
	if after.Seq() != 201 {
		t.Errorf("current to %d, want 201", after.Seq())
	}
	n = newNaive(w)
	agree(t, w, n, after, rng, 100)
	for i := range 200 {
		apply(t, w, n, after, w.change(rng, n, int64(i+202)))
	}
	agree(t, w, newNaive(w), after, rng, 100)
}

func TestASnapshotOfNothing(t *testing.T) {
	c := catalogue.New(nil, fold)
	if err := c.ReadSnapshot(bytes.NewReader(snapshot(t, catalogue.New(nil, fold))), form); err != nil {
		t.Error(err)
	}
}

func TestADamagedSnapshotIsRefused(t *testing.T) {
	w := newWorld(23, 200)
	good := snapshot(t, w.build(t, nil))
	c := w.build(t, nil)
	want, err := c.Ask(t.Context(), catalogue.Question{Limit: 20, Facets: facetKinds})
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, b []byte, form int) {
		t.Helper()
		if err := c.ReadSnapshot(bytes.NewReader(b), form); archive.KindOf(err) != archive.Damaged {
			t.Errorf("%s: %v, want it to be damaged", what, err)
		}
	}
	refused("another form", good, form+1)
	refused("something behind it", append(bytes.Clone(good), 0), form)
	rng := rand.New(rand.NewPCG(24, 25))
	for range 300 {
		at := rng.IntN(len(good))
		refused("cut off", good[:at], form)
		bad := bytes.Clone(good)
		bad[at] ^= 1 << rng.IntN(8)
		refused("a bit", bad, form)
	}
	got, err := c.Ask(t.Context(), catalogue.Question{Limit: 20, Facets: facetKinds})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was refused changed the answers:\n%s", diff)
	}
}
