package report_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/rescue"
	"colophon/internal/rescue/intake"
	"colophon/internal/rescue/report"
)

var update = flag.Bool("update", false, "write golden files anew")

// written makes a report of samples.
func written(t *testing.T, res *rescue.Result, samples ...*sample) string {
	t.Helper()
	var b bytes.Buffer
	r := report.New(&b, "Rescue of the harbour archive")
	for _, s := range samples {
		if err := r.Story(s.story, s.original); err != nil {
			t.Fatal(err)
		}
	}
	if b.Len() > 0 {
		t.Error("the report was begun before its totals were known")
	}
	if err := r.Close(res); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	got := written(t, result(), samples(t)...)
	name := filepath.Join("testdata", "report.html")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("the report differs from %s (-want +got):\n%s", name, d)
	}
	wellMade(t, got)
}

func TestEmptyRescue(t *testing.T) {
	got := written(t, &rescue.Result{})
	wellMade(t, got)
	for _, want := range []string{"0 stories of 0 words", "There is no story to count.", "Every file was read.", "None was found."} {
		if !strings.Contains(got, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// TestFieldsAreMarked wants each field's bytes marked where they stand, and a
// way from the row to the mark and back.
func TestFieldsAreMarked(t *testing.T) {
	s := lamps()
	page := original(t, written(t, result(), s))
	for _, e := range s.story.Evidence {
		want := strings.ReplaceAll(e.Written, "mina@pier.example", "[address sealed]")
		if got := page.marked[string(e.Field)]; got != want {
			t.Errorf("%s marks %q, want %q", e.Field, got, want)
		}
	}
	if got, want := page.text, strings.ReplaceAll(shownText(t, s), "mina@pier.example", "[address sealed]"); got != want {
		t.Errorf("the original differs (-want +got):\n%s", cmp.Diff(want, got))
	}
}

// shownText is the first original of a sample as text.
func shownText(t *testing.T, s *sample) string {
	t.Helper()
	src := s.story.Sources[0]
	text, err := charset.Replay(s.originals[src.Path], src.Reading)
	if err != nil {
		t.Fatal(err)
	}
	return text.S
}

// shown is an original in a report.
type shown struct {
	text   string            // without names and signs
	marked map[string]string // by field
}

// original reads the first original of a report back: the text, and by the
// numbers of the names what belongs to each field, until the title of its
// marks no longer names it.
func original(t *testing.T, page string) shown {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	out := shown{marked: map[string]string{}}
	labels := map[string]string{
		"Title": "title", "Author": "authors", "Fandom": "fandoms", "Rating": "rating", "Date": "date", "Relationships": "relationships",
		"Summary": "summary", "Updated": "date_updated", "Feedback": "feedback",
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || attr(n, "class") != "original" || out.text != "" {
			continue
		}
		for c := range n.ChildNodes() {
			text := textOf(c)
			out.text += text
			if c.Data != "mark" {
				continue
			}
			for label := range strings.SplitSeq(attr(c, "title"), ", ") {
				out.marked[labels[label]] += text
			}
		}
	}
	return out
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf is the text of a node without the names of fields.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if attr(n, "class") == "name" {
		return ""
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(textOf(c))
	}
	return b.String()
}

func TestAddressesAreSealed(t *testing.T) {
	s := lamps()
	// What rescue seals it masks in values too; a report does not rely on it.
	s.story.Header.Notes = "Write to mina@pier.example."
	s.story.Findings[0].Message += " Ask mina@pier.example."
	res := result()
	res.Left[0].Path = "mail/mina@pier.example/1.gif"
	got := written(t, res, s)
	if strings.Contains(got, "mina@") || strings.Contains(got, "pier.example") {
		t.Errorf("the address is shown: %s", around(got, "pier.example"))
	}
	if !strings.Contains(original(t, got).text, "bram@lighthouse.example") {
		t.Error("the address in the fiction is gone")
	}
	if n := strings.Count(got, `<span class="sealed">`); n < 4 {
		t.Errorf("%d notes of sealed addresses, want at least 4", n)
	}
}

// An index page that gave evidence is a source of the story without being its
// own, and no story says what is sealed in it.
func TestIndexPagesAreSealed(t *testing.T) {
	s := lamps()
	s.add("index.html", `<a href="fic/lamps.html">Lamps</a> by Mina, mina@pier.example: a tale`)
	s.story.Sources[1].Copy = true
	s.evidence(archive.FieldSummary, "index.html", "by Mina, mina@pier.example: a tale")
	got := written(t, result(), s)
	if strings.Contains(got, "pier.example") {
		t.Errorf("the address is shown: %s", around(got, "pier.example"))
	}
	if !strings.Contains(got, "by Mina, [address sealed]: a tale") {
		t.Error("the value is not shown with the address masked")
	}
}

func around(s, what string) string {
	i := strings.Index(s, what)
	return s[max(0, i-100):min(len(s), i+100)]
}

const hostile = "</pre></table><script>alert(1)</script>\"'`=><img src=x onerror=alert(1)>\x00\x1b[2J\u202Ereversed\u2066\u200F\uFFFE\u2028&lt;{{.}}</style><!-- ]]>"

// hostileSample has a hostile value in every field of every type.
func hostileSample() *sample {
	h := archive.Header{
		Title: hostile, Fandoms: []string{hostile}, Rating: archive.Stated{Written: hostile, Normal: hostile}, Warnings: []string{hostile},
		Relationships: []string{hostile}, Characters: []string{hostile}, Genres: []string{hostile}, Categories: []string{hostile}, Keywords: []string{hostile},
		Summary: hostile, Notes: hostile, Disclaimer: hostile, Spoilers: hostile, Thanks: hostile, Dedication: hostile,
		Series: archive.Place{Name: hostile, Part: hostile}, SequelTo: hostile, PrequelTo: hostile, Prerequisites: []string{hostile}, Status: hostile,
		Date: archive.Stated{Written: hostile}, Updated: archive.Stated{Normal: hostile}, Language: hostile, Homepage: "javascript:" + hostile,
		Permission: hostile, ArchiveName: hostile, ListName: hostile, Other: []archive.Labelled{{Label: hostile, Value: hostile}},
	}
	for _, role := range []archive.Role{archive.Author, archive.Translator, archive.Artist, archive.Beta, archive.Recipient} {
		h.Bylines = append(h.Bylines, archive.Byline{Name: hostile, Role: role, Also: []string{hostile}})
	}
	s := &sample{originals: map[string][]byte{}, story: &archive.Story{Header: h}}
	s.add(hostile, strings.Repeat(hostile+"\r\n", 3))
	n := len(hostile)
	for i, f := range []archive.Field{archive.FieldTitle, archive.FieldOther, "<x onload=1>", archive.FieldSummary} {
		s.story.Evidence = append(s.story.Evidence, archive.Evidence{Field: f, Source: hostile, Start: i * 7, End: i*7 + n, Rule: hostile, Confidence: 0.5, Written: hostile})
	}
	// Places that are not in the file, backwards, or of no size.
	for _, x := range [][2]int{{-5, 4}, {9, 2}, {0, 1 << 40}, {3 * n, 3 * n}, {3*n + 6, 3*n + 6}, {0, 0}} {
		s.story.Evidence = append(s.story.Evidence, archive.Evidence{Field: archive.FieldTitle, Index: -1, Source: hostile, Start: x[0], End: x[1], Written: hostile})
		s.story.Findings = append(s.story.Findings, archive.Finding{Code: hostile, Message: hostile, Source: hostile, Start: x[0], End: x[1]})
		s.story.Sealed = append(s.story.Sealed, archive.Sealed{Source: hostile, Start: x[0], End: x[0] + 1})
	}
	s.story.Findings = append(s.story.Findings, archive.Finding{Code: hostile, Message: hostile, Source: hostile, Start: 3, End: n})
	return s
}

func TestHostileValues(t *testing.T) {
	res := &rescue.Result{
		Stories: 1, Filled: map[archive.Field]int{"<x onload=1>": 1}, Findings: map[string]int{hostile: 3},
		Left:  []intake.Left{{Path: hostile, Reason: hostile, Code: hostile}, {Path: hostile, Reason: "x", Code: hostile}},
		Pages: []archive.Finding{{Code: hostile, Message: hostile, Source: hostile, Start: 1, End: 2}},
		Alike: []rescue.Alike{{Path: hostile, Title: hostile}}, Names: [][]string{{hostile, hostile}},
	}
	got := written(t, res, hostileSample())
	wellMade(t, got)
	got = html.UnescapeString(got)
	for _, want := range []string{"U+202E", "U+2066", "U+200F", "U+2028", "U+FFFE", "␀", "␛"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not shown", want)
		}
	}
	for _, r := range got {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			t.Fatalf("%U stands in the report", r)
		}
	}
}

// TestLongOriginals wants of a long original its beginning, its end and what
// holds evidence, and no more.
func TestLongOriginals(t *testing.T) {
	s := &sample{originals: map[string][]byte{}, story: &archive.Story{}}
	filler := func(c string) string { return strings.Repeat(c, 40_000) }
	s.add("long.html", "FIRST"+filler("ä")+"EVIDENCE"+filler("b")+"FINDING"+filler("c")+"LAST")
	s.evidence(archive.FieldTitle, "long.html", "EVIDENCE")
	s.find(archive.UndecodableBytes, "long.html", "FINDING", "Look.")
	got := written(t, &rescue.Result{Stories: 1}, s)
	wellMade(t, got)
	page := original(t, got).text
	for _, want := range []string{"FIRST", "EVIDENCE", "LAST", "…"} {
		if !strings.Contains(page, want) {
			t.Errorf("the original lacks %s", want)
		}
	}
	if strings.Contains(page, "\uFFFD") {
		t.Error("a character is cut")
	}
	if n := len(page); n > 12<<10 {
		t.Errorf("%d bytes of the original are shown", n)
	}
	excerpt := regexp.MustCompile(`(?s)<pre class="excerpt"[^>]*>\n(.*?)</pre>`).FindStringSubmatch(got)
	want := "… b×120 [FINDING] c×120 …"
	if len(excerpt) != 2 {
		t.Fatal("there is no excerpt")
	}
	text := regexp.MustCompile(`<span[^>]*>…</span>`).ReplaceAllString(excerpt[1], "…")
	text = strings.NewReplacer(strings.Repeat("b", 120), " b×120 ", strings.Repeat("c", 120), " c×120 ", "<mark>", "[", "</mark>", "]").Replace(text)
	if text != want {
		t.Errorf("the excerpt is %q, want %q", text, want)
	}
}

// TestManySources wants a story of many files told of in bounded space.
func TestManySources(t *testing.T) {
	s := &sample{originals: map[string][]byte{}, story: &archive.Story{}}
	for i := range 60 {
		s.add(fmt.Sprintf("%d.html", i), strings.Repeat("A line of text.\n", 1000))
	}
	got := written(t, &rescue.Result{Stories: 1}, s)
	wellMade(t, got)
	if n := strings.Count(got, `<pre class="original"`); n != 8 {
		t.Errorf("%d originals are shown, want 8", n)
	}
	if !strings.Contains(got, "52 more pages of this story") || !strings.Contains(got, "and 57 more pages") {
		t.Error("the others are not counted")
	}
}

func TestOriginalsThatCannotBeRead(t *testing.T) {
	s := lamps()
	changed := func(archive.Source) ([]byte, error) { return []byte("something else"), nil }
	failing := func(archive.Source) ([]byte, error) { return nil, io.ErrUnexpectedEOF }
	var b bytes.Buffer
	r := report.New(&b, "x")
	if err := r.Story(s.story, changed); err != nil {
		t.Fatal(err)
	}
	if err := r.Story(s.story, failing); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a fault of the disk gives %v", err)
	}
	if err := r.Close(&rescue.Result{Stories: 1}); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); !strings.Contains(got, "it has changed since") || strings.Contains(got, "mina@") {
		t.Error("a changed file is not told of, or its address shown")
	}
	r.Discard()
}

