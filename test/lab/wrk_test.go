package lab_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/store"
)

const (
	wrkEnv      = "COLOPHON_WRK" // "1" lets wrk measure; it takes a minute and the whole machine
	wrkRounds   = 3
	wrkSeconds  = 4
	wrkAtOnce   = 32 // connections
	serverCore  = "0"
	clientCore  = "1"
	storyOfPage = 40_000 // bytes of text on the page that is asked for
	leastOfBare = 0.8    // of the requests of a bare handler that a kept page must answer
)

// TestKeptPageBesideServers measures how many requests for one story page are
// answered in a second by the program, by a handler that only writes the same
// bytes, and by nginx from files, each on one processor and wrk on another.
func TestKeptPageBesideServers(t *testing.T) {
	if os.Getenv(wrkEnv) != "1" {
		t.Skip("run by make wrk")
	}
	for _, name := range []string{"wrk", "nginx", "taskset"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip("there is no " + name)
		}
	}
	data := t.TempDir()
	writeStoryOfPage(t, data)
	base := startedOn(t, data, program(t), "serve", "--data", data, "--listen", "127.0.0.1:0") + "/stories/1/the-log"
	files := t.TempDir()
	for _, coding := range []string{"", "gzip"} {
		savePage(t, files, base, coding)
	}
	asked, err := json.Marshal(work{Serve: files})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(workEnv, string(asked))
	bare := startedOn(t, data, os.Args[0]) + "/page"
	nginx := startNginx(t, files) + "/page"

	rates := map[string][]float64{}
	for range wrkRounds {
		for _, coding := range []string{"identity", "gzip"} {
			for name, url := range map[string]string{"kept": base, "bare": bare, "nginx": nginx} {
				rates[name+" "+coding] = append(rates[name+" "+coding], requestsPerSecond(t, url, coding))
			}
		}
	}
	median := func(name string) float64 { return slices.Sorted(slices.Values(rates[name]))[wrkRounds/2] }
	for _, coding := range []string{"identity", "gzip"} {
		kept, bare, nginx := median("kept "+coding), median("bare "+coding), median("nginx "+coding)
		t.Logf("%-8s kept %6.0f/s, bare handler %6.0f/s (ratio %.2f), nginx %6.0f/s (ratio %.2f)", coding, kept, bare, kept/bare, nginx, kept/nginx)
		if kept < leastOfBare*bare {
			t.Errorf("%s: a kept page answers %.2f of a bare handler, want at least %.2f; rounds: %v", coding, kept/bare, leastOfBare, rates)
		}
	}
}

