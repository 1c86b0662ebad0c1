package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A question is one address; a form leads to it, and what is wrong with one is
// said with what may stand in its place.
func TestQuestions(t *testing.T) {
	h := open(t, config(t, samples()))
	ask := func(q string) string { return "/stories?" + url.Values{"q": {q}}.Encode() }
	for _, tt := range []struct {
		path, to string
		status   int
		checks   []check
	}{
		{ask("is:complete"), "", 200, []check{says("h1", "Stories"), says("li", "Complete")}},
		{ask(`fandom:"Harbour Lights"`), "", 200, []check{says("h3", "The Lamplighters’ Winter"), says("b", "Harbour Lights")}},
		{ask("fandom:Harbor-Lights"), "", 200, []check{says("p", "Nothing here is called"), says("a", "Harbour Lights")}},
		{ask("fandon:x words:9..1"), "", 400, []check{says("a", "fandom"), says("a", "1..9")}},
		{ask(`fandom:"Harbour Lights" words:1000000..`), "", 200, []check{says("p", "No story answers all of that."), says("a", "without")}},
		{"/stories?fandom=Harbour+Lights&not-tag=angst&words-from=10", `/stories?q=fandom%3A%22Harbour+Lights%22+-tag%3Aangst+words%3A10..`, 303, nil},
		{"/stories?words-from=ten", "", 400, []check{says("h1", "Stories")}},
		{ask("is:complete") + "&view=brief", "", 200, []check{says("b", "Titles and authors only")}},
		{ask("is:complete") + "&page=99", "", 404, nil},
		{"/stories?page=1000000000", "", 404, nil},
		{ask(strings.Repeat("(", 300)), "", 400, nil},
		{ask(strings.Repeat("tag:x ", 10_000)), "", 400, nil},
	} {
		w := get(t, h, tt.path)
		if w.Code != tt.status || w.Header().Get("Location") != tt.to {
			t.Errorf("%.80s answers %d to %q", tt.path, w.Code, w.Header().Get("Location"))
		}
		doc := parsed(t, w)
		for _, c := range tt.checks {
			if err := c(doc); err != nil {
				t.Errorf("%.80s: %v", tt.path, err)
			}
		}
	}
}

// The corrected question has all that was proposed in place.
func TestWrongQuestionsLeadOn(t *testing.T) {
	h := open(t, config(t, samples()))
	doc := parsed(t, get(t, h, "/stories?q=fandon%3Ax+words%3A9..1"))
	var to []string
	for _, a := range elements(doc, "a") {
		if href, _ := attribute(a, "href"); strings.HasPrefix(href, "/stories?q=") {
			to = append(to, href)
		}
	}
	if len(to) != 2 || to[0] != "/stories?q=fandom%3Ax+words%3A1..9" || to[1] != to[0] {
		t.Errorf("leads to %q", to)
	}
}

