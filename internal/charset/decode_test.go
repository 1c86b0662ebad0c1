package charset_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/charset"
	"colophon/test/beside"
)

// checkPlaces checks what holds for every decoded text: the log covers the
// original, Replay makes the same text and the same places, and these go up.
func checkPlaces(t testing.TB, b []byte, text *charset.Text) {
	t.Helper()
	again, err := charset.Replay(b, text.Log)
	if err != nil {
		t.Fatalf("Replay: %v\n%+v", err, text.Log)
	}
	if again.S != text.S {
		t.Fatalf("Replay: %s\n%+v", difference(again.S, text.S), text.Log)
	}
	if diff := cmp.Diff(text.Log, again.Log); diff != "" {
		t.Errorf("the log of Replay differs:\n%s", diff)
	}
	if !utf8.ValidString(text.S) {
		t.Errorf("text is not valid UTF-8: %q", text.S)
	}
	end := 0
	for _, s := range text.Log {
		if s.Start != end || s.End <= s.Start {
			t.Fatalf("span %+v after byte %d", s, end)
		}
		end = s.End
	}
	if end != len(b) {
		t.Errorf("the log ends at %d of %d", end, len(b))
	}
	last := 0
	for i := range len(text.S) + 1 {
		at := text.Offset(i)
		if at < last || at > len(b) || at != again.Offset(i) {
			t.Fatalf("Offset(%d) = %d after %d, of %d; replayed %d", i, at, last, len(b), again.Offset(i))
		}
		last = at
	}
	if last != len(b) {
		t.Errorf("Offset(%d) = %d, want %d", len(text.S), last, len(b))
	}
	checkCharacters(t, b, text)
}

// checkCharacters checks that each character has bytes of its own, and that those
// of plain characters are what they stand for.
func checkCharacters(t testing.TB, b []byte, text *charset.Text) {
	t.Helper()
	k := 0
	for i, r := range text.S {
		start, end := text.Range(i, i+utf8.RuneLen(r))
		for text.Log[k].End <= start && k+1 < len(text.Log) {
			k++
		}
		if start >= end {
			t.Fatalf("%q at %d has no bytes: %d-%d", r, i, start, end)
		}
		span := text.Log[k]
		if span.Encoding == "utf-8" && len(span.Undone) == 0 && end <= span.End && string(b[start:end]) != string(r) {
			t.Fatalf("%q at %d stands for %q", r, i, b[start:end])
		}
	}
}

func TestRepairedStretches(t *testing.T) {
	const page = "<p>caf\xc3\x83\xc2\xa9 \xe2\x80\x94 na\xc3\x83\xc6\x92\xc3\x82\xc2\xafve, cr\xc3\x83\xc2\xa8me and \xc3\xa9clair</p>"
	text := charset.Decode([]byte(page), charset.Hints{})
	if want := "<p>café — naïve, crème and éclair</p>"; text.S != want {
		t.Fatalf("got %q, want %q", text.S, want)
	}
	checkPlaces(t, []byte(page), text)
	for _, c := range []struct {
		char, bytes string
		undone      []string
	}{
		{"é ", "\xc3\x83\xc2\xa9 ", []string{"windows-1252"}},
		{"ïve", "\xc3\x83\xc6\x92\xc3\x82\xc2\xafve", []string{"windows-1252", "windows-1252"}},
		{"écl", "\xc3\xa9cl", nil},
	} {
		i := strings.Index(text.S, c.char)
		start, end := text.Range(i, i+len(c.char))
		if got := page[start:end]; got != c.bytes {
			t.Errorf("%q stands for %q, want %q", c.char, got, c.bytes)
		}
		for _, s := range text.Log {
			if s.Start <= start && start < s.End {
				if diff := cmp.Diff(c.undone, s.Undone); diff != "" {
					t.Errorf("%q: %s", c.char, diff)
				}
			}
		}
	}
}

