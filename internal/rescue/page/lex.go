package page

import "strings"

// token is a piece of the decoded page. Every byte of the page belongs to
// exactly one token, so that offsets need no search.
type token struct {
	kind       tokenKind
	start, end int
	name       string // of a tag, lower case
	attrs      string // the raw text of its attributes
}

type tokenKind uint8

const (
	textToken tokenKind = iota
	startTag
	endTag
	comment
	hidden // scripts, style sheets, declarations
)

// lexer divides a page into tokens. Unlike a browser it never takes a pseudo-tag
// such as <grin> or an e-mail address in angle brackets for markup, and an
// unclosed comment or script hides no more than its own line.
type lexer struct {
	s   string
	pos int

	// What a search to the end of the page has found once is not searched for
	// again: hostile pages must not make reading quadratic.
	gt      int             // offset of the next '>' at or after some position; len(s) where there is none
	noClose map[string]bool // elements that are opened but never closed from here on
	noEnd   bool            // no comment ends from here on
}

// next returns the next token; ok is false at the end.
func (x *lexer) next() (t token, ok bool) {
	if x.pos >= len(x.s) {
		return token{}, false
	}
	if x.s[x.pos] == '<' {
		if t, ok := x.markup(); ok {
			x.pos = t.end
			return t, true
		}
	}
	return x.text(), true
}

// text returns everything up to the next '<' that begins markup.
func (x *lexer) text() token {
	start := x.pos
	x.pos++
	for x.pos < len(x.s) {
		i := strings.IndexByte(x.s[x.pos:], '<')
		if i < 0 {
			x.pos = len(x.s)
			break
		}
		x.pos += i
		if _, ok := x.markup(); ok {
			break
		}
		x.pos++
	}
	return token{kind: textToken, start: start, end: x.pos}
}

// markup reads a tag, comment or declaration at the current position.
func (x *lexer) markup() (token, bool) {
	s, i := x.s, x.pos+1
	if i >= len(s) {
		return token{}, false
	}
	switch {
	case strings.HasPrefix(s[i:], "!--"):
		return x.comment(), true
	case s[i] == '!' || s[i] == '?':
		end := strings.IndexByte(s[i:min(len(s), i+2000)], '>')
		if end < 0 || s[i] == '!' && !isLetter(s, i+1) && !strings.HasPrefix(s[i:], "![") {
			return token{}, false
		}
		return token{kind: hidden, start: x.pos, end: i + end + 1}, true
	case s[i] == '/':
		return x.tag(i+1, endTag)
	}
	return x.tag(i, startTag)
}

// comment reads a comment; without an end it closes at the first '>'.
func (x *lexer) comment() token {
	t := token{kind: comment, start: x.pos}
	body := x.s[x.pos+4:]
	if !x.noEnd {
		if i := strings.Index(body, "-->"); i >= 0 {
			t.end = x.pos + 4 + i + 3
			return t
		}
		x.noEnd = true
	}
	t.end = x.pos + 4
	if gt := x.nextGT(x.pos + 4); gt < len(x.s) {
		t.end = gt + 1
	}
	return t
}

// maxTag is the length in bytes beyond which something that looks like a tag is
// text. Old pages carry whole style sheets in attributes, but no more than that.
const maxTag = 64 << 10

// tag reads a tag whose name begins at i.
func (x *lexer) tag(i int, kind tokenKind) (token, bool) {
	s := x.s
	j := i
	for j < len(s) && j-i < 32 && isNameByte(s[j]) {
		j++
	}
	if j == i || !isLetter(s, i) {
		return token{}, false
	}
	name := strings.ToLower(s[i:j])
	if j == len(s) {
		return token{kind: hidden, start: x.pos, end: len(s)}, true // the page was cut off inside a tag
	}
	if !known(name) {
		return token{}, false
	}
	end := x.tagEnd(j)
	if end < 0 {
		if rest := s[j:]; len(rest) < 200 && !strings.ContainsAny(rest, "<>") {
			return token{kind: hidden, start: x.pos, end: len(s)}, true // the page was cut off inside a tag
		}
		return token{}, false
	}
	t := token{kind: kind, start: x.pos, end: end, name: name, attrs: strings.TrimSuffix(s[j:end], ">")}
	if kind == startTag {
		if hides(name) && !x.noClose[name] {
			if k := closing(s, end, name); k > 0 {
				t.kind, t.end = hidden, k
			} else {
				x.noClose[name] = true
			}
		}
	}
	return t, true
}

// nextGT returns the offset of the first '>' at or after i, len(s) where there
// is none.
func (x *lexer) nextGT(i int) int {
	if x.gt < i || x.gt == 0 {
		x.gt = len(x.s)
		if k := strings.IndexByte(x.s[i:], '>'); k >= 0 {
			x.gt = i + k
		}
	}
	return x.gt
}

