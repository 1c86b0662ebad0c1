package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"colophon/internal/archive"
)

// What is stored comes back as it was given, without the addresses.
func TestStoryComesBack(t *testing.T) {
	s, _ := openNew(t)
	want := sample("The Lamp", "Mina", page("/old", "a.html", "a"), page("/old", "b.html", "b"))
	save(t, s, want)
	got, err := s.Story(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.Chapters {
		c, err := s.Chapter(t.Context(), 1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		got.Chapters[i].Text = c.Text
	}
	want.ID, want.Revision = 1, 1
	want.Sealed[0].Address = ""
	want.Header.Series.ID = 1
	ignore := cmp.Options{
		cmpopts.IgnoreFields(archive.Source{}, "ID"), cmpopts.IgnoreFields(archive.Story{}, "Added", "Changed"), cmpopts.EquateEmpty(),
	}
	if diff := cmp.Diff(want, got, ignore); diff != "" {
		t.Errorf("stored and read differ (-given +read):\n%s", diff)
	}
	sound(t, s)
}

// Each case saves batches one after another and says what became of them, and
// which titles are listed in the end.
func TestSaveKnowsStories(t *testing.T) {
	src := func(path, content string) archive.Source { return page("/old", path, content) }
	asCopy := func(s archive.Source) archive.Source { s.Copy = true; return s }
	type batch []*archive.Story
	tests := []struct {
		name    string
		batches []batch
		want    []string
		titles  []string
	}{
		{
			"the same twice",
			[]batch{{sample("A", "M", src("a", "1"))}, {sample("A", "M", src("a", "1"))}},
			[]string{"1 new", "1 unchanged"},
			[]string{"A"},
		},
		{
			"the same twice in one call",
			[]batch{{sample("A", "M", src("a", "1")), sample("A", "M", src("a", "1"))}},
			[]string{"1 new, 1 unchanged"},
			[]string{"A"},
		},
		{
			"a changed page",
			[]batch{{sample("A", "M", src("a", "1"))}, {sample("A", "M", src("a", "2"))}},
			[]string{"1 new", "1 revised"},
			[]string{"A"},
		},
		{
			"a changed title",
			[]batch{{sample("A", "M", src("a", "1"))}, {sample("B", "M", src("a", "1"))}},
			[]string{"1 new", "1 revised"},
			[]string{"B"},
		},
		{"the same bytes elsewhere", []batch{
			{sample("A", "M", src("a", "1"))},
			{sample("A", "M", src("copy/a", "1"))},
			{sample("A", "M", src("copy/a", "1"))},
			{sample("A", "M", src("a", "1"))},
		}, []string{"1 new", "1 copy", "1 unchanged", "1 unchanged"}, []string{"A"}},
		{
			"the same path of another origin",
			[]batch{{sample("A", "M", src("a", "1"))}, {sample("B", "M", page("/else", "a", "2"))}},
			[]string{"1 new", "2 new"},
			[]string{"B", "A"},
		},
		{"a copy that became a story of its own", []batch{
			{sample("A", "M", src("a", "1"))}, {sample("A", "M", src("b", "1"))}, {sample("B", "M", src("b", "2"))},
		}, []string{"1 new", "1 copy", "2 new"}, []string{"B", "A"}},
		{"some bytes the same, not all", []batch{
			{sample("A", "M", src("a", "1"), src("b", "2"))}, {sample("A", "M", src("c", "1"), src("d", "3"))},
		}, []string{"1 new", "2 new"}, []string{"A", "A"}},
		{"several stories on one page", []batch{
			{sample("A", "M", src("p", "1")), sample("B", "M", src("p", "1"))},
			{sample("B", "M", src("p", "1")), sample("A", "M", src("p", "1"))},
		}, []string{"1 new, 2 new", "2 unchanged, 1 unchanged"}, []string{"B", "A"}},
		{"a page of several stories changes", []batch{
			{sample("A", "M", src("p", "1")), sample("B", "M", src("p", "1"))},
			{sample("B", "M", src("p", "2")), sample("C", "M", src("p", "2")), sample("D", "M", src("p", "2"))},
		}, []string{"1 new, 2 new", "2 revised, 1 revised, 3 new"}, []string{"D", "B", "C"}},
		{"a copy of a page of several stories", []batch{
			{sample("A", "M", src("p", "1")), sample("B", "M", src("p", "1"))},
			{sample("B", "M", src("q", "1")), sample("A", "M", src("q", "1"))},
		}, []string{"1 new, 2 new", "2 copy, 1 copy"}, []string{"B", "A"}},
		{"two stories become one", []batch{
			{sample("A", "M", src("a", "1")), sample("A2", "M", src("b", "2"))},
			{sample("A2", "M", src("a", "1"), src("b", "2"))},
			{sample("A2", "M", src("a", "1"), src("b", "2"))},
		}, []string{"1 new, 2 new", "1 revised", "1 unchanged"}, []string{"A2"}},
		{"one story becomes two", []batch{
			{sample("A", "M", src("a", "1"), src("b", "2"))}, {sample("A", "M", src("a", "1")), sample("B", "M", src("b", "2"))},
		}, []string{"1 new", "1 revised, 2 new"}, []string{"B", "A"}},
		{"a copy within the story given", []batch{
			{sample("A", "M", src("a", "1"), asCopy(src("c", "9")))},
			{sample("A", "M", src("a", "1"))},
			{sample("A", "M", src("a", "1"), asCopy(src("d", "8")))},
		}, []string{"1 new", "1 unchanged", "1 unchanged"}, []string{"A"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := openNew(t)
			var got []string
			for _, b := range tt.batches {
				got = append(got, outcomes(save(t, s, b...)))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.titles, titles(t, s)); diff != "" {
				t.Errorf("titles (-want +got):\n%s", diff)
			}
			sound(t, s)
		})
	}
}

// A revision keeps what was before, and the bytes it came from.
func TestRevisionKeepsTheFormer(t *testing.T) {
	s, path := openNew(t)
	save(t, s, sample("The Lamp", "Mina", page("/old", "a", "1")))
	save(t, s, sample("The Lamps", "Mina", page("/old", "a", "2")))
	got, err := s.Story(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got.Revision != 2 || got.Header.Title != "The Lamps" || !got.Changed.After(got.Added) || len(got.Sources) != 1 {
		t.Errorf("revision %d of %q, %d sources", got.Revision, got.Header.Title, len(got.Sources))
	}
	var digests int
	if err := s.Digests(t.Context(), func(archive.Digest, int64) error { digests++; return nil }); err != nil {
		t.Fatal(err)
	}
	if digests != 2 {
		t.Errorf("%d digests are known, want the former bytes too", digests)
	}
	var revision, content string
	query(t, path, `SELECT revision, content FROM story_revisions`, &revision, &content)
	golden(t, "revision.json", content)
}

// The copies of a story stay with it, and those of a story it takes in.
func TestCopiesStay(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1")), sample("B", "M", page("/old", "b", "2")))
	save(t, s, sample("A", "M", page("/new", "a", "1")), sample("B", "M", page("/new", "b", "2")))
	save(t, s, sample("A", "M", page("/old", "a", "1"), page("/old", "b", "2")))
	got, err := s.Story(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, src := range got.Sources {
		name := src.Origin + "/" + src.Path
		if src.Copy {
			name += " (copy)"
		}
		have = append(have, name)
	}
	want := []string{"/old/a", "/old/b", "/new/a (copy)", "/new/b (copy)"}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	merged, err := s.Story(t.Context(), 2)
	if err != nil || merged.Merged != 1 || merged.Header.Title != "" {
		t.Errorf("merged story: %+v, %v", merged, err)
	}
	sound(t, s)
}

// One story that cannot be stored keeps all of its call out.
func TestSaveIsAllOrNothing(t *testing.T) {
	good := sample("A", "M", page("/old", "a", "1"))
	bad := map[string]func(*archive.Story){
		"no source":             func(s *archive.Story) { s.Sources = nil },
		"only copies":           func(s *archive.Story) { s.Sources[0].Copy = true },
		"no digest":             func(s *archive.Story) { s.Sources[0].Digest = archive.Digest{} },
		"text is not UTF-8":     func(s *archive.Story) { s.Chapters[0].Text = "caf\xe9" },
		"evidence past the end": func(s *archive.Story) { s.Evidence[0].End = 4001 },
		"evidence elsewhere":    func(s *archive.Story) { s.Evidence[0].Source = "index.html" },
		"finding past the end":  func(s *archive.Story) { s.Findings[0].End = 4001 },
		"sealed backwards":      func(s *archive.Story) { s.Sealed[0].Start = 90 },
	}
	for name, spoil := range bad {
		t.Run(name, func(t *testing.T) {
			s, _ := openNew(t)
			b := sample("B", "M", page("/old", "b", "2"))
			spoil(b)
			_, err := s.Save(t.Context(), []*archive.Story{good, b})
			if archive.KindOf(err) != archive.Invalid {
				t.Errorf("error is %v, want %s", err, archive.Invalid)
			}
			if got := titles(t, s); len(got) != 0 {
				t.Errorf("stored all the same: %v", got)
			}
		})
	}
}
