package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/internal/charset"
	"colophon/internal/prose"
)

// context is what the elements around a piece of text say about it.
type context struct {
	marks  prose.Mark
	href   string
	level  uint8
	region Region
	center bool
	pre    bool
	item   bool
	quote  int16
	cell   int32
}

// opened is an open element, with the context to return to at its end.
type opened struct {
	name   string
	before context
}

// maxOpen bounds the stack of open elements. Beyond it nothing more is pushed:
// the text is kept, only its formatting is no longer followed.
const maxOpen = 200_000

// builder turns tokens into lines.
type builder struct {
	s     string
	page  *Page
	w     writer
	c     context
	stack []opened
	cells int32

	block   bool // the next line begins a block
	gap     int
	title   bool // inside <title>
	option  bool // inside <option>
	breaks  bool // newlines end lines: text in disguise
	picture *Line
	bar     bool  // inside the bar of a web archive
	endless bool  // a bar began that never ends
	links   []int // indexes of links whose text is still open
}

// ReadHTML reads a decoded HTML page.
func ReadHTML(s string) *Page {
	const usual = 256 // bytes of a line with its tags, about
	b := &builder{s: s, page: &Page{HTML: true, Lines: make([]Line, 0, min(len(s)/usual, maxLines))}, block: true, breaks: textInDisguise(s)}
	x := &lexer{s: s, noClose: map[string]bool{}}
	for {
		t, ok := x.next()
		if !ok {
			break
		}
		b.token(t)
	}
	b.endTitle()
	b.endLine()
	measureWrap(b.page)
	return b.page
}

// textInDisguise reports whether a page is plain text in HTML clothes: many
// newlines and next to no element that would end a line.
func textInDisguise(s string) bool {
	if len(s) > 1<<20 {
		s = s[:1<<20]
	}
	newlines := strings.Count(s, "\n")
	if newlines < 8 {
		return false
	}
	enders := 0
	for i := 0; i+3 < len(s); i++ {
		if s[i] != '<' {
			continue
		}
		switch s[i+1] | 0x20 {
		case 'p', 'b', 'd', 't', 'h', 'l':
			x := &lexer{s: s, pos: i, noClose: map[string]bool{}}
			if t, ok := x.markup(); ok && (t.name == "br" || blockElement(t.name)) && t.name != "body" && t.name != "html" && t.name != "head" {
				enders++
				if t.name == "pre" || enders*10 > newlines {
					return false
				}
			}
		}
	}
	return true
}

func (b *builder) token(t token) {
	switch t.kind {
	case textToken:
		b.text(t)
	case startTag:
		b.open(t)
	case endTag:
		b.close(t.name)
	case comment:
		b.comment(t)
	}
}

// text adds text to the current line, which in preformatted text ends at each
// newline.
func (b *builder) text(t token) {
	if !b.c.pre && !b.breaks || b.title || b.option {
		b.w.html(b.s, t.start, t.end, b.c.marks, b.c.href, false)
		return
	}
	for i := t.start; i < t.end; {
		k := strings.IndexAny(b.s[i:t.end], "\r\n")
		if k < 0 {
			b.w.html(b.s, i, t.end, b.c.marks, b.c.href, b.c.pre)
			return
		}
		b.w.html(b.s, i, i+k, b.c.marks, b.c.href, b.c.pre)
		b.lineBreak()
		i += k + 1
		if b.s[i-1] == '\r' && i < t.end && b.s[i] == '\n' {
			i++
		}
	}
}

// open handles a start tag.
func (b *builder) open(t token) {
	if b.title && t.name != "title" {
		b.endTitle()
	}
	switch t.name {
	case "title":
		b.title = len(b.page.Lines) == 0 && b.page.Title.Text == ""
		return
	case "br":
		b.lineBreak()
		return
	case "hr":
		b.endBlock()
		b.add(Line{Kind: Rule, Text: "", src: places{{0, uint32(t.start), uint32(t.end - t.start)}}})
		b.block = true
		return
	case "img":
		b.image(t)
		return
	case "meta":
		b.meta(t)
		return
	case "link":
		b.page.Links = append(b.page.Links, Link{Href: uncaptured(attr(t.attrs, "href")), Rel: strings.ToLower(attr(t.attrs, "rel")), Line: -1})
		return
	case "option":
		b.endOption()
		b.option = true
		return
	case "wbr", "input", "param", "area", "base", "basefont", "col", "frame", "spacer", "bgsound", "embed", "isindex":
		return
	}
	b.element(t)
}

