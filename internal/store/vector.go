package store

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The words of a text as PostgreSQL's tsvector has them, made here and not by
// to_tsvector: what a word is must not depend on the server's language, and is
// the same as with SQLite.

// The bounds of one tsvector. Beyond 16,383 places and 255 of each word PostgreSQL
// drops places in silence; beyond 1 MB and words of 2,046 bytes it refuses. Signs
// (see storable) take up to four times the bytes.
const (
	vectorPlaces  = 16_000
	vectorEach    = 255
	vectorBytes   = 256 << 10
	vectorWord    = 500
	vectorOverlap = 31 // words that a vector begins with of the one before it
)

// longestPhrase is how many words a phrase may have to stand whole in one vector.
const longestPhrase = vectorOverlap + 1

// vectors gathers words into the texts of one or more tsvectors.
type vectors struct {
	done   []string
	words  map[string][]place16
	order  []string
	bytes  int
	last   uint16
	recent []recentWord // the last words of the part that is being added
}

// place16 is where a word stands in a vector, and its weight: "" for D.
type place16 struct {
	at     uint16
	weight string
}

type recentWord struct {
	word   string
	weight string
}

func newVectors() *vectors { return &vectors{words: map[string][]place16{}} }

// part adds the words of a text that is searched apart from those before it: no
// phrase goes over the gap between.
func (v *vectors) part(text, weight string) {
	v.recent = nil
	v.last++
	eachSearchWord(text, func(word string) {
		if v.last >= vectorPlaces || len(v.words[word]) == vectorEach || v.bytes > vectorBytes {
			v.next()
		}
		v.put(word, weight)
		if len(v.recent) == vectorOverlap {
			copy(v.recent, v.recent[1:])
			v.recent = v.recent[:vectorOverlap-1]
		}
		v.recent = append(v.recent, recentWord{word, weight})
	})
}

func (v *vectors) put(word, weight string) {
	v.last++
	at := v.words[word]
	if at == nil {
		v.order = append(v.order, word)
		v.bytes += len(word)
	}
	v.words[word] = append(at, place16{v.last, weight})
}

// next ends a vector and begins another with the last words of it.
func (v *vectors) next() {
	v.end()
	for _, r := range v.recent {
		v.put(r.word, r.weight)
	}
}

// end writes a vector down.
func (v *vectors) end() {
	var b strings.Builder
	for _, word := range v.order {
		b.WriteString(lexeme(word))
		sign := byte(':')
		for _, p := range v.words[word] {
			b.WriteByte(sign)
			b.WriteString(strconv.Itoa(int(p.at)))
			b.WriteString(p.weight)
			sign = ','
		}
		b.WriteByte(' ')
	}
	v.done = append(v.done, b.String())
	v.words, v.order, v.bytes, v.last = map[string][]place16{}, nil, 0, 0
}

// all are the vectors of what was added; there is at least one.
func (v *vectors) all() []string {
	if len(v.order) > 0 || len(v.done) == 0 {
		v.end()
	}
	return v.done
}

// lexeme is a word in quotes, as tsvector and tsquery have it.
func lexeme(word string) string {
	if strings.ContainsAny(word, `'\`) { // no sign is part of a word: this is the last gate
		word = strings.NewReplacer("'", "''", `\`, `\\`).Replace(word)
	}
	return "'" + word + "'"
}

// searchWords are the words of a text as they are indexed.
func searchWords(text string) (list []string) {
	eachSearchWord(text, func(word string) { list = append(list, word) })
	return list
}

func eachSearchWord(text string, f func(word string)) {
	eachSpan(text, func(start, end int, _ bool) bool {
		word := searchFold(text[start:end])
		if len(word) > vectorWord {
			cut := vectorWord
			for !utf8.RuneStart(word[cut]) {
				cut--
			}
			word = word[:cut]
		}
		if word != "" {
			f(word)
		}
		return true
	})
}

// searchFold takes case away, and diacritics from Latin letters: what FTS5's
// unicode61 does with remove_diacritics=2 (https://sqlite.org/fts5.html#unicode61_tokenizer).
func searchFold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case 0x300 <= r && r < 0x370:
			// A diacritic that stands by itself, behind its letter.
		case r < utf8.RuneSelf:
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(lowerBase(r))
		}
	}
	return b.String()
}

// lowerBase is a letter's lower case, without diacritics where it is Latin.
func lowerBase(r rune) rune {
	var form [utf8.UTFMax]byte
	n := utf8.EncodeRune(form[:], r)
	if base := norm.NFD.Properties(form[:n]).Decomposition(); len(base) > 0 && base[0] < utf8.RuneSelf {
		return unicode.ToLower(rune(base[0]))
	}
	// By way of the upper case, so that a final sigma is a sigma.
	return unicode.ToLower(unicode.ToUpper(r))
}
