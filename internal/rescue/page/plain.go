package page

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// ReadText reads a decoded plain text page.
func ReadText(s string) *Page {
	const usual = 64 // bytes of a line, about
	p := &Page{Lines: make([]Line, 0, min(len(s)/usual, maxLines))}
	var w writer
	gap := 0
	for i := 0; i < len(s); {
		k := strings.IndexAny(s[i:], "\r\n")
		end, next := len(s), len(s)
		if k >= 0 {
			end, next = i+k, i+k+1
			if s[i+k] == '\r' && next < len(s) && s[next] == '\n' {
				next++
			}
		}
		w.plain(s, i, end)
		if len(p.Lines) >= maxLines && next < len(s) {
			if len(w.buf) > 0 && w.space == 0 {
				w.buf = append(w.buf, ' ')
			}
			i = next
			continue
		}
		if len(w.buf) == 0 {
			gap++
		} else {
			l := w.line(s)
			l.Gap, l.Block = gap, gap > 0 || len(p.Lines) == 0
			p.Lines = append(p.Lines, l)
			gap = 0
		}
		w.reset()
		i = next
	}
	measureWrap(p)
	return p
}

// measureWrap finds the width at which a page's lines were wrapped: where most
// long lines end within a few characters of the same length.
func measureWrap(p *Page) {
	const widest = 100
	var widths []int
	for i := range p.Lines {
		if len(p.Lines[i].Text) > 2*widest*utf8.UTFMax {
			return // more than twice as wide as wrapped lines can be: told without counting
		}
		if n := utf8.RuneCountInString(p.Lines[i].Text) + min(p.Lines[i].Indent, 8); n >= 40 && p.Lines[i].Kind == Prose {
			widths = append(widths, n)
		}
	}
	if len(widths) < 6 {
		return
	}
	sort.Ints(widths)
	wide := widths[len(widths)*95/100]
	if wide > widest || widths[len(widths)-1] > 2*wide {
		return
	}
	near := 0
	for _, n := range widths {
		if n > wide-18 {
			near++
		}
	}
	if near*10 >= len(widths)*6 {
		p.Wrap = wide
	}
}
