package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// withdraw takes a story from view.
func withdraw(t testing.TB, s *store.Store, id int64, w archive.Withdrawal) {
	t.Helper()
	if err := s.Withdraw(t.Context(), id, w); err != nil {
		t.Fatal(err)
	}
}

// vanished fails the test for each place where readers still find something,
// in an archive whose only story is withdrawn.
func vanished(t *testing.T, s *store.Store, text string) {
	t.Helper()
	o, err := s.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := archive.Overview{Withdrawn: o.Withdrawn}
	if diff := cmp.Diff(want, o); diff != "" || o.Withdrawn == 0 {
		t.Errorf("overview (-want +got):\n%s", diff)
	}
	if got := titles(t, s); len(got) != 0 {
		t.Errorf("listing: %v", got)
	}
	names, err := s.AuthorNames(t.Context())
	if err != nil || len(names) != 0 {
		t.Errorf("pen names %v, %v", names, err)
	}
	if got := spellings(t, s, archive.TagFandom); got != "" {
		t.Errorf("fandoms: %s", got)
	}
	series, err := s.Series(t.Context())
	if err != nil || len(series) != 0 {
		t.Errorf("series %v, %v", series, err)
	}
	if _, err := s.SeriesByID(t.Context(), 1); archive.KindOf(err) != archive.NotFound {
		t.Errorf("series 1: %v", err)
	}
	if got := ask(t, s, text, archive.InEverything); got != "0:" {
		t.Errorf("search: %s", got)
	}
	like, err := s.Like(t.Context(), text, 5)
	if err != nil || len(like) != 0 {
		t.Errorf("like: %v, %v", like, err)
	}
	sound(t, s)
}

