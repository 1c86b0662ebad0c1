package prose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attributes are those of a start tag that can change how text reads.
type attributes struct {
	href, src, alt, class, style, align, dir, lang, size, user string
}

func readAttributes(z *html.Tokenizer) attributes {
	var at attributes
	seen := 0
	for more := true; more && seen < 64; seen++ { // elements of text have a handful
		var k, v []byte
		k, v, more = z.TagAttr()
		if p := at.field(string(k)); p != nil && *p == "" {
			*p = string(v)
		}
	}
	return at
}

func (at *attributes) field(name string) *string {
	switch name {
	case "href":
		return &at.href
	case "src":
		return &at.src
	case "alt":
		return &at.alt
	case "class":
		return &at.class
	case "style":
		return &at.style
	case "align":
		return &at.align
	case "dir":
		return &at.dir
	case "lang":
		return &at.lang
	case "size":
		return &at.size
	case "user":
		return &at.user
	}
	return nil
}

// placed is an alignment that may be left to what is around.
type placed uint8

const (
	inherited placed = iota
	atStart
	atCenter
	atEnd
)

func (p placed) value() Align {
	switch p {
	case atCenter:
		return Center
	case atEnd:
		return End
	}
	return Start
}

// props are the properties a block takes from the elements around it.
type props struct {
	align placed
	dir   string
	lang  string
}

// over returns p with its gaps filled from outer.
func (p props) over(outer props) props {
	if p.align == inherited {
		p.align = outer.align
	}
	if p.dir == "" {
		p.dir = outer.dir
	}
	if p.lang == "" {
		p.lang = outer.lang
	}
	return p
}

// effect is what an open element does to the text in it.
type effect struct {
	marks     Mark
	lang      string
	container bool
}

func newLeaf(a atom.Atom, at attributes) leaf {
	l := leaf{props: at.props(a)}
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		l.kind = Heading
		l.level = int(a.String()[1] - '0')
	case atom.P:
		for c := range strings.FieldsSeq(at.class) {
			switch c {
			case "verse":
				l.kind = Verse
			case "image":
				l.kind = Image
			}
		}
	}
	return l
}

// props reads alignment, direction and language from attributes.
func (at *attributes) props(a atom.Atom) props {
	var p props
	if a == atom.Center {
		p.align = atCenter
	}
	switch strings.ToLower(at.align) {
	case "center", "middle":
		p.align = atCenter
	case "right":
		p.align = atEnd
	case "left", "justify":
		p.align = atStart
	}
	if at.style != "" {
		p.align = styleAlign(at.style, p.align)
	}
	for c := range strings.FieldsSeq(at.class) {
		switch c {
		case "center":
			p.align = atCenter
		case "end":
			p.align = atEnd
		}
	}
	if d := strings.ToLower(at.dir); d == "rtl" || d == "ltr" {
		p.dir = d
	}
	if langTag.MatchString(at.lang) {
		p.lang = at.lang
	}
	return p
}

func styleAlign(style string, otherwise placed) placed {
	s := squeeze(style)
	switch {
	case strings.Contains(s, "text-align:center"):
		return atCenter
	case strings.Contains(s, "text-align:right"), strings.Contains(s, "text-align:end"):
		return atEnd
	case strings.Contains(s, "text-align:left"), strings.Contains(s, "text-align:justify"), strings.Contains(s, "text-align:start"):
		return atStart
	}
	return otherwise
}

// squeeze prepares a style attribute for being searched.
func squeeze(style string) string {
	return strings.ToLower(strings.Join(strings.Fields(style), ""))
}

// effect says what an inline element does to its text.
func (at *attributes) effect(a atom.Atom) effect {
	e := effect{marks: elementMarks(a)}
	if a == atom.Font && at.size != "" {
		e.marks |= fontMarks(at.size)
	}
	if at.style != "" {
		e.marks = styleMarks(at.style, e.marks)
	}
	if a == atom.Span {
		for c := range strings.FieldsSeq(at.class) {
			switch c {
			case "smallcaps":
				e.marks |= SmallCaps
			case "big":
				e.marks |= Big
			}
		}
	}
	if langTag.MatchString(at.lang) {
		e.lang = at.lang
	}
	return e
}

func elementMarks(a atom.Atom) Mark {
	switch a {
	case atom.Em, atom.I, atom.Cite, atom.Dfn, atom.Var:
		return Em
	case atom.Strong, atom.B:
		return Strong
	case atom.U, atom.Ins:
		return Underline
	case atom.S, atom.Strike, atom.Del:
		return Strike
	case atom.Small:
		return Small
	case atom.Big:
		return Big
	case atom.Sup:
		return Sup
	case atom.Sub:
		return Sub
	case atom.Code, atom.Tt, atom.Kbd, atom.Samp:
		return Code
	}
	return 0
}

// fontMarks reads the size of a <font>: 3 is usual, a sign counts from there.
func fontMarks(size string) Mark {
	switch strings.TrimSpace(size) {
	case "-1", "-2", "-3", "-4", "1", "2":
		return Small
	case "+1", "+2", "+3", "+4", "5", "6", "7":
		return Big
	}
	return 0
}

// styleMarks reads the few properties that writing programs and editors use for
// what has an element of its own.
func styleMarks(style string, m Mark) Mark {
	s := squeeze(style)
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(s, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("font-style:italic", "font-style:oblique"):
		m |= Em
	case has("font-style:normal"):
		m &^= Em
	}
	switch {
	case has("font-weight:bold", "font-weight:6", "font-weight:7", "font-weight:8", "font-weight:9"):
		m |= Strong
	case has("font-weight:normal", "font-weight:4"):
		m &^= Strong
	}
	if has("text-decoration:underline", "text-decoration-line:underline") {
		m |= Underline
	}
	if has("text-decoration:line-through", "text-decoration-line:line-through") {
		m |= Strike
	}
	if has("font-variant:small-caps") {
		m |= SmallCaps
	}
	switch {
	case has("vertical-align:super"):
		m |= Sup
	case has("vertical-align:sub"):
		m |= Sub
	}
	return m
}

// block reports whether an element begins and ends a block of its own.
func block(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Details, atom.Dialog,
		atom.Dir, atom.Div, atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.Frameset, atom.Head, atom.Header, atom.Hgroup, atom.Html, atom.Legend, atom.Main, atom.Menu, atom.Nav,
		atom.Ol, atom.Optgroup, atom.Option, atom.Pre, atom.Search, atom.Section, atom.Select, atom.Summary,
		atom.Tbody, atom.Tfoot, atom.Thead, atom.Ul, atom.Noframes, atom.Noembed, atom.Noscript, atom.Iframe:
		return true
	}
	return false
}
