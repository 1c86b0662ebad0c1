package catalogue_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// harbour is a small archive that can be looked through by eye.
func harbour() *world {
	tag := func(id int64, kind archive.TagKind, name string, of int64, parents ...int64) archive.Tag {
		t := archive.Tag{ID: id, Kind: kind, Name: name, Key: fold(kind, name), State: archive.TagCanonical, Of: of, Parents: parents}
		if of != 0 {
			t.State = archive.TagSynonym
		}
		return t
	}
	w := &world{tags: []archive.Tag{
		tag(1, archive.TagFandom, "Lighthouse Tales", 0),
		tag(2, archive.TagFandom, "Lighthouse Tales: The Keepers", 0, 1),
		tag(3, archive.TagFandom, "Orchard Street", 0),
		tag(4, archive.TagFandom, "LT Keepers", 2),
		tag(5, archive.TagCharacter, "Ada Brook", 0, 1),
		tag(6, archive.TagCharacter, "Tom Brook", 0, 1),
		tag(7, archive.TagCharacter, "Secret Keeper", 0, 1),
		tag(8, archive.TagFreeform, "Storms", 0),
	}}
	w.names.PenNames = []archive.Name{{ID: 1, Name: "Wren"}, {ID: 2, Name: "Heron"}}
	w.names.Series = []archive.SeriesName{{ID: 1, Name: "Tides"}}
	row := func(story int64, v archive.Visibility, tags ...int64) archive.Row {
		return archive.Row{Story: story, Visibility: v, Posted: story, Authors: []int64{1 + story%2}, Tags: tags}
	}
	w.rows = []archive.Row{
		row(1, archive.Public, 1, 5), row(2, archive.Public, 2, 5, 6), row(3, archive.Public, 4),
		row(4, archive.Public, 3, 8), row(5, archive.Public, 2, 3, 8), row(6, archive.Members, 1, 6),
		row(7, archive.Held, 1, 7), row(8, archive.Public, 1, 2, 5),
	}
	return w
}

