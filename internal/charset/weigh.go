package charset

import "unicode"

// weights scores short stretches of text in the languages we know, to compare
// what stands there with what would stand there after a repair.
type weights struct {
	models []*model
	class  [][denseLetters]uint8 // of each model, for the usual letters
}

// denseLetters is the end of the letters that weights holds by index.
const denseLetters = 0x600

func newWeights() *weights {
	w := &weights{models: once.models()}
	w.class = make([][denseLetters]uint8, len(w.models))
	for i, m := range w.models {
		for r := range rune(denseLetters) {
			w.class[i][r], _ = m.of(r)
		}
	}
	return w
}

// sign is what weights knows about a character, whatever the language.
type sign struct {
	r       rune
	class   uint8 // as a stranger to every alphabet
	cas     uint8
	script  uint8
	extra   int // units of bit, for its place in the word
	isDense bool
}

// Scripts that do not mix within a word.
const (
	noScript = iota
	latinScript
	greekScript
	otherScript
)

func scriptOf(r rune) uint8 {
	switch {
	case r < 0x80 && !unicode.IsLetter(r):
		return noScript
	case unicode.Is(unicode.Latin, r):
		return latinScript
	case unicode.Is(unicode.Greek, r):
		return greekScript
	case unicode.IsLetter(r):
		return otherScript
	}
	return noScript
}

// cost is the cost of a word in the language that likes it best, in units of bit.
func (w *weights) cost(word []rune) int {
	signs := signsOf(word)
	extra := 0
	for _, s := range signs {
		extra += s.extra
	}
	best := -1
	for i := range w.models {
		c := w.costIn(i, signs, best)
		if best < 0 || c < best {
			best = c
		}
	}
	return best + extra
}

// costIn is the cost in one language; it stops counting above limit unless
// limit is negative.
func (w *weights) costIn(i int, signs []sign, limit int) int {
	m := w.models[i]
	total := 0
	a, ca := uint8(classSpace), uint8(caseless)
	for _, s := range signs {
		b := s.class
		if s.isDense {
			b = w.class[i][s.r]
		} else if b == classForeign {
			b, _ = m.of(s.r)
		}
		total += int(m.cost[int(a)*m.n+int(b)])
		if s.cas == upper {
			total += caseCost(ca, upper)
		}
		a, ca = b, s.cas
		if limit >= 0 && total >= limit {
			return total
		}
	}
	return total + int(m.cost[int(a)*m.n+classSpace])
}

// signsOf looks at the characters of a word and where they stand.
func signsOf(word []rune) []sign {
	signs := make([]sign, len(word))
	letters := 0
	for i, r := range word {
		signs[i] = sign{r: r, isDense: r >= 0 && r < denseLetters, script: scriptOf(r)}
		signs[i].class = classify(r)
		if unicode.IsLetter(r) {
			signs[i].cas = caseOf(r)
			letters++
		}
	}
	for i := range signs {
		signs[i].extra = bit * placeCost(signs, i, letters)
	}
	return signs
}

// placeCost is the cost in bits of a sign in a place where prose has none, and what
// is taken back for drawings, which are made of signs.
func placeCost(signs []sign, i, letters int) int {
	s := signs[i]
	before, after := uint8(noScript), uint8(noScript)
	if i > 0 {
		before = signs[i-1].script
	}
	if i+1 < len(signs) {
		after = signs[i+1].script
	}
	switch s.class {
	case classSign, classRare, classOpen, classClose:
		if before != noScript && after != noScript {
			return 6
		}
		if letters == 0 && s.class == classRare {
			return -5
		}
	case classBox:
		if letters == 0 {
			return -8
		}
	}
	if mixes(s.script, before) {
		return 10
	}
	return 0
}

// mixes reports whether letters of two scripts stand side by side without reason.
// Greek letters are signs of science.
func mixes(a, b uint8) bool {
	return a == otherScript && b == latinScript || a == latinScript && b == otherScript
}
