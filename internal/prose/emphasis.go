package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sign is a way of writing emphasis in plain text.
type sign struct {
	char  byte
	count int
	mark  Mark
	rule  string
	least int  // how many pairs a text must have before they are believed
	inner bool // may close in the middle of a word
	words int  // the most words between a pair; 0: any number
}

// signs lists them, the longer ones of a character first.
func signs() []sign {
	return []sign{
		{char: '/', count: 2, mark: Em, rule: "emphasis-telepathy", least: 1},
		{char: '*', count: 2, mark: Strong, rule: "emphasis-stars", least: 1, inner: true},
		{char: '_', count: 2, mark: Em, rule: "emphasis-underscores", least: 1},
		{char: '*', count: 1, mark: Em, rule: "emphasis-star", least: 1, inner: true},
		{char: '_', count: 1, mark: Em, rule: "emphasis-underscore", least: 1},
		{char: '/', count: 1, mark: Em, rule: "emphasis-slash", least: 2, words: 60},
		{char: '~', count: 1, mark: Em, rule: "emphasis-tilde", least: 2, words: 60},
	}
}

// emphasis reads the signs that a text uses consistently: in at least as many
// paragraphs paired without a rest as otherwise. In a paragraph where one sign
// is left over none of its kind is touched.
func (n *normaliser) emphasis() {
	for _, s := range signs() {
		found := make([][]int, len(n.pieces))
		pairs, good, bad := 0, 0, 0
		for i, p := range n.pieces {
			if p.Kind == Pre || p.Kind == Break || p.Kind == Gap {
				continue
			}
			at, ok := s.find(p.Runs)
			switch {
			case !ok:
				bad++
			case len(at) > 0:
				good++
				pairs += len(at) / 2
				found[i] = at
			}
		}
		if pairs < s.least || bad > good {
			continue
		}
		for i, at := range found {
			if len(at) > 0 {
				n.apply(s, i, at)
			}
		}
	}
}

// apply takes the signs at the given byte offsets out of a piece and marks what
// stands between each two of them.
func (n *normaliser) apply(s sign, i int, at []int) {
	p := &n.pieces[i]
	text := concat(p.Runs)
	for k := 0; k < len(at); k += 2 {
		n.note(s.rule, *p, text[at[k]:at[k+1]+s.count])
	}
	var out []Run
	start, offset, next := 0, 0, 0 // start is where the run begins in text
	for _, r := range p.Runs {
		end := start + len(r.Text)
		for offset < end {
			cut := end
			if next < len(at) {
				cut = min(end, at[next])
			}
			if cut > offset {
				part := r
				part.Text = r.Text[offset-start : cut-start]
				if next%2 == 1 && part.Text != "\n" {
					part.Marks |= s.mark
				}
				out = append(out, part)
				offset = cut
			}
			if next < len(at) && offset == at[next] && offset < end {
				offset += s.count
				next++
			}
		}
		start = end
	}
	p.Runs = out
}

// find returns the byte offsets of the signs of a block, opening and closing in
// turn. It is not ok where they do not pair.
func (s sign) find(runs []Run) (at []int, ok bool) {
	if !slices.ContainsFunc(runs, func(r Run) bool { return strings.IndexByte(r.Text, s.char) >= 0 }) {
		return nil, true
	}
	text := concat(runs)
	shut := protected(runs, text)
	open := -1
	for i := 0; i < len(text); {
		if text[i] != s.char {
			i++
			continue
		}
		length := 1
		for i+length < len(text) && text[i+length] == s.char {
			length++
		}
		shut = past(shut, i)
		if length == s.count && (len(shut) == 0 || i < shut[0].from) {
			switch s.role(text, i, open >= 0) {
			case opens:
				if open >= 0 {
					return nil, false
				}
				open = i
			case closes:
				if open < 0 || !s.holds(text[open+s.count:i]) {
					return nil, false
				}
				at = append(at, open, i)
				open = -1
			}
		}
		i += length
	}
	return at, open < 0
}

// holds reports whether a sign may stand around a text.
func (s sign) holds(content string) bool {
	if s.count == 1 && strings.IndexByte(content, s.char) >= 0 || strings.IndexFunc(content, unicode.IsLetter) < 0 {
		return false
	}
	return s.words == 0 || len(strings.Fields(content)) <= s.words
}

type role uint8

const (
	neutral role = iota
	opens
	closes
)

// role says what the sign at byte i does. One with letters or digits on both
// sides (3*4, and/or, snake_case) does nothing, and so does one between spaces.
// Nor does one beside another sign: taking either away would change what the
// other seems to be.
func (s sign) role(text string, i int, open bool) role {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+s.count:])
	atStart, atEnd := i == 0, i+s.count == len(text)
	left := atStart || unicode.IsSpace(before) // nothing holds on to the sign from this side
	right := atEnd || unicode.IsSpace(after)
	wordBefore, wordAfter := !left && wordRune(before), !right && wordRune(after)
	switch {
	case left && right, isSign(before), isSign(after):
		return neutral
	case wordBefore && wordAfter:
		if open && s.inner && unicode.IsLetter(before) && unicode.IsLetter(after) {
			return closes
		}
		return neutral
	case open && !left && !wordAfter:
		return closes
	case !right && !wordBefore:
		return opens
	case !left && !wordAfter:
		return closes
	}
	return neutral
}

func isSign(r rune) bool { return r == '*' || r == '_' || r == '/' || r == '~' }

type span struct{ from, to int }

// protected lists the stretches in which no sign counts: links, code, and words
// that are addresses.
func protected(runs []Run, text string) []span {
	var out []span
	offset := 0
	for _, r := range runs {
		if r.Href != "" || r.Marks&Code != 0 {
			out = append(out, span{offset, offset + len(r.Text)})
		}
		offset += len(r.Text)
	}
	if !strings.Contains(text, "://") && !strings.Contains(text, "www.") && !strings.Contains(text, "@") {
		return out
	}
	offset = 0
	for word := range strings.FieldsFuncSeq(text, unicode.IsSpace) {
		from := offset + strings.Index(text[offset:], word)
		offset = from + len(word)
		if strings.Contains(word, "://") || strings.Contains(word, "www.") || strings.Contains(word, "@") {
			out = append(out, span{from, offset})
		}
	}
	slices.SortFunc(out, func(a, b span) int { return a.from - b.from })
	return out
}

// past drops the spans that end at or before byte i.
func past(spans []span, i int) []span {
	for len(spans) > 0 && spans[0].to <= i {
		spans = spans[1:]
	}
	return spans
}
