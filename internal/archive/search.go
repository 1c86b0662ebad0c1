package archive

// SearchIn says in which part of a story words are looked for. The words are as
// readers type them: all of them must be there, "quoted phrases" too, -words must
// not be there, and of beginnings* any word that begins so is enough.
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
