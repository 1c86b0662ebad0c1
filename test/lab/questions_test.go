package lab_test

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

const (
	// millionEnv, set to anything, measures a million stories too, which takes
	// a quarter of an hour, 4 GB of memory and as much of the disk.
	millionEnv = "COLOPHON_MILLION"
	questions  = 300
	pageLength = 20
)

// asked is a question in the words of the catalogue, and its parts for SQL.
type asked struct {
	catalogue.Question
	include, exclude []int64 // canonical tags
	from, to         int64   // words, 0 and 0 for any
	rating           int     // at most this place, 0 for any
	language         string
	complete         bool
	worlds           query.What // Crossover, Single or ""
}

// facetKinds are the groups of values beside a listing.
func facetKinds() []archive.TagKind {
	return []archive.TagKind{
		archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform, archive.TagRating, archive.TagWarning,
	}
}

// questions invents questions as readers ask them, for popular tags more often;
// tags asked for besides a first one are mostly those of a story that has it.
func (w *world) questions() []asked {
	rng := rand.New(rand.NewPCG(8, 9))
	list := make([]asked, questions)
	for i := range list {
		list[i] = w.question(rng)
	}
	return list
}

func (w *world) question(rng *rand.Rand) asked {
	var a asked
	var all query.And
	story := rng.IntN(len(w.rows))
	for range rng.IntN(4) {
		id := w.anyTag(rng, story)
		if rng.IntN(3) == 0 {
			story = rng.IntN(len(w.rows))
		}
		a.include = append(a.include, w.resolve(id))
		all = append(all, w.named(id))
	}
	for range rng.IntN(4) {
		id := w.anyTag(rng, rng.IntN(len(w.rows)))
		a.exclude = append(a.exclude, w.resolve(id))
		all = append(all, query.Not{Node: w.named(id)})
	}
	all = append(all, a.narrow(rng, w)...)
	sorts := []query.Sort{query.SortPosted, query.SortUpdated, query.SortWords}
	a.Question = catalogue.Question{
		Query: query.Query{Where: all, Sort: sorts[rng.IntN(len(sorts))], Up: rng.IntN(4) == 0},
		Limit: pageLength, Facets: facetKinds(),
	}
	return a
}

// narrow adds conditions that are no tags.
func (a *asked) narrow(rng *rand.Rand, w *world) (all query.And) {
	if rng.IntN(3) == 0 {
		a.from, a.to = 1000, 20_000
		all = append(all, query.Number{Of: query.Words, Min: a.from, Max: a.to})
	}
	if rng.IntN(4) == 0 {
		a.rating = 1 + rng.IntN(len(ratings()))
		all = append(all, query.Rating{Op: query.AtMost, Name: ratings()[a.rating-1]})
	}
	if rng.IntN(5) == 0 {
		a.language = w.rows[rng.IntN(len(w.rows))].Language
		all = append(all, query.Language{Code: a.language})
	}
	if rng.IntN(4) == 0 {
		a.complete = true
		all = append(all, query.Is{What: query.Complete})
	}
	switch rng.IntN(8) {
	case 0:
		a.worlds = query.Crossover
	case 1:
		a.worlds = query.Single
	default:
		return all
	}
	return append(all, query.Is{What: a.worlds})
}

// anyTag is the most popular of some tags of a story, or of others where it has
// none: readers ask for what many stories have.
func (w *world) anyTag(rng *rand.Rand, story int) (best int64) {
	for tries := 0; tries < 3 || best == 0; tries++ {
		tags := w.rows[story].Tags
		id := tags[rng.IntN(len(tags))]
		if id < w.spans[archive.TagRating][0] && (best == 0 || w.stories[w.resolve(id)] > w.stories[w.resolve(best)]) {
			best = id // a fandom, character, relationship or freeform
		}
		if tries > 8 {
			story = rng.IntN(len(w.rows))
		}
	}
	return best
}

func (w *world) named(id int64) query.Node {
	t := &w.tags[id-1]
	return query.Tag{Kind: t.Kind, Name: t.Name}
}

// BenchmarkQuestions measures the catalogue of an invented archive beside SQLite
// and PostgreSQL with the same stories, asked the same questions in the same run.
func BenchmarkQuestions(b *testing.B) {
	b.Run("10k", func(b *testing.B) { benchmarkQuestions(b, 10_000) })
	b.Run("100k", func(b *testing.B) { benchmarkQuestions(b, 100_000) })
	b.Run("1m", func(b *testing.B) {
		if os.Getenv(millionEnv) == "" {
			b.Skip("a million stories: only with " + millionEnv)
		}
		benchmarkQuestions(b, 1_000_000)
	})
}

