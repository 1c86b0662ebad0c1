package web_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/web"
)

const lampsSource = "/stories/1/the-lamplighters-winter/source/1"

func TestSourcePage(t *testing.T) {
	smp := lamplighters()
	h := open(t, config(t, []sample{smp}))
	w := get(t, h, lampsSource)
	if w.Code != http.StatusOK {
		t.Fatalf("answers %d", w.Code)
	}
	doc := parsed(t, w)
	err := all(
		says("h1", "fic/lamps.html"), says("dd", smp.story.Sources[0].Digest.String()),
		says("th", "Title"), says("td", "PG-13 (teen)"), says("td", "2/11/03"), says("td", "label on the same line"), says("td", "98%"),
		says("th", "Soundtrack"), says("td", "rain"), says("mark", "2/11/03"), says("mark", "Mina Tarrow"),
		says("th", "windows-1252"), says("td", "misread as windows-1252; that is undone"), says("td", "a stray byte, 90% sure"), says("li", "Compare the marked letters."),
		says("span", "[address sealed]"), silent("mina@"), silent("pier.example"),
	)(doc)
	if err != nil {
		t.Error(err)
	}
	for i, e := range smp.story.Evidence {
		a := byID(doc, fmt.Sprintf("field-%d", i+1))
		if a == nil || a.NextSibling == nil {
			t.Errorf("no place for %s", e.Field)
			continue
		}
		if got := textOf(a.NextSibling); e.Field != archive.FieldEmail && got != e.Written {
			t.Errorf("the place of %s marks %q, want %q", e.Field, got, e.Written)
		}
	}
}

// What a page shows of an original is the original: nothing is lost or added,
// but for line ends, signs and sealed addresses.
func TestOriginalIsShownWhole(t *testing.T) {
	ss := samples()
	h := open(t, config(t, ss))
	for i, s := range ss {
		src := s.story.Sources[0]
		base := get(t, h, fmt.Sprintf("/stories/%d", i+1)).Header().Get("Location") + "/source/1"
		shown := ""
		for from := 0; from < int(src.Size); from += 200_000 {
			w := get(t, h, base+"?from="+strconv.Itoa(from))
			if w.Code != http.StatusOK {
				t.Fatalf("%s?from=%d answers %d", base, from, w.Code)
			}
			shown += originalOf(parsed(t, w))
		}
		text, err := charset.Replay(s.originals[src.Path], src.Reading)
		if err != nil {
			t.Fatal(err)
		}
		want := text.S
		for _, x := range s.story.Sealed {
			want = strings.ReplaceAll(want, x.Address, "[address sealed]")
		}
		shown = strings.ReplaceAll(shown, "[address sealed][address sealed]", "[address sealed]") // one across two pages
		if want = strings.ReplaceAll(want, "\r\n", "\n"); shown != want {
			at := 0
			for at < min(len(shown), len(want)) && shown[at] == want[at] {
				at++
			}
			t.Errorf("%s differs from the original at %d: %.60q, want %.60q", src.Path, at, shown[at:], want[at:])
		}
	}
}

// originalOf is the text of the original on a source page, signs read back.
func originalOf(doc *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		class, _ := attribute(n, "class")
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case class == "back":
			return
		case class == "sign":
			name, _ := attribute(n, "title")
			if byteValue, err := strconv.ParseInt(textOf(n), 16, 32); name == "undecodable byte" && err == nil {
				b.WriteRune(rune(0xF700 + byteValue))
			} else if r, err := strconv.ParseInt(strings.TrimPrefix(name, "U+"), 16, 32); err == nil {
				b.WriteRune(rune(r))
			}
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	for _, e := range elements(doc, "pre") {
		walk(e)
	}
	return b.String()
}

func byID(doc *html.Node, id string) *html.Node {
	for _, e := range elements(doc, "") {
		if v, _ := attribute(e, "id"); v == id {
			return e
		}
	}
	return nil
}

// lost is a vault whose bytes are not what they were.
type lost struct{ err error }

func (l lost) Get(context.Context, archive.Digest) ([]byte, error) { return nil, l.err }

// Without its original, a source page still says all that the archive knows, and
// no address.
func TestSourceWithoutOriginal(t *testing.T) {
	c := config(t, samples())
	c.Originals = lost{archive.Errorf(archive.Damaged, "The bytes are not those that were stored.")}
	w := get(t, open(t, c), lampsSource)
	if w.Code != http.StatusOK {
		t.Fatalf("answers %d", w.Code)
	}
	err := all(append(inEvery(), says("td", "2/11/03"), says("p", "The bytes are not those that were stored."), count("pre", 0), silent("mina@"))...)(parsed(t, w))
	if err != nil {
		t.Error(err)
	}
}

// unmasked is an archive whose evidence and header still have an address that
// was sealed.
type unmasked struct {
	web.Archive
	address string
}

