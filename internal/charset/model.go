package charset

import (
	"bufio"
	_ "embed"
	"strings"
	"unicode"
)

// letterTable holds, for each language, how likely letters follow each other.
// A line "a |n|rl|" says that after a comes n with a probability near 1/2, r or l
// with 1/4 each and so on, each group halving it; "_" is the edge of a word.
// The figures were counted by us in translated messages of free software.
//
//go:embed letters.txt
var letterTable string

// bit is the unit of costs: 16 to a bit, so that sums stay integers.
const bit = 16

// Classes of characters. Letters of a language follow from classLetter on.
const (
	classSpace   = iota // white space, tag brackets, the edge of the text
	classPunct          // other ASCII that is not a letter
	classOpen           // quotation marks that open (in some languages close)
	classClose          // quotation marks that close
	classApos           // the apostrophe
	classDash           // dashes, ellipsis, no-break space, angle quotes
	classSign           // signs that prose uses now and then
	classRare           // signs that it does not
	classBox            // line drawing
	classControl        // C1 controls
	classNone           // no character
	classForeign        // a letter that is not in the alphabet
	classASCII          // an ASCII letter in a language of another script
	classMark           // combining and modifying marks
	classLetter
)

// Cases of letters.
const (
	caseless = iota
	lower
	upper
)

// model is the letter statistics of one language.
type model struct {
	lang  string
	latin bool
	class map[rune]uint8 // letters, both cases
	n     int            // number of classes
	cost  []int16        // by previous class * n + class
}

// of returns the class and case of a character.
func (m *model) of(r rune) (class, letterCase uint8) {
	if c, ok := m.class[r]; ok {
		return c, caseOf(r)
	}
	class = classify(r)
	if class == classForeign {
		if !m.latin && r < 0x80 {
			class = classASCII
		}
		return class, caseOf(r)
	}
	return class, caseless
}

func caseOf(r rune) uint8 {
	switch {
	case unicode.IsLower(r):
		return lower
	case unicode.IsUpper(r):
		return upper
	}
	return caseless
}

// classify returns the class of a character that is no letter of the language.
func classify(r rune) uint8 {
	switch {
	case r == unreadable:
		return classNone
	case r <= ' ', r == '<', r == '>':
		return classSpace
	case r < 0x80:
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return classForeign
		}
		return classPunct
	case r < 0xA0:
		return classControl
	}
	switch r {
	case '“', '„', '‘', '¿', '¡':
		return classOpen
	case '”':
		return classClose
	case '’':
		return classApos
	case '–', '—', '…', '\u00a0', '«', '»', '‹', '›':
		return classDash
	case '©', '®', '™', '°', '§', '£', '€', '·', '•', '№', 'ª', 'º', '½', '²', '³', '´', '฿':
		return classSign
	}
	switch {
	case r >= 0x2500 && r < 0x25A0:
		return classBox
	case unicode.Is(unicode.M, r), unicode.Is(unicode.Sk, r) && r > 0xFF:
		return classMark
	case unicode.IsLetter(r):
		return classForeign
	}
	return classRare
}

// loadModels reads the letter table.
func loadModels() []*model {
	var all []*model
	var lines []string
	lang := ""
	flush := func() {
		if lang != "" {
			all = append(all, newModel(lang, lines))
		}
		lines = nil
	}
	sc := bufio.NewScanner(strings.NewReader(letterTable))
	for sc.Scan() {
		line := sc.Text()
		if name, ok := strings.CutPrefix(line, "= "); ok {
			flush()
			lang = name
			continue
		}
		lines = append(lines, line)
	}
	flush()
	return all
}

func newModel(lang string, lines []string) *model {
	m := &model{lang: lang, class: make(map[rune]uint8), n: classLetter}
	for _, line := range lines {
		r := []rune(line)[0]
		if r == '_' {
			continue
		}
		m.class[r] = uint8(m.n)
		if up := unicode.ToUpper(r); up != r {
			m.class[up] = uint8(m.n)
		}
		m.latin = m.latin || r == 'a'
		m.n++
	}
	if lang == "tr" {
		m.class['İ'], m.class['I'] = m.class['i'], m.class['ı']
	}
	m.cost = make([]int16, m.n*m.n)
	for a := range m.n {
		for b := range m.n {
			m.cost[a*m.n+b] = int16(bit * ruleCost(a, b))
		}
	}
	for _, line := range lines {
		m.learn(line)
	}
	return m
}

