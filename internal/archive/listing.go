package archive

import "time"

// Overview counts the stories of an archive, each in one of the numbers.
type Overview struct {
	Stories   int64 // that everybody may read
	Reserved  int64 // for members only, or held
	Withdrawn int64 // that only a tombstone speaks of
}

// Entry is a story as a listing shows it.
type Entry struct {
	ID       int64
	Title    string // "" where not known
	Authors  []string
	Fandoms  []string
	Rating   Stated
	Warnings []string
	Summary  string
	Language string
	Status   Status
	Date     Stated
	Series   Place
	Words    int64
	Chapters int
	Added    time.Time
	Changed  time.Time
	Tags     []EntryTag // of all kinds, in the order of the header; read for listings of the catalogue alone

	// What a search found in the text: plain text around the first hit, and the
	// byte ranges of the hits in it, in order. Empty where no hit is in the text.
	Excerpt string
	Hits    [][2]int
}

// EntryTag is a tag of a story: what filters call it, and what the story does.
type EntryTag struct {
	ID   int64 // of the canonical tag, or of an unsorted one
	Kind TagKind
	Name string
	Form string // as the story has it
}

// TagKind is one of the kinds of tag.
type TagKind string

// The kinds of tag.
const (
	TagFandom       TagKind = "fandom"
	TagCharacter    TagKind = "character"
	TagRelationship TagKind = "relationship"
	TagGenre        TagKind = "genre"
	TagKeyword      TagKind = "keyword"
	TagWarning      TagKind = "warning"
	TagCategory     TagKind = "category"
	TagFreeform     TagKind = "freeform" // what the header calls genres and keywords
	TagRating       TagKind = "rating"
)

// Name is a pen name or tag with the number of stories that bear it.
type Name struct {
	ID      int64
	Name    string   // the form most stories have
	Forms   []string // other spellings offered as one: case, spacing, decoration
	Stories int64
}

// Listing is one page of stories.
type Listing struct {
	Total   int64
	Entries []Entry
}
