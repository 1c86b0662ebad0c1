package browser_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What WebKit of 2014, which e-readers still have, does not know and drops: a
// declaration alone, but a rule whole where its selector is unknown, and what
// is in a block of an unknown kind.
var (
	newProperty = regexp.MustCompile(`^(--.*|color-scheme|gap|row-gap|column-gap|grid.*|flex.*|align-.*|justify-.*|place-.*|order|inset.*|aspect-ratio|contain.*|` +
		`(margin|padding|border|scroll-margin|scroll-padding)-(inline|block).*|(min-|max-)?(inline|block)-size|text-wrap.*|accent-color|translate|scale|rotate)$`)
	newValue = regexp.MustCompile(`(?i)(\bvar\(|\bclamp\(|\bmin\(|\bmax\(|\benv\(|\bcolor-mix\(|\boklch\(|\blight-dark\(|\brevert\b|\d(dvh|svh|lvh|dvw|svw|lh|rlh|cqi|cqw)\b|` +
		`\b(inline-)?(flex|grid)\b|\bcontents\b|\bflow-root\b|\bsticky\b|\bfit-content\b|\bmin-content\b|\bmax-content\b|\boverflow:\s*clip\b)`)
	newSelector = regexp.MustCompile(`:(is|where|has|focus-visible|focus-within|any-link|dir|placeholder-shown)\b|:not\([^)]*,|&|::marker`)
	oldMedia    = regexp.MustCompile(`^@media\s+(all|print|screen|(only\s+)?screen\s+and\s+)?[\s,]*(\((min|max)-(width|height):\s*[\d.]+(px|em|rem)\)(\s+and\s+)?)*$`)
	oldAt       = regexp.MustCompile(`^@(font-face|page)\b`)
	cssComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

// oldSheet returns a style sheet as such an engine understands it.
func oldSheet(css string) string {
	var out strings.Builder
	css = cssComment.ReplaceAllString(css, "")
	for css = strings.TrimSpace(css); css != ""; css = strings.TrimSpace(css) {
		open := strings.IndexAny(css, "{;")
		if open < 0 {
			break
		}
		if css[open] == ';' { // @charset, @import, @layer a, b
			css = css[open+1:]
			continue
		}
		head := strings.TrimSpace(css[:open])
		end := closing(css, open)
		body := css[open+1 : end]
		css = css[min(end+1, len(css)):]
		switch {
		case strings.HasPrefix(head, "@media"):
			if oldMedia.MatchString(head) {
				out.WriteString(head + " {\n" + oldSheet(body) + "}\n")
			}
		case oldAt.MatchString(head), head[0] != '@' && !newSelector.MatchString(head):
			out.WriteString(head + " { " + oldDeclarations(body) + " }\n")
		}
	}
	return out.String()
}

// closing returns the place of the brace that closes the one at open.
func closing(css string, open int) int {
	depth := 0
	for i := open; i < len(css); i++ {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(css)
}

// oldDeclarations keeps the declarations that are understood; nested rules are
// not.
func oldDeclarations(body string) string {
	var kept []string
	for _, d := range declarations(body) {
		name, value, ok := strings.Cut(d, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		isDisplay := name == "display" || name == "position" || strings.Contains(name, "width") || strings.Contains(name, "height")
		if !ok || strings.Contains(d, "{") || newProperty.MatchString(name) || strings.Contains(value, "var(") {
			continue
		}
		if (isDisplay || strings.Contains(value, "(")) && newValue.MatchString(value) {
			continue
		}
		if newLength.MatchString(value) || strings.TrimSpace(value) == "anywhere" {
			continue
		}
		kept = append(kept, name+":"+value+";")
	}
	return strings.Join(kept, " ")
}

// newLength are units that were not known, wherever they stand.
var newLength = regexp.MustCompile(`\d(dvh|svh|lvh|dvw|svw|lh|rlh|cqi|cqw)\b`)

// declarations parts a block at its semicolons, apart from those in brackets
// and strings, as in data: addresses.
func declarations(body string) []string {
	var out []string
	depth, from := 0, 0
	var quote rune
	for i, r := range body {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '(' || r == '{':
			depth++
		case r == ')' || r == '}':
			depth--
		case r == ';' && depth == 0:
			out = append(out, strings.TrimSpace(body[from:i]))
			from = i + 1
		}
	}
	return append(out, strings.TrimSpace(body[from:]))
}

func TestOldSheet(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a { color: red; color: var(--ink) }", "a { color: red; }"},
		{"a { display: block; display: flex; gap: 1em }", "a { display: block; }"},
		{"a { width: 30em; width: min(30em, 90%) }", "a { width: 30em; }"},
		{"@supports (display: grid) { a { color: red } } b { margin: 0 }", "b { margin: 0; }"},
		{"@layer a, b; @layer a { a { color: red } }", ""},
		{":is(a, b) { color: red } a:not(.x) { color: blue }", "a:not(.x) { color: blue; }"},
		{"@media (min-width: 34em) { a { float: left } }", "@media (min-width: 34em) {\na { float: left; }\n}"},
		{"@media (width >= 34em) { a { float: left } }", ""},
		{"@media (prefers-color-scheme: dark) { a { color: red } }", ""},
		{"a { color: red; & b { color: blue } margin: 0 }", "a { color: red; }"},
		{"a { font-family: Flex, serif; height: 100vh; height: 100dvh }", "a { font-family: Flex, serif; height: 100vh; }"},
		{"a { overflow-wrap: break-word; overflow-wrap: anywhere }", "a { overflow-wrap: break-word; }"},
		{"@font-face { src: url(data:x;base64,AA) }", "@font-face { src: url(data:x;base64,AA); }"},
	}
	for _, tt := range tests {
		if got := strings.TrimSpace(oldSheet(tt.in)); got != tt.want {
			t.Errorf("oldSheet(%q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
	}
}

// oldServer serves the archive with style sheets as an old engine sees them.
func oldServer(t *testing.T) string {
	t.Helper()
	target, err := url.Parse(lab.base)
	check(t, err)
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Header.Del("Accept-Encoding") // the sheet is to be read here
		},
		ModifyResponse: func(resp *http.Response) error {
			if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/css") {
				return nil
			}
			css, err := io.ReadAll(resp.Body)
			if err != nil {
				return err
			}
			old := oldSheet(string(css))
			resp.Body = io.NopCloser(bytes.NewBufferString(old))
			resp.ContentLength = int64(len(old))
			resp.Header.Set("Content-Length", strconv.Itoa(len(old)))
			return nil
		},
	}
	s := httptest.NewServer(proxy)
	t.Cleanup(s.Close)
	return s.URL
}

