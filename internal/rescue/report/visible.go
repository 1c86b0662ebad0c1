package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/internal/rescue/address"
)

// run is a stretch of text, or the sign for one character that cannot be seen.
type run struct {
	Text string
	Name string // of the character; "" for a stretch of text
}

// show divides text into what can be seen and signs for what cannot, or would
// rearrange what stands around it.
func show(s string) []run {
	var runs []run
	s = strings.ReplaceAll(s, "\r\n", "\n") // how half of all old files end their lines
	for s != "" {
		i, n := hidden(s)
		if i > 0 {
			runs = append(runs, run{Text: s[:i]})
		}
		if n > 0 {
			runs = append(runs, sign(s[i:i+n]))
			if s[i] == '\r' { // alone it ends a line, too (Mac OS before 2001)
				runs = append(runs, run{Text: "\n"})
			}
		}
		s = s[i+n:]
	}
	return runs
}

// told shows a value or a message, in which no address has a place.
func told(s string) []run { return show(sealedIn(s)) }

// plainly is told as one string, for a title or an attribute.
func plainly(s string) string {
	var b strings.Builder
	for _, r := range told(s) {
		b.WriteString(r.Text)
	}
	return b.String()
}

// sealedIn masks the addresses of a value. Rescue has done so already; this is
// for what reached the value another way, such as a file's name.
func sealedIn(s string) string {
	if !strings.ContainsAny(s, "@\uff20") {
		return s
	}
	return address.Mask(s, address.Find(s))
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
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r),
			isNoncharacter(r), r == '\u2028', r == '\u2029', r == utf8.RuneError && n == 1:
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

// undecoded is where package charset puts bytes that no reading makes sense of:
// byte 0x80 is U+F780 (the WHATWG encoding x-user-defined).
const undecoded = 0xF780

// sign is what is shown for one hidden character.
func sign(c string) run {
	r, n := utf8.DecodeRuneInString(c)
	name := fmt.Sprintf("U+%04X", r)
	switch {
	case r == utf8.RuneError && n == 1:
		return run{fmt.Sprintf("%02X", c[0]), "undecodable byte"}
	case r >= undecoded && r < undecoded+0x80:
		return run{fmt.Sprintf("%02X", r&0xFF), "undecodable byte"}
	case r < ' ':
		return run{string('\u2400' + r), name} // the pictures of control characters
	}
	return run{name, name}
}

// shortened cuts a text to at most n bytes at a character, with a sign for the
// rest.
func shortened(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:runeStart(s, n)] + " …"
}

// runeStart is the beginning of the character that holds s[i].
func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// grouped writes a number with commas between thousands.
func grouped[N int | int64](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// counted writes a number with its noun.
func counted[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// percent is the share of n in all, rounded; what is not quite all or not quite
// nothing never looks so.
func percent(n, all int) int {
	if n <= 0 || all <= 0 {
		return 0
	}
	if n >= all {
		return 100
	}
	return min(max((n*100+all/2)/all, 1), 99)
}
