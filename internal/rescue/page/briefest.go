package page

import "colophon/internal/rescue/vocab"

// briefest finds the story of a page that has too little of it to look like one:
// what is set apart behind the last line of the header, or the page's only line.
// A remark taken for a story can be seen and mended; a story taken for a remark
// would not be seen at all.
func briefest(p *Page, chunks []chunk, path []state) {
	last, others := -1, 0
	for i := range chunks {
		if chunks[i].telling {
			last = i
		}
		if !chunks[i].divides {
			others++
		}
	}
	switch {
	case last < 0 && others != 1:
		return
	case last >= 0 && (last+1 == len(chunks) || !setOff(p, &chunks[last+1])):
		return
	}
	for i := last + 1; i < len(chunks); i++ {
		if c := &chunks[i]; !c.divides && !c.ofArchive() && !vocab.Placeholder(p.Lines[c.first].Text) {
			path[i] = story
		}
	}
}

// setOff reports whether a chunk stands apart from the line before it.
func setOff(p *Page, c *chunk) bool {
	l := &p.Lines[c.first]
	return c.divides || l.Gap > 0 || l.Block
}

// ofArchive reports whether a chunk shows any sign of being about the page, the
// archive or its author.
func (c *chunk) ofArchive() bool {
	for _, s := range c.seen {
		switch s.what {
		case weakLabel, foreignLabel, headingTag, mostlyLinks, chromePhrase, invitation, headerRegion, chromeRegion, authorTalk, letter, finalWords:
			return true
		case repeated:
			if s.degree > 0.8 { // a few copies of one story are no furniture of the archive
				return true
			}
		}
	}
	return false
}
