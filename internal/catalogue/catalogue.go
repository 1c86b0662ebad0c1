// Package catalogue is the index that finds, counts and sorts all stories of an
// archive: questions of package query are answered from memory, with exact
// numbers and without the database.
//
// It is a copy: everything in it is built from rows and tags that it is given,
// kept current by updates, and written to a snapshot only so that a start is
// quick. It stores nothing that is not stored elsewhere, reads no story's text
// (hits of a search come through Texts), and shows nothing.
package catalogue

import (
	"context"
	"sync"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// Audience says who asks. What an audience does not see is in none of its
// listings, counts and names.
type Audience uint8

// The audiences. Nobody sees what is held.
const (
	Everybody Audience = iota // public stories
	SignedIn                  // public stories and those for members
)

// Texts finds words in stories. The full text of the store is behind it.
type Texts interface {
	// Match returns the stories that have words, at most limit of them, in any
	// order and whatever their visibility.
	Match(ctx context.Context, in archive.SearchIn, words string, limit int) ([]int64, error)
	// Rank returns those of the stories given that have words, the best first.
	Rank(ctx context.Context, words string, in archive.SearchIn, among []int64) ([]int64, error)
}

// Names are the names of authors and series.
type Names struct {
	PenNames []archive.Name       // their numbers of stories are not used
	Series   []archive.SeriesName // likewise
}

// Catalogue answers questions about the stories of an archive. It may be used
// by many at once: answers are given side by side, changes wait for them.
type Catalogue struct {
	texts Texts
	fold  func(kind archive.TagKind, name string) string
	hits  *hitCache

	mu  sync.RWMutex
	now *index
}

// New returns an empty catalogue. Texts may be nil where nothing is searched for
// words. Fold makes the key that two spellings of a name share; it is the one
// that the keys of tags were made with, and gets KindAuthor and KindSeries for
// names that are no tags. No key of a name that is not empty may be empty.
func New(texts Texts, fold func(kind archive.TagKind, name string) string) *Catalogue {
	return &Catalogue{texts: texts, fold: fold, hits: newHitCache(), now: newIndex(fold)}
}

// Seq is the number of the change that the catalogue is current to.
func (c *Catalogue) Seq() int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.now.seq
}

// Stories is the number of stories that an audience sees.
func (c *Catalogue) Stories(a Audience) int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return int64(c.now.seenBy(a).count)
}

// index is the state of a catalogue.
type index struct {
	columns
	*terms
	orders map[query.Sort]*order
	seq    int64

	counters sync.Pool // of *[]uint32, all 0
}

func newIndex(fold func(archive.TagKind, string) string) *index {
	x := &index{terms: newTerms(fold)}
	x.orders = newOrders(&x.columns)
	return x
}

// seenBy returns the documents that an audience sees.
func (x *index) seenBy(a Audience) set { return bitSet(x.visible[a], false) }
