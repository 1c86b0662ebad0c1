package header

import (
	"regexp"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/address"
	"colophon/internal/rescue/vocab"
)

// sure is the confidence in a labelled value; a weak label counts less.
const (
	sure   = 0.97
	likely = 0.85
	maybe  = 0.6
)

var bracketRating = regexp.MustCompile(`^\s*\[\s*(?:[A-Z][A-Z0-9+-]{0,4}|[A-Z])(?: - [A-Z][\w-]+(?: \w+)?)?(?:\s*:\s*[^\]]{0,60})?\s*\]\s*$`)

// entry reads one entry.
func (x *reading) entry(e *entry) {
	t := &e.value
	if e.plain {
		if !e.trailer || !x.bareEnd(t) {
			x.plain(t)
		}
		return
	}
	if e.label.Strength == vocab.Unknown {
		if f := x.fact(archive.FieldOther, t, 0, len(t.s), "label", maybe); f != nil {
			f.Label = strings.TrimSpace(e.name)
		}
		return
	}
	x.labelled(e.label.Field, e)
	if e.label.Also != "" && e.label.Also != e.label.Field && !x.splitTwo(e) {
		x.labelled(e.label.Also, e)
	}
}

// splitTwo reads "Title/Author: X by Y", whose value has both parts.
func (x *reading) splitTwo(e *entry) bool {
	t := &e.value
	if e.label.Field == "title" && e.label.Also == "author" {
		if a, b, c, ok := vocab.TitleByline(t.s); ok {
			x.dropLast(archive.FieldTitle)
			x.title(t, 0, a, "title-label", sure)
			x.people(archive.FieldAuthors, t, b, c, "title-label", sure)
			return true
		}
	}
	return e.label.Field == "rating" // the rating's own rule has read the warnings
}

func (x *reading) dropLast(f archive.Field) {
	for i, fact := range slices.Backward(x.head.Facts) {
		if fact.Field == f {
			x.head.Facts = slices.Delete(x.head.Facts, i, i+1)
			return
		}
	}
}

// labelled reads a value by the field its label announces.
func (x *reading) labelled(f vocab.Field, e *entry) {
	t := &e.value
	confidence := sure
	if e.label.Strength == vocab.Weak {
		confidence = likely
	}
	end := len(t.s)
	switch f {
	case "title":
		if vocab.Key(e.name) == "name" && x.head.confidenceOf(archive.FieldTitle) == sure {
			x.people(archive.FieldAuthors, t, 0, end, "author-label", likely) // the story has its title: this is whose it is
			break
		}
		x.titleValue(t, e, confidence)
	case "author", "coauthor":
		x.people(archive.FieldAuthors, t, 0, x.postedOn(t), authorRule(e.name), confidence)
	case "also":
		x.people(archive.FieldAlso, t, 0, end, "label", confidence)
	case "betas":
		x.people(archive.FieldBetas, t, 0, end, "label", confidence)
	case "translator":
		x.people(archive.FieldTranslator, t, 0, end, "label", confidence)
	case "artist":
		x.people(archive.FieldArtist, t, 0, end, "label", confidence)
	case "recipient":
		x.people(archive.FieldRecipient, t, 0, end, "label", confidence)
	case "fandom":
		x.list(archive.FieldFandoms, t, 0, end, "fandom-label", confidence)
	case "rating":
		x.rating(t, confidence, e.label.Also == "warnings" || strings.Contains(vocab.Key(e.name), "warning"))
	case "warnings":
		x.warnings(t, 0, end, confidence)
	case "relationships":
		x.cast(t, strings.Contains(vocab.Key(e.name), "character"), confidence)
	case "characters":
		x.list(archive.FieldCharacters, t, 0, end, "label", confidence)
	case "keywords":
		x.keywords(t, confidence)
	case "genres":
		x.genres(t, archive.FieldGenres, confidence)
	case "categories":
		x.genres(t, archive.FieldCategories, confidence)
	case "content":
		x.content(t, confidence)
	case "completed":
		x.completed(t, confidence)
	case "series":
		x.series(t, confidence)
	case "feedback":
		x.feedback(t)
	case "email":
		x.head.Requested = x.head.Requested || strings.Contains(strings.ToLower(e.name), "feedback")
	default:
		x.simple(f, e, confidence)
	}
	x.labelCount++
}

