package header

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// entry is a label with its value, or a line without a label.
type entry struct {
	label   vocab.Label
	name    string // the label as written
	value   text
	plain   bool // no label
	line    *page.Line
	trailer bool
	open    bool // more lines may belong to the value
}

// entries divides the header and trailer lines into labels with their values.
func (x *reading) entries() []entry {
	var out []entry
	for i := x.first; i < x.end; i++ {
		l := &x.page.Lines[i]
		if l.Part != page.Header && l.Part != page.Trailer {
			closeLast(out)
			continue
		}
		if l.Kind != page.Prose || vocab.Divider(l.Text) {
			closeLast(out)
			continue
		}
		out = x.line(out, i, l)
	}
	return out
}

func closeLast(out []entry) {
	if n := len(out); n > 0 {
		out[n-1].open = false
	}
}

// line adds one line to the entries.
func (x *reading) line(out []entry, i int, l *page.Line) []entry {
	if vocab.ChromeLine(l.Text) && !strings.Contains(l.Text, ":") && !isByline(l.Text) {
		closeLast(out)
		return out
	}
	labels := x.labels(i, l)
	if n := len(out); n > 0 && out[n-1].open && out[n-1].label.Alone && out[n-1].value.s == "" && len(labels) > 0 && labels[0].Strength == vocab.Unknown {
		labels = nil // "Fandoms:" and on the next line "Highlander: The Series"
	} else if n > 0 && out[n-1].label.Alone && out[n-1].label.Field == "status" && vocab.Status(vocab.Fold(l.Text)) != "" {
		labels = nil // "Statut" and on the next line "Terminé", which is a label elsewhere
	}
	from := 0
	if len(labels) == 0 || labels[0].Start > 16 {
		end := len(l.Text)
		if len(labels) > 0 {
			end = labels[0].Start
		}
		out = x.unlabelled(out, i, l, end)
		from = end
	}
	for k, lab := range labels {
		end := len(l.Text)
		if k+1 < len(labels) {
			end = labels[k+1].Start
		}
		e := entry{label: lab, name: l.Text[max(from, lab.Start):lab.End], line: l, trailer: l.Part == page.Trailer, open: true}
		e.value.add(l, min(lab.Value, end), end)
		out = append(out, e)
	}
	return out
}

func isByline(s string) bool {
	_, _, ok := vocab.Byline(s)
	return ok
}

// labels finds the labels of a line: those the vocabulary knows, and a bold
// beginning that is a label without its colon.
func (x *reading) labels(i int, l *page.Line) []vocab.Label {
	if vocab.InfoRow(l.Text) || tthPlace.MatchString(l.Text) || strings.Contains(l.Text, "❯") {
		return nil
	}
	labels := x.words.All(l.Text)
	if len(labels) > 0 && labels[0].Start <= 16 {
		return labels
	}
	for _, s := range l.Spans {
		if s.Start > 3 || s.Marks == 0 || s.End-s.Start > 40 {
			break
		}
		name := strings.TrimRight(l.Text[s.Start:s.End], " :")
		if lab, ok := x.words.Known(name); ok && lab.Strength == vocab.Strong && s.End < len(l.Text) {
			lab.Start, lab.End, lab.Value = s.Start, s.Start+len(name), s.End
			return append([]vocab.Label{lab}, labels...)
		}
	}
	if lab, ok := x.words.Known(l.Text); ok && len(labels) == 0 && len(l.Text) < 24 && upperStart(l.Text) && x.amongLabels(i) {
		lab.End, lab.Value, lab.Alone = len(l.Text), len(l.Text), true
		return []vocab.Label{lab} // an ordinary word standing alone among labels
	}
	if lab, ok := announced(l.Text); ok && len(labels) == 0 && lab.Field != "" {
		return []vocab.Label{lab}
	}
	if lab, ok := foreignLabel(l.Text); ok && len(labels) == 0 && x.amongLabels(i) {
		return []vocab.Label{lab}
	}
	return labels
}

// loneColon matches a short line that announces something: "Author's rambling:".
var loneColon = regexp.MustCompile(`^[\s*_~=-]*\p{Lu}[^.!?:"\x{201c}]{2,38}:[\s*_]*$`)

// announced reads a line such as "Author's rambling:", whose label no table has.
func announced(s string) (vocab.Label, bool) {
	if !loneColon.MatchString(s) {
		return vocab.Label{}, false
	}
	lab := vocab.Label{End: strings.LastIndexByte(s, ':'), Value: len(s), Sep: ":", Alone: true}
	if strings.HasPrefix(vocab.Key(s), "author") {
		lab.Field, lab.Strength = "notes", vocab.Strong
	}
	return lab, true
}

// amongLabels reports whether the header lines before and after line i begin
// with labels that are known: a label nobody knows counts only in their company.
func (x *reading) amongLabels(i int) bool {
	return x.labelNear(i, -1) && x.labelNear(i, 1)
}

func (x *reading) labelNear(i, step int) bool {
	for k, seen := i+step, 0; k >= x.first && k < x.end && seen < 3; k += step {
		l := &x.page.Lines[k]
		if l.Part != page.Header && l.Part != page.Trailer || l.Kind != page.Prose {
			continue
		}
		if lab, ok := x.words.Lead(l.Text); ok && lab.Strength == vocab.Strong {
			return true
		}
		seen++
	}
	return false
}