// element handles the start of an element that has content.
func (b *builder) element(t token) {
	if blockElement(t.name) {
		b.endBlock()
	}
	before := b.c
	b.c = b.inside(t)
	if t.name == "a" {
		b.link(t)
	}
	if (before != b.c || nests(t.name)) && len(b.stack) < maxOpen {
		b.stack = append(b.stack, opened{t.name, before})
	}
}

// inside returns the context inside an element.
func (b *builder) inside(t token) context {
	c := b.c
	switch t.name {
	case "a":
		if href := attr(t.attrs, "href"); href != "" {
			c.href = uncaptured(href)
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		c.level = t.name[1] - '0'
	case "pre", "xmp", "plaintext", "listing":
		c.pre = true
	case "blockquote":
		c.quote++
	case "center":
		c.center = true
	case "li", "dd":
		c.item = t.name == "li"
	case "td", "th":
		b.cells++
		c = context{cell: b.cells, region: c.region, quote: c.quote, center: t.name == "th"}
	case "nav", "footer", "aside", "button", "select":
		c.region = ChromeRegion
	default:
		c.marks |= markOf(t.name)
	}
	return b.styled(c, t)
}

// styled reads what the attributes of a tag add to the context.
func (b *builder) styled(c context, t token) context {
	if t.attrs == "" {
		return c
	}
	if nests(t.name) || blockElement(t.name) {
		if a := strings.ToLower(attr(t.attrs, "align")); a != "" {
			c.center = a == "center" || a == "middle"
		}
		if r := regionOf(attr(t.attrs, "id"), attr(t.attrs, "class")); r != NoRegion {
			c.region = r
		}
	}
	if style := strings.ToLower(attr(t.attrs, "style")); style != "" {
		c = cssInto(c, strings.ReplaceAll(style, " ", ""))
	}
	return c
}

func cssInto(c context, style string) context {
	if strings.Contains(style, "font-style:italic") {
		c.marks |= prose.Em
	}
	if strings.Contains(style, "font-weight:bold") {
		c.marks |= prose.Strong
	}
	if strings.Contains(style, "small-caps") {
		c.marks |= prose.SmallCaps
	}
	if strings.Contains(style, "text-align:center") {
		c.center = true
	}
	if strings.Contains(style, "display:none") {
		c.region = ChromeRegion
	}
	return c
}

// close handles an end tag: everything opened since its start is closed too.
func (b *builder) close(name string) {
	switch name {
	case "title":
		b.endTitle()
		return
	case "option", "select":
		b.endOption()
	case "br":
		b.lineBreak()
		return
	}
	if blockElement(name) {
		b.endBlock()
	}
	for i := len(b.stack) - 1; i >= 0 && i >= len(b.stack)-256; i-- {
		if b.stack[i].name == name {
			cell := b.c.cell
			b.c = b.stack[i].before
			b.stack = b.stack[:i]
			if name == "a" {
				b.endLinks()
			}
			if !nests(name) {
				b.c.cell = cell
			}
			return
		}
		if b.stack[i].name == "td" && name != "tr" && name != "table" && name != "div" && name != "body" && name != "tbody" {
			return // a stray end tag does not reach out of its table cell
		}
	}
}

// nests reports whether elements of a name are pushed even where they change
// nothing, because an end tag must find its own start.
func nests(name string) bool {
	switch name {
	case "div", "span", "table", "td", "th", "tr", "blockquote", "center", "ul", "ol", "dl", "section", "article", "main", "header", "form", "a":
		return true
	}
	return false
}

func blockElement(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
		"h6", "head", "header", "html", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp", "select", "textarea", "legend":
		return true
	}
	return false
}

