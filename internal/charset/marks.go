package charset

import (
	"encoding/binary"
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

// marked returns the misreadings of which s holds a lead followed by something
// that may belong to it, and where the first of these is (len(s) for none).
func (t *markTable) marked(s string) (bits uint16, first int) {
	first = len(s)
	last := uint16(0)
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i += asciiRun(s[i:])
			last = 0
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r < denseRunes:
			if both := last & t.trail[r]; both != 0 {
				bits |= both
				first = min(first, i)
			}
			last = t.lead[r]
		case r == utf8.RuneError && last != 0:
			bits |= last
			first = min(first, i)
			last = 0
		default:
			last = t.rare[r]
		}
		i += n
	}
	return bits, first
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