// foreignLabel reads "Xyzzy: value" where the label is in no table.
func foreignLabel(s string) (vocab.Label, bool) {
	i := strings.IndexByte(s, ':')
	if i < 2 || i > 32 || strings.HasPrefix(s[i:], "://") || i+2 >= len(s) || s[i+1] != ' ' {
		return vocab.Label{}, false
	}
	label := s[:i]
	if strings.ContainsAny(label, "\"'\u201c.,!?") || strings.Count(label, " ") > 2 || !upperStart(label) {
		return vocab.Label{}, false
	}
	if _, ok := vocab.ChapterHeading(s); ok || subjectTag.MatchString(s) {
		return vocab.Label{}, false
	}
	return vocab.Label{End: i, Value: i + 2, Sep: ":"}, true
}

func upperStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) == string(r) && strings.ToLower(string(r)) != string(r)
}

// unlabelled adds text without a label: to the value of the label before it, or
// as an entry of its own.
func (x *reading) unlabelled(out []entry, i int, l *page.Line, end int) []entry {
	if strings.TrimSpace(l.Text[:end]) == "" {
		return out
	}
	if n := len(out); n > 0 && out[n-1].open && x.belongs(&out[n-1], i, l, end) {
		out[n-1].value.add(l, 0, end)
		return out
	}
	e := entry{plain: true, line: l, trailer: l.Part == page.Trailer, open: true}
	e.value.add(l, 0, end)
	return append(out, e)
}

// belongs reports whether a line without a label goes on with the entry before.
func (x *reading) belongs(e *entry, i int, l *page.Line, end int) bool {
	s := l.Text[:end]
	if e.trailer != (l.Part == page.Trailer) {
		return false
	}
	if e.label.Alone && e.value.s == "" && e.label.Field == "series" {
		return true
	}
	if x.standsAlone(s) || e.value.s != "" && len(s) < 60 && !endsLine(s) && endsLine(e.value.s) && !e.plain {
		return false
	}
	wrapped := x.wrapped(i, l)
	if e.plain {
		return wrapped && !x.standsAlone(e.value.s)
	}
	if e.value.s == "" {
		return e.label.Alone
	}
	if e.label.Strength == vocab.Unknown && !wrapped {
		return false
	}
	if wrapped {
		return true
	}
	talk := x.words.AuthorTalk(s)
	switch e.label.Field {
	case "notes":
		return true
	case "summary":
		return !firstPerson(s) && talk < 1.5 && len(s) > 30 && (l.Gap == 0 || len(e.value.s) > 120 || talk <= 0 && x.labelBelow(i))
	case "disclaimer":
		return len(s) > 25 && (vocab.Disclaims(s) || l.Gap == 0 && !l.Block)
	case "spoilers", "warnings", "permission", "thanks":
		return l.Gap == 0 && !l.Block && len(s) > 25 && !endsLine(e.value.s) && !thanks.MatchString(s)
	case "characters", "relationships", "keywords":
		return l.Gap == 0 && strings.HasSuffix(e.value.s, ",")
	}
	return false
}

// labelBelow reports whether the next line after line i begins with a label.
func (x *reading) labelBelow(i int) bool {
	return i+1 < x.end && x.page.Lines[i+1].Part == page.Header && x.words.Leads(x.page.Lines[i+1].Text)
}

// wrapped reports whether line i only goes on with the line before it.
func (x *reading) wrapped(i int, l *page.Line) bool {
	if i == 0 || l.Gap > 1 {
		return false
	}
	prev := &x.page.Lines[i-1]
	n := utf8.RuneCountInString(prev.Text) + min(prev.Indent, 8)
	if n > 48 && n < 200 && !endsLine(prev.Text) && !x.words.Leads(l.Text) {
		return true
	}
	if l.Gap > 0 {
		return false
	}
	if x.page.Wrap > 0 && !l.Block {
		return n > x.page.Wrap*6/10 || n > 30 && lowerStart(l.Text)
	}
	return n > 24 && lowerStart(l.Text) && !endsLine(prev.Text) || n > 30 && !l.Block && !endsLine(prev.Text) && n < 90 && strings.HasSuffix(prev.Text, ",")
}

func lowerStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) == string(r) && strings.ToUpper(string(r)) != string(r)
}

func endsLine(s string) bool {
	t := strings.TrimRight(s, " \"'\u201d\u2019)*_")
	return t == "" || strings.ContainsAny(t[len(t)-1:], ".!?:") || strings.HasSuffix(t, "\u2026")
}

// standsAlone reports whether a line says something of its own: a byline, a
// heading, the title again.
func (x *reading) standsAlone(s string) bool {
	if _, _, ok := vocab.Byline(s); ok {
		return true
	}
	if _, ok := vocab.ChapterHeading(s); ok {
		return true
	}
	if t := vocab.Fold(x.page.Title.Text); t != "" && vocab.Fold(s) == t {
		return true
	}
	return x.ofSite(s) || vocab.InfoRow(s) || tthPlace.MatchString(s) || vocab.SetWhen(s) || archiveLine.MatchString(s) || loneColon.MatchString(s) || len(s) < 40 && x.ratingLine(s)
}

// ofSite reports whether a line is the site's: its name or a way through it.
func (x *reading) ofSite(s string) bool {
	return slashRow.MatchString(s) || slashCrumbs.MatchString(s) || siteNamed.MatchString(s) && upperStart(s) && !strings.ContainsAny(s, "/@") || archiveOf.MatchString(s) && strings.HasSuffix(strings.ToLower(s), "archive")
}

// ratingLine reports whether a short line is nothing but a rating.
func (x *reading) ratingLine(s string) bool {
	t := strings.Trim(s, " []()*")
	if bracketRating.MatchString(s) {
		return true
	}
	rated, ok := strings.CutPrefix(strings.ToLower(t), "rated ")
	if !ok {
		return false
	}
	i, j, found := x.words.Rating(rated)
	return found && j-i > len(rated)/2
}
