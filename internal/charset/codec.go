package charset

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// unreadable is what a codec returns for a byte that starts no character.
const unreadable rune = -1

// codec reads one character of n bytes, 1 <= n <= len(b). Where there is none it
// returns unreadable and how many bytes to step over. b is never empty.
type codec interface {
	next(b []byte) (r rune, n int)
}

// codecFor returns the codec of a canonical name, nil if there is none. The
// escape-driven encodings are not codecs (see escaped.go).
func codecFor(name string) codec {
	switch name {
	case ASCII, "utf-8":
		return utf8Codec{}
	case "utf-16le":
		return utf16Codec{binary.LittleEndian}
	case "utf-16be":
		return utf16Codec{binary.BigEndian}
	case "utf-32le":
		return utf32Codec{binary.LittleEndian}
	case "utf-32be":
		return utf32Codec{binary.BigEndian}
	}
	if w := wideTable(name); w != nil {
		return w
	}
	p := codePage(name)
	if p == nil {
		return nil // not a codec that holds a nil page
	}
	return p
}

// known reports whether render can read the encoding.
func known(name string) bool {
	return name == Undecoded || isEscaped(name) || codecFor(name) != nil
}

// page is a single-byte encoding: the character of each byte, or unreadable.
type page [256]rune

func (p *page) next(b []byte) (rune, int) { return p[b[0]], 1 }

// newPage builds the page of a canonical name, nil if it is not single-byte.
func newPage(name string) *page {
	cm := charmapFor(name)
	if cm == nil {
		return nil
	}
	p := new(page)
	for i := range p {
		r := cm.DecodeByte(byte(i))
		if r == utf8.RuneError || i < utf8.RuneSelf && r != rune(i) {
			r = unreadable
		}
		p[i] = r
		if i < utf8.RuneSelf {
			p[i] = rune(i)
		}
	}
	return p
}

func charmapFor(name string) *charmap.Charmap {
	switch name {
	case "ibm855":
		return charmap.CodePage855
	case "ibm437":
		return charmap.CodePage437
	case "iso-8859-1":
		return charmap.ISO8859_1
	case Undecoded:
		return nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	cm, _ := enc.(*charmap.Charmap)
	return cm
}

type utf8Codec struct{}

func (utf8Codec) next(b []byte) (rune, int) {
	r, n := utf8.DecodeRune(b)
	if r == utf8.RuneError && n <= 1 {
		return unreadable, 1
	}
	return r, n
}

type utf16Codec struct{ order binary.ByteOrder }

func (c utf16Codec) next(b []byte) (rune, int) {
	if len(b) < 2 {
		return unreadable, 1
	}
	r := rune(c.order.Uint16(b))
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if len(b) < 4 {
		return unreadable, 2
	}
	if r = utf16.DecodeRune(r, rune(c.order.Uint16(b[2:]))); r == utf8.RuneError {
		return unreadable, 2
	}
	return r, 4
}

type utf32Codec struct{ order binary.ByteOrder }

func (c utf32Codec) next(b []byte) (rune, int) {
	if len(b) < 4 {
		return unreadable, 1
	}
	if v := c.order.Uint32(b); v <= utf8.MaxRune && utf8.ValidRune(rune(v)) {
		return rune(v), 4
	}
	return unreadable, 4
}
