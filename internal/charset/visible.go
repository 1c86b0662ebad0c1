package charset

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Run is a stretch of an original as it can be shown, or the sign for one of its
// characters that cannot be seen.
type Run struct {
	Text string // what to show
	Sign string // the name of the character that Text stands for; "" for a stretch of text
}

// Visible divides text of an original into what can be seen and signs for what
// cannot, or would rearrange what stands around it: controls, marks of direction,
// code points without a character, bytes that nothing could read. Line ends
// become "\n".
func Visible(s string) iter.Seq[Run] {
	return func(yield func(Run) bool) {
		s := strings.ReplaceAll(s, "\r\n", "\n") // how half of all old files end their lines
		for s != "" {
			i, n := hidden(s)
			if i > 0 && !yield(Run{Text: s[:i]}) || n > 0 && !yield(signOf(s[i:i+n])) {
				return
			}
			// A return that stands alone ends a line, too (Mac OS before 2001).
			if n > 0 && s[i] == '\r' && !yield(Run{Text: "\n"}) {
				return
			}
			s = s[i+n:]
		}
	}
}

// hidden finds the first character of s that needs a sign: its place and its
// length, or len(s) and 0.
func hidden(s string) (at, length int) {
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case r == '\n', r == '\t':
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), isNoncharacter(r),
			r == '\u2028', r == '\u2029', // they end a line or a paragraph, unseen
			r == utf8.RuneError && n == 1:
			return i, n
		}
		i += n
	}
	return len(s), 0
}

// isNoncharacter reports the code points that stand for no character (Unicode
// section 23.7), which the HTML standard forbids in text.
func isNoncharacter(r rune) bool {
	return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// signOf is what is shown for one hidden character.
func signOf(c string) Run {
	r, n := utf8.DecodeRuneInString(c)
	name := fmt.Sprintf("U+%04X", r)
	switch {
	case r == utf8.RuneError && n == 1:
		return Run{fmt.Sprintf("%02X", c[0]), "undecodable byte"}
	case r >= 0xF780 && r <= 0xF7FF: // see Undecoded
		return Run{fmt.Sprintf("%02X", r&0xFF), "undecodable byte"}
	case r < ' ':
		return Run{string('\u2400' + r), name} // the pictures of control characters
	case r == '\u00AD':
		return Run{"-", name} // a hyphen that may be there
	}
	return Run{name, name}
}
