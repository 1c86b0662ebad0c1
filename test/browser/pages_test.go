package browser_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// kindsOfRequests are what a page may ask for beside itself: its style sheet,
// fonts and icon.
var kindsOfRequests = []string{"Document", "Stylesheet", "Font", "Image", "Other"}

// TestPages looks at the pages in all looks: barriers, scrolling sideways,
// shifting, requests and complaints of the browser.
func TestPages(t *testing.T) {
	needBrowser(t)
	axe, err := os.ReadFile(tool(t, "axe-core", "axe.min.js"))
	check(t, err)
	wanted := looks(t)
	for _, p := range lab.site.checked() {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			x := newTab(t)
			for _, l := range wanted {
				t.Run(l.String(), func(t *testing.T) {
					at := x.tabFor(t, l)
					check(t, l.apply(at))
					at.open(t, lab.base, p.path)
					stays(t, at, p, l)
					if l.large {
						eval[any](t, at, enlarged)
					}
					fits(t, at, p, l.String())
					asksLittle(t, at, p)
					hasNoBarriers(t, at, string(axe), axeAll, p.String()+" at "+l.String())
				})
			}
		})
	}
}

// enlarged makes text twice as large, as a reader does who zooms text only.
const enlarged = `(document.documentElement.style.fontSize = "200%", null)`

// stays wants that nothing moves while a page is loaded.
func stays(t *testing.T, x *tab, p *page, l look) {
	t.Helper()
	shift := eval[float64](t, x, `new Promise(done => {
		let sum = 0
		new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
			.observe({type: "layout-shift", buffered: true})
		requestAnimationFrame(() => setTimeout(() => done(sum), 50))
	})`)
	// A font that arrives within the tenth of a second in which nothing is painted
	// may still move a line by a pixel: a twentieth of what browsers call good.
	if shift > 0.005 {
		t.Errorf("%s at %v: the page shifts by %.4f while it loads: give what comes late its place in the style sheet (fonts: metrics like the fallback's)", p, l, shift)
	}
}

// sideways is what stands out of a page, and by how much it can be scrolled.
type sideways struct {
	Scroll, Client int
	Wide           []string
}

// fits wants that a page is never scrolled sideways.
func fits(t *testing.T, x *tab, p *page, how string) {
	t.Helper()
	got := eval[sideways](t, x, `(() => {
		const root = document.documentElement, wide = []
		for (const e of document.body.querySelectorAll("*")) {
			const r = e.getBoundingClientRect(), shown = getComputedStyle(e).overflowX === "visible"
			const right = Math.max(r.right, shown && !e.children.length ? r.left + e.scrollWidth : 0) // text may stand out of its box
			if (wide.length < 5 && r.width > 0 && right > root.clientWidth + 1) wide.push(e.tagName.toLowerCase() + (e.className ? "." + e.className : "") + " to " + Math.round(right))
		}
		return {Scroll: root.scrollWidth, Client: root.clientWidth, Wide: wide}
	})()`)
	if got.Scroll > got.Client {
		t.Errorf("%s at %s: the page is %d px wide and its window %d: let these wrap or scroll by themselves: %v", p, how, got.Scroll, got.Client, got.Wide)
	}
}

// asksLittle wants requests to this server only, for what a page is made of,
// and a browser that has nothing to say about it.
func asksLittle(t *testing.T, x *tab, p *page) {
	t.Helper()
	requests, messages := x.noted()
	images := 0
	for _, r := range requests {
		if !strings.HasPrefix(r.address, lab.base+"/") {
			t.Errorf("%s: asks for %s of another server: serve it from here or leave it out", p, r.address)
		}
		if !slices.Contains(kindsOfRequests, r.kind) {
			t.Errorf("%s: asks for %s (%s): a page needs style sheet, fonts and icon only", p, r.address, r.kind)
		}
		if r.kind == "Image" && !strings.Contains(r.address, "icon") {
			images++
		}
	}
	if images > 0 {
		t.Errorf("%s: asks for %d images: draw them in the style sheet or leave them out", p, images)
	}
	for _, m := range messages {
		t.Errorf("%s: the browser complains: %s", p, m)
	}
}

// violation is what axe-core found.
type violation struct {
	ID, Help string
	Nodes    []struct {
		HTML           string
		FailureSummary string
	}
}

// What axe-core looks for: the rules of WCAG 2 A and AA with what is best
// practice, or contrast alone.
const (
	axeAll      = `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
	axeContrast = `{type: "rule", values: ["color-contrast"]}`
)

// hasNoBarriers wants axe-core to find nothing.
func hasNoBarriers(t *testing.T, x *tab, axe, what, where string) {
	t.Helper()
	check(t, chromedp.Do(x.Context, chromedp.Evaluate[chromedp.Void](axe+";void 0")))
	found := eval[[]violation](t, x, `axe.run(document, {runOnly: `+what+`, resultTypes: ["violations"]}).then(r => r.violations.map(v => (
		{ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => ({HTML: n.html.slice(0, 200), FailureSummary: n.failureSummary}))})))`)
	for _, v := range found {
		t.Errorf("%s: axe %s: %s", where, v.ID, v.Help)
		for _, n := range v.Nodes {
			t.Errorf("  %s\n  %s", n.HTML, n.FailureSummary)
		}
	}
}