// The API gives what the page gives, and says in JSON what is wrong.
func TestAPI(t *testing.T) {
	h := open(t, config(t, samples()))
	var out struct {
		Total   int64
		Page    int
		Stories []struct {
			ID    int64
			Title string
			Tags  map[string][]string
		}
		Facets map[string][]struct {
			Name  string
			Count int64
		}
		Unknown []struct{ Kind, Name string }
		Error   struct {
			Message  string
			Problems []struct{ Code, Suggest string }
		}
	}
	ask := func(query string, status int) {
		t.Helper()
		w := get(t, h, "/api/v1/stories?"+query)
		if w.Code != status || w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
			t.Fatalf("%s answers %d as %s", query, w.Code, w.Header().Get("Content-Type"))
		}
		out.Stories, out.Facets, out.Unknown, out.Error.Problems = nil, nil, nil, nil
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
	}
	ask("q=fandom%3A%22Harbour+Lights%22&per_page=200", http.StatusOK)
	if out.Total == 0 || int64(len(out.Stories)) != out.Total || out.Stories[0].Tags["fandom"][0] != "Harbour Lights" {
		t.Errorf("stories of a fandom: %+v", out)
	}
	if f := out.Facets["fandom"]; len(f) == 0 || f[0].Name != "Harbour Lights" || f[0].Count != out.Total {
		t.Errorf("facets: %+v", f)
	}
	ask("q=is%3Acomplete&page=1000000000", http.StatusOK)
	if len(out.Stories) != 0 || out.Total == 0 || out.Page != 1_000_000_000 {
		t.Errorf("behind the last page: %+v", out)
	}
	ask("character=Nobody", http.StatusOK)
	if out.Total != 0 || len(out.Unknown) != 1 || out.Unknown[0].Name != "Nobody" {
		t.Errorf("an unknown name: %+v", out)
	}
	ask("q=words%3A9..1", http.StatusBadRequest)
	if p := out.Error.Problems; len(p) != 1 || p[0].Code != "reversed-range" || p[0].Suggest != "1..9" {
		t.Errorf("a range the wrong way round: %+v", p)
	}
	for _, bad := range []string{"page=0", "page=x", "per_page=201", "page=99999999999999999999"} {
		ask(bad, http.StatusBadRequest)
	}
}

// Filters are kept in the reader's own browser, and nothing else is.
func TestFiltersAreKept(t *testing.T) {
	h := open(t, config(t, samples()))
	post := func(form url.Values, cookie string) (string, int) {
		t.Helper()
		w := sendTo(t, h, "/filters", form, "Cookie", cookie)
		for _, c := range w.Result().Cookies() {
			if c.Name == "filters" {
				return "filters=" + c.Value, w.Code
			}
		}
		return "", w.Code
	}
	one, code := post(url.Values{"q": {"is:complete  words:10.."}, "name": {"Long <b>"}}, "")
	if code != http.StatusSeeOther || one == "" {
		t.Fatalf("answers %d with %q", code, one)
	}
	doc := parsed(t, with(t, h, "/filters", "Cookie", one))
	for _, c := range []check{says("a", "Long <b>"), says("code", "is:complete words:10..")} {
		if err := c(doc); err != nil {
			t.Error(err)
		}
	}
	if two, _ := post(url.Values{"forget": {"is:complete words:10.."}}, one); two != "filters=" {
		t.Errorf("forgotten: %q", two)
	}
	if _, code := post(url.Values{"q": {"words:9..1"}}, ""); code != http.StatusBadRequest {
		t.Errorf("a wrong question answers %d", code)
	}
	if again, code := post(url.Values{"q": {"title:" + strings.Repeat("x", 900) + " title:" + strings.Repeat("y", 900) + " title:" + strings.Repeat("z", 990)}}, one); code != http.StatusOK || again != "" {
		t.Errorf("too much answers %d", code)
	}
	for _, hostile := range []string{"filters=%%%", "filters=W10", "filters=eyJ4IjoxfQ", "filters=bnVsbA"} {
		if w := with(t, h, "/filters", "Cookie", hostile); w.Code != 200 {
			t.Errorf("%s answers %d", hostile, w.Code)
		}
	}
}

// Every sort of problem is told in every language.
func TestProblemsAreTranslated(t *testing.T) {
	h := open(t, config(t, samples()))
	for _, q := range []string{
		"fandon:x", "words:9..1", "words:x", "posted:x", "sort:x", "is:x", "complete:perhaps", `"a`, "(a", "a)", "()", "tag:", "a -", "a OR",
		"language:x-", "words>=1..2", "sort:title sort:words", "tag:a|b", "–storm", "a:b:c",
	} {
		doc := parsed(t, with(t, h, "/stories?"+url.Values{"q": {q}}.Encode(), "Cookie", "language=de"))
		for _, s := range elements(doc, "span") {
			if text := textOf(s); strings.Contains(text, "problem.") || strings.Contains(text, "Did you mean") {
				t.Errorf("%s: %s", q, text)
			}
		}
	}
}
