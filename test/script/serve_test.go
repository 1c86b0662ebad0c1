package script_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/net/html"

	"colophon/internal/store"
)

// patience is how long a server may take to be ready, to answer or to stop.
const patience = 20 * time.Second

// server is the server of a script.
type server struct {
	cmd  *exec.Cmd
	base string // http://HOST:PORT
	rest chan string
	done chan error
}

// serverKey finds it among the values of a script.
type serverKey struct{}

// serve starts a server in the background, on a free port, and goes on when it
// says that it is ready: serve [ARG...].
func serve(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, true, "serve [ARG...]")
	s, err := startServer(ts, args)
	ts.Check(err)
	current(ts).server = s
	ts.Defer(func() { _ = s.cmd.Process.Kill() }) // after stop it is gone already
}

// state is what the commands of one script keep between lines.
type state struct{ server *server }

func startServer(ts *testscript.TestScript, args []string) (*server, error) {
	cmd := exec.Command(filepath.Join(binaries, "colophon"), append([]string{"serve"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "COLOPHON_LISTEN="+ts.Getenv("COLOPHON_LISTEN"), "COLOPHON_DATA="+ts.Getenv("COLOPHON_DATA"))
	if ts.Getenv("COLOPHON_LISTEN") == "" {
		cmd.Env = append(os.Environ(), "COLOPHON_LISTEN=127.0.0.1:0")
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, rest: make(chan string, 1), done: make(chan error, 1)}
	ready := make(chan string, 1)
	go s.watch(errs, ready)
	select {
	case s.base = <-ready:
	case err := <-s.done:
		return nil, fmt.Errorf("the server ended before it was ready: %w\n%s", err, <-s.rest)
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		return nil, fmt.Errorf("the server is not ready after %v", patience)
	}
	return s, nil
}

// watch reads what the server says until it ends.
func (s *server) watch(errs io.Reader, ready chan<- string) {
	var all strings.Builder
	for lines := bufio.NewScanner(errs); lines.Scan(); {
		fmt.Fprintln(&all, lines.Text())
		if _, at, ok := strings.Cut(lines.Text(), "ready at "); ok {
			ready <- strings.TrimSuffix(at, "/")
		}
	}
	s.rest <- all.String()
	s.done <- s.cmd.Wait()
}

// stop asks the server to stop, and fails unless it ends by itself with code 0.
// Its log is kept in a file: stop LOG.
func stop(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 1, "stop LOG")
	s := running(ts)
	ts.Check(s.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-s.done:
		ts.Check(err)
	case <-time.After(patience):
		ts.Fatalf("the server has not stopped after %v", patience)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(<-s.rest), 0o600))
}

func current(ts *testscript.TestScript) *state { return ts.Value(serverKey{}).(*state) }

func running(ts *testscript.TestScript) *server {
	s := current(ts).server
	if s == nil {
		ts.Fatalf("no server was started")
	}
	return s
}

// answer is what the server says to a request.
type answer struct {
	code int
	head http.Header
	body []byte
}

func ask(base, path string) (*answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	client := http.Client{Timeout: patience}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return &answer{resp.StatusCode, resp.Header, body}, err
}

// check says what is wrong with an answer that should be a page with this code.
func (a *answer) check(code int) error {
	if a.code != code {
		return fmt.Errorf("status %d, want %d", a.code, code)
	}
	policy := a.head.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			return fmt.Errorf("the Content-Security-Policy %q does not say %q", policy, want)
		}
	}
	for _, never := range []string{"unsafe-inline", "unsafe-eval", "script-src 'self'", "http:", "https:", "*"} {
		if strings.Contains(policy, never) {
			return fmt.Errorf("the Content-Security-Policy %q says %q", policy, never)
		}
	}
	if got := a.head.Get("X-Content-Type-Options"); got != "nosniff" {
		return fmt.Errorf("X-Content-Type-Options is %q", got)
	}
	return nil
}

// get reads a page of the server into a file: get [-CODE] PATH FILE. The code is
// 200 unless told otherwise.
func get(ts *testscript.TestScript, neg bool, args []string) {
	code := 200
	if len(args) == 3 && strings.HasPrefix(args[0], "-") {
		n, err := strconv.Atoi(args[0][1:])
		ts.Check(err)
		code, args = n, args[1:]
	}
	need(ts, neg, len(args) == 2, "get [-CODE] PATH FILE")
	a, err := ask(running(ts).base, args[0])
	ts.Check(err)
	if err := a.check(code); err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), a.body, 0o600))
}

