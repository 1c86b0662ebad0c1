package page_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/prose"
	"colophon/internal/rescue/page"
)

// shown is a page as text, a line for each line: "¶" where it begins a block,
// "↵" where only a line break divides it from the one before, the empty lines
// before it as "+2", and what else is known of it.
func shown(p *page.Page) string {
	var b strings.Builder
	for i := range p.Lines {
		l := &p.Lines[i]
		b.WriteString(map[bool]string{true: "¶", false: "↵"}[l.Block])
		if l.Gap > 0 {
			fmt.Fprintf(&b, "+%d", l.Gap)
		}
		for _, is := range []struct {
			so   bool
			sign string
		}{
			{l.Level > 0, fmt.Sprintf(" h%d", l.Level)},
			{l.Center, " center"},
			{l.Pre, " pre"},
			{l.Item, " item"},
			{l.Quote > 0, " quote"},
			{l.Cell > 0, fmt.Sprintf(" cell%d", l.Cell)},
			{l.Indent > 0, fmt.Sprintf(" in%d", l.Indent)},
			{l.Kind == page.Rule, " ----"},
			{l.Kind == page.Image, " image"},
			{l.Text != "", " " + marked(l)},
		} {
			if is.so {
				b.WriteString(is.sign)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// marked is a line's text with its spans: "{b:bold}", "{a:link}".
func marked(l *page.Line) string {
	var b strings.Builder
	at := 0
	for _, s := range l.Spans {
		b.WriteString(l.Text[at:s.Start])
		b.WriteByte('{')
		for _, m := range []struct {
			mark prose.Mark
			name string
		}{{prose.Strong, "b"}, {prose.Em, "i"}, {prose.Underline, "u"}, {prose.SmallCaps, "sc"}} {
			if s.Marks&m.mark != 0 {
				b.WriteString(m.name)
			}
		}
		if s.Href != "" {
			b.WriteString("a")
		}
		b.WriteString(":" + l.Text[s.Start:s.End] + "}")
		at = s.End
	}
	return b.String() + l.Text[at:]
}

// sample is a page and how it reads.
type sample struct{ name, in, want string }

func checkPages(t *testing.T, samples []sample, read func(string) *page.Page) {
	t.Helper()
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			want := strings.TrimPrefix(s.want, "\n")
			if diff := cmp.Diff(want, shown(read(s.in))); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", s.in, diff)
			}
		})
	}
}

func TestTextThatLooksLikeMarkup(t *testing.T) {
	checkPages(t, []sample{
		{"pseudo-tags", "<p>He <grin> waved <nell@example.org> off <sigh></p>", `
¶ He <grin> waved <nell@example.org> off <sigh>
`},
		{"less than", "<p>2 < 3 and 3 > 2, a <3 for you</p>", `
¶ 2 < 3 and 3 > 2, a <3 for you
`},
		{"thought", "<p><What now?> she thought.</p>", `
¶ <What now?> she thought.
`},
		{"word processor tags", "<p>In <st1:place>Lantern Bay</st1:place><o:p></o:p> it rained.</p>", `
¶ In Lantern Bay it rained.
`},
		{"arrow", "<p><-- this way, --> that way</p>", `
¶ <-- this way, --> that way
`},
	}, page.ReadHTML)
}

