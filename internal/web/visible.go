package web

import (
	"context"
	"html"
	"io"
	"strconv"
	"strings"

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
func pieces(v visit, ps []piece) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		// A parser drops a new line at the start (HTML, section 13.2.6.4.7).
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		for _, p := range ps {
			before, after := v.around(p)
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
func (v visit) around(p piece) (before, after string) {
	for _, a := range p.Anchors {
		before += v.anchored(a)
	}
	switch {
	case p.Sealed:
		return before + `<span class="sealed">` + html.EscapeString(v.Say("sealed.note")), "</span>"
	case p.Mark != "" && p.Text != "":
		return before + `<mark title="` + html.EscapeString(plain(p.Mark)) + `">`, "</mark>"
	}
	return before, ""
}

// anchored is the number of a row, leading back to it, or an empty place for a
// finding.
func (v visit) anchored(a anchor) string {
	if a.Back == "" {
		return `<span id="` + a.ID + `"></span>`
	}
	n := strconv.Itoa(a.N)
	return `<a class="back" id="` + a.ID + `" href="#` + a.Back + `" aria-label="` +
		html.EscapeString(v.Say("source.back", "N", n, "Field", plain(a.Name))) + `">` + n + `</a>`
}

// joined writes names as a list in words, each a link to its page where there is
// a list of them. It is written by hand because a template would add white
// space, and in some languages "and" is part of the word after it.
func joined(v visit, names []string, list string, author bool) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for i, name := range names {
			between := v.Say("list.next")
			if author || i == 0 {
				between = v.Between(i, len(names))
			}
			b.WriteString(html.EscapeString(between))
			bdi := "<bdi>" + html.EscapeString(plain(name)) + "</bdi>"
			switch {
			case author:
				bdi = `<a rel="author" href="` + html.EscapeString(findPath(list, name)) + `">` + bdi + "</a>"
			case list != "":
				bdi = `<a href="` + html.EscapeString(findPath(list, name)) + `">` + bdi + "</a>"
			}
			b.WriteString(bdi)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// marked writes a text with some of its ranges marked.
func marked(s string, ranges [][2]int) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		at := 0
		for _, r := range ranges {
			if r[0] < at || r[1] < r[0] || r[1] > len(s) {
				continue
			}
			b.WriteString(html.EscapeString(plain(s[at:r[0]])))
			b.WriteString("<mark>" + html.EscapeString(plain(s[r[0]:r[1]])) + "</mark>")
			at = r[1]
		}
		b.WriteString(html.EscapeString(plain(s[at:])))
		_, err := io.WriteString(w, b.String())
		return err
	})
}
