package rescue

import (
	"cmp"
	"path"
	"runtime"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/prose"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/intake"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// draft is one story, or one part of a story, as a single page gives it.
type draft struct {
	Story archive.Story
	// Dates are the numeric dates of the page, whose order its folder decides.
	Dates []vocab.Date
	// Own says that the page names its story itself.
	Own bool
}

// card is what linking needs to know of a draft; the draft lies in the spool.
type card struct {
	file, nth    int // place in the walk, and on the page
	origin, path string
	rel          string // path as links give it
	digest       archive.Digest
	slot         slot
	title        string // folded, without part marker; "" where the page names none
	authors      []string
	part, total  int
	heading      bool // the page has a chapter heading
	next, prev   string
	sketch       prose.Sketch
	words        int
	facts        int
	dates        []vocab.Date
	entries      []entry // of an index page
	empty        bool    // no story text
}

func sortCards(cards []*card) {
	slices.SortFunc(cards, func(a, b *card) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.nth, b.nth))
	})
}

// readOne makes the drafts of one page.
func (r *run) readOne(f numbered) error {
	folder := r.folders.of(f.File)
	s := r.sheet(f.File, f.digest, folder)
	if entries := s.index(); len(entries) > 0 {
		r.addIndex(f, s, entries)
		return nil
	}
	for nth, part := range s.stories() {
		d, c := r.draft(s, part)
		c.file, c.nth = f.n, nth
		at, err := r.spool.put(d)
		if err != nil {
			return err
		}
		c.slot = at
		r.mu.Lock()
		r.cards = append(r.cards, c)
		r.mu.Unlock()
	}
	if len(s.segments) == 0 {
		r.addTextless(f, s)
	}
	return nil
}

// sheet is one page on its way from bytes to drafts.
type sheet struct {
	file     intake.File
	digest   archive.Digest
	text     *charset.Text
	page     *page.Page
	segments []segment
	rescuer  *Rescuer
	folder   *folder
	source   archive.Source
}

// segment is the stretch of lines that belongs to one story of a page.
type segment struct {
	first, end int
}

// sheet decodes a page and tells its parts apart.
func (r *run) sheet(f intake.File, digest archive.Digest, d *folder) *sheet {
	s := &sheet{file: f, digest: digest, rescuer: r.Rescuer, folder: d}
	s.text = charset.Decode(f.Data, charset.Hints{HTML: f.Kind == archive.HTML, Neighbours: d.neighbours()})
	s.page = readPage(s.text.S, f.Kind)
	r.divider.Divide(s.page, d)
	s.source = archive.Source{Origin: f.Origin, Path: f.Path, Digest: digest, Size: int64(len(f.Data)), Kind: f.Kind, Reading: s.text.Log}
	return s
}

// stories divides the page into its stories: a new one begins with a header that
// follows a story and is followed by one.
func (s *sheet) stories() []segment {
	lines := s.page.Lines
	var out []segment
	first, seen := 0, false
	for i := range lines {
		switch lines[i].Part {
		case page.Story:
			seen = seen || lines[i].Kind == page.Prose
		case page.Header:
			if seen && s.opens(i) && s.storyAfter(i) {
				out = append(out, segment{first, i})
				first, seen = i, false
			}
		}
	}
	hasHeader := slices.ContainsFunc(lines[first:], func(l page.Line) bool { return l.Part == page.Header })
	if seen || hasHeader && len(out) == 0 {
		out = append(out, segment{first, len(lines)})
	} else if len(out) > 0 {
		out[len(out)-1].end = len(lines)
	}
	s.segments = out
	return out
}

// opens reports whether the header lines from line i on begin a story of their
// own: they give a title by its label, or a byline.
func (s *sheet) opens(i int) bool {
	for ; i < len(s.page.Lines); i++ {
		l := &s.page.Lines[i]
		if l.Part == page.Story && l.Kind == page.Prose {
			return false
		}
		if lab, ok := s.rescuer.words.Lead(l.Text); ok && lab.Field == "title" && lab.Strength == vocab.Strong {
			return true
		}
		if _, _, ok := vocab.Byline(l.Text); ok {
			return true
		}
		if numberedTitle(l.Text) && s.labelBelow(i) {
			return true
		}
		if _, _, _, ok := vocab.TitleByline(l.Text); ok && len(l.Text) < 120 {
			return true
		}
	}
	return false
}

// numberedTitle reports whether a line is "2. Thin Ice".
func numberedTitle(text string) bool {
	h, ok := vocab.ChapterHeading(text)
	return ok && h.Title != "" && strings.Trim(h.Label, "0123456789IVX") == ""
}

// labelBelow reports whether the header line below line i begins with a label.
func (s *sheet) labelBelow(i int) bool {
	for i++; i < len(s.page.Lines); i++ {
		if l := &s.page.Lines[i]; l.Kind == page.Prose {
			return l.Part == page.Header && s.rescuer.words.Leads(l.Text)
		}
	}
	return false
}

// storyAfter reports whether story text follows line i.
func (s *sheet) storyAfter(i int) bool {
	n := 0
	for ; i < len(s.page.Lines); i++ {
		if l := &s.page.Lines[i]; l.Part == page.Story {
			n += len(l.Text)
		}
	}
	return n > 200
}

// relieve frees the memory that a step left over, where it worked on many bytes:
// on a huge page that is as much as the next step needs.
func relieve(bytes int) {
	const huge = 4 << 20
	if bytes > huge {
		runtime.GC()
	}
}

// draft reads one story of a page.
func (r *run) draft(s *sheet, part segment) (*draft, *card) {
	h := r.headers.Read(s.page, part.first, part.end, header.Options{Common: s.folder.common, Several: len(s.segments) > 1})
	b := &builder{sheet: s, part: part, head: h, words: r.words}
	b.story.Sources = []archive.Source{s.source}
	b.addresses()
	b.header()
	relieve(len(s.text.S))
	b.body()
	b.language(r.options.Language)
	b.look()
	c := b.card()
	d := &draft{Story: b.story, Dates: h.Dates, Own: c.title != ""}
	return d, c
}

// card sums the draft up for linking.
func (b *builder) card() *card {
	c := &card{origin: b.sheet.file.Origin, path: b.sheet.file.Path, rel: b.sheet.file.Rel, digest: b.sheet.digest, dates: b.head.Dates}
	c.title = vocab.Fold(b.story.Header.Title)
	for _, name := range b.story.Header.Authors() {
		c.authors = append(c.authors, nameKey(name))
	}
	c.part, c.total = vocab.Number(b.head.Part), vocab.Number(b.head.Total)
	if h := b.head.Chapter; h != nil {
		c.heading = true
		if c.part == 0 {
			c.part = vocab.Number(h.Number)
		}
		if c.total == 0 {
			c.total = vocab.Number(h.Total)
		}
	}
	c.sketch = b.tally.Sketch()
	c.words = b.story.Words()
	c.facts = len(b.story.Evidence)
	c.empty = c.words == 0
	c.next, c.prev = b.sheet.neighbours()
	return c
}

// nameKey is the form in which the spellings of one pen name agree.
func nameKey(name string) string {
	if k := strings.ReplaceAll(vocab.Fold(name), " ", ""); k != "" {
		return k
	}
	return name
}

// resolve makes a link of the page a path like those of the walk, "" for links
// that lead out of the folder.
func (s *sheet) resolve(href string) string {
	return localPath(path.Dir(s.file.Rel), href)
}
