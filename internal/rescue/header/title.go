package header

import (
	"regexp"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// titleValue reads the value of a title label; where it is prose it is a summary
// whose label was chosen badly ("Story: …").
func (x *reading) titleValue(t *text, e *entry, confidence float64) {
	if e.label.Strength == vocab.Weak && len(t.s) > 70 {
		x.fact(archive.FieldSummary, t, 0, len(t.s), "story-label", likely)
		return
	}
	if !x.head.Has(archive.FieldAuthors) {
		if a, b, c, ok := vocab.TitleByline(t.s); ok && len(t.s) < 120 {
			x.title(t, 0, a, "title-label", confidence-0.1)
			x.people(archive.FieldAuthors, t, b, c, "title-label", 0.7)
			return
		}
	}
	if m := partIn.FindStringSubmatchIndex(t.s); m != nil {
		x.fact(archive.FieldSeries, t, m[6], m[7], "title-label", likely)
		x.fact(archive.FieldPart, t, m[4], m[5], "title-label", likely)
		x.title(t, m[2], m[3], "title-label", confidence)
		return
	}
	x.title(t, 0, len(t.s), "title-label", confidence)
}

// title notes a title, cutting off a part marker.
func (x *reading) title(t *text, i, j int, rule string, confidence float64) bool {
	i, j = trimRange(t.s, i, j)
	if i >= j || untitled(t.s[i:j]) || rule != "title-label" && unnamed(t.s[i:j]) {
		return false
	}
	if rest, number, _ := vocab.PartOf(t.s[i:j]); number != "" {
		if k := x.titleRemark(t, i, i+len(rest)); k > 0 {
			x.partOfTitle(t.s[i:j])
			j = k
		}
	} else if k := x.titleRemark(t, i, j); k > 0 {
		j = k
	}
	if k := strings.Index(t.s[i:j], ": "); k > 0 && k+2 < j-i && x.words.Fandom(t.s[i:i+k]) && !franchise(t.s[i:i+k]) {
		x.fact(archive.FieldFandoms, t, i, i+k, "title-prefix", maybe)
		i, j = trimRange(t.s, i+k+2, j)
	}
	j = i + x.partOfTitle(t.s[i:j])
	return x.fact(archive.FieldTitle, t, i, j, rule, confidence) != nil
}

// partOfTitle notes the part that a title ends with, "(2/5)", and returns how long
// the title is without it.
func (x *reading) partOfTitle(s string) int {
	rest, number, total := vocab.PartOf(s)
	if number == "" || rest == "" {
		return len(s)
	}
	if x.head.Part == "" {
		x.head.Part, x.head.Total = number, total
	}
	return len(rest)
}

// franchise reports whether the shows of a fandom themselves have its name and a
// colon in their titles, so that a story's title may have them too.
func franchise(s string) bool {
	switch vocab.Fold(s) {
	case "star trek", "star wars", "stargate", "csi", "angel", "highlander":
		return true
	}
	return false
}

// titleRemark reads what stands in brackets behind a title, as in "Windmill Season
// (Smallville, PG, Clark & Chloe)", and returns where the title itself ends; 0
// where the brackets belong to the title.
func (x *reading) titleRemark(t *text, i, j int) int {
	m := remark.FindStringSubmatchIndex(t.s[i:j])
	if m == nil {
		return 0
	}
	parts := items(t.s, i+m[2], i+m[3], ",;", false)
	known := 0
	for _, r := range parts {
		s := t.s[r[0]:r[1]]
		if a, b, ok := x.words.Rating(s); ok && b-a == len(s) || x.words.Fandom(s) || x.words.Genre(s) {
			known++
		}
	}
	if known == 0 || len(parts) < 2 && !x.onlyRating(t.s[i+m[2]:i+m[3]]) && !x.words.Fandom(t.s[i+m[2]:i+m[3]]) {
		return 0
	}
	for n, r := range parts {
		x.remarkItem(t, r, n == 0)
	}
	return i + m[0]
}

// onlyRating reports whether s is a rating of more than one letter and nothing
// else: "PG-13", but not the "R" of a name.
func (x *reading) onlyRating(s string) bool {
	a, b, ok := x.words.Rating(s)
	return ok && a == 0 && b == len(s) && b > 1 && strings.ToUpper(s) == s
}

func (x *reading) remarkItem(t *text, r [2]int, first bool) {
	s := t.s[r[0]:r[1]]
	a, b, ok := x.words.Rating(s)
	switch {
	case ok && b-a == len(s):
		if f := x.fact(archive.FieldRating, t, r[0], r[1], "title-remark", 0.7); f != nil {
			f.Normal = vocab.NormalRating(s)
		}
	case x.words.Fandom(s):
		x.fact(archive.FieldFandoms, t, r[0], r[1], "title-remark", 0.7)
	case x.words.Genre(s):
		x.fact(archive.FieldGenres, t, r[0], r[1], "title-remark", maybe)
	case pairMark.MatchString(s) || strings.Contains(s, " & "):
		x.fact(archive.FieldRelationships, t, r[0], r[1], "title-remark", maybe)
	case strings.HasPrefix(strings.ToLower(s), "post-") || strings.HasPrefix(strings.ToLower(s), "spoilers"):
		x.fact(archive.FieldSpoilers, t, r[0], r[1], "title-remark", maybe)
	case first && upperStart(s) && (len(s) > 3 || len(s) > 1 && s == strings.ToUpper(s)) && strings.Count(s, " ") < 5:
		x.fact(archive.FieldFandoms, t, r[0], r[1], "title-remark", 0.55) // (show, pairing, rating)
	}
}

var remark = regexp.MustCompile(`(?i)\s*[(\[]([^()\[\]]+)[)\]](?:\s+(?:wip|complete|new))?\s*$`)

// unnamed reports whether a title is a page maker's placeholder. With a label such
// words may be a title after all.
func unnamed(s string) bool {
	switch vocab.Fold(s) {
	case "index", "home", "story", "fic", "fanfiction", "fan fiction", "chapter", "welcome", "new page", "new page 1":
		return true
	}
	return untitled(s)
}

// untitled reports whether a title says that there is none, or is too long for one.
func untitled(s string) bool {
	switch vocab.Fold(s) {
	case "", "untitled", "untitled document", "no title", "untitled page", "ohne titel", "sans titre", "unbenannt", "none":
		return true
	}
	return strings.HasPrefix(vocab.Fold(s), "untitled document") || len(s) > 300
}

// confidenceOf is the confidence of the best fact of a field, 0 where there is none.
func (h *Header) confidenceOf(f archive.Field) float64 {
	x, _ := h.First(f)
	return x.Confidence
}

var titlePrefix = regexp.MustCompile(`(?i)^(?:(?:re-?)?post(?:ing|ed)?(?: (?:an )?old)? (?:fic|story)|(?:fan ?)?fic(?:tion)?|story|fiction|re|fwd?|\[fic\]|title)\s*:\s*|^\[[^\]]{1,20}\]\s*`)

// titleElement reads the <title> of the page.
func (x *reading) titleElement() {
	l := &x.page.Title
	if l.Text == "" || unnamed(l.Text) {
		return
	}
	if x.options.Common != nil && x.options.Common(l.Text) {
		return
	}
	var t text
	from, to := x.ownPart(l.Text)
	if part, ok := x.repeatedPart(l.Text); ok {
		t.add(l, part[0]+len(titlePrefix.FindString(l.Text[part[0]:part[1]])), part[1])
		x.title(&t, 0, len(t.s), "title-element-and-line", 0.8)
		return
	}
	t.add(l, from+len(titlePrefix.FindString(l.Text[from:to])), to)
	if unnamed(t.s) || vocab.ChromeLine(t.s) {
		return
	}
	confidence := 0.75
	if x.options.Several {
		confidence = 0.4 // the page's title, not the story's
	}
	if a, b, c, ok := vocab.TitleByline(t.s); ok {
		x.title(&t, 0, a, "title-element", confidence)
		if !x.head.Has(archive.FieldAuthors) {
			x.people(archive.FieldAuthors, &t, b, c, "title-element", 0.7)
		}
		return
	}
	if m := storyTitle.FindStringSubmatchIndex(t.s); m != nil && x.knownShow(t.s[m[4]:m[5]]) {
		x.fact(archive.FieldFandoms, &t, m[4], m[5], "title-element", maybe)
		x.title(&t, m[2], m[3], "title-element", confidence)
		return
	}
	if m := siteName.FindStringIndex(t.s); m != nil && m[0] > 0 {
		x.title(&t, 0, m[0], "title-element", 0.6)
		return
	}
	if _, ok := vocab.ChapterHeading(t.s); ok {
		return
	}
	x.title(&t, 0, len(t.s), "title-element", confidence)
}

// knownShow reports whether s is a fandom's name, in small letters too.
func (x *reading) knownShow(s string) bool {
	return x.words.Fandom(s) || x.words.Fandom(capitals(s))
}

var titleDivider = regexp.MustCompile(`\s+(?:-{1,2}|\||::|:|»|>|\x{2013}|\x{2014}|/)\s+|:\s+`)

// TitleSegments returns the byte ranges of the parts of a page title, divided
// where sites put their name before or after a story's.
func TitleSegments(s string) [][2]int {
	var out [][2]int
	from := 0
	for _, m := range append(titleDivider.FindAllStringIndex(s, -1), []int{len(s), len(s)}) {
		if from < m[0] {
			out = append(out, [2]int{from, m[0]})
		}
		from = m[1]
	}
	return out
}

// repeatedPart finds a part of the page title that stands on the page as a line
// of its own: the story's title, where the rest is the site's.
func (x *reading) repeatedPart(s string) ([2]int, bool) {
	parts := TitleSegments(s)
	if len(parts) < 2 {
		return [2]int{}, false
	}
	for i := x.first; i < min(x.end, x.first+40); i++ {
		line := vocab.Fold(x.page.Lines[i].Text)
		if line == "" {
			continue
		}
		for k, p := range parts[1:] {
			// "user: Re: Title": the line may hold several parts of it
			if k+2 < len(parts) && line == vocab.Fold(s[p[0]:]) {
				return [2]int{p[0], len(s)}, true
			}
		}
		for _, p := range parts {
			own := s[p[0]:p[1]]
			if k := remark.FindStringIndex(own); k != nil && k[0] > 0 && line == vocab.Fold(own[:k[0]]) {
				return p, true // its remark is cut off where it becomes the title
			}
			if line == vocab.Fold(own) && !unnamed(own) && !vocab.ChromeLine(own) && (x.options.Common == nil || !x.options.Common(own)) {
				return p, true
			}
		}
	}
	return [2]int{}, false
}

// ownPart leaves the site's name off both ends of a page title.
func (x *reading) ownPart(s string) (from, to int) {
	to = len(s)
	parts := TitleSegments(s)
	if x.options.Common == nil || len(parts) < 2 {
		return 0, to
	}
	for len(parts) > 1 && x.options.Common(s[parts[0][0]:parts[0][1]]) {
		parts = parts[1:]
	}
	for len(parts) > 1 && x.options.Common(s[parts[len(parts)-1][0]:parts[len(parts)-1][1]]) {
		parts = parts[:len(parts)-1]
	}
	return parts[0][0], parts[len(parts)-1][1]
}

var siteName = regexp.MustCompile(`(?i)\s+[-|:\x{2013}\x{2014}»]+\s+[^-|]*\b(?:archive|fan ?fiction|fanfic|fics?|stories|library|archives|site|page|homepage|network|\.(?:net|com|org|de))\b[^-|]*$`)

// firstLine takes a line that could be the title: short, set apart, neither label
// nor sentence. The last such line above the first label or byline is the best
// guess, as the site's own lines stand higher; without one, the first of all.
func (x *reading) firstLine() {
	best := -1
	limit := x.firstFact()
	for k := range x.loose {
		t := &x.loose[k].text
		if !x.couldBeTitle(t) {
			continue
		}
		start, _ := t.doc(0, 1)
		if best < 0 || start < limit {
			best = k
		}
	}
	if best < 0 {
		if !x.head.Has(archive.FieldTitle) {
			x.titleAmongChrome()
		}
		return
	}
	t := &x.loose[best].text
	l := t.pieces[0].line
	confidence := 0.55
	if l.Level > 0 || l.Center || boldAll(l) || best == 0 {
		confidence = 0.65
	}
	start, end := len(subjectTag.FindString(t.s)), len(t.s)
	if m := titleDrop.FindStringIndex(t.s); m != nil && m[0] > 0 {
		end = m[0]
	}
	if x.title(t, start, end, "first-line", confidence) {
		x.loose = append(x.loose[:best:best], x.loose[best+1:]...)
	}
}

// quotedLine takes a line in quotation marks that stands above the byline: so
// titles were written, and nothing else.
func (x *reading) quotedLine() {
	for i := x.first; i+1 < x.end; i++ {
		l := &x.page.Lines[i]
		if l.Part == page.Story || len(l.Text) > 100 || !isByline(x.page.Lines[i+1].Text) {
			continue
		}
		if n, ok := enclosed(l.Text); ok && strings.ContainsAny(l.Text[:n], "\"\u201c\u201e\u00ab") {
			var t text
			t.add(l, 0, len(l.Text))
			x.title(&t, 0, len(t.s), "quoted-line", 0.7)
			return
		}
	}
}

// titleAmongChrome takes a line between the site's own above the header, where
// no line of the header could be the title: set apart, no link and none of the
// phrases of sites.
func (x *reading) titleAmongChrome() {
	for i := x.first; i+1 < x.end && x.page.Lines[i].Part == page.Chrome; i++ {
		l := &x.page.Lines[i]
		if l.Kind != page.Prose || l.Gap == 0 || x.page.Lines[i+1].Gap == 0 || l.LinkShare() > 0 || x.ofSite(l.Text) || !titleCase(l.Text) {
			continue
		}
		var t text
		t.add(l, 0, len(l.Text))
		if x.couldBeTitle(&t) {
			x.title(&t, 0, len(t.s), "line-above-header", 0.5)
			return
		}
	}
}

// titleCase reports whether a line is written as titles are: a few words, most of
// them with a capital.
func titleCase(s string) bool {
	words := strings.Fields(s)
	upper := 0
	for _, w := range words {
		if upperStart(w) {
			upper++
		}
	}
	return len(words) > 1 && len(words) < 10 && upper*2 > len(words)
}

// firstFact is where in the page the first label or byline stands.
func (x *reading) firstFact() int {
	first := int(^uint(0) >> 1)
	for _, f := range x.head.Facts {
		if f.Rule != "title-element" && f.Rule != "meta" && f.Rule != "archive-name" && f.Rule != "breadcrumb" && f.Rule != "title-element-and-line" {
			first = min(first, f.Start)
		}
	}
	return first
}

func (x *reading) couldBeTitle(t *text) bool {
	s := strings.TrimSpace(t.s)
	n := strings.Count(s, " ") + 1
	if s == "" || n > 12 || len(s) > 100 || len(t.pieces) != 1 || vocab.ChromeLine(s) {
		return false
	}
	if strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "...") || strings.HasSuffix(s, ":") || strings.Contains(s, ". ") || strings.Contains(s, "@") {
		return false
	}
	if strings.Contains(s, " » ") || strings.Contains(s, " > ") || strings.Count(s, " / ") > 1 {
		return false
	}
	if _, dated := x.words.FindDate(s, vocab.MonthFirst); dated && strings.ContainsAny(s, "/.-") || versionLine.MatchString(s) || siteNamed.MatchString(s) {
		return false
	}
	if vocab.Disclaims(s) || vocab.Invites(s) || x.words.AuthorTalk(s) > 1 || !titleStart(s) || strings.Count(s, ",") > 2 {
		return false
	}
	return len([]rune(s)) >= 3
}

// siteNamed matches a line that is the name of a site rather than of a story.
var siteNamed = regexp.MustCompile(`(?i)\b[\pL\d-]{3,}\.(?:net|com|org|de|fr|ru|it|es|co\.uk)\b|\b(?:fan ?fiction|fan ?fic|slash|story)[ -](?:archive|archiv|library|site|index)\b`)

func titleStart(s string) bool {
	for _, w := range []string{"My entry", "For ", "To ", "Missing scene", "Thanks", "Thank you", "Set ", "This ", "Written ", "I ", "Posted", "Edited", "Latest"} {
		if strings.HasPrefix(s, w) && strings.Count(s, " ") > 1 {
			return w == "To " || w == "For "
		}
	}
	return true
}

func boldAll(l *page.Line) bool {
	return len(l.Spans) == 1 && l.Spans[0].Marks != 0 && l.Spans[0].End-l.Spans[0].Start >= len(l.Text)-1
}
