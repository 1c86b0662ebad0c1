package charset

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// misreading is a single-byte encoding that UTF-8 was once read in.
type misreading struct {
	name  string
	prior int // bits that it takes to believe in it
	bit   uint16
	bytes map[rune]byte
	dense [denseRunes]byte // the same for the usual characters; 0 for none
}

// denseRunes is the end of the characters that tables hold by index.
const denseRunes = 0x2600

// The names of misreadings with their priors in bits: windows-1252 is what nearly
// all of them are, and symbols of the rare ones turn up in drawings.
func misreadings() []*misreading {
	list := []struct {
		name  string
		prior int
	}{
		{"windows-1252", 7},
		{"windows-1251", 11},
		{"windows-1250", 9},
		{"iso-8859-2", 10},
		{"windows-1253", 13},
		{"windows-1257", 12},
		{"macintosh", 13},
		{"ibm437", 11},
		{"ibm866", 13},
	}
	var all []*misreading
	for i, m := range list {
		all = append(all, newMisreading(m.name, m.prior, i))
	}
	return all
}

func newMisreading(name string, prior, i int) *misreading {
	m := &misreading{name: name, prior: prior * bit, bit: 1 << i, bytes: make(map[rune]byte)}
	for c, r := range codePage(name) {
		// Bytes without a character were kept as C1 controls, and what is called
		// windows-1252 was as often ISO 8859-1, which has all of these.
		if c >= 0x80 && c < 0xA0 && (r == unreadable || name == "windows-1252") {
			m.set(rune(c), byte(c))
		}
		if c >= utf8.RuneSelf && r != unreadable {
			m.set(r, byte(c))
		}
	}
	return m
}

func (m *misreading) set(r rune, c byte) {
	if m.name == "ibm866" && c >= 0xE0 && c != 0xE2 {
		return // every other pair of Russian letters would be suspicious
	}
	m.bytes[r] = c
	if r < denseRunes {
		m.dense[r] = c
	}
}

// byteOf returns the byte behind a character above ASCII, 0 if there is none.
func (m *misreading) byteOf(r rune) byte {
	switch {
	case r < utf8.RuneSelf:
		return 0
	case r < denseRunes:
		return m.dense[r]
	}
	return m.bytes[r]
}

// cell is a character and the range of the original that it stands for.
type cell struct {
	r          rune
	start, end int
	undone     *undoing
}

// undoing is the last of the misreadings taken back so far, nil for none.
type undoing struct {
	name   string
	before *undoing
	depth  int
}

func (u *undoing) then(name string) *undoing {
	if u == nil {
		return &undoing{name: name, depth: 1}
	}
	return &undoing{name, u, u.depth + 1}
}

// names lists the misreadings, the first one taken back first.
func (u *undoing) names() []string {
	if u == nil {
		return nil
	}
	return append(u.before.names(), u.name)
}

// sequence is a misread character: n cells that stand for r.
type sequence struct {
	r    rune
	n    int
	weak bool // only believable next to others
}

// sequenceAt reads the sequence that begins at cells[0]; n is 0 if there is none.
// A lost byte may stand there as U+FFFD, a no-break space as a plain space.
func (m *misreading) sequenceAt(cells []cell) sequence {
	if cells[0].r < utf8.RuneSelf {
		return sequence{}
	}
	lead := m.byteOf(cells[0].r)
	length := sequenceLength(lead)
	if length == 0 {
		return sequence{}
	}
	buf := [4]byte{lead}
	n, lost, spaced := 1, 0, false
	for ; n < length && n < len(cells); n++ {
		c := cells[n].r
		b := m.byteOf(c)
		switch {
		case c == ' ' && !m.quote(buf, n):
			b, spaced = 0xA0, true
		case c == utf8.RuneError:
			b, lost = 0x80, lost+1
		}
		if b < 0x80 || b >= 0xC0 {
			break // of the loop: the sequence ends here
		}
		buf[n] = b
	}
	if n < length || lost > 0 {
		return m.damaged(cells, buf, n, lost)
	}
	return m.whole(cells, buf[:n], spaced)
}

// sequenceLength is the length of what a lead byte of UTF-8 announces.
func sequenceLength(lead byte) int {
	switch {
	case lead >= 0xC2 && lead < 0xE0, lead == 0xC0:
		return 2
	case lead >= 0xE0 && lead < 0xF0:
		return 3
	case lead >= 0xF0 && lead < 0xF5:
		return 4
	}
	return 0
}

