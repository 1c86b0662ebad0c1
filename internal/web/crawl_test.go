package web_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// get asks a handler for a path.
func get(t testing.TB, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, h, http.MethodGet, path)
}

func ask(t testing.TB, h http.Handler, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody))
	return w
}

func parsed(t testing.TB, w *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// passes wants a page to be there and to pass checks.
func passes(t testing.TB, h http.Handler, path string, cs []check) {
	t.Helper()
	w := get(t, h, path)
	if w.Code != http.StatusOK {
		t.Errorf("%s answers %d", path, w.Code)
		return
	}
	if err := all(cs...)(parsed(t, w)); err != nil {
		t.Errorf("%s: %v", path, err)
	}
}

// crawl visits every page that can be reached from the home page by links, and
// returns the pages by path.
func crawl(t *testing.T, h http.Handler) map[string]*html.Node {
	t.Helper()
	pages := map[string]*html.Node{}
	wanted := map[string]string{} // link -> the page that has it
	queue := []string{"/", "/stories?q=is%3Acomplete", "/stories?view=brief", "/stories?q=lamp+-fandom%3ANothing&view=brief", "/characters?begins=a", "/filters"}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if _, ok := pages[path]; ok {
			continue
		}
		w := get(t, h, path)
		for range 3 {
			if to := w.Header().Get("Location"); to != "" {
				w = get(t, h, to)
			}
		}
		if w.Code != http.StatusOK {
			t.Errorf("%s answers %d, linked from %s", path, w.Code, wanted[path])
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		pages[path] = parsed(t, w)
		for _, link := range links(t, pages[path]) {
			if _, ok := wanted[link]; !ok {
				wanted[link] = path
				queue = append(queue, strings.Split(link, "#")[0])
			}
		}
	}
	for link, from := range wanted {
		path, fragment, _ := strings.Cut(link, "#")
		if doc := pages[path]; fragment != "" && doc != nil && ids(doc)[fragment] == 0 {
			t.Errorf("%s links to %s, where there is no such place", from, link)
		}
	}
	return pages
}

// links are the links of a page to other pages of the archive. One that leads
// out of it fails the test.
func links(t *testing.T, doc *html.Node) []string {
	t.Helper()
	var ls []string
	for _, e := range append(elements(doc, "a"), elements(doc, "link")...) {
		if rel, _ := attribute(e, "rel"); rel == "nofollow" {
			continue // questions lead to questions without end
		}
		href, _ := attribute(e, "href")
		u, err := url.Parse(href)
		if err != nil || u.Host != "" || u.Scheme != "" {
			t.Errorf("a link to %q", href)
		} else if u.Path != "" {
			ls = append(ls, href)
		}
	}
	return ls
}

func TestEveryPageIsWellMade(t *testing.T) {
	h := open(t, config(t, samples()))
	pages := crawl(t, h)
	if len(pages) < 60 {
		t.Fatalf("only %d pages were reached", len(pages))
	}
	every := all(append(inEvery(), silent("mina@pier.example"), silent("somebody@long.example"), silent("/old"), silent("\u202e"), silent("\a"), silent("\x00"))...)
	for path, doc := range pages {
		if err := every(doc); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
