package page_test

import (
	"strings"
	"testing"

	"colophon/internal/rescue/page"
)

// TestDoc checks that a stretch of a line leads back to what was written: each
// row names a stretch of the text and the page bytes it was read from.
func TestDoc(t *testing.T) {
	rows := []struct{ name, in, text, doc string }{
		{"plain", "<p>Rain fell.</p>", "Rain", "Rain"},
		{"behind a tag", "<p><b>Rain</b> fell.</p>", "fell", "fell"},
		{"across a tag", "<p><b>Ra</b>in fell.</p>", "Rain", "Ra</b>in"},
		{"entity", "<p>the caf&eacute; was</p>", "café", "caf&eacute;"},
		{"only an entity", "<p>the caf&eacute; was</p>", "é", "&eacute;"},
		{"escaped twice", "<p>the caf&amp;eacute; was</p>", "café", "caf&amp;eacute;"},
		{"behind an entity", "<p>&#147;Rain&#148; fell</p>", "fell", "fell"},
		{"folded space", "<p>Rain  \n  fell.</p>", "Rain fell", "Rain  \n  fell"},
		{"letter as a picture", `<p><img src=o.gif alt="O">nce upon</p>`, "Once", `O">nce`},
		{"picture", `<p>one</p><img src=o.gif alt="star"><p>two</p>`, "star", `<img src=o.gif alt="star">`},
		{"pseudo-tag", "<p>He <grin> left</p>", "<grin>", "<grin>"},
		{"after a comment", "<p>Rain <!-- snow -->fell.</p>", "Rain fell", "Rain <!-- snow -->fell"},
		{"preformatted", "<pre>one\n  two &amp; three</pre>", "two & three", "two &amp; three"},
		{"Cyrillic", "<p>Шёл дождь.</p>", "дождь", "дождь"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { checkDoc(t, page.ReadHTML(r.in), r.in, r.text, r.doc) })
	}
}

func checkDoc(t *testing.T, p *page.Page, in, text, doc string) {
	t.Helper()
	for i := range p.Lines {
		l := &p.Lines[i]
		at := strings.Index(l.Text, text)
		if at < 0 {
			continue
		}
		if start, end := l.Doc(at, at+len(text)); in[start:end] != doc {
			t.Errorf("%q was read from %q, not %q", text, in[start:end], doc)
		}
		return
	}
	t.Errorf("%q is in no line:\n%s", text, shown(p))
}

func TestDocOfPlainText(t *testing.T) {
	in := "  Rain\tfell \r\n\r\non Brest & Cork\n"
	checkDoc(t, page.ReadText(in), in, "Rain fell", "Rain\tfell")
	checkDoc(t, page.ReadText(in), in, "Brest & Cork", "Brest & Cork")
}

func TestDocOfHead(t *testing.T) {
	in := `<title>Thin &amp; Cold</title><meta name="author" content="Nell&nbsp;H."><!-- x
Rating: PG -->`
	p := page.ReadHTML(in)
	for _, r := range []struct {
		line *page.Line
		want string
	}{{&p.Title, "Thin &amp; Cold"}, {&p.Metas[0].Value, "Nell&nbsp;H."}, {&p.Comments[1], "Rating: PG"}} {
		if start, end := r.line.Doc(0, len(r.line.Text)); in[start:end] != r.want {
			t.Errorf("%q was read from %q, not %q", r.line.Text, in[start:end], r.want)
		}
	}
}

// TestDocAfterMending checks the places of text whose broken characters, written
// as entities, were restored.
func TestDocAfterMending(t *testing.T) {
	in := "<p>The caf&Atilde;&copy; was <b>closed</b>.</p>"
	p := page.ReadHTML(in)
	if !strings.Contains(p.Lines[0].Text, "café") {
		t.Fatalf("read as %q", p.Lines[0].Text)
	}
	checkDoc(t, p, in, "café", "caf&Atilde;&copy;")
	checkDoc(t, p, in, "é", "&Atilde;&copy;")
	checkDoc(t, p, in, "closed", "closed")
	if got := marked(&p.Lines[0]); got != "The café was {b:closed}." {
		t.Errorf("marks moved: %s", got)
	}
}

func TestDocOfNothing(t *testing.T) {
	var l page.Line
	if start, end := l.Doc(0, 0); start != 0 || end != 0 {
		t.Errorf("an empty line stands at %d to %d", start, end)
	}
	p := page.ReadHTML("<p>Rain</p>")
	if start, end := p.Lines[0].Doc(2, 2); start != end || start != 5 {
		t.Errorf("nothing at 2 stands at %d to %d", start, end)
	}
}
