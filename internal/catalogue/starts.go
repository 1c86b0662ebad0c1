package catalogue

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// start is the beginning of a word in a name, as a place in the name's key.
type start struct {
	term uint32
	at   uint32
}

// appendStarts adds the beginnings of words of a term's name. A word whose
// folded form is no end of the key is found by the whole name only.
func (t *terms) appendStarts(list []start, n uint32) []start {
	one := &t.all[n]
	list = append(list, start{term: n})
	kind := t.kinds[one.kind].kind
	inside := false // a word
	for i, r := range one.name {
		letter := unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
		begins := letter && !inside
		inside = letter
		if !begins || i == 0 {
			continue
		}
		rest := t.fold(kind, one.name[i:])
		if at := len(one.key) - len(rest); at > 0 && strings.HasSuffix(one.key, rest) && utf8.RuneStart(one.key[at]) {
			list = append(list, start{term: n, at: uint32(at)})
		}
	}
	return list
}

// text returns what follows a beginning.
func (t *terms) text(s start) string { return t.all[s.term].key[s.at:] }

func (t *terms) compareStarts(a, b start) int {
	return cmp.Or(cmp.Compare(t.text(a), t.text(b)), cmp.Compare(a.term, b.term), cmp.Compare(a.at, b.at))
}
