package page

import (
	"encoding/binary"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/internal/prose"
)

// writer gathers the text of one line, folding white space and decoding
// entities, and remembers where each stretch came from.
type writer struct {
	buf    []byte
	src    places
	room   places // for the places of finished lines: many share one piece of memory
	spans  []Span
	indent int
	space  int  // page offset+1 of white space not yet written, 0 for none
	narrow bool // that white space was a single no-break space
	blank  bool // a no-break space stood before any text
	odd    bool // an entity gave a character that could be half of a broken one
	double int  // entities escaped twice
}

// reset makes the writer ready for the next line.
func (w *writer) reset() {
	*w = writer{buf: w.buf[:0], src: w.src[:0], room: w.room}
}

// line returns the line that was gathered from page s.
func (w *writer) line(s string) Line {
	const piece = 256
	n := len(w.src)
	if len(w.room)+n > cap(w.room) {
		w.room = make(places, 0, max(piece, n))
	}
	w.room = append(w.room, w.src...)
	src := w.room[len(w.room)-n : len(w.room) : len(w.room)]
	return Line{Text: w.text(s), Spans: w.spans, src: src, Indent: w.indent}
}

// text returns the text of the line: a part of the page where it stands there as
// it is, as most lines do.
func (w *writer) text(s string) string {
	if len(w.src) == 1 && w.src[0].doc == 0 {
		from := int(w.src[0].page)
		if as := s[from:min(len(s), from+len(w.buf))]; as == string(w.buf) {
			return as
		}
	}
	return string(w.buf)
}

// html appends page text s[i:j], which is HTML, as marked.
func (w *writer) html(s string, i, j int, marks prose.Mark, href string, pre bool) {
	begin := len(w.buf)
	for i < j {
		if n := plainRun(s, i, j); n > i {
			w.flushSpace(s[i])
			w.src.add(len(w.buf), i, 0)
			w.buf = append(w.buf, s[i:n]...)
			i = n
			continue
		}
		if s[i] == '&' {
			if text, n, twice := entity(s, i, j); n > 0 {
				w.entity(text, i, n, pre)
				if twice {
					w.double++
				}
				i += n
				continue
			}
		}
		i += w.char(s, i, pre)
	}
	w.mark(begin, marks, href)
}

// plain appends page text that is not HTML.
func (w *writer) plain(s string, i, j int) {
	for i < j {
		if n := plainRun(s, i, j); n > i {
			w.flushSpace(s[i])
			w.src.add(len(w.buf), i, 0)
			w.buf = append(w.buf, s[i:n]...)
			i = n
			continue
		}
		i += w.char(s, i, false)
	}
}

// plainRun returns the end of the run of ASCII letters, digits and common
// punctuation that begins at i, with single spaces between them: the great part
// of most pages, copied at once.
func plainRun(s string, i, j int) int {
	from := i
	if i < j && s[i] > ' ' {
		i += plainWords(s[i:j])
	}
	for i < j {
		c := s[i]
		if c == ' ' && i > from && s[i-1] != ' ' {
			i++
			continue
		}
		if c <= ' ' || c == '&' || c >= 0x7f {
			break
		}
		i++
	}
	if i > from && s[i-1] == ' ' {
		i-- // what follows says what becomes of it
	}
	return i
}

// plainWords is plainRun by eight bytes at a time, as far as that goes: it
// returns how many bytes, from a first that is no space, belong to the run.
func plainWords(s string) int {
	const (
		each = 0x0101010101010101
		tops = 0x80 * each
	)
	i, space := 0, uint64(0)
	for ; i+8 <= len(s); i += 8 {
		x := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
		// In each of these the top bit of a byte is the answer, where none of x is set.
		control := ^((x | tops) - ' '*each)
		last := x + each // U+007F
		and := ^((x ^ '&'*each) + 0x7f*each)
		blank := ^((x ^ ' '*each) + 0x7f*each)
		if (x|control|last|and|blank&(blank<<8|space))&tops != 0 {
			break
		}
		space = blank >> 56
	}
	return i
}

