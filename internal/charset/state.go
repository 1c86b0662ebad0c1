package charset

import (
	"strings"
	"unicode/utf8"
)

// state is one way to read bytes: an encoding together with the language it is
// judged by.
type state struct {
	encoding string
	prior    int // cost of meeting this encoding at all, in units of bit
	score    func(unit []byte) int
	model    *model // nil unless single-byte
	wide     bool   // double-byte
}

// candidate lists an encoding with the languages it is looked for in.
type candidate struct {
	encoding string
	prior    int // bits
	langs    string
}

// candidates are the single-byte encodings that Decode looks for unasked. The
// priors say how often they turn up in archives of fiction.
func candidates() []candidate {
	const (
		western  = "en de fr es pt it nl sv da nb fi is"
		central  = "cs sk pl hu ro hr sl de"
		cyrillic = "ru bg uk sr"
	)
	return []candidate{
		{"windows-1252", 0, western},
		{"macintosh", 6, western},
		{"iso-8859-15", 6, western},
		{"windows-1250", 4, central},
		{"iso-8859-2", 5, central},
		{"windows-1254", 7, "tr"},
		{"windows-1257", 10, "lt lv et"},
		{"windows-1251", 3, cyrillic},
		{"koi8-r", 5, "ru bg"},
		{"koi8-u", 7, "uk"},
		{"iso-8859-5", 9, cyrillic},
		{"x-mac-cyrillic", 9, cyrillic},
		{"ibm866", 8, cyrillic},
		{"ibm855", 12, cyrillic},
		{"windows-1253", 5, "el"},
		{"iso-8859-7", 6, "el"},
		{"windows-1255", 6, "he"},
		{"windows-1256", 6, "ar"},
		{"iso-8859-6", 8, "ar"},
		{"windows-874", 6, "th"},
	}
}

// reader scores bytes of a single-byte encoding by the letters of a language.
type reader struct {
	m      *model
	class  [256]uint8
	row    [256]uint16 // class * number of classes
	letter [256]uint8  // case
}

func newReader(m *model, p *page) *reader {
	r := &reader{m: m}
	for i, c := range p {
		r.class[i], r.letter[i] = m.of(c)
		r.row[i] = uint16(r.class[i]) * uint16(m.n)
	}
	return r
}

// score is the cost of a word and of the edges around it, in units of bit.
func (r *reader) score(unit []byte) int {
	cost := r.m.cost
	total := 0
	row, before := classSpace*r.m.n, uint8(caseless)
	for _, c := range unit {
		total += int(cost[row+int(r.class[c])])
		letter := r.letter[c]
		if letter == upper {
			total += caseCost(before, letter)
		}
		row, before = int(r.row[c]), letter
	}
	return total + int(cost[row+classSpace])
}

// newStates builds every state that Decode looks for unasked.
func newStates() []*state {
	byLang := make(map[string]*model)
	for _, m := range once.models() {
		byLang[m.lang] = m
	}
	states := []*state{{encoding: "utf-8", score: scoreUTF8}}
	for _, c := range candidates() {
		p := codePage(c.encoding)
		for lang := range strings.FieldsSeq(c.langs) {
			m := byLang[lang]
			states = append(states, &state{encoding: c.encoding, prior: c.prior * bit, score: newReader(m, p).score, model: m})
		}
	}
	return append(states, wideStates()...)
}

// scoreUTF8 is the cost of a word as UTF-8.
func scoreUTF8(unit []byte) int {
	total := 0
	for i := 0; i < len(unit); {
		if unit[i] < utf8.RuneSelf {
			total += bit * costASCII(unit[i])
			i++
			continue
		}
		r, n := utf8.DecodeRune(unit[i:])
		if r == utf8.RuneError && n <= 1 {
			total += 40 * bit
		} else {
			total += bit * costAlone(r)
		}
		i += n
	}
	return total
}

// costASCII is the cost of an ASCII byte in bits where the language is not known.
func costASCII(c byte) int {
	return choose(c|0x20 >= 'a' && c|0x20 <= 'z', 5, 2)
}

// costAlone is the cost of a character in bits without knowing the language: that
// a sequence is valid UTF-8 says much already, but not that a Yi syllable is meant.
func costAlone(r rune) int {
	switch {
	case r < 0xA0:
		return 24
	case r < 0x180:
		return 8
	case r >= 0x370 && r < 0x530:
		return 9
	case r >= 0x590 && r < 0x700, r >= 0xE00 && r < 0xE80:
		return 10
	case r >= 0x2010 && r < 0x2040, r == '€', r == '™':
		return 8
	case r >= 0x3000 && r < 0x3100:
		return 11
	case r >= 0x4E00 && r < 0xA000, r >= 0xAC00 && r < 0xD7A4:
		return 13
	case r >= 0xFF00 && r < 0xFFF0, r >= 0x1E00 && r < 0x2000:
		return 14
	case r >= 0x2000 && r < 0x2700, r >= 0x900 && r < 0xE00, r == 0xFEFF, r == 0xFFFD, r >= 0x1F300 && r < 0x1FB00:
		return 16
	}
	return 26
}