// failing fails after some bytes.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("no space left")
	}
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	s := lamps()
	for _, room := range []int{0, 70_000} {
		r := report.New(&failing{room}, "x")
		for range 10 {
			if err := r.Story(s.story, s.original); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Close(result()); archive.KindOf(err) != archive.Internal || err == nil {
			t.Errorf("a full disk gives %v", err)
		}
	}
}

// TestMemory streams 10,000 small stories.
func TestMemory(t *testing.T) {
	s := &sample{originals: map[string][]byte{}, story: &archive.Story{}}
	s.add("small.html", "<h1>Small</h1><p>The tide went out and stayed there.</p>")
	s.evidence(archive.FieldTitle, "small.html", "Small")
	s.find(archive.VeryShort, "small.html", "The tide", "Short.")
	r := report.New(io.Discard, "x")
	before := heap()
	var most uint64
	for i := range 10_000 {
		s.story.Header.Title = fmt.Sprintf("Story %d", i)
		if err := r.Story(s.story, s.original); err != nil {
			t.Fatal(err)
		}
		if i%2500 == 2499 {
			most = max(most, heap())
		}
	}
	t.Logf("the heap is %d KiB before and %d KiB at most", before>>10, most>>10)
	if most > before+32<<20 {
		t.Errorf("the heap grew by %d bytes", most-before)
	}
	if err := r.Close(result()); err != nil {
		t.Fatal(err)
	}
}

// heap is the size of what is in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
