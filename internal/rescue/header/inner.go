package header

import (
	"regexp"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/vocab"
)

var betaThanks = regexp.MustCompile(`(?i)\b(?:thank(?:s| you| yous)?|merci|danke|kudos|hugs?|thanx)\b[^.!?]{0,30}?(?:,|\bto|\bgo(?:es)? to|\ban|\bà)\s+(?:my (?:wonderful |fabulous |great |lovely |dear )?betas?,? )?((?-i:[\p{Lu}\d][\pL\d_'-]*(?: \p{Lu}[\pL'-]+)?|[\pL\d_]*[\d_][\pL\d_]*|\p{Ll}[\pL\d_]{4,}))((?:,? (?:and|&|und|et) |, )((?-i:\p{Lu}[\pL\d_-]*(?: \p{Lu}[\pL'-]+)?)))?[^.!?]{0,60}?\bbeta`)

var betaedBy = regexp.MustCompile(`\b(?i:beta[' -]?(?:e?d|read)?(?: read)? by) ((?:\p{Lu}[\pL\d_'-]*(?: \p{Lu}[\pL'-]+)?|\p{Ll}[\pL\d]*[\d_][\pL\d_]*))`)

// between draws from a paragraph of one field what belongs to another: a
// warning in a disclaimer, the fandoms it names, the beta readers it thanks.
func (x *reading) between(f vocab.Field, t *text) {
	if f == "notes" || f == "disclaimer" {
		x.innerWarning(t)
		x.innerRating(t)
	}
	if f == "notes" {
		x.innerSeries(t)
		x.innerDisclaimer(t)
		x.innerSpoilers(t)
	}
	if f == "summary" {
		x.codes(t)
		x.summedPair(t)
	}
	if f != "disclaimer" {
		x.readFirst(t)
	}
	if f != "disclaimer" {
		x.innerBetas(t)
	}
}

// innerBetas notes whom a text thanks for reading the story before its readers.
func (x *reading) innerBetas(t *text) {
	if m := betaedBy.FindStringSubmatchIndex(t.s); m != nil {
		x.person(archive.FieldBetas, t, m[2], m[3], "betaed-by", maybe)
	}
	if m := betaThanks.FindStringSubmatchIndex(t.s); m != nil {
		x.person(archive.FieldBetas, t, m[2], m[3], "thanks", maybe)
		if m[6] >= 0 {
			x.person(archive.FieldBetas, t, m[6], m[7], "thanks", maybe)
		}
	}
}

var (
	innerRated = regexp.MustCompile(`\b[Rr]ated:? ([A-Z][A-Z0-9-]{0,4})(?:(?: for|:)\s+([^.!?]{3,120})[.!?]|(?: unless [^.!?]{3,40})?[.,;!])`)
	codesOnly  = regexp.MustCompile(`[.!?] ((?:MSR|GSR|UST|RST|DSR|MSR/UST)\b(?:[/,] .{0,80}|[.]?))$`)
)

// innerRating reads "Rated R: adult situations and strong language." inside a
// paragraph.
func (x *reading) innerRating(t *text) {
	m := innerRated.FindStringSubmatchIndex(t.s)
	if m == nil || x.head.Has(archive.FieldRating) {
		return
	}
	if i, j, ok := x.words.Rating(t.s[m[2]:m[3]]); ok {
		if f := x.fact(archive.FieldRating, t, m[2]+i, m[2]+j, "rated-inside", 0.7); f != nil {
			f.Normal = vocab.NormalRating(f.Text)
		}
		if m[4] >= 0 {
			x.reasons(t, m[4], m[5], maybe)
		}
	}
}

var lastPair = regexp.MustCompile(`[.!?] ((?:\p{Lu}[\pL'\x{2019}]+)/(?:\p{Lu}[\pL'\x{2019}]+)(?: (?:friendship|romance|pairing|fic|story|slash|ust))?)[.!]?$`)

// summedPair reads the pairing that a summary ends with: "… her own axe.
// Dawn/Daniel friendship."
func (x *reading) summedPair(t *text) {
	if m := lastPair.FindStringSubmatchIndex(t.s); m != nil && !x.words.Genre(t.s[m[2]:m[3]]) {
		x.fact(archive.FieldRelationships, t, m[2], m[3], "pair-in-summary", maybe)
	}
}

// innerByline reads "All snippets by Perdita Moss. Rated G unless noted.": a
// paragraph whose first sentence is a byline.
func (x *reading) innerByline(t *text) {
	first := sentences(t.s)
	if len(first) < 2 || x.head.Has(archive.FieldAuthors) {
		return
	}
	if i, j, ok := vocab.Byline(t.s[:first[0][1]]); ok {
		x.people(archive.FieldAuthors, t, i, j, "byline-sentence", 0.7)
		x.innerRating(t)
	}
}

var seriesSentence = regexp.MustCompile(`(?:^|[.!?] )(?:This is )?(?:(?i:the |part )?(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+)(?i: story| part)?) (?:in|of) (?:the|my) ["\x{201c}]?(\p{Lu}[^".!?,\x{201d}]{1,40}?)["\x{201d}]? (?:series|trilogy|saga|cycle)\b`)

// innerSeries reads the place of a story in a series among an author's notes:
// "Sixth in the "Small Hours" series."
func (x *reading) innerSeries(t *text) {
	if m := seriesSentence.FindStringSubmatchIndex(t.s); m != nil && !x.head.Has(archive.FieldSeries) {
		x.fact(archive.FieldSeries, t, m[2], m[3], "series-sentence", maybe)
	}
}

