package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// library generates stories whose words are as common and as rare as those of
// real ones: the n-th word comes up about 1/n as often as the first.
type library struct {
	random *rand.Rand
	zipf   *rand.Zipf
}

func newLibrary() *library {
	r := rand.New(rand.NewPCG(1, 2))
	return &library{r, rand.NewZipf(r, 1.07, 4, 60_000)}
}

// word is the n-th commonest: "w0" is in every text.
func (l *library) word() string { return fmt.Sprintf("w%d", l.zipf.Uint64()) }

func (l *library) text(n int) string {
	var b strings.Builder
	b.WriteString("<p>")
	for i := range n {
		if i%60 == 59 {
			b.WriteString("</p>\n<p>")
		}
		b.WriteString(l.word())
		b.WriteByte(' ')
	}
	return b.String() + "</p>\n"
}

func (l *library) story(n, words int) *archive.Story {
	path := fmt.Sprintf("stories/%06d.html", n)
	s := sample(strings.Join([]string{l.word(), l.word(), l.word()}, " "), fmt.Sprintf("Writer %d", n%700), page("/old", path, path))
	s.Header.Series = archive.Place{Name: fmt.Sprintf("Cycle %d", n%900), Part: fmt.Sprint(n / 900)}
	s.Chapters = []archive.Chapter{{Text: l.text(words), Words: words}}
	return s
}

// fill stores so many stories in batches.
func (l *library) fill(tb testing.TB, s *store.Store, stories, words int) {
	tb.Helper()
	for n := 0; n < stories; {
		var some []*archive.Story
		for ; len(some) < 64 && n < stories; n++ {
			some = append(some, l.story(n, words))
		}
		save(tb, s, some...)
	}
}

// BenchmarkSaveWords stores stories of 8,000 words with the vocabulary of a
// language, in batches of 64.
func BenchmarkSaveWords(b *testing.B) {
	l := newLibrary()
	stories := make([]*archive.Story, 1024)
	for i := range stories {
		stories[i] = l.story(i, 8000)
	}
	for b.Loop() {
		b.StopTimer()
		s, _ := openNew(b)
		b.StartTimer()
		start := cpuTime(b)
		for i := 0; i < len(stories); i += 64 {
			save(b, s, stories[i:i+64]...)
		}
		b.ReportMetric(float64((cpuTime(b)-start).Microseconds())/float64(len(stories)), "µs-cpu/story")
	}
}

// BenchmarkSearch asks an archive of 20,000 short stories for words from the
// commonest to the rarest: which stories match, and what the first page of a
// search then takes, with as many ranked as the catalogue ranks.
func BenchmarkSearch(b *testing.B) {
	s, _ := openNew(b)
	newLibrary().fill(b, s, 20_000, 250)
	for _, q := range []struct {
		text string
		in   archive.SearchIn
	}{
		{"w0", ""},
		{"w0 w1 w2", ""},
		{`"w0 w1"`, ""},
		{"w0 -w1", ""},
		{"w12*", ""},
		{"w99*", ""},
		{"w300", ""},
		{"w300 w20", ""},
		{"w20000", ""},
		{"w3", archive.InTitles},
	} {
		var ids []int64
		b.Run(fmt.Sprintf("match/%s/%s", q.text, q.in), func(b *testing.B) {
			for b.Loop() {
				var err error
				if ids, err = s.Match(b.Context(), q.in, q.text, 100_000); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(ids)), "hits")
		})
		b.Run(fmt.Sprintf("page/%s/%s", q.text, q.in), func(b *testing.B) {
			for b.Loop() {
				if err := firstPage(b.Context(), s, q.text, q.in, ids[:min(len(ids), 2000)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, text := range []string{"w0 w1", "w300 w20 nothing", "wx300"} {
		b.Run("like/"+text, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Like(b.Context(), text, 10); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("series", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Series(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// firstPage reads the best 25 of some stories that match.
func firstPage(ctx context.Context, s *store.Store, text string, in archive.SearchIn, ids []int64) error {
	best, err := s.Rank(ctx, text, in, ids)
	if err != nil {
		return err
	}
	list, err := s.Entries(ctx, best[:min(len(best), 25)])
	if err != nil {
		return err
	}
	return s.Excerpts(ctx, in, text, list)
}
