package store_test

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/store"
	"colophon/test/pgtest"
)

// clock gives a later time at each call, so that "newest first" is certain.
func clock() func() time.Time {
	t := time.Date(2004, 2, 29, 12, 0, 0, 0, time.UTC)
	return func() time.Time {
		t = t.Add(time.Second)
		return t
	}
}

func testKey() [32]byte { return sha256.Sum256([]byte("a key for tests")) }

// server is where the tests run on PostgreSQL; nil where they run on SQLite.
var server *pgtest.Server

// newAddress is where an archive may be made: the path of a file, or the address
// of a database that has its tables already.
func newAddress(t testing.TB) string {
	t.Helper()
	return server.OrCopy(t, filepath.Join(t.TempDir(), "colophon.db"), func(address string) error {
		s, err := store.Open(t.Context(), address, store.Options{})
		if err != nil {
			return err
		}
		return s.Close()
	})
}

// sqliteOnly leaves a test out that is about files, and says why.
func sqliteOnly(t testing.TB, why string) {
	t.Helper()
	if server != nil {
		t.Skip("with SQLite only: " + why)
	}
}

// postgresOnly leaves a test out that is about a server.
func postgresOnly(t testing.TB) {
	t.Helper()
	if server == nil {
		t.Skip("with PostgreSQL only: make test-postgres")
	}
}

// openNew opens an empty archive and returns it with its address.
func openNew(t testing.TB) (*store.Store, string) {
	t.Helper()
	path := newAddress(t)
	return openAt(t, path), path
}

func openAt(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{SealKey: testKey(), Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// page is the source that a sample story stands in.
func page(origin, path, content string) archive.Source {
	return archive.Source{
		Origin: origin, Path: path, Digest: sha256.Sum256([]byte(content)), Size: 4000, Kind: archive.HTML,
		Reading: []charset.Span{{Start: 0, End: 4000, Encoding: "windows-1252", Why: "declared", Confidence: 1}},
	}
}

// sample is a story with something in most places.
func sample(title, author string, sources ...archive.Source) *archive.Story {
	path := sources[0].Path
	return &archive.Story{
		Header: archive.Header{
			Title:         title,
			Bylines:       []archive.Byline{{Name: author, Role: archive.Author}, {Name: "Oskar", Role: archive.Beta}},
			Fandoms:       []string{"Harbour Lights"},
			Rating:        archive.Stated{Written: "R", Normal: archive.RatingMature},
			Relationships: []string{"Ana/Ruben"},
			Characters:    []string{"Ana", "Ruben"},
			Genres:        []string{"Mystery"},
			Summary:       "The ferry does not come.",
			Series:        archive.Place{Name: "Winter Crossing", Part: "2"},
			Status:        archive.Complete,
			Date:          archive.Stated{Written: "3/17/02", Normal: "2002-03-17"},
			Language:      "en",
			Feedback:      archive.Feedback{Address: true},
			Other:         []archive.Labelled{{Label: "Weather", Value: "fog"}},
		},
		Chapters: []archive.Chapter{
			{Title: "One", Text: "<p>The lamp was out. " + title + "</p>", Words: 5},
			{Title: "Two", Notes: "Thanks to the keeper.", Text: "<p>Then it was lit.</p>", Words: 4},
		},
		Sources: sources,
		Evidence: []archive.Evidence{
			{Field: archive.FieldTitle, Source: path, Start: 10, End: 40, Rule: "label", Confidence: 0.98, Written: title},
			{Field: archive.FieldAuthors, Source: path, Start: 50, End: 60, Rule: "byline", Confidence: 0.9, Written: author},
		},
		Findings: []archive.Finding{{Code: "ends-mid-sentence", Message: "The last sentence has no end.", Source: path, Start: 3900, End: 4000}},
		Sealed:   []archive.Sealed{{Address: "keeper@lamp.example", Source: path, Start: 70, End: 89, Field: archive.FieldEmail}},
		Sketch:   []byte{1, 2, 3},
	}
}

// save stores stories that must be accepted.
func save(t testing.TB, s *store.Store, stories ...*archive.Story) []store.Saved {
	t.Helper()
	saved, err := s.Save(t.Context(), stories)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// outcomes writes results down as "1 new, 1 copy".
func outcomes(saved []store.Saved) string {
	var b strings.Builder
	for i, s := range saved {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%d %s", s.ID, s.Outcome)
	}
	return b.String()
}

// sound fails the test for every fault of the archive.
func sound(t testing.TB, s *store.Store) {
	t.Helper()
	faults, err := s.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Errorf("fault %s: %s", f.Code, f.Message)
	}
}

// titles lists the titles of all stories, in the order of the listing.
func titles(t testing.TB, s *store.Store, q archive.Query) []string {
	t.Helper()
	q.Limit = 200
	l, err := s.Stories(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]string, len(l.Entries))
	for i, e := range l.Entries {
		list[i] = e.Title
	}
	if int64(len(list)) != l.Total && l.Total <= 200 {
		t.Errorf("listing says %d stories, has %d", l.Total, len(list))
	}
	return list
}
