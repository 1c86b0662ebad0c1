package query_test

import (
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

const noEnd = math.MaxInt64

func words(s string) query.Text { return query.Text{Words: s} }

func tag(name string) query.Tag { return query.Tag{Kind: archive.TagFreeform, Name: name} }

func not(n query.Node) query.Node { return query.Not{Node: n} }

func TestParse(t *testing.T) {
	fandom := func(name string) query.Tag { return query.Tag{Kind: archive.TagFandom, Name: name} }
	number := func(low, high int64) query.Number { return query.Number{Of: query.Words, Min: low, Max: high} }
	posted := func(from, to query.Day) query.Date { return query.Date{Of: query.Posted, From: from, To: to} }
	is := func(w query.What) query.Is { return query.Is{What: w} }
	rating := func(op query.Op, name string) query.Rating { return query.Rating{Op: op, Name: name} }
	tests := []struct {
		text string
		want query.Node
	}{
		{"", nil},
		{" \t\n", nil},
		{"lamp", words("lamp")},
		// Words beside one another are one search.
		{`lamp "small boat" -storm light*`, words(`lamp "small boat" -storm light*`)},
		{"(lamp) (boat -storm)", words("lamp boat -storm")},
		{"-storm lamp", words("-storm lamp")},
		{"-storm", not(words("storm"))},
		{`-"small boat"`, not(words(`"small boat"`))},
		{"-storm -rain", query.And{not(words("storm")), not(words("rain"))}},
		{"-(storm rain)", not(words("storm rain"))},
		{"-(-storm)", words("storm")},
		{"--storm", words("storm")},
		{"NOT storm", not(words("storm"))},
		{"lamp tag:angst -storm", query.And{words("lamp"), tag("angst"), not(words("storm"))}},
		{"very very", words("very very")},
		{"Ada & Ben", words("Ada Ben")},
		{`"small bo"*`, words(`"small bo"*`)},
		// What is not a word for certain is a phrase in the canonical text.
		{"3:10 http://harbour.example <3 lamp", words(`"3:10" "http://harbour.example" "<3" lamp`)},
		{"M*A*S*H", words(`"M*A*S*H"`)},
		{"or and not", words("or and not")},
		{`"OR"`, words(`"OR"`)},
		{"灯台", words("灯台")},
		{"„kleines Boot“ “small boat” «лодка» 「灯台」", words(`"kleines Boot" "small boat" "лодка" "灯台"`)},
		// Joining.
		{"a OR b", query.Or{words("a"), words("b")}},
		{"a | b||c", query.Or{words("a"), words("b"), words("c")}},
		{"a b OR c", query.Or{words("a b"), words("c")}},
		{"a AND (b OR c)", query.And{words("a"), query.Or{words("b"), words("c")}}},
		{"-(tag:a OR tag:b)", not(query.Or{tag("a"), tag("b")})},
		{"tag:a tag:a", tag("a")},
		{"tag:a|tag:b", query.Or{tag("a"), tag("b")}},
		// Names.
		{`fandom:"Harbour Lights"`, fandom("Harbour Lights")},
		{`FANDOM：Harbour`, fandom("Harbour")},
		{`fandom:"The \"Salt\" Road" fandom:"The ""Salt"" Way"`, query.And{fandom(`The "Salt" Road`), fandom(`The "Salt" Way`)}},
		{`fandom:"The “Salt” Road"`, fandom("The “Salt” Road")},
		{`fandom:(Harbour Lights | "Salt Road")`, query.Or{fandom("Harbour Lights"), fandom("Salt Road")}},
		{`pairing:Ada/Ben`, query.Tag{Kind: archive.TagRelationship, Name: "Ada/Ben"}},
		{`relationship:"Ada & Ben: a start"`, query.Tag{Kind: archive.TagRelationship, Name: "Ada & Ben: a start"}},
		{`character:O'Neill`, query.Tag{Kind: archive.TagCharacter, Name: "O'Neill"}},
		{"genre:Humour", tag("Humour")},
		{"keyword=sea freeform:tea", query.And{tag("sea"), tag("tea")}},
		{"warning:none category:gen", query.And{query.Tag{Kind: archive.TagWarning, Name: "none"}, query.Tag{Kind: archive.TagCategory, Name: "gen"}}},
		{`by:Mina author:"R. Ash"`, query.And{query.Author{Name: "Mina"}, query.Author{Name: "R. Ash"}}},
		{`series:"Tides"`, query.Series{Name: "Tides"}},
		{"language:Deutsch lang:pt_br language:fr", query.And{query.Language{Code: "de"}, query.Language{Code: "pt-BR"}, query.Language{Code: "fr"}}},
		{`language:"scottish gaelic"`, query.Language{Code: "gd"}},
		// Ratings.
		{"rating:teen", rating(query.Equal, "teen")},
		{"rating<=teen", rating(query.AtMost, "teen")},
		{"rating:≥mature", rating(query.AtLeast, "mature")},
		{"rating<teen", rating(query.Below, "teen")},
		{`rating>"All Ages"`, rating(query.Above, "All Ages")},
		// Numbers.
		{"words:1000..20000", number(1000, 20000)},
		{"words:1k..1.5k", number(1000, 1500)},
		{"words:1,000..", number(1000, noEnd)},
		{"words:..2m", number(0, 2000000)},
		{"words>=1000", number(1000, noEnd)},
		{"words:>1000", number(1001, noEnd)},
		{"words<=1000", number(0, 1000)},
		{"words<1000", number(0, 999)},
		{"words=0", number(0, 0)},
		{"chapters:1", query.Number{Of: query.Chapters, Min: 1, Max: 1}},
		{"words:(0..10 | 1m..)", query.Or{number(0, 10), number(1000000, noEnd)}},
		// Dates.
		{"posted:2004", posted(20040101, 20041231)},
		{"posted:2004-02", posted(20040201, 20040229)},
		{"posted:2004-05-11", posted(20040511, 20040511)},
		{"posted:2001..2004-05", posted(20010101, 20040531)},
		{"posted>=2004-05", posted(20040501, 0)},
		{"posted>2004", posted(20050101, 0)},
		{"posted<=2004", posted(0, 20041231)},
		{"posted<2003-03", posted(0, 20030228)},
		{"updated:2004.. written:..1999", query.And{query.Date{Of: query.Updated, From: 20040101}, query.Date{Of: query.Written, To: 19991231}}},
		// Properties.
		{"complete:yes", is(query.Complete)},
		{"complete:no", is(query.InProgress)},
		{"is:wip is:single", query.And{is(query.InProgress), is(query.Single)}},
		{"crossover:no -is:complete", query.And{is(query.Single), not(is(query.Complete))}},
		{"in:series", is(query.InSeries)},
		// Words in a part.
		{`title:lamp`, query.Text{In: archive.InTitles, Words: "lamp"}},
		{`title:"small boat" byline:min*`, query.And{query.Text{In: archive.InTitles, Words: `"small boat"`}, query.Text{In: archive.InAuthors, Words: "min*"}}},
		{`story:(small boat -storm)`, query.Text{In: archive.InText, Words: "small boat -storm"}},
		{`notes:(-storm)`, not(query.Text{In: archive.InNotes, Words: "storm"})},
		{`-summary:12:30`, not(query.Text{In: archive.InSummaries, Words: `"12:30"`})},
	}
	for _, test := range tests {
		q, err := query.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if diff := cmp.Diff(query.Query{Where: test.want}, q); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", test.text, diff)
		}
		sameAgain(t, q)
	}
}

