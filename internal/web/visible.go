package web

import (
	"context"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// visible writes text of an original as HTML, with characters that cannot be
// seen, or that would rearrange what stands around them, shown as signs.
func visible(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		s := strings.ReplaceAll(s, "\r\n", "\n") // how half of all old files end their lines
		for s != "" {
			i, n := hidden(s)
			if _, err := io.WriteString(w, html.EscapeString(s[:i])); err != nil {
				return err
			}
			if n > 0 {
				if _, err := io.WriteString(w, sign(s[i:i+n])); err != nil {
					return err
				}
			}
			s = s[i+n:]
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

// hidden finds the first character of s that needs a sign: its place and its
// length, or len(s) and 0.
func hidden(s string) (at, length int) {
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case r == '\n', r == '\t':
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r),
			isNoncharacter(r), r == utf8.RuneError && n == 1:
			return i, n
		}
		i += n
	}
	return len(s), 0
}

// undecoded is where package charset puts bytes that no reading makes sense of:
// byte 0x80 is U+F780 (the WHATWG encoding x-user-defined).
const undecoded = 0xF780

// sign is what is shown for one hidden character. A return that stands alone is
// the end of a line, too (Mac OS before 2001).
func sign(c string) string {
	r, n := utf8.DecodeRuneInString(c)
	shown, name := fmt.Sprintf("U+%04X", r), fmt.Sprintf("U+%04X", r)
	switch {
	case r == utf8.RuneError && n == 1:
		shown, name = fmt.Sprintf("%02X", c[0]), "undecodable byte"
	case r >= undecoded && r < undecoded+0x80:
		shown, name = fmt.Sprintf("%02X", r&0xFF), "undecodable byte"
	case r < ' ':
		shown = string('\u2400' + r) // the pictures of control characters
	case r == 0xAD:
		shown = "-"
	}
	out := `<span class="sign" title="` + name + `">` + shown + `</span>`
	if r == '\r' {
		out += "\n"
	}
	return out
}
