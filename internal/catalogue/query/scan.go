package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parser reads a query from its beginning to its end, once. What is wrong is
// reported and passed over, so that all of it is told.
type parser struct {
	report
	text    string
	pos     int // bytes
	depth   int // open parentheses
	terms   int
	stopped bool // over a bound: the rest is not read
	by      Sort
	up      bool
}

// value is what stands behind a field's colon: words, in the form of a search
// or of a name.
type value struct {
	start, end int // bytes
	words      []word
}

// name is the value as it was written, without quotation marks.
func (v value) name() string {
	parts := make([]string, len(v.words))
	for i, w := range v.words {
		parts[i] = w.written()
	}
	return strings.Join(parts, " ")
}

// written is the word as it stands in a name, where no sign has a meaning.
func (w word) written() string {
	s := w.text
	if w.not {
		s = "-" + s
	}
	if w.prefix {
		s += "*"
	}
	return s
}

// problem reports the piece from start to end.
func (p *parser) problem(code Code, start, end int, suggest, message string, args ...any) {
	p.add(code, p.text, start, end, suggest, message, args...)
}

// stop leaves the rest unread.
func (p *parser) stop() { p.pos, p.stopped = len(p.text), true }

// characters reports what is no text, and puts signs in its place that change
// nothing else.
func (p *parser) characters() {
	var b strings.Builder
	for i, r := range p.text {
		size := utf8.RuneLen(r)
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(p.text[i:], "\uFFFD"):
			p.problem(InvalidUTF8, i, i+1, "", "There is a byte here that is not UTF-8 text. Type the word again.")
			size = 1
		case unicode.IsControl(r) && !unicode.IsSpace(r):
			p.problem(BadCharacter, i, i+size, "", "There is a control character (%U) here. Take it out.", r)
		default:
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Repeat("_", size))
	}
	p.text = b.String()
}

func (p *parser) rest() string { return p.text[p.pos:] }

// peek is the sign at the place that is read next, 0 at the end.
func (p *parser) peek() rune {
	if p.pos >= len(p.text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(p.rest())
	return r
}

// skip goes over n bytes if the text goes on with s.
func (p *parser) skip(s string) bool {
	if !strings.HasPrefix(p.rest(), s) {
		return false
	}
	p.pos += len(s)
	return true
}

func (p *parser) spaces() {
	p.pos += len(p.rest()) - len(strings.TrimLeftFunc(p.rest(), unicode.IsSpace))
}

// bareEnd is where a word that begins at from ends.
func (p *parser) bareEnd(from int) int {
	if i := strings.IndexFunc(p.text[from:], ends); i >= 0 {
		return from + i
	}
	return len(p.text)
}

// bare reads a word without quotation marks.
func (p *parser) bare() string {
	start := p.pos
	p.pos = p.bareEnd(start)
	s := p.text[start:p.pos]
	if strings.IndexFunc(s, isInvisible) >= 0 {
		clean := strings.Map(func(r rune) rune {
			if isInvisible(r) {
				return -1
			}
			return r
		}, s)
		p.problem(BadCharacter, start, p.pos, clean, "There is an invisible sign in “%s”. Type the word again.", short(clean))
	}
	return s
}

// quoted reads a phrase or name from its quotation mark to the closing one. A
// backslash before a quotation mark or another backslash, and a doubled straight
// mark, stand for the sign itself.
func (p *parser) quoted() string {
	start, open := p.pos, p.peek()
	p.pos += utf8.RuneLen(open)
	var b strings.Builder
	for p.pos < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.rest())
		next, nextSize := utf8.DecodeRuneInString(p.text[p.pos+size:])
		switch {
		case r == '\\' && (next == '\\' || isQuote(next)):
			b.WriteRune(next)
			size += nextSize
		case closes(open, r) && r == '"' && next == '"' && open == '"':
			b.WriteRune(r)
			size += nextSize
		case closes(open, r):
			p.pos += size
			return tidy(b.String())
		default:
			b.WriteRune(r)
		}
		p.pos += size
	}
	p.problem(UnclosedQuote, start, len(p.text), p.text[start:]+closing(open),
		"The quotation mark before “%s” is not closed. Put another behind the last word that belongs to it.", short(b.String()))
	return tidy(b.String())
}

// closing is a quotation mark that ends what another began.
func closing(open rune) string {
	switch open {
	case '"', '＂':
		return string(open)
	case '「':
		return "」"
	case '«', '»':
		return "»"
	default:
		return "”"
	}
}

// word reads a word or phrase; the minus before it has been read.
func (p *parser) word() word {
	if isQuote(p.peek()) {
		w := word{text: p.quoted(), phrase: true}
		w.prefix = p.skip("*")
		return w
	}
	text, prefix := cutStar(p.bare())
	return word{text: text, prefix: prefix}
}

// keyword reports whether the text goes on with a word that joins conditions.
func (p *parser) keyword(name string) bool {
	return strings.HasPrefix(p.rest(), name) && p.bareEnd(p.pos) == p.pos+len(name) && !isQuote(p.runeAt(p.pos+len(name)))
}

func (p *parser) runeAt(i int) rune {
	r, _ := utf8.DecodeRuneInString(p.text[i:])
	return r
}

// prefix reads a field's name and the comparison behind it. It reads nothing
// where a word stands that is no field: 3:10, http://.
func (p *parser) prefix() (name, op string, ok bool) {
	i := strings.IndexFunc(p.rest(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' && r != '_' })
	if i <= 0 {
		return "", "", false
	}
	name, after := p.rest()[:i], p.rest()[i:]
	op = after[:len(after)-len(strings.TrimLeftFunc(after, isComparison))]
	_, known := fieldNamed(name)
	colon := strings.HasPrefix(op, ":") || strings.HasPrefix(op, "：")
	switch {
	case op == "", !known && strings.HasPrefix(after, "://"):
		return "", "", false
	case !known && !colon && (len(name) < 4 || nearField(name) == ""):
		return "", "", false
	}
	p.pos += i + len(op)
	return name, op, true
}

func isComparison(r rune) bool { return strings.ContainsRune(":：<>=≤≥!", r) }

// comparison reads what stands between a field's name and its value. Where it
// is none, fixed is what may have been meant.
func comparison(s string) (op Op, fixed string, ok bool) {
	plain := strings.ReplaceAll(strings.ReplaceAll(s, "≤", "<="), "≥", ">=")
	plain = strings.TrimPrefix(strings.ReplaceAll(plain, "：", ":"), ":")
	switch plain {
	case "", "=":
		return Equal, "", true
	case "<=", ">=", "<", ">":
		return Op(plain), "", true
	case "=<":
		return "", "<=", false
	case "=>":
		return "", ">=", false
	case "==", ":", ":=":
		return "", ":", false
	}
	return "", "", false
}

// suggestQuotes is a piece of text as one name.
func suggestQuotes(s string) string { return fmt.Sprintf(`"%s"`, phraseText(s)) }