// sameAgain writes a query and reads it back.
func sameAgain(t rapid.TB, q query.Query) {
	t.Helper()
	text := q.String()
	again, err := query.Parse(text)
	if err != nil {
		t.Errorf("%s: its own text is refused: %v", text, err)
		return
	}
	if diff := cmp.Diff(q, again); diff != "" {
		t.Errorf("%s: read back (-want +got)\n%s", text, diff)
	}
	if twice := again.String(); twice != text {
		t.Errorf("%s: becomes %s", text, twice)
	}
}

func TestString(t *testing.T) {
	tests := []struct{ text, want string }{
		{`fandom:"Harbour Lights" character:Ada -tag:angst rating<=teen words:1000..20000 sort:updated`, `fandom:"Harbour Lights" character:Ada -tag:angst rating<=teen words:1000..20000 sort:updated`},
		{"sort:-words lamp", "lamp sort:-words"},
		{"sort:words", "sort:words"},
		{"a b | (c tag:x) sort:title", "(a b) OR (c tag:x) sort:title"},
		{"words>=1k words<1 words:5..5", "words:1000.. words:0 words:5"},
		{"posted:2004-01-01..2004-12-31 posted:2004-01-01..2004-01-31 posted:2004-01-01..2004-02-03", "posted:2004 posted:2004-01 posted:2004..2004-02-03"},
		{"-(a|b) title:(a b)", "-(a OR b) title:(a b)"},
		{`tag:"-x" tag:"a\\b"`, `tag:"-x" tag:"a\\b"`},
		{"complete:no in:series by:Mina", "is:in-progress is:series author:Mina"},
	}
	for _, test := range tests {
		q, err := query.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if got := q.String(); got != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
		sameAgain(t, q)
	}
}

