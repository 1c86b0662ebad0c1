package header

import (
	"sort"
	"strings"
	"unicode/utf8"

	"colophon/internal/rescue/page"
)

// text is a value gathered from one line or several, which knows where each of
// its bytes stands in the page.
type text struct {
	s      string
	pieces []piece
}

// piece is a stretch of text that came from one line.
type piece struct {
	at   int // offset in the text
	line *page.Line
	from int // offset in the line
}

// add appends line.Text[i:j], after a space where there is text already.
func (t *text) add(l *page.Line, i, j int) {
	if i >= j {
		return
	}
	if t.s != "" {
		t.s += " "
	}
	t.pieces = append(t.pieces, piece{len(t.s), l, i})
	t.s += l.Text[i:j]
}

// doc returns the range of the decoded page in which t.s[i:j] stands.
func (t *text) doc(i, j int) (start, end int) {
	if len(t.pieces) == 0 {
		return 0, 0
	}
	a, b := t.piece(i), t.piece(max(i, j-1))
	start, _ = a.line.Doc(a.from+i-a.at, a.from+i-a.at+1)
	if j <= i {
		return start, start
	}
	_, end = b.line.Doc(b.from+max(0, j-1-b.at), b.from+j-b.at)
	return start, end
}

func (t *text) piece(i int) piece {
	k := sort.Search(len(t.pieces), func(k int) bool { return t.pieces[k].at > i }) - 1
	return t.pieces[max(0, k)]
}

// trimRange leaves off white space and decoration at both ends of s[i:j], and
// quotation marks and brackets that enclose all of it.
func trimRange(s string, i, j int) (int, int) {
	for {
		i, j = trimSpace(s, i, j)
		if i >= j {
			return i, i
		}
		inner, ok := enclosed(s[i:j])
		if !ok {
			return i, j
		}
		i, j = i+inner, j-closingWidth(s[i:j])
	}
}

func trimSpace(s string, i, j int) (int, int) {
	t := strings.TrimLeft(s[i:j], " \u00a0\t*_~=|")
	i = j - len(t)
	t = strings.TrimRight(t, " \u00a0\t*_~=|")
	return i, i + len(t)
}

// enclosed reports whether s stands in a pair of quotes or brackets of its own,
// and how wide the opening one is.
func enclosed(s string) (int, bool) {
	first, n := utf8.DecodeRuneInString(s)
	last, m := utf8.DecodeLastRuneInString(s)
	if len(s) <= n+m {
		return 0, false
	}
	want := map[rune]rune{'"': '"', '\u201c': '\u201d', '\u201e': '\u201c', '\u00ab': '\u00bb', '(': ')', '[': ']', '{': '}', '\u2018': '\u2019', '\u300c': '\u300d', '\u300e': '\u300f'}[first]
	if want == 0 || last != want && !(first == '\u201c' && last == '"') {
		return 0, false
	}
	inner := s[n : len(s)-m]
	return n, !strings.ContainsRune(inner, first) && !strings.ContainsRune(inner, want)
}

func closingWidth(s string) int {
	_, m := utf8.DecodeLastRuneInString(s)
	return m
}