// TestMojibakePages decodes the reference pairs as pages of UTF-8 and
// windows-1252, together with a page of other text.
func TestMojibakePages(t *testing.T) {
	for _, name := range []string{"in-the-wild", "synthetic", "language-names", "negative", "known-failures"} {
		for _, p := range pairs(t, name) {
			page := []byte("<p>" + p.Original + "</p>\n<p>Ein Stück über Zoë, größtenteils wahr.</p>")
			text := charset.Decode(page, charset.Hints{Declared: "utf-8"})
			checkPlaces(t, page, text)
		}
	}
}

func TestReplayRefuses(t *testing.T) {
	for name, log := range map[string][]charset.Span{
		"a gap":                 {{Start: 0, End: 1, Encoding: "utf-8"}, {Start: 2, End: 3, Encoding: "utf-8"}},
		"a short log":           {{Start: 0, End: 2, Encoding: "utf-8"}},
		"an unknown encoding":   {{Start: 0, End: 3, Encoding: "klingon-1"}},
		"an unknown misreading": {{Start: 0, End: 3, Encoding: "utf-8", Undone: []string{"klingon-1"}}},
		"too much":              {{Start: 0, End: 4, Encoding: "utf-8"}},
	} {
		if _, err := charset.Replay([]byte("abc"), log); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestNothingIsDropped(t *testing.T) {
	for _, s := range []string{"", "\x00a\x00", "\xff\xfe", "\xef\xbb\xbfabc", "a\x81b\xffc", "\xf0\x9f\x98", "\xc3"} {
		text := charset.Decode([]byte(s), charset.Hints{})
		checkPlaces(t, []byte(s), text)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"plain", "caf\xe9", "caf\xc3\xa9 \xe9t\xe9", "\xef\xbb\xbfbom", "\xff\xfea\x00b\x00",
		"\xc3\x83\xc2\xa9", "\xc3\x83\xc6\x92\xc3\x82\xc2\xa9t\xc3\x83\xc2\xa9", "\xcd\xc1\xd2\xc9\xce\xc1 \xd3\xcb\xc1\xda\xc1\xcc\xc1",
		"a\x81\x8d\xff", "\x1b$B$\"\x1b(B", "~{VPND~}", "\x82\xa0\x82\xa2", "\xc2\x93quoted\xc2\x94",
	} {
		f.Add([]byte(s), "", false)
	}
	f.Add([]byte("<meta charset=koi8-r>\xcd\xc1\xd2"), "iso-8859-1", true)
	f.Fuzz(func(t *testing.T, b []byte, declared string, html bool) {
		checkPlaces(t, b, charset.Decode(b, charset.Hints{Declared: declared, HTML: html}))
	})
}

func benchmarkDecode(b *testing.B, story, encoding string) {
	w := written{encoding, strings.Repeat(story, 40<<10/len(story))}
	page := []byte(w.bytes(b))
	charset.Decode(page, charset.Hints{}) // builds the tables
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		charset.Decode(page, charset.Hints{})
	}
}

func BenchmarkDecode(b *testing.B) {
	english := "<p>The lamp in the tower had gone out again, and nobody on the quay remembered who was to light it.</p>\n"
	b.Run("ascii", func(b *testing.B) { benchmarkDecode(b, english, "") })
	b.Run("utf-8/de", func(b *testing.B) { benchmarkDecode(b, germanStory, "") })
	b.Run("utf-8/ru", func(b *testing.B) { benchmarkDecode(b, russianStory, "") })
	b.Run("windows-1252/fr", func(b *testing.B) { benchmarkDecode(b, frenchStory, "windows-1252") })
	b.Run("windows-1251/ru", func(b *testing.B) { benchmarkDecode(b, russianStory, "windows-1251") })
}

func BenchmarkDecodeReference(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join(beside.Shared(b, "data", "text", "charsets", "tests"), "windows-1251-russian", "*"))
	var all []byte
	for _, f := range files {
		page, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, page...)
	}
	b.SetBytes(int64(len(all)))
	for b.Loop() {
		charset.Decode(all, charset.Hints{})
	}
}
