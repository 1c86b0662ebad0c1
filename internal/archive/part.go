package archive

import (
	"cmp"
	"strings"
	"unicode"
)

// Position is where a story stands in the reading order of its series, as far
// as its part and date tell.
type Position struct {
	group  group
	number float64
	date   string
}

// group keeps stories without a number behind those that have one.
type group uint8

const (
	before group = iota // a prologue
	numbered
	unnumbered
	after // an epilogue
)

// PositionOf reads a part as it is written ("2", "2/5", "Part II", "Prologue",
// "three") and an ISO 8601 date or its first part, "" where there is none.
func PositionOf(part, date string) Position {
	if date == "" {
		date = "~" // behind all digits
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(part), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.'
	}) {
		switch word {
		case "prologue", "prolog", "prelude", "prequel":
			return Position{before, 0, date}
		case "epilogue", "epilog", "postlude", "coda":
			return Position{after, 0, date}
		}
		if n, ok := numberOf(word); ok {
			return Position{numbered, n, date}
		}
	}
	return Position{unnumbered, 0, date}
}

// Compare orders two positions: by part, then by date.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.group, q.group), cmp.Compare(p.number, q.number), cmp.Compare(p.date, q.date))
}

// numberOf reads one word of a part: "2", "2a", "1.5", "xiv", "three".
func numberOf(word string) (float64, bool) {
	if n, ok := arabic(word); ok {
		return n, true
	}
	if n := roman(word); n > 0 {
		return float64(n), true
	}
	for i, w := range numberWords() {
		if word == w {
			return float64(i + 1), true
		}
	}
	return 0, false
}

func numberWords() []string {
	return []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
}

// arabic reads digits, a fraction behind a point, and one letter behind that:
// 2a stands between 2 and 3.
func arabic(word string) (n float64, ok bool) {
	unit := 1.0
	fraction, letter := false, false
	for _, r := range word {
		switch {
		case letter:
			return 0, false
		case '0' <= r && r <= '9' && fraction:
			unit /= 10
			n += float64(r-'0') * unit
		case '0' <= r && r <= '9':
			n, ok = n*10+float64(r-'0'), true
		case r == '.' && ok && !fraction:
			fraction = true
		case 'a' <= r && r <= 'z' && ok:
			letter = true
			n += float64(r-'a'+1) / 1000
		default:
			return 0, false
		}
	}
	return n, ok
}

// roman reads a Roman numeral below 100 in the one form it has; 0 for anything
// else. Larger ones are rather words, such as "mix".
func roman(word string) int {
	tens := []string{"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"}
	ones := []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}
	for t, ten := range tens {
		rest, ok := strings.CutPrefix(word, ten)
		if !ok {
			continue
		}
		for o, one := range ones {
			if rest == one {
				return 10*t + o
			}
		}
	}
	return 0
}
