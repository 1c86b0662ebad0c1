package header

import (
	"regexp"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/vocab"
)

// settle decides what the unlabelled paragraphs are, and draws from the others
// what they name in passing.
func (x *reading) settle() {
	if x.head.confidenceOf(archive.FieldTitle) < 0.7 {
		x.quotedLine()
		x.firstLine()
	}
	x.nameBelowTitle()
	x.forumUser()
	for i := range x.loose {
		for _, t := range pieces(x.loose[i].text) {
			x.paragraph(&loose{t, x.words.AuthorTalk(t.s)})
		}
	}
	x.labelledAuthors()
	x.labelledRather()
	x.passing()
	x.signed()
	x.ordered()
	x.reasonsOnly()
	x.dedupe()
}

var inlineDivider = regexp.MustCompile(`\s[-=~*#+]{2,}\s`)

// nameBelowTitle takes the line below the title as the author's name on pages in
// the form of the Archive of Our Own, which has no "by" there.
func (x *reading) nameBelowTitle() {
	if x.head.Has(archive.FieldAuthors) || !x.downloaded {
		return
	}
	title, _ := x.head.First(archive.FieldTitle)
	for i := range x.loose {
		t := &x.loose[i].text
		start, _ := t.doc(0, 1)
		if start > title.End && vocab.Fold(t.s) != vocab.Fold(title.Text) && vocab.NameLike(t.s) && strings.Count(t.s, " ") < 4 && len(t.pieces) == 1 {
			x.people(archive.FieldAuthors, t, 0, len(t.s), "line-below-title", 0.7)
			x.loose = append(x.loose[:i:i], x.loose[i+1:]...)
			return
		}
		if vocab.Fold(t.s) == vocab.Fold(title.Text) && i+1 < len(x.loose) {
			next := &x.loose[i+1].text
			if vocab.NameLike(next.s) && len(next.pieces) == 1 && strings.Count(next.s, " ") < 4 {
				x.people(archive.FieldAuthors, next, 0, len(next.s), "line-below-title", 0.7)
				x.loose = append(x.loose[:i+1:i+1], x.loose[i+2:]...)
				return
			}
		}
	}
}

var userCard = regexp.MustCompile(`(?i)^(?:posts|joined|beiträge|messages|inscrit le|location|registriert|anmeldedatum|сообщений)\s*:`)

// forumUser takes the name above a forum's lines about a user ("Posts: 218") as
// the author's.
func (x *reading) forumUser() {
	if x.head.Has(archive.FieldAuthors) {
		return
	}
	for i := x.first + 1; i < min(x.end, x.first+20); i++ {
		prev := &x.page.Lines[i-1]
		if !userCard.MatchString(x.page.Lines[i].Text) || strings.Contains(prev.Text, " ") || len(prev.Text) < 2 || len(prev.Text) > 40 {
			continue
		}
		var t text
		t.add(prev, 0, len(prev.Text))
		x.people(archive.FieldAuthors, &t, 0, len(t.s), "forum-user", 0.7)
		return
	}
}

// pieces divides a run-on paragraph at the rows of signs in it.
func pieces(t text) []text {
	if len(t.s) < 120 {
		return []text{t}
	}
	var out []text
	from := 0
	for _, m := range append(inlineDivider.FindAllStringIndex(t.s, -1), []int{len(t.s), len(t.s)}) {
		if strings.Contains(t.s[m[0]:m[1]], "--") && m[1]-m[0] < 5 {
			continue // a dash
		}
		if p := sub(&t, from, m[0]); strings.TrimSpace(p.s) != "" {
			out = append(out, p)
		}
		from = m[1]
	}
	return out
}

// signed takes a name with which the author speaks of himself in the third
// person: "Selenia does not own …", "I'm Altair and I stand by this".
func (x *reading) signed() {
	if x.head.Has(archive.FieldAuthors) {
		return
	}
	for _, f := range x.factsOf(archive.FieldDisclaimer) {
		if m := signedBy.FindStringSubmatchIndex(f.Text); m != nil {
			k := 1
			if m[2] < 0 {
				k = 2
			}
			x.nameFact(f, [2]int{m[2*k], m[2*k+1]}, archive.FieldAuthors, "signed", 0.55)
		}
	}
}

var signedBy = regexp.MustCompile(`^([\p{Lu}][\pL\d_-]{2,30}) (?:does not|doesn['\x{2019}]t) (?:even )?own\b|\bI['\x{2019}]m ([\p{Lu}][\pL\d_-]{3,30}) and I\b`)

