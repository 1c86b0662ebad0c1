package browser_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	perKind   = 3    // pages of each kind in the full form
	leastKind = 12   // kinds that the example archives must show
	mostPages = 5000 // a crawl that finds more goes in circles
)

// The addresses that the tests know. All else is found by following links.
var (
	fandomPath  = regexp.MustCompile(`^/fandoms/\d+(/[^/]+)?$`)
	storyPath   = regexp.MustCompile(`^/stories/\d+/[^/]+$`)
	chapterPath = regexp.MustCompile(`^/stories/\d+/[^/]+/chapters/\d+$`)
	wholePath   = regexp.MustCompile(`^/stories/\d+/[^/]+/all$`)
)

// questionPath asks for stories that every example archive has.
const questionPath = "/stories?q=words%3A100.."

// page is a page of the served archive.
type page struct {
	path  string // with its query
	kind  string // its route: ids, slugs and numbers replaced
	code  int
	raw   []byte
	doc   *html.Node
	links []string // addresses within the archive, in their order, without fragments
}

// String is the path as a person reads it.
func (p *page) String() string {
	if plain, err := url.PathUnescape(p.path); err == nil {
		return plain
	}
	return p.path
}

// site is what the crawl found.
type site struct {
	pages  map[string]*page
	order  []string            // paths, as found
	byKind map[string][]string // paths by kind
	search string              // the address of a search with results, "" where the home page has no search form
}

// get reads one address.
func get(base, path string, head http.Header) (*page, http.Header, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, base+path, http.NoBody)
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(req.Header, head)
	client := http.Client{Timeout: patience}
	resp, err := client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, nil, err
	}
	p := &page{path: path, kind: kindOf(path), code: resp.StatusCode, raw: raw}
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		return p, resp.Header, nil
	}
	if p.doc, err = html.Parse(strings.NewReader(string(raw))); err != nil {
		return nil, nil, err
	}
	p.links, err = linksOf(p)
	return p, resp.Header, err
}

// crawl visits all pages that links lead to from the home page, and some that
// none leads to: errors, and what a form asks for.
func crawl(base string) (*site, error) {
	s := &site{pages: map[string]*page{}, byKind: map[string][]string{}}
	queue := []string{"/", "/gallery"} // the gallery of the look, where it is served
	seen := map[string]bool{"/": true, "/gallery": true}
	for i := 0; i < len(queue) && i < mostPages; i++ {
		p, _, err := get(base, queue[i], nil)
		if err != nil {
			return nil, err
		}
		if p.code != http.StatusOK || p.doc == nil {
			continue // TestLinksLead tells of pages that are linked and not there
		}
		s.add(p)
		links := p.links
		if queue[i] == "/" {
			s.search = searchAddress(p)
			links = append(slices.Clone(links), s.search)
		}
		for _, l := range links {
			if l != "" && !seen[l] {
				seen[l] = true
				queue = append(queue, l)
			}
		}
	}
	for kind, path := range map[string]string{
		"(unknown address)": "/no/such/page", "(wrong number)": s.wrongNumber(),
		"(question)": questionPath, "(question in brief)": questionPath + "&view=brief",
		"(question that finds nothing)": "/stories?q=character%3ANobody+is%3Acomplete",
		"(question with words)":         "/stories?q=lantern",
		"(question gone wrong)":         "/stories?q=fandon%3Ax+words%3A9..1",
		"(beginning of a name)":         "/characters?begins=a",
	} {
		p, _, err := get(base, path, nil)
		if err != nil {
			return nil, err
		}
		p.kind = kind
		s.add(p)
	}
	return s, nil
}

func (s *site) add(p *page) {
	s.pages[p.path] = p
	s.order = append(s.order, p.path)
	s.byKind[p.kind] = append(s.byKind[p.kind], p.path)
}

// wrongNumber is a chapter that a story does not have.
func (s *site) wrongNumber() string {
	for _, path := range s.order {
		if chapterPath.MatchString(path) {
			return path[:strings.LastIndex(path, "/")] + "/99999"
		}
	}
	return "/stories/99999"
}

// kinds returns the kinds of pages in order.
func (s *site) kinds() []string { return slices.Sorted(maps.Keys(s.byKind)) }

