package vocab_test

import (
	"testing"
	"unicode/utf8"

	"colophon/internal/rescue/vocab"
)

// FuzzWords: ranges lie inside the text, and folding is done once.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "Title: The Ninth Bell", "by Tamsin Greywater", "Rated: PG-13 / K+", "3/4/02", "28.02.1999", "Chapter XII: Fog", "The Long Way Round (2/3)", "Skerry Light belongs to its makers", "Рейтинг: G", "作者：秋", "* * *"} {
		f.Add(s)
	}
	words := vocab.New()
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 4000 {
			t.Skip("lines are decoded before they are looked at")
		}
		inside := func(what string, start, end int) {
			if start < 0 || end < start || end > len(s) {
				t.Errorf("%s of %q: %d to %d", what, s, start, end)
			}
		}
		if k := vocab.Fold(s); vocab.Fold(k) != k {
			t.Errorf("%q folds to %q and that to %q", s, k, vocab.Fold(k))
		}
		if start, end, ok := vocab.Byline(s); ok {
			inside("byline", start, end)
		}
		if title, start, end, ok := vocab.TitleByline(s); ok {
			inside("title", 0, title)
			inside("byline after a title", start, end)
		}
		if start, end, ok := words.Rating(s); ok {
			inside("rating", start, end)
		}
		for _, r := range words.Fandoms(s) {
			inside("fandom", r[0], r[1])
		}
		if n := vocab.Number(s); n < 0 {
			t.Errorf("%q is the number %d", s, n)
		}
		if rest, _, _ := vocab.PartOf(s); len(rest) > len(s) {
			t.Errorf("%q without its part is %q", s, rest)
		}
	})
}
