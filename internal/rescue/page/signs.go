package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/internal/rescue/vocab"
)

// leads reports whether a line begins with a label or byline of its own.
func (d *Divider) leads(l *Line) bool {
	if lab, ok := d.words.Lead(l.Text); ok && lab.Strength == vocab.Strong {
		return true
	}
	_, _, ok := vocab.Byline(l.Text)
	return ok
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
	if d.markedLabel(l) {
		c.see(strongLabel, 1)
	}
	d.labels(c, text, spoken, c.first < letterhead && d.carried(p))
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

// joined returns up to limit bytes of the text of lines i to j.
func joined(p *Page, i, j, limit int) string {
	var b strings.Builder
	b.Grow(min(limit, (j-i)*(len(p.Lines[i].Text)+1)))
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
func (d *Divider) labels(c *chunk, text string, spoken, top bool) {
	if len(text) > 4000 {
		text = text[:4000]
	}
	all := d.words.All(text)
	if len(all) > 0 && vocab.Letterhead(all[0].Field) && !top {
		c.see(letter, 1) // within the story
		return
	}
	if salutation(text) && !top {
		c.see(letter, 1)
		return
	}
	if len(all) > 0 && (d.narrated(text, all[0]) || spoken && replied(text)) {
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
	if vocab.Dedication(text) {
		c.see(weakLabel, 1)
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

// narrated reports whether what follows a word and a colon tells a story rather
// than speaks of one: "Warning: the light turned red, and she walked on."
func (d *Divider) narrated(text string, l vocab.Label) bool {
	value := text[min(l.Value, len(text)):]
	r, _ := utf8.DecodeRuneInString(value)
	return l.Sep == ":" && unicode.IsLower(r) && endsSentence(value) && d.words.AuthorTalk(value) <= toldBeyond
}

// replied reports whether a line in quotation marks goes on behind them, as direct
// speech does: "Warning: wet paint," he read.
func replied(text string) bool {
	_, rest, ok := strings.Cut(text[1:], text[:1])
	if r, n := utf8.DecodeRuneInString(text); n > 1 {
		_, rest, ok = strings.Cut(text[n:], string(map[rune]rune{'\u201c': '\u201d', '\u201e': '\u201c', '\u00ab': '\u00bb', '\u2018': '\u2019'}[r]))
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return ok && unicode.IsLetter(r) && (unicode.IsLower(r) || endsSentence(rest))
}

// toldBeyond is the author's talk below which the value of a label is narrative.
const toldBeyond = -0.6

// salutation reports whether a line is the beginning of a letter within the
// fiction: "Dear Hanne,". One to readers stands outside it.
func salutation(text string) bool { return len(text) <= 48 && vocab.Salutation(text) }

// markedLabel reports whether a line begins with a label that only its bold or
// italic letters divide from the value: "<b>Summary</b> A night in the lamp room."
func (d *Divider) markedLabel(l *Line) bool {
	if len(l.Spans) == 0 {
		return false
	}
	s := l.Spans[0]
	if s.Start > 3 || s.Marks == 0 || s.End-s.Start > 40 || s.End >= len(l.Text) || strings.ContainsAny(l.Text[s.Start:min(s.End+1, len(l.Text))], ":;=") {
		return false
	}
	lab, ok := d.words.Known(l.Text[s.Start:s.End])
	return ok && lab.Strength == vocab.Strong
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
	if v, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i+1:], " ")); unicode.IsLower(v) && endsSentence(text) {
		return false // "Monday: the map arrived."
	}
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
	return len(rest) > 12 && (unicode.IsUpper(r) || r > 0x2e80) && !quotedName(rest)
}

// quotedName reports whether what follows an opening quotation mark is a name in
// quotation marks within a sentence: direct speech has a sign of its own at its
// end, before the mark.
func quotedName(s string) bool {
	k := strings.IndexAny(s, "\"\u201d\u00bb")
	if k < 2 || k > 60 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s[:k])
	_, n := utf8.DecodeRuneInString(s[k:])
	after, ok := strings.CutPrefix(s[k+n:], " ")
	next, _ := utf8.DecodeRuneInString(after)
	return ok && (unicode.IsLetter(last) || unicode.IsDigit(last)) && unicode.IsLower(next) && vocab.Disclaims(s)
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
