package query_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"colophon/internal/catalogue/query"
)

func TestFromForm(t *testing.T) {
	tests := []struct{ form, want string }{
		{"", ""},
		{"q=&fandom=&words-from=&complete=&sort=&page=3", ""},
		{"q=lamp -storm&fandom=Harbour Lights&tag=sea&tag=tea, cakes&not-tag=angst", `lamp -storm fandom:"Harbour Lights" tag:sea tag:"tea, cakes" -tag:angst`},
		{"q=a OR b&tag=x", "(a OR b) tag:x"},
		{"relationship=Ada/Ben&character=Ada&not-character=The \"Captain\"&warning=none&category=gen&author=Mina", `character:Ada -character:"The \"Captain\"" relationship:Ada/Ben warning:none category:gen author:Mina`},
		{"rating=teen&words-from=1k&words-to=20,000&language=German&complete=no", "rating<=teen words:1000..20000 language:de is:in-progress"},
		{"words-from=1000", "words:1000.."},
		{"words-to=1000", "words:..1000"},
		{"text=lamp -storm \"small boat\"", `text:(lamp -storm "small boat")`},
		{"text=-storm", "-text:storm"},
		{"text=tag:angst", `text:"tag:angst"`},
		{"q=lamp sort:words&sort=-title", "lamp sort:-title"},
		{"q=lamp sort:words&sort=", "lamp sort:words"},
		{"fandom=\"Harbour Lights\"", `fandom:"\"Harbour Lights\""`},
		{"tag=-angst", `tag:"-angst"`},
		{"rating=a..b", `rating<="a..b"`},
	}
	for _, test := range tests {
		q, err := query.FromForm(form(test.form))
		if err != nil {
			t.Errorf("%s: %v", test.form, err)
			continue
		}
		if got := q.String(); got != test.want {
			t.Errorf("%s: got %s, want %s", test.form, got, test.want)
		}
		sameAgain(t, q)
	}
}

// form is a form as text, its values unescaped.
func form(text string) url.Values {
	v := url.Values{}
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		v.Add(name, value)
	}
	return v
}

func TestFormProblems(t *testing.T) {
	tests := []struct {
		form, field string
		code        query.Code
	}{
		{"q=fandm:x", "q", query.UnknownField},
		{"words-from=many", "words-from", query.BadNumber},
		{"words-to=1..2", "words-to", query.BadNumber},
		{"words-from=2000&words-to=1000", "words-from", query.ReversedRange},
		{"language=germann", "language", query.UnknownLanguage},
		{"complete=maybe", "complete", query.BadYesNo},
		{"sort=wrods", "sort", query.UnknownSort},
		{"text=&text=!!", "text", query.NothingToFind},
		{"text=\xff", "text", query.InvalidUTF8},
		{"not-tag=a\x00b", "not-tag", query.BadCharacter},
		{"q=" + strings.Repeat("a", 20001), "", query.TooLong},
		{"text=" + strings.Repeat("a ", 100), "", query.TooManyWords},
		{distinct(201), "", query.TooManyTerms},
		{distinct(200) + "&sort=words", "", query.TooManyTerms},
		{distinct(500), "", query.TooLong},
	}
	for _, test := range tests {
		q, err := query.FromForm(form(test.form))
		list := problems(t, test.form, err)
		if len(list) != 1 || list[0].Field != test.field || list[0].Code != test.code {
			t.Errorf("%.60s: got %+v, want %s in %s", test.form, list, test.code, test.field)
		}
		if q.Where != nil || q.Sort != "" {
			t.Errorf("%.60s: got the query %s beside its problems", test.form, q)
		}
	}
	_, err := query.FromForm(form("q=words:x&words-from=y&language=zzzzz"))
	if list := problems(t, "three fields", err); len(list) != 3 {
		t.Errorf("got %+v, want a problem of each field", list)
	}
}

// distinct is a form with so many tags.
func distinct(n int) string {
	var fields []string
	for i := range n {
		fields = append(fields, "tag=a"+strconv.Itoa(i))
	}
	return strings.Join(fields, "&")
}

// Any name that is chosen in a form stands in the query as it is.
func TestFormTakesAnyName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := names().Draw(t, "name")
		q, err := query.FromForm(url.Values{"tag": {name}})
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		if want := (query.Query{Where: tag(strings.Join(strings.Fields(name), " "))}); q.String() != want.String() || len(q.Terms()) != 1 {
			t.Fatalf("%q: got %s, want %s", name, q, want)
		}
		sameAgain(t, q)
	})
}
