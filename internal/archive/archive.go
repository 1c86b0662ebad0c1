// Package archive is the domain of Colophon: stories, their headers and
// chapters, the sources they came from, the evidence behind each value, and the
// findings a person should look at.
//
// It holds values and the rules that belong to them. It does no input or
// output, and imports the standard library and the leaves charset and prose
// only.
package archive

import "time"

// Story is one work of fiction: a header and its chapters, with everything that
// says where they came from.
type Story struct {
	ID         int64 // 0 until stored
	Revision   int   // 1 for the first stored form; each change of content adds one
	Header     Header
	Chapters   []Chapter
	Sources    []Source   // in reading order; further copies of the same story follow, marked Copy
	Evidence   []Evidence // one for each value that a source gave
	Findings   []Finding
	Sealed     []Sealed // addresses taken out of what is shown
	Sketch     []byte   // what near-duplicates are told by; opaque to the store, nil where not made
	Visibility Visibility
	Merged     int64     // the story this one has become part of, 0 where it stands for itself
	Added      time.Time // when the archive first had it, UTC
	Changed    time.Time // when its newest revision was stored, UTC
}

// Header is what is known about a story. The zero value of each field means
// "not known": nothing is filled in that no source states.
type Header struct {
	Title         string
	Bylines       []Byline
	Fandoms       []string
	Rating        Stated // Normal is one of the Ratings
	Warnings      []string
	WarningsNone  bool // the author states that there is nothing to warn of
	Relationships []string
	Characters    []string
	Genres        []string
	Categories    []string
	Keywords      []string
	Summary       string
	Notes         string
	Disclaimer    string
	Spoilers      string
	Thanks        string
	Dedication    string
	Series        Place
	SequelTo      string
	PrequelTo     string
	Prerequisites []string // stories to be read first, as the source words it
	Status        Status
	Date          Stated // Normal is an ISO 8601 date, or its first part: 2004, 2004-08, 2004-08-11
	Updated       Stated // as Date
	Language      string // BCP 47, such as "en" or "pt-BR"
	WordsStated   int    // the number of words the source gives, 0 where it gives none
	Feedback      Feedback
	Homepage      string
	Permission    string // what the author says about archiving
	ArchiveName   string // the archive the page belonged to
	ListName      string // the mailing list it was posted to
	Other         []Labelled
}

// Stated is a value kept as it was written beside its normalised form.
type Stated struct {
	Written string
	Normal  string // "" where the written form could not be placed
}

// Labelled is a header line whose label belongs to no known field.
type Labelled struct{ Label, Value string }

// Place is a story's place in a series.
type Place struct {
	Name string
	Part string // as written: "1", "III", "Prologue"; "" where not stated
	ID   int64  `json:"-"` // of the stored series, 0 until stored; nothing that a source says
}

// Feedback says what a page tells about answering its author. The address
// itself is sealed and never part of a header.
type Feedback struct {
	Address   bool // an address was given
	Requested bool // feedback was asked for
}

// Status says whether a story is finished.
type Status string

// The states of a story; the zero Status means not known.
const (
	Complete   Status = "complete"
	InProgress Status = "in-progress"
)

// Ratings are the normalised ratings, mildest first. What a source wrote is
// kept in Stated.Written: scales are local, and R is not M everywhere.
const (
	RatingGeneral  = "general"
	RatingTeen     = "teen"
	RatingMature   = "mature"
	RatingExplicit = "explicit"
)

// Role is a pen name's part in a story.
type Role string

// The roles of a byline.
const (
	Author     Role = "author"
	CoAuthor   Role = "co-author"
	Translator Role = "translator"
	Artist     Role = "artist"
	Beta       Role = "beta"
	Recipient  Role = "recipient"
)

// Byline is a pen name's part in a story.
type Byline struct {
	Name string
	Role Role
	Also []string // further pen names the page gives for the same person
}

// Names returns the names in a role, in the order of the header.
func (h *Header) Names(role Role) []string {
	var names []string
	for _, b := range h.Bylines {
		if b.Role == role {
			names = append(names, b.Name)
		}
	}
	return names
}

// Authors returns the names of authors and co-authors.
func (h *Header) Authors() []string {
	var names []string
	for _, b := range h.Bylines {
		if b.Role == Author || b.Role == CoAuthor {
			names = append(names, b.Name)
		}
	}
	return names
}

// Chapter is one part of a story's text.
type Chapter struct {
	Title string // "" where the source gives none
	Notes string
	Text  string // canonical HTML of package prose: balanced, allow-listed, without scripts
	Words int
}

// Words is the number of words of all chapters.
func (s *Story) Words() int {
	n := 0
	for i := range s.Chapters {
		n += s.Chapters[i].Words
	}
	return n
}
