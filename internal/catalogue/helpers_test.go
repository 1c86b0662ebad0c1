package catalogue_test

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
)

// fold stands in for the one that keys are made with: letters and digits in
// lower case.
func fold(kind archive.TagKind, name string) string {
	key := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || kind == archive.TagRelationship && strings.ContainsRune("/&", r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	if key == "" {
		return name
	}
	return key
}

// world is the contents of an invented archive.
type world struct {
	tags  []archive.Tag
	names catalogue.Names
	rows  []archive.Row

	byKind  map[archive.TagKind][]int64 // tags, the most popular first
	rng     *rand.Rand
	authors int
	weights map[int][]float64
}

// shape says how many tags of each kind a story has on average, and how many
// there are for a million stories.
type shape struct {
	kind archive.TagKind
	mean float64
	all  int
}

func shapes() []shape {
	return []shape{
		{archive.TagFandom, 1.4, 12_000},
		{archive.TagCharacter, 5.2, 60_000},
		{archive.TagRelationship, 2.9, 70_000},
		{archive.TagFreeform, 7.2, 88_000},
		{archive.TagWarning, 1.1, 6},
		{archive.TagCategory, 1.15, 6},
		{archive.TagRating, 1, 5},
	}
}

// newWorld invents an archive of n stories: the popularity of tags follows a
// power law that breaks at ranks 100 and 1,000, one tag in nine is a synonym, one
// in twelve lies below others.
func newWorld(seed uint64, n int) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 1)), byKind: map[archive.TagKind][]int64{}, weights: map[int][]float64{}}
	for _, s := range shapes() {
		count := s.all
		if count > 10 {
			count = max(40, int(float64(s.all)*math.Pow(float64(n)/1e6, 0.8)))
		}
		w.addTags(s.kind, count)
	}
	w.authors = max(10, n/5)
	for i := range w.authors {
		w.names.PenNames = append(w.names.PenNames, archive.Name{ID: int64(i + 1), Name: name("Writer", i)})
	}
	for i := range max(5, n/16) {
		w.names.Series = append(w.names.Series, archive.SeriesName{ID: int64(i + 1), Name: name("Saga", i)})
	}
	for i := range n {
		w.rows = append(w.rows, w.row(int64(i+1)))
	}
	return w
}

// name invents a name of two words and a number.
func name(word string, i int) string {
	first := [...]string{"Amber", "Birch", "Copper", "Dune", "Ember", "Fjord", "Grove", "Harbour", "Isle", "Juniper", "Kelp"}
	return fmt.Sprintf("%s %s %d", first[i%len(first)], word, i)
}

func (w *world) addTags(kind archive.TagKind, count int) {
	from := len(w.tags)
	for i := range count {
		t := archive.Tag{ID: int64(len(w.tags) + 1), Kind: kind, Name: name(string(kind), i), State: archive.TagCanonical}
		pick := func() int64 { return w.tags[from+w.rng.IntN(i)].ID }
		switch {
		case count < 10:
			t.Order = i + 1
		case i > 20 && i%9 == 0:
			t.State, t.Of = archive.TagSynonym, pick()
		case i%12 == 5:
			t.Parents = append(t.Parents, pick())
		case i%17 == 3:
			t.State = archive.TagUnsorted
		}
		if fandoms := w.byKind[archive.TagFandom]; kind == archive.TagCharacter && i%3 == 0 {
			t.Parents = append(t.Parents, fandoms[w.rng.IntN(len(fandoms))])
		}
		t.Key = fold(kind, t.Name)
		w.tags = append(w.tags, t)
		w.byKind[kind] = append(w.byKind[kind], t.ID)
	}
}

// popular returns a place from 0 to below n, low ones more often.
func (w *world) popular(n int) int {
	sums, ok := w.weights[n]
	if !ok {
		total, weight := 0.0, 1.0
		for i := range n {
			slope := 0.7
			if i >= 100 {
				slope = 1.4
			}
			if i >= 1000 {
				slope = 1.9
			}
			if i > 0 {
				weight *= math.Pow(float64(i)/float64(i+1), slope)
			}
			total += weight
			sums = append(sums, total)
		}
		w.weights[n] = sums
	}
	at, _ := slices.BinarySearch(sums, w.rng.Float64()*sums[n-1])
	return min(at, n-1)
}

// row invents a story.
func (w *world) row(story int64) archive.Row {
	r := archive.Row{
		Story: story, Words: int64(math.Exp(w.rng.NormFloat64()*1.4 + 8)),
		Chapters: 1, Posted: 1_000_000_000_000_000 + story*60_000_000,
		TitleKey: strings.ToLower(fmt.Sprintf("%s %s", name("lantern", w.rng.IntN(400)), name("tide", w.rng.IntN(20)))),
	}
	if w.rng.IntN(3) == 0 {
		r.Chapters = 2 + w.rng.IntN(40)
	}
	r.Updated = r.Posted + w.rng.Int64N(1000)*3_600_000_000
	switch w.rng.IntN(30) {
	case 0:
		r.Visibility = archive.Members
	case 1:
		r.Visibility = archive.Held
	case 2:
		r.TitleKey = ""
	}
	year := 1998 + w.rng.IntN(24)
	switch w.rng.IntN(4) {
	case 0:
		r.Written = fmt.Sprint(year)
	case 1:
		r.Written = fmt.Sprintf("%d-%02d", year, 1+w.rng.IntN(12))
	case 2:
		r.Written = fmt.Sprintf("%d-%02d-%02d", year, 1+w.rng.IntN(12), 1+w.rng.IntN(28))
	}
	r.Language = [...]string{"en", "en", "en", "en", "en", "pt-BR", "pt", "de", "", "fr"}[w.rng.IntN(10)]
	r.Status = [...]archive.Status{archive.Complete, archive.Complete, archive.InProgress, ""}[w.rng.IntN(4)]
	if w.rng.IntN(5) == 0 {
		r.Series = int64(1 + w.rng.IntN(len(w.names.Series)))
	}
	first := w.popular(w.authors)
	r.Authors = []int64{int64(first + 1)}
	r.AuthorKey = strings.ToLower(w.names.PenNames[first].Name)
	if w.rng.IntN(40) == 0 {
		r.Authors = append(r.Authors, int64(1+w.rng.IntN(w.authors)))
	}
	for _, s := range shapes() {
		r.Tags = w.someTags(r.Tags, s)
	}
	return r
}

// someTags adds tags of a kind: as many as its mean on average, at least one of
// the kinds that nearly every story has.
func (w *world) someTags(tags []int64, s shape) []int64 {
	ids := w.byKind[s.kind]
	n := int(s.mean)
	if w.rng.Float64() < s.mean-float64(n) {
		n++
	}
	if n > 1 {
		n = w.rng.IntN(2 * n)
	}
	for range n {
		if id := ids[w.popular(len(ids))]; !slices.Contains(tags, id) {
			tags = append(tags, id)
		}
	}
	return tags
}

func (w *world) all() iter.Seq2[archive.Row, error] {
	return func(yield func(archive.Row, error) bool) {
		for _, r := range w.rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// build makes the catalogue of a world.
func (w *world) build(tb testing.TB, texts catalogue.Texts) *catalogue.Catalogue {
	tb.Helper()
	c := catalogue.New(texts, fold)
	if err := c.Build(tb.Context(), 1, w.tags, w.names, w.all()); err != nil {
		tb.Fatal(err)
	}
	return c
}
