package kept_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/web/kept"
)

// made is a page of so many bytes that can be told from others by its text.
func made(t testing.TB, address, look, text string, size int) *kept.Page {
	t.Helper()
	p := kept.Compose([]byte(text + string(bytes.Repeat([]byte("."), max(0, size-len(text))))))
	p.Key = kept.Key{Address: address, Language: "en", Look: look}
	return p
}

// following is room for pages whose changes are followed from number 10 on.
func following(limit int64) *kept.Pages {
	p := kept.New(limit)
	p.Follow(10)
	return p
}

// What is kept goes exactly when what it shows changes.
func TestDropped(t *testing.T) {
	needs := map[string]kept.Needs{
		"story 1":  {Stories: []int64{1}},
		"story 2":  {Stories: []int64{2}, Series: []int64{7}},
		"series 7": {Series: []int64{7}, Stories: []int64{2, 3}},
		"listing":  {Listing: true},
		"words":    {},
	}
	tests := []struct {
		name   string
		change archive.Change
		left   []string
	}{
		{"one story", archive.Change{Story: 1}, []string{"series 7", "story 2", "words"}},
		{"a story in a series", archive.Change{Story: 3, Series: []int64{7}}, []string{"story 1", "words"}},
		{"a series", archive.Change{Series: []int64{7}}, []string{"story 1", "words"}},
		{"a story beside", archive.Change{Story: 9}, []string{"series 7", "story 1", "story 2", "words"}},
		{"tags", archive.Change{Tags: true}, []string{"words"}},
		{"something else", archive.Change{}, []string{"words"}},
		{"too much to tell", archive.Change{All: true}, nil},
	}
	for _, tt := range tests {
		p := following(1 << 20)
		for name, n := range needs {
			if !p.Put(made(t, name, "", name, 100), n, p.Seen()) {
				t.Fatalf("%s is not kept", name)
			}
		}
		tt.change.Seq = 11
		p.Changed([]archive.Change{tt.change})
		var left []string
		for name := range needs {
			if p.Get(kept.Key{Address: name, Language: "en"}) != nil {
				left = append(left, name)
			}
		}
		slices.Sort(left)
		if !slices.Equal(left, tt.left) {
			t.Errorf("%s: %v are left, want %v", tt.name, left, tt.left)
		}
		if s := p.Stats(); s.Pages != len(left) || (len(left) == 0) != (s.Used == 0) {
			t.Errorf("%s: figures are %+v", tt.name, s)
		}
	}
}

// A page that was read before a change and finished after it is not kept.
func TestComposedTooEarly(t *testing.T) {
	one := kept.Needs{Stories: []int64{1}}
	p := following(1 << 20)
	before := p.Seen()
	p.Changed([]archive.Change{{Seq: 11, Story: 1}, {Seq: 12, Story: 5}})
	if p.Put(made(t, "a", "", "old", 100), one, before) {
		t.Error("a page from before the change is kept")
	}
	if !p.Put(made(t, "b", "", "other", 100), kept.Needs{Stories: []int64{2}}, before) {
		t.Error("a page that the change does not concern is not kept")
	}
	if !p.Put(made(t, "a", "", "new", 100), one, p.Seen()) {
		t.Error("a page from after the change is not kept")
	}
	p.Changed([]archive.Change{{Seq: 11, Story: 1}}) // told once more
	if p.Get(kept.Key{Address: "a", Language: "en"}) == nil {
		t.Error("a change that was told before drops the page")
	}

	// More changes than are remembered.
	before = p.Seen()
	for seq := int64(13); seq < 3000; seq++ {
		p.Changed([]archive.Change{{Seq: seq, Story: 5}})
	}
	if p.Put(made(t, "c", "", "old", 100), one, before) {
		t.Error("a page is kept though the changes since are not known")
	}

	// Another history, with the same numbers.
	before = p.Seen()
	p.Lose()
	if p.Put(made(t, "d", "", "lost", 100), one, before) || p.Stats().Pages > 0 {
		t.Error("pages are kept while changes are not followed")
	}
	p.Follow(2999)
	if p.Put(made(t, "d", "", "lost", 100), one, before) {
		t.Error("a page from another history is kept")
	}
}

