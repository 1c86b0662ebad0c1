package address

import (
	"strings"
	"unicode/utf8"
)

// style is how the sign between the two parts is written.
type style int

const (
	tight   style = iota // user@host
	percent              // user%40host
	framed               // user (at) host, user[at]host, user_at_host
	word                 // user at host
	shouted              // user AT host
)

// sign is one sign in a text, with what frames it.
type sign struct {
	start, end int
	style      style
}

// signAt returns the sign at s[i:], false where there is none.
func signAt(s string, i int) (sign, bool) {
	switch c := s[i]; {
	case c == '@':
		return framedSign(s, i, i+1, sign{i, i + 1, tight}), true
	case c == '%':
		return sign{i, i + 3, percent}, strings.HasPrefix(s[i:], "%40")
	case strings.HasPrefix(s[i:], "＠"), strings.HasPrefix(s[i:], "﹫"):
		return sign{i, i + len("＠"), tight}, true
	}
	if i == 0 || isAlnum(s[i-1]) {
		return sign{}, false
	}
	n := signWord(s[i:])
	if n == 0 || i+n == len(s) {
		return sign{}, false
	}
	if f := framedSign(s, i, i+n, sign{}); f.end > 0 {
		return f, true
	}
	if !isBlank(s[i-1:]) || !isBlank(s[i+n:]) || onlyFramed(s[i:i+n]) {
		return sign{}, false
	}
	if s[i:i+n] == "AT" {
		return sign{i, i + n, shouted}, true
	}
	return sign{i, i + n, word}, true
}

// signWord returns the length of a word for the sign at the start of s.
func signWord(s string) int {
	if len(s) < 2 {
		return 0
	}
	// Two bytes decide for nearly every word of a page.
	const lower = 0x20
	var words []string
	switch string([]byte{s[0] | lower, s[1] | lower}) {
	case "at":
		words = []string{"at"}
	case "ar", "ae":
		words = []string{"arrobase", "arobase", "arroba", "aet"}
	case "be", "ch":
		words = []string{"bei", "chez"}
	default:
		if s[0] >= utf8.RuneSelf {
			words = []string{"ät", "собака", "гав"}
		}
	}
	for _, w := range words {
		if len(s) < len(w) || !strings.EqualFold(s[:len(w)], w) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[len(w):]); !isLetter(r) {
			return len(w)
		}
	}
	return 0
}

// onlyFramed says whether a word for the sign is too common to stand for it
// without brackets.
func onlyFramed(w string) bool {
	return strings.EqualFold(w, "bei") || strings.EqualFold(w, "chez") || strings.EqualFold(w, "aet") || strings.EqualFold(w, "гав")
}

// framedSign widens s[i:j] to the brackets around it, or returns the other
// where there are none.
func framedSign(s string, i, j int, other sign) sign {
	a, b := i, j
	for a > 0 && i-a < 2 && s[a-1] == ' ' {
		a--
	}
	for b < len(s) && b-j < 2 && s[b] == ' ' {
		b++
	}
	if a == 0 || b == len(s) {
		return other
	}
	switch s[a-1:a] + s[b:b+1] {
	case "()", "[]", "{}", "<>":
		return sign{a - 1, b + 1, framed}
	case "**", "__", "||":
		if a == i && b == j {
			return sign{a - 1, b + 1, framed}
		}
	}
	return other
}

// isBlank says whether s begins with a blank.
func isBlank(s string) bool { return blank(s) > 0 }

// blank returns the length of the blank at the start of s: a space, tab, line
// end or no-break space, 0 where there is none.
func blank(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == ' ', s[0] == '\t', s[0] == '\n', s[0] == '\r':
		return 1
	case strings.HasPrefix(s, "\u00a0"):
		return len("\u00a0")
	}
	return 0
}

// skipBlanks returns the position behind at most three blanks, of which one may
// end a line.
func skipBlanks(s string, i int) int {
	for range 3 {
		i += blank(s[i:])
	}
	return i
}

// skipBlanksBack returns the position before at most three blanks.
func skipBlanksBack(s string, i int) int {
	for range 3 {
		switch {
		case i > 0 && strings.IndexByte(" \t\n\r", s[i-1]) >= 0:
			i--
		case strings.HasSuffix(s[:i], "\u00a0"):
			i -= len("\u00a0")
		}
	}
	return i
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf && r != utf8.RuneError && r != '\u00a0' && r != '＠' && r != '．'
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
