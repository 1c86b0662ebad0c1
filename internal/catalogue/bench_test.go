package catalogue_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// cpu is the processor time that this process has used.
func cpu(tb testing.TB) time.Duration {
	tb.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// heap is the memory in use after everything left has been swept.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// mixed invents a question as readers ask them: up to three tags included, up to
// three excluded, sometimes a range of words, six facets.
func (w *world) mixed(rng *rand.Rand) catalogue.Question {
	kinds := []archive.TagKind{archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform}
	tag := func() query.Node {
		ids := w.byKind[kinds[rng.IntN(len(kinds))]]
		t := w.tags[ids[w.popular(len(ids))]-1]
		return query.Tag{Kind: t.Kind, Name: t.Name}
	}
	var all query.And
	for range rng.IntN(4) {
		all = append(all, tag())
	}
	for range rng.IntN(4) {
		all = append(all, query.Not{Node: tag()})
	}
	if rng.IntN(3) == 0 {
		all = append(all, query.Number{Of: query.Words, Min: 1000, Max: 20_000})
	}
	if rng.IntN(5) == 0 {
		all = append(all, query.Date{Of: query.Written, From: 20040101, To: 20101231})
	}
	sorts := []query.Sort{query.SortPosted, query.SortUpdated, query.SortWritten, query.SortTitle, query.SortAuthor, query.SortWords}
	return catalogue.Question{
		Query: query.Query{Where: all, Sort: sorts[rng.IntN(len(sorts))], Up: rng.IntN(4) == 0},
		Limit: 20, Facets: []archive.TagKind{
			archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform, archive.TagRating, archive.TagWarning,
		},
	}
}

// BenchmarkCatalogue measures what a reader and an operator wait for. A million
// stories take some minutes and 2 GB, and are measured where
// COLOPHON_MILLION is set.
func BenchmarkCatalogue(b *testing.B) {
	sizes := []int{10_000, 100_000}
	if os.Getenv("COLOPHON_MILLION") != "" {
		sizes = append(sizes, 1_000_000)
	}
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			w := newWorld(1, size)
			links := 0
			for _, r := range w.rows {
				links += len(r.Tags)
			}
			b.Logf("%d stories, %d tags, %.1f tags for each", size, len(w.tags), float64(links)/float64(size))
			before, start := heap(), cpu(b)
			c := w.build(b, wordHits{})
			built := cpu(b) - start
			full := heap() - before
			b.Run("build", func(b *testing.B) {
				for b.Loop() {
				}
				b.ReportMetric(built.Seconds(), "cpu-s")
				b.ReportMetric(float64(full)/1e6, "heap-MB")
			})
			b.Run("ask", func(b *testing.B) { benchAsk(b, w, c) })
			b.Run("update", func(b *testing.B) { benchUpdate(b, w, c) })
			runtime.KeepAlive(w)
		})
	}
}

// benchAsk asks 300 questions in each round, and reports the processor time of
// one question.
func benchAsk(b *testing.B, w *world, c *catalogue.Catalogue) {
	var took []time.Duration
	for b.Loop() {
		rng := rand.New(rand.NewPCG(8, 9))
		for range 300 {
			q := w.mixed(rng)
			start := cpu(b)
			if _, err := c.Ask(b.Context(), q); err != nil {
				b.Fatal(err)
			}
			took = append(took, cpu(b)-start)
		}
	}
	slices.Sort(took)
	for _, p := range []float64{50, 95, 99, 100} {
		at := min(int(math.Ceil(float64(len(took))*p/100)), len(took)) - 1
		b.ReportMetric(float64(took[at].Microseconds())/1000, fmt.Sprintf("p%.0f-ms", p))
	}
}

// benchUpdate changes one story at a time.
func benchUpdate(b *testing.B, w *world, c *catalogue.Catalogue) {
	rng := rand.New(rand.NewPCG(10, 11))
	var rows []archive.Row
	for range 64 {
		rows = append(rows, w.row(int64(1+rng.IntN(len(w.rows)))))
	}
	i := 0
	start := cpu(b)
	for b.Loop() {
		if err := c.Apply(b.Context(), catalogue.Update{Seq: 2, Rows: rows[i%64 : i%64+1]}); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64((cpu(b)-start).Microseconds())/float64(i), "cpu-µs/update")
}

var _ = bytes.NewReader
