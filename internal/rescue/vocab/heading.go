package vocab

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const numberWord = `one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ]\pL+)?|thirty|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|uno|due|tre|dos|tres|i{1,3}|iv|vi{0,3}|ix|x{1,2}i{0,3}v?i{0,3}|first|second|third|last|final`

const russianNumber = `первая|вторая|третья|четвёртая|четвертая|пятая|шестая|седьмая|восьмая|девятая|десятая|первый|один|два|три`

//nolint:gochecknoglobals // a compiled expression
var chapterHeading = line(`(?i)^[\s*~=_#\-\x{2013}\x{2014}.:\[(<"]*(?:(?:the\s+)?(?:chapter|chap|ch|part|pt|episode|book|section|act|scene|kapitel|teil|chapitre|partie|cap[ií]tulo|capitolo|parte|глава|часть)\.?\s*[-:#]?\s*((?:\d+[a-z]?(?:\s*[-/]\s*\d+)?|` + numberWord + `)\b|` + russianNumber + `)(?:\s*(?:of|/|von|de|di|из)\s*(\d+|\?|\pL+))?|(prologue?|epilogue?|prolog|epilog|interlude|прелюдия|пролог|эпилог|prologo|épilogue|第.{1,4}[章話]))[\])]?\s*[:.\-\x{2013}\x{2014}~]*\s*(.*)$`)

//nolint:gochecknoglobals // a compiled expression
var numberedHeading = line(`^(\d{1,3}|[IVX]{1,5})\s*[.:)]\s+(\pL.{0,80})$`)

// Heading is a chapter or part heading.
type Heading struct {
	Label  string // "Chapter 9", "Prologue": as written, without decoration
	Number string // as written: "9", "Nine", "IX", "1/3"
	Total  string // of "Part 1 of 2"; "" where not stated
	Title  string // what follows the number
}

// ChapterHeading reads a line as the heading of a chapter or part.
func ChapterHeading(s string) (Heading, bool) {
	t := strings.TrimSpace(s)
	if len(t) > 140 {
		return Heading{}, false
	}
	m := chapterHeading.FindStringSubmatch(t)
	if m == nil {
		return numbered(t)
	}
	if runsOn(strings.TrimSuffix(t, m[4]), m[4]) {
		return Heading{}, false // "Prologues", "Part onerous"
	}
	h := Heading{Number: m[1], Total: m[2], Title: strings.Trim(m[4], " *~=_#-\u2013\u2014:\"")}
	if h.Number == "" {
		h.Number = m[3]
	}
	if strings.HasSuffix(m[4], ".") && len(strings.Fields(m[4])) > 6 {
		return Heading{}, false // a sentence that begins with "Part one"
	}
	h.Label = strings.Trim(strings.TrimSuffix(t, m[4]), " *~=_#-\u2013\u2014:.[]()\"")
	return h, true
}

// runsOn reports whether a word goes on from one stretch of text to the next. The
// boundaries of regular expressions know ASCII words only.
func runsOn(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return unicode.IsLetter(last) && unicode.IsLetter(first)
}

func numbered(t string) (Heading, bool) {
	m := numberedHeading.FindStringSubmatch(strings.Trim(t, " *~-=_"))
	if m == nil || strings.ContainsAny(m[2], ".!?\"\u201c") || len(strings.Fields(m[2])) > 9 || !strings.Contains(m[2], " ") {
		return Heading{}, false
	}
	return Heading{Label: m[1], Number: m[1], Title: strings.TrimSpace(m[2])}, true
}

var partMarker = regexp.MustCompile(`(?i)\s*[\[(]?\b(?:(?:chapter|chap|ch|part|pt|teil|kapitel|partie|chapitre|episode|часть|глава)\.?\s*)?(\d{1,3})\s*(?:/|of|von|sur|из)\s*(\d{1,3}|\?|x)\s*[\])]?\s*$`)

var partWord = regexp.MustCompile(`(?i)[\s,:\-\x{2013}\x{2014}(\[]+(?:chapter|chap|part|pt|teil|kapitel|partie|chapitre|episode|часть|глава)\.?\s*#?\s*(\d{1,3}|` + numberWord + `|` + russianNumber + `)(?:\s*(?:of|/|von|sur|из)\s*(\d{1,3}|\?|` + numberWord + `))?[)\]]?\s*$`)

// PartOf cuts a part marker such as "(2/5)", "[1/?]" or ", Part 3" off the end of
// a title.
func PartOf(title string) (rest, number, total string) {
	if containsAnyFold(title, "/", "of", "von", "sur", "из") {
		if m := partMarker.FindStringSubmatchIndex(title); m != nil && m[0] > 0 {
			return strings.TrimRight(title[:m[0]], " -:,\u2013\u2014"), title[m[2]:m[3]], title[m[4]:m[5]]
		}
	}
	if m := partWord.FindStringSubmatchIndex(title); m != nil && m[0] > 0 {
		if m[4] >= 0 {
			total = title[m[4]:m[5]]
		}
		return strings.TrimRight(title[:m[0]], " -:,\u2013\u2014"), title[m[2]:m[3]], total
	}
	return title, "", ""
}

// Number reads a part number: digits, Roman numerals, number words up to ten, in
// English up to twenty; 0 where it is none of these.
func Number(s string) int {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" {
		return 0
	}
	n := 0
	for i := 0; i < len(s) && s[i] >= '0' && s[i] <= '9' && n < 100_000; i++ {
		n = n*10 + int(s[i]-'0')
	}
	if n > 0 {
		return n
	}
	for _, row := range numberWords() {
		if i := slices.Index(strings.Fields(row), s); i >= 0 {
			return i + 1
		}
	}
	if strings.Trim(s, "ivxl") != "" {
		return 0
	}
	value := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50}
	for i := range len(s) {
		v := value[s[i]]
		if i+1 < len(s) && v < value[s[i+1]] {
			v = -v
		}
		n += v
	}
	return n
}

// numberWords are words for the numbers from one on, a language or gender a row.
func numberWords() []string {
	return []string{
		"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
		"first second third fourth fifth sixth seventh eighth ninth tenth",
		"eins zwei drei vier fünf sechs sieben acht neun zehn",
		"un deux trois quatre cinq six sept huit neuf dix",
		"uno dos tres cuatro cinco seis siete ocho nueve diez",
		"uno due tre quattro cinque sei sette otto nove dieci",
		"первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая",
		"первый второй третий четвертая",
		"один два три четыре пять шесть семь восемь девять десять",
	}
}
