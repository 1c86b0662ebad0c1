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
	lines := x.page.Lines
	fandom := func(l *page.Line) { x.siteFandom(l) } // the site's lines speak of all the stories of a page
	x.siteSays(lines[:min(x.first, siteLines)], fandom)
	x.siteSays(lines[x.first:x.end], x.chrome)
	x.siteSays(lines[max(x.end, len(lines)-siteLines):], fandom)
	x.pageByline()
}

// siteSays hands the site's own lines to what reads them.
func (x *reading) siteSays(lines []page.Line, read func(*page.Line)) {
	for i := range lines {
		if l := &lines[i]; l.Part == page.Chrome && l.Kind == page.Prose && len(l.Text) < 160 {
			read(l)
		}
	}
}

// siteLines is how many lines at either end of a page may be the site's own and
// speak of all the stories on it.
const siteLines = 40

// pageByline takes the byline above the first of several stories on a page for
// those that name no author themselves.
func (x *reading) pageByline() {
	for i := 0; i < x.first && x.options.Several && x.page.Lines[i].Part != page.Story && !x.head.Has(archive.FieldAuthors); i++ {
		l := &x.page.Lines[i]
		if l.Part != page.Header || l.Kind != page.Prose {
			continue
		}
		var t text
		t.add(l, 0, len(l.Text))
		end := len(t.s)
		if s := sentences(t.s); len(s) > 1 {
			end = s[0][1]
		}
		if a, b, ok := vocab.Byline(t.s[:end]); ok {
			x.people(archive.FieldAuthors, &t, a, b, "page-byline", maybe)
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

// archiveName matches the name of an archive that begins with its fandom's.
var archiveName = regexp.MustCompile(`(?i)^\W*(?:the )?([\pL\d][\pL\d '&:.-]{1,40}?)\s+(?:fan ?fiction|fanfic|slash|story|fiction)(?:\s+(?:archive|library|page|pages|index|site))\W*$`)

var backTo = regexp.MustCompile(`(?i)^\W*(?:back|return)\s+to\s+(?:the\s+)?(.{2,50}?)\s+(?:fan ?fiction|fanfic|fic|stories|page|index|section)\W*$`)

// siteFandom reads the fandom out of one of the site's own lines.
func (x *reading) siteFandom(l *page.Line) bool {
	var t text
	t.add(l, 0, len(l.Text))
	if m := archiveOf.FindStringSubmatchIndex(l.Text); m != nil {
		x.fact(archive.FieldFandoms, &t, m[2], m[3], "archive-name", maybe)
		return true
	}
	if m := archiveName.FindStringSubmatchIndex(l.Text); m != nil && x.words.Fandom(l.Text[m[2]:m[3]]) {
		x.fact(archive.FieldFandoms, &t, m[2], m[3], "archive-name", maybe)
		return true
	}
	if m := backTo.FindStringSubmatchIndex(l.Text); m != nil {
		at := m[2]
		if strings.HasPrefix(strings.ToLower(l.Text[:m[2]]), "back to the ") {
			at = m[2]
		}
		if fandom, ok := x.fandomIn(l.Text, at, m[3]); ok {
			x.fact(archive.FieldFandoms, &t, fandom[0], fandom[1], "back-link", maybe)
		}
		return true
	}
	return false
}

// chrome reads the fandom out of the site's own lines, and a forum's thread line.
func (x *reading) chrome(l *page.Line) {
	if x.siteFandom(l) {
		return
	}
	var t text
	t.add(l, 0, len(l.Text))
	if x.forumLine(&t) || x.slashRow(&t) || x.sections(&t) {
		return
	}
	if m := crumbs.FindStringSubmatchIndex(l.Text); m != nil && strings.Contains(l.Text, "❯") {
		x.breadcrumb(&t, m)
	} else if m := siteBar.FindStringSubmatchIndex(l.Text); m != nil && !x.head.Has(archive.FieldTitle) {
		x.titleShapes(&t)
	} else if d, ok := x.words.FindDate(l.Text, x.options.Order); ok && d.Start == 0 && len(l.Text) > 8 && clockOnly.MatchString(l.Text[d.End:]) {
		x.bareDate(&t)
	}
}

// clockOnly matches what may follow a date on a line of its own.
var clockOnly = regexp.MustCompile(`(?i)^[\s,@|.-]*(?:at )?(?:\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?)?.{0,2}$`)

// fandomIn finds a known fandom within s[i:j], the article before it included.
func (x *reading) fandomIn(s string, i, j int) ([2]int, bool) {
	for k := max(0, i-4); k <= i; k++ {
		if x.words.Fandom(s[k:j]) {
			return [2]int{k, j}, true
		}
	}
	return [2]int{}, false
}