// authorRule names the rule by which a label gives an author: who posted a story
// need not have written it.
func authorRule(label string) string {
	switch vocab.Key(label) {
	case "posted by", "submitted by":
		return "poster"
	}
	return "author-label"
}

// postedOn reads the day in "Posted by: nell on June 12, 2004" and returns where
// the name before it ends.
func (x *reading) postedOn(t *text) int {
	d, ok := x.words.FindDate(t.s, x.options.Order)
	if !ok || d.Start == 0 || d.End-d.Start < 6 {
		return len(t.s)
	}
	name := strings.TrimRight(t.s[:d.Start], " ,(-")
	cut := len(name)
	for _, word := range []string{" on", " am", " le", " el"} {
		name = strings.TrimSuffix(name, word)
	}
	if name == t.s[:cut] && t.s[cut] != ',' && t.s[cut] != '(' {
		return len(t.s) // a name with a number in it
	}
	if fact := x.fact(archive.FieldDate, t, d.Start, d.End, "posted-on", likely); fact != nil {
		fact.Normal = d.ISO
	}
	return len(name)
}

// simple reads the fields that are a text or a single plain value.
func (x *reading) simple(f vocab.Field, e *entry, confidence float64) {
	t := &e.value
	end := len(t.s)
	if f == "notes" && (strings.HasPrefix(vocab.Key(e.name), "comment") || strings.HasPrefix(vocab.Key(e.name), "комментарии")) && (strings.Contains(strings.ToLower(t.s), "жду") || vocab.Invites(t.s) || len(address.Find(t.s)) > 0 || strings.Contains(strings.ToLower(t.s), "welcome")) {
		x.feedback(t)
		return
	}
	if f == "notes" && len(t.s) < 120 && len(sentences(t.s)) == 1 && vocab.Disclaims(t.s) && !x.head.Has(archive.FieldDisclaimer) {
		x.fact(archive.FieldDisclaimer, t, 0, end, "note-is-disclaimer", likely)
		return
	}
	if f == "thanks" && says(t.s) {
		x.fact(archive.FieldNotes, t, 0, end, "thanks-label", confidence)
	}
	switch f {
	case "summary", "notes", "disclaimer", "thanks", "dedication", "permission":
		if says(t.s) || f == "permission" || f == "disclaimer" {
			x.fact(archive.Field(fieldName(f)), t, 0, end, "label", confidence)
			x.between(f, t)
		}
	case "spoilers":
		if says(t.s) && (strings.Count(t.s, " ") > 1 || !strings.HasPrefix(vocab.Key(e.name), "time") || ofShow.MatchString(t.s)) {
			x.fact(archive.FieldSpoilers, t, 0, end, "label", confidence)
		}
	case "sequelto", "prequelto", "prerequisites", "archivename", "listname":
		if says(t.s) {
			x.fact(archive.Field(fieldName(f)), t, 0, end, "label", confidence)
		}
	case "homepage":
		if i, j, ok := webAddress(t.s); ok {
			x.fact(archive.FieldHomepage, t, i, j, "label", confidence)
		}
	case "date":
		x.date(archive.FieldDate, t, confidence)
	case "updated":
		x.date(archive.FieldUpdated, t, confidence)
	case "mailsubject":
		x.subject(t)
	case "source":
		x.sourceLabel(t, e)
	case "status":
		x.status(t, confidence)
	case "words":
		x.count(t, confidence)
	case "language":
		x.language(t, confidence)
	case "part":
		x.part(t)
	case "ignored", "mailfrom", "":
	default:
		if fact := x.fact(archive.FieldOther, t, 0, end, "label", confidence); fact != nil {
			fact.Label = strings.TrimSpace(e.name)
		}
	}
}

