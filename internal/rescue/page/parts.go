package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/internal/rescue/vocab"
)

// Folder is what is known about a page from its neighbours.
type Folder interface {
	// Share returns the share of the folder's pages, 0 to 1, that hold a line
	// with this text. It is 0 where there is only one page.
	Share(text string) float64
}

// Divider tells the parts of pages apart. It is safe for concurrent use.
type Divider struct {
	words  *vocab.Vocabulary
	scores [features][states]float64
	steps  [states][states]float64
	starts [states]float64
}

// NewDivider makes a Divider with the table of weights.
func NewDivider(words *vocab.Vocabulary) *Divider {
	return &Divider{words: words, scores: scores(), steps: steps(), starts: starts()}
}

// Divide sets the part of every line of p: the sequence of parts that its lines
// taken together speak for most (Viterbi).
func (d *Divider) Divide(p *Page, f Folder) {
	chunks := d.chunks(p)
	if len(chunks) == 0 {
		return
	}
	repetition(p, chunks, f)
	path := d.best(chunks)
	headers := 0
	for i, c := range chunks {
		part := [...]Part{Chrome, Header, Story, Trailer, Chrome}[path[i]]
		if part == Header || part == Trailer {
			if headers++; headers > maxHeader || len(p.Lines[c.first].Text) > longestHeader {
				part = Story // no page has so long a header; whatever it is, it is kept as text
			}
		}
		for k := c.first; k < c.end; k++ {
			p.Lines[k].Part = part
		}
	}
}

const (
	// maxHeader is how many lines or paragraphs of a page can be header or trailer.
	maxHeader = 400
	// longestHeader is how many bytes such a line can have.
	longestHeader = 20_000
)

// chunk is a run of lines that are judged together: a paragraph wrapped over
// several lines, or a single line.
type chunk struct {
	first, end int
	seen       []seen
	divides    bool
	telling    bool // has a label or another sign of a header, or is a label's value
	apart      bool // a clear distance before it
}

type seen struct {
	what   feature
	degree float64
}

// chunks groups the lines of a page and looks at each group.
func (d *Divider) chunks(p *Page) []chunk {
	var out []chunk
	usual := usualGap(p)
	for i := range p.Lines {
		l := &p.Lines[i]
		if n := len(out); n > 0 && continues(p, i) && !d.leads(l) {
			out[n-1].end = i + 1
			continue
		}
		out = append(out, chunk{first: i, end: i + 1, apart: l.Gap > usual+1 || i > 0 && l.Region != p.Lines[i-1].Region})
	}
	for i := range out {
		d.look(p, &out[i], i >= deepStart && i < len(out)-deepEnd)
		if i > 0 && out[i-1].has(loneLabel) && !out[i].divides {
			out[i].see(labelValue, 1)
		}
	}
	aheadOfRules(p, out)
	laterHeadings(out)
	return out
}

// aheadOfRules notes what stands between a header and the first <hr> after it,
// or the second of two like rows of signs that frame the header:
// a short remark without a label, more likely than the beginning of the story.
func aheadOfRules(p *Page, chunks []chunk) {
	rows := map[string]bool{}
	for i := range chunks {
		l := &p.Lines[chunks[i].first]
		framed := chunks[i].divides && l.Text != "" && rows[l.Text] // the same row of signs stood above the header
		rows[l.Text] = rows[l.Text] || chunks[i].divides
		if l.Kind != Rule && !framed {
			continue
		}
		bytes, from := 0, i
		for from > 0 && i-from < 2 && !chunks[from-1].telling && !chunks[from-1].divides && !chunks[from-1].has(dialogue) {
			from--
			bytes += len(p.Lines[chunks[from].first].Text)
		}
		if from > 0 && chunks[from-1].telling && bytes < 600 {
			for k := from; k < i; k++ {
				chunks[k].see(aheadOfRule, 1)
			}
		}
		return
	}
}

