package header

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

var (
	seriesEpisode = regexp.MustCompile(`(?i)^(.{2,60}?)(?: series)?[\s,:]*[-\x{2013}\x{2014},:]?\s*((?:episode|part|book|story|number|volume|vol\.?|teil|chapter|season)\s*#?\s*(?:\d+|[ivx]+)|\d{1,2}x\d{2})\s*[-\x{2013}\x{2014}:,]?\s*["\x{201c}](.{2,80})["\x{201d}]\s*$`)
	seriesStory   = regexp.MustCompile(`(?i)^(.{2,60}?) series\s*[,:\x{2013}-]*\s*(?:story|part|book|number|no\.?|#)\s*#?\s*(\d+|[ivx]+)\s*[:\x{2013}-]+\s*(.{2,80})$`)
	partIn        = regexp.MustCompile(`(?i)^(.{2,80}?)[\s,(]+(?:part|story|book|#)\s*#?(\d+|[ivx]+)(?:\s*(?:/|of)\s*(?:\d+|\?))?\s+(?:in|of)\s+(?:the\s+)?["\x{201c}]?(.{2,60}?)["\x{201d}]?(?: series| trilogy| saga| cycle)?\)?$`)
	storyTitle    = regexp.MustCompile(`(?i)^(.{2,80}?),?\s+An?\s+(.{2,40}?)\s+(?:fan ?fic(?:tion)?|story|fic|tale|vignette)$`)
	fandomTitle   = regexp.MustCompile(`^(.{2,40}?)\s+:\s+(.{2,80}?)\s+An?\s+(.{2,40}?)\s+Fan ?[Ff]ic(?:tion)?\s*$`)
	numberedTitle = regexp.MustCompile(`^(.{2,80}?):\s+(\d{1,3})\.\s+(.{1,80})$`)
	crumbs        = regexp.MustCompile(`^(.{2,60}?)\s+(?:Fan ?[Ff]iction\s+)?[❯»>›]\s+(.{2,90}?)(?:\s+[❯»>›]\s+(.{1,90}?))?(?:\s*\(\s*(Chapter .{1,12}?|Part .{1,12}?|Oneshot|One-[Ss]hot)\s*\))?\s*$`)
	siteBar       = regexp.MustCompile(`^([^|]{3,60}?) \| ([^|]{2,90}?)(?:[\s|]+(\d{1,3})-(\d{1,3}))?$`)
	nameBy        = regexp.MustCompile(`\s*(?:[\[(]\s*Reviews.*|\bPrinter\b.*)$`)
	titleDrop     = regexp.MustCompile(`(?i)\s+wip$|\s*\((?:updated version|revised|rewrite|new|completed?|wip|finished|repost|rerelease)\)\s*$`)
)

// titleShapes reads lines in which a title stands with something else.
func (x *reading) titleShapes(t *text) bool {
	s := t.s
	if len(s) > 200 {
		return x.runOnTitle(t)
	}
	if m := crumbs.FindStringSubmatchIndex(s); m != nil && strings.Contains(s, "❯") {
		return x.breadcrumb(t, m)
	}
	if m := siteBar.FindStringSubmatchIndex(s); m != nil && !strings.ContainsAny(s, "[]") && strings.Count(s, "|") < 3 && x.head.confidenceOf(archive.FieldTitle) < likely && !strings.Contains(s[m[2]:m[3]], ":") && !vocab.ChromeLine(s[m[4]:m[5]]) && !vocab.ChromeLine(s[m[2]:m[3]]) {
		if m[6] >= 0 {
			x.head.Part = s[m[6]:m[7]]
		}
		return x.title(t, m[4], m[5], "site-bar", 0.8)
	}
	if m := numberedTitle.FindStringSubmatchIndex(s); m != nil {
		x.head.Chapter = &vocab.Heading{Label: s[m[4]:m[5]], Number: s[m[4]:m[5]], Title: s[m[6]:m[7]]}
		return x.title(t, m[2], m[3], "numbered-title", likely)
	}
	if x.linkedTitle(t) || x.placedTitle(t, len(s)) || strings.Contains(s, " / ") && x.slashHeader(t) {
		return true
	}
	end := len(s)
	if m := nameBy.FindStringIndex(s); m != nil && m[0] > 0 {
		end = m[0]
	}
	if a, b, c, ok := vocab.TitleByline(s[:end]); ok && !endsLine(s[:a]) && !strings.HasSuffix(strings.TrimSpace(s), "!") {
		x.titleAndNames(t, a, b, c)
		return true
	}
	return x.dashTitle(t) || x.partTitle(t)
}

