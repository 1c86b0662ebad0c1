package prose

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sceneBreak is how a scene break is shown in plain text.
const sceneBreak = "* * *"

// Plain returns the text without any mark-up: one empty line between blocks,
// "* * *" for a scene break, line breaks kept, list items with a sign or number.
// It ends without a line break. Emphasis is not shown.
func (t Text) Plain() string {
	var b strings.Builder
	number := 0
	var last Block
	for _, block := range t.Normal() {
		if b.Len() > 0 {
			b.WriteByte('\n')
			if block.Kind != Item || last.Kind != Item {
				b.WriteByte('\n')
			}
		}
		number++
		if block.Kind != Item || last.Kind != Item || !last.Ordered || last.Quote != block.Quote {
			number = 1
		}
		plainBlock(&b, block, number)
		last = block
	}
	return b.String()
}

func plainBlock(b *strings.Builder, block Block, number int) {
	switch {
	case block.Kind == Break:
		b.WriteString(sceneBreak)
	case block.Kind == Item && block.Ordered:
		b.WriteString(strconv.Itoa(number) + ". ")
	case block.Kind == Item:
		b.WriteString("- ")
	}
	for _, r := range block.Runs {
		b.WriteString(r.Text)
	}
}

// Words counts the words a reader reads. A word is a stretch of letters, digits
// and the marks on them; an apostrophe or hyphen between two letters and a comma
// or point between two digits belong to it. Han, Hiragana, Katakana and Bopomofo
// (by Unicode script, UAX #24) are written without spaces: each of their
// characters counts as one. Block and line breaks end a word, changes of
// emphasis do not.
func (t Text) Words() int {
	var c Tally
	return c.Add(t)
}

// lines returns the text of a block line by line, without marks.
func (b Block) lines() []string {
	return strings.Split(concat(b.Runs), "\n")
}

// eachWord yields the words of a text without marks and reports whether all were
// wanted.
func eachWord(s string, yield func(string) bool) bool {
	for i := 0; ; {
		start, end := nextWord(s, i)
		if start == len(s) {
			return true
		}
		if !yield(s[start:end]) {
			return false
		}
		i = end
	}
}

// nextWord returns the range of the first word of s that begins at i or behind
// it, where i is not inside a word; start is len(s) where there is none.
func nextWord(s string, i int) (start, end int) {
	start = -1 // no word is open
	for i < len(s) {
		if isPlain(s[i]) { // ASCII letters and digits: most of most texts
			if start < 0 {
				start = i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isIdeograph(r):
			if start >= 0 {
				return start, i
			}
			return i, i + size
		case wordRune(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && !joins(s, i, r):
			return start, i
		}
		i += size
	}
	if start < 0 {
		start = len(s)
	}
	return start, len(s)
}

// isPlain reports whether a byte is an ASCII letter or digit.
func isPlain(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M) || r == '\u200d' || r == '\u200c' || r == '\u00ad'
}

// isIdeograph reports whether a character counts as a word. The sound mark and
// the long vowel sign of Japanese are of script Common and modify the one before.
func isIdeograph(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}

// joins reports whether the rune at byte i of s, which is no letter, stands
// inside a word.
func joins(s string, i int, r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '-', '‐', '‑', '·':
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		return wordRune(after) && !isIdeograph(after)
	case '.', ',':
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}
