package describe

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// Find returns the first block of JSON-LD in an HTML page. A single token of
// the page that is longer than MaxBlock ends the search.
func Find(page []byte) ([]byte, bool) {
	z := html.NewTokenizer(bytes.NewReader(page))
	z.SetMaxBuf(MaxBlock)
	for {
		switch z.Next() {
		case html.ErrorToken: // the end of the page, or of what is looked at
			return nil, false
		case html.StartTagToken:
			if !holdsJSONLD(z) {
				continue
			}
			if z.Next() != html.TextToken { // an empty script
				continue
			}
			return bytes.Clone(bytes.TrimSpace(z.Raw())), true
		}
	}
}

// holdsJSONLD reports whether the tag just read begins a script of that type.
func holdsJSONLD(z *html.Tokenizer) bool {
	name, more := z.TagName()
	if string(name) != "script" {
		return false
	}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if string(key) == "type" {
			return strings.EqualFold(strings.TrimSpace(string(value)), "application/ld+json")
		}
	}
	return false
}
