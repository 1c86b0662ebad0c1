package words

import "strings"

// Phrases are the words of a term as PostgreSQL's index has them: in one piece, or
// where that is too long for one vector, in some that go over each other by half.
func (t Term) Phrases() (parts [][]string) {
	var list []string
	eachSearchWord(Indexed(t.Text), func(word string) { list = append(list, word) })
	for len(list) > longestPhrase {
		parts = append(parts, list[:longestPhrase])
		list = list[longestPhrase/2:]
	}
	return append(parts, list)
}

// Query is the tsquery for words that follow one another, in places of some
// weights, "" for any. With prefix the last word is only the beginning of one.
func Query(phrase []string, weights string, prefix bool) string {
	var b strings.Builder
	for i, w := range phrase {
		if i > 0 {
			b.WriteString(" <-> ")
		}
		b.WriteString(lexeme(w))
		sign := weights
		if prefix && i == len(phrase)-1 {
			sign = "*" + sign
		}
		if sign != "" {
			b.WriteString(":" + sign)
		}
	}
	return b.String()
}

// lexeme is a word in quotes, as tsvector and tsquery have it.
func lexeme(word string) string {
	if strings.ContainsAny(word, `'\`) { // no sign is part of a word: this is the last gate
		word = strings.NewReplacer("'", "''", `\`, `\\`).Replace(word)
	}
	return "'" + word + "'"
}
