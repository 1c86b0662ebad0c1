package words

import (
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
)

// The bounds of what may be searched for at once.
const (
	MaxTerms  = 64
	maxText   = 1000 // characters
	minPrefix = 3    // letters: shorter beginnings have too many words to be gathered
)

// Term is one thing that is looked for: a word or a phrase.
type Term struct {
	Text   string // as it was typed, without the signs that say the rest
	Prefix bool   // the last word is only the beginning of one
	Not    bool
}

// Terms reads what a reader typed. Nothing of it is an error but too much, or
// nothing to look for: Invalid, with a message that says what to do.
func Terms(text string) ([]Term, error) {
	if utf8.RuneCountInString(text) > maxText {
		return nil, archive.Errorf(archive.Invalid, "That is too long to look for. Use at most %d characters.", maxText)
	}
	var list []Term
	wanted := false
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var t Term
		t, rest = nextTerm(rest)
		found := Of(Indexed(t.Text))
		if len(found) == 0 {
			continue
		}
		if last := found[len(found)-1]; t.Prefix && tooShort(last) {
			return nil, archive.Errorf(archive.Invalid, "Type at least %d letters before the sign *, not only %s.", minPrefix, last)
		}
		list = append(list, t)
		wanted = wanted || !t.Not
	}
	switch {
	case len(list) > MaxTerms:
		return nil, archive.Errorf(archive.Invalid, "Those are too many words to look for at once. Use at most %d, or put a sentence in quotation marks.", MaxTerms)
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
func nextTerm(s string) (t Term, rest string) {
	if after, ok := strings.CutPrefix(s, "-"); ok && after != "" {
		t.Not, s = true, after
	}
	r, size := utf8.DecodeRuneInString(s)
	if isQuote(r) {
		t.Text, rest = s[size:], ""
		if i := strings.IndexFunc(t.Text, isQuote); i >= 0 {
			_, size = utf8.DecodeRuneInString(t.Text[i:])
			t.Text, rest = t.Text[:i], t.Text[i+size:]
		}
		if after, ok := strings.CutPrefix(rest, "*"); ok {
			t.Prefix, rest = true, after
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
	t.Text, rest = s[:end], s[end:]
	t.Prefix = strings.HasSuffix(t.Text, "*")
	return t, rest
}

// isQuote says whether a sign is one of the quotation marks that keyboards put
// where " was typed.
func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»「」", r) }
