package rescue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/internal/archive"
	"colophon/internal/prose"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// layout is how the story lines of a page are put together to paragraphs.
type layout struct {
	usual  int  // empty lines between paragraphs
	breaks bool // a single line break ends a paragraph
	wrap   int  // width of lines wrapped in paragraphs of their own, 0 where there are none
	verse  bool // short lines without gaps stay lines
}

// body turns the story lines into chapters.
func (b *builder) body() {
	lines := b.storyLines()
	lay := layoutOf(b.sheet.page, lines)
	var chapters []chapterLines
	first := chapterLines{title: b.chapterTitle()}
	chapters = append(chapters, first)
	for i, l := range lines {
		if title, ok := b.startsChapter(lines, i); ok {
			if last := &chapters[len(chapters)-1]; len(last.lines) == 0 {
				last.title = title
			} else {
				chapters = append(chapters, chapterLines{title: title})
			}
			continue
		}
		last := &chapters[len(chapters)-1]
		last.lines = append(last.lines, l)
	}
	for _, c := range chapters {
		b.chapter(c, lay)
	}
}

type chapterLines struct {
	title string
	lines []*page.Line
}

func (b *builder) storyLines() []*page.Line {
	var lines []*page.Line
	for i := b.part.first; i < b.part.end; i++ {
		if l := &b.sheet.page.Lines[i]; l.Part == page.Story {
			lines = append(lines, l)
		}
	}
	return lines
}

// chapterTitle is the heading that the header gives the text.
func (b *builder) chapterTitle() string {
	h := b.head.Chapter
	if h == nil {
		return ""
	}
	return headingText(*h)
}

func headingText(h vocab.Heading) string {
	switch {
	case h.Title == "":
		return h.Label
	case strings.Trim(h.Label, "0123456789IVX") == "":
		return h.Label + ". " + h.Title
	}
	return h.Label + ": " + h.Title
}

// startsChapter reports whether a story line is the heading of a chapter: it
// reads like one and is set apart.
func (b *builder) startsChapter(lines []*page.Line, i int) (string, bool) {
	l := lines[i]
	if l.Kind != page.Prose || len(l.Text) > 120 {
		return "", false
	}
	h, ok := vocab.ChapterHeading(l.Text)
	if !ok || strings.Trim(h.Label, "0123456789IVX. ") == "" && l.Level == 0 {
		return "", false
	}
	apart := l.Level > 0 || l.Center || bold(l) || i == 0 || l.Gap > 0 && (i+1 == len(lines) || lines[i+1].Gap > 0) || lines[max(0, i-1)].Kind == page.Rule || l.Block && (i+1 == len(lines) || lines[i+1].Block)
	return headingText(h), apart
}

func bold(l *page.Line) bool {
	return len(l.Spans) > 0 && l.Spans[0].Start == 0 && l.Spans[0].Marks&(prose.Strong|prose.Underline) != 0 && l.Spans[0].End >= len(l.Text)-1
}

// chapter adds a chapter with the canonical text of its lines.
func (b *builder) chapter(c chapterLines, lay layout) {
	text, notes := assemble(c.lines, lay, b.sheet.page.Wrap).Normalise(prose.Options{TextEmphasis: b.sheet.file.Kind == archive.Text || b.sheet.page.Wrap > 0})
	_ = notes // the breaks and emphasis that were read; the source page shows the original beside the result
	relieve(size(text))
	text = b.hideOwn(text)
	words := b.tally.Add(text)
	if words == 0 && c.title == "" {
		return
	}
	b.text = append(b.text, text...)
	if words > 0 {
		b.story.Chapters = append(b.story.Chapters, archive.Chapter{Title: c.title, Text: text.NormalHTML(), Words: words})
	}
}

// size is the length of a text in bytes.
func size(t prose.Text) int {
	n := 0
	for i := range t {
		for _, r := range t[i].Runs {
			n += len(r.Text)
		}
	}
	return n
}

// hideOwn masks in the story, which is in canonical form and stays so, the
// addresses that the page gives as its author's.
func (b *builder) hideOwn(t prose.Text) prose.Text {
	if len(b.sealed) == 0 {
		return t
	}
	for i := range t {
		for k := range t[i].Runs {
			r := &t[i].Runs[k]
			for _, s := range b.sealed {
				if strings.Contains(r.Text, s.address) {
					r.Text = strings.ReplaceAll(r.Text, s.address, "[address sealed]")
				}
			}
		}
	}
	return t.Normal()
}

// layoutOf looks at how a page sets its paragraphs.
func layoutOf(p *page.Page, lines []*page.Line) layout {
	var gaps [4]int
	breaks, blocks, short := 0, 0, 0
	for _, l := range lines {
		if l.Kind != page.Prose {
			continue
		}
		if l.Block && p.HTML {
			blocks++
		} else {
			breaks++
		}
		gaps[min(l.Gap, 3)]++
		if len(l.Text) < 50 {
			short++
		}
	}
	lay := layout{}
	most := 0
	for g := 1; g < len(gaps); g++ {
		if gaps[g] > most {
			most, lay.usual = gaps[g], g
		}
	}
	total := max(1, breaks+blocks)
	if most*4 < total {
		lay.usual = 0
	}
	lay.breaks = lay.usual == 0 && p.Wrap == 0 && breaks > blocks
	lay.verse = !lay.breaks
	lay.wrap = blockWrap(p, lines)
	return lay
}

