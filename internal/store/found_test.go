package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// In a story of 400,000 words every part is found: its last words, phrases at any
// place, and one that is longer than most.
func TestLongStoriesAreFoundWhole(t *testing.T) {
	s, _ := openNew(t)
	const count = 400_000
	words := make([]string, count)
	l := newLibrary()
	for i := range words {
		words[i] = l.word()
		if i%97 == 0 {
			words[i] = fmt.Sprint("at", i)
		}
	}
	words[count-2], words[count-1] = "last", "lantern"
	save(t, s, told(1, "Long", "Mina", "", "<p>"+strings.Join(words, " ")+"</p>"),
		told(2, "Drone", "Oskar", "", "<p>"+strings.Repeat("hum ", 5000)+"stop lantern</p>"))
	phrase := func(from, n int) string { return `"` + strings.Join(words[from:from+n], " ") + `"` }
	tests := map[string]string{
		"lantern -drone":        "1: 1",
		"lantern -hum":          "1: 1",
		`"last lantern"`:        "1: 1",
		`"lantern last"`:        "0:",
		`"hum hum hum stop"`:    "1: 2",
		"at0 at399931 last":     "1: 1",
		"at0 -at399931":         "0:",
		phrase(count-150, 150):  "1: 1",
		phrase(count-41, 40):    "1: 1",
		phrase(count/2, 33):     "1: 1",
		"hum -" + phrase(9, 60): "1: 2",
	}
	for at := 0; at < count-40; at += 25_013 {
		tests[phrase(at-at%97, 5)] = "1: 1"
	}
	for text, want := range tests {
		if got := ask(t, s, archive.Search{Text: text}); got != want {
			t.Errorf("%.60q: %s, want %s", text, got, want)
		}
	}
	sound(t, s)
}

// Two databases find the same stories for the same question.
func TestDatabasesFindTheSame(t *testing.T) {
	postgresOnly(t)
	theirs, _ := openNew(t)
	ours, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "colophon.db"), store.Options{SealKey: testKey(), Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	word := rapid.SampledFrom([]string{
		"lamp", "Lampe", "naïve", "NAÏVE", "ﬁre", "Ｗide", "don’t", "x1", "3.5", "a_b", "o'clock", "well-known", "e\u0301cole", "école", "ộ", "ø",
		"灯", "台守", "が", "ガラス", "маяк", "Мой", "мои", "ёлка", "елка", "Ночь", "ночи", "ประภาคาร", "Straße", "STRASSE", "οδός", "ΟΔΟΣ",
		"שָׁלוֹם", "שלום", "العَرَبِيّة", "한국어", "हिन्दी", "İstanbul", "ılık", "ſon", "µm", "½", "x²", "Ǆ", "\U0001f600", "\ue000",
	})
	texts := rapid.Map(rapid.SliceOfN(word, 0, 12), func(w []string) string { return strings.Join(w, " ") })
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		st := told(n, texts.Draw(r, "title"), texts.Draw(r, "author"), texts.Draw(r, "summary"), "<p>"+texts.Draw(r, "text")+"</p>")
		st.Header.Notes = texts.Draw(r, "notes")
		save(t, theirs, st)
		save(t, ours, st)
		some := rapid.Map(rapid.SliceOfN(word, 1, 3), func(w []string) string { return strings.Join(w, " ") })
		term := rapid.OneOf(
			word, word, rapid.Map(some, func(s string) string { return `"` + s + `"` }),
			rapid.Map(word, func(s string) string { return "-" + s }),
			rapid.Map(word, func(s string) string { return string([]rune(s)[:min(3, len([]rune(s)))]) + "*" }),
			rapid.Map(some, func(s string) string { return `-"` + s + `"` }),
		)
		q := archive.Search{
			Text: strings.Join(rapid.SliceOfN(term, 1, 3).Draw(r, "terms"), " "), Limit: 200,
			In: rapid.SampledFrom([]archive.SearchIn{
				archive.InEverything, archive.InTitles, archive.InAuthors, archive.InSummaries, archive.InNotes, archive.InText,
			}).Draw(r, "part"),
		}
		if diff := cmp.Diff(foundBy(t, ours, q), foundBy(t, theirs, q)); diff != "" {
			r.Fatalf("%q in %q (-SQLite +PostgreSQL):\n%s", q.Text, q.In, diff)
		}
	})
	sound(t, theirs)
}

// foundBy is how many stories a question finds, and which, in no order.
func foundBy(t *testing.T, s *store.Store, q archive.Search) []int64 {
	t.Helper()
	ids := []int64{}
	for {
		l, err := s.Search(t.Context(), q)
		if archive.KindOf(err) == archive.Invalid {
			return nil
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range l.Entries {
			ids = append(ids, l.Entries[i].ID)
		}
		if q.Offset += q.Limit; int64(q.Offset) >= l.Total {
			slices.Sort(ids)
			return append(ids, l.Total)
		}
	}
}
