package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"colophon/internal/archive"
	"colophon/internal/store"
	"colophon/internal/web"
)

const lampsPage = "/stories/1/the-lamplighters-winter"

// asking is an archive that counts what it is asked, the only way to its SQL.
type asking struct {
	web.Archive
	n atomic.Int64
}

func (a *asking) Overview(ctx context.Context) (archive.Overview, error) {
	a.n.Add(1)
	return a.Archive.Overview(ctx)
}

func (a *asking) Entries(ctx context.Context, ids []int64) ([]archive.Entry, error) {
	a.n.Add(1)
	return a.Archive.Entries(ctx, ids)
}

func (a *asking) Story(ctx context.Context, id int64) (*archive.Story, error) {
	a.n.Add(1)
	return a.Archive.Story(ctx, id)
}

func (a *asking) Chapter(ctx context.Context, id int64, n int) (archive.Chapter, error) {
	a.n.Add(1)
	return a.Archive.Chapter(ctx, id, n)
}

func (a *asking) AuthorNames(ctx context.Context, ids ...int64) ([]archive.Name, error) {
	a.n.Add(1)
	return a.Archive.AuthorNames(ctx, ids...)
}

func (a *asking) SeriesByID(ctx context.Context, id int64) (archive.Series, error) {
	a.n.Add(1)
	return a.Archive.SeriesByID(ctx, id)
}

func (a *asking) Excerpts(ctx context.Context, in archive.SearchIn, words string, list []archive.Entry) error {
	a.n.Add(1)
	return a.Archive.Excerpts(ctx, in, words, list)
}

// room is an archive whose pages are kept.
type room struct {
	http.Handler
	asked *asking
	store *store.Store
	views *viewed
}

// viewed gathers the views that are handed over.
type viewed struct {
	mu  sync.Mutex
	of  map[int64]int64
	err error
}

func (v *viewed) AddViews(_ context.Context, views map[int64]int64) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.err != nil {
		return v.err
	}
	for id, n := range views {
		v.of[id] += n
	}
	return nil
}

// story is how often a story was viewed.
func (v *viewed) story(id int64) int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.of[id]
}

// keeping makes the pages of an archive and runs what they need until the test
// ends, or until stop is called.
func keeping(t testing.TB, c web.Config) (r *room, stop func()) {
	t.Helper()
	st, ok := c.Archive.(*store.Store)
	if !ok {
		t.Fatal("the archive is no store")
	}
	r = &room{asked: &asking{Archive: st}, store: st, views: &viewed{of: map[int64]int64{}}}
	c.Archive, c.Views, c.Memory = r.asked, r.views, 8<<20
	if c.Changes == nil {
		c.Changes = st
	}
	pages, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		pages.Run(ctx)
	}()
	stop = func() {
		cancel()
		<-done
	}
	t.Cleanup(stop)
	r.Handler = pages
	return r, stop
}

// ready waits until pages are kept.
func (r *room) ready(t testing.TB) {
	t.Helper()
	r.until(t, "pages are kept", func() bool { return r.keeps(t, "/about") })
}

// keeps reports whether a page that has just been asked for asks nothing of the
// archive the next time.
func (r *room) keeps(t testing.TB, path string, headers ...string) bool {
	t.Helper()
	with(t, r, path, headers...)
	before := r.asked.n.Load()
	with(t, r, path, headers...)
	return r.asked.n.Load() == before
}

func (r *room) until(t testing.TB, what string, is func() bool) {
	t.Helper()
	for range 500 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("five seconds, and not: %s", what)
}

