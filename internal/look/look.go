// Package look is what all pages that Colophon makes share of their look, whether
// they are served or written to a file: the colours, light, dark and printed, and
// the base of text, tables and marks. It holds no layout of a single page.
package look

import _ "embed" // the style sheet

// Base is a style sheet that comes before a page's own.
//
//go:embed base.css
var Base string
