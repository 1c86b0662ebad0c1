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
	names, err := s.PenNames(t.Context())
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
	fandoms, err := s.Tags(t.Context(), archive.TagFandom)
	if err != nil {
		t.Fatal(err)
	}
	wantFandoms := []archive.Name{
		{ID: fandoms[0].ID, Name: "Harbour Lights", Forms: []string{"harbour lights"}, Stories: 3},
		{ID: fandoms[1].ID, Name: "Night Train", Stories: 1},
	}
	if diff := cmp.Diff(wantFandoms, fandoms); diff != "" {
		t.Errorf("fandoms (-want +got):\n%s", diff)
	}
	// The numbers of limit and offset must not change places.
	tests := []struct {
		name string
		q    archive.Query
		want string
	}{
		{"newest first", archive.Query{Limit: 9}, "4:Ålesund alpha  Beta"},
		{"a page of them", archive.Query{Limit: 1, Offset: 2}, "4:"},
		{"a pen name", archive.Query{PenName: 1, Limit: 9}, "3:alpha Beta "},
		{"a page of a pen name", archive.Query{PenName: 1, Limit: 1, Offset: 1}, "3:Beta"},
		{"a tag", archive.Query{Tag: fandoms[0].ID, Limit: 2, Offset: 1}, "3:Beta "},
		{"both", archive.Query{PenName: 2, Tag: fandoms[1].ID, Limit: 9}, "1:Ålesund"},
		{"both, and none", archive.Query{PenName: 2, Tag: fandoms[0].ID, Limit: 9}, "0:"},
		{"no limit is one", archive.Query{}, "4:Ålesund"},
	}
	for _, tt := range tests {
		l, err := s.Stories(t.Context(), tt.q)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, e := range l.Entries {
			titles = append(titles, e.Title)
		}
		if got := fmt.Sprintf("%d:%s", l.Total, strings.Join(titles, " ")); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	for _, q := range []archive.Query{{PenName: 9999}, {Tag: 9999}, {PenName: 1, Tag: 9999}} {
		if _, err := s.Stories(t.Context(), q); archive.KindOf(err) != archive.NotFound {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

func TestEntryShowsTheHeader(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("The Lamp", "Mina", page("/old", "a", "1")))
	o, err := s.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h := sample("The Lamp", "Mina", page("/old", "a", "1")).Header
	h.Series.ID = 1
	want := archive.Overview{Stories: 1, Words: 9, PenNames: 1, Fandoms: 1, Series: 1, Newest: []archive.Entry{{
		ID: 1, Title: "The Lamp", Authors: []string{"Mina"}, Fandoms: h.Fandoms, Rating: h.Rating, Summary: h.Summary,
		Language: "en", Status: h.Status, Date: h.Date, Series: h.Series, Words: 9, Chapters: 2, Added: o.Newest[0].Added, Changed: o.Newest[0].Changed,
	}}}
	if diff := cmp.Diff(want, o); diff != "" {
		t.Errorf("overview (-want +got):\n%s", diff)
	}
	l, err := s.Stories(t.Context(), archive.Query{PenName: 1, Limit: 5})
	if err != nil || l.Of != "Mina" {
		t.Errorf("listing of %q: %v", l.Of, err)
	}
}

func TestRelationshipsKeepTheirSign(t *testing.T) {
	s, _ := openNew(t)
	st := sample("A", "M", page("/old", "a", "1"))
	st.Header.Relationships = []string{"Ana/Ruben", "ana / ruben", "Ana & Ruben"}
	save(t, s, st)
	tags, err := s.Tags(t.Context(), archive.TagRelationship)
	if err != nil || len(tags) != 2 {
		t.Errorf("tags: %+v, %v", tags, err)
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
