package charset

import (
	"strings"
	"unicode"
)

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
// drawing says that signs among signs only may be a drawing.
func (w *weights) cost(word []rune, drawing bool) int {
	signs := signsOf(word, drawing)
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
func signsOf(word []rune, drawing bool) []sign {
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
		signs[i].extra = bit * (placeCost(signs, i) + obscurity(signs[i].r))
		if drawing && letters == 0 {
			signs[i].extra -= bit * drawingCost(signs[i])
		}
	}
	return signs
}

// placeCost is the cost in bits of a sign in a place where prose has none.
func placeCost(signs []sign, i int) int {
	s := signs[i]
	before, after := sign{}, sign{}
	if i > 0 {
		before = signs[i-1]
	}
	if i+1 < len(signs) {
		after = signs[i+1]
	}
	switch s.class {
	case classSign, classRare, classOpen, classClose:
		switch {
		case before.script != noScript && after.script != noScript:
			return 6
		case s.class == classRare && before.script != noScript:
			return 4
		}
		return 0
	case classDash:
		return choose(s.r == '\u00a0' && before.r == 'Ã' && after.cas == lower, 8, 0)
	}
	if before.cas == lower && (s.r == 'Ã' || s.r == 'Â') {
		return 4 // no language ends a word so, misread ones do
	}
	return choose(mixes(s.script, before.script), 10, 0)
}

// drawingCost is what a sign costs less among signs only.
func drawingCost(s sign) int {
	switch {
	case s.class == classBox:
		return 8
	case s.class == classRare && s.r < 0x2300:
		return 5
	case s.class == classSign:
		return 3
	}
	return 0
}

// obscurity is the cost in bits of letters that hardly anybody needs.
func obscurity(r rune) int {
	switch {
	case r == 'ſ', r == 'ŉ', r == 'ĸ':
		return 12
	case r < 0x180, strings.ContainsRune("ơưƠƯșțȘȚґҐ", r):
		return 0
	case r < 0x250, r >= 0x460 && r < 0x530:
		return 7
	case r >= 0x300 && r < 0x370:
		return choose(r < 0x304 || r >= 0x306 && r < 0x30D || r >= 0x323 && r < 0x329, 0, 16)
	case r < 0x300, r >= 0x700 && r < 0x900:
		return 9
	case r >= 0x10A0 && r < 0x1E00, r >= 0xA000 && r < 0xAC00, r >= 0xF900 && r < 0xFE00:
		return 11
	}
	return 0
}

// mixes reports whether letters of two scripts stand side by side without reason.
// Greek letters are signs of science.
func mixes(a, b uint8) bool {
	return a == otherScript && b == latinScript || a == latinScript && b == otherScript
}
