package charset

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
	"unsafe"
)

// renderer writes the text that a plan of spans stands for.
type renderer struct {
	src  []byte
	out  []byte
	end  int // where the last character of the original ended
	text *Text
}

// render reads src by the plan, which covers it in order without gaps. The log
// of the result is the plan with the unreadable bytes as spans of their own.
func render(src []byte, plan []Span) *Text {
	t := &Text{at: positions{size: len(src)}, high: make(map[string]int)}
	if len(plan) == 1 && plain(src, plan[0]) {
		t.S = string(src)
		t.Log = plan
		t.at.put(0, 0, 1, 0, false)
		t.count(plan[0].Encoding, highBytes(src))
		return t
	}
	r := &renderer{src: src, text: t, out: make([]byte, 0, renderedSize(src, plan))}
	for _, s := range plan {
		r.span(s)
	}
	// out is not touched again: the string may share its memory, which for
	// large texts is the difference between fitting and not.
	t.S = unsafe.String(unsafe.SliceData(r.out), len(r.out))
	return t
}

// plain reports whether the text is the bytes themselves.
func plain(src []byte, s Span) bool {
	if len(s.Undone) > 0 || s.Encoding != ASCII && s.Encoding != "utf-8" {
		return false
	}
	_, mark := byteOrderMark(src)
	return mark == 0 && utf8.Valid(src)
}

// renderedSize is an upper bound for the usual cases, so that out seldom grows.
func renderedSize(src []byte, plan []Span) int {
	size := 0
	for _, s := range plan {
		part := src[s.Start:s.End]
		p := codePage(s.Encoding)
		switch {
		case s.Encoding == "utf-8" || s.Encoding == ASCII || len(s.Undone) > 0:
			size += len(part)
		case p != nil:
			for _, c := range part {
				size += max(1, utf8.RuneLen(p[c]))
			}
		default:
			size += len(part) + len(part)/2
		}
	}
	return size + 16
}

func (t *Text) count(encoding string, high int) {
	if high > 0 {
		t.high[encoding] += high
	}
}

func (r *renderer) span(s Span) {
	pos := s.Start
	if pos == 0 {
		if name, size := byteOrderMark(r.src); size <= s.End && name == s.Encoding {
			pos = size
			mark := s
			mark.End, mark.Why = size, "byte order mark"
			r.log(mark)
		}
	}
	switch p := codePage(s.Encoding); {
	case len(s.Undone) > 0:
		r.mended(s)
	case s.Encoding == Undecoded:
		for ; pos < s.End; pos++ {
			r.lost(s, pos, 1)
		}
	case isEscaped(s.Encoding):
		r.escaped(s, pos)
	case p != nil:
		r.page(s, pos, p)
	case s.Encoding == "utf-8" || s.Encoding == ASCII:
		r.utf8(s, pos)
	default:
		r.codec(s, pos, codecFor(s.Encoding))
	}
}

// log appends a span or makes the last one longer.
func (r *renderer) log(s Span) {
	if s.Start >= s.End {
		return
	}
	if n := len(r.text.Log); n > 0 {
		last := &r.text.Log[n-1]
		if last.End == s.Start && last.Encoding == s.Encoding && last.Why == s.Why && len(last.Undone)+len(s.Undone) == 0 {
			last.End = s.End
			return
		}
	}
	r.text.Log = append(r.text.Log, s)
}

// char writes one character that stands for n bytes of the original at pos.
func (r *renderer) char(c rune, pos, n int) {
	r.text.at.put(len(r.out), pos, uint8(n), uint8(n), pos == r.end)
	r.out = utf8.AppendRune(r.out, c)
	r.end = pos + n
}

// lost writes n bytes that no reading makes sense of.
func (r *renderer) lost(s Span, pos, n int) {
	if s.Encoding != Undecoded {
		s = Span{Encoding: Undecoded, Why: "no character of " + s.Encoding}
	}
	for i := pos; i < pos+n; i++ {
		c := rune(r.src[i])
		if c >= utf8.RuneSelf {
			c += 0xF700
		}
		r.char(c, i, 1)
	}
	s.Start, s.End = pos, pos+n
	r.log(s)
	r.text.count(Undecoded, n)
}

func (r *renderer) utf8(s Span, pos int) {
	from := pos
	for pos < s.End {
		if r.src[pos] < utf8.RuneSelf {
			pos++
			continue
		}
		c, n := utf8.DecodeRune(r.src[pos:s.End])
		if c != utf8.RuneError || n > 1 {
			pos += n
			continue
		}
		r.same(s, from, pos)
		r.lost(s, pos, 1)
		pos++
		from = pos
	}
	r.same(s, from, pos)
}

