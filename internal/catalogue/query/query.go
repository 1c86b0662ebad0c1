// Package query is the language in which readers ask for stories: text to a
// syntax tree and back. It says what is asked, not what the answer is: names
// are not looked up, and nothing is counted.
//
// One tree stands for the same question in an address, a form, the API, a feed
// and a saved filter; String writes the one text of it.
package query

import (
	"colophon/internal/archive"
)

// Query is a whole question: which stories, in which order.
type Query struct {
	Where Node // nil for all stories
	Sort  Sort
	Up    bool // from the least to the greatest, where the sort begins with the greatest, and the other way round
}

// Sort is what stories are ordered by.
type Sort string

// The orders. Dates, words and relevance begin with the newest, longest, best;
// title and author with A.
const (
	SortPosted    Sort = "posted"
	SortUpdated   Sort = "updated"
	SortWritten   Sort = "written"
	SortTitle     Sort = "title"
	SortAuthor    Sort = "author"
	SortWords     Sort = "words"
	SortRelevance Sort = "relevance"
)

// Node is a condition on a story.
type Node interface{ node() }

type (
	// And holds where all of its conditions do.
	And []Node
	// Or holds where one of its conditions does.
	Or []Node
	// Not holds where its condition does not.
	Not struct{ Node Node }
	// Tag holds for stories with a tag, a synonym of it or a tag below it.
	// TagFreeform is written "tag:".
	Tag struct {
		Kind archive.TagKind
		Name string
	}
	// Author holds for stories of a pen name, as author or co-author.
	Author struct{ Name string }
	// Series holds for stories of a series.
	Series struct{ Name string }
	// Rating holds for stories whose rating is known and stands so to another.
	Rating struct {
		Op   Op
		Name string
	}
	// Number holds for stories with a number in a range, both ends included.
	Number struct {
		Of       Column
		Min, Max int64 // Max is math.MaxInt64 for no end
	}
	// Date holds for stories whose date lies wholly in a range of days, both ends
	// included.
	Date struct {
		Of       Column
		From, To Day // the zero Day for no end
	}
	// Language holds for stories in a language; "pt" also for "pt-BR".
	Language struct{ Code string }
	// Is holds for stories of a sort.
	Is struct{ What What }
	// Text holds for stories that have words; see archive.SearchIn for their form.
	Text struct {
		In    archive.SearchIn
		Words string
	}
)

func (And) node()      {}
func (Or) node()       {}
func (Not) node()      {}
func (Tag) node()      {}
func (Author) node()   {}
func (Series) node()   {}
func (Rating) node()   {}
func (Number) node()   {}
func (Date) node()     {}
func (Language) node() {}
func (Is) node()       {}
func (Text) node()     {}

// Op compares.
type Op string

// The comparisons.
const (
	Equal   Op = "="
	AtMost  Op = "<="
	AtLeast Op = ">="
	Below   Op = "<"
	Above   Op = ">"
)

// Column is a number or date of a story.
type Column string

// The columns.
const (
	Words    Column = "words"
	Chapters Column = "chapters"
	Posted   Column = "posted"
	Updated  Column = "updated"
	Written  Column = "written"
)

// What is a property that a story has or has not.
type What string

// The properties.
const (
	Complete   What = "complete"
	InProgress What = "in-progress"
	Crossover  What = "crossover" // of fandoms that do not belong together
	Single     What = "single"    // of one fandom, or of fandoms that belong together
	InSeries   What = "series"    // part of a series
)

// Day is a day of the calendar as year*10000 + month*100 + day, such as
// 20040811; 0 is no day.
type Day int32
