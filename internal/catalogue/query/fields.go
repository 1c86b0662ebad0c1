package query

import (
	"slices"
	"strings"

	"colophon/internal/archive"
)

// class is the form that the values of a field have.
type class int

const (
	noClass class = iota
	aTag
	anAuthor
	aSeries
	aRating
	aNumber
	aDate
	aLanguage
	aProperty
	aYesNo
	aText
	aSort
)

// field is what may stand before a colon.
type field struct {
	name  string // as the canonical text writes it
	class class
	kind  archive.TagKind
	in    archive.SearchIn
	of    Column
	yes   What // of aYesNo
	no    What
}

// fieldNamed finds a field by its name or another name of it, in any case.
func fieldNamed(name string) (f field, ok bool) {
	name = strings.ToLower(name)
	switch name {
	case "pairing":
		name = "relationship"
	case "freeform", "genre", "keyword":
		name = "tag"
	case "by":
		name = "author"
	case "story":
		name = "text"
	case "lang":
		name = "language"
	case "in":
		name = "is"
	}
	f = field{name: name}
	switch name {
	case "fandom", "character", "relationship", "warning", "category":
		f.class, f.kind = aTag, archive.TagKind(name)
	case "tag":
		f.class, f.kind = aTag, archive.TagFreeform
	case "author":
		f.class = anAuthor
	case "series":
		f.class = aSeries
	case "rating":
		f.class = aRating
	case "words", "chapters":
		f.class, f.of = aNumber, Column(name)
	case "posted", "updated", "written":
		f.class, f.of = aDate, Column(name)
	case "language":
		f.class = aLanguage
	case "is":
		f.class = aProperty
	case "complete":
		f.class, f.yes, f.no = aYesNo, Complete, InProgress
	case "crossover":
		f.class, f.yes, f.no = aYesNo, Crossover, Single
	case "sort":
		f.class = aSort
	default:
		f.in = partNamed(name)
		f.class = aText
		return f, f.in != ""
	}
	return f, true
}

// partNamed is the part of a story that a field looks for words in.
func partNamed(name string) archive.SearchIn {
	switch name {
	case "title":
		return archive.InTitles
	case "byline":
		return archive.InAuthors
	case "summary":
		return archive.InSummaries
	case "notes":
		return archive.InNotes
	case "text":
		return archive.InText
	}
	return ""
}

// nameOfPart is the field for words in a part of a story.
func nameOfPart(in archive.SearchIn) string {
	switch in {
	case archive.InTitles:
		return "title"
	case archive.InAuthors:
		return "byline"
	case archive.InSummaries:
		return "summary"
	default:
		return string(in)
	}
}

// nameOfKind is the field for tags of a kind.
func nameOfKind(k archive.TagKind) string {
	if k == archive.TagFreeform {
		return "tag"
	}
	return string(k)
}

// property is the property that a word names.
func property(name string) (What, bool) {
	switch strings.ToLower(name) {
	case "complete", "completed", "finished":
		return Complete, true
	case "wip", "in-progress", "unfinished", "incomplete":
		return InProgress, true
	case "crossover":
		return Crossover, true
	case "single":
		return Single, true
	case "series", "in-series":
		return InSeries, true
	}
	return "", false
}

// sortNamed is the order that a word names.
func sortNamed(name string) (Sort, bool) {
	s := Sort(strings.ToLower(name))
	switch s {
	case SortPosted, SortUpdated, SortWritten, SortTitle, SortAuthor, SortWords, SortRelevance:
		return s, true
	}
	return "", false
}

// yesNo reads an answer.
func yesNo(s string) (yes, ok bool) {
	switch strings.ToLower(s) {
	case "yes", "y", "true", "1":
		return true, true
	case "no", "n", "false", "0":
		return false, true
	}
	return false, false
}

func nearField(name string) string {
	return near(name, []string{
		"fandom", "character", "relationship", "pairing", "tag", "freeform", "genre", "keyword", "warning", "category",
		"rating", "author", "title", "byline", "summary", "notes", "text", "story", "words", "chapters", "posted", "updated",
		"written", "language", "complete", "crossover", "series", "sort",
	})
}

func nearProperty(name string) string {
	return near(name, []string{"complete", "in-progress", "wip", "crossover", "single", "series", "unfinished"})
}

func nearSort(name string) string {
	return near(name, []string{"posted", "updated", "written", "title", "author", "words", "relevance"})
}

// near is the one of some names that a misspelt one was most likely meant to
// be: one letter off in short names, two in longer ones; "" for none.
func near(name string, known []string) string {
	name = strings.ToLower(name)
	if len(name) > 20 {
		return ""
	}
	best, least := "", 2
	if len(name) >= 6 {
		least = 3
	}
	if len(name) < 3 {
		least = 0
	}
	for _, k := range known {
		if d := distance(name, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of letters to add, take away, change, or swap with the
// next, to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			change := last[j]
			if x[i] != y[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, slices.Clone(row)
	}
	return last[len(y)]
}
