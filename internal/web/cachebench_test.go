package web_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/web"
)

// bare answers with what another handler answered once: the same header fields
// and bytes, and nothing to decide. It is the yardstick of pages that are kept.
func bare(t testing.TB, h http.Handler, path string, headers ...string) http.Handler {
	t.Helper()
	w := with(t, h, path, headers...)
	if w.Code != http.StatusOK {
		t.Fatalf("%s answers %d", path, w.Code)
	}
	body, header := w.Body.Bytes(), w.Header()
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		maps.Copy(h, header)
		_, _ = w.Write(body)
	})
}

// longStory is an archive of one story whose page has about 45 KB.
func longStory(t testing.TB) web.Config {
	t.Helper()
	var text strings.Builder
	for n := 0; text.Len() < 40_000; n++ {
		fmt.Fprintf(&text, "<p>On day %d of the %s watch the %s came in %d minutes late, and %s wrote it down.</p>\n", n,
			pick(n, "morning", "forenoon", "dog", "first"), pick(n*7/3, "tide", "packet boat", "fog", "herring fleet", "news"), n*37%61, pick(n*5/2, "Wil", "Jonas", "the keeper", "nobody"))
	}
	p := &pageMaker{path: "log.html"}
	return config(t, []sample{p.write(p.path).sample(&archive.Story{
		Header:   archive.Header{Title: "The Log of the East Mole", Language: "en", Summary: "Every day of a winter.", Bylines: []archive.Byline{{Name: "Corvid", Role: archive.Author}}},
		Chapters: []archive.Chapter{{Text: text.String()}},
	})})
}

func pick(n int, of ...string) string { return of[n%len(of)] }

const logPage = "/stories/1/the-log-of-the-east-mole"

// BenchmarkKeptPage compares a page that is kept with a bare handler, each through
// a server of its own on loopback. The two take turns of some requests, so that
// what else the machine does weighs on both alike. "of-bare" is the requests that
// the kept page answers in the time of one of the bare handler.
func BenchmarkKeptPage(b *testing.B) {
	c := longStory(b)
	c.Log = slog.New(slog.NewJSONHandler(&nowhere{}, nil))
	r, _ := keeping(b, c)
	for _, accept := range []string{"identity", "gzip", "gzip, deflate, br, zstd"} {
		b.Run(strings.ReplaceAll(accept, " ", ""), func(b *testing.B) {
			r.warm(b, accept)
			rivals := [2]*rival{
				newRival(b, r, accept),
				newRival(b, bare(b, r, logPage, "Accept-Encoding", accept, "User-Agent", browser), accept),
			}
			for b.Loop() {
				for _, v := range rivals {
					v.turn(b)
				}
			}
			kept, bare := rivals[0].rate(), rivals[1].rate()
			b.ReportMetric(kept, "kept/s")
			b.ReportMetric(bare, "bare/s")
			b.ReportMetric(kept/bare, "of-bare")
		})
	}
}

// BenchmarkKeptHit is the handler alone, for what it costs and allocates.
func BenchmarkKeptHit(b *testing.B) {
	c := longStory(b)
	c.Log = slog.New(slog.NewJSONHandler(&nowhere{}, nil))
	r, _ := keeping(b, c)
	r.warm(b, "gzip")
	for name, h := range map[string]http.Handler{"kept": r, "bare": bare(b, r, logPage, "Accept-Encoding", "gzip")} {
		b.Run(name, func(b *testing.B) {
			q := httptest.NewRequestWithContext(b.Context(), http.MethodGet, logPage, http.NoBody)
			q.Header = http.Header{"Accept-Encoding": {"gzip"}, "Accept-Language": {"en-GB,en;q=0.5"}, "User-Agent": {browser}}
			w := &nowhere{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(w, q)
			}
		})
	}
}

// nowhere takes an answer and keeps nothing of it.
type nowhere struct{ header http.Header }

func (n *nowhere) Header() http.Header         { return n.header }
func (n *nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (n *nowhere) WriteHeader(int)             {}

const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// warm waits until the page is kept in all its forms.
func (r *room) warm(b *testing.B, accept string) {
	b.Helper()
	r.ready(b)
	r.until(b, "the page is packed", func() bool {
		coding := with(b, r, logPage, "Accept-Encoding", accept).Header().Get("Content-Encoding")
		return coding == "br" || coding == accept || accept == "identity"
	})
	if !r.keeps(b, logPage) {
		b.Fatal("the page is not kept")
	}
}

// turnLength is how many requests a rival answers in a turn.
const turnLength = 50

// rival is a server with a connection to it.
type rival struct {
	conn net.Conn
	in   *bufio.Reader
	ask  string
	took time.Duration
	n    int
}

func newRival(b *testing.B, h http.Handler, accept string) *rival {
	b.Helper()
	srv := httptest.NewServer(h)
	b.Cleanup(srv.Close)
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(b.Context(), "tcp", srv.Listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() }) // nothing is written that could be lost
	return &rival{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), ask: "GET " + logPage + " HTTP/1.1\r\nHost: archive.example\r\nUser-Agent: " + browser +
		"\r\nAccept: text/html,application/xhtml+xml\r\nAccept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: " + accept + "\r\nConnection: keep-alive\r\n\r\n"}
}

// turn is some requests, one after another.
func (v *rival) turn(b *testing.B) {
	b.Helper()
	start := time.Now()
	for range turnLength {
		if err := exchange(v.conn, v.in, v.ask); err != nil {
			b.Fatal(err)
		}
	}
	v.took += time.Since(start)
	v.n += turnLength
}

// rate is the requests answered in a second.
func (v *rival) rate() float64 { return float64(v.n) / v.took.Seconds() }

// exchange sends a request and reads its answer to the end, with little work of
// its own, since it shares the processor with the server.
func exchange(conn net.Conn, in *bufio.Reader, ask string) error {
	if _, err := io.WriteString(conn, ask); err != nil {
		return err
	}
	status, err := in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !strings.HasPrefix(string(status), "HTTP/1.1 200") {
		return fmt.Errorf("answered %q", status)
	}
	length := -1
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if _, err := fmt.Sscan(value, &length); err != nil {
				return err
			}
		}
	}
	if length < 1000 {
		return fmt.Errorf("the page has %d bytes", length)
	}
	_, err = in.Discard(length)
	return err
}
