package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// told is a story of one chapter; its title and author are unlike the text.
func told(n int, title, author, summary, text string) *archive.Story {
	path := fmt.Sprint("p", n)
	s := sample(title, author, page("/old", path, path))
	s.Header.Summary, s.Header.Notes = summary, ""
	s.Chapters = []archive.Chapter{{Text: text, Words: 10}}
	return s
}

// bookcase is an archive with something to find in every script.
func bookcase(t testing.TB) *store.Store {
	t.Helper()
	s, _ := openNew(t)
	save(t, s,
		told(1, "The Lighthouse Keeper", "Mina Vale", "A storm.", "<p>Nobody un<em>believ</em>ably came &amp; the café was shut.</p>"),
		told(2, "Harbour", "Lighthouse Lil", "", "<p>The keeper of the harbour; the old lighthouse burned.</p><p>Don’t look.</p>"),
		told(3, "Fog", "Oskar", "The lighthouse is dark.", "<p>Old men and the sea, NEAR the AND of it.</p>"),
		told(4, "灯台の夜", "海野さくら", "", "<p>彼は灯台守だった。波の音が聞こえる。</p>"),
		told(5, "Ночь", "Аня", "", "<p>Старый маяк погас, и ёлка упала.</p>"),
		told(6, "คืน", "Nok", "", "<p>เขาเดินไปที่ประภาคารเก่า</p>"),
		told(7, "Ｗｉｄｅ", "Éowyn", "", "<p>A ﬁre in the Straße.</p>"),
	)
	return s
}

func TestSearch(t *testing.T) {
	s := bookcase(t)
	tests := []struct {
		text string
		in   archive.SearchIn
		want string
	}{
		{"lighthouse", "", "3: 1 2 3"}, // title before author before summary
		{"LIGHTHOUSE keeper", "", "2: 1 2"},
		{"lighthouse -keeper", "", "1: 3"},
		{`"old lighthouse"`, "", "1: 2"},
		{`"lighthouse old"`, "", "0:"},
		{"“old lighthouse”", "", "1: 2"},
		{`"old lighthouse`, "", "1: 2"}, // never closed
		{`lighthouse -"old lighthouse"`, "", "2: 1 3"},
		{"light*", "", "3: 1 2 3"},
		{"light", "", "0:"},
		{"灯*", "", "1: 4"},
		{"unbelievably", "", "1: 1"},
		{"cafe", "", "1: 1"},
		{"don't", "", "1: 2"},
		{"don’t", "", "1: 2"},
		{"lighthouse", archive.InTitles, "1: 1"},
		{"lighthouse", archive.InAuthors, "1: 2"},
		{"lighthouse", archive.InSummaries, "1: 3"},
		{"lighthouse", archive.InText, "1: 2"},
		{"mina storm", "", "1: 1"}, // each word in another part
		{"灯台", "", "1: 4"},
		{"台守", archive.InText, "1: 4"},
		{"台の", archive.InTitles, "1: 4"},
		{"守台", "", "0:"},
		{"さくら", "", "1: 4"},
		{"маяк", "", "1: 5"},
		{"МАЯК", "", "1: 5"},
		{"ประภาคาร", "", "1: 6"},
		{"wide", "", "1: 7"},
		{"eowyn", "", "1: 7"},
		{"fire", "", "1: 7"},
		{"nothingness", "", "0:"},
		// Nothing a reader types is syntax.
		{"AND", "", "1: 3"},
		{"old NEAR sea", "", "1: 3"},
		{"title:lighthouse", "", "0:"},
		{"(lighthouse OR", "", "0:"},
		{`lighthouse ) " (`, "", "3: 1 2 3"},
		{"^lighthouse + {keeper}", "", "2: 1 2"},
		{"lighthouse'; DROP TABLE stories", "", "0:"},
		{"lighthouse --", "", "3: 1 2 3"},
		{"light\x00house", "", "0:"},
	}
	for _, tt := range tests {
		if got := ask(t, s, tt.text, tt.in); got != tt.want {
			t.Errorf("%q in %q: %s, want %s", tt.text, tt.in, got, tt.want)
		}
	}
	sound(t, s)
}