// No page is ever given out that lacks a change which was told, whatever comes
// between reading, telling and keeping; and the bound holds.
func TestNeverStale(t *testing.T) {
	const limit = 60_000
	rapid.Check(t, func(t *rapid.T) {
		p := kept.New(limit)
		p.Follow(0)
		type draft struct {
			needs kept.Needs
			seen  kept.Moment
			at    int64 // the change that it was read after
		}
		var log []archive.Change
		told := 0
		var drafts []draft
		content := map[*kept.Page]draft{}
		some := rapid.IntRange(0, 4)
		t.Repeat(map[string]func(*rapid.T){
			"change": func(t *rapid.T) {
				c := archive.Change{Seq: int64(len(log) + 1), Story: int64(some.Draw(t, "story")), Tags: some.Draw(t, "tags") == 4}
				if s := some.Draw(t, "series"); s > 2 {
					c.Series = []int64{int64(s)}
				}
				log = append(log, c)
			},
			"tell": func(t *rapid.T) {
				to := rapid.IntRange(told, len(log)).Draw(t, "to")
				p.Changed(log[told:to])
				told = to
			},
			"lose": func(*rapid.T) { p.Lose(); p.Follow(int64(len(log))); told = len(log) },
			"begin": func(t *rapid.T) {
				drafts = append(drafts, draft{needs: drawNeeds(t, some), seen: p.Seen(), at: int64(len(log))})
			},
			"finish": func(t *rapid.T) {
				if len(drafts) == 0 {
					t.Skip("nothing was begun")
				}
				i := rapid.IntRange(0, len(drafts)-1).Draw(t, "draft")
				d := drafts[i]
				drafts = slices.Delete(drafts, i, i+1)
				page := kept.Compose(make([]byte, rapid.IntRange(1, 20_000).Draw(t, "size")))
				page.Key = kept.Key{Address: fmt.Sprint(some.Draw(t, "address")), Look: []string{"", "x"}[some.Draw(t, "look")/3]}
				content[page] = d
				p.Put(page, d.needs, d.seen)
			},
			"": func(t *rapid.T) {
				s := p.Stats()
				if s.Used > limit || s.UnusualBytes > limit/4 {
					t.Fatalf("%+v is over the bound", s)
				}
				for a := range 5 {
					for _, look := range []string{"", "x"} {
						page := p.Get(kept.Key{Address: fmt.Sprint(a), Look: look})
						if page == nil {
							continue
						}
						d := content[page]
						for _, c := range log[d.at:max(int(d.at), told)] {
							if touches(d.needs, c) {
								t.Fatalf("a page read at %d with %+v is given out after %+v was told", d.at, d.needs, c)
							}
						}
					}
				}
			},
		})
	})
}

func drawNeeds(t *rapid.T, some *rapid.Generator[int]) kept.Needs {
	var n kept.Needs
	switch some.Draw(t, "kind") {
	case 0:
		n.Listing = true
	case 1:
		n.Series = []int64{int64(some.Draw(t, "of series"))}
	default:
		n.Stories = []int64{int64(rapid.IntRange(1, 4).Draw(t, "of story"))}
	}
	n.Rare = some.Draw(t, "rare") == 0
	return n
}

// touches says the rule once more, in other words than the package does.
func touches(n kept.Needs, c archive.Change) bool {
	if n.Listing || c.Tags {
		return true
	}
	if c.Story == 0 && c.Series == nil {
		return true
	}
	if slices.Contains(n.Stories, c.Story) {
		return true
	}
	for _, s := range n.Series {
		if slices.Contains(c.Series, s) {
			return true
		}
	}
	return false
}

