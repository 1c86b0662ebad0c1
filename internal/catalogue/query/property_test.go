package query_test

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// names draws names with every sign that means something in a query.
func names() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"Harbour Lights", "Ada/Ben", "Ada & Ben", `The "Salt" Road`, "a:b", "-x", "OR", "a|b", "(x)", `\`, "2..3", "灯台", "O'Neill", "x*", "“q”", "a\u200bb", "é"}),
		rapid.StringOfN(rapid.RuneFrom([]rune(`ab "\()|:-*<>=&'“”.,é `)), 1, 8, -1),
	).Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
}

// searches draws what stands in a Text, whether or not there is anything to find.
func searches() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"lamp", "-storm", `"small boat"`, `-"small boat"`, "light*", `"small bo"*`, "&", "a:b", "OR", "--x", "(x)", `"open`, `a\b`, "“q”", "*x", "3<4", "-",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(t, "words"), " ")
	})
}

func days() *rapid.Generator[query.Day] {
	return rapid.SampledFrom([]query.Day{20010101, 20010131, 20010201, 20010228, 20010630, 20011231, 20020101, 20020511, 20041231})
}

func leaves() *rapid.Generator[query.Node] {
	return rapid.Custom(func(t *rapid.T) query.Node {
		name := names().Draw(t, "name")
		switch rapid.IntRange(0, 8).Draw(t, "leaf") {
		case 0:
			kinds := []archive.TagKind{archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform, archive.TagGenre, archive.TagKeyword, archive.TagWarning, archive.TagCategory, archive.TagRating}
			return query.Tag{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Name: name}
		case 1:
			return query.Author{Name: name}
		case 2:
			return query.Series{Name: name}
		case 3:
			return query.Rating{Op: rapid.SampledFrom([]query.Op{query.Equal, query.AtMost, query.AtLeast, query.Below, query.Above}).Draw(t, "op"), Name: name}
		case 4:
			low := rapid.Int64Range(0, 30).Draw(t, "low")
			high := rapid.SampledFrom([]int64{low, low + 5, math.MaxInt64}).Draw(t, "high")
			return query.Number{Of: rapid.SampledFrom([]query.Column{query.Words, query.Chapters}).Draw(t, "of"), Min: low, Max: high}
		case 5:
			from, to := days().Draw(t, "from"), days().Draw(t, "to")
			d := query.Date{Of: query.Written, From: min(from, to), To: max(from, to)}
			switch rapid.IntRange(0, 2).Draw(t, "open") {
			case 0:
				d.From = 0
			case 1:
				d.To = 0
			}
			return d
		case 6:
			return query.Language{Code: rapid.SampledFrom([]string{"de", "PT-br", "zh-hant"}).Draw(t, "code")}
		case 7:
			return query.Is{What: rapid.SampledFrom([]query.What{query.Complete, query.InProgress, query.Crossover, query.Single, query.InSeries}).Draw(t, "what")}
		default:
			parts := []archive.SearchIn{archive.InEverything, archive.InEverything, archive.InTitles, archive.InAuthors, archive.InSummaries, archive.InNotes, archive.InText}
			return query.Text{In: rapid.SampledFrom(parts).Draw(t, "in"), Words: searches().Draw(t, "words")}
		}
	})
}

// trees draws any tree, in its normal form or not.
func trees(depth int) *rapid.Generator[query.Node] {
	if depth == 0 {
		return leaves()
	}
	return rapid.Custom(func(t *rapid.T) query.Node {
		several := rapid.SliceOfN(trees(depth-1), 0, 3)
		switch rapid.IntRange(0, 4).Draw(t, "node") {
		case 0:
			return query.And(several.Draw(t, "and"))
		case 1:
			return query.Or(several.Draw(t, "or"))
		case 2:
			return query.Not{Node: trees(depth-1).Draw(t, "not")}
		default:
			return leaves().Draw(t, "leaf")
		}
	})
}

func queries() *rapid.Generator[query.Query] {
	return rapid.Custom(func(t *rapid.T) query.Query {
		return query.Query{Where: trees(3).Draw(t, "where")}.Sorted(
			rapid.SampledFrom([]query.Sort{"", query.SortWords, query.SortTitle}).Draw(t, "sort"), rapid.Bool().Draw(t, "up"))
	})
}

