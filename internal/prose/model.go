// Package prose is story text: its model, its one canonical HTML form, and what
// can be said about it from the words alone (scene breaks, emphasis, language,
// likeness to other texts).
//
// It is not a page reader: which part of an old page is story and which is
// header or site chrome is decided elsewhere, and so is the decoding of bytes.
// It does no input or output and knows nothing of stories, files or archives.
//
// A Text is built by a page reader or by ParseHTML, repaired once by Normalise,
// kept as the HTML that HTML returns, and read back with ParseHTML.
package prose

// Mark is a set of the ways in which a run of text stands out.
type Mark uint16

// The marks, in the order in which their elements are nested in canonical HTML.
const (
	Em Mark = 1 << iota
	Strong
	Underline
	Strike
	Small
	Big
	Sup
	Sub
	Code
	SmallCaps
)

const markCount = 10

// Run is a piece of text with the same marks throughout.
type Run struct {
	// Text is UTF-8. Exactly "\n" is a line break inside a block; any other
	// white space of a Paragraph, Heading, Item or Image is folded, while in Pre
	// and Verse a "\n" within the text is a line break as well.
	Text  string
	Marks Mark
	Href  string // absolute http or https address; in an Image, before Normal, the picture's address
	Lang  string // BCP 47 where the text says it, else ""
}

// Kind says what a block is.
type Kind uint8

// The kinds of block.
const (
	Paragraph Kind = iota
	Break          // a scene break; has no runs
	Heading        // Level 1 to 6; canonical form knows 3 to 6, as a page has its own first two
	Pre            // lines and spaces are kept
	Verse          // lines are kept
	Item           // of a list; Ordered says which kind of list
	Image          // Runs hold the alternative text
	Gap            // N empty lines more than part two paragraphs; before Normalise only, never in canonical form
)

// Align is the horizontal place of a block.
type Align uint8

// The alignments; Start is the side where the script begins.
const (
	Start Align = iota
	Center
	End
)

// Block is a paragraph or whatever stands in a paragraph's place.
type Block struct {
	Kind    Kind
	Level   int // of a Heading
	Quote   int // how many block quotations it stands in
	Align   Align
	Dir     string // "rtl", "ltr" or ""
	N       int    // of a Gap: how many empty lines
	Runs    []Run
	Ordered bool // of an Item
}

// Text is the text of a story or of a chapter, block by block.
type Text []Block

// Options say what Normalise may do.
type Options struct {
	// TextEmphasis reads *word*, _word_, /word/, ~word~, **word** and
	// //telepathy// as emphasis, where the text uses the sign consistently.
	TextEmphasis bool
	// Dividers are addresses (Run.Href) of pictures known to be dividers, in
	// addition to those that show it themselves.
	Dividers []string
}

// Note is one repair that Normalise made.
type Note struct {
	Rule  string // such as "break-symbols", "break-gap", "emphasis-star"
	Block int    // index into the text as it was given to Normalise
	Text  string // what was replaced or dropped, as it was written
}
