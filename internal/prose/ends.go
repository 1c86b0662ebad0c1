package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kinds of end marker that EndMarker tells apart.
const (
	TheEnd        = "the-end"         // the story is over
	ToBeContinued = "to-be-continued" // more was promised
	PartEnd       = "part-end"        // a part or chapter is over, the story may not be
)

var (
	endDate = regexp.MustCompile(`[\s,(\[-]+(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:\d{1,2}\.? )?\pL{3,10}\.? (?:\d{1,2}, )?\d{4}|(?:19|20)\d\d)[)\]]?$`)

	partEnd = regexp.MustCompile(`^(?:the )?(?:end|fin|ende|fine|konec|koniec|конец)(?: of| de la| de l'| du| del| della| von)? ?(?:this |the |первой |второй |третьей )?` +
		`(?:part|chapter|chap|ch|pt|section|book|act|episode|teil|kapitel|chapitre|partie|capitolo|parte|capítulo|глав[аы]|част[иь])\.?(?:\s.{0,20})?$|` +
		`^(?:end|ende|fin) [(\[]?\d{1,3} ?(?:/|of|von|de) ?\d{1,3}[)\]]?$`)

	continued = regexp.MustCompile(`^(?:(?:to be )?continue[ds] (?:in|with|on)\b.{0,40}|to be cont(?:inued)?\b.{0,40}|tbc\b.{0,30}|t\.b\.c\b\.?.{0,30}|` +
		`(?:die )?fortsetzung folgt\b.{0,30}|wird fortgesetzt|weiter (?:in|mit) (?:teil|kapitel).{0,20}|[àa] suivre\b.{0,20}|(?:la )?suite au prochain (?:chapitre|épisode|numéro)|` +
		`продолжение (?:следует|в .{1,30})|continuar[áa](?:\s.{0,20})?|continu[ae] (?:nel|en el|in) .{1,30}|wordt vervolgd|c\.?d\.?n\.?|ciąg dalszy nastąpi|` +
		`fortsättning följer|fortsættes|fortsettelse følger|jatkuu|pokračování příště|(?:the )?end,? for now|tsuzuku|つづく|続く|未完待续|待续|待續)$`)

	quoted = regexp.MustCompile(`["“”„]`)
)

// EndMarker says whether a line marks the end of a story or of a part of it, as
// authors write it under the last line: "The End", "~fin~", "-30-", "TBC",
// "FINIS 3/17/02", "Fortsetzung folgt". Kind is TheEnd, ToBeContinued or
// PartEnd. Something said ("The end.") in quotation marks is none.
func EndMarker(line string) (kind string, ok bool) {
	line = strings.TrimFunc(line, invisible)
	if line == "" || utf8.RuneCountInString(line) > 60 || quoted.MatchString(line) {
		return "", false
	}
	folded := strings.ToLower(strings.Join(strings.Fields(line), " "))
	if strings.Trim(folded, "-~*=#[]() –—") == "30" {
		return TheEnd, strings.ContainsAny(folded, "-–—")
	}
	words := strings.TrimFunc(folded, ornament)
	switch {
	case words == "":
		return "", false
	case continued.MatchString(words):
		return ToBeContinued, true
	case partEnd.MatchString(words):
		return PartEnd, true
	case endWord(words), endWord(strings.TrimFunc(endDate.ReplaceAllString(folded, ""), ornament)):
		return TheEnd, true
	case ambiguousEnd(words) && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "!"):
		if words == "continua" {
			return ToBeContinued, true
		}
		return TheEnd, true
	}
	return "", false
}

// ornament reports whether a rune may stand around an end marker. A question
// mark is one too: "The end?".
func ornament(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.P, unicode.S, unicode.M, unicode.Cf)
}

func endWord(s string) bool {
	switch s {
	case "the end", "end", "fin", "finis", "ende", "owari", "end file", "end of file", "end of story", "end story", "das ende", "fin de l'histoire",
		"la fin", "fim", "el fin", "einde", "het einde", "koniec", "loppu", "конец", "закончен", "закончено", "кінець", "the very end",
		"完", "終", "終わり", "終り", "おわり", "おしまい", "了", "全文完", "剧终", "끝":
		return true
	}
	return false
}

// ambiguousEnd lists words that end a story in one language and are common in
// another, or in speech. They count only without a full stop.
func ambiguousEnd(s string) bool {
	switch s {
	case "fine", "slut", "slutt", "konec", "kraj", "continua", "continúa", "finito", "finished", "vége":
		return true
	}
	return false
}