var subjectTag = regexp.MustCompile(`(?i)^(?:\s*(?:re|fw|fwd|new|fic|story|repost|revised|ff|ficlet|drabble)\s*:\s*|\s*[\[{(][^\])}]{1,30}[\])}]\s*)+`)

// subject reads the subject of a message, at the top of a page only: inside a
// story a letter may have one too.
func (x *reading) subject(t *text) {
	if x.labelCount > 4 || x.first > 0 {
		return
	}
	from := len(subjectTag.FindString(t.s))
	if a, b, c, ok := vocab.TitleByline(t.s[from:]); ok {
		x.title(t, from, from+a, "mail-subject", 0.6)
		x.people(archive.FieldAuthors, t, from+b, from+c, "mail-subject", maybe)
		return
	}
	x.title(t, from, len(t.s), "mail-subject", 0.5)
}

// sourceLabel reads "Source: such-and-such list", or a fandom.
func (x *reading) sourceLabel(t *text, e *entry) {
	switch {
	case strings.Contains(strings.ToLower(t.s), "list"):
		x.fact(archive.FieldListName, t, 0, len(t.s), "label", maybe)
	case x.words.Fandom(t.s):
		x.fact(archive.FieldFandoms, t, 0, len(t.s), "fandom-label", likely)
	default:
		if f := x.fact(archive.FieldOther, t, 0, len(t.s), "label", maybe); f != nil {
			f.Label = strings.TrimSpace(e.name)
		}
	}
}

// ofShow finds the season of a show in what tells the time of a story.
var ofShow = regexp.MustCompile(`(?i)\b(?:s(?:eason)?|staffel|saison) ?\d|\b(?:pre|post)[- ]`)

func fieldName(f vocab.Field) string {
	switch f {
	case "permission":
		return string(archive.FieldPermission)
	case "sequelto":
		return string(archive.FieldSequelTo)
	case "prequelto":
		return string(archive.FieldPrequelTo)
	case "archivename":
		return string(archive.FieldArchiveName)
	case "listname":
		return string(archive.FieldListName)
	}
	return string(f)
}

// says reports whether a value says anything: "none" and the like do not.
func says(s string) bool {
	if seeElsewhere.MatchString(s) {
		return false
	}
	switch vocab.Fold(s) {
	case "", "none", "na", "n a", "nil", "no", "nope", "not applicable", "keine", "keiner", "aucun", "aucune", "нет", "ninguna", "ninguno", "nessuno", "nessuna", "nothing", "nein", "non", "-":
		return false
	}
	return true
}

var seeElsewhere = regexp.MustCompile(`(?i)^\W*(?:see|as in|same as(?: in)?)\s+(?:chapter|part|above|previous|first|prologue|the first|teil|kapitel)\b[^.]{0,24}\W*$`)

var webLike = regexp.MustCompile(`(?i)\b(?:https?://[^\s<>"]+|www\.[^\s<>"]+|ftp\.[^\s<>"]+|[a-z0-9-]+\.(?:com|net|org|edu|de|fr|ru|co\.uk)/[^\s<>"]*)`)

func webAddress(s string) (int, int, bool) {
	m := webLike.FindStringIndex(s)
	if m == nil {
		return 0, 0, false
	}
	return m[0], m[1], true
}

// feedback reads the value of a feedback label.
func (x *reading) feedback(t *text) {
	k := vocab.Fold(t.s)
	for _, no := range []string{"no ", "none", "nein", "not "} {
		if k == strings.TrimSpace(no) || strings.HasPrefix(k, no) {
			return
		}
	}
	x.head.Requested = x.head.Requested || k != "" && !onlyAddress(t.s)
	x.fact(archive.FieldFeedback, t, 0, len(t.s), "label", sure)
}

