package vocab_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"colophon/internal/rescue/vocab"
)

// TestOpenings checks that the table of no expression refuses a line that the
// expression matches, and that it does refuse lines of a story.
func TestOpenings(t *testing.T) {
	for _, e := range vocab.LineExpressions() {
		matching := rapid.StringMatching(e.String())
		rapid.Check(t, func(t *rapid.T) {
			if s := matching.Draw(t, "line"); e.Regexp.MatchString(s) && !e.May(s) {
				t.Fatalf("%q is refused by the table of %.60s", s, e)
			}
		})
		for _, s := range []string{"Gulls sat on the wall, and none of them moved.", "“Go and see,” said Marit.", "Quietly"} {
			if e.May(s) {
				t.Errorf("%q is not refused by the table of %.60s", s, e)
			}
		}
	}
}

// FuzzOpenings checks the same of any line.
func FuzzOpenings(f *testing.F) {
	for s := range strings.SplitSeq("Back to the index|* * *|by Nell Harrow|Chapter 9: Thin Ice|IV. Thin Ice|Set after the film.|~ fin ~|\u00a0«|É|", "|") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, e := range vocab.LineExpressions() {
			if e.Regexp.MatchString(s) && !e.May(s) {
				t.Errorf("%q is refused by the table of %.60s", s, e)
			}
		}
	})
}
