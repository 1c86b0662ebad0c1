package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// manner is how a chunk is set: what tells it apart from others to the eye.
type manner struct {
	indent, quote, cell int
	pre                 bool
}

func mannerOf(p *Page, c *chunk) manner {
	l := &p.Lines[c.first]
	return manner{min(l.Indent, 8), l.Quote, l.Cell, l.Pre}
}

// likeStories notes chunks that are set as the running text of the page is, where
// nothing of the header is: whoever set header and story in two manners meant it.
func likeStories(p *Page, chunks []chunk) {
	count := map[manner]int{}
	told := map[manner]bool{}
	text := 0
	for i := range chunks {
		c := &chunks[i]
		switch {
		case c.telling:
			told[mannerOf(p, c)] = true
		case c.isText():
			count[mannerOf(p, c)]++
			text++
		}
	}
	for i := range chunks {
		c := &chunks[i]
		m := mannerOf(p, c)
		if len(told) > 0 && (c.has(longText) || c.has(running)) && !told[m] && count[m]*2 > text {
			c.see(likeStory, 1)
		}
	}
}

// isText reports whether a chunk looks like running text and like nothing else.
func (c *chunk) isText() bool {
	return !c.telling && !c.divides && (c.has(longText) || c.has(dialogue))
}

// trailings notes lines without any sign of a header between the last line that
// has one and the running text: the place and date, the verses or the letter's
// address that a story begins with.
func trailings(p *Page, chunks []chunk) {
	from, labels := -1, 0
	for i := range chunks {
		c := &chunks[i]
		if c.telling {
			from = i + 1
			labels++
		}
		if c.isText() && i > 0 {
			break
		}
	}
	if labels < 2 || from >= len(chunks) || !setOff(p, &chunks[from]) {
		return
	}
	for i := from; i < len(chunks) && !chunks[i].isText(); i++ {
		if c := &chunks[i]; !c.divides && !c.ofArchive() && !c.has(aheadOfRule) && opening(p.Lines[c.first].Text) {
			c.see(trailing, 1)
		}
	}
}

// opening reports whether a short line could be the first of a story: it is no
// heading in capitals and begins with a word.
func opening(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "*_\"'\u201c\u2018"))
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && s != strings.ToUpper(s) && !strings.Contains(s, " = ")
}

// headless takes an author's voice for the storyteller's on a page where nothing
// is said about the story in any other way: what seems a remark about the story
// may be its first sentence, and without it the story would lose its beginning.
func (d *Divider) headless(chunks []chunk) {
	for i := range chunks {
		if chunks[i].telling || chunks[i].has(weakLabel) || chunks[i].has(headingTag) || chunks[i].has(headerRegion) {
			return
		}
	}
	for i := range chunks {
		c := &chunks[i]
		c.seen = slices.DeleteFunc(c.seen, func(s seen) bool { return s.what == authorTalk || s.what == invitation })
	}
}

// closings notes lines without any sign of being about the story between the
// last of its running text and the first line that is: a signature, last words.
func closings(chunks []chunk) {
	last := -1
	for i := range chunks {
		if chunks[i].isText() {
			last = i
		}
	}
	if last < 0 || last+1 >= len(chunks) {
		return
	}
	from := last + 1
	for i := from; i < len(chunks) && i-from < mostClosings; i++ {
		c := &chunks[i]
		if c.telling || c.divides || c.ofArchive() {
			for k := from; c.telling && k < i; k++ {
				chunks[k].see(lastWords, 1)
			}
			return
		}
	}
}

// mostClosings is how many lines a story's signature or last words have at most.
const mostClosings = 4
