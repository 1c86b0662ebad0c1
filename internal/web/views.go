package web

import (
	"strconv"

	"colophon/internal/archive"
	"colophon/internal/charset"
)

// spansShown is the most stretches of a source whose reading a page lists.
const spansShown = 100

// pointedAt gives findings that concern a whole story their form for a page.
func pointedAt(fs []archive.Finding) []pointed {
	var ps []pointed
	for _, f := range fs {
		ps = append(ps, pointed{Finding: f})
	}
	return ps
}

// extentFigures and Extent write a range of bytes. Both ends are counted
// from 0, the second is not part of the range.
func extentFigures(start, end int) string {
	return strconv.Itoa(start) + "–" + strconv.Itoa(end)
}

// Extent says which bytes a range is, as "bytes 1,024 to 1,100".
func (v visit) Extent(start, end int) string {
	return v.Say("source.bytes", "From", v.Number(int64(start)), "To", v.Number(int64(end)))
}

// Undone says which misreadings were undone in a span, "" where none was.
func (v visit) Undone(sp charset.Span) string {
	if len(sp.Undone) == 0 {
		return ""
	}
	return v.Say("source.undone", "Encodings", v.Joined(sp.Undone))
}

// SourceRole says what a source is to its story.
func (v visit) SourceRole(src archive.Source) string {
	if src.Copy {
		return v.Say("source.role.copy")
	}
	return v.Say("source.role.text")
}

// SourceKind is the words for a kind of source.
func (v visit) SourceKind(k archive.SourceKind) string {
	switch k {
	case archive.HTML, archive.Text:
		return v.Say("source.kind." + string(k))
	}
	return v.Say("source.kind.page")
}

func firstSpans(spans []charset.Span) []charset.Span { return spans[:min(len(spans), spansShown)] }

// reasonWords says why a stretch was read as it was.
func reasonWords(sp charset.Span) string {
	sure := strconv.Itoa(int(sp.Confidence*100+0.5)) + "% sure"
	if why := plain(sp.Why); why != "" {
		return why + ", " + sure
	}
	return sure
}

// windowPath is the address of the part of the original that begins at a byte.
func (v sourced) windowPath(from int) string {
	path := v.Path() + sourceBelow(v.N)
	if from > 0 {
		path += "?from=" + strconv.Itoa(from)
	}
	return path + "#original"
}

// shortened cuts a text that may hold characters which cannot be seen.
func shortened(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}
