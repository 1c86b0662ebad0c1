package header_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// story is the text under the headers of these tests.
const story = `<p>The fog came in over the harbour wall at six and lay down like a dog at the door of the lamp room. Nobody had asked it to. Marit lit the second lamp, then the third, and put the kettle where she could hear it.</p>
<p>"You could have waited," said Joss from the stairs. He carried the oil in both arms, as one carries a child, and he was out of breath.</p>
<p>She did not answer at once. There are nights on which an answer is only one more thing to carry up, and the stair had ninety steps.</p>`

// readPage reads the header of a page: HTML where it begins with "<", else text.
func readPage(t *testing.T, in string, o header.Options) *header.Header {
	t.Helper()
	words := vocab.New()
	p := page.ReadText(in)
	if strings.HasPrefix(in, "<") {
		p = page.ReadHTML(in)
	}
	page.NewDivider(words).Divide(p, nil)
	h := header.NewReader(words).Read(p, 0, len(p.Lines), o)
	checkRanges(t, in, p.HTML, h)
	return h
}

// checkRanges checks that each fact stands in the page where it says: the range
// without tags, its entities decoded, is the fact.
func checkRanges(t *testing.T, in string, isHTML bool, h *header.Header) {
	t.Helper()
	for _, f := range h.Facts {
		if f.Start < 0 || f.End < f.Start || f.End > len(in) {
			t.Errorf("%s %q: %d to %d of a page of %d bytes", f.Field, f.Text, f.Start, f.End, len(in))
			continue
		}
		raw := in[f.Start:f.End]
		if isHTML {
			raw = html.UnescapeString(untagged(raw))
		}
		if a, b := folded(raw), folded(f.Text); a != b {
			t.Errorf("%s is %q, but its range holds %q", f.Field, b, a)
		}
	}
}

func untagged(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		k := strings.IndexByte(s[max(0, i):], '>')
		if i < 0 || k < 0 {
			return b.String() + s
		}
		b.WriteString(s[:i] + " ")
		s = s[i+k+1:]
	}
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// told shows what a header says, a line for each fact: "rating: R = mature".
func told(h *header.Header) []string {
	var out []string
	for _, f := range h.Facts {
		line := string(f.Field)
		if f.Label != "" {
			line += " (" + f.Label + ")"
		}
		line += ": " + f.Text
		if f.Normal != "" && f.Normal != f.Text {
			line += " = " + f.Normal
		}
		out = append(out, line)
	}
	if h.Part != "" {
		out = append(out, strings.TrimSuffix("[part "+h.Part+" of "+h.Total, " of ")+"]")
	}
	if h.Chapter != nil {
		out = append(out, fmt.Sprintf("[chapter %s %q]", h.Chapter.Number, h.Chapter.Title))
	}
	if h.Requested {
		out = append(out, "[feedback asked for]")
	}
	if h.WarningsNone {
		out = append(out, "[nothing to warn of]")
	}
	return out
}

// sample is a header and what it says, a fact on each line.
type sample struct{ name, in, want string }

func checkHeaders(t *testing.T, samples []sample) {
	t.Helper()
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			got := strings.Join(told(readPage(t, s.in, header.Options{})), "\n")
			if diff := cmp.Diff(strings.TrimSpace(s.want), got); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", s.in, diff)
			}
		})
	}
}

// row is one header line, or several divided by "\n", and what they say, facts
// divided by "; ".
type row struct{ in, want string }

// checkRows reads each row below a title and an author, which are left out of
// what is shown.
func checkRows(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		lines := "<p>" + strings.ReplaceAll(html.EscapeString(r.in), "\n", "</p><p>") + "</p>"
		h := readPage(t, "<p>Title: Thin Ice</p><p>Author: Nell Harrow</p>"+lines+"<hr>"+story, header.Options{})
		var got []string
		for _, f := range told(h) {
			if f != "title: Thin Ice" && f != "authors: Nell Harrow" {
				got = append(got, f)
			}
		}
		if diff := cmp.Diff(r.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.in, diff)
		}
	}
}

func TestFirst(t *testing.T) {
	h := &header.Header{Facts: []header.Fact{
		{Field: archive.FieldTitle, Text: "a", Confidence: 0.5},
		{Field: archive.FieldTitle, Text: "b", Confidence: 0.9},
		{Field: archive.FieldTitle, Text: "c", Confidence: 0.9},
	}}
	if f, ok := h.First(archive.FieldTitle); !ok || f.Text != "b" {
		t.Errorf("First gives %q, %v", f.Text, ok)
	}
	if h.Has(archive.FieldRating) || !h.Has(archive.FieldTitle) {
		t.Error("Has is wrong")
	}
}

func TestTitleSegments(t *testing.T) {
	for in, want := range map[string]string{
		"Thin Ice":                        "Thin Ice",
		"The Lamp Room :: Thin Ice":       "The Lamp Room|Thin Ice",
		"Lamps - Thin Ice by Nell | Home": "Lamps|Thin Ice by Nell|Home",
		"Half-Light":                      "Half-Light",
		"Lamps: Thin Ice":                 "Lamps|Thin Ice",
		"":                                "",
	} {
		var got []string
		for _, r := range header.TitleSegments(in) {
			got = append(got, in[r[0]:r[1]])
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q is divided as %q, not %q", in, s, want)
		}
	}
}
