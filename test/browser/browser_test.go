// Package browser_test is the laboratory of the reading room: it serves the
// example archives and reads every kind of page in Chromium, in text browsers
// and as plain markup, as readers with different eyes, hands and machines do.
//
// It finds pages by following links and binds to few things: the routes named
// in routes_test.go, the landmarks of a page (a skip link, nav, main, footer),
// and the cookies in looks_test.go. It is not the place for tests of one page's
// content; those stand in internal/web.
package browser_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"colophon/test/pgtest"
)

// patience is how long a server or a page may take to be ready.
const patience = 60 * time.Second

// lab is what all tests share: a served archive, its pages and a browser.
// It is made once, in TestMain, and does not change afterwards.
var lab struct {
	base    string          // http://HOST:PORT
	browser context.Context // nil where there is no Chromium
	site    *site
}

// database is the server that has the archive, nil for a file.
var database *pgtest.Server

// full reports whether the whole product of pages and looks is checked; the
// short form is part of the ordinary tests and takes each kind of page once.
func full() bool { return os.Getenv("COLOPHON_BROWSER") == "full" }

func TestMain(m *testing.M) {
	os.Exit(pgtest.Main(func() int {
		code, err := withLab(m.Run)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return code
	}, &database))
}

// withLab builds and serves the program and starts a browser for the time of run.
func withLab(run func() int) (code int, err error) {
	dir, err := os.MkdirTemp("", "colophon-browser-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	stop, err := serveExamples(dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if lab.site, err = crawl(lab.base); err != nil {
		return 0, err
	}
	if path := chromium(); path != "" {
		ctx, end, err := startBrowser(path)
		if err != nil {
			return 0, err
		}
		defer end()
		lab.browser = ctx
	}
	return run(), nil
}

// serveExamples rescues the example archives into a folder and serves them on a
// free port, as "colophon demo" does for a person.
func serveExamples(dir string) (stop func() error, err error) {
	program := filepath.Join(dir, "colophon")
	build := exec.Command("go", "build", "-o", program, "./cmd/colophon")
	build.Dir = filepath.Join("..", "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	cmd := exec.Command(program, "demo", "--data", filepath.Join(dir, "data"), "--listen", "127.0.0.1:0")
	// Settings of the program's own, such as COLOPHON_GALLERY, are not for this server.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "COLOPHON_") })
	if database != nil {
		address, err := database.New(context.Background())
		if err != nil {
			return nil, err
		}
		cmd.Env = append(cmd.Env, "COLOPHON_DATABASE="+address)
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ready := make(chan string, 1)
	go listenFor(errs, ready)
	select {
	case lab.base = <-ready:
	case <-time.After(patience):
	}
	if lab.base == "" {
		return nil, errors.Join(errors.New("the server did not get ready; started by hand it says why: colophon demo --data FOLDER --listen 127.0.0.1:0"),
			cmd.Process.Kill(), cmd.Wait())
	}
	return func() error { return errors.Join(cmd.Process.Signal(syscall.SIGTERM), cmd.Wait()) }, nil
}

// listenFor sends where the server is ready, "" if it ends before, and reads on
// so that the server is never held up by its own log.
func listenFor(r io.Reader, ready chan<- string) {
	for lines := bufio.NewScanner(r); lines.Scan(); {
		if _, at, ok := strings.Cut(lines.Text(), "ready at "); ok {
			ready <- strings.TrimSuffix(at, "/")
			break
		}
	}
	_, _ = io.Copy(io.Discard, r)
	close(ready)
}

// chromium returns the path of the browser, "" where there is none.
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// startBrowser starts Chromium without anything that asks the network.
func startBrowser(path string) (context.Context, func(), error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true))
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(alloc)
	stop := func() { end(); endAlloc() }
	if err := chromedp.Do(ctx); err != nil { // the first call owns the browser: it has no time limit
		stop()
		return nil, nil, fmt.Errorf("start Chromium: %w", err)
	}
	return ctx, stop, nil
}

// lacking ends a test that needs a tool which is not here. Where CI is true
// nothing may be left out.
func lacking(t *testing.T, what, remedy string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not here, and CI leaves nothing out: %s", what, remedy)
	}
	t.Skipf("%s is not here, so this is not checked: %s", what, remedy)
}

// needBrowser ends a test where there is no Chromium.
func needBrowser(t *testing.T) {
	t.Helper()
	if lab.browser == nil {
		lacking(t, "Chromium", "install chromium and see that it is on the PATH")
	}
}

// tool returns a file of an npm package of package.json, or ends the test.
func tool(t *testing.T, elem ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{"node_modules"}, elem...)...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		lacking(t, "the npm package of "+filepath.Join(elem...), "run npm ci in test/browser")
	}
	return path
}
