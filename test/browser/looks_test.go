package browser_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// The contract of the settings, to be changed here when it changes there. A
// theme or language that the served archive does not answer to is left out.
const (
	themeCookie    = "look"
	themeValue     = "theme=%s"
	languageCookie = "language" // its value is the language
)

// The looks that are multiplied.
var (
	widths    = []int64{320, 768, 1440}
	schemes   = []string{"light", "dark"}
	themes    = []string{"light", "dark", "sepia", "contrast"}
	languages = []string{"en", "de", "fr", "es", "he"}
	short     = []look{
		{width: 320, scheme: "dark"},
		{width: 320, scheme: "light", large: true, forced: true},
		{width: 1440, scheme: "light"},
	}
)

// look is how a page is looked at.
type look struct {
	width    int64
	scheme   string // "light" or "dark"
	forced   bool   // forced colours
	large    bool   // text of 200%
	theme    string // "" sets none
	language string // "" sets none
}

func (l look) String() string {
	s := fmt.Sprintf("%dpx-%s", l.width, l.scheme)
	if l.forced {
		s += "-forced"
	}
	if l.large {
		s += "-200%"
	}
	if l.theme != "" {
		s += "-" + l.theme
	}
	if l.language != "" {
		s += "-" + l.language
	}
	return s
}

// looks returns the looks that this run checks. Widths, schemes, forced colours
// and size of text are multiplied; themes and languages come in addition, in
// those looks that differ most, since their full product says nothing new.
func looks(t *testing.T) []look {
	t.Helper()
	if !full() {
		return short
	}
	var out []look
	for _, width := range widths {
		for _, scheme := range schemes {
			for _, forced := range []bool{false, true} {
				for _, large := range []bool{false, true} {
					out = append(out, look{width: width, scheme: scheme, forced: forced, large: large})
				}
			}
		}
	}
	for _, x := range append(themesServed(t), languagesServed(t)...) {
		for _, l := range short {
			l.theme, l.language = x.theme, x.language
			out = append(out, l)
		}
		x.width, x.scheme = 768, "dark"
		out = append(out, x)
	}
	return out
}

// headers are those of a request that asks for a look by cookie and header.
func (l look) headers() http.Header {
	h := http.Header{}
	var cookies []string
	if l.theme != "" {
		cookies = append(cookies, themeCookie+"="+fmt.Sprintf(themeValue, l.theme))
	}
	if l.language != "" {
		cookies = append(cookies, languageCookie+"="+l.language)
		h.Set("Accept-Language", l.language)
	}
	if len(cookies) > 0 {
		h.Set("Cookie", strings.Join(cookies, "; "))
	}
	return h
}

// themesServed returns the themes that change the home page.
func themesServed(t *testing.T) []look {
	t.Helper()
	var out []look
	for _, theme := range themes {
		l := look{theme: theme}
		p, _, err := get(lab.base, "/", l.headers())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(p.raw, lab.site.pages["/"].raw) {
			out = append(out, l)
		}
	}
	return out
}

// languagesServed returns the languages, apart from the first, in which the home
// page comes when asked.
func languagesServed(t *testing.T) []look {
	t.Helper()
	var out []look
	for _, language := range languages[1:] {
		l := look{language: language}
		p, _, err := get(lab.base, "/", l.headers())
		if err != nil {
			t.Fatal(err)
		}
		for _, root := range find(p.doc, func(e *html.Node) bool { return e.Data == "html" }) {
			if got := attr(root, "lang"); got == language || strings.HasPrefix(got, language+"-") {
				out = append(out, l)
			}
		}
	}
	return out
}

// TestLooksServed says which themes and languages are checked.
func TestLooksServed(t *testing.T) {
	t.Logf("themes: %v; languages: %v", themesServed(t), languagesServed(t))
}

// apply makes a tab look so, before it loads a page.
func (l look) apply(tab context.Context) error {
	if err := chromedp.Do(tab, chromedp.EmulateViewport(l.width, l.width*3/4+400)); err != nil {
		return err
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "forced-colors", Value: "none"}}
	if l.forced {
		features[1].Value = "active"
	}
	if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		return err
	}
	return l.applyHeaders(tab)
}

func (l look) applyHeaders(tab context.Context) error {
	extra := network.Headers{}
	for key, values := range l.headers() {
		if key == "Cookie" {
			continue
		}
		extra[key] = values[0]
	}
	if len(extra) > 0 {
		if _, err := chromedp.Call(tab, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: extra}); err != nil {
			return err
		}
	}
	cookies := map[string]string{}
	if l.theme != "" {
		cookies[themeCookie] = fmt.Sprintf(themeValue, l.theme)
	}
	if l.language != "" {
		cookies[languageCookie] = l.language
	}
	for name, value := range cookies {
		if _, err := chromedp.Call(tab, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: lab.base}); err != nil {
			return err
		}
	}
	return nil
}
