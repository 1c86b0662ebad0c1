package sample_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/sample"
	"colophon/test/beside"
)

// tally counts what the shape of an archive is told by.
type tally struct {
	stories                                              int
	fandoms                                              map[string]int
	languages, ratings                                   map[string]int
	warnings, categories, status                         map[string]int
	crossover, inSeries, coAuthors, one, members, synony int
	tags, relationships, characters, freeforms           []int
	wordsOne, wordsMany, chapters                        []int
}

// measure makes stories and counts them.
func measure(n int, seed uint64) *tally {
	s := sample.New(n, seed, sample.Options{})
	synonyms := map[archive.TagKind]map[string]bool{}
	of := map[string]string{}
	for t := range s.Tags() {
		if synonyms[t.Kind] == nil {
			synonyms[t.Kind] = map[string]bool{}
		}
		if t.State == archive.TagSynonym {
			synonyms[t.Kind][t.Name] = true
			if t.Kind == archive.TagFandom {
				of[key(t.Name)] = key(t.Of)
			}
		}
	}
	c := &tally{
		stories: n, fandoms: map[string]int{}, languages: map[string]int{}, ratings: map[string]int{},
		warnings: map[string]int{}, categories: map[string]int{}, status: map[string]int{},
	}
	for i := range n {
		st := s.Story(i)
		c.story(st, synonyms, of)
		if s.Visibility(i) == archive.Members {
			c.members++
		}
	}
	return c
}

func (c *tally) story(st *archive.Story, synonyms map[archive.TagKind]map[string]bool, of map[string]string) {
	h := &st.Header
	for _, f := range h.Fandoms {
		k := key(f)
		if canonical, ok := of[k]; ok {
			k = canonical
		}
		c.fandoms[k]++
	}
	c.languages[h.Language]++
	c.ratings[h.Rating.Normal]++
	c.status[string(h.Status)]++
	for _, w := range h.Warnings {
		c.warnings[w]++
	}
	if h.WarningsNone {
		c.warnings[""]++
	}
	for _, x := range h.Categories {
		c.categories[x]++
	}
	count := func(yes bool, n *int) {
		if yes {
			*n++
		}
	}
	count(len(h.Fandoms) > 1, &c.crossover)
	count(h.Series.Name != "", &c.inSeries)
	count(len(h.Authors()) > 1, &c.coAuthors)
	count(hasAny(synonyms[archive.TagFandom], h.Fandoms) || hasAny(synonyms[archive.TagCharacter], h.Characters) ||
		hasAny(synonyms[archive.TagRelationship], h.Relationships) || hasAny(synonyms[archive.TagFreeform], h.Genres, h.Keywords), &c.synony)
	freeforms := len(h.Genres) + len(h.Keywords)
	c.relationships = append(c.relationships, len(h.Relationships))
	c.characters = append(c.characters, len(h.Characters))
	c.freeforms = append(c.freeforms, freeforms)
	c.tags = append(c.tags, 1+max(1, len(h.Warnings))+len(h.Categories)+len(h.Fandoms)+len(h.Relationships)+len(h.Characters)+freeforms)
	if len(st.Chapters) == 1 {
		c.one++
		c.wordsOne = append(c.wordsOne, st.Words())
		return
	}
	c.wordsMany = append(c.wordsMany, st.Words())
	c.chapters = append(c.chapters, len(st.Chapters))
}

func hasAny(set map[string]bool, lists ...[]string) bool {
	for _, l := range lists {
		if slices.ContainsFunc(l, func(name string) bool { return set[name] }) {
			return true
		}
	}
	return false
}

func mean(list []int) float64 {
	sum := 0
	for _, n := range list {
		sum += n
	}
	return float64(sum) / float64(len(list))
}

// quantile returns the value that a part of a list is below; it sorts the list.
func quantile(list []int, part float64) float64 {
	slices.Sort(list)
	return float64(list[int(part*float64(len(list)))])
}

// share is the part of the stories that a number of them is.
func (c *tally) share(n int) float64 { return float64(n) / float64(c.stories) }

