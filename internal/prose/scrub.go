package prose

import (
	"encoding/binary"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

var langTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)

// cleanRun puts the fields of a run inside their ranges.
func cleanRun(r Run) Run {
	r.Text = scrub(r.Text)
	return cleanFields(r)
}

// cleanFields is cleanRun for all but the text.
func cleanFields(r Run) Run {
	r.Marks &= 1<<markCount - 1
	if r.Href != "" {
		r.Href = safeHref(r.Href)
	}
	if r.Lang != "" && !langTag.MatchString(r.Lang) {
		r.Lang = ""
	}
	return r
}

// scrub replaces what HTML and XML cannot carry: bytes that are not UTF-8 and
// noncharacters become U+FFFD, control characters other than white space go.
func scrub(s string) string {
	if fits(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !unfit(r):
			return r
		case r == '\r' || r == '\f' || r == '\v':
			return ' '
		case r > 0x7f:
			return utf8.RuneError
		default:
			return -1
		}
	}, s)
}

// fits reports whether there is nothing to replace; it may be false of text that
// has a sign near the noncharacters.
func fits(s string) bool {
	ascii := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == 0x7f || c < ' ' && c != '\t' && c != '\n' {
			return false
		}
		ascii = ascii && c < 0x80
	}
	return ascii || valid(s)
}

// valid reports whether a text is UTF-8 and has no sign near the noncharacters.
func valid(s string) bool {
	const nearNonchars = "\xef\xbf" // how U+FFC0 to U+FFFF begin in UTF-8
	return utf8.ValidString(s) && !strings.Contains(s, nearNonchars)
}

// settled reports whether a text has neither anything that scrub replaces nor
// white space that is to be folded, but for a space at its beginning. It looks
// at eight bytes at a time, and may be false of text that has neither.
func settled(s string) bool {
	const (
		each = 0x0101010101010101
		tops = 0x80 * each
	)
	high, space := uint64(0), uint64(0)
	i := 0
	for ; i+8 <= len(s); i += 8 {
		x := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
		high |= x
		// In each of these the top bit of a byte is the answer.
		low := x &^ tops
		control := ^((low | tops) - ' '*each)
		last := low + each // U+007F
		blank := ^((low ^ ' '*each) + 0x7f*each) &^ x
		if ((control|last)&^x|blank&(blank<<8|space))&tops != 0 {
			return false
		}
		space = blank >> 56
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c == 0x7f || c == ' ' && i > 0 && s[i-1] == ' ' {
			return false
		}
		high |= uint64(c) & 0x80
	}
	return high&tops == 0 || valid(s)
}

func unfit(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r == 0x7f || r == 0xfffe || r == 0xffff
}

// safeHref returns an address that may stand in a link, in the one spelling
// that survives parsing, or "".
func safeHref(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	out := u.String()
	if strings.ContainsFunc(out, func(r rune) bool { return invisible(r) || unfit(r) || r == utf8.RuneError }) {
		return ""
	}
	again, err := url.Parse(out)
	if err != nil || again.String() != out {
		return ""
	}
	return out
}
