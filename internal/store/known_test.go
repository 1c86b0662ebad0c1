package store_test

import (
	"crypto/sha256"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"colophon/internal/archive"
	"colophon/internal/store"
)

func TestKnown(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1"), page("/old", "b", "2")), sample("C", "M", page("/new", "a", "3")))
	save(t, s, sample("A", "M", page("/old", "a", "1b"), page("/old", "b", "2")))
	save(t, s, sample("A", "M", page("/old", "a", "1"), page("/old", "b", "2"))) // as at first
	save(t, s, sample("C", "M", page("/old", "c", "3")))                         // a copy
	save(t, s, sample("D", "M", page("/old", "c", "4")))                         // no longer
	got, err := s.Known(t.Context(), "/old")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]archive.Digest{
		"a": sha256.Sum256([]byte("1")), "b": sha256.Sum256([]byte("2")), "c": sha256.Sum256([]byte("4")),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("known (-want +got):\n%s", diff)
	}
}

func TestSketches(t *testing.T) {
	s, _ := openNew(t)
	none := sample("B", "M", page("/old", "b", "2"))
	none.Sketch = nil
	save(t, s, sample("A", "M", page("/old", "a", "1")), none)
	a := sample("A", "M", page("/old", "a", "1"))
	a.Sketch = []byte{9} // another way of sketching is no revision
	if got := outcomes(save(t, s, a)); got != "1 unchanged" {
		t.Errorf("outcome %s", got)
	}
	type row struct {
		ID     int64
		Title  string
		Sketch []byte
	}
	var got []row
	err := s.Sketches(t.Context(), func(id int64, title string, sketch []byte) error {
		got = append(got, row{id, title, sketch})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]row{{1, "A", []byte{9}}}, got); diff != "" {
		t.Errorf("sketches (-want +got):\n%s", diff)
	}
	stop := errors.New("enough")
	err = s.Sketches(t.Context(), func(int64, string, []byte) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("stopped with %v", err)
	}
}

func TestRescues(t *testing.T) {
	s, _ := openNew(t)
	id, err := s.StartRescue(t.Context(), "/old")
	if err != nil {
		t.Fatal(err)
	}
	killed, err := s.StartRescue(t.Context(), "/new")
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{"stories": 3}
	left := []store.LeftFile{{Path: "b.jpg", Code: "image", Reason: "an image"}, {Path: "a.css", Code: "style", Reason: "a style sheet"}}
	if err := s.FinishRescue(t.Context(), id, counts, left); err != nil {
		t.Fatal(err)
	}
	if err := s.FinishRescue(t.Context(), id, counts, left); archive.KindOf(err) != archive.NotFound {
		t.Errorf("ending it twice: %v", err)
	}
	got, err := s.Rescues(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []store.Rescue{
		{ID: killed, Origin: "/new", Counts: map[string]int64{}},
		{ID: id, Origin: "/old", Counts: counts, Left: left},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(store.Rescue{}, "Started", "Finished")); diff != "" {
		t.Errorf("rescues (-want +got):\n%s", diff)
	}
	if !got[0].Finished.IsZero() || !got[1].Finished.After(got[1].Started) {
		t.Errorf("times: %+v", got)
	}
}
