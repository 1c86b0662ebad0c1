package words

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Plain is the text of canonical markup on one line: blocks and line breaks
// become a space, emphasis inside a word leaves the word whole.
func Plain(markup string) string {
	var b strings.Builder
	b.Grow(len(markup))
	for {
		i := strings.IndexByte(markup, '<')
		if i < 0 {
			break
		}
		b.WriteString(markup[:i])
		markup = markup[i:]
		end := strings.IndexByte(markup, '>')
		if end < 0 {
			break
		}
		if endsWord(markup[1:end]) {
			b.WriteByte(' ')
		}
		markup = markup[end+1:]
	}
	b.WriteString(markup)
	s := b.String()
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// endsWord says whether a tag, given without its brackets, parts the words
// beside it. Those that do not are the marks of runs.
func endsWord(tag string) bool {
	name := strings.TrimPrefix(tag, "/")
	if i := strings.IndexByte(name, ' '); i >= 0 {
		name = name[:i]
	}
	switch name {
	case "a", "span", "em", "strong", "u", "s", "small", "sup", "sub", "code":
		return false
	}
	return true
}

// Indexed is a text as it is given to the index: compatible forms made one, and
// the characters of scripts that put no space between words made words of their
// own. A run of them is then found by any part of it, as a phrase.
func Indexed(s string) string {
	i := firstSpecial(s)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		switch {
		case compatible(r):
			for _, c := range norm.NFKC.String(string(r)) {
				writeSpaced(&b, c)
			}
		default:
			writeSpaced(&b, r)
		}
	}
	return b.String()
}

func writeSpaced(b *strings.Builder, r rune) {
	if !unspaced(r) {
		b.WriteRune(r)
		return
	}
	b.WriteByte(' ')
	b.WriteRune(r)
	b.WriteByte(' ')
}

// firstSpecial is where the first character stands that Indexed changes, -1
// where there is none. Most texts have none but many other signs beyond ASCII.
func firstSpecial(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < 0xe0 {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[i:]); unspaced(r) || compatible(r) {
			return i
		}
	}
	return -1
}

// unspaced says whether a character belongs to a script that is written without
// spaces between words: https://www.unicode.org/reports/tr14/#SA and #ID
func unspaced(r rune) bool {
	switch {
	case r < 0x0e00:
		return false
	case r < 0x2e80: // Thai and Lao, Myanmar, Khmer
		return r < 0x0f00 || 0x1000 <= r && r < 0x10a0 || 0x1780 <= r && r < 0x1800
	case r < 0xa000: // Han, Hiragana, Katakana, Bopomofo
		return r < 0x3000 || 0x3005 <= r && r <= 0x3007 || 0x3040 <= r && r < 0x3130 || 0x31a0 <= r && r < 0x3200 || r >= 0x3400
	}
	return 0xf900 <= r && r < 0xfb00 || 0xff66 <= r && r <= 0xff9f || 0x20000 <= r && r < 0x32400
}

// compatible says whether a character is a form of others: ligatures, wide and
// narrow forms, mathematical letters.
func compatible(r rune) bool {
	return 0xfb00 <= r && r <= 0xfb06 || 0xff01 <= r && r <= 0xffdc || 0x1d400 <= r && r <= 0x1d7ff
}
