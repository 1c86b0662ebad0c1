package catalogue_test

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// wordHits stands for the full text: the words of a search are a number, and
// stories divisible by it have them. The best are those with the highest last
// digit.
type wordHits struct{}

func (h wordHits) Match(_ context.Context, _ archive.SearchIn, words string, limit int) ([]int64, error) {
	ids := h.of(words)
	return ids[:min(limit, len(ids))], nil
}

func (wordHits) of(words string) []int64 {
	var ids []int64
	for id := int64(len(words)); id <= 25_000; id += int64(len(words)) {
		ids = append(ids, id)
	}
	return ids
}

func (wordHits) Rank(_ context.Context, words string, _ archive.SearchIn, among []int64) ([]int64, error) {
	var best []int64
	for _, id := range among {
		if id%int64(len(words)) == 0 {
			best = append(best, id)
		}
	}
	slices.SortStableFunc(best, func(a, b int64) int { return int(b%10 - a%10) })
	return best, nil
}

// question invents one of the shapes that readers ask.
func (w *world) question(rng *rand.Rand) catalogue.Question {
	q := catalogue.Question{Limit: 20, Audience: catalogue.Audience(rng.IntN(2))}
	var all query.And
	for range rng.IntN(4) {
		all = append(all, w.tagNode(rng))
	}
	for range rng.IntN(4) {
		all = append(all, query.Not{Node: w.tagNode(rng)})
	}
	for range rng.IntN(3) {
		all = append(all, w.condition(rng, 2))
	}
	if len(all) > 0 || rng.IntN(2) == 0 {
		q.Query.Where = all
	}
	sorts := []query.Sort{"", query.SortPosted, query.SortUpdated, query.SortWritten, query.SortTitle, query.SortAuthor, query.SortWords}
	q.Query.Sort = sorts[rng.IntN(len(sorts))]
	q.Query.Up = rng.IntN(3) == 0
	if rng.IntN(3) == 0 {
		q.Offset = rng.IntN(400)
	}
	return q
}

func (w *world) tagNode(rng *rand.Rand) query.Node {
	kinds := []archive.TagKind{archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform, archive.TagFreeform, archive.TagWarning}
	ids := w.byKind[kinds[rng.IntN(len(kinds))]]
	at := rng.IntN(min(len(ids), 30))
	if rng.IntN(4) == 0 {
		at = rng.IntN(len(ids))
	}
	t := w.tags[ids[at]-1]
	if rng.IntN(40) == 0 {
		return query.Tag{Kind: t.Kind, Name: t.Name + "x"}
	}
	return query.Tag{Kind: t.Kind, Name: strings.ToUpper(t.Name)}
}

// condition invents one that is no tag, or several of them.
func (w *world) condition(rng *rand.Rand, depth int) query.Node {
	switch rng.IntN(14) {
	case 0, 1:
		from := int64(rng.IntN(3000))
		return query.Number{Of: query.Words, Min: from, Max: from + int64(rng.IntN(20000))}
	case 2:
		return query.Number{Of: query.Chapters, Min: 2, Max: math.MaxInt64}
	case 3:
		year := query.Day(1998 + rng.IntN(20))
		return query.Date{Of: query.Written, From: year*10000 + 215, To: (year+2)*10000 + 731}
	case 4:
		columns := []query.Column{query.Posted, query.Updated}
		return query.Date{Of: columns[rng.IntN(2)], From: 20010910, To: query.Day(20010911 + rng.IntN(10))}
	case 5:
		ops := []query.Op{query.Equal, query.AtMost, query.AtLeast}
		ids := w.byKind[archive.TagRating]
		return query.Rating{Op: ops[rng.IntN(3)], Name: w.tags[ids[rng.IntN(len(ids))]-1].Name}
	case 6:
		return query.Language{Code: [...]string{"en", "pt", "pt-BR", "xx"}[rng.IntN(4)]}
	case 7, 8:
		whats := []query.What{query.Complete, query.InProgress, query.Crossover, query.Single, query.InSeries}
		return query.Is{What: whats[rng.IntN(5)]}
	case 9:
		return query.Author{Name: w.names.PenNames[w.popular(w.authors)].Name}
	case 10:
		return query.Series{Name: w.names.Series[rng.IntN(len(w.names.Series))].Name}
	case 11:
		return query.Text{In: archive.InText, Words: strings.Repeat("a", 1+rng.IntN(7))}
	}
	if depth == 0 {
		return w.tagNode(rng)
	}
	parts := []query.Node{w.condition(rng, depth-1), w.tagNode(rng), w.condition(rng, depth-1)}
	switch rng.IntN(3) {
	case 0:
		return query.And(parts)
	case 1:
		return query.Not{Node: query.And(parts[:2])}
	}
	return query.Or(parts)
}

var facetKinds = []archive.TagKind{
	archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform,
	archive.TagWarning, archive.TagRating, catalogue.KindAuthor, catalogue.KindLanguage, catalogue.KindSeries,
}

// agree asks both sides the same questions.
func agree(t *testing.T, w *world, n *naive, c *catalogue.Catalogue, rng *rand.Rand, questions int) {
	t.Helper()
	known := map[query.Text]map[int64]bool{}
	n.hits = func(text query.Text) map[int64]bool {
		if known[text] == nil {
			known[text] = map[int64]bool{}
			for _, id := range (wordHits{}).of(text.Words) {
				known[text][id] = true
			}
		}
		return known[text]
	}
	found := 0
	for range questions {
		q := w.question(rng)
		q.Facets = facetKinds
		got, err := c.Ask(t.Context(), q)
		if err != nil {
			t.Fatalf("%#v: %v", q, err)
		}
		rows := n.find(q)
		want := catalogue.Answer{Total: int64(len(rows)), Stories: []int64{}, Unknown: got.Unknown, Seq: got.Seq}
		for _, r := range rows[min(q.Offset, len(rows)):min(q.Offset+q.Limit, len(rows))] {
			want.Stories = append(want.Stories, r.Story)
		}
		counts := n.count(rows)
		for _, kind := range facetKinds {
			want.Facets = append(want.Facets, n.facet(counts[kind], kind, 10))
		}
		for _, f := range got.Facets {
			for i := range f.Values {
				if f.Kind == catalogue.KindLanguage {
					f.Values[i].ID = 0 // nothing that lasts
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%#v\nwant -, got +:\n%s", q, diff)
		}
		if len(rows) > 0 {
			found++
		}
	}
	t.Logf("%d of %d questions found something", found, questions)
	if found < questions/5 {
		t.Errorf("only %d of %d questions found something: they try nothing", found, questions)
	}
}

// stories is the size of the archive that answers are compared on. The scan takes
// a minute for 1,000 questions, which are asked where COLOPHON_MILLION is set.
func stories(t *testing.T) (n, questions int) {
	t.Helper()
	switch {
	case testing.Short():
		return 2000, 200
	case os.Getenv("COLOPHON_MILLION") != "":
		return 20_000, 1000
	}
	return 8_000, 100
}

func TestAnswersAgreeWithAScanOfAllStories(t *testing.T) {
	size, questions := stories(t)
	w := newWorld(1, size)
	c := w.build(t, wordHits{})
	agree(t, w, newNaive(w), c, rand.New(rand.NewPCG(2, 3)), questions)
}
