package web_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A check says what is wrong with a page, or returns nil.
type check func(doc *html.Node) error

// inEvery are the checks that every page passes.
func inEvery() []check {
	return []check{
		count("title", 1), count("h1", 1), count("main", 1), count("html[lang]", 1),
		noScript, formsStay, count("style", 0), count("iframe", 0), count("img", 0),
		noInline, uniqueIDs, fragmentsHere, headingsInOrder, namedLandmarks, nonEmpty("title"), nonEmpty("h1"), nonEmpty("a"),
	}
}

// noScript wants nothing that a browser would run; descriptions are data.
func noScript(doc *html.Node) error {
	for _, e := range elements(doc, "script") {
		if kind, _ := attribute(e, "type"); kind != "application/ld+json" {
			return fmt.Errorf("a script of type %q", kind)
		}
	}
	return nil
}

// formsGo are the addresses that forms may be sent to.
func formsGo() []string {
	return []string{
		"/search", "/settings", "/stories", "/filters", "/authors", "/fandoms", "/tags", "/characters", "/relationships",
		"/ratings", "/warnings", "/categories",
	}
}

// formsStay wants forms to be sent to pages of the archive only, and each of
// their fields to have a label.
func formsStay(doc *html.Node) error {
	labels := map[string]bool{}
	for _, e := range elements(doc, "label") {
		of, _ := attribute(e, "for")
		labels[of] = true
	}
	for _, e := range elements(doc, "form") {
		if to, _ := attribute(e, "action"); !slices.Contains(formsGo(), to) {
			return fmt.Errorf("a form is sent to %q", to)
		}
	}
	for _, e := range append(elements(doc, "select"), elements(doc, "input")...) {
		id, _ := attribute(e, "id")
		if kind, _ := attribute(e, "type"); kind != "hidden" && !labels[id] {
			return fmt.Errorf("the field %q has no label", id)
		}
	}
	return nil
}

// all joins checks, and reports the first that fails.
func all(cs ...check) check {
	return func(doc *html.Node) error {
		for _, c := range cs {
			if err := c(doc); err != nil {
				return err
			}
		}
		return nil
	}
}

// count wants n elements of a name; "name[attr]" those that have the attribute.
func count(selector string, n int) check {
	name, attr, _ := strings.Cut(strings.TrimSuffix(selector, "]"), "[")
	return func(doc *html.Node) error {
		found := 0
		for _, e := range elements(doc, name) {
			if _, ok := attribute(e, attr); attr == "" || ok {
				found++
			}
		}
		if found != n {
			return fmt.Errorf("%d elements %s, want %d", found, selector, n)
		}
		return nil
	}
}

// says wants a text somewhere in an element.
func says(name, want string) check {
	return func(doc *html.Node) error {
		var have []string
		for _, e := range elements(doc, name) {
			t := textOf(e)
			if strings.Contains(t, want) {
				return nil
			}
			have = append(have, t)
		}
		return fmt.Errorf("no %s says %q, they say %.300q", name, want, have)
	}
}

// silent wants a text nowhere in the page, attributes included.
func silent(unwanted string) check {
	return func(doc *html.Node) error {
		var b bytes.Buffer
		if err := html.Render(&b, doc); err != nil {
			return err
		}
		if i := strings.Index(b.String(), unwanted); i >= 0 {
			return fmt.Errorf("the page has %q: …%s…", unwanted, b.String()[max(0, i-60):min(b.Len(), i+60)])
		}
		return nil
	}
}

// nonEmpty wants text in each element of a name.
func nonEmpty(name string) check {
	return func(doc *html.Node) error {
		for _, e := range elements(doc, name) {
			if label, ok := attribute(e, "aria-label"); strings.TrimSpace(textOf(e)) == "" && (!ok || label == "") {
				return fmt.Errorf("an empty %s", name)
			}
		}
		return nil
	}
}

func noInline(doc *html.Node) error {
	for _, e := range elements(doc, "") {
		for _, a := range e.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				return fmt.Errorf("%s has %s", e.Data, a.Key)
			}
			if v := strings.ToLower(strings.TrimSpace(a.Val)); (a.Key == "href" || a.Key == "src") &&
				(strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "data:") || strings.HasPrefix(v, "//")) {
				return fmt.Errorf("%s leads to %s", e.Data, a.Val)
			}
		}
	}
	return nil
}

func ids(doc *html.Node) map[string]int {
	n := map[string]int{}
	for _, e := range elements(doc, "") {
		if id, ok := attribute(e, "id"); ok {
			n[id]++
		}
	}
	return n
}

func uniqueIDs(doc *html.Node) error {
	for id, n := range ids(doc) {
		if n > 1 || id == "" || strings.ContainsAny(id, " \t\n") {
			return fmt.Errorf("id %q stands %d times", id, n)
		}
	}
	return nil
}

// fragmentsHere wants each link and label inside the page to lead somewhere.
func fragmentsHere(doc *html.Node) error {
	have := ids(doc)
	for _, e := range elements(doc, "") {
		for _, key := range []string{"href", "aria-labelledby", "aria-describedby"} {
			v, ok := attribute(e, key)
			if key == "href" && (!ok || !strings.HasPrefix(v, "#")) {
				continue
			}
			if ok && have[strings.TrimPrefix(v, "#")] == 0 {
				return fmt.Errorf("%s %s=%q leads nowhere", e.Data, key, v)
			}
		}
	}
	return nil
}

var headingName = regexp.MustCompile(`^h[1-6]$`)

// headingsInOrder wants no level of headings left out on the way down.
func headingsInOrder(doc *html.Node) error {
	last := 0
	for _, e := range elements(doc, "") {
		if !headingName.MatchString(e.Data) {
			continue
		}
		level := int(e.Data[1] - '0')
		if level > last+1 {
			return fmt.Errorf("h%d %q comes after h%d", level, textOf(e), last)
		}
		last = level
	}
	return nil
}

// namedLandmarks wants each nav to have a name of its own.
func namedLandmarks(doc *html.Node) error {
	seen := map[string]bool{}
	for _, e := range elements(doc, "nav") {
		name, ok := attribute(e, "aria-label")
		if !ok {
			name, ok = attribute(e, "aria-labelledby")
		}
		if !ok || name == "" || seen[name] {
			return fmt.Errorf("a nav is named %q, as another is or not at all", name)
		}
		seen[name] = true
	}
	return nil
}

// elements returns the elements of a name, all for "".
func elements(doc *html.Node, name string) []*html.Node {
	var es []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			es = append(es, n)
		}
	}
	return es
}

func attribute(e *html.Node, key string) (string, bool) {
	for _, a := range e.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(e *html.Node) string {
	var b strings.Builder
	for n := range e.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}
