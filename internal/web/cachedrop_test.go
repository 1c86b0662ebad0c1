package web_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"colophon/internal/archive"
	"colophon/internal/web"
)

// What is stored is shown, whichever way it was changed: every page that was
// kept before is, soon after, the page that would be composed afresh.
func TestChangesAreShown(t *testing.T) {
	ss := samples()
	c := config(t, ss)
	fresh := open(t, c)
	r, _ := keeping(t, c)
	r.ready(t)
	st := r.store
	paths := []string{
		"/", "/authors", "/authors/2/corvid", "/stories", "/series", "/lengths", "/authors", "/search?q=lamps", lampsPage, lampsPage + "/chapters/1",
		lampsPage + "/chapters/2", lampsPage + "/contents", lampsPage + "/all", lampsPage + "/print", lampsPage + "/source", lampsSource, "/stories/2",
	}
	same := func(path string) bool {
		got, want := get(t, r, path), get(t, fresh, path)
		return got.Code == want.Code && got.Body.String() == want.Body.String()
	}
	ctx := t.Context()
	again := *ss[0].story
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"another text", func() error {
			again.Chapters = append([]archive.Chapter(nil), again.Chapters...)
			again.Chapters[1].Text = paras("The lamps were dark.")
			return second(st.Save(ctx, []*archive.Story{&again}))
		}},
		{"withdrawn", func() error { return st.Withdraw(ctx, 1, archive.Withdrawal{Reason: "Its author asked for it."}) }},
		{"restored", func() error { return st.Restore(ctx, 1) }},
		{"held", func() error { return st.SetVisibility(ctx, 1, archive.Held) }},
		{"shown", func() error { return st.SetVisibility(ctx, 1, archive.Public) }},
		{"tags", func() error {
			return st.PlaceTags(ctx, []archive.TagPlace{{Kind: archive.TagFandom, Name: "Lights", State: archive.TagCanonical}, {Kind: archive.TagFandom, Name: "Harbour Lights", State: archive.TagSynonym, Of: "Lights"}})
		}},
		{"another title", func() error {
			again.Header.Title = "The Lamplighters’ Summer"
			return second(st.Save(ctx, []*archive.Story{&again}))
		}},
	} {
		for range 2 {
			for _, path := range paths {
				get(t, r, path)
			}
		}
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		for _, path := range paths {
			r.until(t, step.name+": "+path+" shows it", func() bool { return same(path) })
		}
	}
}

func second[A any](_ A, err error) error { return err }

// A change to one story leaves the pages of others.
func TestOnlyWhatChangesIsDropped(t *testing.T) {
	ss := samples()
	r, _ := keeping(t, config(t, ss))
	r.ready(t)
	other := get(t, r, "/stories/4").Header().Get("Location")
	if !r.keeps(t, other) || !r.keeps(t, lampsPage) {
		t.Fatal("pages are not kept")
	}
	again := *ss[0].story
	again.Header.Summary = "Another summary."
	if _, err := r.store.Save(t.Context(), []*archive.Story{&again}); err != nil {
		t.Fatal(err)
	}
	r.until(t, "the story is shown anew", func() bool { return strings.Contains(get(t, r, lampsPage).Body.String(), "Another summary.") })
	before := r.asked.n.Load()
	get(t, r, other)
	if r.asked.n.Load() != before {
		t.Error("the page of another story was dropped")
	}
}

// halting is an archive that stops after it has read a chapter.
type halting struct {
	web.Archive
	halt atomic.Bool
	read chan struct{} // gets a value when a chapter was read
	on   chan struct{} // lets it go on
}

func (h *halting) Chapter(ctx context.Context, id int64, n int) (archive.Chapter, error) {
	c, err := h.Archive.Chapter(ctx, id, n)
	if h.halt.CompareAndSwap(true, false) {
		h.read <- struct{}{}
		<-h.on
	}
	return c, err
}

// A page that was read before a change and is ready after it does not stay.
func TestComposedDuringChange(t *testing.T) {
	ss := samples()
	c := config(t, ss)
	r, _ := keeping(t, c)
	h := &halting{Archive: r.asked.Archive, read: make(chan struct{}), on: make(chan struct{})}
	r.asked.Archive = h
	r.ready(t)

	h.halt.Store(true)
	var wg sync.WaitGroup
	var early string
	wg.Go(func() { early = get(t, r, lampsPage).Body.String() })
	<-h.read
	if !r.keeps(t, "/authors") {
		t.Fatal("no page is kept")
	}
	again := *ss[0].story
	again.Chapters = []archive.Chapter{{Text: paras("There never was a lamp.")}}
	if _, err := r.store.Save(t.Context(), []*archive.Story{&again}); err != nil {
		t.Fatal(err)
	}
	before := r.asked.n.Load()
	r.until(t, "the change is known", func() bool { get(t, r, "/authors"); return r.asked.n.Load() > before })
	h.on <- struct{}{}
	wg.Wait()
	if !strings.Contains(early, "The first lamp went out") {
		t.Fatal("the early page was not read before the change")
	}
	for range 2 {
		if body := get(t, r, lampsPage).Body.String(); !strings.Contains(body, "There never was a lamp.") {
			t.Error("the page from before the change was kept")
		}
	}
}