// writeStoryOfPage makes an archive with one story of one page.
func writeStoryOfPage(t *testing.T, data string) {
	t.Helper()
	key, err := store.LoadOrMakeKey(filepath.Join(data, "keys", "seal.key"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), filepath.Join(data, "colophon.db"), store.Options{SealKey: key})
	if err != nil {
		t.Fatal(err)
	}
	g := makePage(0, storyOfPage, 7)
	words := strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>&", r) {
			return ' '
		}
		return r
	}, string(g.data)))
	var text strings.Builder
	for p := range slices.Chunk(words, 60) {
		if text.Len() < storyOfPage {
			fmt.Fprintf(&text, "<p>%s</p>\n", strings.Join(p, " "))
		}
	}
	_, err = s.Save(t.Context(), []*archive.Story{{
		Header:   archive.Header{Title: "The Log", Language: "en"},
		Chapters: []archive.Chapter{{Text: text.String(), Words: len(words)}},
		Sources:  []archive.Source{{Origin: "lab", Path: "log.txt", Kind: archive.Text, Digest: archive.Digest{1}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// startedOn starts a program on the processor of servers and returns the address
// that it says it is ready at. Its log goes to a file, as in service.
func startedOn(t *testing.T, dir, name string, args ...string) (base string) {
	t.Helper()
	logName := filepath.Join(dir, filepath.Base(name)+".log")
	log, err := os.Create(logName)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command("taskset", append([]string{"-c", serverCore, name}, args...)...)
	cmd.Stderr = log
	stoppedAtEnd(t, cmd)
	ready := regexp.MustCompile(`ready at (http://[0-9.:]+)`)
	for range 500 {
		b, err := os.ReadFile(logName)
		if err != nil {
			t.Fatal(err)
		}
		if m := ready.FindSubmatch(b); m != nil {
			return string(m[1])
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s did not say that it is ready", name)
	return ""
}

// stoppedAtEnd starts a process and stops it, by its id, when the test ends.
func stoppedAtEnd(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // how it ends when it is stopped does not matter
	})
}

// savePage fetches the page in a content coding, "" for none, after it is kept,
// and writes it where the other servers read it.
func savePage(t *testing.T, dir, url, coding string) {
	t.Helper()
	var body []byte
	for range 2 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", "identity")
		name := "page"
		if coding != "" {
			req.Header.Set("Accept-Encoding", coding)
			name += ".gz"
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err = io.ReadAll(res.Body)
		if cerr := res.Body.Close(); err != nil || cerr != nil {
			t.Fatal(err, cerr)
		}
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != coding {
			t.Fatalf("%s answers %s in %q", url, res.Status, res.Header.Get("Content-Encoding"))
		}
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil {
			t.Fatal(err)
		}
		header, err := json.Marshal(res.Header)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".header"), header, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("the page has %d bytes in %q", len(body), coding)
}

// startNginx serves a folder of files, packed ones where there are some.
func startNginx(t *testing.T, dir string) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	settings := `daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
events { worker_connections 256; }
http {
	access_log access.log; sendfile on; tcp_nopush on; keepalive_requests 1000000;
	client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
	open_file_cache max=100; default_type "text/html; charset=utf-8";
	server { listen ` + at + `; root "` + dir + `"; gzip_static on; }
}`
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		settings = "user root;\n" + settings // the folder is its user's own
	}
	if err := os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("taskset", "-c", serverCore, "nginx", "-p", dir, "-c", "nginx.conf", "-e", "error.log")
	stoppedAtEnd(t, cmd)
	for range 250 {
		if c, err := net.Dial("tcp", at); err == nil {
			_ = c.Close() // it only shows that somebody listens
			return "http://" + at
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("nginx does not listen")
	return ""
}

// requestsPerSecond lets wrk ask for a page for some seconds.
func requestsPerSecond(t *testing.T, url, coding string) float64 {
	t.Helper()
	out, err := exec.Command("taskset", "-c", clientCore, "wrk", "-t1", "-c"+strconv.Itoa(wrkAtOnce), "-d"+strconv.Itoa(wrkSeconds)+"s",
		"-H", "Accept-Encoding: "+coding, "-H", "Accept-Language: en-GB,en;q=0.5",
		"-H", "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", url).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	m := regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`).FindSubmatch(out)
	if m == nil || strings.Contains(string(out), "Non-2xx") || strings.Contains(string(out), "Socket errors") {
		t.Fatalf("wrk says: %s", out)
	}
	rate, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return rate
}

// serveBare answers every request with the page saved in the folder Serve, until
// the process is stopped. It is the yardstick: nothing is decided but the form.
func (w work) serveBare(ctx context.Context) error {
	type page struct {
		body   []byte
		header http.Header
	}
	var plain, packed page
	for name, p := range map[string]*page{"page": &plain, "page.gz": &packed} {
		var err error
		if p.body, err = os.ReadFile(filepath.Join(w.Serve, name)); err != nil {
			return err
		}
		header, err := os.ReadFile(filepath.Join(w.Serve, name+".header"))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(header, &p.header); err != nil {
			return err
		}
		delete(p.header, "Date") // the server's own
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stderr)
	fmt.Fprintf(out, "ready at http://%s\n", l.Addr())
	if err := out.Flush(); err != nil {
		return err
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := &plain
		if r.Header.Get("Accept-Encoding") == "gzip" {
			p = &packed
		}
		h := w.Header()
		maps.Copy(h, p.header)
		_, _ = w.Write(p.body)
	})}
	return server.Serve(l)
}