// Every kind of page is kept at its one address: the second answer is the first
// one to the byte, header fields included, and asks nothing of the archive.
func TestKeptPagesAreTheSame(t *testing.T) {
	c := config(t, samples())
	fresh := open(t, c)
	r, _ := keeping(t, c)
	r.ready(t)
	for _, path := range []string{
		"/", "/authors", "/authors/2/corvid", "/fandoms", "/stories", "/series", "/lengths", "/lengths/novels", "/search", "/about", "/rules",
		lampsPage, lampsPage + "/chapters/1", lampsPage + "/chapters/2", lampsPage + "/contents", lampsPage + "/all", lampsPage + "/print", lampsPage + "/source",
		lampsSource, "/search?q=lamp&in=", "/search?q=lamp&in=titles",
	} {
		want := get(t, fresh, path)
		if want.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, want.Code)
			continue
		}
		get(t, r, path) // what is rare is kept from the second time on
		if !r.keeps(t, path) {
			t.Errorf("%s asks the archive again", path)
		}
		got := get(t, r, path)
		if got.Body.String() != want.Body.String() {
			t.Errorf("%s differs from the page composed afresh", path)
		}
		for name := range want.Header() {
			if name == "Etag" && strings.HasSuffix(path, "/all") || strings.HasSuffix(path, "/print") {
				continue // streamed pages have none
			}
			if g, w := strings.Join(got.Header().Values(name), ", "), strings.Join(want.Header().Values(name), ", "); name != "Vary" && g != w {
				t.Errorf("%s: %s is %q, composed afresh %q", path, name, g, w)
			}
		}
		if v := got.Header().Get("Vary"); v != "Cookie, Accept-Language, Accept-Encoding" {
			t.Errorf("%s varies with %q", path, v)
		}
		if etag := got.Header().Get("Etag"); with(t, r, path, "If-None-Match", etag).Code != http.StatusNotModified {
			t.Errorf("%s with its tag %s is sent again", path, etag)
		}
		head := ask(t, r, http.MethodHead, path)
		if head.Body.Len() > 0 || head.Code != http.StatusOK || head.Header().Get("Content-Length") != got.Header().Get("Content-Length") {
			t.Errorf("HEAD %s: %d, length %s, %d bytes", path, head.Code, head.Header().Get("Content-Length"), head.Body.Len())
		}
	}
}

// What is no page of everybody's at its one address is composed afresh.
func TestNotKept(t *testing.T) {
	r, _ := keeping(t, config(t, samples()))
	r.ready(t)
	for _, path := range []string{
		lampsPage + "?secret=1", lampsPage + "?", "/stories?page=1", "/stories?page=01", "/authors?page=1&page=1", "/search?in=&q=lamp",
		"/stories/1/the-lamplighters-winte%72", "/search?q=lamp&x=1", "/search?q=" + strings.Repeat("a", 600), lampsSource + "?from=10",
		"/stories/999/x", "/stories/1",
	} {
		for range 3 {
			get(t, r, path)
		}
		if r.keeps(t, path) {
			t.Errorf("%s is kept", path)
		}
	}
	for _, header := range [][2]string{{"Cookie", "session=abc"}, {"Cookie", "look=theme=dark; session=x"}, {"Authorization", "Basic eDp5"}} {
		if r.keeps(t, lampsPage, header[0], header[1]) {
			t.Errorf("with %s: %s the page is not composed afresh", header[0], header[1])
		}
	}
	if !r.keeps(t, lampsPage) {
		t.Error("the page itself is not kept")
	}
}

// No part of a request that is not in the key of a page reaches one that others
// are shown. Each attempt is made on a page of its own, and is the first to ask
// for it.
func TestNoPoison(t *testing.T) {
	attempts := poisons()
	var ss []sample
	for range attempts {
		p := &pageMaker{path: "page" + strconv.Itoa(len(ss)) + ".html"}
		ss = append(ss, p.write(p.path).sample(&archive.Story{Header: archive.Header{Title: "Ebb"}, Chapters: []archive.Chapter{{Text: paras("The tide went out.")}}}))
	}
	c := config(t, ss)
	fresh := open(t, c)
	r, _ := keeping(t, c)
	r.ready(t)
	for i, attempt := range attempts {
		path := "/stories/" + strconv.Itoa(i+1) + "/ebb"
		for range 3 {
			q := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
			attempt(q)
			r.ServeHTTP(httptest.NewRecorder(), q)
		}
		for range 2 { // composed now, or what the attempt has left
			w := get(t, r, path)
			if w.Code != http.StatusOK || w.Body.String() != get(t, fresh, path).Body.String() {
				t.Errorf("attempt %d reaches the page of others: %d", i, w.Code)
			}
			for name, values := range w.Header() {
				if strings.Contains(strings.Join(values, " "), poison) {
					t.Errorf("attempt %d reaches the header %s", i, name)
				}
			}
		}
	}
}