// Readers and a writer at once: what is shown in the end is what was written
// last. The race detector looks at the rest.
func TestReadersAndWriter(t *testing.T) {
	ss := samples()
	r, _ := keeping(t, config(t, ss))
	r.ready(t)
	var wg sync.WaitGroup
	done := make(chan struct{})
	for _, headers := range [][]string{nil, {"Accept-Encoding", "gzip"}, {"Accept-Encoding", "br, gzip"}, {"Cookie", "look=theme=dark"}} {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if w := with(t, r, lampsPage, headers...); w.Code != http.StatusOK {
						t.Errorf("answers %d", w.Code)
					}
				}
			}
		})
	}
	const last = 20
	for n := 1; n <= last; n++ {
		again := *ss[0].story
		again.Chapters = []archive.Chapter{{Text: paras("Draft " + strconv.Itoa(n) + ".")}}
		if _, err := r.store.Save(t.Context(), []*archive.Story{&again}); err != nil {
			t.Error(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	close(done)
	wg.Wait()
	r.until(t, "the last draft is shown", func() bool {
		return strings.Contains(get(t, r, lampsPage).Body.String(), "Draft 20.") &&
			strings.Contains(with(t, r, lampsPage, "Cookie", "look=theme=dark").Body.String(), "Draft 20.")
	})
	if !r.keeps(t, lampsPage) {
		t.Error("in the end it is not kept")
	}
}

// deaf tells no changes for a while.
type deaf struct {
	from   web.Changes
	broken atomic.Bool
}

func (d *deaf) Changes(ctx context.Context, since int64, limit int) ([]archive.Change, int64, error) {
	if d.broken.Load() {
		return nil, 0, errors.New("the disk is away")
	}
	return d.from.Changes(ctx, since, limit)
}

// While changes cannot be followed, every page is composed afresh; that is told
// once, and passes.
func TestChangesNotToBeHad(t *testing.T) {
	c := config(t, samples())
	var log safeBuffer
	c.Log = slog.New(slog.NewTextHandler(&log, nil))
	st, ok := c.Archive.(web.Changes)
	if !ok {
		t.Fatal("the store tells no changes")
	}
	d := &deaf{from: st}
	d.broken.Store(true)
	c.Changes = d
	r, stop := keeping(t, c)
	time.Sleep(600 * time.Millisecond)
	if r.keeps(t, "/authors") {
		t.Error("a page is kept before changes can be followed")
	}
	d.broken.Store(false)
	r.ready(t)
	d.broken.Store(true)
	r.until(t, "pages are composed afresh", func() bool { return !r.keeps(t, "/authors") })
	stop()
	if n := strings.Count(log.String(), "the disk is away"); n != 2 {
		t.Errorf("the log tells it %d times, want 2:\n%s", n, log.String())
	}
	if r.keeps(t, "/authors") {
		t.Error("a page is kept when nothing runs any more")
	}
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// A story is viewed when a reader gets its page or its first chapter, from memory
// or not.
func TestViews(t *testing.T) {
	const reader = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
	c := config(t, samples())
	r, stop := keeping(t, c)
	tag := get(t, r, lampsPage).Header().Get("Etag") // by nobody who says a name
	r.ready(t)
	for range 3 {
		with(t, r, lampsPage, "User-Agent", reader)
	}
	with(t, r, lampsPage+"/chapters/1", "User-Agent", reader)
	with(t, r, lampsPage, "User-Agent", "Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) Mobile Safari/537.36")
	for _, path := range []string{lampsPage + "/chapters/2", lampsPage + "/source", lampsPage + "/contents", "/stories", "/stories/999/x", "/stories/1"} {
		with(t, r, path, "User-Agent", reader)
	}
	with(t, r, lampsPage, "User-Agent", reader, "If-None-Match", tag)
	with(t, r, lampsPage, "User-Agent", reader, "Sec-Purpose", "prefetch;prerender")
	for _, robot := range []string{"Mozilla/5.0 (compatible; Examplebot/2.1)", "curl/8.1", "Go-http-client/1.1", "ExampleSpider", "", strings.Repeat("x", 2000)} {
		with(t, r, lampsPage, "User-Agent", robot)
	}
	ask(t, r, http.MethodHead, lampsPage)
	stop()
	if n := r.views.of[1]; n != 5 || len(r.views.of) != 1 {
		t.Errorf("the views are %v, want 5 of story 1", r.views.of)
	}
}

// Views are handed over each minute; what cannot be is handed over later.
func TestViewsAreHandedOver(t *testing.T) {
	c := config(t, samples())
	synctest.Test(t, func(t *testing.T) {
		v := &viewed{of: map[int64]int64{}, err: errors.New("busy")}
		c.Views = v
		pages, err := web.New(c)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { pages.Run(ctx) })
		with(t, pages, lampsPage, "User-Agent", "Reader/1")
		time.Sleep(61 * time.Second)
		v.mu.Lock()
		v.err = nil
		v.mu.Unlock()
		with(t, pages, lampsPage, "User-Agent", "Reader/1")
		time.Sleep(60 * time.Second)
		if n := v.story(1); n != 2 {
			t.Errorf("handed over: %d views, want 2", n)
		}
		with(t, pages, lampsPage, "User-Agent", "Reader/1")
		cancel()
		wg.Wait()
		if n := v.story(1); n != 3 {
			t.Errorf("in the end: %d views, want 3", n)
		}
	})
}

// Without memory for pages nothing is kept, and Run ends.
func TestNothingKept(t *testing.T) {
	c := config(t, samples())
	a := &asking{Archive: c.Archive}
	c.Archive = a
	pages, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	pages.Run(t.Context())
	get(t, pages, "/authors")
	before := a.n.Load()
	if get(t, pages, "/authors"); a.n.Load() == before {
		t.Error("a page is kept")
	}
}
