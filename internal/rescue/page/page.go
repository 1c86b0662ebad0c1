// Package page reads one old page into lines that remember where they stand,
// and says of each line what part of the page it is: site chrome, header, story
// or trailer.
//
// It reads HTML as it was written between 1998 and 2010 — unclosed, badly
// nested, laid out with tables, or mere text in disguise — and plain text. It
// works on decoded text; byte offsets of the original are package charset's
// business. What the header lines mean is package header's.
package page

import "colophon/internal/prose"

// Part is the part of a page that a line belongs to.
type Part uint8

// The parts of a page. A line that only divides (a rule, a row of stars) takes
// the part of what surrounds it.
const (
	Chrome Part = iota
	Header
	Story
	Trailer
)

// String names the part.
func (p Part) String() string {
	return [...]string{"chrome", "header", "story", "trailer"}[p]
}

// Kind says what a line is.
type Kind uint8

// The kinds of line.
const (
	Prose Kind = iota
	Rule       // an <hr>
	Image      // a picture standing alone; Text is its alternative text
)

// Region is what the markup says a line belongs to, by the id or class of an
// element around it.
type Region uint8

// The regions that old archive software marked.
const (
	NoRegion Region = iota
	StoryRegion
	HeaderRegion
	ChromeRegion
)

// Line is one line of a page: what stands between two line breaks or block
// boundaries in HTML, or between two newlines in text.
type Line struct {
	Kind   Kind
	Text   string // entities decoded, white space folded (kept in Pre)
	Spans  []Span // what stands out in Text, in order, not overlapping
	Gap    int    // empty lines before it
	Block  bool   // begins a block; otherwise only a line break divides it from the line before
	Level  int    // of a heading, 1 to 6; 0 elsewhere
	Center bool
	Pre    bool
	Indent int // leading spaces
	Quote  int // how many block quotations it stands in
	Item   bool
	Cell   int // the table cell it stands in, 0 outside tables
	Region Region
	Part   Part
	Href   string // address of the picture of an Image

	src places
}

// maxLines is how many lines of a page are told apart. No story has so many; the
// bound keeps memory in bounds on pages made to exhaust it.
const maxLines = 150_000

// Span is a range of a line's text that is marked or links somewhere.
type Span struct {
	Start, End int
	Marks      prose.Mark
	Href       string
}

// Doc returns the range of the decoded page that Text[i:j] was read from.
func (l *Line) Doc(i, j int) (start, end int) { return l.src.span(i, j) }

// LinkShare is the share of the line's text that is link text, 0 to 1.
func (l *Line) LinkShare() float64 {
	if len(l.Text) == 0 {
		return 0
	}
	n := 0
	for _, s := range l.Spans {
		if s.Href != "" {
			n += s.End - s.Start
		}
	}
	return float64(n) / float64(len(l.Text))
}

// Link is a link of a page.
type Link struct {
	Href, Rel string
	Text      string
	Line      int // index into Lines; -1 in the head of the page
}

// Meta is a <meta name="…" content="…"> of a page.
type Meta struct {
	Name  string // lower case
	Value Line
}

// Page is a page as read.
type Page struct {
	Title    Line // of the <title> element
	Metas    []Meta
	Comments []Line // with text in them
	Links    []Link
	Options  []Line // the entries of menus, such as a list of chapters
	Lines    []Line
	HTML     bool
	Wrap     int // the width at which lines are hard-wrapped, 0 where they are not
	// DoubleEscaped counts entities that had been escaped twice.
	DoubleEscaped int
}