func benchmarkQuestions(b *testing.B, n int) {
	w := newWorld(b, n)
	links := 0
	for _, under := range w.under {
		links += len(under)
	}
	b.Logf("%d stories, %d tags, %d links of both", n, len(w.tags), links)
	before, start := heapInUse(), used()
	c := catalogue.New(nil, w.fold)
	if err := c.Build(b.Context(), 1, w.tags, w.names, w.all()); err != nil {
		b.Fatal(err)
	}
	built, full := used()-start, heapInUse()-before

	list := w.questions()
	var answers []answered
	for b.Loop() {
		answers = answers[:0]
		for i := range list {
			answers = append(answers, ask(b, c, &list[i]))
		}
	}
	took := make([]time.Duration, len(answers))
	found := make([]int64, len(answers))
	for i := range answers {
		took[i], found[i] = answers[i].took, answers[i].total
	}
	b.ReportMetric(built.Seconds(), "build-cpu-s")
	b.ReportMetric(float64(full)/1e6, "heap-MB")
	slices.Sort(found)
	b.Logf("stories found: a tenth of the questions at most %d, half %d, nine tenths %d, all %d",
		found[questions/10], found[questions/2], found[questions*9/10], found[questions-1])
	reportTimes(b, "", took)
	measureSnapshot(b, c, w)
	measureUpdate(b, c, w)
	runtime.KeepAlive(w)

	besides(b, "sqlite", newSQLite(b, w), list, answers)
	if p := newPostgres(b, w); p != nil {
		besides(b, "postgres", p, list, answers)
	}
}

// answered is what is said to a question.
type answered struct {
	total  int64
	page   []int64
	facets [][]int64     // for each kind, how many stories its ten most frequent values have
	took   time.Duration // processor time
}

func ask(b *testing.B, c *catalogue.Catalogue, q *asked) answered {
	b.Helper()
	start := used()
	a, err := c.Ask(b.Context(), q.Question)
	took := used() - start
	if err != nil {
		b.Fatal(err)
	}
	said := answered{total: a.Total, page: a.Stories, took: took}
	for _, f := range a.Facets {
		var counts []int64
		for _, v := range f.Values {
			if v.Count > 0 {
				counts = append(counts, v.Count)
			}
		}
		slices.SortFunc(counts, func(a, b int64) int { return int(b - a) })
		said.facets = append(said.facets, counts)
	}
	return said
}

// reportTimes reports how long the answers took: the middle, the slowest but 5 and
// 1 in a hundred, and the slowest, in milliseconds.
func reportTimes(b *testing.B, who string, took []time.Duration) {
	b.Helper()
	for _, p := range []float64{50, 95, 99, 100} {
		name := fmt.Sprintf("%sp%.0f-ms", who, p)
		if p == 100 {
			name = who + "max-ms"
		}
		b.ReportMetric(percentile(took, p).Seconds()*1000, name)
	}
}

func percentile(took []time.Duration, p float64) time.Duration {
	sorted := slices.Sorted(slices.Values(took))
	return sorted[max(0, int(math.Ceil(float64(len(sorted))*p/100))-1)]
}

// heapInUse is the memory in use after everything left has been swept.
func heapInUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// measureSnapshot writes a snapshot to a file, and reads it into another catalogue
// that must answer alike.
func measureSnapshot(b *testing.B, c *catalogue.Catalogue, w *world) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "catalogue.snapshot")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	start := used()
	if err := c.WriteSnapshot(f, 1); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric((used() - start).Seconds(), "snapshot-write-cpu-s")
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/1e6, "snapshot-MB")
	if _, err := f.Seek(0, 0); err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	again := catalogue.New(nil, w.fold)
	start, begun := used(), time.Now()
	if err := again.ReadSnapshot(bufio.NewReader(f), 1); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric((used() - start).Seconds(), "snapshot-read-cpu-s")
	b.ReportMetric(time.Since(begun).Seconds(), "snapshot-read-s")
	if was, is := c.Stories(catalogue.Everybody), again.Stories(catalogue.Everybody); was != is {
		b.Errorf("the snapshot has %d stories of %d", is, was)
	}
}

// updates is how many stories are changed one after the other.
const updates = 64

// measureUpdate changes stories: each gets the text and tags of another, and then
// its own again, so that the questions stay answered.
func measureUpdate(b *testing.B, c *catalogue.Catalogue, w *world) {
	b.Helper()
	rng := rand.New(rand.NewPCG(10, 11))
	var took []time.Duration
	for i := range updates {
		was := w.rows[rng.IntN(len(w.rows))]
		now := w.rows[rng.IntN(len(w.rows))]
		now.Story, now.Updated = was.Story, w.rows[len(w.rows)-1].Posted+int64(i)
		for _, r := range []archive.Row{now, was} {
			start := used()
			if err := c.Apply(b.Context(), catalogue.Update{Seq: int64(i + 2), Rows: []archive.Row{r}}); err != nil {
				b.Fatal(err)
			}
			took = append(took, used()-start)
		}
	}
	b.ReportMetric(percentile(took, 50).Seconds()*1000, "update-p50-ms")
	b.ReportMetric(percentile(took, 100).Seconds()*1000, "update-max-ms")
}