// Junk drives out nothing: neither a walk through all addresses nor any number
// of looks, and both find a bound.
func TestJunkDrivesOutNothing(t *testing.T) {
	const limit, size = 100_000, 1_000
	p := following(limit)
	put := func(address, look string, needs kept.Needs) bool {
		page := made(t, address, look, address, size)
		return p.Wanted(page.Key, needs, size) && p.Put(page, needs, p.Seen())
	}
	usual := kept.Needs{Stories: []int64{1}}
	var first []string
	for n := 0; ; n++ {
		name := fmt.Sprint("story ", n)
		if !put(name, "", usual) {
			break
		}
		first = append(first, name)
	}
	if len(first) < 30 {
		t.Fatalf("only %d pages are kept", len(first))
	}
	for n := range 5_000 {
		put(fmt.Sprint("walk ", n), "", usual)
		put("story 1", fmt.Sprint("look ", n), usual)
		put(fmt.Sprint("search ", n), "", kept.Needs{Listing: true, Rare: true})
	}
	if s := p.Stats(); s.UnusualBytes > 0 || s.Pages != len(first) {
		t.Errorf("pages asked for once are kept: %+v", s)
	}
	for n := range 5_000 { // asked for twice in a row, as somebody who knows the rule would
		for range 2 {
			put(fmt.Sprint("search ", n), "", kept.Needs{Listing: true, Rare: true})
			put("story 1", fmt.Sprint("look ", n), usual)
		}
	}
	if s := p.Stats(); s.UnusualBytes == 0 || s.UnusualBytes > limit/4 || s.Used > limit {
		t.Errorf("junk takes more than its share: %+v", s)
	}
	for _, name := range first {
		if p.Get(kept.Key{Address: name, Language: "en"}) == nil {
			t.Errorf("%s was driven out", name)
		}
	}
	// A page that readers do come for gets in.
	if put("new", "", usual) || !put("new", "", usual) {
		t.Error("a page asked for twice is not kept")
	}
	if p.Wanted(kept.Key{Address: "huge"}, usual, limit/8) {
		t.Error("one page may take an eighth of the memory")
	}
}

// The page that was used least recently goes first, and every form is counted.
func TestBound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, 20_000)
	for i := range text {
		text[i] = "abcdefgh "[r.IntN(9)]
	}
	p := following(90_000)
	var pages []*kept.Page
	for n := range 3 {
		page := made(t, fmt.Sprint(n), "", string(text), 0)
		if !p.Put(page, kept.Needs{}, p.Seen()) {
			t.Fatal("not kept")
		}
		pages = append(pages, page)
	}
	p.Get(pages[0].Key)
	before := p.Stats().Used
	page := pages[2]
	if err := page.Pack(); err != nil {
		t.Fatal(err)
	}
	if grown, err := page.Squeeze(); err != nil || !grown {
		t.Fatal(grown, err)
	}
	if !p.Grow(page) {
		t.Error("the page is not kept any more")
	}
	if got, want := p.Stats().Used-before, int64(len(page.Quick().Body)+len(page.Small().Body)); got != want && p.Stats().Pages == 3 {
		t.Errorf("the forms count %d bytes, want %d", got, want)
	}
	if p.Get(pages[1].Key) != nil || p.Get(pages[0].Key) == nil {
		t.Error("another page than the one used least recently was dropped")
	}
	if p.Grow(pages[1]) || p.Has(pages[1]) {
		t.Error("a page that was dropped grows")
	}
	for _, form := range []struct {
		f *kept.Form
		r func(io.Reader) (io.Reader, error)
	}{
		{page.Plain(), func(r io.Reader) (io.Reader, error) { return r, nil }},
		{page.Quick(), func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{page.Small(), func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }},
	} {
		r, err := form.r(bytes.NewReader(form.f.Body))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, text) || form.f.Length[0] != fmt.Sprint(len(form.f.Body)) {
			t.Errorf("the form %v has other text: %v", form.f.Coding, err)
		}
	}
}