func markOf(name string) prose.Mark {
	switch name {
	case "b", "strong":
		return prose.Strong
	case "i", "em", "cite", "var", "dfn":
		return prose.Em
	case "u", "ins":
		return prose.Underline
	case "s", "strike", "del":
		return prose.Strike
	case "small":
		return prose.Small
	case "big":
		return prose.Big
	case "sup":
		return prose.Sup
	case "sub":
		return prose.Sub
	case "code", "tt", "kbd", "samp":
		return prose.Code
	}
	return 0
}

// crowded reports whether the page has as many lines as are told apart; what
// follows becomes one more line, with a space for each line end.
func (b *builder) crowded() bool {
	if len(b.page.Lines) < maxLines {
		return false
	}
	if len(b.w.buf) > 0 && b.w.space == 0 {
		b.w.buf = append(b.w.buf, ' ')
	}
	return true
}

// lineBreak ends the line at a <br> or newline.
func (b *builder) lineBreak() {
	if b.crowded() {
		return
	}
	if len(b.w.buf) == 0 && b.picture == nil {
		b.gap++
		b.w.reset()
		return
	}
	b.endLine()
}

// endBlock ends the line at the boundary of a block.
func (b *builder) endBlock() {
	if b.crowded() {
		return
	}
	if len(b.w.buf) > 0 || b.picture != nil {
		b.endLine()
	} else {
		if b.w.blank {
			b.gap++ // a paragraph of nothing but no-break spaces
		}
		b.w.reset()
	}
	b.block = true
}

// endLine adds the line gathered so far.
func (b *builder) endLine() {
	defer b.w.reset()
	if len(b.w.buf) == 0 {
		if b.picture != nil {
			b.add(*b.picture)
			b.picture = nil
		}
		return
	}
	b.picture = nil
	l := b.line()
	if b.c.pre {
		l.Text = strings.TrimRight(l.Text, " ")
		for i := range l.Spans {
			l.Spans[i].Start, l.Spans[i].End = min(l.Spans[i].Start, len(l.Text)), min(l.Spans[i].End, len(l.Text))
		}
	}
	b.add(l)
}

// line makes a line of what the writer holds.
func (b *builder) line() Line {
	l := b.w.line(b.s)
	b.page.DoubleEscaped += b.w.double
	if b.w.odd {
		mend(&l)
	}
	return l
}

// mend repairs characters that were broken before they were written as entities.
func mend(l *Line) {
	_, edits := charset.Mend(l.Text)
	for _, e := range slices.Backward(edits) {
		l.src = l.src.spliced(e.Start, e.End, len(e.New))
		l.Text = l.Text[:e.Start] + e.New + l.Text[e.End:]
		for k := range l.Spans {
			l.Spans[k].Start = moved(l.Spans[k].Start, e)
			l.Spans[k].End = moved(l.Spans[k].End, e)
		}
	}
}

func moved(at int, e charset.Edit) int {
	switch {
	case at <= e.Start:
		return at
	case at >= e.End:
		return at + len(e.New) - (e.End - e.Start)
	}
	return e.Start + len(e.New)
}

func (b *builder) add(l Line) {
	c := &b.c
	l.Gap, l.Block = b.gap, b.block
	l.Level, l.Center, l.Pre, l.Quote, l.Item = int(c.level), c.center, c.pre, int(c.quote), c.item
	l.Cell, l.Region = int(c.cell), c.region
	if b.bar {
		l.Region = ChromeRegion
	}
	b.page.Lines = append(b.page.Lines, l)
	b.gap, b.block = 0, false
}

// image notes a picture. One that stands for a letter is read as that letter.
func (b *builder) image(t token) {
	alt := attr(t.attrs, "alt")
	if r, n := utf8.DecodeRuneInString(alt); n == len(alt) && n > 0 && strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZ", r) {
		at := t.start + strings.Index(b.s[t.start:t.end], alt)
		b.w.html(b.s, at, at+n, b.c.marks, b.c.href, false)
		return
	}
	if len(b.w.buf) == 0 {
		b.picture = &Line{Kind: Image, Text: alt, Href: uncaptured(attr(t.attrs, "src")), src: places{{0, uint32(t.start), uint32(t.end - t.start)}}}
	}
}
