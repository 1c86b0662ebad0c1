package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

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

// Of are the words of a short text, without case and diacritics.
func Of(text string) (list []string) {
	eachToken(text, func(t token) bool {
		list = append(list, t.word)
		return true
	})
	return list
}