// BeginsMid reports whether a text seems to begin in mid-sentence, as if
// something before it were lost: a small letter, a comma or a closing sign
// first. A leading ellipsis is taken as meant, and so are small letters in a
// text that has no capitals.
func BeginsMid(t Text) bool {
	for _, b := range t {
		text := strings.TrimFunc(concat(b.Runs), invisible)
		if b.Kind != Paragraph && b.Kind != Pre || text == "" || SceneBreak(text) {
			continue
		}
		if wholly(b, Em) || b.Align != Start {
			continue // a motto or a song above the text
		}
		return beginsMid(text) && !withoutCapitals(t)
	}
	return false
}

func beginsMid(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case strings.ContainsRune(",;:)]}»、。，；：）」』", first):
		return first != '»' // » opens in German and Danish
	case strings.HasPrefix(text, "...") || first == '…':
		return false
	}
	rest := strings.TrimLeftFunc(text, ornament)
	first, size := utf8.DecodeRuneInString(rest)
	if !unicode.IsLower(first) {
		return false
	}
	second, _ := utf8.DecodeRuneInString(rest[size:])
	return !unicode.IsUpper(second) && !(second == '-' || second == '\'' || second == '’') || strings.HasPrefix(rest, "i'") // iPod, e-mail, d'Artagnan
}

func wholly(b Block, m Mark) bool {
	for _, r := range b.Runs {
		if r.Text != "\n" && r.Marks&m == 0 && !blankLine([]Run{r}) {
			return false
		}
	}
	return len(b.Runs) > 0
}

// withoutCapitals reports whether a text is written in small letters on purpose.
func withoutCapitals(t Text) bool {
	upper, lower := 0, 0
	for _, b := range t {
		for _, r := range b.Runs {
			for _, c := range r.Text {
				switch {
				case unicode.IsUpper(c):
					upper++
				case unicode.IsLower(c):
					lower++
				}
			}
		}
		if lower > 20_000 {
			break
		}
	}
	return upper*200 < lower
}

// EndsMid reports whether a text seems to break off in mid-sentence. Ends with
// final punctuation (with or without closing quotes and brackets), an end
// marker, a dash, a signature or a title are none; nor is any end of a text
// whose paragraphs mostly lack final punctuation.
func EndsMid(t Text) bool {
	for i, b := range slices.Backward(t) {
		if b.Kind == Break || b.Kind == Gap || b.Kind == Image {
			continue
		}
		lines := b.lines()
		for len(lines) > 0 && strings.TrimFunc(lines[len(lines)-1], invisible) == "" {
			lines = lines[:len(lines)-1]
		}
		if len(lines) == 0 {
			continue
		}
		last := lines[len(lines)-1]
		if _, marker := EndMarker(last); marker {
			return false
		}
		if SceneBreak(last) {
			continue
		}
		if b.Kind != Paragraph && b.Kind != Pre || b.Align != Start {
			return false
		}
		return breaksOff(last) && punctuated(t[:i])
	}
	return false
}

var smiley = regexp.MustCompile(`[:;=8]['-]?[()/\\|DPp]+$`)

// breaksOff reports whether a line that is the last of a text lacks its end.
func breaksOff(line string) bool {
	line = strings.TrimRightFunc(line, invisible)
	if n := len(line); n > 0 && strings.IndexByte(`()/\|DPp]`, line[n-1]) >= 0 {
		line = strings.TrimRightFunc(smiley.ReplaceAllString(line, ""), invisible)
	}
	bare := strings.TrimRightFunc(line, closing)
	last, _ := utf8.DecodeLastRuneInString(bare)
	switch {
	case bare == "":
		return false
	case strings.ContainsRune(",;:、，；：", last):
		return true
	case bare != line && !letterOrDigit(last), !letterOrDigit(last):
		return false
	}
	words := strings.Fields(bare)
	final := strings.ToLower(strings.TrimFunc(words[len(words)-1], notWord))
	if leadsOn(final) {
		return true
	}
	if strings.IndexFunc(bare, isIdeograph) >= 0 {
		return bare == line && utf8.RuneCountInString(bare) >= 15 && !strings.HasSuffix(bare, "た")
	}
	return len(words) >= 5 && bare == line && !titled(words)
}

// closing reports whether a rune may follow the last sign of a sentence.
func closing(r rune) bool {
	return invisible(r) || unicode.In(r, unicode.Pe, unicode.Pf, unicode.Pi) || strings.ContainsRune("\"'*_/”“’„」』", r)
}

func letterOrDigit(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.M) }

