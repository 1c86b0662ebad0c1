package archive

// The codes of findings. docs/terms.md lists them with what to do.
const (
	TitleMissing     = "title-missing"
	AuthorMissing    = "author-missing"
	BeginsMid        = "begins-mid"
	EndsMid          = "ends-mid"
	UndecodableBytes = "undecodable"
	EmptyPage        = "empty"
	VeryShort        = "very-short"
	HeaderOnly       = "header-only"
	MixedEncodings   = "mixed-encodings"
	MojibakeRepaired = "mojibake-repaired"
	DoubleEscaped    = "double-escaped"
	DuplicateText    = "duplicate"
	PartOfLonger     = "part-of-longer"
	IndexPage        = "index-page"
	EntryWithoutFile = "index-entry-without-file"
	FileWithoutEntry = "file-without-index-entry"
	PartsMissing     = "parts-missing"
	BreaksLost       = "breaks-lost"
	DateUnsure       = "date-unsure"
	NameVariants     = "name-variants"
)
