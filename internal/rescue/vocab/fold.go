package vocab

import (
	"regexp"
	"strings"
	"unicode"
)

// Fold brings a text to a form for comparison: lower case, letters and digits
// only, single spaces.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z': // most of most texts
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteByte(byte(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '\u2019':
		default:
			space = true
		}
	}
	return b.String()
}

var infoRow = regexp.MustCompile(`(?i)(?:\brated:|rating:|words:|chapters:|reviews:|published:|updated:|autore:|pubblicata:|genere:|capitoli:|status:|complete:)`)

// InfoRow reports whether a line is a row of facts divided by dashes or bars, as
// fanfiction.net and EFP print them.
func InfoRow(s string) bool {
	if len(s) > 700 || !strings.Contains(s, ": ") && !strings.Contains(s, ":\u00a0") {
		return false
	}
	if strings.Count(s, ", ") >= 4 && len(commaFacts.FindAllStringIndex(s, 4)) >= 3 {
		return true
	}
	items := max(strings.Count(s, " - "), strings.Count(s, " | "))
	return items >= 3 && len(infoRow.FindAllStringIndex(s, 3)) >= 2
}

var commaFacts = regexp.MustCompile(`(?i)\b(?:words|chapters|favs|follows|reviews|updated|published): `)

// FactsBegin returns where, in a row of facts divided by commas, those with
// labels begin; -1 where there are none.
func FactsBegin(s string) int {
	if m := commaFacts.FindStringIndex(s); m != nil {
		return m[0]
	}
	return -1
}

//nolint:gochecknoglobals // a compiled expression
var setWhen = line(`(?i)^(?:set|takes place|this takes place|happens|spielt)\s+(?:some|in|during|after|before|right|shortly|just|directly|immediately|about|a few|between|post|pre|at|nach|vor|während|kurz|\d)`)

// SetWhen reports whether a short line says when a story takes place: "Set some
// years after the film."
func SetWhen(s string) bool { return len(s) < 150 && setWhen.MatchString(s) }

//nolint:gochecknoglobals // a compiled expression
var endMarker = line(`(?i)^[\s*~=_#\-+.<>(\[]*(?:the end\??|end|fin|finis|finit|ende|fine|owari|tsuzuku|конец|the beginning|to be continued|tbc|t\.b\.c\.|fortsetzung folgt|à suivre|continua|continuar[aá]|продолжение следует|-30-|終わり|つづく|完|end (?:of )?(?:part|chapter|book|story|file)\b.{0,20}|continued in .{0,40})[\s*~=_#\-+.!<>)\]\d/]*$`)

// EndMarker reports whether a line only says that the story, or a part of it,
// ends here, and whether more is to come.
func EndMarker(s string) (continued, ok bool) {
	if len(s) > 60 || !endMarker.MatchString(s) {
		return false, false
	}
	k := strings.ToLower(s)
	for _, sign := range []string{"continued", "tbc", "t.b.c", "folgt", "suivre", "continua", "следует", "tsuzuku", "つづく"} {
		if strings.Contains(k, sign) {
			return true, true
		}
	}
	return false, true
}
