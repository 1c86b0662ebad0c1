package header_test

import (
	"cmp"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"colophon/internal/rescue/header"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// FuzzRead: whatever a page says, each fact stands inside it, and what stands
// there is what the fact says.
func FuzzRead(f *testing.F) {
	err := filepath.WalkDir(filepath.Join("..", "..", "..", "examples"), func(path string, e fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || e.IsDir() || ext == ".tsv" || ext == ".md" || ext == ".go" {
			return err
		}
		b, err := os.ReadFile(path)
		f.Add(strings.ToValidUTF8(string(b[:min(len(b), 3000)]), "é"), ext != ".txt")
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Title: A<br>by B &amp; C<br>Rated&nbsp;PG - 3/4/02 | Summary:", true)
	words := vocab.New()
	divider, reader := page.NewDivider(words), header.NewReader(words)
	f.Fuzz(func(t *testing.T, s string, markup bool) {
		if !utf8.ValidString(s) || len(s) > 20_000 {
			t.Skip("pages are decoded before they are read; long ones are slow to fuzz")
		}
		p := read(s, markup)
		divider.Divide(p, nobody{})
		h := reader.Read(p, 0, len(p.Lines), header.Options{Common: func(string) bool { return false }})
		for _, fact := range h.Facts {
			check(t, s, &fact)
			if !markup {
				checkSigns(t, s, &fact)
			}
		}
		checkApart(t, s, h.Facts)
		if h.ChapterStart < 0 || h.ChapterEnd < h.ChapterStart || h.ChapterEnd > len(s) {
			t.Errorf("the chapter's heading stands at %d to %d of %d bytes", h.ChapterStart, h.ChapterEnd, len(s))
		}
	})
}

// nobody is the folder of a page that has no neighbours.
type nobody struct{}

// Share implements page.Folder.
func (nobody) Share(string) float64 { return 0 }

func read(s string, markup bool) *page.Page {
	if markup {
		return page.ReadHTML(s)
	}
	return page.ReadText(s)
}

func check(t *testing.T, s string, f *header.Fact) {
	t.Helper()
	if f.Start < 0 || f.End < f.Start || f.End > len(s) {
		t.Fatalf("%s %q (%s) stands at %d to %d of %d bytes", f.Field, f.Text, f.Rule, f.Start, f.End, len(s))
	}
	if f.Confidence <= 0 || f.Confidence > 1 {
		t.Errorf("%s %q (%s) has confidence %v", f.Field, f.Text, f.Rule, f.Confidence)
	}
	if strings.TrimSpace(f.Text) == "" {
		t.Errorf("%s (%s) is empty", f.Field, f.Rule)
	}
	at := s[f.Start:f.End]
	want := signs(f.Text)
	for _, have := range []string{at, stripped(at), reread(at)} {
		if spans(signs(have), want) {
			return
		}
	}
	t.Errorf("%s %q (%s) stands at %d to %d, where there is %q", f.Field, f.Text, f.Rule, f.Start, f.End, at)
}

// checkSigns checks a fact that stands in one line of plain text, where nothing is
// escaped or marked: what stands there is the fact to the last sign.
func checkSigns(t *testing.T, s string, f *header.Fact) {
	t.Helper()
	at := s[f.Start:f.End]
	if strings.ContainsAny(at, "\r\n") {
		return
	}
	if plain(at) != plain(f.Text) {
		t.Errorf("%s is %q (%s), but %d to %d say %q", f.Field, f.Text, f.Rule, f.Start, f.End, at)
	}
}

// plain leaves out white space and what is not shown.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			return r
		}
		return -1
	}, s)
}

// checkApart checks that no two facts of a line claim the end of one text and the
// beginning of another: they stand apart, or one is drawn from the other.
func checkApart(t *testing.T, s string, facts []header.Fact) {
	t.Helper()
	facts = slices.Clone(facts)
	slices.SortStableFunc(facts, func(a, b header.Fact) int { return cmp.Compare(a.Start, b.Start) })
	for i := 1; i < len(facts); i++ {
		a, b := facts[i-1], facts[i]
		if b.Start > a.Start && b.Start < a.End && b.End > a.End && !strings.ContainsAny(s[a.Start:b.End], "\r\n<") {
			t.Errorf("%s %q (%s) and %s %q (%s) overlap", a.Field, a.Text, a.Rule, b.Field, b.Text, b.Rule)
		}
	}
}

// spans reports whether the signs of a value stand in a range of the page, in
// order, from its beginning to its end. Lines of the site between two lines of
// the value are no part of it.
func spans(have, want string) bool {
	if have == want {
		return true
	}
	a, b := []rune(have), []rune(want)
	if len(a) == 0 || len(b) == 0 || a[0] != b[0] || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	i := 0
	for _, r := range a {
		if i < len(b) && r == b[i] {
			i++
		}
	}
	return i == len(b)
}

var tag = regexp.MustCompile(`<[^<>]*>`)

func stripped(s string) string { return html.UnescapeString(tag.ReplaceAllString(s, "")) }

// reread is the text of a stretch of a page, read as a page of its own: it knows
// pseudo-tags and broken entities.
func reread(s string) string {
	var b strings.Builder
	p := page.ReadHTML(s)
	b.WriteString(p.Title.Text) // a broken <title> begins in the middle of text
	for i := range p.Lines {
		b.WriteString(p.Lines[i].Text)
	}
	return b.String()
}

// signs are the letters and digits of a text: white space is folded, and values
// lose the signs at their ends.
func signs(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