// borrow makes a letter that the language has in loan words only (it has no line
// of its own) cheaper than a stranger: "café" is English.
func (m *model) borrow(r rune) {
	const into, within, out = 9 * bit, 6 * bit, 3 * bit
	c := int(m.class[r])
	for x := classLetter; x < m.n; x++ {
		m.cost[x*m.n+c], m.cost[c*m.n+x] = into, within
	}
	m.cost[c*m.n+classSpace], m.cost[c*m.n+classPunct] = out, out+bit
}

// learn takes one line of the letter table into the costs.
func (m *model) learn(line string) {
	head, groups, ok := strings.Cut(line, " ")
	from := []rune(head)[0]
	if !ok {
		m.borrow(from)
		return
	}
	for i, group := range strings.Split(groups, "|") {
		for _, r := range group {
			m.learnPair(from, r, i)
		}
	}
}

// learnPair notes that b follows a at a cost of i bits. What is true at the edge
// of a word is true after a bracket, an opening quotation mark or a dash.
func (m *model) learnPair(a, b rune, i int) {
	at := func(x, y int) *int16 { return &m.cost[x*m.n+y] }
	cost := int16(bit * max(i, 1))
	x, y := int(m.class[a]), int(m.class[b])
	switch {
	case a == '_':
		for _, edge := range []int{classSpace, classPunct, classOpen, classDash, classApos} {
			*at(edge, y) = cost + bit
		}
		*at(classSpace, y) = cost
	case b == '_':
		*at(x, classSpace), *at(x, classPunct) = cost, cost+bit
	default:
		*at(x, y) = cost
	}
}

// ruleCost is the cost in bits of class b after class a where the letter table
// says nothing.
func ruleCost(a, b int) int {
	if b >= classLetter {
		return letterAfter(a)
	}
	word := a >= classLetter || a == classForeign || a == classASCII
	switch b {
	case classSpace, classPunct:
		return spaceAfter(a)
	case classOpen:
		return choose(word, 10, 7)
	case classClose:
		return choose(a == classSpace, 13, 7)
	case classApos:
		return choose(word, 7, 9)
	case classDash:
		return 8
	case classSign:
		return choose(word, 13, 11)
	case classRare:
		return 16
	case classBox:
		return choose(a == classBox, 9, 18)
	case classControl:
		return 22
	case classNone:
		return 32
	case classForeign:
		return choose(a == classForeign, 10, 15)
	case classASCII:
		return choose(a == classASCII || a == classPunct, 5, choose(word, mixedScripts, 7))
	}
	return choose(word, 12, 16) // classMark
}

// mixedScripts is the cost in bits of letters of two scripts side by side.
const mixedScripts = 18

func letterAfter(a int) int {
	switch {
	case a == classASCII:
		return mixedScripts
	case a >= classLetter:
		return 12
	case a == classSpace, a == classPunct, a == classOpen, a == classDash:
		return 13
	case a == classApos:
		return 10
	case a == classMark:
		return 6
	}
	return 11
}

func spaceAfter(a int) int {
	switch {
	case a >= classLetter:
		return 11
	case a == classOpen:
		return 9
	case a == classForeign, a == classASCII:
		return 3
	}
	return 1
}

func choose(yes bool, a, b int) int {
	if yes {
		return a
	}
	return b
}

// caseCost is the cost of a letter case after another within a word, in units of bit.
func caseCost(a, b uint8) int {
	switch {
	case a == lower && b == upper:
		return 7 * bit
	case a == upper && b == upper:
		return 3 * bit / 2
	case a == caseless && b == upper:
		return 2 * bit
	}
	return bit / 4
}
