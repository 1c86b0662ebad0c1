package web

import (
	"context"
	"html"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"colophon/internal/charset"
)

// visible writes text of an original as HTML, with signs for what cannot be seen.
func visible(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for r := range charset.Visible(s) {
			text := html.EscapeString(r.Text)
			if r.Sign != "" {
				text = `<span class="sign" title="` + r.Sign + `">` + text + `</span>`
			}
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// pieces writes an original piece by piece, as the content of a <pre>. It is
// written by hand because a template would add white space, which counts here.
func pieces(ps []piece) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		// A parser drops a new line at the start (HTML, section 13.2.6.4.7).
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		for _, p := range ps {
			before, after := p.around()
			if _, err := io.WriteString(w, before); err != nil {
				return err
			}
			if err := visible(p.Text).Render(ctx, w); err != nil {
				return err
			}
			if _, err := io.WriteString(w, after); err != nil {
				return err
			}
		}
		return nil
	})
}

// around is the HTML before and after the text of a piece.
func (p piece) around() (before, after string) {
	for _, a := range p.Anchors {
		before += a.html()
	}
	switch {
	case p.Sealed:
		return before + `<span class="sealed">` + sealedNote, "</span>"
	case p.Mark != "" && p.Text != "":
		return before + `<mark title="` + html.EscapeString(plain(p.Mark)) + `">`, "</mark>"
	}
	return before, ""
}

// html is the number of a row, leading back to it, or an empty place for a
// finding.
func (a anchor) html() string {
	if a.Back == "" {
		return `<span id="` + a.ID + `"></span>`
	}
	n := strconv.Itoa(a.N)
	return `<a class="back" id="` + a.ID + `" href="#` + a.Back + `" aria-label="Back to row ` + n + `, ` +
		html.EscapeString(plain(a.Name)) + `">` + n + `</a>`
}
