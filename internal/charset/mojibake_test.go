package charset_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colophon/internal/charset"
	"colophon/test/beside"
)

// pair is a test case of the reference data.
type pair struct {
	Label    string  `json:"label"`
	Original string  `json:"original"`
	Encoding *string `json:"fixed-encoding"`
	Fixed    string  `json:"fixed"`
}

func (p pair) want() string {
	if p.Encoding != nil {
		return *p.Encoding
	}
	return p.Fixed
}

func pairs(t *testing.T, name string) []pair {
	t.Helper()
	b, err := os.ReadFile(beside.Shared(t, "data", "text", "mojibake", "tests", "test-cases", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []pair
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// quotesKept takes back what the reference does beyond encodings: where it gives
// a quotation mark up that lost its last byte, we restore it.
func quotesKept(want, got string) bool {
	return strings.ReplaceAll(want, "\ufffd", "”") == strings.ReplaceAll(got, "\ufffd", "”")
}

func TestMendReference(t *testing.T) {
	all, strict, adjusted := 0, 0, 0
	for _, name := range []string{"in-the-wild", "synthetic", "language-names"} {
		for _, p := range pairs(t, name) {
			got, _ := charset.Mend(p.Original)
			all++
			switch {
			case got == p.want():
				strict++
				adjusted++
			case quotesKept(p.want(), got):
				adjusted++
			default:
				t.Logf("%s: %s\n  from %q\n  got  %q\n  want %q", name, p.Label, p.Original, got, p.want())
			}
			if p.Original == p.want() && got != p.want() {
				t.Errorf("%s: right text changed to %q", p.Label, got)
			}
		}
	}
	t.Logf("%d pairs: %d as expected, %d with restored quotation marks", all, strict, adjusted)
	if strict*100 < all*95 {
		t.Errorf("%d of %d pairs repaired, want 95%%", strict, all)
	}
}

func TestMendNegatives(t *testing.T) {
	for _, p := range pairs(t, "negative") {
		if got, _ := charset.Mend(p.Original); got != p.Original {
			t.Errorf("%s: %q became %q", p.Label, p.Original, got)
		}
	}
	known := pairs(t, "known-failures")
	for _, p := range known {
		got, _ := charset.Mend(p.Original)
		t.Logf("known failure %v: %s\n  %q\n  %q", got == p.want(), p.Label, p.Original, got)
	}
}

func TestNaughtyStrings(t *testing.T) {
	b, err := os.ReadFile(beside.Shared(t, "data", "text", "naughty-strings.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if got, _ := charset.Mend(s); got != s {
			t.Errorf("Mend: %q became %q", s, got)
		}
		want := strings.TrimPrefix(s, "\ufeff")
		if got := charset.Decode([]byte(s), charset.Hints{}); got.S != want {
			t.Errorf("Decode: %q became %q %+v", s, got.S, got.Log)
		}
	}
}

// TestProseUntouched mends whole books of right text. One of them holds three
// broken letters, which its publisher missed.
func TestProseUntouched(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(beside.Shared(t, "data", "prose"), "*", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("no books here: %v", err)
	}
	repairs := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, edits := charset.Mend(string(b))
		for _, e := range edits {
			repairs++
			t.Logf("%s: %q for %q (%v)", filepath.Base(f), e.New, b[e.Start:e.End], e.Undone)
		}
	}
	t.Logf("%d books, %d repairs", len(files), repairs)
	if repairs > 3 {
		t.Errorf("%d repairs in right text, want at most 3", repairs)
	}
}