const poison = "x-poison-x"

// poisons change a request in ways that have poisoned caches.
func poisons() []func(r *http.Request) {
	query := func(r *http.Request, q string) { r.RequestURI += "?" + q; r.URL.RawQuery = q }
	path := func(r *http.Request, p string) { r.RequestURI, r.URL.Path = p, p }
	ps := []func(r *http.Request){
		func(r *http.Request) { r.Host = poison + ".example" },
		func(r *http.Request) { r.RequestURI = "http://" + poison + ".example" + r.RequestURI },
		func(r *http.Request) { query(r, poison+"=1") },
		func(r *http.Request) { query(r, "page=1&page="+poison) },
		func(r *http.Request) { r.URL.RawQuery = poison }, // rewritten before it came here
		func(r *http.Request) { r.URL.Path += poison },
		func(r *http.Request) { path(r, strings.ToUpper(r.RequestURI)) },
		func(r *http.Request) { path(r, "/"+r.RequestURI) },
		func(r *http.Request) { path(r, r.RequestURI+"/") },
		func(r *http.Request) { path(r, r.RequestURI+"#"+poison) },
		func(r *http.Request) { path(r, r.RequestURI+"/../"+poison) },
		func(r *http.Request) { r.Method = http.MethodPost },
		func(r *http.Request) { r.Method = http.MethodHead },
		func(r *http.Request) { r.RemoteAddr = poison },
		func(r *http.Request) { r.Header["Accept-Language"] = []string{"", poison, "de"} },
		func(r *http.Request) {
			r.Header["Cookie"] = []string{"look=theme=" + poison, "look=theme=dark", "language=he"}
		},
	}
	for _, name := range []string{
		"X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-Url", "X-Rewrite-Url", "X-Host", "Forwarded",
		"User-Agent", "Referer", "Origin", "Cookie", "Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset", "Range", "If-None-Match",
		"If-Match", "If-Range", "If-Modified-Since", "Via", "X-Http-Method-Override", "Content-Type", "Transfer-Encoding", "Cache-Control",
	} {
		for _, value := range []string{poison, "look=theme=" + poison, `look="` + poison + "; language=" + poison, "bytes=0-3", "*", strings.Repeat(poison, 100)} {
			ps = append(ps, func(r *http.Request) { r.Header.Set(name, value) })
		}
	}
	return ps
}

// Readers with other languages and looks get other pages, each of them kept, and
// cookies that say nothing change nothing.
func TestVariantsApart(t *testing.T) {
	r, _ := keeping(t, config(t, samples()))
	r.ready(t)
	kinds := [][]string{
		nil,
		{"Accept-Language", "de-AT,en;q=0.5"},
		{"Cookie", "language=he"},
		{"Cookie", "look=theme=dark"},
		{"Cookie", "look=theme=dark&size=5; language=fr"},
		{"Accept-Language", "es", "Cookie", "look=theme=dark"},
	}
	bodies := map[string]int{}
	for range 3 {
		for i, headers := range kinds {
			body := with(t, r, lampsPage, headers...).Body.String()
			if other, ok := bodies[body]; ok && other != i {
				t.Errorf("%v and %v are answered alike", headers, kinds[other])
			}
			bodies[body] = i
		}
	}
	if len(bodies) != len(kinds) {
		t.Errorf("%d different pages for %d kinds of reader", len(bodies), len(kinds))
	}
	for _, headers := range kinds {
		if !r.keeps(t, lampsPage, headers...) {
			t.Errorf("with %v it is not kept", headers)
		}
	}
	for cookie, like := range map[string]string{
		"look=size=5&theme=dark; other=1; language=fr":                "look=theme=dark&size=5; language=fr",
		"look=theme=dark&size=5&size=6&x=" + poison + "; language=fr": "look=theme=dark&size=5; language=fr",
		"look=theme=auto&size=3":                                      "",
		"look=%zz":                                                    "",
		"language=" + poison:                                          "",
		"look=" + poison:                                              "",
		";;;=;" + poison:                                              "",
	} {
		before := r.asked.n.Load()
		if with(t, r, lampsPage, "Cookie", cookie).Body.String() != with(t, r, lampsPage, "Cookie", like).Body.String() || r.asked.n.Load() != before {
			t.Errorf("the cookie %q is not answered as %q", cookie, like)
		}
	}
}

