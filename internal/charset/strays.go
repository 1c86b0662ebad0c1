package charset

import (
	"strings"
	"unicode"
)

// strays reads C1 controls as windows-1252 where they stand as its quotation
// marks, dashes and letters do. A few in a row are as many as prose has. It reports
// whether there were any.
func strays(cells []cell) (found bool) {
	const longest = 3
	for i := 0; i < len(cells); {
		j := i
		for j < len(cells) && isControl(cells[j].r) {
			j++
		}
		if j == i {
			i++
			continue
		}
		fixed := undoLatin1(cells[i:j])
		if j-i <= longest && inPlace(fixed, cells[:i], cells[j:]) {
			for k, c := range fixed {
				c.undone = c.undone.then(latin1)
				cells[i+k] = c
			}
			found = true
		}
		i = j
	}
	return found
}

// inPlace reports whether repaired controls make sense between what is before and
// after them.
func inPlace(fixed, before, after []cell) bool {
	for _, c := range fixed {
		if isControl(c.r) {
			return false
		}
	}
	first := fixed[0].r
	head, tail := letters(before, -1), letters(after, 1)
	switch {
	case first == '–' || first == '—':
		return len(before) > 1 && len(after) > 1
	case head == "" && tail == "", len(before) == 0 && first == '…':
		return false
	case head != "" && len(fixed) > 1 && before[len(before)-1].r >= 0x80:
		return false // rather a sequence that lost its end
	case head == "" || tail == "" || len(fixed) > 1 || unicode.IsLetter(first):
		return true
	case first == '’':
		return elision(head, tail)
	}
	return first == '…'
}

// elision reports whether an apostrophe may stand between two pieces of a word.
func elision(head, tail string) bool {
	switch strings.ToLower(tail) {
	case "s", "t", "d", "m", "ll", "re", "ve", "n", "all", "em":
		return true
	}
	return len(head) <= 2
}

// letters returns the letters next to a place, at most a few; step is the direction.
func letters(cells []cell, step int) string {
	const enough = 4
	var out strings.Builder
	for k := range min(len(cells), enough) {
		c := cells[k]
		if step < 0 {
			c = cells[len(cells)-1-k]
		}
		if !unicode.IsLetter(c.r) {
			break
		}
		out.WriteRune(c.r)
	}
	return out.String()
}
