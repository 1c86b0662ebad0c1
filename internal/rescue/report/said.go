package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"colophon/internal/charset"
	"colophon/internal/rescue/address"
)

// told shows a value or a message, in which no address has a place.
func told(s string) []charset.Run { return slices.Collect(charset.Visible(sealedIn(s))) }

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