func TestSearchSaysWhatToDo(t *testing.T) {
	s := bookcase(t)
	for text, hint := range map[string]string{
		"":                          "letters or numbers",
		" *** ":                     "letters or numbers",
		`"" - "`:                    "letters or numbers",
		"-storm":                    "not only what to leave out",
		strings.Repeat("word ", 65): "at most 64",
		strings.Repeat("a", 1001):   "at most 1000",
	} {
		for doing, err := range refusals(t, s, text, archive.InEverything) {
			if archive.KindOf(err) != archive.Invalid || !strings.Contains(archive.MessageOf(err), hint) {
				t.Errorf("%s %.20q: %v", doing, text, err)
			}
		}
	}
	for doing, err := range refusals(t, s, "a", "shoes") {
		if doing != "excerpts" && archive.KindOf(err) != archive.Invalid {
			t.Errorf("%s, an unknown part: %v", doing, err)
		}
	}
	if got := ask(t, s, strings.Repeat("lighthouse ", 64), archive.InEverything); got != "3: 1 2 3" {
		t.Errorf("64 words: %s", got)
	}
}

// refusals are the errors of each step of a search.
func refusals(t *testing.T, s *store.Store, text string, in archive.SearchIn) map[string]error {
	t.Helper()
	_, match := s.Match(t.Context(), in, text, 5)
	_, rank := s.Rank(t.Context(), text, in, []int64{1})
	return map[string]error{"match": match, "rank": rank, "excerpts": s.Excerpts(t.Context(), in, text, nil)}
}

func TestExcerpts(t *testing.T) {
	s, _ := openNew(t)
	long := strings.Repeat("Nothing stirred upon the water. ", 40)
	save(t, s, told(1, "Tide", "Mina", "", "<p>"+long+"</p><p>Then the <em>bell</em>buoy rang; the bell buoy, &lt;the&gt; Bell.</p><p>"+long+"</p>"),
		told(2, "The Bell", "Mina", "", "<p>Silence.</p>"), told(3, "夜", "海", "", "<p>"+strings.Repeat("波の音。", 100)+"灯台が光る。</p>"))
	for _, tt := range []struct {
		text string
		want map[int64]string // with hits in brackets
	}{
		{`bell`, map[int64]string{1: "[bell] buoy, <the> [Bell]", 2: ""}},
		{`"bell buoy"`, map[int64]string{1: "the [bell buoy], <the> Bell"}},
		{`bellb* bell`, map[int64]string{1: "[bellbuoy] rang; the [bell] buoy"}},
		{`灯台`, map[int64]string{3: "[灯台]が光る。"}},
	} {
		list, err := search(t.Context(), s, tt.text, archive.InEverything)
		if err != nil || len(list) != len(tt.want) {
			t.Fatalf("%q: %d stories, %v", tt.text, len(list), err)
		}
		for _, e := range list {
			marked := e.Excerpt
			for _, h := range slices.Backward(e.Hits) {
				from, to := h[0], h[1]
				marked = marked[:from] + "[" + marked[from:to] + "]" + marked[to:]
			}
			if want := tt.want[e.ID]; want == "" && marked != "" || !strings.Contains(marked, want) {
				t.Errorf("%q in story %d: %q", tt.text, e.ID, marked)
			}
			if n := utf8.RuneCountInString(e.Excerpt); n > 202 {
				t.Errorf("the excerpt has %d characters", n)
			}
		}
	}
}

// Whatever is typed is an answer or Invalid, never a fault; and each story is
// found by any two neighbouring words of its text.
func TestAnythingCanBeSearched(t *testing.T) {
	s := bookcase(t)
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-"* (){}:^+a-c]{0,20}`),
			rapid.StringMatching(`([-]?("[灯台守 a-z]{1,4}"|lighthouse|灯台|[a-z]\*) ?){1,4}`)).Draw(r, "text")
		list, err := search(t.Context(), s, text, archive.InEverything)
		if err != nil && archive.KindOf(err) != archive.Invalid {
			r.Fatalf("%q: %v", text, err)
		}
		for _, e := range list {
			for _, h := range e.Hits {
				if h[0] >= h[1] || h[1] > len(e.Excerpt) || !utf8.ValidString(e.Excerpt[h[0]:h[1]]) {
					r.Fatalf("%q: hit %v of %q", text, h, e.Excerpt)
				}
			}
		}
		if _, err := s.Like(t.Context(), text, 5); err != nil {
			r.Fatalf("like %q: %v", text, err)
		}
	})
}