// tagEnd returns the offset after the '>' that ends a tag, minding quotes; a
// quote that is never closed is ignored. It returns -1 where there is no end.
func (x *lexer) tagEnd(i int) int {
	s := x.s
	first := x.nextGT(i)
	if first-i > maxTag || first >= len(s) {
		return -1
	}
	inside := s[i:first]
	if !strings.ContainsAny(inside, "\"'") {
		if lt := strings.IndexByte(inside, '<'); lt >= 0 {
			return i + lt // <p <b>: the tag was never closed
		}
		return first + 1
	}
	if end := quotedEnd(s, i, min(len(s), i+maxTag)); end > 0 {
		return end
	}
	return first + 1
}

// quotedEnd returns the offset after the first '>' outside quotes, or 0 where the
// quotes cannot be trusted: whole tags stand between them.
func quotedEnd(s string, i, limit int) int {
	quote, closed := byte(0), false
	for k := i; k < limit; k++ {
		switch c := s[k]; {
		case quote != 0:
			switch c {
			case quote:
				quote = 0
			case '>':
				closed = true
			case '<':
				if closed {
					return 0
				}
			}
		case (c == '"' || c == '\'') && (s[k-1] == '=' || s[k-1] == ' '):
			quote = c
		case c == '>':
			return k + 1
		}
	}
	return 0
}

// closing returns the offset after </name>, or 0.
func closing(s string, from int, name string) int {
	for i := from; ; {
		k := strings.Index(s[i:], "</")
		if k < 0 {
			return 0
		}
		i += k + 2
		if len(s)-i >= len(name) && strings.EqualFold(s[i:i+len(name)], name) {
			if end := strings.IndexByte(s[i:], '>'); end >= 0 {
				return i + end + 1
			}
		}
	}
}

func hides(name string) bool {
	return name == "script" || name == "style"
}

func isLetter(s string, i int) bool {
	return i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
}

func isNameByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == ':' || c == '-' || c == '_'
}

// known reports whether name is an element that pages of the time used. Anything
// else in angle brackets is what an author wrote.
func known(name string) bool {
	if strings.IndexByte(name, ':') > 0 {
		return true // <o:p>, <st1:place>, <v:shape>
	}
	switch name {
	case "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "b", "base", "basefont", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br",
		"button", "caption", "center", "cite", "code", "col", "colgroup", "csaction", "csscriptdict", "dd", "del", "dfn", "dir", "div", "dl", "dt", "em", "embed", "fieldset",
		"figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "ilayer", "img",
		"input", "ins", "isindex", "kbd", "label", "layer", "legend", "li", "link", "lj", "lj-cut", "lj-embed", "main", "map", "marquee", "menu", "meta", "nav", "nobr",
		"noembed", "noframes", "nolayer", "noscript", "object", "ol", "optgroup", "option", "p", "param", "plaintext", "pre", "q", "rp", "rt", "ruby", "s", "samp",
		"script", "section", "select", "server", "small", "spacer", "span", "strike", "strong", "style", "sub", "sup", "table", "tbody", "td", "textarea", "tfoot",
		"th", "thead", "time", "title", "tr", "tt", "u", "ul", "var", "wbr", "xml", "xmp":
		return true
	}
	return false
}

// attr returns the value of an attribute in the raw text of a tag's attributes,
// "" where it is not there.
func attr(attrs, name string) string {
	for i := 0; i < len(attrs); {
		k := indexFold(attrs[i:], name)
		if k < 0 {
			return ""
		}
		i += k
		after := i + len(name)
		before := i == 0 || strings.IndexByte(" \t\r\n\"'/", attrs[i-1]) >= 0
		i = after
		rest := strings.TrimLeft(attrs[after:], " \t\r\n")
		if !before || !strings.HasPrefix(rest, "=") {
			continue
		}
		return attrValue(strings.TrimLeft(rest[1:], " \t\r\n"))
	}
	return ""
}

func attrValue(s string) string {
	if s == "" {
		return ""
	}
	if s[0] == '"' || s[0] == '\'' {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return s[1 : 1+end]
		}
		s = s[1:]
	}
	if end := strings.IndexAny(s, " \t\r\n"); end >= 0 {
		return s[:end]
	}
	return strings.TrimSuffix(s, "/")
}

// indexFold is strings.Index without regard to ASCII case; name is lower case.
func indexFold(s, name string) int {
	for i := 0; i+len(name) <= len(s); i++ {
		if s[i]|0x20 == name[0] && strings.EqualFold(s[i:i+len(name)], name) {
			return i
		}
	}
	return -1
}
