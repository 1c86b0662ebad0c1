package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/web"
)

// failing is an archive that fails when a chapter is read.
type failing struct {
	web.Archive
	chapter int
	err     error
}

func (f failing) Chapter(ctx context.Context, id int64, n int) (archive.Chapter, error) {
	if n == f.chapter {
		return archive.Chapter{}, f.err
	}
	return f.Archive.Chapter(ctx, id, n)
}

// A story that breaks off must not look like one that ends.
func TestBrokenStoryIsCutOff(t *testing.T) {
	c := config(t, samples())
	c.Archive = failing{c.Archive, 3, errors.New("no chapter")}
	srv := httptest.NewServer(open(t, c))
	defer srv.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/stories/7/dont-look-down-aenigma-2/all", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := srv.Client().Do(req)
	if err == nil {
		defer res.Body.Close()
		_, err = io.Copy(io.Discard, res.Body)
	}
	if err == nil {
		t.Error("the answer ended as if it were whole")
	}
}

// watched counts what has been sent before each chapter is read.
type watched struct {
	web.Archive
	sent   *counter
	before map[int]int64
}

func (a watched) Chapter(ctx context.Context, id int64, n int) (archive.Chapter, error) {
	a.before[n] = a.sent.n
	return a.Archive.Chapter(ctx, id, n)
}

type counter struct {
	http.ResponseWriter
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

// A whole story takes the memory of a chapter: each chapter has been sent before
// the next but one is read.
func TestWholeStoryIsStreamed(t *testing.T) {
	const size, chapters = 100_000, 20
	s := &archive.Story{Header: archive.Header{Title: "Long"}}
	for range chapters {
		s.Chapters = append(s.Chapters, archive.Chapter{Text: paras(strings.Repeat("word ", size/5)), Words: size / 5})
	}
	p := &pageMaker{path: "long.html"}
	c := config(t, []sample{p.write("x").sample(s)})
	for _, page := range []string{"all", "print"} {
		sent := &counter{ResponseWriter: httptest.NewRecorder()}
		a := watched{c.Archive, sent, map[int]int64{}}
		open(t, web.Config{Archive: a, Originals: c.Originals}).ServeHTTP(sent,
			httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/stories/1/long/"+page, http.NoBody))
		for n := 3; n <= chapters; n++ {
			if least := int64((n - 2) * size); a.before[n] < least {
				t.Errorf("%s: %d bytes sent before chapter %d was read, want at least %d", page, a.before[n], n, least)
			}
		}
	}
}

func TestWholeStoryAndPrint(t *testing.T) {
	h := open(t, config(t, samples()))
	const lamps = "/stories/1/the-lamplighters-winter"
	checks := map[string][]check{
		lamps:                                 {says("h1", "The Lamplighters’ Winter"), says("h2", "The first lamp"), says("div", "The first lamp went out"), says("em", "still"), says("dd", "Four Winters, part 2"), says("dd", "PG-13 (teen)"), says("summary", "Soundtrack"), says("a", "What Wil knew"), silent("it was not the wind.”")},
		lamps + "/chapters/2":                 {says("h1", "Chapter 2 of 3"), says("h3", "Morning"), says("pre", "LOG  04:00  lamp 1 out\n     04:15")},
		lamps + "/all":                        {says("h2", "The first lamp"), says("h2", "Chapter 2"), says("h2", "What Wil knew"), says("div", "it was not the wind.”")},
		lamps + "/print":                      {says("h2", "What Wil knew"), says("footer", "The Long Pier, /stories/1/the-lamplighters-winter"), silent("Harbour Lights belongs")},
		"/stories/2/untitled":                 {says("i", "Untitled story"), says("span", "Author unknown"), says("title", "Untitled story")},
		"/stories/7/dont-look-down-aenigma-2": {says("dd", "300 words, 60 chapters"), says("a", "All 60 chapters")},
	}
	for path, cs := range checks {
		passes(t, h, path, cs)
	}
}

// Story text says its language and direction, or that they are not known.
func TestLanguageOfText(t *testing.T) {
	h := open(t, config(t, samples()))
	for path, want := range map[string]string{
		"/stories/1/the-lamplighters-winter": `<div class="text" lang="en" dir="ltr">`,
		"/stories/2/untitled":                `<div class="text" lang="" dir="auto">`,
		"/stories/4/" + "%D0%BF%D0%B5%D1%80%D0%B2%D1%8B%D0%B9-%D1%81%D0%BD%D0%B5%D0%B3": `<div class="text" lang="ru" dir="ltr">`,
		"/stories/5/%D7%94%D7%90%D7%95%D7%A8":                                           `<div class="text" lang="he" dir="rtl">`,
	} {
		if body := get(t, h, path).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s lacks %s", path, want)
		}
	}
}

func TestPaging(t *testing.T) {
	var ss []sample
	for i := range 120 {
		p := &pageMaker{path: fmt.Sprintf("%d.html", i)}
		ss = append(ss, p.write(p.path).sample(&archive.Story{
			Added: added(1), Header: archive.Header{
				Title:   fmt.Sprintf("Story %03d", i),
				Bylines: []archive.Byline{{Name: "One Author", Role: archive.Author}}, Fandoms: []string{fmt.Sprintf("%c Fandom %d", 'A'+i%26, i)},
			},
			Chapters: []archive.Chapter{{Text: paras("x"), Words: 1}},
		}))
	}
	h := open(t, config(t, ss))
	entries := func(n int) check { return count("article", n) }
	for path, cs := range map[string][]check{
		"/stories":                     {entries(25), says("li", "Page 1 of 5"), says("a", "Next page")},
		"/stories?page=5":              {entries(20), says("a", "Previous page"), silent("Next page")},
		"/authors/1/one-author?page=2": {entries(25), says("title", "One Author, page 2")},
		"/fandoms":                     {says("li", "Page 1 of 3"), says("h2", "A"), says("a", "Z")},
		"/fandoms?page=3":              {says("h2", "Z")},
	} {
		passes(t, h, path, append(inEvery(), cs...))
	}
	if n := len(crawl(t, h)); n < 120 {
		t.Errorf("%d pages reached", n)
	}
}
