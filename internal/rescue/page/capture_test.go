package page_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/rescue/page"
)

// TestCapturedPage reads a page as a web archive gave it out: its bar is the
// site's, and the story and its header are what they would be without it.
func TestCapturedPage(t *testing.T) {
	const head = `<h1>Thin Ice</h1><p>by Nell Harrow</p><hr>`
	bar := `<div><p>Capture of the harbour pages, eleven times between May and June, and a calendar besides.</p></div>`
	foot := "<!--\n     FILE ARCHIVED ON 12:34:56 Mar 04, 2003 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 01:02:03 Apr 05, 2020.\n-->"
	for name, c := range map[string]struct{ in, want string }{
		"bar": {`<!-- BEGIN WAYBACK TOOLBAR INSERT -->` + bar + `<!-- END WAYBACK TOOLBAR INSERT -->` + head + story("<p>", "</p>") + foot, `
chrome: Capture of the
header: Thin Ice | by Nell Harrow
` + storyShown + `
`},
		"bar that never ends": {head + story("<p>", "</p>") + `<!-- BEGIN WAYBACK TOOLBAR INSERT -->`, `
header: Thin Ice | by Nell Harrow
` + storyShown + `
`},
		"bar whose comments are broken": {`<-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp">` + bar + `</div><-- END WAYBACK TOOLBAR INSERT -->` + head + story("<p>", "</p>"), `
chrome: <-- BEGIN WAYBACK | Capture of the | <-- END WAYBACK
header: Thin Ice | by Nell Harrow
` + storyShown + `
`},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, parts(page.ReadHTML(c.in), nil)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestCapturedLinks reads links before which a web archive wrote its address.
func TestCapturedLinks(t *testing.T) {
	for href, want := range map[string]string{
		"/web/20030304123456/http://harbour.example/thin/2.html":            "http://harbour.example/thin/2.html",
		"http://web.archive.org/web/20030304123456/http://harbour.example/": "http://harbour.example/",
		"https://web.archive.org/web/2003if_/https://harbour.example/a?b=c": "https://harbour.example/a?b=c",
		"/web/20030304123456im_/http://harbour.example/line.gif":            "http://harbour.example/line.gif",
		"/web/20030304123456/mailto:nell@example.org":                       "mailto:nell@example.org",
		"web/index.html":               "web/index.html",
		"/web/2003/summer.html":        "/web/2003/summer.html",
		"http://web.archive.org/about": "http://web.archive.org/about",
	} {
		p := page.ReadHTML(`<p><a href="` + href + `">Next</a></p>`)
		if got := p.Links[0].Href; got != want {
			t.Errorf("%q is read as %q, want %q", href, got, want)
		}
	}
}
