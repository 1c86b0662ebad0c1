package words_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/store/words"
)

func TestPlain(t *testing.T) {
	for markup, want := range map[string]string{
		"<p>Nobody un<em>believ</em>ably came &amp; went.</p>": "Nobody unbelievably came & went.",
		"<p>One</p><p>two<br/>three</p>":                       "One two three",
		`a<span lang="fr">b</span>c <a id="x">d</a>`:           "abc d",
		"  spaces \n\t and lines ":                             "spaces and lines",
		"&lt;the&gt; &#24202;":                                 "<the> 床",
		"no end <em":                                           "no end <em",
		"":                                                     "",
	} {
		if got := words.Plain(markup); got != want {
			t.Errorf("%q is %q, want %q", markup, got, want)
		}
	}
}

func TestOf(t *testing.T) {
	for text, want := range map[string]string{
		"The Café, naïve E\u0301cole": "the cafe naive ecole",
		"don’t o'clock well-known":    "don t o clock well known",
		"Ｗｉｄｅ ﬁre":                    "wide fire",
		"灯台守 lamp":                    "灯 台 守 lamp",
		"คืนx1":                       "ค น x1",
		"*** — \x00":                  "",
	} {
		if got := strings.Join(words.Of(words.Indexed(text)), " "); got != want {
			t.Errorf("%q has the words %q, want %q", text, got, want)
		}
	}
}