func (u unmasked) Story(ctx context.Context, id int64) (*archive.Story, error) {
	s, err := u.Archive.Story(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, x := range s.Sealed {
		s.Evidence = append(s.Evidence,
			archive.Evidence{Field: archive.FieldEmail, Source: x.Source, Start: x.Start, End: x.End, Written: u.address},
			archive.Evidence{Field: archive.FieldThanks, Source: x.Source, Start: x.Start - 5, End: x.End + 5, Written: "to " + u.address})
	}
	return s, nil
}

// The pages do not trust others to have masked what is sealed.
func TestSealedWhateverTheEvidenceSays(t *testing.T) {
	c := config(t, samples())
	c.Archive = unmasked{c.Archive, "mina@pier.example"}
	for _, originals := range []web.Originals{c.Originals, lost{archive.Errorf(archive.NotFound, "Gone.")}} {
		c.Originals = originals
		w := get(t, open(t, c), lampsSource)
		if err := all(says("td", "[address sealed]"), silent("mina@"), silent("pier.example"))(parsed(t, w)); err != nil {
			t.Error(err)
		}
	}
}

// instead is an archive that has another story in every place, and its original.
type instead struct {
	web.Archive
	sample
}

func (i instead) Story(context.Context, int64) (*archive.Story, error) { return i.story, nil }

func (i instead) Get(context.Context, archive.Digest) ([]byte, error) {
	return i.originals[i.story.Sources[0].Path], nil
}

// FuzzSource shows any text with any ranges marked and sealed: the page stays
// well made, and what is sealed is not on it.
func FuzzSource(f *testing.F) {
	f.Add("by Mina mina@pier.example </pre><script>", 8, 25, 3, 30)
	f.Add("\x00\u202e\r\n\r<b>é\u00ad", 1, 4, 0, 9)
	f.Add("漢字かな", 1, 2, 2, 7)
	f.Add("\n\nfirst\rlast\uf78f", 0, 0, 2, 2)
	c := config(f, nil)
	f.Fuzz(func(t *testing.T, s string, from, to, start, end int) {
		s = strings.ToValidUTF8(s, "?")
		if s == "" || len(s) > 4000 {
			t.Skip()
		}
		clip := func(a, b int) (int, int) {
			a, b = abs(a)%(len(s)+1), abs(b)%(len(s)+1)
			return min(a, b), max(a, b)
		}
		from, to = clip(from, to)
		start, end = clip(start, end)
		p := &pageMaker{path: "f.html"}
		smp := p.write(s).sample(&archive.Story{Header: archive.Header{Title: s}, Chapters: []archive.Chapter{{Title: s, Text: paras("x")}}})
		smp.story.Evidence = []archive.Evidence{{Field: archive.FieldTitle, Source: p.path, Start: start, End: end, Written: s[start:end]}}
		smp.story.Header.Title, smp.story.ID = "", 1
		if from < to {
			smp.story.Sealed = []archive.Sealed{{Address: "a@b.example", Source: p.path, Start: from, End: to}}
		}
		at := instead{c.Archive, smp}
		h := open(t, web.Config{Archive: at, Originals: at})
		w := get(t, h, "/stories/1/untitled/source/1")
		if w.Code != http.StatusOK {
			t.Fatalf("answers %d", w.Code)
		}
		doc := parsed(t, w)
		if err := all(inEvery()...)(doc); err != nil {
			t.Error(err)
		}
		got := strings.ReplaceAll(originalOf(doc), "[address sealed]", "")
		if from < to && len(got) > len(s)-(to-from)+strings.Count(s, "\r") { // a lone return gets a line end
			t.Errorf("%q is shown of %q, where %d to %d is sealed", got, s, from, to)
		}
		text := strings.NewReplacer("\r", "", "\n", "")
		if from == to && text.Replace(got) != text.Replace(s) {
			t.Errorf("%q is shown of %q", got, s)
		}
	})
}

func abs(n int) int {
	if n == math.MinInt {
		return 0
	}
	return max(n, -n)
}

// Text can be read by people who see little, in every theme: WCAG 2.2, 1.4.3,
// level AA.
func TestContrast(t *testing.T) {
	h := open(t, config(t, nil))
	css := ""
	for _, link := range links(t, parsed(t, get(t, h, "/"))) {
		if strings.HasSuffix(link, ".css") {
			css = get(t, h, link).Body.String()
		}
	}
	themes := regexp.MustCompile(`:root(?:\[data-theme=\w+\])? \{([^}]*--paper[^}]*)\}`).FindAllStringSubmatch(css, -1)
	if len(themes) < 7 {
		t.Fatalf("%d colour themes", len(themes))
	}
	const value = `--([\w-]+): (#[0-9a-f]{3,6}|var\(--[\w-]+\))`
	accents := map[string]string{}
	for _, m := range regexp.MustCompile(value).FindAllStringSubmatch(themes[0][1], -1) {
		accents["var(--"+m[1]+")"] = m[2]
	}
	for _, theme := range themes {
		colour := map[string]float64{}
		for _, m := range regexp.MustCompile(value).FindAllStringSubmatch(theme[1], -1) {
			if hex, ok := accents[m[2]]; ok {
				m[2] = hex
			}
			colour[m[1]] = luminance(t, m[2][1:])
		}
		for _, on := range []string{"paper", "sheet"} {
			for _, of := range []string{"ink", "faint", "link"} {
				if c := contrast(colour[of], colour[on]); c < 4.5 {
					t.Errorf("%s on %s has a contrast of %.2f in %s", of, on, c, theme[1])
				}
			}
		}
		if c := contrast(colour["ink"], colour["marked"]); c < 4.5 {
			t.Errorf("marked text has a contrast of %.2f in %s", c, theme[1])
		}
	}
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = hex[:1] + hex[:1] + hex[1:2] + hex[1:2] + hex[2:] + hex[2:]
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(v uint64) float64 {
		c := float64(v&0xFF) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n>>16) + 0.7152*part(n>>8) + 0.0722*part(n)
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