// laterHeadings notes chapter headings that follow running text under an earlier
// one: they stand within the story, however much they look like its header.
func laterHeadings(chunks []chunk) {
	heading, text := false, false
	for i := range chunks {
		c := &chunks[i]
		switch {
		case c.has(chapterHeading):
			if text {
				c.see(laterHeading, 1)
			}
			heading = true
		case heading && !c.telling && (c.has(running) || c.has(longText)):
			text = true
		}
	}
}

// continues reports whether line i only goes on with a paragraph that was
// wrapped.
func continues(p *Page, i int) bool {
	if i == 0 {
		return false
	}
	l, prev := &p.Lines[i], &p.Lines[i-1]
	if p.Wrap == 0 {
		return unfinished(l, prev)
	}
	if l.Gap > 0 || l.Block || l.Kind != Prose || prev.Kind != Prose || l.Cell != prev.Cell {
		return false
	}
	if vocab.Divider(l.Text) || vocab.Divider(prev.Text) {
		return false
	}
	return utf8.RuneCountInString(prev.Text)+prev.Indent > p.Wrap*6/10 && l.Indent <= prev.Indent+2
}

// unfinished reports whether a line only goes on with the sentence of the line
// before it, on a page whose lines are not wrapped as a rule.
func unfinished(l, prev *Line) bool {
	if l.Gap > 0 || l.Block || l.Kind != Prose || prev.Kind != Prose || l.Cell != prev.Cell || len(prev.Text) < 30 || len(prev.Text) > 110 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(l.Text)
	return unicode.IsLower(r) && !endsSentence(prev.Text) && !strings.HasSuffix(prev.Text, ":")
}

// leads reports whether a line begins with a label or byline of its own.
func (d *Divider) leads(l *Line) bool {
	if lab, ok := d.words.Lead(l.Text); ok && lab.Strength == vocab.Strong {
		return true
	}
	_, _, ok := vocab.Byline(l.Text)
	return ok
}

// usualGap is the most frequent number of empty lines between lines.
func usualGap(p *Page) int {
	var count [4]int
	for i := range p.Lines {
		count[min(p.Lines[i].Gap, 3)]++
	}
	best := 0
	for g, n := range count {
		if n > count[best] {
			best = g
		}
	}
	return best
}

// look gathers what can be seen of a chunk.
func (d *Divider) look(p *Page, c *chunk, deep bool) {
	l := &p.Lines[c.first]
	if l.Kind == Rule || l.Kind == Image || vocab.Divider(l.Text) {
		c.divides = true
		c.see(dividing, 1)
		return
	}
	text := l.Text
	if c.end > c.first+1 {
		text = joined(p, c.first, c.end, 1200)
	}
	d.region(c, l)
	spoken := speaks(text)
	if spoken {
		c.see(dialogue, 1)
	}
	if len(text) > glance && (spoken || deep) {
		c.see(longText, 1)
		c.see(running, 1)
		return
	}
	d.labels(c, text, c.first < letterhead && d.carried(p))
	d.shape(p, c, l, text, spoken)
	if !spoken {
		d.voice(c, text)
	}
}

const (
	// glance is the length in bytes of a paragraph that, deep inside a page or
	// begun with direct speech, is not looked at closely: it is running text.
	glance = 160
	// deepStart and deepEnd are how many chunks from either end of a page its
	// depth begins.
	deepStart, deepEnd = 48, 24
)

func (c *chunk) see(f feature, degree float64) {
	c.seen = append(c.seen, seen{f, degree})
	switch f {
	case strongLabel, loneLabel, labelValue, byline, titleByline, titleAgain, chapterHeading, infoRow:
		c.telling = true
	}
}

func (c *chunk) has(f feature) bool {
	return slices.ContainsFunc(c.seen, func(s seen) bool { return s.what == f })
}

// joined returns up to limit bytes of the text of lines i to j.
func joined(p *Page, i, j, limit int) string {
	var b strings.Builder
	for ; i < j && b.Len() < limit; i++ {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.Lines[i].Text)
	}
	return b.String()
}

