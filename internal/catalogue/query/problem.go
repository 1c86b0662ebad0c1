package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
)

// The bounds of a query.
const (
	MaxText     = 20000 // bytes, of what is typed and of its canonical text
	MaxTerms    = 200   // words, phrases and conditions
	MaxDepth    = 20    // parentheses inside one another
	MaxProblems = 10    // that are told at once

	maxWords      = 64   // words and phrases in one Text, as many as a search takes
	maxCharacters = 1000 // characters in one Text
)

// Code names a sort of problem, for programs and for translation.
type Code string

// The codes.
const (
	TooLong          Code = "too-long"
	TooManyTerms     Code = "too-many-terms"
	TooManyWords     Code = "too-many-words"
	TooDeep          Code = "too-deep"
	InvalidUTF8      Code = "invalid-utf8"
	BadCharacter     Code = "bad-character"
	UnclosedQuote    Code = "unclosed-quote"
	UnclosedGroup    Code = "unclosed-group"
	UnopenedGroup    Code = "unopened-group"
	EmptyGroup       Code = "empty-group"
	MissingTerm      Code = "missing-term"
	MissingValue     Code = "missing-value"
	NothingToFind    Code = "nothing-to-find"
	NothingAfterDash Code = "nothing-after-minus"
	NotAMinus        Code = "not-a-minus"
	MinusInside      Code = "minus-inside"
	NeedsQuotes      Code = "needs-quotes"
	BarInValue       Code = "bar-in-value"
	Unsupported      Code = "unsupported"
	UnknownField     Code = "unknown-field"
	UnknownOp        Code = "unknown-op"
	UnknownProperty  Code = "unknown-property"
	UnknownSort      Code = "unknown-sort"
	UnknownLanguage  Code = "unknown-language"
	TwoSorts         Code = "two-sorts"
	MisplacedSort    Code = "misplaced-sort"
	BadNumber        Code = "bad-number"
	BadDate          Code = "bad-date"
	BadYesNo         Code = "bad-yes-no"
	BadRange         Code = "bad-range"
	ReversedRange    Code = "reversed-range"
)

// Problem is what is wrong with one piece of a query. Its range is of the bytes
// of the text, or of the value of a form's field.
type Problem struct {
	Code       Code
	Field      string // the form's field, "" in a query that was typed
	Start, End int
	Text       string // the piece, shortened where it is long
	Suggest    string // what may stand in place of the piece, "" where nothing can be proposed
	Message    string // in English, safe to show
}

// Error is all that is wrong with a query, in the order of the text: from one
// to MaxProblems. It is an archive.Error of the kind Invalid.
type Error struct{ Problems []Problem }

// Error returns the messages of all problems.
func (e *Error) Error() string {
	list := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		list[i] = p.Message
	}
	return strings.Join(list, " ")
}

// Unwrap returns the same as an error of the archive.
func (e *Error) Unwrap() error { return archive.Errorf(archive.Invalid, "%s", e.Error()) }

// report keeps problems up to the bound.
type report struct {
	field string
	list  []Problem
}

// add notes a problem with text[start:end]. In the message %s and the like stand
// for args.
func (r *report) add(code Code, text string, start, end int, suggest, message string, args ...any) {
	if len(r.list) >= MaxProblems {
		return
	}
	r.list = append(r.list, Problem{
		Code: code, Field: r.field, Start: start, End: end,
		Text: short(text[start:end]), Suggest: suggest, Message: fmt.Sprintf(message, args...),
	})
}

// sorted returns what was noted in the order of the text.
func (r *report) sorted() []Problem {
	slices.SortStableFunc(r.list, func(a, b Problem) int { return cmp.Compare(a.Start, b.Start) })
	return r.list
}

// err returns what was noted, nil for nothing.
func (r *report) err() error {
	if len(r.list) == 0 {
		return nil
	}
	return &Error{Problems: r.sorted()}
}

// short is a piece of a query to show in a message: valid text of at most 60
// characters on one line.
func short(s string) string {
	const most = 60
	s = tidy(s[:min(len(s), 4*most+4)])
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