// ordered gives dates whose day and month could not be told apart the order
// that another date of the page proves.
func (x *reading) ordered() {
	order := vocab.Unsure
	for _, d := range x.head.Dates {
		switch {
		case d.A > 12 && d.B <= 12:
			order = vocab.DayFirst
		case d.B > 12 && d.A <= 12:
			order = vocab.MonthFirst
		}
	}
	if order == vocab.Unsure {
		return
	}
	for i := range x.head.Facts {
		f := &x.head.Facts[i]
		if (f.Field == archive.FieldDate || f.Field == archive.FieldUpdated) && f.Normal == "" {
			if d, ok := x.words.FindDate(f.Text, order); ok {
				f.Normal = d.ISO
			}
		}
	}
}

// labelledAuthors drops names that only stand behind a "by" somewhere, where a
// label says who wrote the story: they wrote what it grew from.
func (x *reading) labelledAuthors() {
	labelled, posters := false, 0
	authors := x.factsOf(archive.FieldAuthors)
	for _, f := range authors {
		labelled = labelled || f.Rule == "author-label"
		if f.Rule == "poster" {
			posters++
		}
	}
	if posters < len(authors) {
		x.head.Facts = slices.DeleteFunc(x.head.Facts, func(f Fact) bool { return f.Rule == "poster" })
	}
	if !labelled {
		return
	}
	x.head.Facts = slices.DeleteFunc(x.head.Facts, func(f Fact) bool {
		return f.Field == archive.FieldAuthors && (f.Rule == "title-byline" || f.Rule == "title-element" || f.Rule == "mail-subject" || f.Rule == "meta")
	})
}

// labelledRather drops what a remark behind the title says in short where a label
// says it in full.
func (x *reading) labelledRather() {
	for _, field := range []archive.Field{archive.FieldFandoms, archive.FieldRelationships} {
		if x.hasLabelled(field) {
			x.head.Facts = slices.DeleteFunc(x.head.Facts, func(f Fact) bool { return f.Field == field && f.Rule == "title-remark" })
		}
	}
}

// reasonsOnly drops what a rating was given for where a warning label says it in
// the author's own words.
func (x *reading) reasonsOnly() {
	labelled := false
	for _, f := range x.factsOf(archive.FieldWarnings) {
		labelled = labelled || f.Rule == "warning-label"
	}
	if !labelled {
		return
	}
	out := x.head.Facts[:0]
	for _, f := range x.head.Facts {
		if f.Rule != "rating-reason" && f.Rule != "rating-tail" {
			out = append(out, f)
		}
	}
	x.head.Facts = out
}

var warns = regexp.MustCompile(`(?i)\b(?:if (?:.{0,60})(?:upsets?|bothers?|offends?|disturbs?|squicks?) you|fair warning|be warned|you have been warned|just a warning)\b`)

// paragraph decides what an unlabelled paragraph is.
func (x *reading) paragraph(p *loose) {
	t := &p.text
	s := t.s
	x.innerByline(t)
	switch {
	case vocab.Fold(s) == vocab.Fold(x.titleText()), elsewhere.MatchString(s) && len(s) < 120, recap.MatchString(s):
	case vocab.Kind(s):
		x.kind(t)
	case thanks.MatchString(s) && len(s) < 300 && !vocab.Disclaims(s):
		x.fact(archive.FieldThanks, t, 0, len(s), "thanks-words", 0.7)
		x.between("thanks", t)
	case vocab.Dedication(s):
		x.fact(archive.FieldDedication, t, 0, len(s), "dedication-words", maybe)
	case vocab.Disclaims(s):
		x.innerRating(t)
		x.fact(archive.FieldDisclaimer, t, 0, len(s), "disclaimer-words", 0.8)
		x.between("disclaimer", t)
	case x.ratedLine(t):
	case vocab.SetWhen(s):
		x.fact(archive.FieldSpoilers, t, 0, len(s), "set-when", 0.7)
	case archiveLine.MatchString(s):
		x.archiveLine(t)
	case vocab.Invites(s) && len(s) < 130:
		x.fact(archive.FieldFeedback, t, 0, len(s), "invitation", maybe)
	case permits.MatchString(s) && len(s) < 200:
		x.innerRating(t)
		x.fact(archive.FieldPermission, t, 0, len(s), "permission-words", maybe)
	case p.talk > 0.9 || firstPerson(s) && p.talk > -1 || vocab.Invites(s):
		x.fact(archive.FieldNotes, t, 0, len(s), "author-speaks", maybe)
		x.between("notes", t)
	case len(s) > 24 && !x.head.Has(archive.FieldSummary) && strings.Count(s, " ") > 3 && !announces.MatchString(s):
		x.fact(archive.FieldSummary, t, 0, len(s), "first-paragraph", 0.55)
	case len(s) > 40:
		x.fact(archive.FieldNotes, t, 0, len(s), "paragraph", 0.5)
	}
}