func ask(t *testing.T, c *catalogue.Catalogue, where query.Node, a catalogue.Audience) catalogue.Answer {
	t.Helper()
	got, err := c.Ask(t.Context(), catalogue.Question{Query: query.Query{Where: where}, Audience: a, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func fandom(name string) query.Node { return query.Tag{Kind: archive.TagFandom, Name: name} }

func TestWhatQuestionsFind(t *testing.T) {
	c := harbour().build(t, wordHits{})
	for _, test := range []struct {
		what     string
		where    query.Node
		audience catalogue.Audience
		want     []int64
	}{
		{"everything", nil, catalogue.Everybody, []int64{8, 5, 4, 3, 2, 1}},
		{"members see more, and nobody what is held", nil, catalogue.SignedIn, []int64{8, 6, 5, 4, 3, 2, 1}},
		{"a fandom has what is below it", fandom("lighthouse tales"), catalogue.Everybody, []int64{8, 5, 3, 2, 1}},
		{"a synonym asks for what it stands for", fandom("lt keepers"), catalogue.Everybody, []int64{8, 5, 3, 2}},
		{"fandoms that belong together are one", query.Is{What: query.Single}, catalogue.Everybody, []int64{8, 4, 3, 2, 1}},
		{"others make a crossover", query.Is{What: query.Crossover}, catalogue.Everybody, []int64{5}},
		{"nothing but what is left out", query.Not{Node: fandom("Orchard Street")}, catalogue.Everybody, []int64{8, 3, 2, 1}},
		{"an unknown name finds nothing", fandom("Nowhere"), catalogue.Everybody, []int64{}},
		{"an unknown name excludes nothing", query.Not{Node: fandom("Nowhere")}, catalogue.Everybody, []int64{8, 5, 4, 3, 2, 1}},
		{"words", query.Text{Words: "aaaa"}, catalogue.Everybody, []int64{8, 4}},
		{"no conditions at once", query.And{}, catalogue.Everybody, []int64{8, 5, 4, 3, 2, 1}},
		{"none of no conditions", query.Or{}, catalogue.Everybody, []int64{}},
	} {
		if diff := cmp.Diff(test.want, ask(t, c, test.where, test.audience).Stories); diff != "" {
			t.Errorf("%s:\n%s", test.what, diff)
		}
	}
}

func TestUnknownNamesGetOffers(t *testing.T) {
	c := harbour().build(t, nil)
	for name, want := range map[string][]catalogue.Value{
		"Orchad Street": {{ID: 3, Name: "Orchard Street", Count: 2}},
		"Orchrad":       nil,
		"Orchard":       {{ID: 3, Name: "Orchard Street", Count: 2}},
		"LT Kepers":     {{ID: 2, Name: "Lighthouse Tales: The Keepers", Count: 4}},
	} {
		node := fandom(name)
		got := ask(t, c, query.Not{Node: node}, catalogue.Everybody).Unknown
		if diff := cmp.Diff([]catalogue.Unknown{{Node: node, Near: want}}, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	held := query.Tag{Kind: archive.TagCharacter, Name: "Secret Keper"}
	if got := ask(t, c, held, catalogue.SignedIn).Unknown[0].Near; got != nil {
		t.Errorf("a name that only a held story has is offered: %v", got)
	}
}

func TestQuestionsOutOfBounds(t *testing.T) {
	c := harbour().build(t, nil)
	deep := query.Node(query.And{})
	for range 100 {
		deep = query.Not{Node: deep}
	}
	for _, q := range []catalogue.Question{
		{},
		{Limit: 201},
		{Limit: 1, Offset: -1},
		{Limit: 1, Values: -1},
		{Limit: 1, Audience: 2},
		{Limit: 1, Query: query.Query{Sort: "fame"}},
		{Limit: 1, Query: query.Query{Where: query.Is{What: "good"}}},
		{Limit: 1, Query: query.Query{Where: query.Number{Of: "kudos"}}},
		{Limit: 1, Query: query.Query{Where: query.Text{Words: "storm"}}},
		{Limit: 1, Query: query.Query{Where: query.Not{}}},
		{Limit: 1, Query: query.Query{Where: deep}},
		{Limit: 1, Query: query.Query{Where: make(query.And, 2000)}},
	} {
		if _, err := c.Ask(t.Context(), q); !slices.Contains([]archive.Kind{archive.Invalid, archive.TooLarge}, archive.KindOf(err)) {
			t.Errorf("%+v: %v", q, err)
		}
	}
	got, err := c.Ask(t.Context(), catalogue.Question{Limit: 20, Offset: 1_000_000_000})
	if err != nil || got.Total != 6 || len(got.Stories) != 0 {
		t.Errorf("far behind the end: %+v, %v", got, err)
	}
}

func TestRelaxAndRandom(t *testing.T) {
	c := harbour().build(t, nil)
	storms := query.Tag{Kind: archive.TagFreeform, Name: "Storms"}
	where := query.And{fandom("Orchard Street"), storms, fandom("Nowhere")}
	got, err := c.Relax(t.Context(), catalogue.Question{Query: query.Query{Where: where}})
	want := []catalogue.Dropped{{Node: where[0], Total: 0}, {Node: where[1], Total: 0}, {Node: where[2], Total: 2}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for nth, want := range []int64{4, 5} {
		got, err := c.Random(t.Context(), catalogue.Question{Query: query.Query{Where: storms}}, func(int) int { return nth })
		if got != want || err != nil {
			t.Errorf("number %d is %d, %v; want %d", nth, got, err, want)
		}
	}
}

func TestRelevance(t *testing.T) {
	w := newWorld(30, 5000)
	c := w.build(t, wordHits{})
	where := query.Text{Words: "a"}
	want := ask(t, c, where, catalogue.SignedIn)
	newest := newNaive(w)
	newest.hits = func(query.Text) map[int64]bool { return nil }
	rows := newest.find(catalogue.Question{Audience: catalogue.SignedIn, Query: query.Query{Sort: query.SortPosted}})
	var order []int64
	for _, r := range rows {
		order = append(order, r.Story)
	}
	slices.SortStableFunc(order[:2000], func(a, b int64) int { return int(b%10 - a%10) })
	for _, offset := range []int{0, 1990, 2000, 4000, 10_000} {
		q := catalogue.Question{Query: query.Query{Where: where, Sort: query.SortRelevance}, Audience: catalogue.SignedIn, Limit: 20, Offset: offset}
		got, err := c.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got.Ranked != 2000 && offset < 2000 || got.Total != want.Total {
			t.Errorf("from %d: %d ranked of %d, want 2000 of %d", offset, got.Ranked, got.Total, want.Total)
		}
		page := append([]int64{}, order[min(offset, len(order)):min(offset+20, len(order))]...)
		if diff := cmp.Diff(page, got.Stories); diff != "" {
			t.Errorf("from %d:\n%s", offset, diff)
		}
	}
}

func TestNames(t *testing.T) {
	c := harbour().build(t, nil)
	names, total, err := c.Names(catalogue.Directory{Kind: archive.TagFandom, Limit: 2, Offset: 1})
	want := []catalogue.Value{{ID: 2, Name: "Lighthouse Tales: The Keepers", Count: 4}, {ID: 3, Name: "Orchard Street", Count: 2}}
	if diff := cmp.Diff(want, names); diff != "" || total != 3 || err != nil {
		t.Errorf("%d, %v\n%s", total, err, diff)
	}
	names, total, _ = c.Names(catalogue.Directory{Kind: archive.TagCharacter, Audience: catalogue.SignedIn, ByCount: true, Limit: 9})
	want = []catalogue.Value{{ID: 5, Name: "Ada Brook", Count: 3}, {ID: 6, Name: "Tom Brook", Count: 2}}
	if diff := cmp.Diff(want, names); diff != "" || total != 2 {
		t.Errorf("%d\n%s", total, diff)
	}
	authors, _, _ := c.Names(catalogue.Directory{Kind: catalogue.KindAuthor, Prefix: "W", Limit: 9})
	if diff := cmp.Diff([]catalogue.Value{{ID: 1, Name: "Wren", Count: 3}}, authors); diff != "" {
		t.Error(diff)
	}
}

func TestComplete(t *testing.T) {
	c := harbour().build(t, nil)
	for _, test := range []struct {
		kind  archive.TagKind
		typed string
		want  []catalogue.Completion
	}{
		{archive.TagCharacter, "bro", []catalogue.Completion{
			{Value: catalogue.Value{ID: 5, Name: "Ada Brook", Count: 3}}, {Value: catalogue.Value{ID: 6, Name: "Tom Brook", Count: 1}},
		}},
		{archive.TagFandom, "LT", []catalogue.Completion{
			{Value: catalogue.Value{ID: 2, Name: "Lighthouse Tales: The Keepers", Count: 4}, Typed: "LT Keepers"},
		}},
		{archive.TagFandom, "the keep", []catalogue.Completion{{Value: catalogue.Value{ID: 2, Name: "Lighthouse Tales: The Keepers", Count: 4}}}},
		{archive.TagCharacter, "secret", []catalogue.Completion{}},
		{catalogue.KindAuthor, "her", []catalogue.Completion{{Value: catalogue.Value{ID: 2, Name: "Heron", Count: 3}}}},
	} {
		got, err := c.Complete(test.kind, catalogue.Everybody, test.typed, 5)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", test.typed, err, diff)
		}
	}
}

func TestTagsAndWhatTheyAreRelatedTo(t *testing.T) {
	c := harbour().build(t, nil)
	got, err := c.Tag(2, catalogue.Everybody)
	keepers := catalogue.Value{ID: 2, Name: "Lighthouse Tales: The Keepers", Count: 4}
	want := catalogue.TagEntry{
		Value: keepers, Kind: archive.TagFandom, State: archive.TagCanonical, Synonyms: []string{"LT Keepers"},
		Parents: []catalogue.Value{{ID: 1, Name: "Lighthouse Tales", Count: 5}},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if got, err := c.Tag(4, catalogue.Everybody); got.Of != keepers || err != nil {
		t.Errorf("the synonym is of %+v, %v", got.Of, err)
	}
	for _, id := range []int64{7, 99} {
		if _, err := c.Tag(id, catalogue.SignedIn); archive.KindOf(err) != archive.NotFound {
			t.Errorf("tag %d: %v, want it not to be found", id, err)
		}
	}
	people, err := c.Related(1, archive.TagCharacter, catalogue.Everybody, 10)
	if diff := cmp.Diff([]catalogue.Value{{ID: 5, Name: "Ada Brook", Count: 3}, {ID: 6, Name: "Tom Brook", Count: 1}}, people); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestARingOfSynonymsEnds(t *testing.T) {
	w := harbour()
	w.tags[0].State, w.tags[0].Of = archive.TagSynonym, 3
	w.tags[2].State, w.tags[2].Of = archive.TagSynonym, 1
	w.tags[4].Parents, w.tags[5].Parents = []int64{6}, []int64{5}
	c := w.build(t, nil)
	if got := ask(t, c, query.Tag{Kind: archive.TagCharacter, Name: "Tom Brook"}, catalogue.Everybody); got.Total != 3 {
		t.Errorf("%d stories of either of two that lie below each other, want 3", got.Total)
	}
	if got := ask(t, c, fandom("Orchard Street"), catalogue.Everybody); got.Total != 2 {
		t.Errorf("%d stories of a synonym in a ring, want its own 2", got.Total)
	}
}

// TestManyAtOnce asks and changes at the same time; the race detector looks on.
func TestManyAtOnce(t *testing.T) {
	w := newWorld(40, 1000)
	c := w.build(t, wordHits{})
	questions := make([]catalogue.Question, 100)
	rng := rand.New(rand.NewPCG(41, 42))
	for i := range questions {
		questions[i] = w.question(rng)
		questions[i].Facets = facetKinds
	}
	ctx, cancel := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for range 3 {
		asking.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				got, err := c.Ask(ctx, questions[i%len(questions)])
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				if int64(len(got.Stories)) > got.Total {
					t.Errorf("%d stories of %d", len(got.Stories), got.Total)
				}
				if _, err := c.Complete(archive.TagFandom, catalogue.Everybody, "a", 5); err != nil {
					t.Error(err)
				}
			}
		})
	}
	n := newNaive(w)
	for i := range 200 {
		apply(t, w, n, c, w.change(rng, n, int64(i+2)))
		if i%50 == 0 {
			snapshot(t, c)
		}
	}
	cancel()
	asking.Wait()
}
