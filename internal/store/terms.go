package store

import (
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
)

// The bounds of what may be searched for at once.
const (
	maxTerms      = 64
	maxSearchText = 1000 // characters
	minPrefix     = 3    // letters: shorter beginnings have too many words to be gathered
)

// term is one thing that is looked for: a word or a phrase.
type term struct {
	text   string
	prefix bool // the last word is only the beginning of one
	not    bool
}

// termsOf reads what a reader typed. Nothing of it is an error but too much, or
// nothing to look for.
func termsOf(text string) ([]term, error) {
	if utf8.RuneCountInString(text) > maxSearchText {
		return nil, archive.Errorf(archive.Invalid, "That is too long to look for. Use at most %d characters.", maxSearchText)
	}
	var list []term
	wanted := false
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var t term
		t, rest = nextTerm(rest)
		found := words(indexed(t.text))
		if len(found) == 0 {
			continue
		}
		if last := found[len(found)-1]; t.prefix && tooShort(last) {
			return nil, archive.Errorf(archive.Invalid, "Type at least %d letters before the sign *, not only %s.", minPrefix, last)
		}
		list = append(list, t)
		wanted = wanted || !t.not
	}
	switch {
	case len(list) > maxTerms:
		return nil, archive.Errorf(archive.Invalid, "Those are too many words to look for at once. Use at most %d, or put a sentence in quotation marks.", maxTerms)
	case len(list) == 0:
		return nil, archive.Errorf(archive.Invalid, "There is nothing to look for. Type a word or a name: letters or numbers, not signs alone.")
	case !wanted:
		return nil, archive.Errorf(archive.Invalid, "Say also what to look for, not only what to leave out: lighthouse -storm")
	}
	return list, nil
}

// tooShort says whether a beginning of a word says too little. One character of
// a script without spaces is a word.
func tooShort(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return utf8.RuneCountInString(word) < minPrefix && !unspaced(r)
}

// nextTerm takes the first term off a text that begins with one.
func nextTerm(s string) (t term, rest string) {
	if after, ok := strings.CutPrefix(s, "-"); ok && after != "" {
		t.not, s = true, after
	}
	r, size := utf8.DecodeRuneInString(s)
	if isQuote(r) {
		t.text, rest = s[size:], ""
		if i := strings.IndexFunc(t.text, isQuote); i >= 0 {
			_, size = utf8.DecodeRuneInString(t.text[i:])
			t.text, rest = t.text[:i], t.text[i+size:]
		}
		if after, ok := strings.CutPrefix(rest, "*"); ok {
			t.prefix, rest = true, after
		}
		return t, rest
	}
	end := strings.IndexAny(s, " \t\n\r\v\f\u00a0\u3000")
	if end < 0 {
		end = len(s)
	}
	// A quotation mark inside a word begins a phrase of its own.
	if i := strings.IndexFunc(s[:end], isQuote); i > 0 {
		end = i
	}
	t.text, rest = s[:end], s[end:]
	t.prefix = strings.HasSuffix(t.text, "*")
	return t, rest
}

// isQuote says whether a sign is one of the quotation marks that keyboards put
// where " was typed.
func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»「」", r) }
