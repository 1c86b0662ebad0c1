package store

import (
	"slices"
	"strings"

	"colophon/internal/archive"
)

// sealedMark stands where an address was.
const sealedMark = "[address sealed]"

// mask returns the story without the addresses that are to be sealed, wherever
// they still stand. Readers of pages take addresses out themselves; this is the
// last gate before the disk. The story given is not changed.
func mask(s *archive.Story) *archive.Story {
	m := *s
	m.Evidence = slices.Clone(s.Evidence)
	for i := range m.Evidence {
		if m.Evidence[i].Field == archive.FieldEmail {
			m.Evidence[i].Written = sealedMark
		}
	}
	hide := maskers(s.Sealed)
	if len(hide) == 0 {
		return &m
	}
	m.Header = hide.header(s.Header)
	for i := range m.Evidence {
		m.Evidence[i].Written = hide.text(m.Evidence[i].Written)
	}
	m.Findings = slices.Clone(s.Findings)
	for i := range m.Findings {
		m.Findings[i].Message = hide.text(m.Findings[i].Message)
	}
	m.Chapters = slices.Clone(s.Chapters)
	for i := range m.Chapters {
		c := &m.Chapters[i]
		c.Title, c.Notes, c.Text = hide.text(c.Title), hide.text(c.Notes), hide.text(c.Text)
	}
	return &m
}

// addresses are masked as they are, in lower case.
type addresses []string

// maskers leaves out what is no whole address: hiding a bare name would hide it
// all through the story.
func maskers(sealed []archive.Sealed) addresses {
	var as addresses
	for _, x := range sealed {
		a := normalAddress(x.Address)
		if user, host, ok := strings.Cut(a, "@"); ok && user != "" && host != "" && !slices.Contains(as, a) {
			as = append(as, a)
		}
	}
	// A longer address may hold a shorter one.
	slices.SortFunc(as, func(a, b string) int { return len(b) - len(a) })
	return as
}

func (as addresses) text(s string) string {
	if strings.IndexByte(s, '@') < 0 {
		return s
	}
	for _, a := range as {
		s = replaceFold(s, a, sealedMark)
	}
	return s
}

// replaceFold replaces old, which is in lower case, in whatever case of ASCII
// letters it stands.
func replaceFold(s, old, with string) string {
	low := lowerASCII(s)
	if !strings.Contains(low, old) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(low, old)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		b.WriteString(with)
		s, low = s[i+len(old):], low[i+len(old):]
	}
}

// lowerASCII keeps the length of s, as strings.ToLower does not.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func (as addresses) list(in []string) []string {
	if in == nil {
		return nil
	}
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = as.text(s)
	}
	return out
}

// header masks every text of a header.
func (as addresses) header(h archive.Header) archive.Header {
	for _, p := range []*string{
		&h.Title, &h.Summary, &h.Notes, &h.Disclaimer, &h.Spoilers, &h.Thanks, &h.Dedication, &h.SequelTo, &h.PrequelTo,
		&h.Homepage, &h.Permission, &h.ArchiveName, &h.ListName, &h.Series.Name, &h.Series.Part,
		&h.Rating.Written, &h.Date.Written, &h.Updated.Written,
	} {
		*p = as.text(*p)
	}
	for _, p := range []*[]string{
		&h.Fandoms, &h.Warnings, &h.Relationships, &h.Characters, &h.Genres, &h.Categories, &h.Keywords, &h.Prerequisites,
	} {
		*p = as.list(*p)
	}
	h.Bylines = slices.Clone(h.Bylines)
	for i := range h.Bylines {
		h.Bylines[i].Name = as.text(h.Bylines[i].Name)
		h.Bylines[i].Also = as.list(h.Bylines[i].Also)
	}
	h.Other = slices.Clone(h.Other)
	for i := range h.Other {
		h.Other[i].Label, h.Other[i].Value = as.text(h.Other[i].Label), as.text(h.Other[i].Value)
	}
	return h
}