// onlyAddress reports whether a value is an e-mail address and nothing more.
func onlyAddress(s string) bool {
	ms := address.Find(s)
	if len(ms) != 1 {
		return false
	}
	rest := s[:ms[0].Start] + s[ms[0].End:]
	return strings.Trim(rest, " <>()[].,;:-") == ""
}

// content reads a label such as "Violence:" or "Subtext:": the whole remark is
// one warning, without its address to readers who should turn away.
func (x *reading) content(t *text, confidence float64) {
	end := len(t.s)
	if m := turnAway.FindStringIndex(t.s); m != nil && m[0] > 8 {
		end = m[0]
	}
	if m := noWarning.FindStringIndex(t.s); says(t.s) && (m == nil || m[1] < end) {
		x.fact(archive.FieldWarnings, t, 0, end, "content-label", confidence)
	}
}

// completed reads "Completed: Yes" and "Completed: 2011-12-20".
func (x *reading) completed(t *text, confidence float64) {
	if d, ok := x.words.FindDate(t.s, x.options.Order); ok {
		if f := x.fact(archive.FieldStatus, t, d.Start, d.End, "completed-on", confidence); f != nil {
			f.Normal = string(archive.Complete)
		}
		return
	}
	x.status(t, confidence)
}

var openParts = regexp.MustCompile(`^\s*\d+\s*/\s*(?:\?|x|\d+)\s*$`)

// date reads a date field.
func (x *reading) date(f archive.Field, t *text, confidence float64) {
	d, ok := x.words.FindDate(t.s, x.options.Order)
	if !ok {
		return
	}
	if d.A > 0 {
		x.head.Dates = append(x.head.Dates, d)
	}
	if fact := x.fact(f, t, d.Start, d.End, "date", confidence); fact != nil {
		fact.Normal = d.ISO
	}
}

// status reads whether the story is finished.
func (x *reading) status(t *text, confidence float64) {
	k := vocab.Fold(t.s)
	if d, ok := x.words.FindDate(t.s, x.options.Order); ok && len(k) < 24 && d.End-d.Start > len(k)/2 {
		x.date(archive.FieldDate, t, likely)
		return
	}
	normal := vocab.Status(k)
	if openParts.MatchString(t.s) {
		normal = string(archive.InProgress)
		if a, b, _ := strings.Cut(t.s, "/"); vocab.Number(a) == vocab.Number(b) {
			normal = string(archive.Complete)
		}
	}
	if normal == "" {
		return
	}
	if fact := x.fact(archive.FieldStatus, t, 0, len(t.s), "label", confidence); fact != nil {
		fact.Normal = normal
	}
}

var number = regexp.MustCompile(`\d{1,3}(?:[,.\x{00a0} ]\d{3})+|\d+`)

// count reads a number of words.
func (x *reading) count(t *text, confidence float64) {
	m := number.FindStringIndex(t.s)
	if m == nil {
		return
	}
	rest := strings.ToLower(strings.TrimSpace(t.s[m[1]:]))
	if strings.HasPrefix(rest, "k") || strings.HasPrefix(rest, "page") || strings.HasPrefix(rest, "seite") || strings.HasPrefix(rest, "chapter") {
		return
	}
	if fact := x.fact(archive.FieldWords, t, m[0], m[1], "label", confidence); fact != nil {
		fact.Normal = strings.NewReplacer(",", "", ".", "", " ", "", "\u00a0", "").Replace(fact.Text)
	}
}

func (x *reading) language(t *text, confidence float64) {
	if tag, ok := x.words.LanguageName(t.s); ok {
		if fact := x.fact(archive.FieldLanguage, t, 0, len(t.s), "label", confidence); fact != nil {
			fact.Normal = tag
		}
	}
}

