package sample_test

import (
	"crypto/sha256"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/prose"
	"colophon/internal/sample"
)

func TestSameSeedSameStories(t *testing.T) {
	o := sample.Options{Text: sample.Whole, WholeOriginals: true}
	first := slices.Collect(sample.Stories(100, 11, o))
	if diff := cmp.Diff(first, slices.Collect(sample.Stories(100, 11, o))); diff != "" {
		t.Error(diff)
	}
	s := sample.New(100, 11, o)
	var all sync.WaitGroup
	for i := range first {
		all.Go(func() {
			if diff := cmp.Diff(first[i], s.Story(i)); diff != "" {
				t.Errorf("story %d by itself: %s", i, diff)
			}
		})
	}
	all.Wait()
	other := slices.Collect(sample.Stories(100, 12, o))
	same := 0
	for i := range first {
		if first[i].Header.Title == other[i].Header.Title {
			same++
		}
	}
	if same > 10 {
		t.Errorf("%d of 100 titles are the same with another seed", same)
	}
}

// How much text there is changes neither what is said of a story nor its length.
func TestTextIsApart(t *testing.T) {
	bare := slices.Collect(sample.Stories(100, 5, sample.Options{}))
	for _, o := range []sample.Options{{Text: sample.Beginning}, {Text: sample.Whole, WholeOriginals: true}} {
		i := 0
		for st := range sample.Stories(100, 5, o) {
			if diff := cmp.Diff(bare[i].Header, st.Header); diff != "" {
				t.Error(diff)
			}
			if st.Words() != bare[i].Words() || len(st.Chapters) != len(bare[i].Chapters) {
				t.Errorf("story %d has %d words, without text %d", i, st.Words(), bare[i].Words())
			}
			for k := range st.Chapters {
				if st.Chapters[k].Text == "" {
					t.Errorf("story %d has no text in chapter %d", i, k+1)
				}
			}
			i++
		}
	}
}

// Text is canonical markup of package prose, and whole text has the words that
// its chapter says.
func TestTextIsCanonical(t *testing.T) {
	for _, o := range []sample.Options{{Text: sample.Beginning}, {Text: sample.Whole}} {
		for st := range sample.Stories(60, 2, o) {
			for _, c := range st.Chapters {
				text, err := prose.ParseHTML(c.Text)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(text.HTML(), c.Text); diff != "" {
					t.Fatal(diff)
				}
				n := text.Words()
				if o.Text == sample.Whole && n != c.Words || n > c.Words {
					t.Errorf("%s: a chapter of %d words has %d", st.Sources[0].Path, c.Words, n)
				}
			}
		}
	}
}

// Any story can be traced to its original: the bytes are those of its digest, and
// the evidence is where it says.
func TestOriginals(t *testing.T) {
	var kinds []sample.Options
	var samplers []*sample.Sampler
	for _, text := range []sample.Text{sample.None, sample.Beginning} {
		for _, whole := range []bool{false, true} {
			o := sample.Options{Text: text, WholeOriginals: whole}
			kinds, samplers = append(kinds, o), append(samplers, sample.New(1_000_000, 9, o))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")
		o, s := kinds[k], samplers[k]
		st := s.Story(rapid.IntRange(0, 999_999).Draw(t, "story"))
		original, src := s.Original(st), st.Sources[0]
		if src.Digest != sha256.Sum256(original) || src.Size != int64(len(original)) {
			t.Errorf("%s is not the original", src.Path)
		}
		text, err := charset.Replay(original, src.Reading)
		if err != nil || text.S != string(original) {
			t.Errorf("%s is not read as it was written: %v", src.Path, err)
		}
		for _, e := range st.Evidence {
			if err := e.Check(len(original)); err != nil {
				t.Fatal(err)
			}
			if got := string(original[e.Start:e.End]); got != e.Written || e.Source != src.Path {
				t.Errorf("%s %d: %q is written in %s, not %q", e.Field, e.Index, got, e.Source, e.Written)
			}
		}
		if want := 10; o.WholeOriginals && len(st.Evidence) < want || len(st.Evidence) == 0 {
			t.Errorf("%s has %d pieces of evidence", src.Path, len(st.Evidence))
		}
	})
}

func TestStoriesCanBeLeft(t *testing.T) {
	n := 0
	for range sample.Stories(1000, 1, sample.Options{}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d stories came", n)
	}
}

func TestAddedRises(t *testing.T) {
	var last *archive.Story
	for st := range sample.Stories(2000, 1, sample.Options{}) {
		if last != nil && st.Added.Before(last.Added) {
			t.Fatalf("%s comes after %s", st.Added, last.Added)
		}
		if date := st.Added.Format("2006-01-02"); st.Header.Date.Normal > date {
			t.Errorf("added on %s, but written on %s", date, st.Header.Date.Normal)
		}
		last = st
	}
}

func BenchmarkStory(b *testing.B) {
	for name, o := range map[string]sample.Options{"none": {}, "short": {Text: sample.Beginning}, "full": {Text: sample.Whole, WholeOriginals: true}} {
		b.Run(name, func(b *testing.B) {
			s, i := sample.New(1_000_000, 1, o), 0
			for b.Loop() {
				s.Story(i)
				i++
			}
		})
	}
}