// blockWrap finds the width of lines that were wrapped and then each made a
// paragraph of its own, as careless converters did; 0 where there is none.
func blockWrap(p *page.Page, lines []*page.Line) int {
	if p.Wrap > 0 || len(lines) < 6 {
		return 0
	}
	widest, open, n := 0, 0, 0
	for _, l := range lines {
		if l.Kind != page.Prose {
			continue
		}
		w := utf8.RuneCountInString(l.Text)
		if w > 95 {
			return 0
		}
		n++
		widest = max(widest, w)
		if w > 40 && !ended(l.Text) {
			open++
		}
	}
	if open*2 < n {
		return 0
	}
	return widest
}

func ended(s string) bool {
	t := strings.TrimRight(s, " \"'\u201d\u2019\u00bb)*_")
	r, _ := utf8.DecodeLastRuneInString(t)
	return strings.ContainsRune(".!?\u2026\u3002:", r)
}

// assemble puts lines together to paragraphs.
func assemble(lines []*page.Line, lay layout, wrap int) prose.Text {
	t := make(prose.Text, 0, len(lines))
	for i, l := range lines {
		var prev *page.Line
		if i > 0 {
			prev = lines[i-1]
		}
		t = place(t, l, prev, lay, wrap)
	}
	return t
}

// place adds a line: to the paragraph before it, or as one of its own.
func place(t prose.Text, l, prev *page.Line, lay layout, wrap int) prose.Text {
	switch l.Kind {
	case page.Rule:
		return append(t, prose.Block{Kind: prose.Break})
	case page.Image:
		return append(t, prose.Block{Kind: prose.Image, Runs: []prose.Run{{Text: l.Text, Href: l.Href}}})
	}
	if l.Gap > max(lay.usual, 1) && prev != nil {
		t = append(t, prose.Block{Kind: prose.Gap, N: l.Gap - max(lay.usual, 1)})
	}
	join := joining(l, prev, lay, wrap)
	if n := len(t); n > 0 && join != apart && t[n-1].Kind == prose.Paragraph {
		glue := " "
		if join == sameLine {
			glue = "\n"
		}
		t[n-1].Runs = append(t[n-1].Runs, prose.Run{Text: glue})
		t[n-1].Runs = append(t[n-1].Runs, runs(l)...)
		return t
	}
	return append(t, block(l))
}

type joint uint8

const (
	apart    joint = iota // a paragraph of its own
	wrapped               // goes on with the line before
	sameLine              // a line break within a paragraph: verse, letters, lists
)

// joining says how a line follows the one before.
func joining(l, prev *page.Line, lay layout, wrap int) joint {
	if prev == nil || prev.Kind != page.Prose || l.Level > 0 || prev.Level > 0 || l.Item || vocab.Divider(l.Text) || vocab.Divider(prev.Text) {
		return apart
	}
	width := utf8.RuneCountInString(prev.Text) + min(prev.Indent, 8)
	if lay.wrap > 0 {
		if width*4 > lay.wrap*3 && !ended(prev.Text) || startsLower(l.Text) && !ended(prev.Text) {
			return wrapped
		}
		return apart
	}
	if l.Block || l.Gap > 0 && l.Gap >= lay.usual {
		return apart
	}
	if wrap > 0 {
		if width > wrap*7/10 && l.Indent <= prev.Indent+1 || startsLower(l.Text) && !ended(prev.Text) && width > wrap/2 {
			return wrapped
		}
		if l.Indent > prev.Indent+1 || lay.usual == 0 && ended(prev.Text) {
			return apart
		}
		return sameLine
	}
	if lay.breaks {
		return apart
	}
	return sameLine
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// block makes a paragraph or heading of a line.
func block(l *page.Line) prose.Block {
	out := prose.Block{Kind: prose.Paragraph, Quote: l.Quote, Runs: runs(l)}
	if l.Level > 0 {
		out.Kind, out.Level = prose.Heading, l.Level
	}
	if l.Item {
		out.Kind = prose.Item
	}
	if l.Center {
		out.Align = prose.Center
	}
	return out
}

// runs divides the text of a line at its marks.
func runs(l *page.Line) []prose.Run {
	var out []prose.Run
	at := 0
	for _, s := range l.Spans {
		start, end := max(at, min(s.Start, len(l.Text))), min(s.End, len(l.Text))
		if start >= end {
			continue
		}
		if start > at {
			out = append(out, prose.Run{Text: l.Text[at:start]})
		}
		out = append(out, prose.Run{Text: l.Text[start:end], Marks: s.Marks, Href: webOnly(s.Href)})
		at = end
	}
	if at < len(l.Text) {
		out = append(out, prose.Run{Text: l.Text[at:]})
	}
	return out
}

// webOnly keeps absolute links to the web; others led to a site that is gone.
func webOnly(href string) string {
	k := strings.ToLower(href)
	if strings.HasPrefix(k, "http://") || strings.HasPrefix(k, "https://") {
		return href
	}
	return ""
}
