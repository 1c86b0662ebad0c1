package header

import (
	"regexp"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// surroundings reads what stands outside the header lines: the title element,
// the <meta> elements, comments, and the names in the site's own lines.
func (x *reading) surroundings() {
	x.titleElement()
	for i := range x.page.Metas {
		x.meta(&x.page.Metas[i])
	}
	for i := range x.page.Comments {
		x.comment(&x.page.Comments[i])
	}
	for i := x.first; i < x.end; i++ {
		if l := &x.page.Lines[i]; l.Part == page.Chrome && l.Kind == page.Prose && len(l.Text) < 160 {
			x.chrome(l)
		}
	}
}

// meta reads a <meta> that names the work rather than the site.
func (x *reading) meta(m *page.Meta) {
	var t text
	t.add(&m.Value, 0, len(m.Value.Text))
	switch m.Name {
	case "dc.title", "title":
		x.title(&t, 0, len(t.s), "meta", maybe)
	case "dc.creator", "author":
		if !x.head.Has(archive.FieldAuthors) && vocab.NameLike(t.s) {
			x.people(archive.FieldAuthors, &t, 0, len(t.s), "meta", 0.5)
		}
	}
}

// comment reads a header line that stands in an HTML comment.
func (x *reading) comment(l *page.Line) {
	if labels := x.words.All(l.Text); len(labels) > 0 && labels[0].Start < 24 {
		for k, lab := range labels {
			end := len(l.Text)
			if k+1 < len(labels) {
				end = labels[k+1].Start
			}
			e := entry{label: lab, name: l.Text[lab.Start:lab.End], line: l}
			e.value.add(l, lab.Value, end)
			if !x.head.Has(archive.Field(lab.Field)) && lab.Strength == vocab.Strong {
				x.labelled(lab.Field, &e)
			}
		}
	}
}

var archiveOf = regexp.MustCompile(`(?i)(?:^|: |\s)(?:an?|the)\s+([\pL\d][\pL\d '&.-]{1,40}?)\s+(?:fan ?fiction|fanfic|slash|story|fiction)\s+archive\b`)

var backTo = regexp.MustCompile(`(?i)^\W*(?:back|return)\s+to\s+(?:the\s+)?(.{2,50}?)\s+(?:fan ?fiction|fanfic|fic|stories|page|index|section)\W*$`)

// chrome reads the fandom out of the site's own lines, and a forum's thread line.
func (x *reading) chrome(l *page.Line) {
	var t text
	t.add(l, 0, len(l.Text))
	if m := archiveOf.FindStringSubmatchIndex(l.Text); m != nil {
		x.fact(archive.FieldFandoms, &t, m[2], m[3], "archive-name", maybe)
		return
	}
	if m := backTo.FindStringSubmatchIndex(l.Text); m != nil {
		at := m[2]
		if strings.HasPrefix(strings.ToLower(l.Text[:m[2]]), "back to the ") {
			at = m[2]
		}
		if fandom, ok := x.fandomIn(l.Text, at, m[3]); ok {
			x.fact(archive.FieldFandoms, &t, fandom[0], fandom[1], "back-link", maybe)
		}
		return
	}
	if x.forumLine(&t) || x.slashRow(&t) {
		return
	}
	if m := crumbs.FindStringSubmatchIndex(l.Text); m != nil && strings.Contains(l.Text, "❯") {
		x.breadcrumb(&t, m)
	} else if m := siteBar.FindStringSubmatchIndex(l.Text); m != nil && !x.head.Has(archive.FieldTitle) {
		x.titleShapes(&t)
	} else if d, ok := x.words.FindDate(l.Text, x.options.Order); ok && d.Start == 0 && len(l.Text)-d.End < 3 && len(l.Text) > 8 {
		x.bareDate(&t)
	}
}

// fandomIn finds a known fandom within s[i:j], the article before it included.
func (x *reading) fandomIn(s string, i, j int) ([2]int, bool) {
	for k := max(0, i-4); k <= i; k++ {
		if x.words.Fandom(s[k:j]) {
			return [2]int{k, j}, true
		}
	}
	return [2]int{}, false
}

// settle decides what the unlabelled paragraphs are, and draws from the others
// what they name in passing.
func (x *reading) settle() {
	if x.head.confidenceOf(archive.FieldTitle) < 0.7 {
		x.firstLine()
	}
	x.nameBelowTitle()
	x.forumUser()
	for i := range x.loose {
		for _, t := range pieces(x.loose[i].text) {
			x.paragraph(&loose{t, x.words.AuthorTalk(t.s)})
		}
	}
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

var setWhen = regexp.MustCompile(`(?i)^(?:set|takes place|this takes place|happens|spielt)\s+(?:some|in|during|after|before|right|shortly|just|directly|immediately|about|a few|between|post|pre|at|nach|vor|während|kurz|\d)`)

var warns = regexp.MustCompile(`(?i)\b(?:if (?:.{0,60})(?:upsets?|bothers?|offends?|disturbs?|squicks?) you|fair warning|be warned|you have been warned|just a warning)\b`)

// paragraph decides what an unlabelled paragraph is.
func (x *reading) paragraph(p *loose) {
	t := &p.text
	s := t.s
	x.head.Requested = x.head.Requested || vocab.Invites(s)
	switch {
	case vocab.Fold(s) == vocab.Fold(x.titleText()):
	case thanks.MatchString(s) && len(s) < 300 && !vocab.Disclaims(s):
		x.fact(archive.FieldThanks, t, 0, len(s), "thanks-words", 0.7)
		x.between("thanks", t)
	case vocab.Disclaims(s):
		x.innerRating(t)
		x.fact(archive.FieldDisclaimer, t, 0, len(s), "disclaimer-words", 0.8)
		x.between("disclaimer", t)
	case x.ratedLine(t):
	case setWhen.MatchString(s) && len(s) < 150:
		x.fact(archive.FieldSpoilers, t, 0, len(s), "set-when", 0.7)
	case archiveLine.MatchString(s):
		x.archiveLine(t)
	case vocab.Invites(s) && len(s) < 130:
		x.fact(archive.FieldFeedback, t, 0, len(s), "invitation", maybe)
	case p.talk > 0.9 || firstPerson(s) && p.talk > -1 || vocab.Invites(s):
		x.fact(archive.FieldNotes, t, 0, len(s), "author-speaks", maybe)
		x.between("notes", t)
	case len(s) > 24 && !x.head.Has(archive.FieldSummary) && strings.Count(s, " ") > 3:
		x.fact(archive.FieldSummary, t, 0, len(s), "first-paragraph", 0.55)
	case len(s) > 40:
		x.fact(archive.FieldNotes, t, 0, len(s), "paragraph", 0.5)
	}
}

var ratedLine = regexp.MustCompile(`(?i)^rated:?\s+`)

// ratedLine reads "Rated PG for language." standing alone.
func (x *reading) ratedLine(t *text) bool {
	m := ratedLine.FindStringIndex(t.s)
	if m == nil || len(t.s) > 160 || x.head.Has(archive.FieldRating) {
		return false
	}
	rest := sub(t, m[1], len(t.s))
	x.rating(&rest, likely)
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

var thanks = regexp.MustCompile(`(?i)^(?:(?:my |with |grateful |many,? |big |huge |special |as always,? )*thank(?:s| you| yous)|merci|danke|vielen dank|спасибо)\b`)

var person1 = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:i|i'm|i've|i'd|i'll|my|me|we|our|ich|mein|meine|je|j'ai|mon|ma|mes|я|мой|моя|мне)(?:$|[^\pL'])`)

func firstPerson(s string) bool {
	return person1.MatchString(strings.ReplaceAll(s, "\u2019", "'"))
}

var (
	betaThanks = regexp.MustCompile(`(?i)\b(?:thank(?:s| you| yous)?|merci|danke|kudos|hugs?|thanx)\b[^.!?]{0,30}?(?:,|\bto|\bgo(?:es)? to)\s+(?:my (?:wonderful |fabulous |great |lovely |dear )?betas?,? )?([\p{Lu}\d][\pL\d_'-]*(?: \p{Lu}[\pL'-]+)?|[a-z][\pL\d_]{4,})((?:,? (?:and|&) |, )([\p{Lu}][\pL\d_-]*(?: \p{Lu}[\pL'-]+)?))?[^.!?]{0,60}?\bbeta`)
)

// between draws from a paragraph of one field what belongs to another: a
// warning in a disclaimer, the fandoms it names, the beta readers it thanks.
func (x *reading) between(f vocab.Field, t *text) {
	s := t.s
	x.head.Requested = x.head.Requested || vocab.Invites(s)
	if f == "notes" || f == "disclaimer" {
		x.innerWarning(t)
		x.innerRating(t)
	}
	if f == "notes" {
		x.innerDisclaimer(t)
		x.innerSpoilers(t)
	}
	if f == "summary" {
		x.codes(t)
	}
	if f != "disclaimer" {
		x.readFirst(t)
	}
	if m := betaThanks.FindStringSubmatchIndex(s); m != nil && f != "disclaimer" {
		x.person(archive.FieldBetas, t, m[2], m[3], "thanks", maybe)
		if m[6] >= 0 {
			x.person(archive.FieldBetas, t, m[6], m[7], "thanks", maybe)
		}
	}
}

var (
	innerRated = regexp.MustCompile(`\bRated:? ([A-Z][A-Z0-9-]{0,4})(?:(?: for|:)\s+([^.!?]{3,120})[.!?]|[.,;!])`)
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

// innerDisclaimer notes a sentence among an author's notes that says whom the
// characters belong to, where no disclaimer does.
func (x *reading) innerDisclaimer(t *text) {
	for _, r := range sentences(t.s) {
		if s := t.s[r[0]:r[1]]; vocab.Disclaims(s) && !x.head.Has(archive.FieldDisclaimer) {
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
	readFirst = regexp.MustCompile(`(?i)\b(?:read|lire|lies|lesen sie)\s+["'\x{201c}\x{2018}\x{201e}\x{00ab}]\s?([^"\x{201d}\x{2019}\x{201c}\x{00bb}]{2,60}?)\s?["'\x{201d}\x{2019}\x{201c}\x{00bb}](?:,? (?:and|und|et) ["'\x{201c}\x{201e}\x{00ab}]([^"\x{201d}\x{201c}\x{00bb}]{2,60}?)["'\x{201d}\x{201c}\x{00bb}])?,?\s+(?:first|before|zuerst|d'abord|beforehand|vorher)\b|\bread\s+((?:\p{Lu}[\pL'\x{2019}]*)(?: (?:of|the|and|in|to|a|\p{Lu}[\pL'\x{2019}]*))*)\s+(?:first|before this)\b`)
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

// passing takes fandoms that no label names from the disclaimer, or else from
// what tells the time of the story, or else from the summary.
func (x *reading) passing() {
	if x.hasLabelled(archive.FieldFandoms) {
		return
	}
	for _, f := range []archive.Field{archive.FieldDisclaimer, archive.FieldSpoilers, archive.FieldSummary, archive.FieldNotes} {
		if f != archive.FieldDisclaimer && x.head.Has(archive.FieldFandoms) {
			return
		}
		for _, fact := range x.factsOf(f) {
			x.named(fact)
		}
	}
}

var (
	seasonOf  = regexp.MustCompile(`^ (?:[Ss]eason|[Ss]taffel|[Ss]aison|[Ee]pisode|series)\b`)
	ficOf     = regexp.MustCompile(`(?i)^ (?:fan ?fic|fanfic|fic|story|stories|universe)`)
	ownedName = regexp.MustCompile(`\bown(?:ed|s)? (Buffy|Angel|Xena|Smallville|Sherlock|Merlin|Lost|Heroes|Bones|House)\b`)
	besides   = regexp.MustCompile(`^,? (?:and )?(Angel)\b`)
)

// speaksOf reports whether the mention of a fandom in a field other than the
// disclaimer says that the story is of it: "During CSI Season Six", "in Jag
// fanfic"; a summary must name two (a crossover).
func speaksOf(f archive.Field, s string, r [2]int, mentions int) bool {
	switch f {
	case archive.FieldSpoilers:
		return seasonOf.MatchString(s[r[1]:])
	case archive.FieldSummary:
		return mentions > 1
	case archive.FieldNotes:
		return ficOf.MatchString(s[r[1]:])
	}
	return true
}

func (x *reading) factsOf(f archive.Field) []Fact {
	var out []Fact
	for _, fact := range x.head.Facts {
		if fact.Field == f {
			out = append(out, fact)
		}
	}
	return out
}

// hasLabelled reports whether a field has a value that its own label gives.
func (x *reading) hasLabelled(f archive.Field) bool {
	for _, fact := range x.factsOf(f) {
		if strings.HasSuffix(fact.Rule, "label") || fact.Rule == "series-is-fandom" || fact.Rule == "info-row" || fact.Rule == "breadcrumb" {
			return true
		}
	}
	return false
}

var belongs = regexp.MustCompile(`(?:^|[.!?;:]\s+|^The )(?:The (?:show|series|world|universe|people|characters) (?:of|from) )?["'\x{201c}\x{2018}\x{201e}\x{00ab}]?((?:[\p{Lu}\d][\pL\d'\x{2019}-]*)(?:(?: (?:of|the|and|in|to|at|on|für|der|die|das|von|des|de|la|le|du|et|und|и|в))* [\p{Lu}\d][\pL\d'\x{2019}-]*){0,5})["'\x{201d}\x{2019}\x{201c}\x{00bb}]?(?:,? and (?:all|everyone|everything|everybody|the people|its) .{0,60}?)? (?:belongs? to|(?:is|are) (?:the )?(?:property|creation|work) of|(?:is|are) owned by|(?:is|are) copyright|(?:is|are) ©|gehör(?:t|en)|appartien(?:t|nent)|принадлеж[иа]т|pertenecen? a|appart(?:iene|engono))`)

// named finds the fandoms that a disclaimer, spoiler line or summary names.
func (x *reading) named(source Fact) {
	found := false
	mentions := x.words.Fandoms(source.Text)
	if m := ownedName.FindStringSubmatchIndex(source.Text); m != nil && source.Field == archive.FieldDisclaimer {
		mentions = append(mentions, [2]int{m[2], m[3]})
	}
	for _, r := range mentions {
		if !speaksOf(source.Field, source.Text, r, len(mentions)) {
			continue
		}
		x.nameFact(source, r, archive.FieldFandoms, "named-in-"+string(source.Field), maybe)
		found = true
		if m := besides.FindStringSubmatchIndex(source.Text[r[1]:]); m != nil {
			x.nameFact(source, [2]int{r[1] + m[2], r[1] + m[3]}, archive.FieldFandoms, "named-beside", 0.55)
		}
	}
	if found || source.Field != archive.FieldDisclaimer {
		return
	}
	if m := belongs.FindStringSubmatchIndex(source.Text); m != nil && !pronoun(source.Text[m[2]:m[3]]) && !strings.Contains(source.Text[m[2]:m[3]], " and ") {
		x.nameFact(source, [2]int{m[2], m[3]}, archive.FieldFandoms, "belongs-to", 0.55)
	}
}

func pronoun(s string) bool {
	switch strings.ToLower(s) {
	case "they", "these", "we", "he", "she", "those", "characters", "neither", "both", "most", "it", "everything", "everyone", "nothing", "everybody", "all", "this", "that", "anything", "alles", "tout", "any", "none", "the rest", "the characters":
		return true
	}
	return false
}

// nameFact notes part of another fact's text, by searching it in the page's
// lines from where that fact stands.
func (x *reading) nameFact(source Fact, r [2]int, f archive.Field, rule string, confidence float64) {
	for i := range x.page.Lines {
		l := &x.page.Lines[i]
		start, end := l.Doc(0, len(l.Text))
		if end <= source.Start || start >= source.End {
			continue
		}
		for k := 0; ; {
			at := strings.Index(l.Text[k:], source.Text[r[0]:r[1]])
			if at < 0 {
				break
			}
			at += k
			if s, _ := l.Doc(at, at+1); s >= source.Start && s < source.End {
				var t text
				t.add(l, at, at+r[1]-r[0])
				x.fact(f, &t, 0, r[1]-r[0], rule, confidence)
				return
			}
			k = at + 1
		}
	}
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
