package browser_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html/atom"
)

// task is what a reader does: the pages on the way, each linked from the one
// before.
type task struct {
	name string
	way  []string // empty where the served archive has no such way
}

// tasks are those of readers: to read a story from the home page on, all of it
// at once, and back.
func tasks() []task {
	return []task{{"read a story from the home page", readingWay()}}
}

// readingWay leads from the home page over a fandom to a story, its first two
// chapters, the whole of it, and back to the story. Where the story's own page
// does not link to its whole or chapters do not, the way goes as links allow.
func readingWay() []string {
	s := lab.site
	for _, fandom := range s.order {
		if !fandomPath.MatchString(fandom) {
			continue
		}
		start := steps("/", fandom)
		for _, story := range s.pages[fandom].links {
			first, second, whole := story+"/chapters/1", story+"/chapters/2", story+"/all"
			if start == nil || !storyPath.MatchString(story) || s.pages[second] == nil || s.pages[whole] == nil {
				continue
			}
			way := slices.Concat(start, []string{story}, steps(story, first)[1:])
			return slices.Concat(way, steps(first, second)[1:], steps(second, whole)[1:], steps(whole, story)[1:])
		}
	}
	return nil
}

// steps is the shortest way of links between two pages, both included.
func steps(from, to string) []string {
	before := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == to {
			var way []string
			for at := to; at != ""; at = before[at] {
				way = append(way, at)
			}
			slices.Reverse(way)
			return way
		}
		for _, l := range lab.site.pages[queue[0]].links {
			if _, seen := before[l]; !seen && lab.site.pages[l] != nil {
				before[l] = queue[0]
				queue = append(queue, l)
			}
		}
	}
	return nil
}

// missing leaves a task out that the served archive cannot have yet. The full
// form leaves out nothing.
func missing(t *testing.T, what string) {
	t.Helper()
	if full() {
		t.Fatalf("%s: the served archive does not offer it, and the full form leaves nothing out", what)
	}
	t.Skipf("left out: %s: the served archive does not offer it", what)
}

// TestTasksByKeyboard does what readers do with Tab and Enter alone, with
// scripts and without.
func TestTasksByKeyboard(t *testing.T) {
	needBrowser(t)
	for name, off := range map[string]bool{"with script": false, "without script": true} {
		for _, task := range tasks() {
			t.Run(name+"/"+task.name, func(t *testing.T) {
				t.Parallel()
				x := taskTab(t, off)
				if len(task.way) == 0 {
					missing(t, task.name)
				}
				t.Log(task.way)
				x.open(t, lab.base, task.way[0])
				for _, path := range task.way[1:] {
					follow(t, x, path)
				}
			})
		}
		t.Run(name+"/search from the home page", func(t *testing.T) {
			t.Parallel()
			if lab.site.search == "" {
				missing(t, "search from the home page")
			}
			searchByKeyboard(t, taskTab(t, off))
		})
	}
}

// taskTab opens a tab, without script where wanted.
func taskTab(t *testing.T, off bool) *tab {
	t.Helper()
	x := newTab(t)
	if off {
		_, err := chromedp.Call(x.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		check(t, err)
	}
	return x
}

// searchByKeyboard types a word into the search field of the home page.
func searchByKeyboard(t *testing.T, x *tab) {
	t.Helper()
	x.open(t, lab.base, "/")
	for range eval[int](t, x, `document.querySelectorAll("a[href],button,input,select,textarea,summary").length`) {
		press(t, x, "Tab")
		if eval[bool](t, x, `document.activeElement.matches("input[type=search], input[name=q]")`) {
			check(t, chromedp.Do(x.Context, chromedp.KeyEvent(searchQuery)))
			enter(t, x, lab.site.search)
			found(t, eval[string](t, x, `document.querySelector("main").innerText`))
			return
		}
	}
	t.Fatal("/: Tab does not reach the search field")
}

// found wants the text of a page of results to have the word looked for.
func found(t *testing.T, text string) {
	t.Helper()
	if !strings.Contains(strings.ToLower(text), searchQuery) {
		t.Errorf("%s: the results do not name %q", lab.site.search, searchQuery)
	}
}

// TestTasksByLinks does the same with plain requests: each page must link to
// the next.
func TestTasksByLinks(t *testing.T) {
	for _, task := range tasks() {
		t.Run(task.name, func(t *testing.T) {
			if len(task.way) == 0 {
				missing(t, task.name)
			}
			for i, path := range task.way {
				p, _, err := get(lab.base, path, nil)
				check(t, err)
				if p.code != http.StatusOK {
					t.Fatalf("%s: status %d", path, p.code)
				}
				if i+1 < len(task.way) && !slices.Contains(p.links, task.way[i+1]) {
					t.Fatalf("%s does not link to %s", path, task.way[i+1])
				}
			}
		})
	}
	t.Run("search from the home page", func(t *testing.T) {
		if lab.site.search == "" {
			missing(t, "search from the home page")
		}
		p, _, err := get(lab.base, lab.site.search, nil)
		check(t, err)
		found(t, textOf(p.doc))
	})
}

// TestNoScript wants pages that have no script but data.
func TestNoScript(t *testing.T) {
	for _, path := range lab.site.order {
		for _, s := range find(lab.site.pages[path].doc, isTag(atom.Script)) {
			if kind := attr(s, "type"); kind != "application/ld+json" {
				t.Errorf("%s has a <script> of type %q: every page works without", path, kind)
			}
		}
	}
}

// samePath reports whether two addresses are one, however they are escaped. What
// a form sends beside the wanted fields does not matter.
func samePath(got, want string) bool {
	g, err := url.Parse(got)
	if err != nil {
		return false
	}
	w, err := url.Parse(want)
	if err != nil || g.Path != w.Path {
		return false
	}
	for key := range w.Query() {
		if g.Query().Get(key) != w.Query().Get(key) {
			return false
		}
	}
	return true
}

// quoted writes a string for an expression.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}