func TestWithdrawAndRestore(t *testing.T) {
	s, path := openNew(t)
	save(t, s, sample("Lantern", "Mina", page("/old", "a", "1")))
	before, err := s.Story(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	withdraw(t, s, 1, archive.Withdrawal{By: "author", Reason: "The author asked for it."})
	vanished(t, s, "lantern")
	if _, err := s.Story(t.Context(), 1); archive.KindOf(err) != archive.Gone {
		t.Errorf("story: %v", err)
	}
	if _, err := s.Chapter(t.Context(), 1, 1); archive.KindOf(err) != archive.Gone {
		t.Errorf("chapter: %v", err)
	}
	stone, err := s.Tombstone(t.Context(), 1)
	want := archive.Tombstone{ID: 1, Reason: "The author asked for it.", Withdrawn: stone.Withdrawn}
	if diff := cmp.Diff(want, stone); err != nil || diff != "" || !stone.Withdrawn.After(before.Added) {
		t.Errorf("tombstone %v (-want +got):\n%s", err, diff)
	}
	withdraw(t, s, 1, archive.Withdrawal{KeepTitle: true})
	again, err := s.Tombstone(t.Context(), 1)
	want = archive.Tombstone{ID: 1, Title: "Lantern", Withdrawn: stone.Withdrawn}
	if diff := cmp.Diff(want, again); err != nil || diff != "" {
		t.Errorf("changed tombstone %v (-want +got):\n%s", err, diff)
	}
	var kept int
	query(t, path, `SELECT (SELECT count(*) FROM chapters) + (SELECT count(*) FROM story_sources) + (SELECT count(*) FROM evidence)`, &kept)
	if kept != 4 {
		t.Errorf("%d rows are left of 4", kept)
	}
	if err := s.Restore(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	after, err := s.Story(t.Context(), 1)
	if diff := cmp.Diff(before, after); err != nil || diff != "" {
		t.Errorf("restored: %v\n%s", err, diff)
	}
	if got := ask(t, s, "lantern", archive.InEverything); got != "1: 1" {
		t.Errorf("search: %s", got)
	}
	if got := titles(t, s); len(got) != 1 {
		t.Errorf("listing: %v", got)
	}
	sound(t, s)
}

func TestWithdrawRefuses(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1")), sample("B", "M", page("/old", "b", "2")))
	save(t, s, sample("A", "M", page("/old", "a", "1"), page("/old", "b", "2")))
	for id, kind := range map[int64]archive.Kind{9: archive.NotFound, 2: archive.Conflict} {
		if err := s.Withdraw(t.Context(), id, archive.Withdrawal{}); archive.KindOf(err) != kind {
			t.Errorf("withdraw %d: %v", id, err)
		}
		if err := s.Restore(t.Context(), id); archive.KindOf(err) != kind {
			t.Errorf("restore %d: %v", id, err)
		}
	}
	if err := s.Restore(t.Context(), 1); archive.KindOf(err) != archive.Conflict {
		t.Errorf("restore: %v", err)
	}
	if _, err := s.Tombstone(t.Context(), 1); archive.KindOf(err) != archive.NotFound {
		t.Errorf("tombstone: %v", err)
	}
}

// Whatever is rescued anew from the bytes of a withdrawn story stays out of
// view; what has other bytes does not.
func TestRescueBringsNothingBack(t *testing.T) {
	src := func(path, content string) archive.Source { return page("/old", path, content) }
	tests := []struct {
		name   string
		again  []*archive.Story
		titles []string
	}{
		{"the same", []*archive.Story{sample("A", "M", src("a", "1"), src("b", "2"))}, []string{}},
		{"a changed page", []*archive.Story{sample("A", "M", src("a", "9"), src("b", "2"))}, []string{}},
		{"another title", []*archive.Story{sample("Z", "M", src("a", "1"), src("b", "2"))}, []string{}},
		{"another origin", []*archive.Story{sample("A", "M", page("/new", "x", "1"), page("/new", "y", "2"))}, []string{}},
		{"parted", []*archive.Story{sample("A", "M", src("a", "1")), sample("B", "M", src("b", "2"))}, []string{}},
		{"a part of another origin", []*archive.Story{sample("B", "M", page("/new", "y", "2"))}, []string{}},
		{"joined with a new page", []*archive.Story{sample("A", "M", src("a", "1"), src("b", "2"), src("c", "3"))}, []string{}},
		{"joined and read otherwise elsewhere", []*archive.Story{sample("Q", "M", page("/new", "y", "3"), page("/new", "x", "1"))}, []string{}},
		{"other bytes", []*archive.Story{sample("C", "M", src("c", "3"))}, []string{"C"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := openNew(t)
			save(t, s, sample("A", "M", src("a", "1"), src("b", "2")))
			withdraw(t, s, 1, archive.Withdrawal{Reason: "asked"})
			save(t, s, tt.again...)
			if diff := cmp.Diff(tt.titles, titles(t, s)); diff != "" {
				t.Errorf("titles (-want +got):\n%s", diff)
			}
			sound(t, s)
			if err := s.Restore(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			sound(t, s)
		})
	}
}

// A story that takes in a withdrawn one is withdrawn; of a page with several
// stories the others stay.
func TestWithdrawalIsInherited(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1")), sample("B", "M", page("/old", "b", "2")))
	withdraw(t, s, 2, archive.Withdrawal{Reason: "asked"})
	save(t, s, sample("A", "M", page("/old", "a", "1"), page("/old", "b", "2")))
	if stone, err := s.Tombstone(t.Context(), 1); err != nil || stone.Reason != "asked" {
		t.Errorf("tombstone %+v, %v", stone, err)
	}
	sound(t, s)
	save(t, s, sample("P", "M", page("/old", "p", "5")), sample("Q", "M", page("/old", "p", "5")))
	withdraw(t, s, 3, archive.Withdrawal{})
	save(t, s, sample("P", "M", page("/new", "p", "5")), sample("Q", "M", page("/new", "p", "5")), sample("R", "M", page("/new", "p", "5")))
	if diff := cmp.Diff([]string{"R", "Q"}, titles(t, s)); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
	sound(t, s)
}

// Saving, withdrawing and restoring in any order leaves a sound archive, in
// which nothing withdrawn is listed.
func TestWithdrawalsKeepTheArchiveSound(t *testing.T) {
	s, _ := openNew(t)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		for range rapid.IntRange(1, 3).Draw(r, "steps") {
			for _, x := range save(t, s, site(r, fmt.Sprint("/old", n), fmt.Sprint("Author ", n))...) {
				var err error
				switch rapid.IntRange(0, 2).Draw(r, "then") {
				case 0:
					err = s.Withdraw(t.Context(), x.ID, archive.Withdrawal{})
				case 1:
					err = s.Restore(t.Context(), x.ID)
				}
				if err != nil && archive.KindOf(err) != archive.Conflict {
					r.Fatal(err)
				}
			}
		}
		for _, row := range allRows(t, s) {
			if _, err := s.Story(t.Context(), row.Story); err != nil {
				r.Fatal(err)
			}
		}
	})
	sound(t, s)
}