func TestTerms(t *testing.T) {
	for text, want := range map[string][]words.Term{
		`lamp  "old lighthouse" -storm`: {{Text: "lamp"}, {Text: "old lighthouse"}, {Text: "storm", Not: true}},
		"“old lamp”* light*":            {{Text: "old lamp", Prefix: true}, {Text: "light*", Prefix: true}},
		`-"old lamp" a`:                 {{Text: "old lamp", Not: true}, {Text: "a"}},
		`lamp"old`:                      {{Text: "lamp"}, {Text: "old"}},
		"lamp *** - 灯*":                 {{Text: "lamp"}, {Text: "灯*", Prefix: true}},
	} {
		got, err := words.Terms(text)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%q: %v (-want +got):\n%s", text, err, diff)
		}
	}
	for text, hint := range map[string]string{"": "nothing to look for", "-a": "leave out", "ab*": "at least 3 letters"} {
		if _, err := words.Terms(text); archive.KindOf(err) != archive.Invalid || !strings.Contains(archive.MessageOf(err), hint) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestQuery(t *testing.T) {
	for _, tt := range []struct {
		text, weights string
		prefix        bool
		want          string
	}{
		{"Old lamp", "", false, "'old' <-> 'lamp'"},
		{"old lamp", "A", true, "'old':A <-> 'lamp':*A"},
		{"light", "", true, "'light':*"},
		{`o'clock \ :* | !`, "", false, "'o' <-> 'clock'"},
	} {
		phrases := words.Term{Text: tt.text}.Phrases()
		if got := words.Query(phrases[0], tt.weights, tt.prefix); len(phrases) != 1 || got != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, got, tt.want)
		}
	}
	if got := words.Query([]string{`o'clock\`}, "", false); got != `'o''clock\\'` {
		t.Errorf("signs in a word: %s", got)
	}
}

// standing reads a vector back: the word at each place.
func standing(t *testing.T, vector string) map[int]string {
	t.Helper()
	at := map[int]string{}
	for entry := range strings.FieldsSeq(vector) {
		word, places, ok := strings.Cut(strings.TrimPrefix(entry, "'"), "':")
		if !ok {
			t.Fatalf("entry %q", entry)
		}
		list := strings.Split(places, ",")
		if len(list) > 255 {
			t.Errorf("%s has %d places", word, len(list))
		}
		for _, p := range list {
			var n int
			if _, err := fmt.Sscan(p, &n); err != nil || n < 1 || n > 16_383 || at[n] != "" {
				t.Fatalf("%s stands at %s: %v", word, p, err)
			}
			at[n] = word
		}
	}
	return at
}

// Every phrase of a long text stands whole in one of its vectors.
func TestVectorsHoldEveryPhrase(t *testing.T) {
	var list []string
	v := words.NewVectors()
	for i := range 40_000 {
		word := fmt.Sprint("w", i*i%4099)
		if i%7 == 0 {
			word = "hum"
		}
		list = append(list, word)
	}
	v.Part(strings.Join(list, " "), "")
	held := map[string]bool{}
	const longest = 32
	for _, vector := range v.All() {
		at := standing(t, vector)
		for n := range at {
			var phrase []string
			for i := range longest {
				phrase = append(phrase, at[n+i])
			}
			held[strings.Join(phrase, " ")] = true
		}
	}
	for i := 0; i+longest <= len(list); i++ {
		if phrase := strings.Join(list[i:i+longest], " "); !held[phrase] {
			t.Fatalf("from %d: %s stands in none of %d vectors", i, phrase, len(v.All()))
		}
	}
	if n := len(v.All()); n < 3 {
		t.Errorf("%d words are in %d vectors", len(list), n)
	}
}

func TestVectorsKeepPartsApart(t *testing.T) {
	v := words.NewVectors()
	v.Part("The lamp", "A")
	v.Part("lamp", "")
	if diff := cmp.Diff([]string{"'the':2A 'lamp':3A,5 "}, v.All()); diff != "" {
		t.Errorf("vectors (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{""}, words.NewVectors().All()); diff != "" {
		t.Errorf("of no words (-want +got):\n%s", diff)
	}
}

// A phrase that is too long goes over its parts by half.
func TestPhrases(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 150).Draw(r, "words")
		var list []string
		for i := range n {
			list = append(list, fmt.Sprint("w", i))
		}
		parts := words.Term{Text: strings.Join(list, " ")}.Phrases()
		next := 0
		for i, p := range parts {
			from := 16 * i
			if len(p) > 32 || strings.Join(p, " ") != strings.Join(list[from:from+len(p)], " ") || from > next {
				r.Fatalf("part %d of %d words: %v", i, n, p)
			}
			next = from + len(p)
		}
		if next != n {
			r.Fatalf("%d of %d words are in the parts", next, n)
		}
	})
}

// An excerpt is a piece of the text, not long, with the hits in it in order.
func TestCut(t *testing.T) {
	part := rapid.SampledFrom([]string{"lamp", "Lamps", "lámp", "old", "灯台", "don’t", "fog,", "&"})
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Repeat("fog — ", rapid.IntRange(0, 60).Draw(r, "before")) + strings.Join(rapid.SliceOfN(part, 0, 200).Draw(r, "text"), " ")
		asked := rapid.SampledFrom([]string{"lamp", `"old lamp"`, "lam*", "灯台 -fog", "nothing"}).Draw(r, "terms")
		begins := map[string]string{"lamp": "lamp", `"old lamp"`: "old lamp", "lam*": "lam", "灯台 -fog": "灯 台"}[asked]
		terms, err := words.Terms(asked)
		if err != nil {
			r.Fatal(err)
		}
		piece, hits := words.NewExcerpts(terms).Cut(text)
		if (piece == "") != (len(hits) == 0) {
			r.Fatalf("%q has the hits %v", piece, hits)
		}
		if !strings.Contains(text, strings.Trim(piece, "…")) || utf8.RuneCountInString(piece) > 202 {
			r.Fatalf("%q is no piece of %q", piece, text)
		}
		last := 0
		for _, h := range hits {
			if h[0] < last || h[0] >= h[1] || h[1] > len(piece) || !utf8.ValidString(piece[h[0]:h[1]]) {
				r.Fatalf("hits %v of %q", hits, piece)
			}
			if hit := strings.Join(words.Of(piece[h[0]:h[1]]), " "); !strings.HasPrefix(hit, begins) || begins == "" {
				r.Fatalf("%q is a hit of %s in %q", hit, asked, piece)
			}
			last = h[1]
		}
	})
}

func TestSlips(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"lamp", "lamp", 0}, {"lamp", "lmap", 1}, {"lamp", "lap", 1}, {"lamp", "clamp", 1}, {"lamp", "limp", 1}, {"маяк", "маки", 2}, {"", "ab", 2}} {
		if got := words.Slips([]rune(tt.a), []rune(tt.b)); got != tt.want {
			t.Errorf("%q to %q: %d slips, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
