package prose_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"colophon/internal/prose"
	"colophon/test/beside"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

func mustParse(t testing.TB, s string) prose.Text {
	t.Helper()
	text, err := prose.ParseHTML(s)
	if err != nil {
		t.Fatalf("ParseHTML: %v", err)
	}
	return text
}

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"loose text", "One.", "<p>One.</p>\n"},
		{"break pairs part paragraphs", "One.<br><br>Two.<br>\n<BR>Three.", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n"},
		{"one line break stays", "<p>Roses<br>violets</p>", "<p>Roses<br>violets</p>\n"},
		{"empty line of no-break space", "<p>One.<br>&nbsp;<br>Two.</p>", "<p>One.</p>\n<p>Two.</p>\n"},
		{"unclosed and crossed", "<p><b>a<i>b</b>c</i><p>d", "<p><strong>a</strong><em><strong>b</strong>c</em></p>\n<p>d</p>\n"},
		{"unclosed emphasis runs on", "<p><i>a<p>b", "<p><em>a</em></p>\n<p><em>b</em></p>\n"},
		{"cell ends what it began", "<table><tr><td><b>Menu<td>Story</table>After", "<p><strong>Menu</strong></p>\n<p>Story</p>\n<p>After</p>\n"},
		{
			"old marks", "<tt>a</tt><big>b</big><strike>c</strike><cite>d</cite>",
			"<p><code>a</code><span class=\"big\">b</span><s>c</s><em>d</em></p>\n",
		},
		{
			"font sizes", `<font size="-1">a</font><font size=3>b</font><font size=+2>c</font>`,
			"<p><small>a</small>b<span class=\"big\">c</span></p>\n",
		},
		{
			"styles", `<span style="Font-Style: italic; font-weight:bold">a</span><b style="font-weight:normal">b</b>`,
			"<p><em><strong>a</strong></em>b</p>\n",
		},
		{
			"alignment", `<center>a<p align=left>b</p></center><p align="right">c<div style="text-align:center">d</div>`,
			"<p class=\"center\">a</p>\n<p>b</p>\n<p class=\"end\">c</p>\n<p class=\"center\">d</p>\n",
		},
		{
			"direction and language", `<p dir=rtl>שלום<p>he said <span lang="fr">bonjour</span>`,
			"<p dir=\"rtl\">שלום</p>\n<p>he said <span lang=\"fr\">bonjour</span></p>\n",
		},
		{"headings begin at three", "<h1>a</h1><h5>b</h5>", "<h3>a</h3>\n<h5>b</h5>\n"},
		{"rule", "a<hr>b", "<p>a</p>\n<hr class=\"break\">\n<p>b</p>\n"},
		{
			"lists", "<ul><li>a<li><p>b</p><p>c</p></ul><ol><li>d</ol>",
			"<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>\n<ol>\n<li>d</li>\n</ol>\n",
		},
		{
			"quotations", "<blockquote>a<blockquote>b</blockquote></blockquote>c",
			"<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n<p>c</p>\n",
		},
		{"pre", "<pre>\n  a\n\n b&lt;\t</pre>", "<pre>  a\n\n b&lt;\t</pre>\n"},
		{"verse", "<p class=verse>a<br>  b<br><br>c</p>", "<p class=\"verse\">a<br>b<br><br>c</p>\n"},
		{
			"link", `<a href="HTTP://Example.org/a b?q=1&amp;r=2" onclick=x>a</a>`,
			`<p><a href="http://Example.org/a%20b?q=1&amp;r=2" rel="nofollow noopener">a</a></p>` + "\n",
		},
		{"links that could act", `<a href="javascript:x">a</a><a href="//e.org">b</a><a href="mailto:x@example.org">c</a>`, "<p>abc</p>\n"},
		{"marks across a line break", "<i>a<br>b</i>", "<p><em>a<br>b</em></p>\n"},
		{"white space", "  a \n b\t<i> c</i>&nbsp;d ", "<p>a b <em>c</em>\u00a0d</p>\n"},
		{"script, style, title, comment", "a<script>x<p></script><style>y</style><title>z</title><!-- w -->b", "<p>ab</p>\n"},
		{"unclosed title", "<title>a<p>b", "<p>a</p>\n<p>b</p>\n"},
		{"picture in a sentence", `The <img src=t.gif alt="crow"> flew.`, "<p>The crow flew.</p>\n"},
		{"picture alone", `<p><img src=t.gif alt="A crow."></p>`, "<p class=\"image\">A crow.</p>\n"},
		{"words in angle brackets", "Well <Grin> yes <o:p>x</o:p> <foo>y</foo>", "<p>Well &lt;Grin&gt; yes x y</p>\n"},
		{"journal user", `<lj user="ann"> wrote`, "<p>ann wrote</p>\n"},
		{"quotation element", "<q>Yes</q>", "<p>“Yes”</p>\n"},
		{"control characters", "a\x00b\x1bc\u2028d", "<p>abc\u2028d</p>\n"},
		{
			"raw text elements", "<noframes>a<p>b</noframes><textarea>c\nd</textarea><xmp><b>e</xmp>f",
			"<p>a</p>\n<p>b</p>\n<pre>c\nd</pre>\n<pre>&lt;b&gt;e</pre>\n<p>f</p>\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := prose.Clean(tt.in)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Clean(%q) (-want +got):\n%s", tt.in, diff)
			}
			checkClean(t, tt.in)
		})
	}
}

