package page_test

import (
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"colophon/internal/rescue/page"
)

// seeds adds the example pages of a kind to a corpus, as far as they are valid
// text or can be made so.
func seeds(f *testing.F, ext string) {
	f.Helper()
	err := filepath.WalkDir(filepath.Join("..", "..", "..", "examples"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasPrefix(filepath.Ext(path), ext) {
			return err
		}
		b, err := os.ReadFile(path)
		f.Add(strings.ToValidUTF8(string(b[:min(len(b), 4000)]), "é"))
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
}

// FuzzReadHTML: lines lie inside the page and in its order, each letter stands
// where its line says, and text between tags is kept.
func FuzzReadHTML(f *testing.F) {
	seeds(f, ".htm")
	for _, s := range []string{"", "<", "a <b", "<p <b>x", "</p", "<!-- x", "<script>a", "<title>t</title>x", "a&amp;amp;b &eacute; &nbsp;c", "<pre>a\r\nb\tc</pre>", "<grin> so <a@b.example>", "<img alt=O>nce", "x\u00a0:y", "<option>a<option>b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("pages are decoded before they are read")
		}
		p := page.ReadHTML(s)
		checkLines(t, s, p)
		for _, l := range append([]page.Line{p.Title}, p.Options...) {
			checkLine(t, s, &l)
		}
		if want, ok := between(s); ok && !within(want, visible(p)) {
			t.Errorf("text is lost\npage %q\nhas  %q\nread %q", s, want, visible(p))
		}
	})
}

// FuzzReadText: every letter and digit of a text page is in its lines, in order.
func FuzzReadText(f *testing.F) {
	seeds(f, ".txt")
	for _, s := range []string{"", "\r\r\n\n", "a\rb", "\ta\u00a0!\u2028b", "<b>&amp;</b>", "a\x00b\x7fc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("pages are decoded before they are read")
		}
		p := page.ReadText(s)
		checkLines(t, s, p)
		if got, want := visible(p), letters(s); got != want {
			t.Errorf("page %q\nread %q\nwant %q", s, got, want)
		}
	})
}

// FuzzWordsInMarkup builds a page from pieces of old markup and words of which
// each is another: however the tags lie, all words are read, in order.
func FuzzWordsInMarkup(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
	f.Add([]byte("the tags lie as they fall"))
	f.Fuzz(func(t *testing.T, plan []byte) {
		pieces := []string{
			"<p>", "</p>", "<br>", "<br />", "<b>", "</i>", "<FONT SIZE=2 COLOR=\"#fff\">", "</table>", "<table><tr><td>", "<li>", "<pre>", "</pre>", "<hr>", "\r\n", " ",
			"<center>", "</blockquote>", "<o:p>", "<a href=x.html>", "</a>", "<p class='a \"b\"'>", "<h2>", "</h1>", "<div id=menu>", "&nbsp;", "<img src=x.gif>", "<!-- note -->", "<td>", "</body>", "</html>", "<body>",
		}
		var s, want strings.Builder
		s.WriteString("<html>")
		for i, b := range plan {
			if i > 3000 {
				break
			}
			if n := int(b) % (len(pieces) * 2); n < len(pieces) {
				s.WriteString(pieces[n])
				continue
			}
			word := "w" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + " "
			s.WriteString(word)
			want.WriteString(word)
		}
		p := page.ReadHTML(s.String())
		checkLines(t, s.String(), p)
		if got := visible(p); got != letters(want.String()) {
			t.Errorf("page %q\nread %q\nwant %q", s.String(), got, letters(want.String()))
		}
	})
}

// checkLines checks that lines follow each other in the page.
func checkLines(t *testing.T, s string, p *page.Page) {
	t.Helper()
	last := 0
	for i := range p.Lines {
		l := &p.Lines[i]
		start, _ := l.Doc(0, len(l.Text))
		if start < last {
			t.Fatalf("line %d %q begins at %d, before %d, in %q", i, l.Text, start, last, s)
		}
		last = start
		checkLine(t, s, l)
	}
	for _, l := range p.Links {
		if l.Line < -1 || l.Line > len(p.Lines) {
			t.Fatalf("the link to %q is on line %d of %d", l.Href, l.Line, len(p.Lines))
		}
	}
}

// checkLine checks that each letter and digit of a line stands in the page where
// the line says: itself, or a character reference to it.
func checkLine(t *testing.T, s string, l *page.Line) {
	t.Helper()
	if start, end := l.Doc(0, len(l.Text)); start < 0 || end < start || end > len(s) {
		t.Fatalf("%q stands at %d to %d of %d bytes", l.Text, start, end, len(s))
	}
	for _, span := range l.Spans {
		if span.Start < 0 || span.End < span.Start || span.End > len(l.Text) {
			t.Fatalf("a span from %d to %d of %q", span.Start, span.End, l.Text)
		}
	}
	last := 0
	for i, r := range l.Text {
		n := utf8.RuneLen(r)
		start, end := l.Doc(i, i+n)
		if start < last || end < start || end > len(s) {
			t.Fatalf("%q of %q stands at %d to %d, after %d, of %d bytes", r, l.Text, start, end, last, len(s))
		}
		last = start
		if l.Kind != page.Prose || r > 0x7f || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue // white space is folded, and what was broken is mended
		}
		if at := s[start:end]; at != string(r) && !strings.HasPrefix(at, "&") && !strings.Contains(html.UnescapeString(at), string(r)) {
			t.Fatalf("%q of %q should stand at %d, where there is %q", r, l.Text, start, at)
		}
	}
}

// visible is every letter and digit that a page shows, in order.
func visible(p *page.Page) string {
	var b strings.Builder
	for i := range p.Lines {
		if p.Lines[i].Kind == page.Prose {
			b.WriteString(p.Lines[i].Text)
		}
	}
	return letters(b.String())
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// between returns the letters that stand between one tag's end and the next
// one's beginning: certainly text. ok is false for pages with anything in them
// that hides text, encodes it, or makes that uncertain.
func between(s string) (text string, ok bool) {
	k := strings.ToLower(s)
	for _, odd := range []string{"<script", "<style", "<!", "<?", "<title", "<option", "<select", "<textarea", "<xml", "&", "\"", "'", "<xmp", "<plain"} {
		if strings.Contains(k, odd) {
			return "", false
		}
	}
	var b strings.Builder
	for _, piece := range strings.Split(s, ">")[1:] {
		text, _, closed := strings.Cut(piece, "<")
		if closed {
			b.WriteString(text)
		}
	}
	for _, r := range b.String() {
		if r > 0x7f {
			return "", false // it may have been broken, and mended
		}
	}
	return letters(b.String()), true
}

// within reports whether the letters of small stand in big, in order.
func within(small, big string) bool {
	i := 0
	for k := 0; k < len(big) && i < len(small); k++ {
		if big[k] == small[i] {
			i++
		}
	}
	return i == len(small)
}