// sample returns up to n pages of a kind: the first found, the one with the
// most markup, and then the one in the middle.
func (s *site) sample(kind string, n int) []*page {
	all := make([]*page, 0, len(s.byKind[kind]))
	for _, path := range s.byKind[kind] {
		all = append(all, s.pages[path])
	}
	big := slices.MaxFunc(all, func(a, b *page) int { return cmp.Compare(len(a.raw), len(b.raw)) })
	var out []*page
	for _, p := range []*page{all[0], big, all[len(all)/2]} {
		if len(out) < n && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// checked returns the pages that this run looks at.
func (s *site) checked() []*page {
	n := 1
	if full() {
		n = perKind
	}
	var out []*page
	for _, kind := range s.kinds() {
		out = append(out, s.sample(kind, n)...)
	}
	return out
}

var (
	number = regexp.MustCompile(`^\d+$`)
	words  = regexp.MustCompile(`^(stories|authors|fandoms|characters|pairings|tags|series)$`)
)

// kindOf returns the route of a path: numbers become {n}, and what follows the
// number of a thing is its slug.
func kindOf(path string) string {
	path, query, _ := strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		switch {
		case number.MatchString(part):
			parts[i] = "{n}"
		case i > 1 && parts[i-1] == "{n}" && words.MatchString(parts[i-2]):
			parts[i] = "{slug}"
		}
	}
	kind := strings.Join(parts, "/")
	values, _ := url.ParseQuery(query)
	if len(values) > 0 {
		kind += "?" + strings.Join(slices.Sorted(maps.Keys(values)), "&")
	}
	return kind
}

// linksOf returns the addresses within the archive that a page's links name.
func linksOf(p *page) ([]string, error) {
	here, err := url.Parse(p.path)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range find(p.doc, isTag(atom.A)) {
		if attr(a, "rel") == "nofollow" {
			continue // chance leads elsewhere each time
		}
		u, err := here.Parse(attr(a, "href"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		if u.Host != "" || u.Scheme != "" {
			continue // a link that a story has
		}
		u.Fragment = ""
		out = append(out, u.String())
	}
	return out, nil
}

// find returns the elements below n that fit, in the order of the document.
func find(n *html.Node, fits func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	if n == nil {
		return nil
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && fits(d) {
			out = append(out, d)
		}
	}
	return out
}

func isTag(tags ...atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(tags, n.DataAtom) }
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf returns the text of an element with single blanks.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// searchQuery is a word of the example archives.
const searchQuery = "lantern"

// searchAddress returns what the search form of a page asks for, "" where it
// has none. A search form is one that is sent by GET and has a field of type
// search, or one named q.
func searchAddress(p *page) string {
	for _, form := range find(p.doc, isTag(atom.Form)) {
		if strings.EqualFold(attr(form, "method"), "post") {
			continue
		}
		for _, field := range find(form, isTag(atom.Input)) {
			if attr(field, "type") == "search" || attr(field, "name") == "q" {
				return attr(form, "action") + "?" + url.Values{attr(field, "name"): {searchQuery}}.Encode()
			}
		}
	}
	return ""
}

// TestKinds prints the kinds of pages and wants enough of them, so that a crawl
// that finds nothing cannot pass the other tests.
func TestKinds(t *testing.T) {
	kinds := lab.site.kinds()
	for _, kind := range kinds {
		t.Logf("%4d %s", len(lab.site.byKind[kind]), kind)
	}
	if len(kinds) < leastKind {
		t.Errorf("the crawl found %d kinds of pages, want at least %d: see that the pages link to each other from /", len(kinds), leastKind)
	}
	if n := len(lab.site.order); n >= mostPages {
		t.Errorf("the crawl was ended at %d pages: see that links do not go in circles", n)
	}
}

// TestLinksLead wants every link of the archive to lead to a page.
func TestLinksLead(t *testing.T) {
	bad := map[string]bool{}
	for _, path := range lab.site.order {
		for _, l := range lab.site.pages[path].links {
			if lab.site.pages[l] != nil || bad[l] {
				continue
			}
			if p, _, err := get(lab.base, l, nil); err != nil || p.code != http.StatusOK {
				bad[l] = true
				t.Errorf("%s links to %s, which is no page: correct the link", path, l)
			}
		}
	}
}
