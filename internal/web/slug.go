package web

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length of a slug in characters.
const maxSlug = 60

// slug makes the readable part of an address from a title: lower-case letters
// and digits, other runs as one hyphen, accents left out where an ASCII letter
// is left. Other scripts stay. It returns other where nothing is left.
func slug(title, other string) string {
	var b strings.Builder
	n, gap, last := 0, false, rune(0)
	for _, r := range norm.NFC.String(title) {
		if unicode.Is(unicode.Mn, r) && (n == 0 || last < unicode.MaxASCII) {
			continue // an accent that has no letter of its own with its base
		}
		if !unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark) {
			gap = gap || r != '\'' && r != '’' // "Don't" is one word
			continue
		}
		if n >= maxSlug {
			break
		}
		if gap && n > 0 {
			b.WriteByte('-')
		}
		gap, last = false, r
		b.WriteString(strings.ToLower(folded(r)))
		n++
	}
	return orElse(b.String(), other)
}

// folded is a letter without its accent where that is ASCII, the letter itself
// elsewhere, so that й stays й and 한 stays one syllable.
func folded(r rune) string {
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ø', 'Ø':
		return "o"
	case 'ł', 'Ł':
		return "l"
	case 'đ', 'Đ', 'ð', 'Ð':
		return "d"
	case 'þ', 'Þ':
		return "th"
	case 'ı':
		return "i"
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		if d < unicode.MaxASCII {
			b.WriteRune(d)
		} else if !unicode.Is(unicode.Mn, d) {
			return string(r)
		}
	}
	return orElse(b.String(), string(r))
}

// namePath is the address of a pen name or tag below its list.
func namePath(list string, id int64, name string) string {
	return list + "/" + strconv.FormatInt(id, 10) + "/" + url.PathEscape(slug(name, "unnamed"))
}

// findPath is the address that leads to the page of a name.
func findPath(list, name string) string { return list + "?name=" + url.QueryEscape(name) }

// storyPath is the address of a story; its other pages are below.
func storyPath(id int64, title string) string {
	return "/stories/" + strconv.FormatInt(id, 10) + "/" + url.PathEscape(slug(title, "untitled"))
}
