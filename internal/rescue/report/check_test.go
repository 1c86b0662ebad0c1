package report_test

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// wellMade checks that the report is one sound page by itself: elements are
// closed in order, ids are unique and links lead to them, headings descend by
// one, header cells have a scope, and nothing is fetched or run.
func wellMade(t *testing.T, page string) {
	t.Helper()
	c := checker{t: t, ids: map[string]bool{}}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				t.Error(z.Err())
			}
			c.end()
			return
		case html.StartTagToken:
			c.open(z.Token())
		case html.EndTagToken:
			c.close(z.Token().Data)
		}
	}
}

type checker struct {
	t       *testing.T
	opened  []string
	ids     map[string]bool
	links   []string
	heading int
}

var allowedElements = regexp.MustCompile(`^(html|head|title|style|body|header|main|footer|nav|section|h[1-4]|p|a|ul|li|table|caption|thead|tbody|tr|th|td|details|summary|div|span|bdi|b|strong|mark|pre)$`)

func (c *checker) open(tok html.Token) {
	if tok.Data == "meta" {
		return // has no end
	}
	if !allowedElements.MatchString(tok.Data) {
		c.t.Errorf("<%s> in the report", tok.Data)
	}
	c.opened = append(c.opened, tok.Data)
	scope := false
	for _, a := range tok.Attr {
		scope = scope || a.Key == "scope"
		switch {
		case a.Key == "id" && c.ids[a.Val]:
			c.t.Errorf("the id %q is given twice", a.Val)
		case a.Key == "id":
			c.ids[a.Val] = true
		case a.Key == "href":
			c.links = append(c.links, a.Val)
		case a.Key == "src", strings.HasPrefix(a.Key, "on"), a.Key == "style" && !regexp.MustCompile(`^width:\d+%$`).MatchString(a.Val):
			c.t.Errorf("<%s %s=%q>", tok.Data, a.Key, a.Val)
		}
	}
	if tok.Data == "th" && !scope {
		c.t.Error("a header cell without scope")
	}
	if len(tok.Data) == 2 && tok.Data[0] == 'h' && tok.Data[1] >= '1' && tok.Data[1] <= '6' {
		level := int(tok.Data[1] - '0')
		if level > c.heading+1 {
			c.t.Errorf("<%s> follows a heading of level %d", tok.Data, c.heading)
		}
		c.heading = level
	}
}

func (c *checker) close(name string) {
	if n := len(c.opened); n == 0 || c.opened[n-1] != name {
		c.t.Fatalf("</%s> closes %v", name, c.opened)
	}
	c.opened = c.opened[:len(c.opened)-1]
}

func (c *checker) end() {
	if len(c.opened) > 0 {
		c.t.Errorf("not closed: %v", c.opened)
	}
	for _, l := range c.links {
		if id, ok := strings.CutPrefix(l, "#"); !ok || !c.ids[id] {
			c.t.Errorf("a link leads to %q", l)
		}
	}
}
