package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"colophon/internal/archive"
)

func TestAnswers(t *testing.T) {
	h := open(t, config(t, samples()))
	const lamps = "/stories/1/the-lamplighters-winter"
	tests := []struct {
		path     string
		status   int
		location string
	}{
		{"/", 200, ""},
		{"/healthz", 200, ""},
		{lamps, 200, ""},
		{"/stories/1", 301, lamps},
		{"/stories/1/the-lamplighters-summer", 301, lamps},
		{"/stories/001/the-lamplighters-winter", 301, lamps},
		{"/stories/1/x/chapters/2", 301, lamps + "/chapters/2"},
		{"/stories/1/x/all", 301, lamps + "/all"},
		{"/stories/1/x/print", 301, lamps + "/print"},
		{"/stories/1/x/source", 301, lamps + "/source"},
		{"/stories/1/x/source/1?from=100", 301, lamps + "/source/1?from=100"},
		{lamps + "/chapters/3", 200, ""},
		{lamps + "/chapters/4", 404, ""},
		{lamps + "/chapters/0", 404, ""},
		{lamps + "/chapters/-1", 404, ""},
		{lamps + "/chapters/99999999999999999999", 404, ""},
		{lamps + "/source/2", 404, ""},
		{lamps + "/source/1?from=99999", 404, ""},
		{lamps + "/source/1?from=-1", 404, ""},
		{lamps + "/source/1?from=x", 404, ""},
		{"/stories/999", 404, ""},
		{"/stories/x", 404, ""},
		{"/stories?page=2", 404, ""},
		{"/stories?page=0", 404, ""},
		{"/stories?page=x", 404, ""},
		{"/authors/999/x", 404, ""},
		{"/authors?name=Corvid", 302, "/authors/2/corvid"},
		{"/authors?name=corvid", 302, "/authors/2/corvid"},
		{"/authors?name=Nobody", 404, ""},
		{"/fandoms?name=Harbour+Lights", 302, "/fandoms/124/harbour-lights"},
		{"/fandoms/124", 301, "/fandoms/124/harbour-lights"},
		{"/fandoms/124/x?page=1", 301, "/fandoms/124/harbour-lights?page=1"},
		{"/static/style.css", 404, ""},
		{"/nothing", 404, ""},
		{"/stories/1/../../etc/passwd", 307, "/etc/passwd"},
	}
	for _, tt := range tests {
		w := get(t, h, tt.path)
		if w.Code != tt.status || w.Header().Get("Location") != tt.location {
			t.Errorf("%s answers %d %q, want %d %q", tt.path, w.Code, w.Header().Get("Location"), tt.status, tt.location)
		}
		if head := ask(t, h, http.MethodHead, tt.path); head.Code != tt.status {
			t.Errorf("HEAD %s answers %d, want %d", tt.path, head.Code, tt.status)
		}
		if tt.status == 404 {
			if err := all(append(inEvery(), says("h1", "No such page"))...)(parsed(t, w)); err != nil {
				t.Errorf("%s: %v", tt.path, err)
			}
		}
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
			if w.Header().Get(name) == "" {
				t.Errorf("%s has no %s", tt.path, name)
			}
		}
		if w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", tt.path)
		}
	}
}