// The text of any tree is read back into one tree, whose text is the same.
func TestTextStandsForOneTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := queries().Draw(t, "query")
		text := q.String()
		read, err := query.Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if read.String() != text {
			t.Fatalf("%q becomes %q", text, read.String())
		}
		sameAgain(t, read)
		if diff := cmp.Diff(read.Order(), mustParse(t, text).Order()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func mustParse(t rapid.TB, text string) query.Query {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

// meaning says for each of some stories whether it answers a tree, by the plain
// meaning of the nodes: leaves hold by a hash of their text and the story, words
// each on their own.
func meaning(n query.Node, story int) bool {
	switch n := n.(type) {
	case nil:
		return true
	case query.And:
		for _, c := range n {
			if !meaning(c, story) {
				return false
			}
		}
		return true
	case query.Or:
		for _, c := range n {
			if meaning(c, story) {
				return true
			}
		}
		return false
	case query.Not:
		return !meaning(n.Node, story)
	case query.Text:
		for word := range strings.FieldsSeq(n.Words) {
			bare, not := strings.CutPrefix(word, "-")
			if holds(string(n.In)+":"+bare, story) == not {
				return false
			}
		}
		return true
	case query.Tag:
		return holds(string(n.Kind)+n.Name, story)
	}
	return false
}

func holds(s string, story int) bool {
	h := uint32(2166136261)
	for _, b := range []byte(s) {
		h = (h ^ uint32(b)) * 16777619
	}
	return h>>(story%24)&1 == 1
}

// Writing, reading and the normal form change nothing of what a query means.
func TestNormalFormMeansTheSame(t *testing.T) {
	leaf := rapid.SampledFrom([]query.Node{
		words("a"), words("b"), words("a -c"), words("-c"), words("-c -d"),
		query.Text{In: archive.InTitles, Words: "a -b"},
		query.Text{In: archive.InTitles, Words: "-a"},
		tag("x"), tag("y"),
		query.Tag{Kind: archive.TagFandom, Name: "x"},
	})
	var tree func(depth int) *rapid.Generator[query.Node]
	tree = func(depth int) *rapid.Generator[query.Node] {
		if depth == 0 {
			return leaf
		}
		return rapid.Custom(func(t *rapid.T) query.Node {
			list := rapid.SliceOfN(tree(depth-1), 1, 4).Draw(t, "list")
			switch rapid.IntRange(0, 3).Draw(t, "node") {
			case 0:
				return query.And(list)
			case 1:
				return query.Or(list)
			case 2:
				return query.Not{Node: list[0]}
			default:
				return list[0]
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		n := tree(3).Draw(t, "tree")
		text := query.Query{Where: n}.String()
		read := mustParse(t, text)
		for story := range 24 {
			if meaning(n, story) != meaning(read.Where, story) {
				t.Fatalf("%q does not mean %#v", text, n)
			}
		}
	})
}

// FuzzParse wants of any text either problems whose pieces lie in it, or a
// query whose text is read back into the same query.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`fandom:"Harbour Lights" character:Ada -tag:angst rating<=teen words:1000..20000 sort:updated`,
		`lamp "small boat" -storm light* | -(title:(a b -c) OR by:"x\"y")`, "posted:2004..2001-05 written<2003 words:1.5k..2m chapters>=3",
		"fandom:(A B | C) complete:no in:series language:german sort:-words", "a:b tag: c tag:-d rating=<x )( \"", "–a − ＂b＂：c \u200bd \x00 \xff", "--a NOT -\"b\" AND OR",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err == nil {
			sameAgain(t, q)
			return
		}
		if diff := cmp.Diff(query.Query{}, q); diff != "" {
			t.Errorf("%q: a query and problems: %s", text, diff)
		}
		for _, p := range problems(t, text, err) {
			if p.Start < 0 || p.End < p.Start || p.End > len(text) || p.Message == "" || p.Code == "" {
				t.Errorf("%q: %+v", text, p)
			}
			if !utf8.ValidString(p.Message) || !utf8.ValidString(p.Text) {
				t.Errorf("%q: the message %q is no text", text, p.Message)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const typical = `fandom:"Harbour Lights" character:Ada -tag:angst rating<=teen words:1000..20000 lamp "small boat" sort:updated`
	for name, text := range map[string]string{"typical": typical, "widest": strings.Repeat(`tag:"some name" `, query.MaxTerms)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := query.Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