// elsewhere matches a remark that the header stands on another page, and recap
// what was told there.
var (
	elsewhere = regexp.MustCompile(`(?i)\b(?:see|in|on) (?:part|chapter|the (?:first|main|index)|my) ?(?:0|1\b|one|part|chapter|page)`)
	recap     = regexp.MustCompile(`(?i)^\W*(?:previously(?: on| in)?|last time(?: on| in)?|was bisher geschah|précédemment)\b`)
)

// permits matches a remark on where a story may be kept.
var permits = regexp.MustCompile(`(?i)\b(?:permission (?:is )?(?:granted|given) to (?:archive|post|copy)|(?:may|can) be (?:freely )?(?:archived|posted|distributed)|(?:ok|okay|feel free|please ask (?:me )?(?:first|before)) to archive|archive (?:anywhere|freely)|do not (?:archive|post|repost))\b`)

// kind reads a line that says what kind of text follows: "A Drabble".
func (x *reading) kind(t *text) {
	for _, r := range wordRanges(t.s) {
		if x.words.Genre(t.s[r[0]:r[1]]) {
			x.fact(archive.FieldGenres, t, r[0], r[1], "kind-line", maybe)
		}
	}
}

// announces matches the beginning of a line that speaks of something by name, as
// a label would: "Notation: …", "Ranma 1/2: The Noodle Accords".
var announces = regexp.MustCompile(`^[^.:!?"\x{201c}]{2,28}(?::| --?| \x{2013}) `)

var ratedLine = regexp.MustCompile(`(?i)^rated:?\s+`)

// ratedLine reads "Rated PG for language." standing alone.
func (x *reading) ratedLine(t *text) bool {
	m := ratedLine.FindStringIndex(t.s)
	if m == nil || len(t.s) > 160 || x.head.Has(archive.FieldRating) {
		return false
	}
	rest := sub(t, m[1], len(t.s))
	x.rating(&rest, likely, false)
	return x.head.Has(archive.FieldRating)
}

var archiveLine = regexp.MustCompile(`(?i)^submitted through the (.{2,60}?) (?:mailing )?list\b`)

func (x *reading) archiveLine(t *text) {
	if m := archiveLine.FindStringSubmatchIndex(t.s); m != nil {
		x.fact(archive.FieldListName, t, m[2], m[3], "list-line", likely)
	}
}

func (x *reading) titleText() string {
	f, _ := x.head.First(archive.FieldTitle)
	return f.Text
}

var thanks = regexp.MustCompile(`(?i)^(?:(?:my |with |grateful |many,? |big |huge |special |as always,? )*thank(?:s| you| yous)|merci|danke|vielen dank|спасибо)(?:$|[^\pL])`)

var person1 = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:i|i'm|i've|i'd|i'll|my|me|we|our|ich|mein|meine|je|j'ai|mon|ma|mes|я|мой|моя|мне)(?:$|[^\pL'])`)

func firstPerson(s string) bool {
	return person1.MatchString(strings.ReplaceAll(s, "\u2019", "'"))
}

// dedupe drops repeated values of list fields, and fandoms that are another
// spelling of one already there.
func (x *reading) dedupe() {
	seen := map[string]int{}
	out := x.head.Facts[:0]
	for _, f := range x.head.Facts {
		k := string(f.Field) + "\x00" + vocab.Fold(f.Text)
		if f.Field == archive.FieldFandoms {
			k = string(f.Field) + "\x00" + x.words.FandomGroup(f.Text)
		}
		if i, ok := seen[k]; ok {
			if f.Confidence > out[i].Confidence {
				out[i] = f
			}
			continue
		}
		seen[k] = len(out)
		out = append(out, f)
	}
	x.head.Facts = out
}
