package archive

// SeriesName is a series as an index names it.
type SeriesName struct {
	ID      int64
	Name    string   // the form most of its stories have
	Authors []string // of its stories, those of most stories first
	Stories int64
}

// Series is stories in the order in which they are to be read.
type Series struct {
	ID      int64
	Name    string
	Authors []string
	Entries []SeriesEntry
}

// SeriesEntry is a story of a series, with what its author says is to be read
// first.
type SeriesEntry struct {
	Entry
	Part          string // as written
	Prerequisites []string
	SequelTo      string
	PrequelTo     string
}
