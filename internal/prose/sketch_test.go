package prose_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"colophon/internal/prose"
)

// story returns n words drawn from a vocabulary, the same for the same seed.
func story(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("word%d", int(math.Pow(r.Float64(), 3)*2000))
	}
	return words
}

func sketch(words []string) prose.Sketch {
	return prose.MakeSketch(paragraphs(strings.Join(words, " ")))
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.1 {
		t.Errorf("%s: %.3f, want %.3f within 0.1", what, got, want)
	}
}

func TestSketch(t *testing.T) {
	for seed := range uint64(5) {
		for _, n := range []int{50, 700, 5_000, 60_000} {
			whole := story(seed, n)
			a := sketch(whole)
			name := fmt.Sprintf("seed %d, %d words", seed, n)
			near(t, name+": itself", a.Similar(a), 1)
			near(t, name+": half in whole", sketch(whole[:n/2]).ContainedIn(a), 1)
			near(t, name+": whole in half", a.ContainedIn(sketch(whole[:n/2])), 0.5)
			near(t, name+": tenth in whole", sketch(whole[n/2:n/2+n/10]).ContainedIn(a), 1)
			near(t, name+": like half", a.Similar(sketch(whole[:n/2])), 0.5)
			near(t, name+": another", a.Similar(sketch(story(seed+100, n))), 0)
			near(t, name+": in another", a.ContainedIn(sketch(story(seed+100, n))), 0)
			mixed := append(append([]string{}, whole[:n*3/4]...), story(seed+200, n/4)...)
			near(t, name+": three quarters in common", sketch(mixed).ContainedIn(a), 0.75)
		}
	}
}

func TestSketchSeesThroughLayout(t *testing.T) {
	a := mustParse(t, "<p>The <i>Ferry</i> didn’t leave — “at six”.</p><hr><p>It left at seven, he said.</p>")
	b := mustParse(t, "THE FERRY DIDN'T LEAVE AT SIX<br>***<br>It left at seven<br>he said")
	if got := prose.MakeSketch(a).Similar(prose.MakeSketch(b)); got != 1 {
		t.Errorf("the same words in another layout: %v", got)
	}
	if s := prose.MakeSketch(nil); s != nil || s.Similar(s) != 0 || s.ContainedIn(s) != 0 {
		t.Errorf("no words: %v", s)
	}
	short := prose.MakeSketch(paragraphs("two words"))
	if len(short) != 1 || short.Similar(short) != 1 {
		t.Errorf("two words: %v", short)
	}
}