var byWord = regexp.MustCompile(`(?i)^\s*(?:by|von|par|por|di|da|de|от|автор:?)\s*$`)

// linkedTitle reads a title and a name that are two links with "by" between
// them, in any of the languages where that word alone would not tell.
func (x *reading) linkedTitle(t *text) bool {
	if len(t.pieces) != 1 {
		return false
	}
	var links []page.Span
	for _, s := range t.pieces[0].line.Spans {
		if s.Href != "" {
			links = append(links, s)
		}
	}
	from := t.pieces[0].from
	if len(links) < 2 || links[0].Start != from || links[1].End-from > len(t.s) || !byWord.MatchString(t.s[links[0].End-from:links[1].Start-from]) {
		return false
	}
	x.people(archive.FieldAuthors, t, links[1].Start-from, links[1].End-from, "linked-byline", 0.9)
	return x.title(t, 0, links[0].End-from, "linked-byline", 0.9)
}

// dashTitle reads "Mrs Pell's Umbrella -- Harbour Nine -- G", where the last part
// is a rating.
func (x *reading) dashTitle(t *text) bool {
	parts := dashParts.FindAllStringIndex(t.s, 4)
	if len(parts) == 0 || len(parts) > 3 {
		return false
	}
	last := parts[len(parts)-1][1]
	i, j, ok := x.words.Rating(t.s[last:])
	if !ok || j-i < len(strings.TrimSpace(t.s[last:])) {
		return false
	}
	if f := x.fact(archive.FieldRating, t, last+i, last+j, "dash-row", 0.7); f != nil {
		f.Normal = vocab.NormalRating(f.Text)
	}
	for k := 0; k+1 < len(parts); k++ {
		if a, b := parts[k][1], parts[k+1][0]; x.words.Fandom(t.s[a:b]) {
			x.fact(archive.FieldFandoms, t, a, b, "dash-row", 0.7)
		}
	}
	return x.title(t, 0, parts[0][0], "dash-row", 0.8)
}

var dashParts = regexp.MustCompile(`\s+(?:--+|\x{2013}|\x{2014}|\||-)\s+`)

// partTitle reads "Gatekeepers Part 1" and "The Fall (2/5)".
func (x *reading) partTitle(t *text) bool {
	s := strings.TrimSpace(titleDrop.ReplaceAllString(t.s, ""))
	rest, number, _ := vocab.PartOf(s)
	if _, dated := x.words.FindDate(s, vocab.MonthFirst); dated || versionLine.MatchString(s) {
		return false
	}
	if number == "" || len(rest) < 3 || len(s) > 90 || endsLine(rest) || strings.Count(rest, " ") > 9 {
		return false
	}
	return x.title(t, 0, len(s), "part-title", 0.8)
}

// versionLine matches what tells one posting of a story from another.
var versionLine = regexp.MustCompile(`(?i)^\W*(?:version|draft|revision|rev\.?|v)\s*\d|\b(?:revised|last edited)\b`)

// titleAndNames reads "Title by Name", where the title may hold a place in a
// series.
func (x *reading) titleAndNames(t *text, a, b, c int) {
	if lowerStart(t.s[b:c]) && strings.Count(t.s[:a], " ") > 5 && !remark.MatchString(t.s[:a]) {
		return
	}
	x.people(archive.FieldAuthors, t, b, c, "title-byline", likely)
	head := sub(t, 0, a)
	if m := storyOf.FindStringSubmatchIndex(head.s); m != nil && x.words.Fandom(head.s[m[2]:m[3]]) {
		x.storyOf(&head)
		return
	}
	x.seriesAbove(&head)
	if x.placedTitle(&head, a) || x.fandomThenTitle(&head) {
		return
	}
	x.title(t, 0, a, "title-byline", likely)
}

var seriesHead = regexp.MustCompile(`(?i)^(.{2,50}? (?:series|trilogy|saga|cycle))\s*(?:--?|:|\x{2013}|\x{2014})\s`)

