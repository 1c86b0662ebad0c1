package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// graph writes the tags of a kind down, those of the closed sets left out where
// no story has them: "Ada (canonical) < Harbour Lights; ada r. = Ada".
func graph(t *testing.T, s *store.Store, kinds ...archive.TagKind) string {
	t.Helper()
	tags, err := s.TagGraph(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[int64]string{}
	for _, g := range tags {
		names[g.ID] = g.Name
	}
	var list []string
	for _, g := range tags {
		if !slices.Contains(kinds, g.Kind) {
			continue
		}
		line := g.Name
		switch g.State {
		case archive.TagCanonical:
			line += " (canonical)"
		case archive.TagSynonym:
			line += " = " + names[g.Of]
		}
		for _, p := range g.Parents {
			line += " < " + names[p]
		}
		list = append(list, line)
	}
	slices.Sort(list)
	return strings.Join(list, "; ")
}

func place(t *testing.T, s *store.Store, places ...archive.TagPlace) {
	t.Helper()
	if err := s.PlaceTags(t.Context(), places); err != nil {
		t.Fatal(err)
	}
}

func under(kind archive.TagKind, name string, parents ...archive.TagParent) archive.TagPlace {
	return archive.TagPlace{Kind: kind, Name: name, State: archive.TagCanonical, Parents: parents}
}

func standsFor(kind archive.TagKind, name, of string) archive.TagPlace {
	return archive.TagPlace{Kind: kind, Name: name, State: archive.TagSynonym, Of: of}
}

func TestTagsArePlaced(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1")))
	fandom := archive.TagParent{Kind: archive.TagFandom, Name: "Harbour Lights"}
	place(
		t, s, under(archive.TagCharacter, "Ana Prado", fandom), standsFor(archive.TagCharacter, "Ana", "Ana Prado"),
		standsFor(archive.TagCharacter, "Ana P.", "Ana"),                                                            // a synonym of a synonym
		under(archive.TagFandom, "Harbour Lights", archive.TagParent{Kind: archive.TagFandom, Name: "Sea Stories"}), // the parent is made
	)
	want := "Ana = Ana Prado; Ana P. = Ana Prado; Ana Prado (canonical) < Harbour Lights; Ruben"
	if diff := cmp.Diff(want, graph(t, s, archive.TagCharacter)); diff != "" {
		t.Errorf("characters (-want +got):\n%s", diff)
	}
	if got := graph(t, s, archive.TagFandom); got != "Harbour Lights (canonical) < Sea Stories; Sea Stories (canonical)" {
		t.Errorf("fandoms: %s", got)
	}
	// What stood for a tag follows it.
	place(t, s, standsFor(archive.TagCharacter, "Ana Prado", "Ana-Maria Prado"))
	if got := graph(t, s, archive.TagCharacter); strings.Count(got, "= Ana-Maria Prado") != 3 {
		t.Errorf("followed: %s", got)
	}
	// Placed tags stay without a story; a tag is taken back to unsorted.
	place(t, s, archive.TagPlace{Kind: archive.TagFandom, Name: "Sea Stories", State: archive.TagUnsorted})
	if got := graph(t, s, archive.TagFandom); got != "Harbour Lights (canonical); Sea Stories" {
		t.Errorf("unsorted: %s", got)
	}
	sound(t, s)
}

func TestTagCyclesAreRefused(t *testing.T) {
	s, _ := openNew(t)
	kind := archive.TagFreeform
	parent := func(name string) archive.TagParent { return archive.TagParent{Kind: kind, Name: name} }
	place(t, s, under(kind, "Ferries", parent("Boats")), under(kind, "Boats", parent("Water")), standsFor(kind, "Ships", "Boats"))
	before := graph(t, s, kind)
	for _, p := range []archive.TagPlace{
		under(kind, "Water", parent("Ferries")),
		under(kind, "Water", parent("Ships")),
		under(kind, "Boats", parent("Boats")),
		standsFor(kind, "Boats", "Ships"),
		standsFor(kind, "Boats", "Boats"),
	} {
		err := s.PlaceTags(t.Context(), []archive.TagPlace{under(kind, "Never there"), p})
		if archive.KindOf(err) != archive.Conflict {
			t.Errorf("%+v: %v", p, err)
		}
	}
	for _, p := range []archive.TagPlace{
		{Kind: kind, Name: " ", State: archive.TagCanonical},
		{Kind: kind, Name: "A", State: archive.TagSynonym},
		{Kind: "weather", Name: "A", State: archive.TagCanonical},
		{Kind: kind, Name: "A", State: "lost"},
		under(kind, "A", archive.TagParent{Kind: archive.TagCharacter, Name: "Ana"}),
	} {
		if err := s.PlaceTags(t.Context(), []archive.TagPlace{p}); archive.KindOf(err) != archive.Invalid {
			t.Errorf("%+v: %v", p, err)
		}
	}
	if diff := cmp.Diff(before, graph(t, s, kind)); diff != "" {
		t.Errorf("a refused place has left something:\n%s", diff)
	}
}

// Ratings are placed as the page's own scale was read; what the archive has
// decided goes before.
func TestRatingsAreTags(t *testing.T) {
	s, _ := openNew(t)
	for i, r := range []archive.Stated{
		{Written: "pg-13", Normal: "teen"}, {Written: "R for boats", Normal: "mature"}, {Written: "purple"}, {Normal: "general"}, {},
	} {
		st := sample(fmt.Sprint("Story ", i), "M", page("/old", fmt.Sprint(i), fmt.Sprint(i)))
		st.Header.Rating, st.Header.WarningsNone = r, i == 0
		save(t, s, st)
	}
	got := graph(t, s, archive.TagRating)
	for _, want := range []string{"PG-13 = teen", "R for boats = mature", "purple", "teen (canonical)"} {
		if !slices.Contains(strings.Split(got, "; "), want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	rows := allRows(t, s)
	tags, err := s.TagGraph(t.Context(), rows[0].Tags...)
	if err != nil || len(tags) != len(rows[0].Tags) {
		t.Fatal(tags, err)
	}
	if !slices.ContainsFunc(tags, func(g archive.Tag) bool { return g.Name == store.NoWarnings && g.Order == 1 }) {
		t.Errorf("no statement that nothing is to be warned of in %+v", tags)
	}
	sound(t, s)
}