// checkClean holds what is true of every input.
func checkClean(t *testing.T, in string) {
	t.Helper()
	text := mustParse(t, in)
	got := text.HTML()
	if again := prose.Clean(got); again != got {
		t.Errorf("Clean is not idempotent on %q:\n%q\n%q", in, got, again)
	}
	if diff := cmp.Diff(text.Normal(), mustParse(t, got)); diff != "" && len(got) > 0 {
		t.Errorf("ParseHTML(t.HTML()) is not t.Normal() for %q (-normal +parsed):\n%s", in, diff)
	}
	if gated := prose.Gate(got); gated != got {
		t.Errorf("Gate changed canonical HTML of %q:\n%q\n%q", in, got, gated)
	}
	if missing := missingFrom(letters(tokenText(in)), letters(plainAll(text))); missing != "" {
		t.Errorf("text lost of %q, from %q on\nin %q", in, missing, plainAll(text))
	}
}

// plainAll is all the text of all blocks.
func plainAll(text prose.Text) string {
	var b strings.Builder
	for _, block := range text {
		for _, r := range block.Runs {
			b.WriteString(r.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// tokenText is the text a reader would have seen, by the tokenizer alone.
func tokenText(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	var skip string
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if skip == "" {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "script", "style", "title":
				skip = string(name)
			case "iframe", "noembed", "noframes", "noscript":
				z.NextIsNotRawText()
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		}
	}
}

func letters(s string) []rune {
	var out []rune
	for _, r := range strings.ToValidUTF8(s, "") {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}

// missingFrom returns want from the first rune on that cannot be found in got in
// order, "" where all are there. Got may hold more: alternative texts, words in
// angle brackets.
func missingFrom(want, got []rune) string {
	i := 0
	for _, r := range got {
		if i < len(want) && want[i] == r {
			i++
		}
	}
	return string(want[i:min(len(want), i+40)])
}

func TestParseKeepsGapsAndPictures(t *testing.T) {
	in := `<p>a</p><p>&nbsp;</p><br><p>b<br><br><br>c</p><br><img src="line.gif"><br><h1>d</h1>`
	want := prose.Text{
		{Runs: []prose.Run{{Text: "a"}}},
		{Kind: prose.Gap, N: 2},
		{Runs: []prose.Run{{Text: "b"}}},
		{Kind: prose.Gap, N: 1},
		{Runs: []prose.Run{{Text: "c"}}},
		{Kind: prose.Gap, N: 1},
		{Kind: prose.Image, Runs: []prose.Run{{Href: "line.gif"}}},
		{Kind: prose.Heading, Level: 1, Runs: []prose.Run{{Text: "d"}}},
	}
	if diff := cmp.Diff(want, mustParse(t, in)); diff != "" {
		t.Errorf("ParseHTML (-want +got):\n%s", diff)
	}
}

func TestHostileInput(t *testing.T) {
	var vectors []struct{ Payload string }
	readJSON(t, beside.Shared(t, "data/security/dompurify_expect.json"), &vectors)
	var naughty []string
	readJSON(t, beside.Shared(t, "data/text/naughty-strings.json"), &naughty)
	for _, v := range vectors {
		naughty = append(naughty, v.Payload)
	}
	for _, s := range naughty {
		checkClean(t, s)
		checkHarmless(t, prose.Clean(s))
	}
	t.Logf("%d hostile inputs", len(naughty))
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// checkHarmless reads canonical HTML with a parser of its own and looks for
// anything that could act.
func checkHarmless(t *testing.T, s string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(s))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if tok.Type == html.CommentToken || tok.Type == html.DoctypeToken {
			t.Errorf("%v in %q", tok.Type, s)
		}
		if tok.Type != html.StartTagToken {
			continue
		}
		for _, a := range tok.Attr {
			ok := a.Key == "class" || a.Key == "dir" || a.Key == "lang" || a.Key == "rel" ||
				a.Key == "href" && (strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://"))
			if !ok {
				t.Errorf("attribute %s=%q in %q", a.Key, a.Val, s)
			}
		}
		switch tok.Data {
		case "script", "style", "iframe", "object", "embed", "form", "input", "img", "svg", "math", "meta", "link", "base":
			t.Errorf("element %s in %q", tok.Data, s)
		}
	}
}

func TestDeepNesting(t *testing.T) {
	names := strings.Fields("a b i em font span div p center table td tr ul ol li dl dd blockquote pre h2 q sub tt form xyz")
	for _, depth := range []int{513, 100_000} {
		for _, name := range names {
			in := strings.Repeat("<"+name+">", depth) + "deep" + strings.Repeat("</"+name+">", depth) + "after"
			start := time.Now()
			got := prose.Clean(in)
			limit := 2 * time.Second * time.Duration(1+len(in)>>20)
			if took := time.Since(start); took > limit {
				t.Errorf("%d levels of <%s> took %v", depth, name, took)
			}
			if !strings.Contains(got, "deep") || !strings.Contains(got, "after") {
				t.Errorf("%d levels of <%s> lost text", depth, name)
			}
			if n := strings.Count(got, "<blockquote>"); n > 16 {
				t.Errorf("%d levels of <%s> give %d quotations", depth, name, n)
			}
		}
	}
	var mixed strings.Builder
	for i := range 1_000_000 {
		mixed.WriteString([]string{"<i>", "<font size=2>", "<div align=center>", "<blockquote>", "<td>", "<table>", `<span lang=fr>`}[i%7])
		if i%1000 == 0 {
			mixed.WriteString("x")
		}
	}
	start := time.Now()
	got := prose.Clean(mixed.String())
	if n := strings.Count(got, ">x<"); n != 1000 {
		t.Errorf("kept %d of 1000 letters", n)
	}
	if took := time.Since(start); took > 2*time.Second*time.Duration(1+mixed.Len()>>20) {
		t.Errorf("a million open elements took %v", took)
	}
}
