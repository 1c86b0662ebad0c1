package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a tab of the browser with cookies of its own, which notes what its
// pages ask for and complain of.
type tab struct {
	context.Context
	mu       sync.Mutex
	requests []request
	messages []string
}

// request is what a page asked the network for.
type request struct{ kind, address string }

// newTab opens a tab that is closed after the test.
func newTab(t *testing.T) *tab {
	t.Helper()
	needBrowser(t)
	ctx, end := chromedp.NewContext(lab.browser, chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	timed, cancel := context.WithTimeout(ctx, 3*patience)
	t.Cleanup(cancel)
	x := &tab{Context: timed}
	check(t, chromedp.Listen(timed, x.note))
	_, err := chromedp.Call(timed, network.Enable, network.EnableParams{})
	check(t, err)
	// Tabs run side by side; each behaves as the one that has the keyboard.
	_, err = chromedp.Call(timed, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	check(t, err)
	return x
}

// tabFor returns the tab itself, or a new one for a look that leaves cookies
// behind: to open a tab takes longer than to load a page.
func (x *tab) tabFor(t *testing.T, l look) *tab {
	t.Helper()
	if l.theme == "" && l.language == "" {
		return x
	}
	return newTab(t)
}

// note keeps requests and complaints.
func (x *tab) note(event any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		x.requests = append(x.requests, request{string(e.Type), e.Request.URL})
	case *log.EventEntryAdded:
		// A page that is answered with an error is what some tests ask for.
		if !(e.Entry.Source == log.EntrySourceNetwork && strings.Contains(e.Entry.Text, "the server responded with a status of 4")) {
			x.messages = append(x.messages, fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text))
		}
	case *runtime.EventConsoleAPICalled:
		x.messages = append(x.messages, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		x.messages = append(x.messages, "exception: "+e.ExceptionDetails.Text)
	}
}

// open loads a page of the lab and forgets what was noted before.
func (x *tab) open(t *testing.T, base, path string) {
	t.Helper()
	x.mu.Lock()
	x.requests, x.messages = nil, nil
	x.mu.Unlock()
	if err := chromedp.Do(x, chromedp.Navigate(base+path)); err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
}

// noted returns what was noted since the page was opened.
func (x *tab) noted() ([]request, []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return append([]request(nil), x.requests...), append([]string(nil), x.messages...)
}

// eval runs an expression, which may be a promise, in the page, and returns its
// value as Go sees it.
func eval[T any](t *testing.T, x *tab, expression string) T {
	t.Helper()
	var out T
	text, err := chromedp.Run(x.Context, chromedp.Evaluate[string](
		"Promise.resolve("+expression+").then(v => JSON.stringify(v === undefined ? null : v))", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluate %.80s: %v", expression, err)
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("evaluate %.80s: %v", expression, err)
	}
	return out
}

// path returns where the tab is, with its query.
func (x *tab) path(t *testing.T) string {
	t.Helper()
	u, err := url.Parse(eval[string](t, x, "location.href"))
	check(t, err)
	return u.RequestURI()
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