// char appends the character at s[i] and returns its length.
func (w *writer) char(s string, i int, pre bool) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == '\u00a0':
		w.white(i, true, pre)
	case r == '\t' && pre:
		if len(w.buf) == 0 {
			w.indent += 7
		}
		w.white(i, false, pre)
	case unicode.IsSpace(r):
		w.white(i, false, pre)
	case r < ' ' || r == 0x7f:
		// Control characters are not text. The original keeps them.
	default:
		w.flushSpace(s[i])
		w.src.add(len(w.buf), i, 0)
		w.buf = append(w.buf, s[i:i+n]...)
	}
	return n
}

// white notes a space at page offset i.
func (w *writer) white(i int, noBreak, pre bool) {
	if len(w.buf) == 0 {
		w.indent++
		w.blank = w.blank || noBreak
		return
	}
	if pre {
		w.src.add(len(w.buf), i, 0)
		w.buf = append(w.buf, ' ')
		return
	}
	w.narrow = noBreak && w.space == 0
	w.space = i + 1
}

// flushSpace writes the folded white space before a character that begins with
// byte next. A single no-break space stays one where French and German set it.
func (w *writer) flushSpace(next byte) {
	if w.space == 0 {
		return
	}
	w.src.add(len(w.buf), w.space-1, 0)
	if w.narrow && (strings.IndexByte(";:!?%", next) >= 0 || next == 0xc2) {
		w.buf = append(w.buf, "\u00a0"...)
	} else {
		w.buf = append(w.buf, ' ')
	}
	w.space, w.narrow = 0, false
}

// entity appends decoded text that was read from n bytes of the page at i.
func (w *writer) entity(text string, i, n int, pre bool) {
	if text == "\u00a0" || text == " " || text == "\n" || text == "\t" {
		w.white(i, text == "\u00a0", pre)
		if pre && len(w.buf) > 0 {
			w.src[len(w.src)-1].doc = 0
		}
		return
	}
	w.flushSpace(text[0])
	w.src.add(len(w.buf), i, n)
	w.buf = append(w.buf, text...)
	w.odd = w.odd || text[0] >= 0x80
}

// mark notes that the text since offset begin is marked or linked.
func (w *writer) mark(begin int, marks prose.Mark, href string) {
	if begin == len(w.buf) || marks == 0 && href == "" {
		return
	}
	for begin < len(w.buf) && w.buf[begin] == ' ' {
		begin++
	}
	if n := len(w.spans); n > 0 {
		last := &w.spans[n-1]
		if last.Marks == marks && last.Href == href && begin-last.End <= 1 {
			last.End = len(w.buf)
			return
		}
	}
	w.spans = append(w.spans, Span{begin, len(w.buf), marks, href})
}

// entity decodes the character reference at s[i], within s[:j]. n is its length
// in bytes, 0 where there is none; twice says that it had been escaped twice.
func entity(s string, i, j int) (text string, n int, twice bool) {
	text, n = reference(s, i, j)
	if text != "&" || n < 4 {
		return text, n, false
	}
	if inner, m := reference("&"+s[i+n:min(j, i+n+32)], 0, min(j-i-n, 32)+1); m > 1 && inner != "" {
		return inner, n + m - 1, true
	}
	return text, n, false
}

// reference decodes one character reference.
func reference(s string, i, j int) (string, int) {
	k := i + 1
	if k < j && s[k] == '#' {
		k++
	}
	for k < j && k-i < 32 && isAlnum(s[k]) {
		k++
	}
	if k-i < 2 {
		return "", 0
	}
	if k < j && s[k] == ';' {
		k++
	} else if k < j && s[k] == '=' {
		return "", 0 // a query string, not a reference
	}
	raw := s[i:k]
	text := html.UnescapeString(raw)
	if text == raw || strings.HasSuffix(text, ";") && len(text) > 1 || !strings.HasSuffix(raw, ";") && strings.HasSuffix(text, raw[len(raw)-1:]) {
		return "", 0
	}
	if text == "\ufffd" || text == "\x00" {
		return "", 0
	}
	return text, k - i
}

func isAlnum(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}