// crawl visits all pages that links lead to from the home page, checks each, and
// writes them one after another to a file: crawl FILE ATLEAST. What else the
// pages need is visited too; nothing may lead out of the server.
func crawl(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 2, "crawl FILE ATLEAST")
	least, err := strconv.Atoi(args[1])
	ts.Check(err)
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer out.Close()
	base := running(ts).base
	queue, seen := []string{"/"}, map[string]bool{"/": true}
	for i := 0; i < len(queue); i++ {
		a, err := ask(base, queue[i])
		ts.Check(err)
		if err := a.check(200); err != nil {
			ts.Fatalf("%s: %v", queue[i], err)
		}
		_, err = fmt.Fprintf(out, "%s\n%s\n", queue[i], a.body)
		ts.Check(err)
		if !strings.HasPrefix(a.head.Get("Content-Type"), "text/html") {
			continue
		}
		links, err := linksOf(queue[i], a.body)
		if err != nil {
			ts.Fatalf("%s: %v", queue[i], err)
		}
		for _, l := range links {
			if !seen[l] {
				seen[l] = true
				queue = append(queue, l)
			}
		}
	}
	if len(queue) < least {
		ts.Fatalf("%d pages, want at least %d", len(queue), least)
	}
	ts.Logf("%d pages", len(queue))
}

// linksOf returns the addresses within the server that a page names. A script,
// a frame, and anything fetched from elsewhere are errors.
func linksOf(path string, page []byte) ([]string, error) {
	here, err := url.Parse(path)
	if err != nil {
		return nil, err
	}
	var links []string
	for z := html.NewTokenizer(strings.NewReader(string(page))); ; {
		switch z.Next() {
		case html.ErrorToken:
			return links, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if slices.Contains(t.Attr, html.Attribute{Key: "rel", Val: "nofollow"}) {
				continue // chance leads elsewhere each time, and questions to questions without end
			}
			data := slices.Contains(t.Attr, html.Attribute{Key: "type", Val: "application/ld+json"}) // it is not run
			if slices.Contains([]string{"script", "iframe", "object", "embed", "base"}, t.Data) && !data {
				return nil, fmt.Errorf("there is a <%s>", t.Data)
			}
			for _, a := range t.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					return nil, fmt.Errorf("there is a %s attribute", a.Key)
				}
				if a.Key != "href" && a.Key != "src" && a.Key != "action" {
					continue
				}
				u, err := here.Parse(a.Val)
				if err != nil {
					return nil, err
				}
				if u.Host != "" {
					if t.Data == "a" {
						continue // a link that a story has; it is followed by readers only
					}
					return nil, fmt.Errorf("<%s> names %s", t.Data, a.Val)
				}
				if u.Scheme == "" {
					u.Fragment = ""
					links = append(links, u.String())
				}
			}
		}
	}
}

// sealed checks that none of the addresses that an archive has sealed stands in
// a file, and that there are enough of them: sealed DATA FILE ATLEAST.
func sealed(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 3, "sealed DATA FILE ATLEAST")
	least, err := strconv.Atoi(args[2])
	ts.Check(err)
	addresses := sealedIn(ts, ts.MkAbs(args[0]))
	if len(addresses) < least {
		ts.Fatalf("%d sealed addresses, want at least %d: %v", len(addresses), least, addresses)
	}
	text := strings.ToLower(ts.ReadFile(args[1]))
	for _, a := range addresses {
		if strings.Contains(text, strings.ToLower(a)) {
			ts.Fatalf("the sealed address %s stands in %s", a, args[1])
		}
	}
}

// sealedIn opens the sealed addresses of all stories.
func sealedIn(ts *testscript.TestScript, data string) []string {
	ctx := context.Background()
	key, err := store.LoadOrMakeKey(filepath.Join(data, "keys", "seal.key"))
	ts.Check(err)
	address, err := database.Folder(ctx, data)
	ts.Check(err)
	s, err := store.Open(ctx, address, store.Options{ReadOnly: true, SealKey: key})
	ts.Check(err)
	defer s.Close()
	o, err := s.Overview(ctx)
	ts.Check(err)
	var all []string
	for id := int64(1); id <= 2*o.Stories; id++ { // ids are given in order, and merged stories keep theirs
		open, err := s.OpenSealed(ctx, id)
		ts.Check(err)
		for _, x := range open {
			if !slices.Contains(all, x.Address) {
				all = append(all, x.Address)
			}
		}
	}
	return all
}
