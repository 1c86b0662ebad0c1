// Package header reads the header of a story: which field each line of a page's
// header speaks of, and what it says.
//
// Every value it finds is a Fact: the words as they stand, the place they stand
// in, the rule that read them and how sure it is. It never fills in what no
// line says. Which lines are header lines is package page's business.
package header

import (
	"colophon/internal/archive"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// Fact is one value of a header.
type Fact struct {
	Field      archive.Field
	Text       string // as written, white space folded
	Normal     string // the normalised form of a date, rating, status or language
	Start, End int    // range in the decoded page
	Rule       string
	Confidence float64
	Label      string // of a labelled line whose label is in no table
}

// Options say what is known about the page from its folder.
type Options struct {
	Order vocab.Order // of day and month
	// Common reports whether a page title is shared by many pages of the folder,
	// and so names the site rather than the story.
	Common func(title string) bool
	// Several says that the page holds several stories: a numbered heading is
	// the title of one.
	Several bool
}

// Header is what a page's header says.
type Header struct {
	Facts   []Fact
	Chapter *vocab.Heading // of the page's text, where it is a part of a story
	// Range of the chapter heading in the decoded page.
	ChapterStart, ChapterEnd int
	Part, Total              string // of "Part 2 of 5", as written; "" where not stated
	Requested                bool   // feedback was asked for
	WarningsNone             bool
	Dates                    []vocab.Date // numeric dates, for deciding the order of day and month
}

// First returns the best fact of a field: the surest, of equals the first.
func (h *Header) First(f archive.Field) (Fact, bool) {
	var best Fact
	found := false
	for _, x := range h.Facts {
		if x.Field == f && (!found || x.Confidence > best.Confidence) {
			best, found = x, true
		}
	}
	return best, found
}

// Has reports whether there is a fact of a field.
func (h *Header) Has(f archive.Field) bool {
	_, ok := h.First(f)
	return ok
}

// Reader reads headers. It is safe for concurrent use.
type Reader struct {
	words *vocab.Vocabulary
}

// NewReader makes a Reader with a vocabulary.
func NewReader(words *vocab.Vocabulary) *Reader { return &Reader{words} }

// Read reads the header from the lines first to end of a page that has been
// divided into parts; lines of the story are passed over.
func (r *Reader) Read(p *page.Page, first, end int, o Options) *Header {
	x := &reading{words: r.words, page: p, options: o, head: &Header{}}
	x.first, x.end = first, end
	x.downloaded = x.archiveOfOurOwn()
	entries := x.entries()
	for i := range entries {
		x.entry(&entries[i])
	}
	x.surroundings()
	x.settle()
	return x.head
}

// archiveOfOurOwn reports whether the lines are those of that archive: several of
// the labels that only it has.
func (x *reading) archiveOfOurOwn() bool {
	n := 0
	for i := x.first; i < x.end && i < x.first+60; i++ {
		l := &x.page.Lines[i]
		if len(l.Text) > 24 || l.Part == page.Story {
			continue
		}
		switch vocab.Key(l.Text) {
		case "archive warning", "archive warnings", "kudos", "hits", "work header", "additional tags", "chapter text", "work text":
			n++
		}
	}
	return n >= 2
}

// reading is one reading of one header.
type reading struct {
	words      *vocab.Vocabulary
	page       *page.Page
	options    Options
	head       *Header
	first, end int
	loose      []loose // unlabelled paragraphs whose meaning is decided at the end
	labelCount int     // labelled values read so far
	downloaded bool    // the page is in the form of the largest archive of the field
}

// loose is an unlabelled paragraph.
type loose struct {
	text text
	talk float64
}

// fact notes a fact found in t[i:j].
func (x *reading) fact(f archive.Field, t *text, i, j int, rule string, confidence float64) *Fact {
	i, j = trimRange(t.s, i, j)
	if i >= j {
		return nil
	}
	start, end := t.doc(i, j)
	x.head.Facts = append(x.head.Facts, Fact{Field: f, Text: t.s[i:j], Start: start, End: end, Rule: rule, Confidence: confidence})
	return &x.head.Facts[len(x.head.Facts)-1]
}