// carried reports whether a page begins with the head of the message that
// carried its story.
func (d *Divider) carried(p *Page) bool {
	for i := range p.Lines {
		if p.Lines[i].Kind == Prose {
			l, ok := d.words.Lead(p.Lines[i].Text)
			return ok && vocab.Letterhead(l.Field)
		}
	}
	return false
}

// letterhead is how many lines at the top of a page may be the head of a
// message that carried the story.
const letterhead = 12

// labels looks for labels, bylines and headings.
func (d *Divider) labels(c *chunk, text string, top bool) {
	if len(text) > 4000 {
		text = text[:4000]
	}
	all := d.words.All(text)
	if len(all) > 0 && vocab.Letterhead(all[0].Field) && !top {
		c.see(letter, 1) // within the story
		return
	}
	strong := 0
	for i, l := range all {
		if l.Strength == vocab.Strong && !(i > 0 && l.Field == "ignored") {
			strong++
		}
	}
	switch {
	case len(all) > 0 && all[0].Alone && all[0].Strength == vocab.Strong:
		c.see(loneLabel, 1)
	case len(all) > 0 && all[0].Start < 16 && all[0].Strength == vocab.Strong:
		c.see(strongLabel, 1)
	case len(all) > 0 && all[0].Start < 16:
		c.see(weakLabel, 1)
	case len(all) == 0 && foreign(text):
		c.see(foreignLabel, 1)
	}
	if strong >= 2 {
		c.see(manyLabels, min(3, float64(strong-1)))
	}
	if vocab.InfoRow(text) {
		c.see(infoRow, 1)
	}
	if d.ratedLine(text) || vocab.SetWhen(text) {
		c.see(strongLabel, 1)
	}
	if len(text) > 200 {
		return
	}
	if _, _, ok := vocab.Byline(text); ok {
		c.see(byline, 1)
	} else if _, _, _, ok := vocab.TitleByline(text); ok && len(text) < 140 && !strings.ContainsAny(text, ".!?") && !strings.HasPrefix(text, "\"") {
		c.see(titleByline, 1)
	}
	if len(text) <= 140 {
		if _, ok := vocab.ChapterHeading(text); ok {
			c.see(chapterHeading, 1)
		}
	}
}

// ratedLine reports whether a line says "Rated PG", with or without reasons.
func (d *Divider) ratedLine(text string) bool {
	if len(text) > 160 || len(text) < 7 || !strings.EqualFold(text[:6], "rated ") {
		return false
	}
	_, _, ok := d.words.Rating(text[6:])
	return ok
}

// foreign reports whether a line begins with something like a label that no
// table knows: one to three words, capital, and a colon.
func foreign(text string) bool {
	i := strings.IndexByte(text, ':')
	if i < 2 || i > 32 || i+1 >= len(text) || text[i+1] == '/' {
		return false
	}
	label := text[:i]
	r, _ := utf8.DecodeRuneInString(label)
	return unicode.IsUpper(r) && strings.Count(label, " ") <= 2 && !strings.ContainsAny(label, "\"',.!?\u201c") && !strings.ContainsAny(text[i:min(len(text), i+4)], "\"\u201c")
}

// shape looks at length, headings, links and repetition of the title.
func (d *Divider) shape(p *Page, c *chunk, l *Line, text string, spoken bool) {
	if l.Level > 0 {
		c.see(headingTag, 1)
	} else if l.Center && len(text) < 100 {
		c.see(centered, 1)
	}
	if l.Region != HeaderRegion && l.LinkShare() > 0.6 {
		c.see(mostlyLinks, 1)
	}
	if !spoken && vocab.ChromeLine(text) {
		c.see(chromePhrase, 1)
	}
	if c.has(letter) {
		return
	}
	if titled(p, text) {
		c.see(titleAgain, 1)
	}
	switch n := len(text); {
	case n > 220:
		c.see(longText, 1)
	case n < 45 && !endsSentence(text):
		c.see(shortText, 1)
	case n >= 45:
		c.see(running, 1)
	}
}

