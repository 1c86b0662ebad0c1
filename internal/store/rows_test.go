package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"colophon/internal/archive"
	"colophon/internal/store"
)

func allRows(t *testing.T, s *store.Store) (rows []archive.Row) {
	t.Helper()
	_, err := s.EachRow(t.Context(), func(r archive.Row) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestRows(t *testing.T) {
	s, _ := openNew(t)
	st := sample("The Lamp", "Mina", page("/old", "a", "1"))
	st.Header.Bylines = append(st.Header.Bylines, archive.Byline{Name: "Aron", Role: archive.CoAuthor})
	save(t, s, st, sample("Other", "Zoe", page("/old", "b", "2")), sample("Third", "Zoe", page("/old", "c", "3")))
	rows := allRows(t, s)
	want := archive.Row{
		Story: 1, TitleKey: "the lamp", AuthorKey: "mina", Words: 9, Chapters: 2, Written: "2002-03-17", Language: "en",
		Status: archive.Complete, Series: 1,
	}
	if diff := cmp.Diff(want, rows[0], cmpopts.IgnoreFields(archive.Row{}, "Posted", "Updated", "Authors", "Tags")); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	names, err := s.AuthorNames(t.Context(), rows[0].Authors...)
	if err != nil || len(names) != 2 || len(rows[0].Authors) != 2 {
		t.Errorf("authors %v are %v, %v", rows[0].Authors, names, err)
	}
	if len(rows[0].Tags) != 6 || rows[0].Posted == 0 || rows[0].Updated < rows[0].Posted {
		t.Errorf("row: %+v", rows[0])
	}
	if err := s.Withdraw(t.Context(), 2, archive.Withdrawal{}); err != nil {
		t.Fatal(err)
	}
	some, err := s.Rows(t.Context(), []int64{3, 2, 1, 99})
	if err != nil || len(some) != 2 || some[0].Story != 1 || some[1].Story != 3 {
		t.Errorf("rows of some: %+v, %v", some, err)
	}
	if some, err = s.Rows(t.Context(), nil); err != nil || len(some) != 0 {
		t.Errorf("rows of none: %+v, %v", some, err)
	}
	entries, err := s.Entries(t.Context(), []int64{3, 2, 1})
	if err != nil || len(entries) != 2 || entries[0].Title != "Third" {
		t.Errorf("entries: %+v, %v", entries, err)
	}
	place(t, s, standsFor(archive.TagCharacter, "Ana", "Ana Prado"))
	if entries, err = s.Entries(t.Context(), []int64{1}); err != nil {
		t.Fatal(err)
	}
	var tags []string
	for _, g := range entries[0].Tags {
		tags = append(tags, fmt.Sprintf("%s:%s(%s)", g.Kind, g.Name, g.Form))
	}
	wantTags := "character:Ana Prado(Ana) character:Ruben(Ruben) fandom:Harbour Lights(Harbour Lights) " +
		"freeform:Mystery(Mystery) rating:mature(R) relationship:Ana/Ruben(Ana/Ruben)"
	if got := strings.Join(tags, " "); got != wantTags {
		t.Errorf("tags of an entry: %s", got)
	}
}

func TestMatchAndRank(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A lighthouse", "Mina", page("/old", "a", "1")), sample("Other", "Mina", page("/old", "b", "2")))
	st := sample("Third", "Mina", page("/old", "c", "3"))
	st.Chapters[0].Text = "<p>The lighthouse was dark.</p>"
	save(t, s, st)
	ids, err := s.Match(t.Context(), archive.InEverything, "lighthouse", 100)
	if err != nil || len(ids) != 2 {
		t.Fatalf("%v, %v", ids, err)
	}
	ids, err = s.Rank(t.Context(), "lighthouse", archive.InEverything, []int64{3, 1})
	if diff := cmp.Diff([]int64{1, 3}, ids); err != nil || diff != "" {
		t.Errorf("%v: %s", err, diff)
	}
	if ids, err = s.Match(t.Context(), archive.InNotes, "keeper", 100); err != nil || len(ids) != 3 {
		t.Errorf("notes: %v, %v", ids, err)
	}
	if _, err = s.Match(t.Context(), archive.InEverything, "***", 100); archive.KindOf(err) != archive.Invalid {
		t.Errorf("nothing to look for: %v", err)
	}
}

// logged writes down what has changed since: "1(1) 2 tags".
func logged(t *testing.T, s *store.Store, since int64) (string, int64) {
	t.Helper()
	list, newest, err := s.Changes(t.Context(), since, 1000)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, c := range list {
		switch {
		case c.All:
			text += "all "
		case c.Tags:
			text += "tags "
		default:
			text += fmt.Sprint(c.Story, c.Series, " ")
		}
	}
	return text, newest
}

func TestChangesAreLogged(t *testing.T) {
	s, path := openNew(t)
	_, at := logged(t, s, 0)
	expect := func(doing, want string) {
		t.Helper()
		var got string
		if got, at = logged(t, s, at); got != want {
			t.Errorf("%s: %q, want %q", doing, got, want)
		}
	}
	st := sample("A", "M", page("/old", "a", "1"))
	save(t, s, st, sample("B", "M", page("/old", "b", "2")))
	expect("two new stories", "1 [1] 2 [1] ")
	save(t, s, st)
	expect("nothing new", "")
	save(t, s, sample("A", "M", page("/other", "x", "1")))
	expect("a further copy", "1 [1] ")
	st = sample("A", "M", page("/old", "a", "1 again"))
	st.Header.Series.Name = "Another"
	save(t, s, st)
	expect("a revision, in another series", "1 [1] 1 [2] ")
	if err := s.Withdraw(t.Context(), 2, archive.Withdrawal{}); err != nil {
		t.Fatal(err)
	}
	expect("withdrawn", "2 [1] ")
	if err := s.Restore(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	expect("restored", "2 [1] ")
	if err := s.SetVisibility(t.Context(), 2, archive.Members); err != nil {
		t.Fatal(err)
	}
	expect("for members", "2 [1] ")
	if got := allRows(t, s)[1].Visibility; got != archive.Members {
		t.Errorf("visibility %d", got)
	}
	place(t, s, under(archive.TagFandom, "Harbour Lights"))
	expect("tags", "tags ")
	if got, _ := logged(t, s, at+10); got != "all " {
		t.Errorf("from another database: %q", got)
	}
	change(t, path, `DELETE FROM changes WHERE seq < 5`)
	if got, _ := logged(t, s, 1); got != "all " {
		t.Errorf("after a gap: %q", got)
	}
}

func TestViewsAreAdded(t *testing.T) {
	s, path := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1")))
	for range 2 {
		if err := s.AddViews(t.Context(), map[int64]int64{1: 3, 99: 1}); err != nil {
			t.Fatal(err)
		}
	}
	change(t, path, `UPDATE story_views SET views = 1 / CASE WHEN views = 6 THEN 1 ELSE 0 END`) // refused where it is not 6
	sound(t, s)
}