// overlaps finds lines of text in main that lie over each other: pieces of
// different text nodes that share more than a quarter of a line.
const overlaps = `(() => {
	const pieces = [], found = []
	const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
	for (let n; n = walker.nextNode();) {
		const e = n.parentElement
		if (!n.data.trim() || !e.checkVisibility() || e.closest("sup,sub,rt")) continue
		let hidden = false // for the eye, such as words for screen readers
		for (let a = e; a && a !== document.body; a = a.parentElement) hidden ||= a.clientWidth <= 1 && getComputedStyle(a).overflow === "hidden"
		if (hidden) continue
		const range = document.createRange()
		range.selectNodeContents(n)
		for (const r of range.getClientRects()) if (r.width > 2 && r.height > 2) pieces.push({n, r})
	}
	pieces.sort((a, b) => a.r.top - b.r.top)
	for (let i = 0; i < pieces.length && found.length < 5; i++) {
		for (let j = i + 1; j < pieces.length && pieces[j].r.top < pieces[i].r.bottom; j++) {
			const a = pieces[i], b = pieces[j]
			const high = Math.min(a.r.bottom, b.r.bottom) - b.r.top, wide = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left)
			if (a.n !== b.n && wide > 2 && high > Math.min(a.r.height, b.r.height) / 4) found.push(a.n.data.trim().slice(0, 40) + " / " + b.n.data.trim().slice(0, 40))
		}
	}
	return found
})()`

// lineLength is the middle of the lengths, in characters, of full lines of the
// paragraphs of main; 0 where there are none of three lines.
const lineLength = `(() => {
	const lengths = []
	for (const p of document.querySelectorAll("main p")) {
		const range = document.createRange()
		range.selectNodeContents(p)
		const tops = new Set([...range.getClientRects()].map(r => Math.round(r.bottom / 8)))
		if (tops.size > 2) lengths.push(p.innerText.length / (tops.size - 0.5))
	}
	lengths.sort((a, b) => a - b)
	return lengths.length ? lengths[lengths.length >> 1] : 0
})()`

// TestOldEngines reads the pages on an e-reader: 600 px wide and with an engine
// that knows neither flex, grid nor variables.
func TestOldEngines(t *testing.T) {
	needBrowser(t)
	axe, err := os.ReadFile(tool(t, "axe-core", "axe.min.js"))
	check(t, err)
	base := oldServer(t)
	for _, p := range lab.site.checked() {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			x := newTab(t)
			check(t, look{width: 600, scheme: "light"}.apply(x))
			x.open(t, base, p.path)
			fits(t, x, p, "600 px in an old engine")
			for _, two := range eval[[]string](t, x, overlaps) {
				t.Errorf("%s in an old engine: text lies over text: %s: give it a place that needs neither flex nor grid", p, two)
			}
			hasNoBarriers(t, x, string(axe), axeContrast, p.String()+" in an old engine")
			if chapterPath.MatchString(p.path) || wholePath.MatchString(p.path) {
				if n := eval[float64](t, x, lineLength); n != 0 && (n < 30 || n > 90) {
					t.Errorf("%s in an old engine at 600 px: a line has %.0f characters, want 30 to 90", p, n)
				}
			}
		})
	}
}
