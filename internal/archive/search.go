package archive

// Search is what a reader looks for.
type Search struct {
	// Text is what the reader typed: words, all of which must be there,
	// "quoted phrases", -words that must not be there, and beginnings* of words.
	Text   string
	In     SearchIn
	Limit  int // at most so many, 1 to 200
	Offset int
}

// SearchIn says in which part of a story a search looks.
type SearchIn string

// The parts that can be searched.
const (
	InEverything SearchIn = "" // all of the others, and notes
	InTitles     SearchIn = "titles"
	InAuthors    SearchIn = "authors"
	InSummaries  SearchIn = "summaries"
	InNotes      SearchIn = "notes"
	InText       SearchIn = "text"
)
