package prose_test

import (
	"strings"
	"testing"

	"colophon/internal/prose"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fragment is 40 KB of story as old pages have it.
func fragment() string {
	const one = "<p>The ferry left at <b>six</b>, as it <i>always</i> did&mdash;or so the board said. &ldquo;Late again,&rdquo; said Tom,\n" +
		"and he sat down on the wall to wait for the others. Nobody came for a long while.<br><br>\"We're late,\" she said &amp; went on.</p>\n"
	return strings.Repeat(one, 40_000/len(one)+1)
}

// BenchmarkParse is our way; BenchmarkYardstick the parser and renderer of
// golang.org/x/net/html on the same fragment.
func BenchmarkParse(b *testing.B) {
	in := fragment()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		text, err := prose.ParseHTML(in)
		if err != nil || len(text.HTML()) == 0 {
			b.Fatal(err)
		}
	}
}

func BenchmarkYardstick(b *testing.B) {
	in := fragment()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		nodes, err := html.ParseFragment(strings.NewReader(in), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
		if err != nil {
			b.Fatal(err)
		}
		var out strings.Builder
		for _, n := range nodes {
			if err := html.Render(&out, n); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkNormalise(b *testing.B) {
	text, err := prose.ParseHTML(fragment())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(fragment())))
	for b.Loop() {
		if out, _ := text.Normalise(prose.Options{TextEmphasis: true}); len(out) == 0 {
			b.Fatal("nothing left")
		}
	}
}
