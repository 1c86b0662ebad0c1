// Package describe writes what a public page is about as JSON-LD in the words
// of schema.org, and reads it back. The block that a story's page carries is
// complete: the story's header, its chapters and the sources it was rescued
// from can be rebuilt from the page alone, when nothing else of the archive is
// left. docs/describe.md is the table of its words.
//
// It knows the domain only. It makes no pages, fetches none, and holds no
// addresses of people: what is sealed is not looked at.
//
// JSON holds text in UTF-8. Of text that is none, each invalid byte is written
// as U+FFFD, so that a header read back equals the header so cleaned.
package describe

import (
	"encoding/json"
	"strconv"
	"time"

	"colophon/internal/archive"
)

const (
	context = "https://schema.org"
	// maxParts is how many chapters a story's block lists. A story may have
	// thousands, and each of them describes itself on its own page.
	maxParts = 100
	// Below shortStory words a story is a short story; above book words it is a
	// book, as one of several chapters is. The first is the line that awards for
	// short fiction draw, the second that for novels.
	shortStory = 7_500
	book       = 40_000
)

// Place is where a story stands. All addresses may be absolute or relative to
// the page; empty ones, and functions that are nil, are left out.
type Place struct {
	Story    string                   // address of the story's page
	Contents string                   // where all chapters are listed
	Chapter  func(n int) string       // address of chapter n, from 1
	Author   func(name string) string // address of a person's page
	Series   string                   // address of the series
	Archive  string                   // address of the archive
	Name     string                   // of the archive
	Licence  string                   // address of the licence
}

// Story describes a story in full, for <script type="application/ld+json">. The
// result is safe there as it is, compact, and the same for the same story.
func Story(s *archive.Story, at Place) ([]byte, error) {
	return embed(storyThing(s, at))
}

func storyThing(s *archive.Story, at Place) *thing {
	h := &s.Header
	t := &thing{
		Context: context, Type: typeOf(s), ID: at.Story, URL: at.Story,
		Identifier: decimal(s.ID), Version: s.Revision,
		Name: h.Title, Abstract: h.Summary, Genre: h.Genres, Keywords: h.Keywords,
		InLanguage: h.Language, ContentRating: h.Rating.Written, Status: string(h.Status),
		DateCreated: h.Date.Normal, DateModified: h.Updated.Normal,
		About: named("Thing", h.Fandoms), Character: named("Person", h.Characters),
		License: at.Licence, IsBasedOn: media(s.Sources),
	}
	if h.Series.Name != "" {
		t.IsPartOf = &part{Type: "CreativeWorkSeries", Name: h.Series.Name, URL: at.Series}
	}
	if h.Series.Part != "" {
		t.Position = h.Series.Part
	}
	if at.Archive != "" || at.Name != "" {
		t.Provider = &part{Type: "Organization", Name: at.Name, URL: at.Archive}
	}
	order := t.sign(h.Bylines, at.Author)
	t.parts(s.Chapters, at)
	t.Own = own(s, order)
	return t
}

// typeOf is the type of schema.org that fits a story's length.
func typeOf(s *archive.Story) string {
	words := s.Words()
	switch {
	case len(s.Chapters) > 1 || words > book:
		return typeBook
	case words > 0 && words < shortStory:
		return typeShort
	}
	return typeWork
}

// parts lists the chapters. A story of one chapter without title is that
// chapter, so only its words are given.
func (t *thing) parts(chapters []archive.Chapter, at Place) {
	if len(chapters) == 0 {
		return
	}
	words := 0
	for i := range chapters {
		words += chapters[i].Words
	}
	t.WordCount = &words
	if len(chapters) == 1 && chapters[0].Title == "" {
		return
	}
	for i := range chapters[:min(len(chapters), maxParts)] {
		c := &chapters[i]
		t.HasPart = append(t.HasPart, part{Type: typeChapter, Position: i + 1, Name: c.Title, URL: at.chapter(i + 1), WordCount: c.Words})
	}
	if len(chapters) > maxParts && at.Contents != "" {
		t.HasPart = append(t.HasPart, part{Type: "WebPage", URL: at.Contents})
	}
}

func (at Place) chapter(n int) string {
	if at.Chapter == nil {
		return ""
	}
	return at.Chapter(n)
}

// Chapter describes chapter n of a story, from 1, for the chapter's own page:
// the chapter, and of the story no more than tells it.
func Chapter(s *archive.Story, n int, at Place) ([]byte, error) {
	if n < 1 || n > len(s.Chapters) {
		return nil, archive.Errorf(archive.NotFound, "The story has no chapter %d.", n)
	}
	c := &s.Chapters[n-1]
	t := &thing{
		Context: context, Type: typeChapter, ID: at.chapter(n), URL: at.chapter(n),
		Name: c.Title, Position: n, WordCount: &c.Words, InLanguage: s.Header.Language,
	}
	t.IsPartOf = &part{Type: typeOf(s), ID: at.Story, Name: s.Header.Title}
	for _, b := range s.Header.Bylines {
		if as, a := t.agent(b.Role, person{Type: typePerson, Name: b.Name}); as == asAuthor {
			t.IsPartOf.Author = append(t.IsPartOf.Author, a)
		}
	}
	if c.Notes != "" {
		t.Own = []property{{Type: typeProperty, ID: string(archive.FieldNotes), Value: c.Notes}}
	}
	return embed(t)
}

// embed writes a value as JSON that a page can hold as it is.
func embed(v any) ([]byte, error) {
	b, err := json.Marshal(v) // escapes <, >, & and the line separators of JavaScript
	if err != nil {
		return nil, archive.Wrap(archive.Internal, "The description could not be written.", err)
	}
	return tame(b), nil
}

func decimal(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// moment is a time as it is written, "" for one that is not known.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
