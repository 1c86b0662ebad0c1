package page

import (
	"regexp"
	"strings"
)

// Web archives put a bar of their own between these two comments, and write their
// address before every link. An old form of the first lacks its exclamation mark.
const (
	barBegins = "BEGIN WAYBACK TOOLBAR INSERT"
	barEnds   = "END WAYBACK TOOLBAR INSERT"
)

// captureBar notes where a web archive's bar begins and ends. A bar that never
// ends is not followed: it would take the story with it.
func (b *builder) captureBar(t token) {
	text := b.s[t.start:min(t.end, t.start+120)]
	switch {
	case !b.bar && !b.endless && strings.Contains(text, barBegins):
		b.endBlock()
		b.bar = strings.Contains(b.s[t.end:], barEnds)
		b.endless = !b.bar // searched once only
	case strings.Contains(text, barEnds):
		b.endBlock()
		b.bar = false
	}
}

var captured = regexp.MustCompile(`^(?:https?://(?:web|replay|www)\.archive\.org|https?://web-beta\.archive\.org|//web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?i:(https?://?|ftp://|mailto:))`)

// uncaptured is the address that a link had before a web archive wrote its own
// before it.
func uncaptured(href string) string {
	m := captured.FindStringSubmatchIndex(href)
	if m == nil {
		return href
	}
	return href[m[2]:]
}
