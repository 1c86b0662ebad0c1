package report_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"colophon/internal/archive"
	"colophon/internal/rescue"
)

// FuzzOriginal puts addresses into a page and fields anywhere: what is shown is
// the page without the addresses, whatever the fields are.
func FuzzOriginal(f *testing.F) {
	f.Add("<p>Tide</p>", 3, 0, 9, 2, 2)
	f.Add("Ночной прилив, ночной отлив", 10, 4, 8, 0, 100)
	f.Add("à la dérive…\n\n", 1, 1, 2, 40, 3)
	f.Add("", 0, 0, 0, 0, 0)
	f.Fuzz(func(t *testing.T, page string, at, from, to, from2, to2 int) {
		const address = "QQQQ"
		page = readable(page)
		if len(page) > 5000 || strings.HasPrefix(page, "\n") && len(page) < 2 {
			t.Skip("too long to be shown whole, or nothing to show")
		}
		i := boundary(page, at)
		whole := page[:i] + address + page[i:] + address
		s := &sample{originals: map[string][]byte{}, story: &archive.Story{}}
		s.add("page.html", whole)
		if shownText(t, s) != whole {
			t.Skip("the page is not read as UTF-8")
		}
		s.seal("page.html", address)
		for _, x := range [][2]int{{from, to}, {from2, to2}, {i, i + 2}, {i + 1, i + 9}} {
			s.story.Evidence = append(s.story.Evidence, archive.Evidence{Field: archive.FieldTitle, Source: "page.html", Start: x[0], End: x[1], Written: "…"})
			s.story.Findings = append(s.story.Findings, archive.Finding{Source: "page.html", Start: x[0], End: x[1]})
		}
		got := written(t, &rescue.Result{Stories: 1}, s)
		wellMade(t, got)
		if strings.Contains(got, "QQ") {
			t.Errorf("an address is shown: %s", around(got, "QQ"))
		}
		want := strings.ReplaceAll(page[:i]+"[address sealed]"+page[i:]+"[address sealed]", "[address sealed][address sealed]", "[address sealed]")
		text := strings.ReplaceAll(original(t, got).text, "[address sealed][address sealed]", "[address sealed]")
		if text != want {
			t.Errorf("%q is shown as %q", want, text)
		}
	})
}

// readable is a text without characters that would be shown as signs, or that
// addresses here are made of.
func readable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || unicode.IsPrint(r) && r != 'Q' && r != utf8.RuneError {
			return r
		}
		return 'x'
	}, strings.ToValidUTF8(s, "x"))
}

// boundary is a place between two characters of s.
func boundary(s string, at int) int {
	at = int(uint(at) % uint(len(s)+1))
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return at
}
