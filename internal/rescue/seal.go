package rescue

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
	"colophon/internal/rescue/address"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/page"
)

// sealedRange is an address in the decoded page.
type sealedRange struct {
	start, end int
	address    string
}

// addresses seals every address of the page outside its stories, and within them
// those that the page gives elsewhere too: an author's own. A page is a source
// of each of its stories, so each carries the ranges of the whole page.
func (b *builder) addresses() {
	s := b.sheet
	stories := storyRanges(s.page)
	own := map[string]bool{}
	var inside []sealedRange
	for i := range s.page.Lines {
		l := &s.page.Lines[i]
		if l.Part == page.Story && !maySeal(l.Text) && !asksToWrite(l.Text) {
			continue // an address spelled out in a story is the story's
		}
		for _, m := range address.Find(l.Text) {
			start, end := l.Doc(m.Start, m.End)
			found := sealedRange{start, end, m.Address}
			if l.Part == page.Story && !asksToWrite(l.Text) {
				inside = append(inside, found)
				continue
			}
			if l.Part == page.Header || l.Part == page.Trailer {
				b.story.Header.Feedback.Address = true
			}
			own[m.Address] = true
			b.sealed = append(b.sealed, found)
		}
	}
	// What stands in tags and comments is on no line.
	from := 0
	for _, r := range append(stories, [2]int{len(s.text.S), len(s.text.S)}) {
		b.outside(from, r[0], own)
		from = r[1]
	}
	for i := range s.page.Links {
		b.linked(s.page.Links[i].Href, stories, own)
	}
	for _, m := range inside {
		if own[m.address] {
			b.sealed = append(b.sealed, m)
		}
	}
	b.sealed = merged(b.sealed)
	for _, m := range b.sealed {
		start, end := s.text.Range(m.start, m.end)
		b.story.Sealed = append(b.story.Sealed, archive.Sealed{Address: m.address, Source: s.file.Path, Start: start, End: end})
	}
}

// maySeal reports whether a line of a story has a sign that addresses have.
func maySeal(s string) bool {
	return strings.IndexByte(s, '@') >= 0 || strings.IndexByte(s, '[') >= 0 || strings.IndexByte(s, '(') >= 0 || strings.Contains(s, "\uff20")
}

// outside seals the addresses in a stretch of the page outside its stories.
func (b *builder) outside(from, to int, own map[string]bool) {
	for _, m := range address.Find(b.sheet.text.S[from:to]) {
		own[m.Address] = true
		b.sealed = append(b.sealed, sealedRange{from + m.Start, from + m.End, m.Address})
	}
}

// linked seals the address of a mailto link within a story: a link to write by
// is the author's or the site's, not the story's.
func (b *builder) linked(href string, stories [][2]int, own map[string]bool) {
	if len(href) < 8 || !strings.EqualFold(href[:7], "mailto:") {
		return
	}
	for from := 0; ; {
		k := strings.Index(b.sheet.text.S[from:], href)
		if k < 0 {
			return
		}
		from += k
		for _, m := range address.Find(href) {
			if inRanges(stories, from, from+1) {
				own[m.Address] = true
				b.sealed = append(b.sealed, sealedRange{from + m.Start, from + m.End, m.Address})
			}
		}
		from += len(href)
	}
}

// seal returns every address of the page, for pages that hold no story.
func (s *sheet) seal() []archive.Sealed {
	var all []sealedRange
	for i := range s.page.Lines {
		l := &s.page.Lines[i]
		for _, m := range address.Find(l.Text) {
			start, end := l.Doc(m.Start, m.End)
			all = append(all, sealedRange{start, end, m.Address})
		}
	}
	for _, m := range address.Find(s.text.S) {
		all = append(all, sealedRange{m.Start, m.End, m.Address})
	}
	var out []archive.Sealed
	for _, m := range merged(all) {
		start, end := s.text.Range(m.start, m.end)
		out = append(out, archive.Sealed{Address: m.address, Source: s.file.Path, Start: start, End: end})
	}
	return out
}

// asksToWrite reports whether a line of a story is really its author's
// invitation to write.
func asksToWrite(s string) bool {
	if len(s) > 300 {
		return false
	}
	if !mayAsk(s) {
		return false
	}
	k := strings.ToLower(s)
	for _, sign := range []string{"feedback", "comments to", "e-mail me", "email me", "mailto:", "write to me", "kommentare an", "commentaires à", "отзывы"} {
		if strings.Contains(k, sign) {
			return true
		}
	}
	return false
}

// mayAsk is a quick look before a slow one: whatever holds a sign of asksToWrite
// has letters together that few lines of a story have.
func mayAsk(s string) bool {
	at := func(i int) byte {
		if i < 0 || i >= len(s) {
			return 0
		}
		return s[i] | 0x20
	}
	for i := range len(s) {
		c := s[i] | 0x20
		if c != 'm' && c != 'k' && c < utf8.RuneSelf {
			continue
		}
		switch {
		case c == 'm' && at(i-1) == 'm', // comments, Kommentare, commentaires
			c == 'm' && at(i+1) == 'a' && at(i+2) == 'i',                   // mail
			c == 'm' && at(i+1) == 'e' && at(i-1) == ' ' && at(i-2) == 'o', // write to me
			c == 'k' && at(i-1) == 'c' && at(i-3) == 'b' && at(i-4) == 'd', // feedback
			c == 0xd0|0x20, c == 0xd1|0x20: // отзывы
			return true
		}
	}
	return false
}

// storyRanges returns the ranges of the decoded page that are story, in order.
func storyRanges(p *page.Page) [][2]int {
	var out [][2]int
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Part != page.Story || l.Text == "" {
			continue
		}
		start, end := l.Doc(0, len(l.Text))
		if n := len(out); n > 0 && p.Lines[i-1].Part == page.Story {
			out[n-1][1] = end
		} else {
			out = append(out, [2]int{start, end})
		}
	}
	return out
}

func inRanges(ranges [][2]int, start, end int) bool {
	i, _ := slices.BinarySearchFunc(ranges, start, func(r [2]int, at int) int { return cmp.Compare(r[1], at) })
	for ; i < len(ranges) && ranges[i][0] < end; i++ {
		if ranges[i][1] > start {
			return true
		}
	}
	return false
}

// merged sorts ranges and joins those that overlap, keeping the longest address.
func merged(ranges []sealedRange) []sealedRange {
	slices.SortFunc(ranges, func(a, b sealedRange) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	var out []sealedRange
	for _, r := range ranges {
		if n := len(out); n > 0 && r.start < out[n-1].end {
			out[n-1].end = max(out[n-1].end, r.end)
			if len(r.address) > len(out[n-1].address) {
				out[n-1].address = r.address
			}
			continue
		}
		out = append(out, r)
	}
	return out
}

// masked is the text of a fact without addresses.
func (b *builder) masked(f header.Fact) string {
	return mask(f.Text)
}

// mask takes the addresses out of a value that will be shown.
func mask(s string) string {
	return address.Mask(s, address.Find(s))
}
