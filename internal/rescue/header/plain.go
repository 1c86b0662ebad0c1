package header

import (
	"regexp"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// plain reads an entry without a label: the shapes that say what they are
// (byline, heading, row of facts, rating, date) at once; paragraphs wait until
// everything else is known.
func (x *reading) plain(t *text) {
	s := t.s
	switch {
	case strings.TrimSpace(s) == "":
	case vocab.InfoRow(s):
		x.infoRow(t)
	case x.tthRow(t), x.forumLine(t), x.storyOf(t), x.slashRow(t):
	case x.byline(t):
	case x.heading(t):
	case x.titleShapes(t):
	case x.bareRating(t), x.bareEnd(t), x.bareDate(t), x.siteLine(t):
	default:
		x.loose = append(x.loose, loose{*t, x.words.AuthorTalk(s)})
	}
}

// bareEnd reads "FINIS 3/17/02": authors dated their stories where they ended.
func (x *reading) bareEnd(t *text) bool {
	if _, ok := vocab.EndMarker(t.s); !ok {
		return false
	}
	if d, ok := x.words.FindDate(t.s, x.options.Order); ok && !x.head.Has(archive.FieldDate) {
		if fact := x.fact(archive.FieldDate, t, d.Start, d.End, "end-date", maybe); fact != nil {
			fact.Normal = d.ISO
		}
	}
	return true
}

// siteLine reads a line of the site that stands among the header's: the name of
// an archive, or the way to the page through its sections.
func (x *reading) siteLine(t *text) bool {
	if x.sections(t) {
		return true
	}
	m := archiveOf.FindStringSubmatchIndex(t.s)
	if m == nil || len(t.s)-m[1] > 12 {
		m = archiveName.FindStringSubmatchIndex(t.s)
	}
	if m == nil || firstPerson(t.s) {
		return false
	}
	if x.words.Fandom(t.s[m[2]:m[3]]) || archiveOf.MatchString(t.s) {
		x.fact(archive.FieldFandoms, t, m[2], m[3], "archive-name", maybe)
	}
	return true
}

var sectionMark = regexp.MustCompile(`\s*[»›❯>]\s*`)

// sections reads "Home » Stories » Highlander": the last section that is a
// fandom's is the story's.
func (x *reading) sections(t *text) bool {
	marks := sectionMark.FindAllStringIndex(t.s, 8)
	if len(marks) == 0 || len(t.s) > 120 || strings.ContainsAny(t.s, "<@") || marks[0][0] == 0 {
		return false
	}
	from, fandom, site := 0, [2]int{}, false
	for _, m := range append(marks, []int{len(t.s), len(t.s)}) {
		part := t.s[from:m[0]]
		site = site || vocab.ChromeLine(part) || vocab.Section(part)
		if x.words.Fandom(part) {
			fandom = [2]int{from, m[0]}
		}
		from = m[1]
	}
	if !site {
		return false
	}
	x.fact(archive.FieldFandoms, t, fandom[0], fandom[1], "breadcrumb", likely)
	return true
}

// byline reads "by X".
func (x *reading) byline(t *text) bool {
	i, j, ok := vocab.Byline(t.s)
	if !ok {
		return false
	}
	x.people(archive.FieldAuthors, t, i, j, "byline", 0.9)
	return true
}

// heading reads the heading of a chapter or part.
func (x *reading) heading(t *text) bool {
	h, ok := vocab.ChapterHeading(t.s)
	if !ok {
		return false
	}
	if x.options.Several && h.Title != "" && strings.Trim(h.Label, "0123456789IVX") == "" {
		at := strings.Index(t.s, h.Title)
		return x.title(t, at, at+len(h.Title), "numbered-story", 0.9)
	}
	if x.head.Chapter == nil || x.head.Chapter.Title == "" && h.Title != "" {
		x.head.Chapter = &h
		x.head.ChapterStart, x.head.ChapterEnd = t.doc(0, len(t.s))
	}
	if h.Total != "" {
		x.head.Part, x.head.Total = h.Number, h.Total
	}
	return true
}

// bareRating reads "Rated R" and "[ P - Pre-Teen ]".
func (x *reading) bareRating(t *text) bool {
	if len(t.s) > 60 || !x.ratingLine(t.s) && !bracketRating.MatchString(t.s) {
		return false
	}
	i, j := trimRange(t.s, 0, len(t.s))
	if !bracketRating.MatchString(t.s) {
		var ok bool
		if i, j, ok = x.words.Rating(t.s); !ok {
			return false
		}
	}
	if fact := x.fact(archive.FieldRating, t, i, j, "rating-line", likely); fact != nil {
		fact.Normal = vocab.NormalRating(strings.SplitN(fact.Text, " - ", 2)[0])
	}
	return true
}

// bareDate reads a line that is nothing but a date, or "Posted 3/4/02".
func (x *reading) bareDate(t *text) bool {
	d, ok := x.words.FindDate(t.s, x.options.Order)
	if !ok || len(t.s)-(d.End-d.Start) > 20 || d.End-d.Start < 6 || x.lastBeforeStory(t) {
		return false
	}
	if d.A > 0 {
		x.head.Dates = append(x.head.Dates, d)
	}
	if fact := x.fact(archive.FieldDate, t, d.Start, d.End, "date-line", maybe); fact != nil {
		fact.Normal = d.ISO
	}
	return true
}

// lastBeforeStory reports whether a text is the last thing before the story: a
// date there is the heading of a diary, not the date of the story.
func (x *reading) lastBeforeStory(t *text) bool {
	last := t.pieces[len(t.pieces)-1].line
	for i := x.first; i+1 < x.end; i++ {
		if &x.page.Lines[i] == last {
			return x.labelCount > 0 && x.page.Lines[i+1].Part == page.Story
		}
	}
	return false
}

var storyOf = regexp.MustCompile(`(?i)^(?:an?|the)\s+["'\x{201c}\x{2018}]?(.{2,50}?)["'\x{201d}\x{2019}]?\s+((?:(?:au|slash|het|gen|crossover|alternate universe|humor|short|romance)\s+)*)(?:fan ?fic(?:tion)?|story|fic|fanfic|vignette|ficlet)\b\s*(?:by|von)?\s*(.*)$`)

// storyOf reads "A 'Farscape' slash story" and "A Gundam Wing AU Story by X".
func (x *reading) storyOf(t *text) bool {
	m := storyOf.FindStringSubmatchIndex(t.s)
	if m == nil || len(t.s) > 140 {
		return false
	}
	name := t.s[m[2]:m[3]]
	if !x.words.Fandom(name) && !quotedAt(t.s, m[2], m[3]) {
		return false
	}
	x.fact(archive.FieldFandoms, t, m[2], m[3], "story-of", likely)
	for _, r := range items(t.s, m[4], m[5], " ", false) {
		x.fact(archive.FieldGenres, t, r[0], r[1], "story-of", likely)
	}
	if name := t.s[m[6]:m[7]]; vocab.NameLike(name) {
		x.people(archive.FieldAuthors, t, m[6], m[7], "story-of", likely)
	}
	return true
}

func quotedAt(s string, i, j int) bool {
	return i > 0 && j < len(s) && strings.ContainsAny(s[i-1:i], "\"'") && strings.ContainsAny(s[j:j+1], "\"'")
}

var forumLine = regexp.MustCompile(`(?i)^discussion in .{0,60}? started by ([^,]{2,40}), (.{6,24})\.?$`)

// forumLine reads who started a forum thread, and when.
func (x *reading) forumLine(t *text) bool {
	m := forumLine.FindStringSubmatchIndex(t.s)
	if m == nil {
		return false
	}
	x.people(archive.FieldAuthors, t, m[2], m[3], "forum-thread", likely)
	sub := *t
	if d, ok := x.words.FindDate(t.s[m[4]:m[5]], x.options.Order); ok {
		if fact := x.fact(archive.FieldDate, &sub, m[4]+d.Start, m[4]+d.End, "forum-thread", likely); fact != nil {
			fact.Normal = d.ISO
		}
	}
	return true
}

// infoRow reads a row of facts divided by dashes or bars:
// "Lord of the Rings - Rated: T - English - Fantasy/Adventure - Chapters: 3 - …".
func (x *reading) infoRow(t *text) {
	if k := vocab.FactsBegin(t.s); k > 0 && strings.Count(t.s, " - ") < 3 && strings.Count(t.s, " | ") < 3 {
		x.commaRow(t, k)
		return
	}
	separator := " - "
	if strings.Count(t.s, " | ") > strings.Count(t.s, " - ") {
		separator = " | "
	}
	from, n := 0, 0
	for {
		k := strings.Index(t.s[from:], separator)
		end := len(t.s)
		if k >= 0 {
			end = from + k
		}
		x.infoItem(t, from, end, n)
		if k < 0 {
			return
		}
		from = end + len(separator)
		n++
	}
}

// commaRow reads "CSI, T, English, Humor & Mystery, Greg S., words: 3k+, favs: 21".
func (x *reading) commaRow(t *text, facts int) {
	for n, r := range items(t.s, 0, facts, ",", false) {
		s := t.s[r[0]:r[1]]
		if i, j, ok := x.words.Rating(s); ok && j-i == len(s) && n < 4 {
			if f := x.fact(archive.FieldRating, t, r[0], r[1], "info-row", likely); f != nil {
				f.Normal = vocab.NormalRating(s)
			}
			continue
		}
		if n > 0 && x.allGenres(strings.ReplaceAll(s, " & ", "/")) {
			for _, q := range splitWord(t.s, r, " & ") {
				x.fact(archive.FieldGenres, t, q[0], q[1], "info-row", likely)
			}
			continue
		}
		x.infoItem(t, r[0], r[1], n)
	}
	x.infoItem(t, facts, len(t.s), 9)
}

func (x *reading) infoItem(t *text, i, j, n int) {
	s := t.s[i:j]
	if labels := x.words.All(capitals(s)); len(labels) > 0 && labels[0].Start < 4 && !labels[0].Alone {
		for k, lab := range labels {
			end := len(s)
			if k+1 < len(labels) {
				end = labels[k+1].Start
			}
			x.labelled(lab.Field, &entry{label: lab, name: s[lab.Start:lab.End], value: sub(t, i+lab.Value, i+end)})
		}
		return
	}
	if tag, ok := x.words.LanguageName(s); ok {
		if f := x.fact(archive.FieldLanguage, t, i, j, "info-row", sure); f != nil {
			f.Normal = tag
		}
		return
	}
	switch {
	case vocab.Status(vocab.Fold(s)) == "complete":
		if f := x.fact(archive.FieldStatus, t, i, j, "info-row", sure); f != nil {
			f.Normal = "complete"
		}
	case x.allGenres(s):
		for _, r := range items(t.s, i, j, ",", true) {
			x.fact(archive.FieldGenres, t, r[0], r[1], "info-row", likely)
		}
	case n == 0 && x.words.Fandom(s):
		x.fact(archive.FieldFandoms, t, i, j, "info-row", likely)
	}
}

// capitals is s with every ASCII word capitalised: rows of facts write their
// labels in lower case too. Offsets stay.
func capitals(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] >= 'a' && b[i] <= 'z' && (i == 0 || b[i-1] == ' ') {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// sub is a stretch of a text as a text.
func sub(t *text, i, j int) text {
	out := text{s: t.s[i:j]}
	for k, p := range t.pieces {
		end := len(t.s)
		if k+1 < len(t.pieces) {
			end = t.pieces[k+1].at
		}
		if end <= i || p.at >= j {
			continue
		}
		at := max(0, p.at-i)
		out.pieces = append(out.pieces, piece{at, p.line, p.from + max(0, i-p.at)})
	}
	return out
}

func (x *reading) allGenres(s string) bool {
	parts := items(s, 0, len(s), ",", true)
	for _, r := range parts {
		if !x.words.Genre(s[r[0]:r[1]]) {
			return false
		}
	}
	return len(parts) > 0
}

var (
	slashRow    = regexp.MustCompile(`^(?:Geschichte|Oneshot|One-Shot|Kurzgeschichte|Drabble|Gedicht|Songfic|Sammlung|Mitmachgeschichte)\s*/\s*(.+?)\s*/\s*(P ?\d+(?: Slash)?|P\d+-AVL\S*)\s*(?:/\s*(.+))?$`)
	slashCrumbs = regexp.MustCompile(`^Fan[Ff]iction\s*/\s*[^/]+/\s*(.+?)(?:\s*/\s*.+)?$`)
)

// slashRow reads the rows of fanfiktion.de: "Geschichte / Humor, Freundschaft /
// P6 / Gen" and "Fanfiction / Bücher / Harry Potter".
func (x *reading) slashRow(t *text) bool {
	if m := slashCrumbs.FindStringSubmatchIndex(t.s); m != nil {
		x.fact(archive.FieldFandoms, t, m[2], m[3], "breadcrumb", likely)
		return true
	}
	m := slashRow.FindStringSubmatchIndex(t.s)
	if m == nil {
		return false
	}
	for _, r := range items(t.s, m[2], m[3], ",", false) {
		x.fact(archive.FieldGenres, t, r[0], r[1], "slash-row", likely)
	}
	if f := x.fact(archive.FieldRating, t, m[4], m[5], "slash-row", likely); f != nil {
		f.Normal = vocab.NormalRating(f.Text)
	}
	if m[6] >= 0 {
		x.fact(archive.FieldCategories, t, m[6], m[7], "slash-row", likely)
	}
	return true
}

var tthPlace = regexp.MustCompile(`^(.{2,60}?) > ([\pL .'-]+?)-Centered(?: > (Pairing|Theme): ([\pL .'&/-]+))?`)

// tthRow reads the table row of the crossover archive Twisting the Hellmouth,
// with or without its cell borders: "Harry Potter > Buffy-Centered" + author +
// rating + chapters + words + counts + two dates + Yes/No.
func (x *reading) tthRow(t *text) bool {
	m := tthPlace.FindStringSubmatchIndex(t.s)
	if m == nil {
		return false
	}
	x.fact(archive.FieldFandoms, t, m[2], m[3], "category-row", likely)
	x.fact(archive.FieldCharacters, t, m[4], m[5], "category-row", maybe)
	end := m[1]
	if m[6] >= 0 {
		end = m[8] + wordBoundary(t.s[m[8]:m[9]])
		f := archive.FieldGenres
		start := m[6]
		if t.s[m[6]:m[7]] == "Pairing" {
			f, start = archive.FieldCharacters, m[8]
		}
		x.fact(f, t, start, end, "category-row", maybe)
	}
	x.tthFigures(t, end)
	return true
}

var tthFigures = regexp.MustCompile(`^(.{2,40}?)((?:FR(?:7|13|15|18|21|AO|T|M|C)))(\d{0,4}?)(\d{1,3}(?:,\d{3})+|\d{3})(\d[\d ]*(?:,\d{3})*)??((?:[12]\d|3[01]|\d) [A-Z][a-z]{2} \d\d)((?:[12]\d|3[01]|\d) [A-Z][a-z]{2} \d\d)(Yes|No)$`)

// tthFigures reads what follows the category: the author and the figures.
func (x *reading) tthFigures(t *text, from int) {
	m := tthFigures.FindStringSubmatchIndex(t.s[from:])
	if m == nil {
		return
	}
	at := func(k int) (int, int) { return from + m[2*k], from + m[2*k+1] }
	i, j := at(1)
	x.fact(archive.FieldAuthors, t, i, j, "category-row", likely)
	i, j = at(2)
	if f := x.fact(archive.FieldRating, t, i, j, "category-row", likely); f != nil {
		f.Normal = vocab.NormalRating(f.Text)
	}
	x.tthWords(t, j)
	for k, field := range []archive.Field{archive.FieldDate, archive.FieldUpdated} {
		i, j = at(6 + k)
		if d, ok := x.words.FindDate(t.s[i:j], vocab.Unsure); ok {
			if f := x.fact(field, t, i, j, "category-row", likely); f != nil {
				f.Normal = d.ISO
			}
		}
	}
	i, j = at(8)
	if f := x.fact(archive.FieldStatus, t, i, j, "category-row", likely); f != nil {
		f.Normal = vocab.Status(strings.ToLower(f.Text))
	}
}

// tthWords finds the number of words where chapters and words run together
// ("54,704" is five chapters and 4,704 words): the division that gives chapters
// of a likely length.
func (x *reading) tthWords(t *text, i int) {
	comma := strings.IndexByte(t.s[i:], ',')
	if comma < 2 || comma > 5 {
		return
	}
	for cut := 1; cut < comma; cut++ {
		chapters, words := vocab.Number(t.s[i:i+cut]), 0
		for _, c := range t.s[i+cut : i+comma+4] {
			if c >= '0' && c <= '9' {
				words = words*10 + int(c-'0')
			}
		}
		if chapters > 0 && words/chapters >= 400 && words/chapters <= 12000 && comma-cut <= 3 {
			if f := x.fact(archive.FieldWords, t, i+cut, i+comma+4, "category-row", maybe); f != nil {
				f.Normal = strings.ReplaceAll(f.Text, ",", "")
			}
			return
		}
	}
}

// wordBoundary finds where a category ends and a name that was set right behind
// it begins: "TeacherUncertainMask".
func wordBoundary(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			return i
		}
	}
	return len(s)
}
