package lab_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/store"
)

const (
	// serveStoriesEnv is of how many stories the archive of BenchmarkServe is made.
	serveStoriesEnv = "COLOPHON_SERVE_STORIES"
	// serveDataEnv names the data folder of an archive to measure in its place. It
	// gets some stories more.
	serveDataEnv = "COLOPHON_SERVE_DATA"
	usualStories = "4000"
	visits       = 200
	arrivals     = 5 // stories that are stored while the archive is served
)

// BenchmarkServe measures a served archive: how long it takes to answer after a
// start without and with a snapshot of the catalogue, its memory after visits to
// pages of all kinds, and how soon a stored story is listed. It is on SQLite always.
func BenchmarkServe(b *testing.B) {
	data := os.Getenv(serveDataEnv)
	if data == "" {
		data = generated(b)
	}
	colophon := builtOf(b, "colophon")
	snapshot := filepath.Join(data, "catalogue.snapshot")
	if err := os.RemoveAll(snapshot); err != nil {
		b.Fatal(err)
	}
	for b.Loop() { // once: what it measures is told by name
	}
	b.ReportMetric(buildFromStore(b, data), "build-cpu-s")
	for _, start := range []string{"built", "snapshot"} {
		s := startServer(b, colophon, data)
		first := visit(b, s.base+"/")
		b.ReportMetric(time.Since(s.begun).Seconds(), start+"-first-answer-s")
		b.ReportMetric(s.used().Seconds(), start+"-first-answer-cpu-s")
		b.ReportMetric(resident(b, s.pid()), start+"-first-MB")
		b.ReportMetric(float64(visitMany(b, s.base, first)), "filter-pages")
		b.ReportMetric(resident(b, s.pid()), start+"-MB")
		if start == "snapshot" {
			b.ReportMetric(arrival(b, s.base, data).Seconds()*1000, "listed-after-ms")
		}
		s.stop()
		if _, err := os.Stat(snapshot); err != nil {
			b.Fatal(err)
		}
	}
}

// generated makes an archive of invented stories without text.
func generated(b *testing.B) (data string) {
	b.Helper()
	stories := os.Getenv(serveStoriesEnv)
	if stories == "" {
		stories = usualStories
	}
	data = filepath.Join(b.TempDir(), "data")
	if out, err := exec.Command(builtOf(b, "genarchive"), "-n", stories, "--data", data, "--text", "none").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return data
}

// buildFromStore is the processor time, in seconds, in which the catalogue is made
// from the store in this process.
func buildFromStore(b *testing.B, data string) float64 {
	b.Helper()
	s := openStore(b, data)
	defer s.Close()
	start := used()
	c := catalogue.New(s, s.TagKey)
	if err := catalogue.NewFollower(c, s).Build(b.Context()); err != nil {
		b.Fatal(err)
	}
	took := used() - start
	b.Logf("%d stories that everybody sees", c.Stories(catalogue.Everybody))
	return took.Seconds()
}

func openStore(b *testing.B, data string) *store.Store {
	b.Helper()
	key, err := store.LoadOrMakeKey(filepath.Join(data, "keys", "seal.key"))
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(b.Context(), filepath.Join(data, "colophon.db"), store.Options{SealKey: key})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// visit reads a page.
func visit(b *testing.B, url string) string {
	b.Helper()
	res, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		b.Fatalf("%s answers %s", url, res.Status)
	}
	return string(body)
}

// visitMany follows links from a page at random, every other time one to a
// filtered listing, and returns how many of these there were.
func visitMany(b *testing.B, base, page string) (filters int) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	known := map[string]bool{"/": true}
	var links [2][]string // to filtered listings, to other pages
	add := func(page string) {
		for _, m := range regexp.MustCompile(`href="(/[^"#]*)`).FindAllStringSubmatch(page, -1) {
			to := html.UnescapeString(m[1])
			if known[to] || strings.HasPrefix(to, "/static/") || strings.HasPrefix(to, "/random") {
				continue
			}
			known[to] = true
			kind := 1
			if strings.HasPrefix(to, "/stories?") {
				kind = 0
			}
			links[kind] = append(links[kind], to)
		}
	}
	add(page)
	add(visit(b, base+"/stories"))
	for i := range visits {
		kind := i % 2
		if len(links[kind]) == 0 {
			kind = 1 - kind
		}
		if len(links[kind]) == 0 {
			b.Fatalf("no more links after %d pages", i)
		}
		at := rng.IntN(len(links[kind]))
		to := links[kind][at]
		links[kind][at] = links[kind][len(links[kind])-1]
		links[kind] = links[kind][:len(links[kind])-1]
		add(visit(b, base+to))
		if kind == 0 {
			filters++
		}
	}
	return filters
}

// arrival stores stories one after the other, as another command on the archive
// would, and returns the longest time until the listing has one.
func arrival(b *testing.B, base, data string) (longest time.Duration) {
	b.Helper()
	s := openStore(b, data)
	defer s.Close()
	for i := range arrivals {
		title := fmt.Sprintf("Arrival %d at %d", i, time.Now().UnixNano())
		_, err := s.Save(b.Context(), []*archive.Story{{
			Header:   archive.Header{Title: title, Language: "en", Fandoms: []string{"Harbour Lights"}},
			Chapters: []archive.Chapter{{Text: "<p>It came by the evening boat, as " + title + ".</p>", Words: 11}},
			Sources:  []archive.Source{{Origin: "lab", Path: title + ".txt", Kind: archive.Text, Digest: sha256.Sum256([]byte(title))}},
		}})
		if err != nil {
			b.Fatal(err)
		}
		for stored := time.Now(); !strings.Contains(visit(b, base+"/stories"), title); time.Sleep(5 * time.Millisecond) {
			if time.Since(stored) > 10*time.Second {
				b.Fatalf("%q is not listed", title)
			}
			longest = max(longest, time.Since(stored))
		}
	}
	return longest
}

// server is a running program that serves an archive.
type server struct {
	tb    testing.TB
	cmd   *exec.Cmd
	begun time.Time
	base  string // its address
	ended bool
}

// startServer starts the program on an archive; it is stopped at the end of the
// test, if not before.
func startServer(tb testing.TB, program, data string) *server {
	tb.Helper()
	s := &server{tb: tb, cmd: exec.CommandContext(context.WithoutCancel(tb.Context()), program, "serve", "--data", data, "--listen", "127.0.0.1:0")}
	out, err := s.cmd.StderrPipe()
	if err != nil {
		tb.Fatal(err)
	}
	s.begun = time.Now()
	if err := s.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.stop)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, at, found := strings.Cut(lines.Text(), "ready at "); found {
			go func() { _, _ = io.Copy(io.Discard, out) }() // its log is not looked at
			s.base = strings.TrimSuffix(at, "/")
			return s
		}
	}
	tb.Fatal("the server did not say that it is ready")
	return nil
}

func (s *server) pid() int { return s.cmd.Process.Pid }

// used is the processor time that the program has used, as Linux tells it.
func (s *server) used() time.Duration {
	s.tb.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.pid()))
	if err != nil {
		s.tb.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the name may have spaces
	var ticks time.Duration
	for _, field := range strings.Fields(rest)[11:13] {
		n, err := strconv.Atoi(field)
		if err != nil {
			s.tb.Fatal(err)
		}
		ticks += time.Duration(n)
	}
	return ticks * time.Second / 100 // on every kind of machine
}

// stop ends the program as an operator would, and waits for its end.
func (s *server) stop() {
	s.tb.Helper()
	if s.ended {
		return
	}
	s.ended = true
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.tb.Error(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.tb.Error(err)
	}
}
