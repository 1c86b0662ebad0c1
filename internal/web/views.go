package web

import (
	"strconv"
	"time"

	"colophon/internal/archive"
	"colophon/internal/charset"
)

// spansShown is the most stretches of a source whose reading a page lists.
const spansShown = 100

// entryFacts are the short facts of a story in a listing.
func entryFacts(e archive.Entry) []string {
	var fs []string
	add := func(s string) {
		if s != "" {
			fs = append(fs, s)
		}
	}
	if r := stated(e.Rating); r != "" {
		add("Rated " + r)
	}
	for _, w := range e.Warnings {
		add(w)
	}
	if e.Series.Name != "" {
		add("Series: " + placeWords(e.Series))
	}
	if e.Chapters > 1 {
		add(counted(int64(e.Chapters), "chapter"))
	}
	if e.Words > 0 {
		add(counted(e.Words, "word"))
	}
	add(statusWords(e.Status))
	add(dated(e.Date))
	if langAttr(e.Language) != "en" && e.Language != "" {
		add(languageName(e.Language))
	}
	return fs
}

// placeWords writes a place in a series as "Four Winters, part 2".
func placeWords(p archive.Place) string {
	if p.Name == "" || p.Part == "" {
		return p.Name
	}
	return p.Name + ", " + partWords(p.Part)
}

// storyBlock is the header block of a story: what its header says, and how long
// the text is.
func storyBlock(st *archive.Story) []fact {
	fs := factsAt(&st.Header, block)
	for i := range fs {
		if fs[i].Field == archive.FieldSeries {
			fs[i].Values = one(placeWords(st.Header.Series))
		}
	}
	length := counted(int64(st.Words()), "word")
	if n := len(st.Chapters); n > 1 {
		length += " in " + counted(int64(n), "chapter")
	}
	if st.Words() > 0 {
		fs = append(fs, fact{Label: "Length", Values: []string{length}})
	}
	return fs
}

// noteLang is the language of a note: the author's own words are in the story's,
// ours in the page's.
func noteLang(f fact, story string) string {
	switch f.Field {
	case archive.FieldFeedback, archive.FieldEmail, archive.FieldWords:
		return "en"
	}
	return story
}

// pointedAt gives findings that concern a whole story their form for a page.
func pointedAt(fs []archive.Finding) []pointed {
	var ps []pointed
	for _, f := range fs {
		ps = append(ps, pointed{Finding: f})
	}
	return ps
}

func printedDate(t time.Time) string { return t.UTC().Format("2 January 2006") }

// extentFigures and extentWords write a range of bytes. Both ends are counted
// from 0, the second is not part of the range.
func extentFigures(start, end int) string {
	return strconv.Itoa(start) + "–" + strconv.Itoa(end)
}

func extentWords(start, end int) string {
	return "bytes " + grouped(int64(start)) + " to " + grouped(int64(end))
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
