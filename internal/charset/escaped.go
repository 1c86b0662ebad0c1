package charset

import "bytes"

// isEscaped reports whether an encoding switches its meaning by escape
// sequences made of ASCII.
func isEscaped(name string) bool {
	return name == "iso-2022-jp" || name == "iso-2022-kr" || name == "hz-gb-2312"
}

// escaped reads ISO-2022-JP (RFC 1468 and the katakana of JIS X 0201), ISO-2022-KR
// (RFC 1557) and HZ (RFC 1843). The two-byte sets behind them are the EUC sets
// without the high bits.
type escaped struct {
	hz      bool
	table   *wide
	current func(b []byte) (rune, int) // nil: ASCII
}

func newEscaped(name string) *escaped {
	switch name {
	case "iso-2022-jp":
		return &escaped{table: wideTable("euc-jp")}
	case "iso-2022-kr":
		return &escaped{table: wideTable("euc-kr")}
	}
	return &escaped{hz: true, table: wideTable("gb18030")}
}

// escape returns the length of the escape sequence at the start of b, 0 if there is
// none, and switches.
func (e *escaped) escape(b []byte) int {
	if e.hz {
		return e.escapeHZ(b)
	}
	switch b[0] {
	case 0x0E:
		e.current = e.double
		return 1
	case 0x0F:
		e.current = nil
		return 1
	case 0x1B:
		return e.escapeISO(b)
	}
	return 0
}

func (e *escaped) escapeISO(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("\x1b$)C")):
		return 4
	case bytes.HasPrefix(b, []byte("\x1b$(D")):
		e.current = e.triple
		return 4
	case bytes.HasPrefix(b, []byte("\x1b$@")), bytes.HasPrefix(b, []byte("\x1b$B")):
		e.current = e.double
		return 3
	case bytes.HasPrefix(b, []byte("\x1b(I")):
		e.current = katakana
		return 3
	case bytes.HasPrefix(b, []byte("\x1b(B")), bytes.HasPrefix(b, []byte("\x1b(J")), bytes.HasPrefix(b, []byte("\x1b(H")):
		e.current = nil
		return 3
	}
	return 0
}

func (e *escaped) escapeHZ(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("~{")):
		e.current = e.double
	case bytes.HasPrefix(b, []byte("~}")):
		e.current = nil
	case bytes.HasPrefix(b, []byte("~\n")):
	default:
		return 0
	}
	return 2
}

// next reads a character at a place where there is no escape sequence.
func (e *escaped) next(b []byte) (rune, int) {
	c := b[0]
	switch {
	case c >= 0x80:
		return unreadable, 1
	case c == '\n' || c == '\r':
		e.current = nil
		return rune(c), 1
	case e.hz && e.current == nil && bytes.HasPrefix(b, []byte("~~")):
		return '~', 2
	case e.current == nil || c <= ' ':
		return rune(c), 1
	}
	return e.current(b)
}

func (e *escaped) double(b []byte) (rune, int) {
	if len(b) < 2 || b[1] <= ' ' || b[1] >= 0x7F {
		return unreadable, 1
	}
	r, n := e.table.next([]byte{b[0] | 0x80, b[1] | 0x80})
	if n != 2 {
		return unreadable, 2
	}
	return r, 2
}

// triple reads JIS X 0212, which EUC-JP has behind the byte 0x8F.
func (e *escaped) triple(b []byte) (rune, int) {
	if len(b) < 2 || b[1] <= ' ' || b[1] >= 0x7F {
		return unreadable, 1
	}
	r, n := e.table.next([]byte{0x8F, b[0] | 0x80, b[1] | 0x80})
	if n != 3 {
		return unreadable, 2
	}
	return r, 2
}

func katakana(b []byte) (rune, int) {
	if b[0] < 0x21 || b[0] > 0x5F {
		return unreadable, 1
	}
	return 0xFF61 + rune(b[0]-0x21), 1
}
