package prose

import (
	"html"
	"strconv"
	"strings"
)

// HTML returns the text in its canonical form: one block a line, each element
// balanced, nothing outside the allow-list of Gate, links marked as not ours.
// It writes t.Normal(), so equal texts give equal bytes.
func (t Text) HTML() string { return t.Normal().NormalHTML() }

// NormalHTML is HTML for a text that Normal or Normalise returned, as it stands:
// it is not brought to form once more. Of another text the result is no
// canonical form, and may hold addresses that HTML would drop.
func (t Text) NormalHTML() string {
	var w renderer
	w.Grow(t.size())
	for _, b := range t {
		w.block(b)
	}
	w.place(0, "")
	return w.String()
}

// size is about how long the HTML of a text will be, in bytes.
func (t Text) size() int {
	const tags = 8
	n := 0
	for _, b := range t {
		n += tags
		for _, r := range b.Runs {
			n += len(r.Text)
			if r.Marks != 0 {
				n += tags + 1
			}
		}
	}
	return n
}

// renderer writes canonical HTML. It remembers what is open between blocks and,
// within a block, between runs.
type renderer struct {
	strings.Builder
	quote int
	list  string // "ul", "ol" or "" where no list is open
	open  []element
	want  []element
}

// element is an inline element: a mark, or a link or language with its value.
type element struct {
	mark  Mark // 0 for the two others
	href  string
	lang  string
	close string
}

func (w *renderer) block(b Block) {
	list := ""
	if b.Kind == Item {
		list = "ul"
		if b.Ordered {
			list = "ol"
		}
	}
	w.place(b.Quote, list)
	if b.Kind == Break {
		w.WriteString("<hr class=\"break\">\n")
		return
	}
	name := blockName(b)
	w.WriteByte('<')
	w.WriteString(name)
	w.blockAttributes(b)
	w.WriteByte('>')
	w.runs(b.Runs, b.Kind == Pre)
	w.WriteString("</")
	w.WriteString(name)
	w.WriteString(">\n")
}

func blockName(b Block) string {
	switch b.Kind {
	case Heading:
		return "h" + strconv.Itoa(b.Level)
	case Pre:
		return "pre"
	case Item:
		return "li"
	default:
		return "p"
	}
}

func (w *renderer) blockAttributes(b Block) {
	var class string
	switch b.Kind {
	case Verse:
		class = "verse "
	case Image:
		class = "image "
	}
	switch b.Align {
	case Center:
		class += "center"
	case End:
		class += "end"
	}
	if class = strings.TrimSpace(class); class != "" {
		w.WriteString(` class="` + class + `"`)
	}
	if b.Dir != "" {
		w.WriteString(` dir="` + b.Dir + `"`)
	}
}

// place opens and closes quotations and lists until the next block stands
// where it should.
func (w *renderer) place(quote int, list string) {
	if w.list != "" && (w.list != list || w.quote != quote) {
		w.WriteString("</" + w.list + ">\n")
		w.list = ""
	}
	for ; w.quote > quote; w.quote-- {
		w.WriteString("</blockquote>\n")
	}
	for ; w.quote < quote; w.quote++ {
		w.WriteString("<blockquote>\n")
	}
	if list != "" && w.list == "" {
		w.WriteString("<" + list + ">\n")
		w.list = list
	}
}

// runs writes the runs of one block. A line break stands inside whatever the
// runs on both of its sides share.
func (w *renderer) runs(runs []Run, pre bool) {
	for i, r := range runs {
		if r.Text != "\n" {
			w.enter(r)
			writeText(&w.Builder, r.Text)
			continue
		}
		if i+1 < len(runs) && runs[i+1].Text != "\n" {
			w.want = appendElements(w.want[:0], runs[i+1])
			w.leave(shared(w.open, w.want))
		}
		if pre {
			w.WriteByte('\n')
		} else {
			w.WriteString("<br>")
		}
	}
	w.leave(0)
}

func (w *renderer) enter(r Run) {
	w.want = appendElements(w.want[:0], r)
	keep := shared(w.open, w.want)
	w.leave(keep)
	for _, e := range w.want[keep:] {
		writeOpen(&w.Builder, e)
		w.open = append(w.open, e)
	}
}

func (w *renderer) leave(keep int) {
	for n := len(w.open) - 1; n >= keep; n-- {
		w.WriteString(w.open[n].close)
	}
	w.open = w.open[:keep]
}

func shared(a, b []element) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// appendElements lists the elements of a run, outermost first.
func appendElements(out []element, r Run) []element {
	if r.Href != "" {
		out = append(out, element{href: r.Href, close: "</a>"})
	}
	if r.Lang != "" {
		out = append(out, element{lang: r.Lang, close: "</span>"})
	}
	for m := Em; m <= SmallCaps; m <<= 1 {
		if r.Marks&m != 0 {
			out = append(out, element{mark: m, close: markClose(m)})
		}
	}
	return out
}

func writeOpen(b *strings.Builder, e element) {
	switch {
	case e.href != "":
		b.WriteString(`<a href="` + html.EscapeString(e.href) + `" rel="nofollow noopener">`)
	case e.lang != "":
		b.WriteString(`<span lang="` + e.lang + `">`)
	default:
		b.WriteString(markOpen(e.mark))
	}
}

func markOpen(m Mark) string {
	switch m {
	case Em:
		return "<em>"
	case Strong:
		return "<strong>"
	case Underline:
		return "<u>"
	case Strike:
		return "<s>"
	case Small:
		return "<small>"
	case Sup:
		return "<sup>"
	case Sub:
		return "<sub>"
	case Code:
		return "<code>"
	case Big:
		return `<span class="big">`
	default:
		return `<span class="smallcaps">`
	}
}

func markClose(m Mark) string {
	open := markOpen(m)
	if m == Big || m == SmallCaps {
		return "</span>"
	}
	return "</" + open[1:]
}

// writeText escapes what would be read as mark-up. Quotation marks stay as they
// are: they are the commonest signs of a story.
func writeText(b *strings.Builder, s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		var esc string
		switch s[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		default:
			continue
		}
		b.WriteString(s[from:i])
		b.WriteString(esc)
		from = i + 1
	}
	b.WriteString(s[from:])
}
