package store

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plainText is the text of canonical markup on one line: blocks and line breaks
// become a space, emphasis inside a word leaves the word whole.
func plainText(markup string) string {
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

// indexed is a text as it is given to the index: compatible forms made one, and
// the characters of scripts that put no space between words made words of their
// own. A run of them is then found by any part of it, as a phrase.
func indexed(s string) string {
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

// firstSpecial is where the first character stands that indexed changes, -1
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

// token is one word of a text as the index has it.
type token struct {
	start, end int // bytes
	word       string
}

// eachToken calls f for the words of a plain text, as the tokenizer of the
// index sees them, until f says stop.
func eachToken(s string, f func(token) bool) {
	eachSpan(s, func(start, end int, alone bool) bool {
		if alone {
			return f(token{start, end, s[start:end]})
		}
		return f(token{start, end, foldWord(s[start:end])})
	})
}

// eachSpan calls f for the places of the words, until f says stop. alone says
// that a word is one character of a script without spaces.
func eachSpan(s string, f func(start, end int, alone bool) bool) {
	start := -1
	for i, r := range s {
		alone := unspaced(r) && isToken(r)
		inside := !alone && (isToken(r) || start >= 0 && 0x300 <= r && r < 0x370)
		if inside && start < 0 {
			start = i
		}
		if !inside && start >= 0 {
			if !f(start, i, false) {
				return
			}
			start = -1
		}
		if alone && !f(i, i+utf8.RuneLen(r), true) {
			return
		}
	}
	if start >= 0 {
		f(start, len(s), false)
	}
}

func isToken(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// foldWord takes case and diacritics away.
func foldWord(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}

// words are the folded words of a short text.
func words(s string) (list []string) {
	eachToken(s, func(t token) bool {
		list = append(list, t.word)
		return true
	})
	return list
}