// seriesAbove reads "The Overture Series - The Omnibus Edition", the heading of a
// page that holds a series.
func (x *reading) seriesAbove(t *text) {
	if m := seriesHead.FindStringSubmatchIndex(t.s); m != nil && !x.head.Has(archive.FieldSeries) {
		x.fact(archive.FieldSeries, t, m[2], m[3], "series-heading", 0.7)
	}
}

// fandomThenTitle reads "Ranma 1/2 : Cheap Tricks A Ranma 1/2 FanFic".
func (x *reading) fandomThenTitle(t *text) bool {
	if m := storyTitle.FindStringSubmatchIndex(t.s); m != nil && x.words.Fandom(t.s[m[4]:m[5]]) {
		x.fact(archive.FieldFandoms, t, m[4], m[5], "fandom-title", likely)
		return x.title(t, m[2], m[3], "fandom-title", likely)
	}
	m := fandomTitle.FindStringSubmatchIndex(t.s)
	if m == nil || vocab.Fold(t.s[m[2]:m[3]]) != vocab.Fold(t.s[m[6]:m[7]]) {
		return false
	}
	x.fact(archive.FieldFandoms, t, m[2], m[3], "fandom-title", likely)
	return x.title(t, m[4], m[5], "fandom-title", likely)
}

// placedTitle reads `Season Q - Episode 1 "Swapping Seats"` and "A Friend series,
// story 1: Held Fast".
func (x *reading) placedTitle(t *text, end int) bool {
	s := t.s[:end]
	m := seriesEpisode.FindStringSubmatchIndex(s)
	if m == nil {
		m = seriesStory.FindStringSubmatchIndex(s)
	}
	if m == nil {
		return false
	}
	x.fact(archive.FieldSeries, t, m[2], m[3], "series-title", likely)
	x.fact(archive.FieldPart, t, m[4], m[5], "series-title", likely)
	if a, b, c, ok := vocab.TitleByline(s[m[6]:m[7]]); ok {
		x.people(archive.FieldAuthors, t, m[6]+b, m[6]+c, "series-title", likely)
		m[7] = m[6] + a
	}
	return x.title(t, m[6], m[7], "series-title", 0.9)
}

// breadcrumb reads "Gundam Wing Fan Fiction ❯ Title ❯ Chapter title ( Chapter 1 )".
func (x *reading) breadcrumb(t *text, m []int) bool {
	x.fact(archive.FieldFandoms, t, m[2], m[3], "breadcrumb", likely)
	if m[6] >= 0 && m[8] >= 0 {
		if h, ok := vocab.ChapterHeading(t.s[m[8]:m[9]]); ok {
			h.Title = t.s[m[6]:m[7]]
			x.head.Chapter = &h
		}
	}
	return x.title(t, m[4], m[5], "breadcrumb", 0.8)
}

// slashHeader reads "Title / by Author / Rated R".
func (x *reading) slashHeader(t *text) bool {
	parts := strings.Split(t.s, " / ")
	if len(parts) < 2 {
		return false
	}
	at, used := 0, false
	for k, part := range parts {
		p := sub(t, at, at+len(part))
		switch {
		case x.byline(&p):
			used = true
		case x.bareRating(&p):
			used = true
		case k == 0 && byThenRest(parts[1:]):
			x.title(&p, 0, len(p.s), "slash-header", likely)
			used = true
		}
		at += len(part) + len(" / ")
	}
	return used
}

func byThenRest(parts []string) bool {
	for _, p := range parts {
		if _, _, ok := vocab.Byline(p); ok {
			return true
		}
	}
	return false
}

// runOnTitle reads the beginning of a header whose line breaks are lost.
func (x *reading) runOnTitle(t *text) bool {
	limit := min(len(t.s), 160)
	for limit > 0 && !utf8.RuneStart(t.s[limit-1]) {
		limit--
	}
	k := strings.IndexAny(t.s[:limit], "(")
	if k < 8 {
		return false
	}
	head := sub(t, 0, k)
	if a, b, c, ok := vocab.TitleByline(head.s); ok {
		x.titleAndNames(&head, a, b, c)
		rest := sub(t, k, len(t.s))
		x.loose = append(x.loose, loose{rest, x.words.AuthorTalk(rest.s)})
		return true
	}
	return false
}
