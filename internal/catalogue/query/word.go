package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one thing that a text is searched for: a word or a phrase.
type word struct {
	text   string
	phrase bool
	prefix bool // the last word is only the beginning of one
	not    bool
}

// write appends the word as a search takes it. What could be read as something
// else is written as a phrase, which is found by the same words.
func (w word) write(b *strings.Builder) {
	if w.not {
		b.WriteByte('-')
	}
	if w.phrase || !plainWord(w.text) {
		b.WriteByte('"')
		b.WriteString(phraseText(w.text))
		b.WriteByte('"')
	} else {
		b.WriteString(w.text)
	}
	if w.prefix {
		b.WriteByte('*')
	}
}

// wordsText is a list of words in the form that archive.SearchIn says.
func wordsText(list []word) string {
	var b strings.Builder
	for i, w := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		w.write(&b)
	}
	return b.String()
}

// splitWords reads the form that archive.SearchIn says. Words of signs alone are left
// out: nothing can be found by them.
func splitWords(s string) (list []word) {
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		var w word
		w, s = firstWord(s)
		if findable(w.text) {
			list = append(list, w)
		}
	}
	return list
}

// firstWord takes the first word off a text that begins with one.
func firstWord(s string) (w word, rest string) {
	if after, ok := strings.CutPrefix(s, "-"); ok && after != "" {
		w.not, s = true, after
	}
	r, size := utf8.DecodeRuneInString(s)
	if isQuote(r) {
		w.phrase = true
		w.text, rest = s[size:], ""
		if i := strings.IndexFunc(w.text, isQuote); i >= 0 {
			_, size = utf8.DecodeRuneInString(w.text[i:])
			w.text, rest = w.text[:i], w.text[i+size:]
		}
		if after, ok := strings.CutPrefix(rest, "*"); ok {
			w.prefix, rest = true, after
		}
		w.text = phraseText(w.text)
		return w, rest
	}
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })
	if end < 0 {
		end = len(s)
	}
	w.text, w.prefix = cutStar(s[:end])
	w.text = phraseText(w.text)
	return w, s[end:]
}

// cutStar takes the sign of a beginning off a word.
func cutStar(s string) (text string, prefix bool) {
	text = strings.TrimRight(s, "*")
	return text, len(text) < len(s)
}

// plainWord says whether a word means itself where it stands alone in a query.
func plainWord(s string) bool {
	switch s {
	case "", "OR", "AND", "NOT":
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s); isDash(r) {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return ends(r) || isInvisible(r) || unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`\:：<>=≤≥!*`, r)
	}) < 0
}

// phraseText is what stands between the quotation marks of a phrase: on one
// line, without the signs that end or escape it.
func phraseText(s string) string {
	return tidy(strings.Map(func(r rune) rune {
		if isQuote(r) || r == '\\' {
			return ' '
		}
		return r
	}, s))
}

// tidy makes a name or phrase valid text on one line, each run of spaces one.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// findable says whether there is a letter or number in a text.
func findable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		if r < utf8.RuneSelf {
			return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
		}
		return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
	}) >= 0
}

// ends says whether a sign ends a word or value that is not in quotation marks.
func ends(r rune) bool {
	return unicode.IsSpace(r) || isQuote(r) || r == '(' || r == ')' || r == '|'
}

// isQuote says whether a sign is one of the quotation marks that keyboards put
// where " was typed.
func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»「」＂", r) }

// closes says whether a quotation mark ends what another began. Typographic
// ones come in several orders, and programs mix them with the straight one.
func closes(open, r rune) bool {
	switch open {
	case '"', '＂':
		return r == open
	case '「':
		return r == '」'
	case '«':
		return r == '»'
	case '»':
		return r == '«' || r == '»'
	case '“':
		return r == '”' || r == '"'
	default:
		return r == '”' || r == '“' || r == '"'
	}
}

// isDash says whether a sign looks like the minus that leaves something out.
func isDash(r rune) bool { return strings.ContainsRune("-−–—‐‑－", r) }

// isInvisible says whether a sign cannot be seen, so that nobody can tell why a
// word with it is not found. The joiners that scripts need are not among them.
func isInvisible(r rune) bool {
	switch r {
	case 0xad, 0xfeff, 0x200b, 0x200e, 0x200f:
		return true
	}
	return 0x202a <= r && r <= 0x202e || 0x2060 <= r && r <= 0x2069
}
