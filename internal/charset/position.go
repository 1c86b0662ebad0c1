package charset

import (
	"sort"
	"unicode/utf8"
)

// stride is how many bytes of text one segment may cover unless text and
// original agree byte for byte: a lookup counts the characters in a segment.
const stride = 1024

// segment says where a stretch of text began in the original and how many
// original bytes stand behind each character: ascii for one below U+0080, wide for
// another. wide == 0 means that text and original agree byte for byte.
type segment struct {
	text, orig  uint32
	ascii, wide uint8
}

// positions maps text offsets to original offsets, ordered by both.
type positions struct {
	segs []segment
	size int // of the original
}

// put notes that a character (or, with wide 0, any stretch) at text offset
// text came from original offset orig. next is where the previous one ended.
func (p *positions) put(text, orig int, ascii, wide uint8, joined bool) {
	if n := len(p.segs); n > 0 && joined {
		last := p.segs[n-1]
		same := last.ascii == ascii && last.wide == wide
		if same && (wide == 0 || text-int(last.text) < stride) {
			return
		}
	}
	p.segs = append(p.segs, segment{uint32(text), uint32(orig), ascii, wide})
}

// find returns the segment that holds text offset i.
func (p *positions) find(i int) segment {
	k := sort.Search(len(p.segs), func(k int) bool { return int(p.segs[k].text) > i })
	if k == 0 {
		return segment{}
	}
	return p.segs[k-1]
}

// Offset returns the byte offset in the original of the character that holds
// S[i]; Offset(len(S)) is the length of the original.
func (t *Text) Offset(i int) int {
	if i >= len(t.S) {
		return t.at.size
	}
	if i < 0 {
		i = 0
	}
	for i > 0 && !utf8.RuneStart(t.S[i]) {
		i--
	}
	seg := t.at.find(i)
	if seg.wide == 0 {
		return int(seg.orig) + i - int(seg.text)
	}
	part := t.S[seg.text:i]
	runes := utf8.RuneCountInString(part)
	if seg.ascii == seg.wide {
		return int(seg.orig) + runes*int(seg.wide)
	}
	return int(seg.orig) + runes*int(seg.wide) - asciiBytes(part)*(int(seg.wide)-int(seg.ascii))
}

// Range returns the byte range of S[i:j] in the original. It covers the whole
// of the first and the last character; an empty S[i:j] gives an empty range.
func (t *Text) Range(i, j int) (start, end int) {
	start = t.Offset(i)
	if j <= i {
		return start, start
	}
	for j < len(t.S) && !utf8.RuneStart(t.S[j]) {
		j++
	}
	return start, t.Offset(j)
}

func asciiBytes(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			n++
		}
	}
	return n
}
