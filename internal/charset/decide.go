package charset

import (
	"bytes"
	"unicode/utf8"
)

// decide plans how to read b: spans that cover it in order.
func decide(b []byte, h Hints) []Span {
	if len(b) == 0 {
		return nil
	}
	whole := func(encoding, why string, confidence float64) []Span {
		return []Span{{End: len(b), Encoding: encoding, Why: why, Confidence: confidence}}
	}
	if name, _ := byteOrderMark(b); name != "" && fits(b, name) {
		return whole(name, "byte order mark", 1)
	}
	if name := unmarkedUnicode(b); name != "" {
		return whole(name, "zero bytes at regular places", 0.95)
	}
	if highBytes(b) == 0 {
		if name := escapeEncoding(b); name != "" {
			return whole(name, "escape sequences", 0.95)
		}
		return whole(ASCII, "no byte above 0x7F", 1)
	}
	e := expect(b, h)
	if utf8.Valid(b) && !accidentalUTF8(b, e) {
		return whole("utf-8", e.reason("utf-8", "valid UTF-8"), 0.99)
	}
	return western(b, unify(b, newLattice(b, e).spans()), e)
}

// expectation is what declaration and neighbours make likely.
type expectation struct {
	declared   string // canonical, "" for none
	neighbours map[string]float64
}

func expect(b []byte, h Hints) expectation {
	e := expectation{declared: canonical(h.Declared), neighbours: make(map[string]float64)}
	if h.HTML && e.declared == "" {
		e.declared = Declared(b)
	}
	for label, share := range h.Neighbours {
		if name := canonical(label); name != "" {
			e.neighbours[name] += share
		}
	}
	return e
}

// prior is the cost of meeting an encoding at all, in units of bit: own is what it
// is without knowing anything about this page.
func (e expectation) prior(encoding string, own int) int {
	if encoding == e.declared {
		own -= 12 * bit
	}
	return own - int(8*bit*min(1, e.neighbours[encoding]))
}

// reason adds to why what became of the declaration.
func (e expectation) reason(encoding, why string) string {
	switch e.declared {
	case "":
		return why
	case encoding:
		return why + ", as declared"
	}
	return why + ", against the declared " + e.declared
}

// fits reports whether b can be what its byte order mark says: "ÿþ" and "þÿ" may
// begin a windows-1252 text.
func fits(b []byte, name string) bool {
	if name == "utf-8" {
		return utf8.Valid(b)
	}
	c, bad, all := codecFor(name), 0, 0
	sample := b[:min(len(b), 1<<16)]
	for i := 0; i < len(sample); all++ {
		r, n := c.next(sample[i:])
		if r == unreadable || r >= 0xE000 && r < 0xF900 || r >= 0x10000 && r > 0x1FFFF {
			bad++
		}
		i += n
	}
	return bad*20 <= all
}

// unmarkedUnicode recognises UTF-16 and UTF-32 without a byte order mark by their
// zero bytes: spaces and line ends have them in every script.
func unmarkedUnicode(b []byte) string {
	const least = 8
	sample := b[:min(len(b), 1<<14)&^3]
	if len(sample) < least || bytes.IndexByte(sample, 0) < 0 {
		return ""
	}
	var zero [4]int
	for i, c := range sample {
		if c == 0 {
			zero[i&3]++
		}
	}
	quads := len(sample) / 4
	switch {
	case zero[3] >= quads && zero[2]*2 > quads && fits(sample, "utf-32le"):
		return "utf-32le"
	case zero[0] >= quads && zero[1]*2 > quads && fits(sample, "utf-32be"):
		return "utf-32be"
	}
	even, odd := zero[0]+zero[2], zero[1]+zero[3]
	switch {
	case odd*10 >= quads && odd > 20*even && odd > 2 && fits(sample, "utf-16le"):
		return "utf-16le"
	case even*10 >= quads && even > 20*odd && even > 2 && fits(sample, "utf-16be"):
		return "utf-16be"
	}
	return ""
}

// escapeEncoding recognises the encodings that hide in ASCII by escape sequences;
// what they enclose has to be readable.
func escapeEncoding(b []byte) string {
	for _, try := range []struct{ name, mark string }{
		{"iso-2022-kr", "\x1b$)C"},
		{"iso-2022-jp", "\x1b$B"},
		{"iso-2022-jp", "\x1b$@"},
		{"iso-2022-jp", "\x1b(I"},
		{"hz-gb-2312", "~{"},
	} {
		if bytes.Contains(b, []byte(try.mark)) && cleanEscapes(b, try.name) {
			return try.name
		}
	}
	return ""
}

func cleanEscapes(b []byte, name string) bool {
	e := newEscaped(name)
	wide := 0
	for i := 0; i < len(b); {
		if n := e.escape(b[i:]); n > 0 {
			i += n
			continue
		}
		r, n := e.next(b[i:])
		if r == unreadable {
			return false
		}
		if r >= utf8.RuneSelf {
			wide++
		}
		i += n
	}
	return wide >= 2
}

// accidentalUTF8 reports whether valid UTF-8 is more likely chance: few
// characters, odd ones, and another encoding declared or usual around here.
func accidentalUTF8(b []byte, e expectation) bool {
	const few = 12
	n, cost := 0, 0
	for _, r := range string(b[:min(len(b), 1<<12)]) {
		if r >= utf8.RuneSelf {
			n++
			cost += costAlone(r)
		}
	}
	return n <= few && cost > 15*n && highBytes(b) <= 4*few && (e.declared != "" && e.declared != "utf-8" || e.expectsOther())
}

// expectsOther reports whether the neighbours are mostly in something else.
func (e expectation) expectsOther() bool {
	other := 0.0
	for name, share := range e.neighbours {
		if name != "utf-8" && name != ASCII {
			other += share
		}
	}
	return other > 0.5
}