// Titles become addresses that people can read, and that are never empty.
func TestSlugs(t *testing.T) {
	tests := []struct{ title, slug string }{
		{"The Lamplighters’ Winter", "the-lamplighters-winter"},
		{"Don't", "dont"},
		{"  --A  B--  ", "a-b"},
		{"Über Straße & Æther, Łódź", "uber-strasse-aether-lodz"},
		{"Cafe\u0301 q\u0308", "cafe-q"},
		{"Первый снег", "%D0%BF%D0%B5%D1%80%D0%B2%D1%8B%D0%B9-%D1%81%D0%BD%D0%B5%D0%B3"},
		{"雪", "%E9%9B%AA"},
		{"한", "%ED%95%9C"},
		{"Chapter ４", "chapter-4"},
		{"***", "untitled"},
		{"", "untitled"},
		{"../../etc/passwd", "etc-passwd"},
		{"\u202etxt.exe", "txt-exe"},
		{strings.Repeat("a", 100), strings.Repeat("a", 60)},
	}
	var ss []sample
	for i, tt := range tests {
		p := &pageMaker{path: string(rune('a'+i)) + ".html"}
		ss = append(ss, p.write(p.path).sample(&archive.Story{Header: archive.Header{Title: tt.title}, Chapters: []archive.Chapter{{Text: paras("x")}}}))
	}
	h := open(t, config(t, ss))
	for i, tt := range tests {
		id := string(rune('0' + (i+1)%10))
		if i+1 >= 10 {
			id = "1" + id
		}
		want := "/stories/" + id + "/" + tt.slug
		if got := get(t, h, "/stories/"+id).Header().Get("Location"); got != want {
			t.Errorf("%q leads to %s, want %s", tt.title, got, want)
		}
		if w := get(t, h, want); w.Code != http.StatusOK {
			t.Errorf("%s answers %d", want, w.Code)
		}
	}
}

func TestOnlyReading(t *testing.T) {
	h := open(t, config(t, samples()))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "BREW"} {
		w := ask(t, h, method, "/authors")
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s answers %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
}

// A page that has not changed is not sent again; static files are kept for good.
func TestCaching(t *testing.T) {
	h := open(t, config(t, samples()))
	first := get(t, h, "/authors")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/authors", http.NoBody)
	r.Header.Set("If-None-Match", first.Header().Get("ETag"))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("the page again: %d with %d bytes", w.Code, w.Body.Len())
	}
	style := ""
	for _, link := range links(t, parsed(t, first)) {
		if strings.HasPrefix(link, "/static/style-") {
			style = link
		}
	}
	w = get(t, h, style)
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%s answers %d, Cache-Control %q", style, w.Code, w.Header().Get("Cache-Control"))
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(w.Body.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if packed.Len() > 10_000 {
		t.Errorf("the style sheet has %d bytes packed, at most 10,000 are allowed", packed.Len())
	}
}

// The log says what was answered, and nothing of who asked for which story.
func TestLogTellsNothingOfReaders(t *testing.T) {
	var log bytes.Buffer
	c := config(t, samples())
	c.Log = slog.New(slog.NewJSONHandler(&log, nil))
	h := open(t, c)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/stories/1/the-lamplighters-winter?secret=1", http.NoBody)
	r.RemoteAddr = "192.0.2.77:4711"
	r.Header.Set("User-Agent", "Reader/9")
	r.Header.Set("Cookie", "who=me")
	r.Header.Set("X-Forwarded-For", "198.51.100.8")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var line map[string]any
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("%v in %q", err, log.String())
	}
	for key, want := range map[string]any{"method": "GET", "status": 200.0, "route": "GET /stories/{id}/{slug}", "bytes": float64(w.Body.Len())} {
		if line[key] != want {
			t.Errorf("%s is %v, want %v", key, line[key], want)
		}
	}
	if _, ok := line["duration"]; !ok {
		t.Error("no duration")
	}
	for _, private := range []string{"192.0.2", "198.51", "Reader", "who=", "secret", "lamplighters", "stories/1"} {
		if strings.Contains(log.String(), private) {
			t.Errorf("the log has %q: %s", private, log.String())
		}
	}
}

// What is wrong inside goes to the log once, and to nobody else.
func TestFailures(t *testing.T) {
	var log bytes.Buffer
	c := config(t, samples())
	c.Log = slog.New(slog.NewTextHandler(&log, nil))
	c.Archive = failing{c.Archive, 1, errors.New("disk 7 is on fire")}
	w := get(t, open(t, c), "/stories/1/the-lamplighters-winter")
	if w.Code != http.StatusInternalServerError {
		t.Errorf("answers %d", w.Code)
	}
	if err := all(append(inEvery(), silent("disk 7"))...)(parsed(t, w)); err != nil {
		t.Error(err)
	}
	if n := strings.Count(log.String(), "disk 7 is on fire"); n != 1 {
		t.Errorf("the log has it %d times:\n%s", n, log.String())
	}
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control of a failure is %q", got)
	}
}