func TestBrokenMarkup(t *testing.T) {
	checkPages(t, []sample{
		{"comment", "<p>Rain<!-- hidden words --> fell.</p>", `
¶ Rain fell.
`},
		{"unclosed comment", "<!-- begin <p>Rain fell.</p><p>Then snow.</p>", `
¶ Rain fell.
¶ Then snow.
`},
		{"script", "<script>if (a<b) { document.write('<p>no</p>') }</script><p>Rain.</p>", `
¶ Rain.
`},
		{"unclosed script", "<p>Rain.</p><script>var x<p>Snow.</p>", `
¶ Rain.
¶ var x
¶ Snow.
`},
		{"unclosed quote", "<p>One <a href=\"x.html>two</a> three</p><p>four \"five\"</p>", `
¶ One {a:two} three
¶ four "five"
`},
		{"unclosed tag", "<p <b>Bold</b> rain</p>", `
¶ {b:Bold} rain
`},
		{"cut off in a tag", "<p>Rain fell.</p><a href=\"ind", `
¶ Rain fell.
`},
		{"sign in an attribute", "<p title=\"a > b\">Rain.</p>", `
¶ Rain.
`},
		{"badly nested", "<p><b>one <i>two</b> three</i> four</p>", `
¶ {b:one} {bi:two} three four
`},
		{"stray end tags", "</p></div>Rain</td></b> fell.", `
¶ Rain
¶ in1 fell.
`},
		{"declarations", "<!DOCTYPE html><?xml version=\"1.0\"?><p>Rain.</p>", `
¶ Rain.
`},
		{"tags in capitals", "<P ALIGN=CENTER><B>Rain</B></P>", `
¶ center {b:Rain}
`},
	}, page.ReadHTML)
}

func TestBlocksAndBreaks(t *testing.T) {
	checkPages(t, []sample{
		{"breaks", "one<br>two<br/>three<BR><br>four", `
¶ one
↵ two
↵ three
↵+1 four
`},
		{"paragraphs", "<p>one<p>two</p>\n<p>three</p>", `
¶ one
¶ two
¶ three
`},
		{"empty paragraphs", "<p>one</p><p>&nbsp;</p><p>two</p><p></p><p>three</p>", `
¶ one
¶+1 two
¶ three
`},
		{"rules and pictures", "<p>one</p><hr><img src=\"stars.gif\" alt=\"* * *\"><p>two</p>", `
¶ one
¶ ----
¶ image * * *
¶ two
`},
		{"headings", "<h1 align=center>Thin Ice</h1><h3>by Nell</h3>", `
¶ h1 center Thin Ice
¶ h3 by Nell
`},
		{"table", "<table><tr><td>Title:</td><td>Thin Ice</td></tr><tr><th>By<td>Nell</table>after", `
¶ cell1 Title:
¶ cell2 Thin Ice
¶ center cell3 By
¶ cell4 Nell
¶ after
`},
		{"lists and quotes", "<ul><li>one<li>two</ul><blockquote>said</blockquote>out", `
¶ item one
¶ item two
¶ quote said
¶ out
`},
		{"white space", "<p>  one \n\t two&nbsp;&nbsp;three </p>", `
¶ in2 one two three
`},
		{"preformatted", "<pre>  one   two\r\n\r\nthree\tfour\n\tfive\n</pre>six", `
¶ pre in2 one   two
↵+1 pre three four
↵ pre in8 five
¶ six
`},
		{"centre by style", "<div style=\"text-align: center\"><i>one</i></div><span style='font-weight:bold; font-style:italic'>two</span>", `
¶ center {i:one}
¶ {bi:two}
`},
	}, page.ReadHTML)
}

func TestCharacters(t *testing.T) {
	checkPages(t, []sample{
		{"entities", "<p>caf&eacute; &amp; caf&#233; &lt;grin&gt; &hellip;</p>", "¶ café & café <grin> …\n"},
		{"windows-1252 by number", "<p>&#147;Rain&#148; &#151; it&#146;s here&#133;</p>", "¶ “Rain” — it’s here…\n"},
		{"without a semicolon", "<p>caf&eacute and R&D, a.cgi?a=1&copy=2</p>", "¶ café and R&D, a.cgi?a=1&copy=2\n"},
		{"unknown", "<p>&nosuch; &; &#; &#xzz;</p>", "¶ &nosuch; &; &#; &#xzz;\n"},
		{"hexadecimal", "<p>&#x2014; &#X41;</p>", "¶ — A\n"},
		{"French spaces", "<p>«&nbsp;Quoi&nbsp;!&nbsp;»</p>", "¶ « Quoi\u00a0!\u00a0»\n"},
		{"control characters", "<p>a\x01b\x7fc</p>", "¶ abc\n"},
		{"letter as a picture", "<p><img src=\"o.gif\" alt=\"O\">nce upon a time</p>", "¶ Once upon a time\n"},
		{"picture in a line", "<p>Once <img src=\"o.gif\" alt=\"star\"> upon</p>", "¶ Once upon\n"},
	}, page.ReadHTML)
}

