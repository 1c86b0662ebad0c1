package charset

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// markTable knows the characters that misread UTF-8 is made of. Each bit stands
// for a misreading.
type markTable struct {
	all   []*misreading
	lead  [denseRunes]uint16
	trail [denseRunes]uint16
	rare  map[rune]uint16 // leads above the tables
	*weights
}

func newMarkTable() *markTable {
	t := &markTable{all: misreadings(), rare: make(map[rune]uint16), weights: newWeights()}
	for _, m := range t.all {
		for r, b := range m.bytes {
			switch {
			case sequenceLength(b) > 0 && r >= denseRunes:
				t.rare[r] |= m.bit
			case sequenceLength(b) > 0:
				t.lead[r] |= m.bit
			case b < 0xC0 && r < denseRunes:
				t.trail[r] |= m.bit
			}
		}
	}
	return t
}

func (t *markTable) named(name string) *misreading {
	for _, m := range t.all {
		if m.name == name {
			return m
		}
	}
	return nil
}

// suspicious returns the offset of the first place in s that misread text may
// have: a lead followed by a trail of the same misreading, "Ã" at the end of a
// word, or a C1 control. It is len(s) if there is none. plain reports other
// characters above ASCII before it.
func (t *markTable) suspicious(s string) (first int, plain bool) {
	last := uint16(0)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c == ' ' && last != 0 && strings.HasSuffix(s[:i], "Ã") {
				return i, plain
			}
			i += asciiRun(s[i:])
			last = 0
			continue
		}
		r, n := rune(c&0x1F)<<6|rune(s[min(i+1, len(s)-1)]&0x3F), 2
		if c >= 0xE0 || c < 0xC0 {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if r < denseRunes {
			if both := last & t.trail[r]; both != 0 && t.begins(s, i, both) || isControl(r) {
				return i, plain
			}
			last = t.lead[r]
		} else {
			if r == utf8.RuneError && last != 0 {
				return i, plain
			}
			last = t.rare[r]
		}
		plain = plain || last == 0
		i += n
	}
	return len(s), plain
}

// begins reports whether the character before s[i] and those from there on may be
// a sequence of one of some misreadings.
func (t *markTable) begins(s string, i int, bits uint16) bool {
	const longest = 6
	_, n := utf8.DecodeLastRuneInString(s[:i])
	var room [longest]cell
	cells := room[:0]
	for _, r := range s[i-n:] {
		if cells = append(cells, cell{r: r}); len(cells) == longest {
			break
		}
	}
	for _, m := range t.all {
		if m.bit&bits != 0 {
			if q := m.sequenceAt(cells); q.n > 0 && usual(q.r, m) {
				return true
			}
		}
	}
	return false
}

// usual reports whether a character is one that texts are made of. Right text
// holds accidental sequences, but hardly ever of these.
func usual(r rune, m *misreading) bool {
	if r >= 0x530 && r < 0x590 && m.name != "windows-1252" {
		return false
	}
	return obscurity(r) < 9
}

// bitsOf returns the misreadings of which cells hold a lead and a trail in a row.
func (t *markTable) bitsOf(cells []cell) uint16 {
	bits, last := uint16(0), uint16(0)
	for i, c := range cells {
		switch {
		case c.r == ' ' && i > 0 && cells[i-1].r == 'Ã':
			bits |= last & t.trail['\u00a0']
			last = 0
		case c.r < utf8.RuneSelf:
			last = 0
		case c.r < denseRunes:
			bits |= last & t.trail[c.r]
			last = t.lead[c.r]
		case c.r == utf8.RuneError:
			bits |= last
			last = 0
		default:
			last = t.rare[c.r]
		}
	}
	return bits
}

// asciiRun is the length of the ASCII at the start of s.
func asciiRun(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if binary.LittleEndian.Uint64([]byte(s[i:i+8]))&0x8080808080808080 != 0 {
			break
		}
	}
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	return i
}
