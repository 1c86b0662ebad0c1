package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"colophon/internal/archive"
	"colophon/internal/describe"
	"colophon/internal/store"
	"colophon/internal/web"
)

var update = flag.Bool("update", false, "write golden files anew")

// with asks for a path with headers, given as name and value in turn.
func with(t testing.TB, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	for i := 1; i < len(headers); i += 2 {
		r.Header.Set(headers[i-1], headers[i])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// send posts a form.
func send(t testing.TB, h http.Handler, form url.Values, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return sendTo(t, h, "/settings", form, headers...)
}

func sendTo(t testing.TB, h http.Handler, path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 1; i < len(headers); i += 2 {
		r.Header.Set(headers[i-1], headers[i])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// What a reader chooses is in the first paint of the next page, and nothing else
// than a choice ever gets into it.
func TestSettings(t *testing.T) {
	h := open(t, config(t, samples()))
	w := send(t, h, url.Values{"theme": {"sepia"}, "size": {"5"}, "face": {"book"}, "width": {`"><script>`}, "language": {"de"}, "back": {"/authors?page=1"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/authors?page=1" {
		t.Fatalf("answers %d to %q", w.Code, w.Header().Get("Location"))
	}
	cookies := map[string]*http.Cookie{}
	for _, c := range w.Result().Cookies() {
		cookies[c.Name] = c
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			t.Errorf("the cookie %s is open to others: %v", c.Name, c)
		}
	}
	if c := cookies["look"]; c == nil || c.Value != "size=5&theme=sepia" {
		t.Fatalf("the look is %v", c)
	}
	page := with(t, h, "/authors", "Cookie", "look="+cookies["look"].Value+"; language="+cookies["language"].Value).Body.String()
	for _, want := range []string{`<html lang="de" dir="ltr" data-size="5" data-theme="sepia">`, `<meta name="color-scheme" content="light">`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, hostile := range []string{"look=theme=%22onload=1", "look=theme=../../x&size=99", "look=;;;", "language=xx", "look=%zz"} {
		if page := with(t, h, "/authors", "Cookie", hostile).Body.String(); !strings.Contains(page, `<html lang="en" dir="ltr">`) {
			t.Errorf("the cookie %s changes the page: %.200s", hostile, page)
		}
	}
	if w := send(t, h, url.Values{"theme": {"dark"}, "reset": {"1"}}); len(w.Result().Cookies()) != 2 || w.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("the way back leaves %v", w.Result().Cookies())
	}
}

// A form leads back into the archive only, and another site cannot send it.
func TestSettingsStayHere(t *testing.T) {
	h := open(t, config(t, nil))
	for _, back := range []string{"//evil.example/", "https://evil.example/", `/\evil.example`, "evil", "", "/\r\nX: y", "javascript:alert(1)"} {
		if got := send(t, h, url.Values{"back": {back}}).Header().Get("Location"); got != "/" {
			t.Errorf("%q leads to %q", back, got)
		}
	}
	if w := send(t, h, url.Values{"theme": {"dark"}}, "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusBadRequest || len(w.Result().Cookies()) > 0 {
		t.Errorf("a form of another site: %d, %v", w.Code, w.Result().Cookies())
	}
	big := url.Values{"back": {"/" + strings.Repeat("x", 100_000)}}
	if w := send(t, h, big); w.Code != http.StatusBadRequest {
		t.Errorf("a form of 100,000 bytes: %d", w.Code)
	}
}

func TestLanguageOfPages(t *testing.T) {
	c := config(t, samples())
	h := open(t, c)
	for accepted, want := range map[string]string{"de-AT,en;q=0.5": `lang="de" dir="ltr"`, "he": `lang="he" dir="rtl"`, "": `lang="en" dir="ltr"`, "ja": `lang="en" dir="ltr"`} {
		w := with(t, h, "/", "Accept-Language", accepted)
		if !strings.Contains(w.Body.String(), "<html "+want) {
			t.Errorf("Accept-Language %q: no %s", accepted, want)
		}
		if vary := strings.Join(w.Header().Values("Vary"), ","); !strings.Contains(vary, "Accept-Language") || !strings.Contains(vary, "Cookie") {
			t.Errorf("Vary is %q", vary)
		}
	}
	c.Language = "fr"
	if w := with(t, open(t, c), "/", "Accept-Language", "ja"); !strings.Contains(w.Body.String(), `<html lang="fr"`) {
		t.Error("the archive's own language is not used")
	}
}

// Every page is well made in every language.
func TestEveryPageInEveryLanguage(t *testing.T) {
	c := config(t, samples())
	c.Gallery = true
	h := open(t, c)
	for _, code := range []string{"de", "es", "fr", "he"} {
		paths := []string{"/", "/stories", "/authors", "/fandoms", "/series", "/lengths", "/search?q=lamp", "/search?q=xyzzy", "/about", "/rules", "/settings", "/stories/1/the-lamplighters-winter", "/stories/3/x", "/stories/7/dont-look-down-aenigma-2/contents", lampsSource, "/nothing"}
		for _, e := range elements(parsed(t, get(t, h, "/gallery")), "a") {
			if href, _ := attribute(e, "href"); strings.HasPrefix(href, "/gallery/") {
				paths = append(paths, href)
			}
		}
		for _, path := range paths {
			w := with(t, h, path, "Accept-Language", code)
			if to := w.Header().Get("Location"); to != "" {
				w = with(t, h, to, "Accept-Language", code)
			}
			if err := all(inEvery()...)(parsed(t, w)); err != nil {
				t.Errorf("%s in %s: %v", path, code, err)
			}
		}
	}
}

func TestStaticFilesArePacked(t *testing.T) {
	h := open(t, config(t, nil))
	var style string
	for _, link := range links(t, parsed(t, get(t, h, "/"))) {
		if strings.HasPrefix(link, "/static/style-") {
			style = link
		}
	}
	plain := with(t, h, style)
	for accept, want := range map[string]string{"gzip, br": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "identity": "", "br;q=0": ""} {
		w := with(t, h, style, "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding"); got != want || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: packed as %q, want %q", accept, got, want)
		}
		if want != "" && w.Body.Len() >= plain.Body.Len() {
			t.Errorf("%s takes %d bytes of %d", want, w.Body.Len(), plain.Body.Len())
		}
	}
	if w := with(t, h, "/about", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "gzip" {
		t.Error("a page is not packed")
	}
}

func TestSearchPage(t *testing.T) {
	h := open(t, config(t, samples()))
	for path, cs := range map[string][]check{
		"/search":                   {count("article", 0), says("li", "small boat")},
		"/search?q=lamplighters":    {count("article", 1), says("h3", "The Lamplighters’ Winter")},
		"/search?q=boat&in=text":    {count("article", 1), says("mark", "boat")},
		"/search?q=boat&in=titles":  {count("article", 0), says("p", "Nothing here has “boat”.")},
		"/search?q=boat&in=%3Cb%3E": {count("article", 1)},
		"/search?q=%3Cscript%3E1":   {count("article", 0), silent("<script>1")},
		"/search?q=Первый":          {count("article", 1)},
	} {
		passes(t, h, path, append(inEvery(), cs...))
	}
	for path, status := range map[string]int{"/search?q=...": 400, "/search?q=boat&page=2": 404, "/search?q=" + strings.Repeat("a+", 500): 400} {
		if w := get(t, h, path); w.Code != status {
			t.Errorf("%.40s answers %d, want %d", path, w.Code, status)
		}
	}
}

func TestOtherWaysIn(t *testing.T) {
	h := open(t, config(t, samples()))
	for path, cs := range map[string][]check{
		"/series":                {says("a", "Four Winters")},
		"/series/1/four-winters": {says("h1", "Four Winters"), says("p", "part 2"), says("li", "Read first: The Lamplighters’ Autumn")},
		"/lengths":               {says("a", "Drabbles"), says("span", "151 to 7,499 words")},
		"/lengths/drabbles":      {says("h3", "The Lamplighters’ Winter")},
		"/lengths/novels":        {says("p", "There are none here yet.")},
		"/about":                 {says("h2", "What is known of readers")},
		"/rules":                 {says("li", "minors")},
		"/stories/7/dont-look-down-aenigma-2/contents": {says("a", "Floor 60")},
	} {
		passes(t, h, path, append(inEvery(), cs...))
	}
	if w := get(t, h, "/random"); w.Code != http.StatusFound || !strings.HasPrefix(w.Header().Get("Location"), "/stories/") || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("/random answers %d %q", w.Code, w.Header().Get("Location"))
	}
	if w := get(t, open(t, config(t, nil)), "/random"); w.Header().Get("Location") != "/" {
		t.Errorf("/random of an empty archive leads to %q", w.Header().Get("Location"))
	}
}

// Who comes to an address without a page is shown what may have been meant.
func TestNotFoundHelps(t *testing.T) {
	h := open(t, config(t, samples()))
	for _, path := range []string{"/archive/lamplighters_winter.html", "/stories/99/the-lamplighters-winter", "/fic/lamplihgters"} {
		w := get(t, h, path)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
		if err := all(says("h2", "Perhaps you meant"), says("h3", "The Lamplighters’ Winter"))(parsed(t, w)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A withdrawn story leaves a stone that says so, at each of its addresses.
func TestTombstone(t *testing.T) {
	c := config(t, samples())
	st, ok := c.Archive.(*store.Store)
	if !ok {
		t.Fatal("not the real store")
	}
	if err := st.Withdraw(t.Context(), 1, archive.Withdrawal{Reason: "Its author asked for it."}); err != nil {
		t.Fatal(err)
	}
	h := open(t, c)
	for _, path := range []string{"/stories/1", "/stories/1/the-lamplighters-winter", "/stories/1/x/all", "/stories/1/x/chapters/2", "/stories/1/x/print", "/stories/1/x/source/1"} {
		w := get(t, h, path)
		if w.Code != http.StatusGone {
			t.Errorf("%s answers %d", path, w.Code)
		}
		if err := all(append(inEvery(), says("blockquote", "Its author asked for it."), silent("Lamplighters"), silent("Mina"))...)(parsed(t, w)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{"/", "/stories", "/search?q=lamplighters", "/authors", "/series"} {
		if err := silent("lamplighters-winter")(parsed(t, get(t, h, path))); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// An archive's own colour must be one that can be read.
func TestAccent(t *testing.T) {
	c := config(t, nil)
	for accent, ok := range map[string]bool{"#1d4f91": true, "#000000": true, "#ffd700": false, "red": false, "#12": false, "#12345g": false, "": true} {
		c.Accent = accent
		_, err := web.New(c)
		if (err == nil) != ok {
			t.Errorf("%q: %v", accent, err)
		}
		if err != nil && archive.KindOf(err) != archive.Invalid {
			t.Errorf("%q: an error of kind %s", accent, archive.KindOf(err))
		}
	}
}

// Each story can be rebuilt from its page alone.
func TestPagesDescribeTheirStories(t *testing.T) {
	c := config(t, samples())
	h := open(t, c)
	for i := range samples() {
		w := get(t, h, fmt.Sprintf("/stories/%d", i+1))
		w = get(t, h, w.Header().Get("Location"))
		block, ok := describe.Find(w.Body.Bytes())
		if !ok {
			t.Fatalf("story %d has no description", i+1)
		}
		got, err := describe.Read(block)
		if err != nil {
			t.Fatalf("story %d: %v", i+1, err)
		}
		stored, err := c.Archive.Story(t.Context(), int64(i+1))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tamed(stored.Header), got.Story.Header, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("story %d (-stored +described):\n%s", i+1, diff)
		}
		if got.Story.ID != int64(i+1) || got.Archive == "" || len(got.Story.Sources) != len(stored.Sources) {
			t.Errorf("story %d is described as %d of %q with %d sources", i+1, got.Story.ID, got.Archive, len(got.Story.Sources))
		}
	}
}

// tamed is a header without what only the store knows.
func tamed(h archive.Header) archive.Header {
	h.Series.ID = 0
	return h
}

// The menu says which part of the archive a page belongs to, in a value that
// screen readers know.
func TestMenuSaysWhere(t *testing.T) {
	h := open(t, config(t, samples()))
	for path, want := range map[string]string{"/stories": "/stories", "/fandoms/124/harbour-lights": "/fandoms", "/about": ""} {
		got := ""
		for _, e := range elements(parsed(t, get(t, h, path)), "a") {
			if current, ok := attribute(e, "aria-current"); ok {
				got, _ = attribute(e, "href")
				if current != "true" {
					t.Errorf("%s: aria-current is %q", path, current)
				}
			}
		}
		if got != want {
			t.Errorf("%s belongs to %q, want %q", path, got, want)
		}
	}
}

// A page weighs little more than the text on it.
func TestOverhead(t *testing.T) {
	c := config(t, samples())
	h := open(t, c)
	for path, text := range map[string]int{"/stories/1/the-lamplighters-winter": 1, "/stories/1/the-lamplighters-winter/chapters/2": 2} {
		ch, err := c.Archive.Chapter(t.Context(), 1, text)
		if err != nil {
			t.Fatal(err)
		}
		if over := get(t, h, path).Body.Len() - len(ch.Text); over > 12<<10 {
			t.Errorf("%s has %d bytes beside its text, at most %d are allowed", path, over, 12<<10)
		}
	}
}

// TestGoldenStory holds a story with every kind of mark-up, as the page shows it.
func TestGoldenStory(t *testing.T) {
	c := config(t, nil)
	c.Gallery, c.Base = true, "https://pier.example"
	page := get(t, open(t, c), "/gallery/story").Body.String()
	page = regexp.MustCompile(`(/static/[a-z0-9-]+)-[0-9a-f]{12}\.`).ReplaceAllString(page, "$1.")
	page = strings.NewReplacer("><", ">\n<").Replace(page)
	const name = "testdata/story.html"
	if *update {
		if err := os.WriteFile(name, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(page, "\n")); diff != "" {
		t.Errorf("the page has changed; if that is meant, run the test with -update (-want +got):\n%s", diff)
	}
}
