package rescue

import (
	"fmt"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/prose"
	"colophon/internal/rescue/page"
)

// shortWords is the number of words below which a story is called very short: a
// drabble has a hundred.
const shortWords = 60

// look notes what a person should see to.
func (b *builder) look() {
	b.lookHeader()
	b.lookText()
	b.lookBytes()
}

func (b *builder) lookHeader() {
	if b.story.Header.Title == "" {
		b.find(archive.TitleMissing, "No title was found. Look at the page's first lines and at index pages that link to it.", 0, 0)
	}
	if len(b.story.Header.Authors()) == 0 {
		b.find(archive.AuthorMissing, "No author was found. An index page, a byline elsewhere or the archive's owner may know.", 0, 0)
	}
	for _, f := range []archive.Stated{b.story.Header.Date, b.story.Header.Updated} {
		if f.Written != "" && f.Normal == "" {
			b.find(archive.DateUnsure, fmt.Sprintf("The date %q could be day and month or month and day. It is kept as written.", f.Written), 0, 0)
		}
	}
}

func (b *builder) lookText() {
	words := b.story.Words()
	first, last := b.ends()
	switch {
	case words == 0:
		b.find(archive.HeaderOnly, "There is a header but no story text. The text may stand on another page, or be lost.", 0, 0)
		return
	case words < shortWords:
		b.find(archive.VeryShort, fmt.Sprintf("The text has only %d words. See whether the rest of it is lost.", words), 0, 0)
	}
	if prose.BeginsMid(b.text) && b.head.Part == "" {
		b.find(archive.BeginsMid, "The text begins in mid-sentence. Its beginning may be on another page, or lost.", first[0], first[1])
	}
	if prose.EndsMid(b.text) {
		b.find(archive.EndsMid, "The text ends in mid-sentence. Its end may be on another page, or lost.", last[0], last[1])
	}
	if b.text.LostBreaks(b.tally.Words()) {
		b.find(archive.BreaksLost, "A long text without any scene break: breaks that were images or wider gaps may have been lost.", 0, 0)
	}
}

// ends returns the ranges of the first and the last story line.
func (b *builder) ends() (first, last [2]int) {
	for i := b.part.first; i < b.part.end; i++ {
		l := &b.sheet.page.Lines[i]
		if l.Part != page.Story || l.Kind != page.Prose {
			continue
		}
		from, to := l.Doc(0, len(l.Text))
		if first[1] == 0 {
			first = [2]int{from, to}
		}
		last = [2]int{from, to}
	}
	return first, last
}

func (b *builder) lookBytes() {
	t := b.sheet.text
	if bad := t.Undecodable(); len(bad) > 0 {
		b.story.Findings = append(b.story.Findings, archive.Finding{
			Code: archive.UndecodableBytes, Source: b.sheet.file.Path, Start: bad[0].Start, End: bad[0].End,
			Message: fmt.Sprintf("%d stretches of bytes make no sense in any encoding. They are kept as they are.", len(bad)),
		})
	}
	if t.Mixed() {
		names := map[string]bool{}
		for _, s := range t.Log {
			names[s.Encoding] = true
		}
		b.find(archive.MixedEncodings, "The page mixes encodings ("+strings.Join(sortedKeys(names), ", ")+"). Each part was read in its own.", 0, 0)
	}
	for _, s := range t.Log {
		if len(s.Undone) > 0 {
			b.story.Findings = append(b.story.Findings, archive.Finding{
				Code: archive.MojibakeRepaired, Source: b.sheet.file.Path, Start: s.Start, End: s.End,
				Message: "Characters had been broken by reading them as " + strings.Join(s.Undone, ", then ") + ". They were restored; the original is kept.",
			})
			break
		}
	}
	if n := b.sheet.page.DoubleEscaped; n > 0 {
		b.find(archive.DoubleEscaped, fmt.Sprintf("%d character references had been escaped twice and were read as they were meant.", n), 0, 0)
	}
}
