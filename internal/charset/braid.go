package charset

import "unicode/utf8"

const (
	// strayCost is the cost of leaving the encoding of the page for a character.
	strayCost = 10 * bit
	// lostCost is the cost of giving a byte up.
	lostCost = 20 * bit
	// cutCost is the cost of giving up a byte of a sequence that was cut off.
	cutCost = 4 * bit
)

// option is an encoding that a character of a word may be in; the codec of
// Undecoded is nil.
type option struct {
	encoding string
	codec    codec
}

// reading is a character and its length in bytes.
type reading struct {
	r rune
	n int
}

func (o option) next(b []byte) reading {
	r, n := o.codec.next(b)
	return reading{r, n}
}

// strand is the cheapest way to read a word up to a byte, its last character
// above ASCII in a given option.
type strand struct {
	cost       int
	from       int // where the last character began, -1 for none
	option     int // of the strand before
	class, cas uint8
	set        bool
}

// braid finds the cheapest reading of a word in which encodings may change from
// character to character.
type braid struct {
	word    []byte
	options []option
	m       *model
	at      [][]strand // by byte offset and option
}

func newBraid(word []byte, options []option, m *model) *braid {
	w := &braid{word: word, options: options, m: m, at: make([][]strand, len(word)+1)}
	for i := range w.at {
		w.at[i] = make([]strand, len(options))
	}
	w.at[0][0] = strand{from: -1, class: classSpace, set: true}
	return w
}

// cheapest returns, for each byte, the option of the character that begins
// there (-1 for ASCII and for bytes within a character) and the cost.
func (w *braid) cheapest() (path []int, cost int) {
	for i := range w.word {
		for o, s := range w.at[i] {
			if s.set {
				w.extend(i, o, s)
			}
		}
	}
	last, best := w.at[len(w.word)], -1
	for o, s := range last {
		if s.set && (best < 0 || w.closed(s) < w.closed(last[best])) {
			best = o
		}
	}
	cost = w.closed(last[best])
	path = make([]int, len(w.word))
	for i := range path {
		path[i] = -1
	}
	for i, o := len(w.word), best; i > 0; {
		s := w.at[i][o]
		if w.word[s.from] >= utf8.RuneSelf || w.options[o].encoding == Undecoded {
			path[s.from] = o
		}
		i, o = s.from, s.option
	}
	return path, cost
}

func (w *braid) closed(s strand) int {
	return s.cost + int(w.m.cost[int(s.class)*w.m.n+classSpace])
}

// extend reads the next character after a strand in every way there is.
func (w *braid) extend(i, o int, s strand) {
	rest := w.word[i:]
	if rest[0] < utf8.RuneSelf {
		w.reach(i, 1, o, o, s, rune(rest[0]), 0)
		return
	}
	own := w.options[0].next(rest)
	for p, opt := range w.options {
		switch {
		case opt.encoding == Undecoded:
			if own.r == unreadable {
				w.lose(i, o, p, s)
			}
		case p == 0 && own.r != unreadable:
			w.reach(i, own.n, o, p, s, own.r, 0)
		case p > 0:
			w.stray(i, o, p, s, own.r)
		}
	}
}

// stray reads a character in another encoding than that of the page, if there is
// reason to doubt the page's own reading.
func (w *braid) stray(i, o, p int, s strand, own rune) {
	alt := w.options[p].next(w.word[i:])
	if alt.r == unreadable || own != unreadable && !w.doubts(own, alt.r, s, w.options[p]) {
		return
	}
	extra := strayCost
	if p == o {
		extra = 0
	}
	w.reach(i, alt.n, o, p, s, alt.r, extra)
}

// doubts reports whether the page's reading of a character after s may give way to
// another: punctuation for a capital in the wrong place, anything for a sign
// that prose does not have. Other scripts than Latin use too many
// rare combinations for more than control characters to be doubted.
func (w *braid) doubts(own, alt rune, s strand, by option) bool {
	class, cas := w.m.of(own)
	altClass, _ := w.m.of(alt)
	punctuation := altClass >= classOpen && altClass <= classDash
	switch {
	case class == classControl:
		return true
	case !w.m.latin:
		return punctuation && alt >= 0x2000 && w.options[0].encoding == "koi8-r" && by.encoding == "windows-1252" && class >= classRare
	case by.encoding == "utf-8":
		return true
	case class == classRare, class == classSign, class == classBox, class == classMark:
		return altClass >= classLetter || punctuation
	case class < classLetter && class != classForeign:
		return altClass >= classLetter
	}
	return cas == upper && s.cas != upper && (punctuation || s.cas == lower && altClass >= classLetter)
}

// reach notes the strand that reads r (n bytes at i) in option p after option o.
func (w *braid) reach(i, n, o, p int, s strand, r rune, extra int) {
	class, cas := w.m.of(r)
	cost := s.cost + extra + int(w.m.cost[int(s.class)*w.m.n+int(class)])
	if cas == upper {
		cost += caseCost(s.cas, cas)
	}
	w.keep(i+n, p, strand{cost, i, o, class, cas, true})
}

// lose gives a byte up.
func (w *braid) lose(i, o, p int, s strand) {
	cost := lostCost
	if cut(w.word, i) {
		cost = cutCost
	}
	w.keep(i+1, p, strand{s.cost + cost, i, o, classRare, caseless, true})
}

func (w *braid) keep(i, o int, s strand) {
	if old := w.at[i][o]; !old.set || s.cost < old.cost {
		w.at[i][o] = s
	}
}

// cut reports whether the byte at i belongs to a UTF-8 sequence of three or four
// bytes that lost its last ones.
func cut(word []byte, i int) bool {
	for start := i; start >= 0 && i-start < 3; start-- {
		if c := word[start]; c >= 0xE0 && c < 0xF5 {
			n := 1
			for start+n < len(word) && word[start+n]&0xC0 == 0x80 {
				n++
			}
			return n >= 2 && i < start+n && !utf8.FullRune(word[start:start+n])
		} else if c&0xC0 != 0x80 {
			return false
		}
	}
	return false
}
