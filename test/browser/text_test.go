package browser_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dumpers are text browsers that write a page as they show it.
var dumpers = map[string][]string{
	"w3m":  {"-dump", "-cols", "100", "-O", "UTF-8"},
	"lynx": {"-dump", "-nolist", "-width=100", "-display_charset=UTF-8", "-noreferer"},
}

// TestTextBrowsers wants a page in a text browser to have all its words in a
// sensible order: title, byline, text, footer, and the navigation somewhere.
func TestTextBrowsers(t *testing.T) {
	for name, args := range dumpers {
		t.Run(name, func(t *testing.T) {
			program, err := exec.LookPath(name)
			if err != nil {
				lacking(t, name, "install "+name)
			}
			for _, p := range lab.site.checked() {
				out, err := exec.Command(program, append(slices.Clone(args), lab.base+p.path)...).Output()
				if err != nil && p.code == 200 {
					t.Errorf("%s in %s: %v", p, name, err)
					continue
				}
				reads(t, p, name, squeezed(string(out)))
			}
		})
	}
}

// reads compares what a text browser shows with the parts of a page.
func reads(t *testing.T, p *page, name, shown string) {
	t.Helper()
	main, footer := find(p.doc, isTag(atom.Main)), find(p.doc, lastFooter)
	if len(main) != 1 || len(footer) == 0 {
		t.Errorf("%s has %d main and %d footer, want one of each", p, len(main), len(footer))
		return
	}
	at := 0
	text := longest(main[0])
	for _, part := range []struct{ what, text string }{
		{"the title", first(main[0], atom.H1)},
		{"the text", text},
		{"the footer", textOf(footer[len(footer)-1])},
	} {
		text := start(squeezed(part.text))
		if text == "" {
			continue // a list has no text of its own
		}
		i := strings.Index(shown[at:], text)
		if i < 0 {
			t.Errorf("%s in %s: %s (%q) is not there, or before what should come first", p, name, part.what, text)
			continue
		}
		at += i
	}
	if by := squeezed(byline(p, main[0])); by != "" {
		before, _, _ := strings.Cut(shown, start(squeezed(text)))
		if !strings.Contains(before, by) {
			t.Errorf("%s in %s: the byline (%q) is not before the text", p, name, by)
		}
	}
	for _, nav := range find(p.doc, isTag(atom.Nav)) {
		for _, a := range find(nav, isTag(atom.A)) {
			if text := squeezed(textOf(a)); !strings.Contains(shown, text) {
				t.Errorf("%s in %s: the link %q of the navigation is not there", p, name, text)
			}
		}
	}
}

// lastFooter fits the footers of a page; that of the site is the last.
func lastFooter(n *html.Node) bool { return n.DataAtom == atom.Footer }

// first is the text of the first element of a kind.
func first(n *html.Node, tag atom.Atom) string {
	for _, e := range find(n, isTag(tag)) {
		return textOf(e)
	}
	return ""
}

// byline is the text of the first link to an author of a story's page, "" on
// other pages.
func byline(p *page, main *html.Node) string {
	if p.code != 200 || !storyPath.MatchString(p.path) && !chapterPath.MatchString(p.path) && !wholePath.MatchString(p.path) {
		return ""
	}
	for _, a := range find(main, isTag(atom.A)) {
		if attr(a, "rel") == "author" || strings.HasPrefix(attr(a, "href"), "/authors") {
			return textOf(a)
		}
	}
	return ""
}

// longest is the text of the longest paragraph.
func longest(main *html.Node) string {
	var best string
	for _, p := range find(main, isTag(atom.P)) {
		if len(find(p, isTag(atom.Select))) > 0 {
			continue // text browsers show what is chosen only
		}
		if text := textOf(p); len(text) > len(best) {
			best = text
		}
	}
	return best
}

// start is enough of a text to know it by.
func start(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), 40)])
}

// squeezed is a text without blanks and marks that text browsers write anew:
// breaks of lines, soft hyphens, quotation marks and arrows.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" \t\n\r\u00a0\u00ad\u200b\u2068\u2069", r):
			return -1
		case strings.ContainsRune("‘’‚‛'`", r):
			return '\''
		case strings.ContainsRune("“”„‟\"", r):
			return '"'
		case strings.ContainsRune("–—−", r):
			return '-'
		}
		return r
	}, s)
}

// TestFiltersInTextBrowsers narrows a listing down as a reader with a text
// browser does: each filter stands there with its number, and following it shows
// that many stories.
func TestFiltersInTextBrowsers(t *testing.T) {
	for name, args := range dumpers {
		t.Run(name, func(t *testing.T) {
			program, err := exec.LookPath(name)
			if err != nil {
				lacking(t, name, "install "+name)
			}
			dump := func(path string) string {
				out, err := exec.Command(program, append(slices.Clone(args), lab.base+path)...).Output()
				if err != nil {
					t.Fatalf("%s in %s: %v", path, name, err)
				}
				return squeezed(string(out))
			}
			p, _, err := get(lab.base, questionPath, nil)
			if err != nil {
				t.Fatal(err)
			}
			shown, tried := dump(questionPath), 0
			for _, li := range find(p.doc, isTag(atom.Li)) {
				links := find(li, isTag(atom.A))
				counts := find(li, func(n *html.Node) bool { return attr(n, "class") == "count" })
				if len(links) != 2 || attr(links[1], "class") != "not" || len(counts) != 1 {
					continue
				}
				label, count := squeezed(textOf(links[0])), squeezed(textOf(counts[0]))
				if !strings.Contains(shown, label+count) {
					t.Errorf("%s: the filter %q with %s is not there", name, label, count)
				}
				if tried++; tried > 3 {
					continue
				}
				after := dump(attr(links[0], "href"))
				if one, many := count+"story", count+"stories"; !strings.Contains(after, one) && !strings.Contains(after, many) {
					t.Errorf("%s: after %q there are not %s stories", name, label, count)
				}
			}
			if tried < 10 {
				t.Errorf("%s: only %d filters", name, tried)
			}
		})
	}
}