func TestDoubleEscaped(t *testing.T) {
	p := page.ReadHTML("<p>caf&amp;eacute; &amp;#8212; &amp;quot;so&amp;quot; R&amp;D &amp;c.</p>")
	if want := "¶ café — \"so\" R&D &c.\n"; shown(p) != want {
		t.Errorf("%q, not %q", shown(p), want)
	}
	if p.DoubleEscaped != 4 {
		t.Errorf("%d were escaped twice, not 4", p.DoubleEscaped)
	}
}

func TestTextInDisguise(t *testing.T) {
	in := "<html><body>\n" + strings.Repeat("One line.\nAnother.\n\n", 5) + "</body></html>"
	p := page.ReadHTML(in)
	if len(p.Lines) != 10 || p.Lines[2].Gap != 1 || p.Lines[1].Gap != 0 {
		t.Errorf("newlines were not read as line ends:\n%s", shown(p))
	}
	if p := page.ReadHTML("<p>One line.\nAnother.\n</p>" + strings.Repeat("<p>a\nb</p>", 6)); len(p.Lines) != 7 {
		t.Errorf("newlines were read as line ends:\n%s", shown(p))
	}
}

func TestPlainText(t *testing.T) {
	checkPages(t, []sample{
		{"lines", "Thin Ice\r\nby Nell\r\n\r\n\r\n  Rain <grin> &amp; snow.\nMore.\rLast.", `
¶ Thin Ice
↵ by Nell
¶+2 in2 Rain <grin> &amp; snow.
↵ More.
↵ Last.
`},
		{"empty", "", "\n"[:0]},
		{"only space", " \n\t\n ", ""},
	}, page.ReadText)
}

