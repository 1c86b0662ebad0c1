package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/store"
)

func TestKeys(t *testing.T) {
	same := [][]string{
		{"Mina-chan", "~*Mina-chan*~", "mina chan", "MINACHAN", "☆ Mina~chan ☆", "Ｍｉｎａ－ｃｈａｎ"},
		{"Éowyn", "éowyn", "E\u0301owyn"},
		{"Straße", "STRASSE"},
		{"Аня", "аня", "«АНЯ»"},
		{"ﬁre", "Fire"},
	}
	for _, forms := range same {
		for _, f := range forms {
			if got, want := store.NameKey(f), store.NameKey(forms[0]); got != want {
				t.Errorf("%q has the key %q, %q has %q", f, got, forms[0], want)
			}
		}
	}
	different := []string{"Mina", "Minna", "~*~", "***", "美奈", "Mina2", "Éowyn", "Eowyn"}
	keys := map[string]string{}
	for _, f := range different {
		if was, ok := keys[store.NameKey(f)]; ok {
			t.Errorf("%q and %q are one", f, was)
		}
		keys[store.NameKey(f)] = f
	}
}

func TestListings(t *testing.T) {
	s, _ := openNew(t)
	with := func(title, author, fandom string, n int) *archive.Story {
		path := fmt.Sprint("p", n)
		st := sample(title, author, page("/old", path, path))
		st.Header.Fandoms = []string{fandom, strings.ToUpper(fandom)}
		return st
	}
	save(t, s, with("Beta", "~*Mina-chan*~", "Harbour Lights", 1), with("", "mina-chan", "harbour lights", 2))
	save(t, s, with("alpha", "mina-chan", "Harbour Lights", 3), with("Ålesund", "Oskar", "Night Train", 4))
	names, err := s.AuthorNames(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantNames := []archive.Name{
		{ID: 1, Name: "mina-chan", Forms: []string{"~*Mina-chan*~"}, Stories: 3},
		{ID: 2, Name: "Oskar", Stories: 1}, // a beta of the others
	}
	if diff := cmp.Diff(wantNames, names); diff != "" {
		t.Errorf("pen names (-want +got):\n%s", diff)
	}
	if got, want := spellings(t, s, archive.TagFandom), "Harbour Lights, harbour lights; Night Train"; got != want {
		t.Errorf("fandoms: %s, want %s", got, want)
	}
	if diff := cmp.Diff([]string{"Ålesund", "alpha", "", "Beta"}, titles(t, s)); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
	sound(t, s) // the stories of each name and form are counted right
}

// spellings are the tags of a kind, each with its forms as stories have them.
func spellings(t *testing.T, s *store.Store, kind archive.TagKind) string {
	t.Helper()
	tags, err := s.TagGraph(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, g := range tags {
		if g.Kind != kind {
			continue
		}
		forms, err := s.Forms(t.Context(), g.ID)
		if err != nil || len(forms) == 0 || forms[0] != g.Name {
			t.Errorf("%s is written %q, %v", g.Name, forms, err)
		}
		list = append(list, strings.Join(forms, ", "))
	}
	return strings.Join(list, "; ")
}

func TestOverview(t *testing.T) {
	s, _ := openNew(t)
	for i := range 4 {
		save(t, s, told(i, fmt.Sprint("Story ", i+1), "Mina", "", "<p>x</p>"))
	}
	withdraw(t, s, 3, archive.Withdrawal{})
	if err := s.SetVisibility(t.Context(), 2, archive.Members); err != nil {
		t.Fatal(err)
	}
	o, err := s.Overview(t.Context())
	if diff := cmp.Diff(archive.Overview{Stories: 2, Reserved: 1, Withdrawn: 1}, o); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestEntryShowsTheHeader(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("The Lamp", "Mina", page("/old", "a", "1")))
	got, err := s.Entries(t.Context(), []int64{1})
	if err != nil {
		t.Fatal(err)
	}
	h := sample("The Lamp", "Mina", page("/old", "a", "1")).Header
	h.Series.ID = 1
	want := []archive.Entry{{
		ID: 1, Title: "The Lamp", Authors: []string{"Mina"}, Fandoms: h.Fandoms, Rating: h.Rating, Summary: h.Summary,
		Language: "en", Status: h.Status, Date: h.Date, Series: h.Series, Words: 9, Chapters: 2,
		Added: got[0].Added, Changed: got[0].Changed, Tags: got[0].Tags, // these have a test of their own
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}
}

func TestRelationshipsKeepTheirSign(t *testing.T) {
	s, _ := openNew(t)
	st := sample("A", "M", page("/old", "a", "1"))
	st.Header.Relationships = []string{"Ana/Ruben", "ana / ruben", "Ana & Ruben"}
	save(t, s, st)
	if got := spellings(t, s, archive.TagRelationship); got != "Ana/Ruben; Ana & Ruben" {
		t.Errorf("tags: %s", got)
	}
}

func TestNotThere(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1")))
	if _, err := s.Story(t.Context(), 2); archive.KindOf(err) != archive.NotFound {
		t.Errorf("story: %v", err)
	}
	for _, n := range []int{0, 3, -1} {
		if _, err := s.Chapter(t.Context(), 1, n); archive.KindOf(err) != archive.NotFound {
			t.Errorf("chapter %d: %v", n, err)
		}
	}
}

func TestTitlesSort(t *testing.T) {
	titles := []string{"A Day", "...a dog", "AARDVARK", "\"Aaron\"", "zebra", "Ålesund"}
	for i := 1; i < len(titles); i++ {
		if a, b := store.SortKey(titles[i-1]), store.SortKey(titles[i]); a >= b {
			t.Errorf("%q (%q) does not come before %q (%q)", titles[i-1], a, titles[i], b)
		}
	}
	if store.SortKey("***") != "***" {
		t.Error("a title of signs alone has lost them")
	}
}