// same copies bytes that are their own text.
func (r *renderer) same(s Span, from, to int) {
	if from == to {
		return
	}
	r.text.at.put(len(r.out), from, 1, 0, from == r.end)
	r.out = append(r.out, r.src[from:to]...)
	r.end = to
	s.Start, s.End = from, to
	r.log(s)
	r.text.count(s.Encoding, highBytes(r.src[from:to]))
}

func (r *renderer) page(s Span, pos int, p *page) {
	from := pos
	for pos < s.End {
		stop := r.pageRun(p, pos, min(s.End, pos+stride/2))
		r.text.count(s.Encoding, highBytes(r.src[pos:stop]))
		pos = stop
		if pos < s.End && p[r.src[pos]] == unreadable {
			r.upTo(s, from, pos)
			r.lost(s, pos, 1)
			pos++
			from = pos
		}
	}
	r.upTo(s, from, pos)
}

// pageRun writes the characters from pos to end or to the first unreadable byte,
// and returns where it stopped.
func (r *renderer) pageRun(p *page, pos, end int) int {
	if pos == end || p[r.src[pos]] == unreadable {
		return pos
	}
	r.text.at.put(len(r.out), pos, 1, 1, pos == r.end)
	out := r.out
	for ; pos < end; pos++ {
		c := p[r.src[pos]]
		if c < utf8.RuneSelf {
			if c == unreadable {
				break
			}
			out = append(out, byte(c))
			continue
		}
		out = utf8.AppendRune(out, c)
	}
	r.out, r.end = out, pos
	return pos
}

func (r *renderer) upTo(s Span, from, to int) {
	s.Start, s.End = from, to
	r.log(s)
}

func (r *renderer) codec(s Span, pos int, c codec) {
	from, high := pos, 0
	for pos < s.End {
		ch, n := c.next(r.src[pos:s.End])
		if ch == unreadable {
			r.upTo(s, from, pos)
			r.lost(s, pos, n)
			from = pos + n
		} else {
			r.codecChar(ch, pos, n)
			if ch >= utf8.RuneSelf {
				high += n
			}
		}
		pos += n
	}
	r.upTo(s, from, pos)
	r.text.count(s.Encoding, high)
}

// codecChar joins runs of one-byte ASCII and two-byte signs in one segment, as
// they alternate in East Asian text.
func (r *renderer) codecChar(c rune, pos, n int) {
	switch {
	case c < utf8.RuneSelf && n == 1:
		r.text.at.put(len(r.out), pos, 1, r.wideNow(), pos == r.end)
	case c < utf8.RuneSelf:
		r.text.at.put(len(r.out), pos, uint8(n), uint8(n), pos == r.end)
	case n == 1:
		r.text.at.put(len(r.out), pos, 1, 1, pos == r.end)
	default:
		r.text.at.put(len(r.out), pos, r.asciiNow(n), uint8(n), pos == r.end)
	}
	r.out = utf8.AppendRune(r.out, c)
	r.end = pos + n
}

// wideNow is the width of wide characters that the current segment has, or 2.
func (r *renderer) wideNow() uint8 {
	if segs := r.text.at.segs; len(segs) > 0 {
		if last := segs[len(segs)-1]; last.ascii == 1 && last.wide > 1 {
			return last.wide
		}
	}
	return 2
}

// asciiNow is the width of ASCII that a segment with wide characters of n bytes
// has: n in UTF-16 and UTF-32, otherwise 1.
func (r *renderer) asciiNow(n int) uint8 {
	if segs := r.text.at.segs; len(segs) > 0 {
		if last := segs[len(segs)-1]; int(last.wide) == n && last.ascii > 0 {
			return last.ascii
		}
	}
	return 1
}

func (r *renderer) escaped(s Span, pos int) {
	e := newEscaped(s.Encoding)
	from, high := pos, 0
	for pos < s.End {
		if n := e.escape(r.src[pos:s.End]); n > 0 {
			pos += n
			continue
		}
		c, n := e.next(r.src[pos:s.End])
		if c == unreadable {
			r.upTo(s, from, pos)
			r.lost(s, pos, n)
			from = pos + n
		} else {
			r.char(c, pos, n)
			if c >= utf8.RuneSelf {
				high += n
			}
		}
		pos += n
	}
	r.upTo(s, from, pos)
	r.text.count(s.Encoding, high)
}

// highBytes counts the bytes above 0x7F, eight at a time.
func highBytes(b []byte) int {
	n := 0
	for len(b) >= 8 {
		n += bits.OnesCount64(binary.LittleEndian.Uint64(b) & 0x8080808080808080)
		b = b[8:]
	}
	for _, c := range b {
		n += int(c >> 7)
	}
	return n
}