// region looks at what the markup says.
func (d *Divider) region(c *chunk, l *Line) {
	switch l.Region {
	case StoryRegion:
		c.see(storyRegion, 1)
	case HeaderRegion:
		c.see(headerRegion, 1)
	case ChromeRegion:
		c.see(chromeRegion, 1)
	}
}

// voice looks at who seems to be speaking.
func (d *Divider) voice(c *chunk, text string) {
	talk := d.words.AuthorTalk(text)
	switch {
	case talk > 0:
		c.see(authorTalk, min(3.5, talk*min(1, talkWindow/float64(len(text)))))
	case talk < 0:
		c.see(narrative, min(2, -talk))
	}
	if (talk > 0.2 || len(text) < 100) && vocab.Invites(text) {
		c.see(invitation, 1)
	}
	if _, ok := vocab.EndMarker(text); ok {
		c.see(finalWords, 1)
	}
}

// talkWindow is the length in bytes up to which words of an author's talk count
// in full: in a longer text some are chance.
const talkWindow = 260.0

// speaks reports whether a text begins with direct speech.
func speaks(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	switch r {
	case '"', '\u201c', '\u201e', '\u00ab', '\u2018', '\u300c', '\u2014', '\u2013':
	case '\'', '-':
		if strings.HasPrefix(text, "--") {
			n++
		}
	default:
		return false
	}
	rest := strings.TrimLeft(text[n:], " ")
	r, _ = utf8.DecodeRuneInString(rest)
	return len(rest) > 12 && (unicode.IsUpper(r) || r > 0x2e80)
}

func endsSentence(text string) bool {
	t := strings.TrimRight(text, " \"'\u201d\u2019\u00bb)*_")
	return strings.HasSuffix(t, ".") || strings.HasSuffix(t, "!") || strings.HasSuffix(t, "?") || strings.HasSuffix(t, "\u2026") || strings.HasSuffix(t, "\u3002")
}

// titled reports whether a line repeats the page's title, or its end.
func titled(p *Page, text string) bool {
	if len(p.Title.Text) < 4 || len(text) > len(p.Title.Text)+24 {
		return false
	}
	title, line := vocab.Fold(p.Title.Text), vocab.Fold(text)
	return line == title || len(line) > 8 && strings.HasSuffix(title, line)
}

// repetition notes which chunks stand on many pages of the folder.
func repetition(p *Page, chunks []chunk, f Folder) {
	if f == nil {
		return
	}
	for i := range chunks {
		c := &chunks[i]
		if c.divides || c.telling || i >= deepStart && i < len(chunks)-deepEnd {
			continue
		}
		if share := f.Share(p.Lines[c.first].Text); share > 0.3 {
			c.see(repeated, share)
		}
	}
}

// best finds the most likely sequence of states.
func (d *Divider) best(chunks []chunk) []state {
	n := len(chunks)
	from := make([][states]state, n)
	var score [states]float64
	for s := range states {
		score[s] = d.starts[s] + d.emission(&chunks[0], s)
	}
	divided := chunks[0].divides
	for i := 1; i < n; i++ {
		var next [states]float64
		for s := range states {
			next[s] = never * 2
			e := d.emission(&chunks[i], s)
			for prev := range states {
				step := d.steps[prev][s]
				if prev != s && (divided || chunks[i].apart) && step > never && step < 0 && !(prev == story && s == header) {
					step *= 0.5
				}
				if v := score[prev] + step + e; v > next[s] {
					next[s], from[i][s] = v, prev
				}
			}
		}
		score = next
		divided = chunks[i].divides
	}
	last := before
	for s := range states {
		if score[s] > score[last] {
			last = s
		}
	}
	path := make([]state, n)
	for i := n - 1; i >= 0; i-- {
		path[i] = last
		last = from[i][last]
	}
	return path
}

// emission is how much a chunk speaks for a state.
func (d *Divider) emission(c *chunk, s state) float64 {
	sum := 0.0
	for _, x := range c.seen {
		sum += d.scores[x.what][s] * x.degree
	}
	return sum
}
