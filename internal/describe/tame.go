package describe

import (
	"bytes"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// tame escapes what encoding/json leaves as it is and a page had better not
// hold: control characters and noncharacters, which HTML forbids, and the marks
// that turn the direction of text, which would make the source of a page read
// otherwise than it is. Outside its strings, JSON has ASCII only.
func tame(b []byte) []byte {
	if !bytes.ContainsFunc(b, wild) {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/8)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case !wild(r):
			out = append(out, b[:n]...)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		b = b[n:]
	}
	return out
}

func wild(r rune) bool {
	switch {
	case r < 0x7F:
		return false
	case r <= 0x9F, r == 0x061C, r == 0xFEFF: // controls, Arabic letter mark, byte order mark
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	}
	return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}