// titled reports whether most words begin with a capital, as in a signature, a
// title or a line of credit.
func titled(words []string) bool {
	if len(words) > 10 {
		return false
	}
	capitals := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(w, notWord)); unicode.IsUpper(r) || unicode.IsDigit(r) {
			capitals++
		}
	}
	return capitals*2 > len(words)
}

// leadsOn reports whether a word cannot be the last of a sentence.
func leadsOn(word string) bool {
	switch word {
	case "the", "a", "an", "and", "of", "to", "his", "their", "my", "your", "with", "from", "into", "but", "or", "because", "was", "were", "is",
		"der", "das", "ein", "eine", "einen", "und", "oder", "dem", "den", "ihre", "seine", "mit", "von", "dass",
		"le", "les", "un", "une", "et", "ou", "du", "des", "dans", "pour", "avec", "que", "qui",
		"el", "los", "las", "una", "y", "o", "con", "por", "para", "pero", "il", "gli", "di", "e", "che", "per", "della",
		"и", "в", "на", "с", "что", "но", "как", "к", "не", "его", "или", "у":
		return true
	}
	return false
}

// punctuated reports whether most paragraphs of a text have a final sign, so
// that one without it says something.
func punctuated(t Text) bool {
	total, ended := 0, 0
	for i := len(t) - 1; i >= 0 && total < 200; i-- {
		if t[i].Kind != Paragraph {
			continue
		}
		text := strings.TrimRightFunc(concat(t[i].Runs), closing)
		last, _ := utf8.DecodeLastRuneInString(text)
		if text == "" {
			continue
		}
		total++
		if strings.ContainsRune(".!?…‥。！？‽~～―—–-:", last) {
			ended++
		}
	}
	return total < 3 || ended*10 >= total*6
}

// How long a text may be before the lack of any break is odd, in words: by
// itself, with one paragraph that begins at another time, and with three.
const (
	oddAlone    = 15_000
	oddWithCue  = 7_000
	oddWithCues = 3_000
)

var timeCue = regexp.MustCompile(`(?i)^\P{L}{0,3}(?:(?:the )?(?:next|following) (?:morning|day|evening|night|week|month)|(?:later )?that (?:night|evening|afternoon)|` +
	`(?:\S+|(?:a|the) (?:few|couple of)) (?:hours?|days?|weeks?|months?|years?|minutes?) later|meanwhile,|(?:am|an jenem) (?:nächsten|folgenden) (?:tag|morgen|abend)|` +
	`\S+ (?:stunden?|tage?|wochen?|monate?|jahre?) später|le lendemain|\S+ (?:heures?|jours?|semaines?|mois|ans) plus tard|pendant ce temps|al día siguiente|a la mañana siguiente|` +
	`\S+ (?:horas?|días?|semanas?|meses|años) después|il giorno dopo|la mattina dopo|\S+ (?:ore|giorni|settimane|mesi|anni) dopo|на следующ\S+ |наутро|через \S+ (?:час\S*|дн\S*|недел\S*|месяц\S*|лет))(?:\P{L}|$)`)

// LostBreaks reports whether a text once had scene breaks that are gone: it is
// long (more than 3,000 words), has neither breaks nor several headings, and
// jumps in time at the beginning of paragraphs ("The next morning", "Two weeks
// later"). Very long texts need no such jump. It is false unless that is likely.
// The caller knows how many words the text has (see Tally).
func (t Text) LostBreaks(words int) bool {
	if words <= oddWithCues || slices.ContainsFunc(t, func(b Block) bool { return b.Kind == Break }) {
		return false
	}
	headings, cues := 0, 0
	for i, b := range t {
		switch b.Kind {
		case Heading:
			headings++
		case Paragraph:
			if i > 0 && beginsLater(firstRunes(concat(b.Runs), 60)) {
				cues++
			}
		}
	}
	if headings > 2 {
		return false
	}
	return words > oddAlone || words > oddWithCue && cues >= 1 || words > oddWithCues && cues >= 3
}

// beginsLater reports whether a paragraph begins with a jump in time. The words
// without which there is none are looked for first, as timeCue is slow.
func beginsLater(s string) bool {
	k := strings.ToLower(s)
	for _, w := range []string{
		"later", "next", "that ", "following", "meanwhile", "nächsten", "folgenden", "später", "lendemain", "plus tard", "pendant ce",
		"siguiente", "después", "dopo", "следующ", "наутро", "через",
	} {
		if strings.Contains(k, w) {
			return timeCue.MatchString(s)
		}
	}
	return false
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
