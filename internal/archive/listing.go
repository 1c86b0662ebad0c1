package archive

import "time"

// Overview is what the home page says about an archive.
type Overview struct {
	Stories, Words, PenNames, Fandoms, Series int64

	Withdrawn int64 // stories that only a tombstone speaks of
	Reserved  int64 // further stories, for members only or held; the numbers above leave them out
	Newest    []Entry
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

// Query chooses stories for a listing. Zero values choose nothing.
type Query struct {
	PenName int64 // only stories with this pen name as author or co-author
	Tag     int64 // only stories with this tag
	// Only stories with so many words, both bounds included; 0 is no bound.
	MinWords, MaxWords int64

	Limit  int // at most so many, 1 to 200
	Offset int
}

// Listing is one page of stories.
type Listing struct {
	Of      string // the name of the pen name or tag asked for, "" where neither was
	Total   int64
	Entries []Entry
}