func TestHeadOfAPage(t *testing.T) {
	p := page.ReadHTML(`<html><head><title>Thin &amp; Cold
 Ice</title><meta name="Author" content="Nell Harrow"><meta name=empty content=" "><meta http-equiv=x content=y>
<link rel=Next href="ch2.html"></head><!-- Rating: PG
words -- 1,200 --><!-- ==== --><body><select><option>Chapter 1<option>Chapter 2</select><p>See <a href="a.html">the <b>map</b></a>.</p></body>`)
	type head struct {
		Title    string
		Metas    []string
		Comments []string
		Options  []string
		Links    []page.Link
		Lines    string
	}
	got := head{Title: p.Title.Text, Links: p.Links, Lines: shown(p)}
	for _, m := range p.Metas {
		got.Metas = append(got.Metas, m.Name+"="+m.Value.Text)
	}
	for _, l := range p.Comments {
		got.Comments = append(got.Comments, l.Text)
	}
	for _, l := range p.Options {
		got.Options = append(got.Options, l.Text)
	}
	want := head{
		Title: "Thin & Cold Ice", Metas: []string{"author=Nell Harrow"}, Comments: []string{"Rating: PG", "words -- 1,200"},
		Options: []string{"Chapter 1", "Chapter 2"},
		Links:   []page.Link{{Href: "ch2.html", Rel: "next", Line: -1}, {Href: "a.html", Text: "the map", Line: 0}},
		Lines:   "¶ See {a:the} {ba:map}.\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAttributes(t *testing.T) {
	for in, want := range map[string]string{
		`<a href="x.html">`:                 "x.html",
		`<a href='x.html'>`:                 "x.html",
		`<a href=x.html>`:                   "x.html",
		`<A HREF = "x.html" >`:              "x.html",
		`<a class="href" href="x.html">`:    "x.html",
		`<a data-href="no" href="x.html">`:  "x.html",
		"<a\nhref=\"x.html\"\ntarget=_top>": "x.html",
		`<a name="href">`:                   "",
		`<a href>`:                          "",
	} {
		got := ""
		if p := page.ReadHTML("<p>" + in + "go</a></p>"); len(p.Links) > 0 {
			got = p.Links[0].Href
		}
		if got != want {
			t.Errorf("%s leads to %q, not %q", in, got, want)
		}
	}
}

func TestRegions(t *testing.T) {
	p := page.ReadHTML(`<div id="nav">Menu</div><div class="storyinfo">Rating: PG</div><div class="big userstuff"><p>Rain.</p></div><p>Out</p><div style="display:none">gone</div><nav>more</nav>`)
	want := []page.Region{page.ChromeRegion, page.HeaderRegion, page.StoryRegion, page.NoRegion, page.ChromeRegion, page.ChromeRegion}
	var got []page.Region
	for i := range p.Lines {
		got = append(got, p.Lines[i].Region)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s(-want +got):\n%s", shown(p), diff)
	}
}

func TestWrap(t *testing.T) {
	wrapped := strings.Repeat("The fog came in over the harbour wall and lay down like a dog\nat the door of the lamp room; nobody had asked it to, and it\nstayed.\n\n", 6)
	rows := []struct {
		name, in string
		want     int
	}{
		{"wrapped at about sixty", wrapped, 61},
		{"whole paragraphs", strings.Repeat(strings.Repeat("The fog came in over the harbour wall. ", 9)+"\n\n", 8), 0},
		{"verse", strings.Repeat("The fog came in\nand lay down\n", 20), 0},
		{"too few lines", "The fog came in over the harbour wall and lay down like a dog\nat the door.\n", 0},
	}
	for _, r := range rows {
		if got := page.ReadText(r.in).Wrap; got != r.want {
			t.Errorf("%s: width %d, not %d", r.name, got, r.want)
		}
	}
}

func TestLinkShare(t *testing.T) {
	for in, want := range map[string]float64{
		`<p><a href=x>Home</a></p>`:     1,
		`<p><a href=x>Home</a>abcd</p>`: 0.5,
		`<p>Home</p>`:                   0,
		`<hr>`:                          0,
	} {
		p := page.ReadHTML(in)
		if got := p.Lines[0].LinkShare(); got != want {
			t.Errorf("%s: %.2f, not %.2f", in, got, want)
		}
	}
}

// Text is read the same wherever in it something is that is not copied as it
// stands, and each letter is known to come from where it does.
func TestOddSignsAtEveryPlace(t *testing.T) {
	const letters = "The ferry left at six, late and cold"
	for odd, want := range map[string]string{
		"  ": " ", "\n": " ", "&amp;": "&", "&eacute;": "é", "é": "é", "\x01": "", "\x7f": "", "\u00a0": " ", "~": "~", "%": "%",
	} {
		for i := 1; i < len(letters); i++ {
			if letters[i] == ' ' || letters[i-1] == ' ' {
				continue
			}
			in := "<p>" + letters[:i] + odd + letters[i:]
			l := &page.ReadHTML(in).Lines[0]
			if l.Text != letters[:i]+want+letters[i:] {
				t.Errorf("%q at %d: %q", odd, i, l.Text)
				continue
			}
			if start, end := l.Doc(0, i); in[start:end] != letters[:i] {
				t.Errorf("%q at %d: begins as %q", odd, i, in[start:end])
			}
			if start, end := l.Doc(i+len(want), len(l.Text)); in[start:end] != letters[i:] {
				t.Errorf("%q at %d: goes on as %q", odd, i, in[start:end])
			}
		}
	}
}
