package query_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

func TestEdit(t *testing.T) {
	is := func(w query.What) query.Node { return query.Is{What: w} }
	with := func(n query.Node) func(query.Query) query.Query {
		return func(q query.Query) query.Query { return q.With(n) }
	}
	without := func(n query.Node) func(query.Query) query.Query {
		return func(q query.Query) query.Query { return q.Without(n) }
	}
	tests := []struct {
		text string
		edit func(query.Query) query.Query
		want string
	}{
		{"", with(tag("a")), "tag:a"},
		{"tag:a", with(tag("a")), "tag:a"},
		{"tag:a sort:words", with(tag("b")), "tag:a tag:b sort:words"},
		{"-tag:a lamp", with(tag("a")), "lamp tag:a"},
		{"tag:a lamp", with(not(tag("a"))), "lamp -tag:a"},
		{"tag:a OR lamp", with(tag("b")), "(tag:a OR lamp) tag:b"},
		{"is:complete", with(is(query.InProgress)), "is:in-progress"},
		{"is:single lamp", with(is(query.Crossover)), "lamp is:crossover"},
		{"lamp", with(words("boat")), "lamp boat"},
		{"lamp", with(query.And{tag("a"), tag("b")}), "lamp tag:a tag:b"},
		{"tag:a", with(nil), "tag:a"},
		{"tag:genre", with(query.Tag{Kind: archive.TagGenre, Name: " genre "}), "tag:genre"},
		{"tag:a lamp", without(tag("a")), "lamp"},
		{"tag:a", without(tag("a")), ""},
		{"lamp tag:a boat", without(tag("a")), "lamp boat"},
		{"tag:a tag:b", without(tag("c")), "tag:a tag:b"},
		{"tag:a OR tag:b", without(tag("a")), "tag:a OR tag:b"},
		{"tag:a OR tag:b", without(query.Or{tag("a"), tag("b")}), ""},
		{"lamp sort:words", func(q query.Query) query.Query { return q.Sorted(query.SortTitle, true) }, "lamp sort:-title"},
		{"lamp sort:words", func(q query.Query) query.Query { return q.Sorted("", true) }, "lamp"},
	}
	for _, test := range tests {
		q := mustParse(t, test.text)
		got := test.edit(q)
		if got.String() != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
		if diff := cmp.Diff(mustParse(t, test.text), q); diff != "" {
			t.Errorf("%s: the query itself has changed: %s", test.text, diff)
		}
		sameAgain(t, got)
	}
}

func TestHas(t *testing.T) {
	q := mustParse(t, "lamp boat tag:a -tag:b (tag:c OR tag:d)")
	tests := []struct {
		node query.Node
		want bool
	}{
		{tag("a"), true},
		{query.Tag{Kind: archive.TagKeyword, Name: "a"}, true},
		{tag("b"), false},
		{not(tag("b")), true},
		{tag("c"), false},
		{query.Or{tag("c"), tag("d")}, true},
		{query.And{tag("a"), not(tag("b"))}, true},
		{query.And{tag("a"), tag("b")}, false},
		{words("lamp boat"), true},
		{words("lamp"), false},
		{nil, false},
	}
	for _, test := range tests {
		if got := q.Has(test.node); got != test.want {
			t.Errorf("%s: got %v", query.Query{Where: test.node}, got)
		}
	}
	if got := len(q.Terms()); got != 4 {
		t.Errorf("got %d conditions, want 4", got)
	}
}

// What was added is there and can be taken away again, whatever else is asked.
func TestEditsUndoEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := mustParse(t, queries().Draw(t, "query").String())
		before := q.String()
		added := query.Tag{Kind: archive.TagFandom, Name: "none of these"}
		with := q.With(added)
		if !with.Has(added) || with.Has(not(added)) {
			t.Fatalf("%s with %v is %s", q, added, with)
		}
		if got := with.With(added).String(); got != with.String() {
			t.Fatalf("%s added twice is %s", with, got)
		}
		if got := with.Without(added).String(); got != before {
			t.Fatalf("%s added and taken away is %s", before, got)
		}
		if q.String() != before {
			t.Fatalf("%s has become %s", before, q)
		}
		sameAgain(t, with)
	})
}

func TestReplace(t *testing.T) {
	ada, joe := query.Tag{Kind: archive.TagCharacter, Name: "Ada"}, query.Tag{Kind: archive.TagCharacter, Name: "Joe"}
	for from, want := range map[string]string{
		"character:Ada":             "character:Joe",
		"-character:Ada words:1..2": "-character:Joe words:1..2",
		"(character:ada OR is:complete) -(is:single character:Ada)": "(character:ada OR is:complete) -(is:single character:Joe)",
		"character:Ada character:Joe":                               "character:Joe",
		"":                                                          "",
	} {
		q, err := query.Parse(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Replace(ada, joe).String(); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}

func TestFirstText(t *testing.T) {
	for from, want := range map[string]string{
		"": "", "is:wip": "", "-storm": "", "is:wip lamp ferry": "lamp ferry", "(is:wip OR title:lamp) boat": "lamp",
	} {
		q, err := query.Parse(from)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := q.FirstText(); got.Words != want {
			t.Errorf("%s: %q, want %q", from, got.Words, want)
		}
	}
}
