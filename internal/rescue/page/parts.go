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
	if !slices.Contains(path, story) {
		briefest(p, chunks, path)
	}
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

// usuallySeen is how many features most chunks have, at most.
const usuallySeen = 4

// chunks groups the lines of a page and looks at each group.
func (d *Divider) chunks(p *Page) []chunk {
	out := make([]chunk, 0, len(p.Lines))
	usual := usualGap(p)
	for i := range p.Lines {
		l := &p.Lines[i]
		if n := len(out); n > 0 && continues(p, i) && !d.leads(l) {
			out[n-1].end = i + 1
			continue
		}
		out = append(out, chunk{first: i, end: i + 1, apart: l.Gap > usual+1 || i > 0 && l.Region != p.Lines[i-1].Region})
	}
	room := make([]seen, usuallySeen*len(out)) // one piece of memory instead of several a chunk
	for i := range out {
		out[i].seen = room[usuallySeen*i : usuallySeen*i : usuallySeen*(i+1)]
		d.look(p, &out[i], i >= deepStart && i < len(out)-deepEnd)
		if i > 0 && out[i-1].has(loneLabel) && !out[i].divides {
			out[i].see(labelValue, 1)
		}
	}
	aheadOfRules(p, out)
	laterHeadings(out)
	likeStories(p, out)
	trailings(p, out)
	closings(out)
	d.headless(out)
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