// The document of the language says nothing that is refused.
func TestDocumentIsTrue(t *testing.T) {
	document, err := os.ReadFile("../../../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	text, wrong, found := strings.Cut(string(document), "## When something is wrong")
	if !found {
		t.Fatal("the document has no section about what is wrong")
	}
	count := 0
	for line := range strings.Lines(text) {
		var examples []string
		if cells := strings.Split(strings.ReplaceAll(line, " | Salt", " OR Salt"), " | "); len(cells) == 3 {
			for i, piece := range strings.Split(cells[2], "`") {
				if i%2 == 1 {
					examples = append(examples, piece)
				}
			}
		} else if after, ok := strings.CutPrefix(line, "    "); ok {
			example, _, _ := strings.Cut(after, "   ")
			examples = append(examples, example)
		}
		for _, example := range examples {
			sameAgain(t, mustParse(t, example))
			count++
		}
	}
	if count < 30 {
		t.Errorf("only %d examples were found", count)
	}
	for line := range strings.Lines(wrong) {
		cells := strings.Split(line, "`")
		if !strings.HasPrefix(line, "| `") || len(cells) < 3 {
			continue
		}
		_, err := query.Parse(strings.ReplaceAll(cells[1], `\|`, "|"))
		message, _, _ := strings.Cut(strings.Trim(cells[2], "| \n"), " …")
		if err == nil || !strings.HasPrefix(err.Error(), message) {
			t.Errorf("%s: the document says %q, the answer is %v", cells[1], message, err)
		}
	}
}

func TestOrder(t *testing.T) {
	tests := []struct {
		text string
		want query.Sort
	}{
		{"", query.SortPosted},
		{"tag:a", query.SortPosted},
		{"-storm tag:a", query.SortPosted},
		{"tag:a lamp", query.SortRelevance},
		{"tag:a OR title:lamp", query.SortRelevance},
		{"lamp sort:words", query.SortWords},
	}
	for _, test := range tests {
		q, err := query.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		}
		if got := q.Order(); got != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
	}
}

// problems returns the problems of an error of this package.
func problems(t *testing.T, text string, err error) []query.Problem {
	t.Helper()
	e, ok := errors.AsType[*query.Error](err)
	if !ok {
		t.Errorf("%s: want problems, got %v", text, err)
		return nil
	}
	if archive.KindOf(err) != archive.Invalid || archive.MessageOf(err) != err.Error() {
		t.Errorf("%s: the error %v is not one of the archive", text, err)
	}
	return e.Problems
}

