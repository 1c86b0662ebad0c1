package archive

// Visibility says who finds a story in listings, counts and searches.
type Visibility uint8

// The visibilities, widest first.
const (
	Public  Visibility = iota // everybody
	Members                   // readers who have signed in
	Held                      // nobody, until an archivist has decided
)

// TagState says what an archive has made of a tag.
type TagState string

// The states of a tag.
const (
	TagUnsorted  TagState = "unsorted"  // as authors wrote it; nobody has placed it
	TagCanonical TagState = "canonical" // the name that filters show
	TagSynonym   TagState = "synonym"   // another spelling of a canonical tag
)

// Tag is a label of one kind. Ratings, warnings and categories are closed sets:
// their canonical tags have an Order, and what sources wrote are synonyms.
type Tag struct {
	ID      int64
	Kind    TagKind
	Key     string // what makes two spellings one: folded, letters and digits
	Name    string // the spelling to show
	State   TagState
	Of      int64   // the canonical tag that a synonym stands for, else 0
	Parents []int64 // canonical tags that this one is part of; a fandom owns its characters and relationships
	Order   int     // place in a closed set from 1, mildest first; 0 outside
	About   string  // what it means, for readers; "" where nobody has written it
}

// Row is a story as the catalogue knows it: what is filtered, counted and
// sorted by, and nothing else.
type Row struct {
	Story      int64
	Visibility Visibility
	TitleKey   string // what titles are sorted by
	AuthorKey  string // the same of the first author's name
	Words      int64
	Chapters   int
	Posted     int64  // when the archive first had it, microseconds UTC
	Updated    int64  // when it last changed, microseconds UTC
	Written    string // ISO 8601 date or its first part, "" where not known
	Language   string // BCP 47, "" where not known
	Status     Status
	Series     int64   // 0 for none
	Authors    []int64 // pen names of authors and co-authors
	Tags       []int64 // as the story has them: synonyms are not resolved
}

// Change says that something has changed since a listing or page was made.
type Change struct {
	Seq    int64 // rises with every change
	Story  int64 // the story that changed, 0 where it was no story
	Series []int64
	Tags   bool // names, synonyms or parents of tags changed
	All    bool // so much has changed that it is not told singly
}

// TagPlace says where a tag belongs. It names tags, since whoever says it may
// not know which of them are there yet.
type TagPlace struct {
	Kind    TagKind
	Name    string
	State   TagState
	Of      string      // of a synonym: the canonical tag of the same kind it stands for
	Parents []TagParent // of a canonical tag, nil to leave them as they are
	Order   int         // of a canonical tag of a closed set, from 1; 0 leaves it as it is
	About   string      // "" leaves it as it is
}

// TagParent names a canonical tag that another is part of: one of the same kind
// that is wider, or the fandom that a character or relationship belongs to.
type TagParent struct {
	Kind TagKind
	Name string
}
