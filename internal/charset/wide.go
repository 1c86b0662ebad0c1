package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// wide is an encoding of one and two bytes a character, with a slow path for
// longer ones.
type wide struct {
	single [256]rune // unreadable for bytes that do not stand alone
	double []rune    // by (lead-0x80)<<8 | trail; 0 for none
	long   func(b []byte) (rune, int)
}

func (w *wide) next(b []byte) (rune, int) {
	c := b[0]
	if r := w.single[c]; r != unreadable {
		return r, 1
	}
	if len(b) < 2 {
		return unreadable, 1
	}
	if r := w.double[int(c-0x80)<<8|int(b[1])]; r != 0 {
		return r, 2
	}
	if w.long != nil {
		return w.long(b)
	}
	return unreadable, 1
}

// newWide builds the table of a canonical name, nil if it is not one of these.
func newWide(name string) *wide {
	w := emptyWide()
	switch name {
	case "shift_jis":
		for c := 0xA1; c <= 0xDF; c++ {
			w.single[c] = 0xFF61 + rune(c-0xA1)
		}
		w.fill(japanese.ShiftJIS)
	case "euc-jp":
		w.fill(japanese.EUCJP)
		w.long = longBy(japanese.EUCJP, 3, 3)
	case "euc-kr":
		w.fill(korean.EUCKR)
	case "gb18030":
		w.single[0x80] = '€'
		w.fill(simplifiedchinese.GB18030)
		w.long = longBy(simplifiedchinese.GB18030, 4, 4)
	case "big5":
		w.fill(traditionalchinese.Big5)
	case "johab":
		w.fillJohab()
	case "euc-tw":
		w.fillEUCTW()
	default:
		return nil
	}
	return w
}

func emptyWide() *wide {
	w := &wide{double: make([]rune, 128<<8)}
	for i := range w.single {
		w.single[i] = unreadable
		if i < utf8.RuneSelf {
			w.single[i] = rune(i)
		}
	}
	return w
}

// fill asks a decoder for every pair at once. A line end stands between the
// pairs: no trail byte in any of these encodings is one.
func (w *wide) fill(enc encoding.Encoding) {
	var pairs []byte
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x30; trail <= 0xFE; trail++ {
			pairs = append(pairs, byte(lead), byte(trail), '\n')
		}
	}
	out, err := enc.NewDecoder().Bytes(pairs)
	if err != nil {
		return // cannot happen: these decoders replace what they cannot read
	}
	for i, line := range bytes.Split(bytes.TrimSuffix(out, []byte("\n")), []byte("\n")) {
		r, n := utf8.DecodeRune(line)
		if n == len(line) && r != utf8.RuneError {
			lead, trail := pairs[3*i], pairs[3*i+1]
			w.double[int(lead-0x80)<<8|int(trail)] = r
		}
	}
}

// longBy reads a character of n bytes with a decoder; least is the number of
// bytes that must be there.
func longBy(enc encoding.Encoding, least, n int) func([]byte) (rune, int) {
	return func(b []byte) (rune, int) {
		if len(b) < least {
			return unreadable, 1
		}
		out, err := enc.NewDecoder().Bytes(b[:n])
		if err != nil {
			return unreadable, 1
		}
		r, size := utf8.DecodeRune(out)
		if size != len(out) || r == utf8.RuneError {
			return unreadable, 1
		}
		return r, n
	}
}
