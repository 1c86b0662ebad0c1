// Package sample makes stories of which nothing is real: an archive of any size
// with the measured shape of a large one, to try and measure with. Tags are as
// popular, and stories as long, as there; names and texts are put together from
// word lists of its own. The same seed gives the same stories.
//
// It stores nothing and reads nothing. It is no model of how authors write: texts
// are English whatever language a story is said to be in, and an author's stories
// have no more in common than other stories, those of a series aside.
package sample

import (
	"crypto/sha256"
	"iter"
	"math"
	"strconv"
	"time"

	"colophon/internal/archive"
	"colophon/internal/charset"
)

// Text says how much of its text a story has. The number of words of a chapter is
// the one that was drawn for it, whichever is chosen.
type Text uint8

// The amounts of text.
const (
	None      Text = iota // no text in any chapter
	Beginning             // a few paragraphs, and one in each chapter behind the first
	Whole                 // as many words as the chapters have
)

// Options is what kind of sample is made. The zero value is stories without text.
type Options struct {
	Text Text
	// WholeOriginals makes each original a page with header and text, and gives
	// evidence for every value of it. Else it is one line with the title.
	WholeOriginals bool
}

// Sampler makes the stories of one archive, each by its number from 0. Its methods
// may be called at the same time.
type Sampler struct {
	n       int
	seed    uint64
	options Options
	origin  string

	world  *world
	writer *writer

	languages   choice
	ratings     choice
	scales      map[string][]string
	categories  choice
	warned      choice  // warnings other than that there are none
	unwarned    float64 // stories that state that there are none
	twoWarnings float64 // of the others, those with two
}

// New returns a sampler of an archive of n stories. Stories of the same number are
// the same in a larger archive, but for their dates.
func New(n int, seed uint64, o Options) *Sampler {
	w := newWorld(seed)
	s := &Sampler{
		n: n, seed: seed, options: o, origin: "sample-" + strconv.FormatUint(seed, 10),
		world: w, writer: newWriter(w.lexicon),
		languages: newChoice(languages()), ratings: newChoice(ratings()), scales: scales(),
		categories: newChoice(categories()), warned: newChoice(warnings()[1:]),
	}
	others := 0.0
	for _, x := range warnings()[1:] {
		others += x.weight / storyCount
	}
	s.unwarned = warnings()[0].weight / storyCount
	s.twoWarnings = others/(1-s.unwarned) - 1
	return s
}

// Stories returns the n stories of an archive in the order in which it got them.
// Each is as if it were not stored yet, but for Added, which says when it would
// have been.
func Stories(n int, seed uint64, o Options) iter.Seq[*archive.Story] {
	s := New(n, seed, o)
	return func(yield func(*archive.Story) bool) {
		for i := range n {
			if !yield(s.Story(i)) {
				return
			}
		}
	}
}

// Story returns the story of a number.
func (s *Sampler) Story(i int) *archive.Story {
	c := newChance(s.seed, streamStory, uint64(i))
	st := &archive.Story{Added: s.added(i)}
	p := s.plot(c, i)
	s.header(c, i, &st.Header, &p)
	st.Chapters = s.chapters(c)
	s.finish(c, st)
	s.text(i, st)
	s.source(i, st)
	return st
}

// Visibility returns who finds the story of a number.
func (s *Sampler) Visibility(i int) archive.Visibility {
	if newChance(s.seed, streamVisibility, uint64(i)).maybe(membersShare) {
		return archive.Members
	}
	return archive.Public
}

// added is when the archive got a story. It grows over fifteen years, more each
// year than the year before.
func (s *Sampler) added(i int) time.Time {
	const span = 15 * 365 * 24 * time.Hour
	began := time.Date(2009, time.November, 14, 9, 0, 0, 0, time.UTC)
	part := math.Sqrt((float64(i) + 0.5) / float64(max(1, s.n)))
	return began.Add(time.Duration(part * float64(span))).Truncate(time.Second)
}

// Original returns the bytes that a story of this sampler came from, those whose
// digest its source has.
func (s *Sampler) Original(st *archive.Story) []byte {
	original, _ := s.original(st, st.Sources[0].Path)
	return original
}

// original writes what a story came from, with the evidence in it. The path makes
// it another one for each story, whatever its title.
func (s *Sampler) original(st *archive.Story, path string) ([]byte, []archive.Evidence) {
	if s.options.WholeOriginals {
		return pageOf(st, path)
	}
	return lineOf(st, path)
}

// source gives a story its source and evidence.
func (s *Sampler) source(i int, st *archive.Story) {
	path := pathOf(i)
	original, evidence := s.original(st, path)
	for k := range evidence {
		evidence[k].Source = path
	}
	st.Evidence = evidence
	st.Sources = []archive.Source{{
		Origin: s.origin, Path: path, Digest: sha256.Sum256(original), Size: int64(len(original)), Kind: archive.Text,
		Reading: []charset.Span{{End: len(original), Encoding: "utf-8", Why: "written so", Confidence: 1}},
	}}
}

// pathOf names the file of a story, a thousand in a folder.
func pathOf(i int) string {
	return "stories/" + strconv.Itoa(i/1000) + "/" + strconv.Itoa(i) + ".txt"
}