// topShare is the part of all uses of fandoms that the first ranks have.
func (c *tally) topShare(ranks int) float64 {
	var counts []int
	sum, top := 0, 0
	for _, n := range c.fandoms {
		counts = append(counts, n)
		sum += n
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	for _, n := range counts[:min(ranks, len(counts))] {
		top += n
	}
	return float64(top) / float64(sum)
}

// figure is a measured number with what it ought to be and how far it may be off.
type figure struct {
	name           string
	got, want, off float64
}

func check(t *testing.T, figures []figure) {
	t.Helper()
	for _, f := range figures {
		t.Logf("%-28s %10.4f  want %10.4f", f.name, f.got, f.want)
		if math.IsNaN(f.got) || math.Abs(f.got-f.want) > f.off {
			t.Errorf("%s is %.4f, want %.4f give or take %.4f", f.name, f.got, f.want, f.off)
		}
	}
}

func TestShape(t *testing.T) {
	c := measure(20_000, 1)
	check(t, []figure{
		{"relationships", mean(c.relationships), 2.3, 0.3},
		{"characters", mean(c.characters), 4.0, 0.4},
		{"freeforms", mean(c.freeforms), 5.5, 0.4},
		{"tags", mean(c.tags), 16.39, 1},
		{"tags, median", quantile(c.tags, 0.5), 14, 1.5},
		{"crossovers", c.share(c.crossover), 0.1438, 0.015},
		{"in series", c.share(c.inSeries), 0.22, 0.02},
		{"several authors", c.share(c.coAuthors), 0.023, 0.006},
		{"for members", c.share(c.members), 0.05, 0.01},
		{"of one chapter", c.share(c.one), 0.70, 0.015},
		{"complete", c.share(c.status["complete"]), 0.841, 0.015},
		{"with a synonym", c.share(c.synony), 0.544, 0.02},
		{"words of one, median", quantile(c.wordsOne, 0.5), math.Exp(7.37), 100},
		{"words of several, ln median", math.Log(quantile(c.wordsMany, 0.5)), 9.5, 0.1},
		{"chapters of several, median", quantile(c.chapters, 0.5), 6, 1},
		{"no warnings", c.share(c.warnings[""]), 4095298.0 / 7269693, 0.015},
		{"violence", c.share(c.warnings["Graphic Violence"]), 519931.0 / 7269693, 0.01},
		{"M/M", c.share(c.categories["M/M"]), 3744166.0 / 7269693, 0.03},
		{"other categories", c.share(c.categories["Other"]), 231426.0 / 7269693, 0.01},
	})
}

// TestShapeAsMeasured compares with the measurements where they are beside the
// project.
func TestShapeAsMeasured(t *testing.T) {
	data, err := os.ReadFile(beside.Shared(t, "data", "catalogue", "params.json"))
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Dump struct {
			Languages map[string]any `json:"language_share"`
			Ratings   map[string]any `json:"rating_share_of_rating_tags"`
		} `json:"dump_2021"`
		Fandoms struct {
			Top map[string]float64 `json:"share_top"`
		} `json:"fandom_popularity"`
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	c := measure(20_000, 2)
	wanted := func(from map[string]any, name string) float64 { n, _ := from[name].(float64); return n }
	var figures []figure
	for tag, name := range map[string]string{"en": "en", "zh": "zh", "ru": "ru", "es": "es", "pt-BR": "ptBR", "pl": "pl"} {
		figures = append(figures, figure{"language " + tag, c.share(c.languages[tag]), wanted(p.Dump.Languages, name), 0.01})
	}
	for normal, name := range map[string]string{
		"": "Not Rated", archive.RatingGeneral: "General Audiences", archive.RatingTeen: "Teen And Up Audiences",
		archive.RatingMature: "Mature", archive.RatingExplicit: "Explicit",
	} {
		figures = append(figures, figure{"rating " + name, c.share(c.ratings[normal]), wanted(p.Dump.Ratings, name), 0.015})
	}
	for name, ranks := range map[string]int{"1": 1, "10": 10, "100": 100, "1000": 1000} {
		figures = append(figures, figure{"fandoms to rank " + name, c.topShare(ranks), p.Fandoms.Top[name], 0.035})
	}
	check(t, figures)
}