func TestPhrasesOfTextAreFound(t *testing.T) {
	s, _ := openNew(t)
	alphabet := []string{"lamp", "Lampe", "naïve", "灯", "台守", "маяк", "ночь", "x1", "ประภาคาร", "don’t", "ﬁre", "Ｗ"}
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		parts := rapid.SliceOfN(rapid.SampledFrom(alphabet), 2, 12).Draw(r, "words")
		st := told(n, "T", fmt.Sprint("Author", n), "", "<p>"+strings.Join(parts, " ")+"</p>")
		id := save(t, s, st)[0].ID
		i := rapid.IntRange(0, len(parts)-2).Draw(r, "which")
		q := fmt.Sprintf(`"%s %s" author%d`, parts[i], parts[i+1], n)
		list, err := search(t.Context(), s, q, archive.InEverything)
		if err != nil || len(list) != 1 || list[0].ID != id || len(list[0].Hits) == 0 {
			r.Fatalf("%s: %+v, %v", q, list, err)
		}
	})
	sound(t, s)
}

// Of many hits no more are given than are asked for, each once; titles are ranked
// first; and of more titles than are ranked the newest are alike.
func TestManyHits(t *testing.T) {
	s, _ := openNew(t)
	const n = 2100
	var all []*archive.Story
	for i := range n {
		title := "Night"
		if i == 5 {
			title = "Common"
		}
		st := told(i, title, "Mina", "", "<p>A common word.</p>")
		all = append(all, st)
	}
	save(t, s, all...)
	for limit, want := range map[int]int{n + 1: n, n: n, 150: 150, 1: 1} {
		ids, err := s.Match(t.Context(), archive.InEverything, "common", limit)
		slices.Sort(ids)
		if got := len(slices.Compact(ids)); err != nil || got != want {
			t.Errorf("%d of at most %d hits, want %d: %v", got, limit, want, err)
		}
	}
	ids, err := s.Rank(t.Context(), "common", archive.InEverything, []int64{1, n, 6, 3})
	if diff := cmp.Diff([]int64{6, n, 3, 1}, ids); err != nil || diff != "" {
		t.Errorf("ranked %v (-want +got):\n%s", err, diff)
	}
	list, err := search(t.Context(), s, "common", archive.InEverything)
	if err != nil || len(list) != n || list[0].ID != 6 || list[1].ID != n {
		t.Errorf("%d hits, first %d, then %d: %v", len(list), list[0].ID, list[1].ID, err)
	}
	for text, want := range map[string][]int64{"night": {n, n - 1, n - 2}, "common": {6}} {
		list, err := s.Like(t.Context(), text, 3)
		var got []int64
		for i := range list {
			got = append(got, list[i].ID)
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("like %s: %v (-want +got):\n%s", text, err, diff)
		}
	}
}

// The search follows a story through revision and merging.
func TestSearchFollows(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, told(1, "Alpha", "Mina", "", "<p>lantern</p>"), told(2, "Beta", "Mina", "", "<p>compass</p>"))
	changed := sample("Gamma", "Mina", page("/old", "p1", "other"))
	changed.Chapters = []archive.Chapter{{Text: "<p>sextant</p>"}}
	save(t, s, changed)
	joined := sample("Delta", "Mina", page("/old", "p1", "other"), page("/old", "p2", "p2"))
	for _, tt := range []struct{ text, want string }{{"lantern", "0:"}, {"sextant", "1: 1"}, {"compass", "1: 2"}} {
		if got := ask(t, s, tt.text, archive.InEverything); got != tt.want {
			t.Errorf("revised, %s: %s", tt.text, got)
		}
	}
	save(t, s, joined)
	for _, tt := range []struct{ text, want string }{{"sextant", "0:"}, {"compass", "0:"}, {"lamp", "1: 1"}} {
		if got := ask(t, s, tt.text, archive.InEverything); got != tt.want {
			t.Errorf("joined, %s: %s", tt.text, got)
		}
	}
	sound(t, s)
}

func TestLike(t *testing.T) {
	s := bookcase(t)
	for text, want := range map[string][]string{
		"the harbor lighthouse":   {"The Lighthouse Keeper", "Harbour"},
		"harbour of lil":          {"Harbour"},
		"lihgthouse":              {"The Lighthouse Keeper", "Harbour"},
		"ilghthouse":              {"The Lighthouse Keeper", "Harbour"},
		"harber":                  {"Harbour"},
		"oscar":                   {"Fog"},
		"灯台":                      {"灯台の夜"},
		"zzzz":                    nil,
		"":                        nil,
		"***":                     nil,
		strings.Repeat("x ", 900): nil,
	} {
		list, err := s.Like(t.Context(), text, 9)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range list {
			got = append(got, e.Title)
		}
		if text == "the harbor lighthouse" { // which of the two is nearer is a matter of weights
			got = got[:min(2, len(got))]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%.20q (-want +got):\n%s", text, diff)
		}
	}
}
