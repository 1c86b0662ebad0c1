package store_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// member is a story of a series.
func member(n int, author, series, part, date string) *archive.Story {
	s := told(n, fmt.Sprint("Story ", n), author, "", "<p>x</p>")
	s.Header.Series = archive.Place{Name: series, Part: part}
	s.Header.Date = archive.Stated{Normal: date}
	return s
}

// order is a series as "name by authors: ids".
func order(t testing.TB, s *store.Store, id int64) string {
	t.Helper()
	x, err := s.SeriesByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	got := x.Name + " by " + strings.Join(x.Authors, ", ") + ":"
	for _, e := range x.Entries {
		got += fmt.Sprint(" ", e.ID)
		if e.Series.ID != id || e.Part != e.Series.Part {
			t.Errorf("story %d says %+v", e.ID, e.Series)
		}
	}
	return got
}

func TestSeries(t *testing.T) {
	s, _ := openNew(t)
	save(t, s,
		member(1, "Mina", "Season One", "2 of 5", ""), member(2, "~Mina~", "season one", "Epilogue", ""),
		member(3, "Mina", "Season One", "Prologue", ""), member(4, "Oskar", "Season One", "1", ""),
		member(5, "Mina", "Season One", "", "2003"), member(6, "Mina", "Season One", "", "2001-05"),
		member(7, "Mina", "SEASON ONE", "I", ""), member(8, "", "Season One", "1", ""), member(9, "", "Season One", "2", ""),
		member(10, "Mina", "", "", ""))
	list, err := s.Series(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []archive.SeriesName{
		{ID: 1, Name: "Season One", Authors: []string{"Mina"}, Stories: 6},
		{ID: 2, Name: "Season One", Authors: []string{"Oskar"}, Stories: 1},
		{ID: 3, Name: "Season One", Stories: 1},
		{ID: 4, Name: "Season One", Stories: 1}, // nobody's: not joined
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("series (-want +got):\n%s", diff)
	}
	if got, want := order(t, s, 1), "Season One by Mina: 3 7 1 6 5 2"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for id, want := range map[int64]string{3: "0 7", 1: "7 6", 2: "5 0", 4: "0 0", 10: "0 0", 99: "0 0"} {
		prev, next, err := s.Neighbours(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(idOf(prev), " ", idOf(next)); got != want {
			t.Errorf("neighbours of %d: %s, want %s", id, got, want)
		}
	}
	for _, id := range []int64{0, -1, 99} {
		if _, err := s.SeriesByID(t.Context(), id); archive.KindOf(err) != archive.NotFound {
			t.Errorf("series %d: %v", id, err)
		}
	}
	sound(t, s)
}

func idOf(e *archive.Entry) int64 {
	if e == nil {
		return 0
	}
	return e.ID
}

// The id of a series stays while a story of it is there, seen or withdrawn.
func TestSeriesIDsStay(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, member(1, "Mina", "Tides", "1", ""), member(2, "Oskar", "Other", "1", ""))
	again := member(1, "Mina", "TIDES", "One", "")
	again.Header.Prerequisites, again.Header.SequelTo = []string{"Ebb"}, "Flood"
	save(t, s, again)
	if got := order(t, s, 1); got != "TIDES by Mina: 1" {
		t.Error(got)
	}
	x, err := s.SeriesByID(t.Context(), 1)
	if err != nil || x.Entries[0].SequelTo != "Flood" || len(x.Entries[0].Prerequisites) != 1 || x.Entries[0].Part != "One" {
		t.Errorf("%+v, %v", x, err)
	}
	withdraw(t, s, 1, archive.Withdrawal{})
	if err := s.Restore(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if got := order(t, s, 1); got != "TIDES by Mina: 1" {
		t.Error(got)
	}
	save(t, s, member(1, "Mina", "", "", ""))
	if _, err := s.SeriesByID(t.Context(), 1); archive.KindOf(err) != archive.NotFound {
		t.Errorf("an empty series: %v", err)
	}
	sound(t, s)
}

// A story's headings are read without its text.
func TestHeadingsLeaveTheTextAlone(t *testing.T) {
	s, _ := openNew(t)
	st := told(1, "Long", "Mina", "", "")
	st.Chapters = nil
	text := "<p>" + strings.Repeat("The tide went out. ", 500) + "</p>"
	for i := range 2500 {
		st.Chapters = append(st.Chapters, archive.Chapter{Title: fmt.Sprint("Part ", i), Text: text, Words: 2000})
	}
	save(t, s, st)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := s.Story(t.Context(), 1)
	runtime.ReadMemStats(&after)
	if err != nil || len(got.Chapters) != 2500 || got.Chapters[7].Text != "" {
		t.Fatal(err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > uint64(2500*len(text))/8 {
		t.Errorf("reading the headings took %d bytes, the text has %d", used, 2500*len(text))
	}
	c, err := s.Chapter(t.Context(), 1, 2500)
	if err != nil || c.Title != "Part 2499" || c.Text != text {
		t.Errorf("last chapter %q, %v", c.Title, err)
	}
}