func TestProblems(t *testing.T) {
	tests := []struct {
		text    string
		code    query.Code
		piece   string // the text of the range
		suggest string
	}{
		{`lamp fandm:"Harbour Lights"`, query.UnknownField, "fandm", "fandom"},
		{"Colour:red", query.UnknownField, "Colour:red", `"Colour:red"`},
		{"Автор:Мина", query.UnknownField, "Автор:Мина", `"Автор:Мина"`},
		{"wrds>1000", query.UnknownField, "wrds", "words"},
		{"tag: angst lamp", query.MissingValue, "tag: angst", "tag:angst"},
		{"rating: <= teen", query.MissingValue, "rating:", ""},
		{"lamp NOT OR boat", query.NothingAfterDash, "NOT", ""},
		{"lamp AND NOT", query.NothingAfterDash, "NOT", ""},
		{"tag:(a AND b)", query.Unsupported, "AND", ""},
		{"tag:", query.MissingValue, "tag:", ""},
		{`tag:""`, query.MissingValue, `tag:""`, ""},
		{"tag:(a | )", query.MissingValue, " ", ""},
		{"tag:-angst", query.MinusInside, "tag:-angst", "-tag:angst"},
		{"a tag:angst|fluff b", query.BarInValue, "tag:angst|fluff", "tag:(angst | fluff)"},
		{"fandom:Harbour(2005) b", query.NeedsQuotes, "fandom:Harbour(2005)", `fandom:"Harbour(2005)"`},
		{`fandom:"Harbour"Lights`, query.NeedsQuotes, `fandom:"Harbour"Lights`, `fandom:"Harbour Lights"`},
		{"tag:(a (b) c)", query.Unsupported, "(", ""},
		{"*light", query.Unsupported, "*light", `"*light"`},
		{"rating:teen..mature", query.Unsupported, "rating:teen..mature", "rating>=teen rating<=mature"},
		{"rating=<teen", query.UnknownOp, "=<", "<="},
		{"rating!=teen", query.UnknownOp, "!=", ""},
		{"tag>angst", query.UnknownOp, ">", ":"},
		{"words:20000..1000", query.ReversedRange, "20000..1000", "1000..20000"},
		{"words:2k-3k", query.BadNumber, "2k-3k", "2k..3k"},
		{"words:2000…3000", query.BadNumber, "2000…3000", "2000..3000"},
		{"words:1.000", query.BadNumber, "1.000", "1000"},
		{"words:many", query.BadNumber, "many", ""},
		{"words>9999999999999999999999", query.BadNumber, "9999999999999999999999", ""},
		{"words>1..2", query.BadNumber, "1..2", ""},
		{"words:..", query.BadRange, "..", ""},
		{"words<0", query.BadRange, "0", ""},
		{"posted:11.5.2004", query.BadDate, "11.5.2004", "2004-05-11"},
		{"posted:2004/5", query.BadDate, "2004/5", "2004-05"},
		{"posted:5/11/2004", query.BadDate, "5/11/2004", ""},
		{"posted:2003-02-29", query.BadDate, "2003-02-29", ""},
		{"posted:2004..2001", query.ReversedRange, "2004..2001", "2001..2004"},
		{"posted>9999", query.BadRange, "9999", ""},
		{"language:germann", query.UnknownLanguage, "germann", "german"},
		{"is:compleat", query.UnknownProperty, "compleat", "complete"},
		{"complete:maybe", query.BadYesNo, "maybe", ""},
		{"sort:wrods", query.UnknownSort, "wrods", "words"},
		{"sort:words-asc", query.UnknownSort, "words-asc", "-words"},
		{"sort:words lamp sort:title", query.TwoSorts, "sort:title", ""},
		{"(lamp sort:title)", query.MisplacedSort, "sort:title", ""},
		{"-sort:title", query.MisplacedSort, "sort:title", ""},
		{`lamp "small boat`, query.UnclosedQuote, `"small boat`, `"small boat"`},
		{"lamp (boat", query.UnclosedGroup, "(boat", "(boat)"},
		{"lamp ((boat", query.UnclosedGroup, "(boat", "(boat))"},
		{"lamp) boat", query.UnopenedGroup, ")", ""},
		{"lamp ()", query.EmptyGroup, "()", ""},
		{"lamp OR", query.MissingTerm, "OR", ""},
		{"| lamp", query.MissingTerm, "|", ""},
		{"lamp AND", query.MissingTerm, "AND", ""},
		{"lamp AND AND boat", query.MissingTerm, "AND", ""},
		{"lamp - boat", query.NothingAfterDash, "-", ""},
		{"title:(lamp - )", query.NothingAfterDash, "-", ""},
		{"lamp –storm", query.NotAMinus, "–", "-"},
		{"& *** \"!\"", query.NothingToFind, "& *** \"!\"", ""},
		{"title:&", query.NothingToFind, "&", ""},
		{"la\x00mp", query.BadCharacter, "\x00", ""},
		{"tag:an\u200bgst", query.BadCharacter, "an\u200bgst", "angst"},
		{"lamp \xff", query.InvalidUTF8, "\xff", ""},
		{strings.Repeat("(", 21) + "a" + strings.Repeat(")", 21), query.TooDeep, "(", ""},
	}
	for _, test := range tests {
		_, err := query.Parse(test.text)
		list := problems(t, test.text, err)
		if len(list) != 1 {
			t.Errorf("%s: want one problem, got %+v", test.text, list)
			continue
		}
		p := list[0]
		if p.Code != test.code || test.text[p.Start:p.End] != test.piece || p.Suggest != test.suggest {
			t.Errorf("%s: got %s at %q, proposed %q; want %s at %q, proposed %q", test.text,
				p.Code, test.text[p.Start:p.End], p.Suggest, test.code, test.piece, test.suggest)
		}
		if p.Message == "" || p.Field != "" {
			t.Errorf("%s: %+v", test.text, p)
		}
		if p.Suggest == "" {
			continue
		}
		mended := test.text[:p.Start] + p.Suggest + test.text[p.End:]
		if _, err := query.Parse(mended); err != nil {
			t.Errorf("%s: the proposed %s is refused: %v", test.text, mended, err)
		}
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, err := query.Parse(`fandm:x words:9..1 "open`)
	var got []query.Code
	for _, p := range problems(t, "three", err) {
		got = append(got, p.Code)
	}
	if diff := cmp.Diff([]query.Code{query.UnknownField, query.ReversedRange, query.UnclosedQuote}, got); diff != "" {
		t.Error(diff)
	}
	_, err = query.Parse(strings.Repeat("words:x ", 100))
	if list := problems(t, "many", err); len(list) != query.MaxProblems {
		t.Errorf("got %d problems, want %d", len(list), query.MaxProblems)
	}
}

func TestBounds(t *testing.T) {
	tests := []struct {
		name, text string
		want       query.Code
	}{
		{"terms", strings.Repeat("tag:a ", 3300), query.TooManyTerms},
		{"words", strings.Repeat("a ", 10000), query.TooManyTerms},
		{"values", "tag:(" + strings.Repeat("a|", 5000) + "b)", query.TooManyTerms},
		{"search", strings.Repeat("a ", 65), query.TooManyWords},
		{"long word", strings.Repeat("a", 1001), query.TooManyWords},
		{"bytes", strings.Repeat("a", 20001), query.TooLong},
		{"written out", `tag:"x` + strings.Repeat(`\a`, 9000) + `"`, query.TooLong},
		{"parentheses", strings.Repeat("(", 10000), query.TooDeep},
		{"closing", strings.Repeat("(", 10000) + strings.Repeat(")", 10000), query.TooDeep},
		{"not opened", strings.Repeat(")", 10000), query.UnopenedGroup},
		{"empty", strings.Repeat("()", 10000), query.EmptyGroup},
		{"minus", strings.Repeat("-", 20000), query.NothingAfterDash},
		{"deeper when written", strings.Repeat("(", 20) + "a tag:b OR c" + strings.Repeat(")", 20), ""},
		{"deeper", strings.Repeat("x (y OR ", 20) + "a tag:b OR c" + strings.Repeat(")", 20), query.TooDeep},
	}
	for _, test := range tests {
		q, err := query.Parse(test.text)
		if test.want == "" {
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			sameAgain(t, q)
			continue
		}
		if list := problems(t, test.name, err); len(list) == 0 || list[0].Code != test.want {
			t.Errorf("%s: got %+v, want %s", test.name, list, test.want)
		}
	}
}