// whole reads a sequence of which all bytes are there.
func (m *misreading) whole(cells []cell, buf []byte, spaced bool) sequence {
	n := len(buf)
	if m.name == "ibm866" && buf[0] == 0xE2 && buf[1] >= 0xA0 {
		return sequence{} // three small letters of Russian
	}
	if buf[0] == 0xC0 && buf[1] == 0x80 {
		return sequence{r: 0, n: n, weak: true}
	}
	r, size := utf8.DecodeRune(buf)
	if size == n && meaningful(r) {
		return sequence{r: r, n: n, weak: spaced}
	}
	if buf[0] == 0xED && buf[1] >= 0xA0 && buf[1] < 0xB0 {
		return m.surrogates(cells, surrogate(buf))
	}
	return sequence{}
}

func surrogate(buf []byte) rune {
	return rune(buf[0]&0x0F)<<12 | rune(buf[1]&0x3F)<<6 | rune(buf[2]&0x3F)
}

// surrogates reads a character that was written as two surrogates (CESU-8).
func (m *misreading) surrogates(cells []cell, high rune) sequence {
	if len(cells) < 6 || m.byteOf(cells[3].r) != 0xED {
		return sequence{}
	}
	buf := []byte{0xED, m.byteOf(cells[4].r), m.byteOf(cells[5].r)}
	if buf[1] < 0xB0 || buf[1] >= 0xC0 || buf[2]&0xC0 != 0x80 {
		return sequence{}
	}
	r := utf16.DecodeRune(high, surrogate(buf))
	if !meaningful(r) {
		return sequence{}
	}
	return sequence{r: r, n: 6}
}

// damaged reads a sequence that lost bytes. Two of them are certain: "à" lost its
// no-break space, and a closing quotation mark is the only usual character that
// ends in a byte which windows-1252 lacks.
func (m *misreading) damaged(cells []cell, buf [4]byte, n, lost int) sequence {
	quote := n >= 2 && m.quote(buf, 2)
	switch {
	case quote && n == 2 && len(cells) > 2 && cells[2].r == '?' && endsWord(cells[3:]):
		return sequence{r: '”', n: 3}
	case quote && n == 2 && lost == 0 && endsWord(cells[2:]):
		return sequence{r: '”', n: 2}
	case quote && n == 3 && lost == 1 && cells[2].r == utf8.RuneError && endsWord(cells[3:]):
		return sequence{r: '”', n: 3}
	case buf[0] == 0xC3 && n == 1 && endsWord(cells[1:]):
		return sequence{r: 'à', n: 1, weak: true}
	case lost > 0 && n == sequenceLength(buf[0]):
		return sequence{r: utf8.RuneError, n: n}
	}
	return sequence{}
}

// quote reports whether n bytes begin a quotation mark whose last one is lost.
func (m *misreading) quote(buf [4]byte, n int) bool {
	return n == 2 && buf[0] == 0xE2 && buf[1] == 0x80 && m.name == "windows-1252"
}

// endsWord reports whether no letter or digit comes next.
func endsWord(rest []cell) bool {
	return len(rest) == 0 || !unicode.IsLetter(rest[0].r) && !unicode.IsDigit(rest[0].r)
}

// meaningful reports whether a character may be what somebody wrote. Controls
// may: in text misread twice they stand between the rounds.
func meaningful(r rune) bool {
	switch {
	case r < utf8.RuneSelf, r == utf8.RuneError:
		return false
	case r < 0xA0:
		return true
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs, unicode.Cf)
}

// undo takes a misreading back wherever there is a sequence.
func (m *misreading) undo(cells []cell) []cell {
	var out []cell
	for i := 0; i < len(cells); {
		s := m.sequenceAt(cells[i:])
		if s.n == 0 {
			out = append(out, cells[i])
			i++
			continue
		}
		out = append(out, cell{r: s.r, start: cells[i].start, end: cells[i+s.n-1].end})
		i += s.n
	}
	return out
}

// restored takes all misreadings back in turn.
func restored(cells []cell, undone []string) []cell {
	for _, name := range undone {
		if m := once.marks().named(name); m != nil {
			cells = m.undo(cells)
		} else if name == latin1 {
			cells = undoLatin1(cells)
		}
	}
	return cells
}

// latin1 is the name under which windows-1252 read as ISO 8859-1 is logged: its
// quotation marks and dashes became C1 controls.
const latin1 = "iso-8859-1"

func undoLatin1(cells []cell) []cell {
	p := codePage("windows-1252")
	out := make([]cell, len(cells))
	for i, c := range cells {
		out[i] = c
		if isControl(c.r) {
			out[i].r = p[byte(c.r)]
		}
	}
	return out
}

// isControl reports whether r is a C1 control.
func isControl(r rune) bool { return r >= 0x80 && r < 0xA0 }
