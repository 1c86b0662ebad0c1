package browser_test

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// mostStops bounds the presses of Tab on a page in the short form; the pages of
// kinds that have more are walked to their end in the full form.
const mostStops = 60

// watchFocus lists what a keyboard should reach, in the order of the document,
// and notes each of them that gets the focus and whether that can be seen. Of
// radio buttons with one name a keyboard reaches one; what a closed part hides
// is not reached; what scrolls may be, but need not.
const watchFocus = `(() => {
	const groups = new Set(), all = []
	for (const e of document.querySelectorAll("a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]")) {
		if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) continue
		if (e.type === "radio" && e.name) {
			if (groups.has(e.name)) continue
			groups.add(e.name)
		}
		all.push(e)
	}
	const signs = e => { const s = getComputedStyle(e); return [s.outlineStyle === "none" ? 0 : s.outlineWidth, s.outlineColor, s.boxShadow].join() }
	const name = e => e.outerHTML.slice(0, 120)
	const before = all.map(signs)
	window.labFocus = {wanted: all.map(name), reached: [], unseen: [], strange: []}
	document.addEventListener("focusin", ev => {
		const e = ev.target
		const i = all.findIndex(w => w === e || w.type === "radio" && e.type === "radio" && w.name === e.name)
		if (i < 0) {
			if (e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight) labFocus.strange.push(name(e))
			return
		}
		labFocus.reached.push(i)
		const r = e.getBoundingClientRect()
		if (signs(e) === before[i] || r.width < 2 || r.height < 2 || r.right <= 0) labFocus.unseen.push(name(e))
	})
	return labFocus.wanted.length
})()`

// focus is what watchFocus noted.
type focus struct {
	Wanted  []string
	Reached []int
	Unseen  []string
	Strange []string
}

// TestKeyboard presses Tab from the beginning of each page to its end.
func TestKeyboard(t *testing.T) {
	needBrowser(t)
	for _, p := range lab.site.checked() {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			x := newTab(t)
			check(t, look{width: 1440, scheme: "light"}.apply(x))
			x.open(t, lab.base, p.path)
			n := eval[int](t, x, watchFocus)
			if !full() {
				n = min(n, mostStops)
			}
			for range n {
				press(t, x, "Tab")
			}
			f := eval[focus](t, x, "window.labFocus")
			for i, at := range f.Reached {
				if at != i {
					t.Errorf("%s: Tab %d reaches %s before %s: see that focus follows the order of the document", p, i+1, f.Wanted[at], f.Wanted[min(i, len(f.Wanted)-1)])
					break
				}
			}
			if len(f.Reached) < n {
				t.Errorf("%s: %d presses of Tab reach %d of %d links, buttons and fields: see that none takes the focus away", p, n, len(f.Reached), len(f.Wanted))
			}
			for _, e := range f.Unseen {
				t.Errorf("%s: the focus cannot be seen on %s: give it an outline", p, e)
			}
			for _, e := range f.Strange {
				t.Errorf("%s: the focus goes to %s, which is no link, button or field", p, e)
			}
			skips(t, x, p)
		})
	}
}

// skips wants the first press of Tab to reach a link that moves the focus to
// the main content.
func skips(t *testing.T, x *tab, p *page) {
	t.Helper()
	x.open(t, lab.base, p.path)
	press(t, x, "Tab")
	if href := eval[string](t, x, `document.activeElement.getAttribute("href") || ""`); len(href) < 2 || href[0] != '#' {
		t.Errorf("%s: the first press of Tab reaches %q: put a link to the main content first", p, href)
		return
	}
	press(t, x, "Enter")
	if !eval[bool](t, x, `new Promise(done => setTimeout(() => done(!!document.querySelector("main")?.contains(document.activeElement)), 50))`) {
		t.Errorf("%s: the skip link does not move the focus to main: give its target a tabindex of -1", p)
	}
}

// press presses a key and lets it go.
func press(t *testing.T, x *tab, key string) {
	t.Helper()
	codes := map[string]int64{"Tab": 9, "Enter": 13}
	down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: key, Code: key, WindowsVirtualKeyCode: codes[key]}
	if key == "Enter" {
		down.Type, down.Text = input.DispatchKeyEventTypeKeyDown, "\r"
	}
	_, err := chromedp.Call(x.Context, input.DispatchKeyEvent, down)
	check(t, err)
	down.Type, down.Text = input.DispatchKeyEventTypeKeyUp, ""
	_, err = chromedp.Call(x.Context, input.DispatchKeyEvent, down)
	check(t, err)
}

// follow goes to a link with Tab and follows it with Enter.
func follow(t *testing.T, x *tab, href string) {
	t.Helper()
	from := x.path(t)
	n := eval[int](t, x, `document.querySelectorAll("a[href],button,input,select,textarea,summary").length`)
	for range n + 1 {
		press(t, x, "Tab")
		if eval[bool](t, x, `(() => { const a = document.activeElement; if (a.tagName !== "A") return false
			const u = new URL(a.href); return u.hash === "" && u.pathname + u.search === `+quoted(href)+` })()`) {
			enter(t, x, href)
			return
		}
	}
	t.Fatalf("%s: Tab does not reach the link to %s", from, href)
}

// enter presses Enter and waits for the page that this leads to.
func enter(t *testing.T, x *tab, path string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(x.Context, patience)
	defer cancel()
	loaded := chromedp.Events(ctx, cdppage.LoadEventFired)
	press(t, x, "Enter")
	for _, err := range loaded {
		check(t, err)
		break
	}
	for range 50 { // the answer may move on to the one path of a page
		if got := x.path(t); samePath(got, path) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("Enter leads to %s, want %s", x.path(t), path)
}