// The form that a reader wants most is sent, and all forms hold the same page.
func TestForms(t *testing.T) {
	r, _ := keeping(t, config(t, samples()))
	r.ready(t)
	plain := get(t, r, lampsPage).Body.String()
	r.until(t, "brotli is made", func() bool {
		return with(t, r, lampsPage, "Accept-Encoding", "gzip, br").Header().Get("Content-Encoding") == "br"
	})
	for accept, want := range map[string]string{
		"":                             "",
		"identity":                     "",
		"gzip":                         "gzip",
		"GZIP":                         "gzip",
		"x-gzip":                       "gzip",
		"gzip, deflate, br, zstd":      "br",
		"gzip;q=1.0, br;q=0.5":         "gzip",
		"gzip;q=0.5, br;q=1":           "br",
		"br;q=0, gzip":                 "gzip",
		"br;q=0.000, gzip;q=0.0":       "",
		"*":                            "br",
		"*;q=0":                        "",
		"br;q=0, *;q=0.3":              "gzip",
		"gzip;q=0, *":                  "br",
		"identity;q=1, gzip;q=0.2":     "",
		"identity;q=0.2, gzip;q=0.9":   "gzip",
		"gzip;q=2":                     "",
		"gzip;level=9":                 "",
		"gzipped, brotli":              "",
		"br ; q=0.1 , gzip ; q = 0.05": "br",
	} {
		w := with(t, r, lampsPage, "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q gives %q, want %q", accept, got, want)
			continue
		}
		if w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
			t.Errorf("%q: %d bytes and Content-Length %s", accept, w.Body.Len(), w.Header().Get("Content-Length"))
		}
		var in io.Reader = w.Body
		switch want {
		case "br":
			in = brotli.NewReader(in)
		case "gzip":
			z, err := gzip.NewReader(in)
			if err != nil {
				t.Fatal(err)
			}
			in = z
		}
		if body, err := io.ReadAll(in); err != nil || string(body) != plain {
			t.Errorf("%q gives another page: %v", accept, err)
		}
	}
}

// A page that a reader has is not sent again, however the reader names it.
func TestNotModified(t *testing.T) {
	r, _ := keeping(t, config(t, samples()))
	r.ready(t)
	tag := get(t, r, lampsPage).Header().Get("Etag")
	strong := strings.TrimPrefix(tag, "W/")
	for names, want := range map[string]int{
		tag: 304, strong: 304, "*": 304, "\t*": 304, `"a,b" , ` + tag: 304, `W/"x", ` + strong + `, "y"`: 304, "," + tag + ",": 304,
		`"a"`: 200, "": 200, strings.Trim(strong, `"`): 200, strong[:len(strong)-1]: 200, `"x` + strong + `"`: 200, `W/` + tag: 200,
	} {
		w := with(t, r, lampsPage, "If-None-Match", names)
		if w.Code != want || (want == 304) != (w.Body.Len() == 0) || w.Header().Get("Etag") != tag {
			t.Errorf("If-None-Match %s: %d with %d bytes, want %d", names, w.Code, w.Body.Len(), want)
		}
		if w.Header().Get("Cache-Control") != "no-cache" || w.Header().Get("Vary") == "" || want == 304 && w.Header().Get("Content-Encoding") != "" {
			t.Errorf("If-None-Match %s: header %v", names, w.Header())
		}
	}
	w := with(t, r, lampsPage, "Range", "bytes=0-9", "If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT")
	if w.Code != http.StatusOK || w.Body.Len() < 1000 {
		t.Errorf("a range: %d with %d bytes", w.Code, w.Body.Len())
	}
}