// innerDisclaimer notes a sentence among an author's notes that says whom the
// characters belong to, where no disclaimer does.
func (x *reading) innerDisclaimer(t *text) {
	for _, r := range sentences(t.s) {
		if s := t.s[r[0]:r[1]]; vocab.Disclaims(s) && !elsewhere.MatchString(s) && !x.head.Has(archive.FieldDisclaimer) {
			x.fact(archive.FieldDisclaimer, t, r[0], r[1], "disclaimer-sentence", maybe)
		}
	}
}

var spoilerSentence = regexp.MustCompile(`(?i)^\s*(?:\w+ )?spoilers? (?:up to|through|thru|for|to|until|til|from)\b`)

// innerSpoilers notes a sentence among an author's notes that says how far the
// story spoils its show.
func (x *reading) innerSpoilers(t *text) {
	for _, r := range sentences(t.s) {
		if spoilerSentence.MatchString(t.s[r[0]:r[1]]) && !x.head.Has(archive.FieldSpoilers) {
			x.fact(archive.FieldSpoilers, t, r[0], r[1], "spoiler-sentence", maybe)
		}
	}
}

// sentences returns the byte ranges of the sentences of s.
func sentences(s string) [][2]int {
	var out [][2]int
	from := 0
	for k := 0; k < len(s); k++ {
		if k+1 < len(s) && !(strings.IndexByte(".!?", s[k]) >= 0 && s[k+1] == ' ') {
			continue
		}
		out = append(out, [2]int{from, k + 1})
		from = k + 1
	}
	return out
}

// codes cuts a last sentence of nothing but codes off a summary: "GSR, angst and
// a spoonful of hope."
func (x *reading) codes(t *text) {
	m := codesOnly.FindStringSubmatchIndex(t.s)
	if m == nil {
		return
	}
	tail := sub(t, m[2], m[3])
	x.dropLast(archive.FieldSummary)
	x.fact(archive.FieldSummary, t, 0, m[2], "label", likely)
	word := strings.IndexAny(tail.s+",", ",./ ")
	x.fact(archive.FieldRelationships, &tail, 0, word, "code", maybe)
	for i, r := range wordRanges(tail.s) {
		if i > 0 && x.words.Genre(tail.s[r[0]:r[1]]) {
			x.fact(archive.FieldGenres, &tail, r[0], r[1], "code", maybe)
		}
	}
}

// wordRanges returns the byte ranges of the words of s.
func wordRanges(s string) [][2]int {
	var out [][2]int
	for _, m := range oneWord.FindAllStringIndex(s, -1) {
		out = append(out, [2]int{m[0], m[1]})
	}
	return out
}

var oneWord = regexp.MustCompile(`[\pL/-]+`)

var (
	readFirst = regexp.MustCompile(`(?i)\b(?:read|lire|lies|lesen sie)\s+["'\x{201c}\x{2018}\x{201e}\x{00ab}]\s?([^"\x{201d}\x{2019}\x{201c}\x{00bb}]{2,60}?)\s?["'\x{201d}\x{2019}\x{201c}\x{00bb}](?:,? (?:and|und|et) ["'\x{201c}\x{201e}\x{00ab}]([^"\x{201d}\x{201c}\x{00bb}]{2,60}?)["'\x{201d}\x{201c}\x{00bb}])?,?\s+(?:first|before|zuerst|d'abord|beforehand|vorher)\b|\bread\s+((?-i:\p{Lu}[\pL'\x{2019}]*(?: (?:of|the|and|in|to|a|\p{Lu}[\pL'\x{2019}]*))*))\s+(?:first|before this)\b`)
	firstRead = regexp.MustCompile(`(?i)\b(?:zuerst|vorher|d'abord)\s+(?:lire\s+)?["\x{201e}\x{201c}\x{00ab}\x{00bb}]\s?([^"\x{201c}\x{201d}\x{00bb}\x{00ab}]{2,60}?)\s?["\x{201c}\x{201d}\x{00bb}\x{00ab}]`)
	sequelIn  = regexp.MustCompile(`(?i)(?:^|[.!?] |\()(?:this is )?(?:a |the )?(?:direct )?(?:sequel|follow-?up|companion piece) to (?:my (?:story|fic) )?["\x{201c}\x{2018}]?([^".!?\x{201d}\x{2019})]{2,60})`)
)

// readFirst notes the stories that a text asks to be read before this one.
func (x *reading) readFirst(t *text) {
	for _, rule := range []*regexp.Regexp{readFirst, firstRead} {
		m := rule.FindStringSubmatchIndex(t.s)
		if m == nil {
			continue
		}
		for k := 2; k+1 < len(m); k += 2 {
			if m[k] >= 0 {
				x.fact(archive.FieldPrerequisites, t, m[k], m[k+1], "read-first", 0.7)
			}
		}
	}
	if m := sequelIn.FindStringSubmatchIndex(t.s); m != nil && !x.head.Has(archive.FieldSequelTo) {
		x.fact(archive.FieldSequelTo, t, m[2], m[3], "sequel-in-text", maybe)
	}
}

// innerWarning notes a sentence that turns some readers away.
func (x *reading) innerWarning(t *text) {
	for _, r := range sentences(t.s) {
		if s := t.s[r[0]:r[1]]; warns.MatchString(s) && len(s) < 200 && !x.head.Has(archive.FieldWarnings) {
			x.fact(archive.FieldWarnings, t, r[0], r[1], "warning-sentence", maybe)
		}
	}
}
