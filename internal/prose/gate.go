package prose

import (
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
)

// What the attributes of canonical HTML may hold, in full.
var (
	gateClass = regexp.MustCompile(`^(break|verse|image|center|end|(verse|image) (center|end)|big|smallcaps)$`)
	gateDir   = regexp.MustCompile(`^(rtl|ltr)$`)
	gateRel   = regexp.MustCompile(`^nofollow noopener$`)
)

// Clean returns any HTML fragment in canonical form: what a reader would have
// seen, and nothing that could act. It is idempotent and keeps all text, but
// neither gaps nor pictures; use ParseHTML and Normalise where these may be
// scene breaks.
func Clean(s string) string {
	t, err := ParseHTML(s)
	if err != nil {
		// The tokenizer reads from memory without a limit, so it cannot fail.
		// Should it ever, showing nothing is the safe answer.
		return ""
	}
	return t.HTML()
}

// Gate is the last check before stored HTML is shown: an independent sanitiser
// with the same allow-list as HTML. It finds nothing to remove in canonical
// HTML, which it returns byte for byte.
func Gate(s string) string {
	return plainQuotes(policy().Sanitize(s))
}

func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "hr", "br", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "li",
		"em", "strong", "u", "s", "small", "sup", "sub", "code")
	p.AllowAttrs("class").Matching(gateClass).OnElements("p", "hr", "span", "h3", "h4", "h5", "h6", "pre", "li")
	p.AllowAttrs("dir").Matching(gateDir).OnElements("p", "h3", "h4", "h5", "h6", "pre", "li")
	p.AllowAttrs("lang").Matching(langTag).OnElements("span")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(gateRel).OnElements("a")
	p.AllowURLSchemes("http", "https")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(false)
	return p
}

// plainQuotes undoes the escaping of quotation marks outside of tags, which the
// sanitiser adds and canonical HTML does without.
func plainQuotes(s string) string {
	if !strings.Contains(s, "&#3") {
		return s
	}
	unquote := strings.NewReplacer("&#34;", `"`, "&#39;", "'")
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		_, _ = unquote.WriteString(&b, s[:i]) // a strings.Builder does not fail
		s = s[i:]
		j := strings.IndexByte(s, '>') + 1
		b.WriteString(s[:j])
		s = s[j:]
	}
	return b.String()
}
