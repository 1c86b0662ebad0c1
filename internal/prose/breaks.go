package prose

import (
	"math/bits"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// Faces stand alone on a line as an answer, not as a divider.
	face = regexp.MustCompile(`^(?:[:;=8]['-]?[()/\\|*\]\[]+|[()]+['-]?[:;=]|[\^>-][_.]+[\^<-]|\^{2}|<3)$`)

	// Letters and digits that make a divider without any sign beside them.
	ovals   = regexp.MustCompile(`^[oO0]{3,}$`)
	crosses = regexp.MustCompile(`^[xXoO0]{3,}$`)
	wedges  = regexp.MustCompile(`^[vV]{3,}$`)
	shout   = regexp.MustCompile(`^(?:Oo+|Xx+|Vv+)$`)             // "Ooo" is said, "Xxx" a kiss, "XXX" a number
	kisses  = regexp.MustCompile(`^(?:(?:xo)+x?|(?:ox)+o?)$`)     // so is "xoxo"
	roman   = regexp.MustCompile(`^(?:X{0,3}(?:V|X)?|X{1,3}V?)$`) // "- X -" is a chapter number
	weak    = regexp.MustCompile(`^(?:[xXoO0vV]+|8{3,})$`)        // enough between signs
	zeroes  = regexp.MustCompile(`^0+$`)                          // "0" alone counts something
	worded  = regexp.MustCompile(`(?i)^(?:line|scene|page|section)[ -]?(?:break|change|divider)$`)
)

// longest is how many characters a divider may have; a page of asterisks is a
// picture made of letters.
const longest = 200

// SceneBreak reports whether a line of text is nothing but a divider: signs
// (***, -----, ~*~, •), letters used as signs (oOo, xXx, 8888888) or both. Lines
// that someone says ("...", !!!), faces, page numbers and titles are not.
func SceneBreak(line string) bool {
	if manyLetters(line) {
		return false
	}
	line = strings.TrimFunc(line, invisible)
	if line == "" || utf8.RuneCountInString(line) > longest {
		return false
	}
	bare := strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, line)
	if face.MatchString(bare) || strings.ContainsAny(bare, `"“”„«»「」『』`) {
		return false
	}
	core := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N) {
			return r
		}
		return -1
	}, bare)
	if core == "" {
		return signsOnly(bare)
	}
	return lettersAsSigns(line, bare, core)
}

// manyLetters is the quick answer for ordinary text: it reports whether a line
// has more different letters of ASCII than any divider with words in it.
func manyLetters(line string) bool {
	const most = 12
	var seen uint32
	for i := 0; i < len(line); i++ {
		if c := line[i] | 0x20; 'a' <= c && c <= 'z' {
			seen |= 1 << (c - 'a')
			if bits.OnesCount32(seen) > most {
				return true
			}
		}
	}
	return false
}

// signsOnly judges a line without letters and digits. Signs that sentences are
// made of need company: "[...]" and "!..." are said or left out, "[*]" is not.
func signsOnly(bare string) bool {
	spoken, brackets, hard, total := 0, 0, 0, 0
	for _, r := range bare {
		switch {
		case strings.ContainsRune("!?'‘’,;。、！？・¡¿", r):
			spoken++
		case strings.ContainsRune("()[]", r):
			brackets++
		case strings.ContainsRune(".…-–—", r):
		case unicode.In(r, unicode.P, unicode.S):
			hard++
		case unicode.In(r, unicode.M, unicode.Cf):
			continue
		default:
			return false
		}
		total++
	}
	switch {
	case total == 1:
		return strings.ContainsAny(bare, "*#….•·~+=_§※◇◆★☆○●◎□■▪▫♦♥♡♠♣†⁂❦❧☙✦✧✩✿❀❁〜∞×¤°-–—")
	case spoken > 0:
		return hard >= 3 && hard >= spoken
	case brackets > 0:
		return hard > 0
	}
	return total > 1
}

// lettersAsSigns judges a line with letters or digits in it; core is only those.
func lettersAsSigns(line, bare, core string) bool {
	if strongCore(core) && !prosaic(line, bare, core) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(bare)
	last, _ := utf8.DecodeLastRuneInString(bare)
	framed := !unicode.In(first, unicode.L, unicode.N) && !unicode.In(last, unicode.L, unicode.N)
	decorated := strings.IndexFunc(bare, func(r rune) bool {
		return unicode.In(r, unicode.P, unicode.S) && !strings.ContainsRune("!?'‘’.,;:…()", r)
	}) >= 0
	if !framed || !decorated {
		return worded.MatchString(line) && line == strings.ToUpper(line)
	}
	if worded.MatchString(strings.TrimFunc(line, notWord)) {
		return true
	}
	return weak.MatchString(core) && !roman.MatchString(core) && !(zeroes.MatchString(core) && len(core) < 3)
}

// strongCore reports whether letters alone make a divider.
func strongCore(core string) bool {
	switch {
	case core == "XXX" || shout.MatchString(core) || kisses.MatchString(strings.ToLower(core)) && oneCase(core):
		return false
	case zeroes.MatchString(core):
		return len(core) >= 5
	case ovals.MatchString(core), crosses.MatchString(core), wedges.MatchString(core):
		return true
	}
	return sameDigit(core) || alternating(core)
}

// prosaic reports whether a line that would do as a divider ends or begins like
// a sentence: "Ooo...", "xxx!".
func prosaic(line, bare, core string) bool {
	return bare != core && strings.Trim(line, "!?'‘’,;") != line
}

func notWord(r rune) bool { return !unicode.In(r, unicode.L, unicode.N) }

func oneCase(s string) bool { return s == strings.ToLower(s) || s == strings.ToUpper(s) }

// sameDigit reports whether s is one digit, five times or more.
func sameDigit(s string) bool {
	return len(s) >= 5 && s[0] >= '0' && s[0] <= '9' && strings.Count(s, s[:1]) == len(s)
}

// alternating reports whether s is one letter in changing case, such as zZzZ.
func alternating(s string) bool {
	if len(s) < 3 {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] == s[i-1] || s[i]|0x20 != s[0]|0x20 || s[i]|0x20 < 'a' || s[i]|0x20 > 'z' {
			return false
		}
	}
	return true
}