var partValue = regexp.MustCompile(`(?i)^\D{0,12}(\d+|[ivx]+)\s*(?:/|of|von|de|sur|из)\s*(\d+|\?)`)

// part reads "Part: 2/5" or "Chapters: 3".
func (x *reading) part(t *text) {
	if m := partValue.FindStringSubmatch(t.s); m != nil {
		x.head.Part, x.head.Total = m[1], m[2]
		return
	}
	if h, ok := vocab.ChapterHeading("Part " + t.s); ok && x.head.Chapter == nil && len(t.s) < 60 {
		x.head.Part = h.Number
	}
}

// series reads a series label: a place in a series, or in some archives the
// fandom.
func (x *reading) series(t *text, confidence float64) {
	if !says(t.s) || strings.EqualFold(strings.TrimSpace(t.s), "yes") {
		return
	}
	if x.words.Fandom(t.s) {
		x.fact(archive.FieldFandoms, t, 0, len(t.s), "series-is-fandom", likely)
		return
	}
	if m := sequelWords.FindStringIndex(t.s); m != nil {
		x.fact(archive.FieldSequelTo, t, m[1], len(t.s), "series-label", likely)
		return
	}
	name, part, ok := seriesPlace(t.s)
	if !ok {
		return
	}
	x.fact(archive.FieldSeries, t, name[0], name[1], "series-label", confidence)
	x.fact(archive.FieldPart, t, part[0], part[1], "series-label", confidence)
}

var (
	sequelWords = regexp.MustCompile(`(?i)^\s*(?:this is )?(?:a |the |kind of |sort of )?(?:sequel|follow[- ]?up|follows?|companion(?: piece)?|fortsetzung|suite)(?: to| of| from| von| zu| de)?:?\s+`)
	placeFirst  = regexp.MustCompile(`(?i)^\s*(?:(?:the )?(?:part|story|book|number|no\.?|episode|teil|tome|№|#|first|1st|2nd|3rd|\d+th|second|third|fourth|fifth|sixth)\s*#?\s*(\d+|[ivx]+\b)?(?:\s*(?:of|/)\s*\d+)?)\s*(?:in|of|from|von|in der|de|,|:|-)\s+(?:the )?["\x{201c}]?(.+?)["\x{201d}]?(?:(?: series| trilogy| saga| cycle| arc)(?:\.|[,;(].*)?|\s*\.?)$`)
	placeLast   = regexp.MustCompile(`(?i)^\s*["\x{201c}]?(.+?)["\x{201d}]?\s*(?:series)?\s*(?:[,:;(\[\x{2013}-]\s*|\s)(?:part|story|book|number|no\.?|episode|teil|band|tome|vol\.?|№|#)\s*#?\s*(\d+|[ivx]+|one|two|three|four|five|six)\b.{0,12}$`)
	placeHash   = regexp.MustCompile(`^\s*(.+?),?\s*[(#]+\s*(\d+)\s*(?:/\s*\d+|of \d+)?\)?\s*(?:[.;,].*)?$`)
)

// seriesPlace finds the name of a series and the part in it: byte ranges, the
// second one empty where no part is stated.
func seriesPlace(s string) (name, part [2]int, ok bool) {
	if m := placeFirst.FindStringSubmatchIndex(s); m != nil {
		p := [2]int{m[2], m[3]}
		if m[2] < 0 {
			p = [2]int{0, 0}
		}
		return [2]int{m[4], m[5]}, p, true
	}
	if m := placeLast.FindStringSubmatchIndex(s); m != nil {
		return [2]int{m[2], m[3]}, [2]int{m[4], m[5]}, true
	}
	if m := placeHash.FindStringSubmatchIndex(s); m != nil {
		return [2]int{m[2], m[3]}, [2]int{m[4], m[5]}, true
	}
	if len(s) > 120 || strings.Count(s, ". ") > 0 {
		return name, part, false
	}
	return [2]int{0, len(s)}, part, true
}
