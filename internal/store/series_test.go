package store_test

import (
	"fmt"
	"math/rand/v2"
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

func TestLengths(t *testing.T) {
	s, _ := openNew(t)
	for i, n := range []int{0, 999, 1000, 1001, 50_000} {
		st := told(i, fmt.Sprint("Story ", n), "Mina", "", "<p>x</p>")
		st.Chapters[0].Words = n
		save(t, s, st)
	}
	fandoms, err := s.Tags(t.Context(), archive.TagFandom)
	if err != nil || len(fandoms) != 1 {
		t.Fatal(fandoms, err)
	}
	tag := fandoms[0].ID
	for _, tt := range []struct {
		low, high int64
		want      int
	}{{0, 0, 5}, {1000, 0, 3}, {0, 999, 2}, {1000, 1001, 2}, {2000, 1000, 0}} {
		for _, q := range []archive.Query{{}, {PenName: 1}, {Tag: tag}, {PenName: 1, Tag: tag}} {
			q.MinWords, q.MaxWords = tt.low, tt.high
			if got := titles(t, s, q); len(got) != tt.want {
				t.Errorf("%+v: %v", q, got)
			}
		}
	}
	counts, err := s.Lengths(t.Context(), []int64{1000, 10_000})
	if diff := cmp.Diff([]int64{2, 2, 1}, counts); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := s.Lengths(t.Context(), []int64{2, 1}); archive.KindOf(err) != archive.Invalid {
		t.Errorf("falling bounds: %v", err)
	}
}

func TestRandomIsUniform(t *testing.T) {
	s, _ := openNew(t)
	if _, _, err := s.Random(t.Context(), rand.Int64N); archive.KindOf(err) != archive.NotFound {
		t.Errorf("an empty archive: %v", err)
	}
	for i := range 8 {
		save(t, s, told(i, fmt.Sprint("Story ", i+1), "Mina", "", "<p>x</p>"))
	}
	for _, id := range []int64{1, 4, 8} {
		withdraw(t, s, id, archive.Withdrawal{})
	}
	r := rand.New(rand.NewPCG(3, 4))
	counts := map[int64]int{}
	for range 2000 {
		id, title, err := s.Random(t.Context(), r.Int64N)
		if err != nil || title != fmt.Sprint("Story ", id) {
			t.Fatalf("%d %q: %v", id, title, err)
		}
		counts[id]++
	}
	for id, n := range counts {
		if n < 320 || n > 480 {
			t.Errorf("story %d came up %d times of 2000", id, n)
		}
	}
	if len(counts) != 5 {
		t.Errorf("%d stories came up", len(counts))
	}
	// Where an id never fits, it counts.
	id, _, err := s.Random(t.Context(), func(int64) int64 { return 0 })
	if err != nil || id != 2 {
		t.Errorf("%d, %v", id, err)
	}
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
