package sample

import (
	"math"
	"slices"
	"strings"
	"time"

	"colophon/internal/archive"
)

// plot is what a header is made from: who wrote it and what it is about.
type plot struct {
	authors []int
	fandoms []int
	series  archive.Place
}

// plot draws the authors and fandoms of a story. Stories of a series have their
// first author and fandom in common.
func (s *Sampler) plot(c chance, i int) plot {
	var p plot
	common := c
	id, part := s.series(i)
	if part > 0 {
		common = newChance(s.seed, streamSeries, id)
	}
	p.authors = []int{author(common, i/seriesBlock*seriesBlock)}
	p.fandoms = []int{s.world.fandoms.draw(common)}
	if part > 0 {
		p.series = s.place(common, part)
	}
	switch u := c.Float64(); {
	case u < moreAuthors:
		p.authors = append(p.authors, author(c, i), author(c, i))
	case u < moreAuthors+twoAuthors:
		p.authors = append(p.authors, author(c, i))
	}
	if c.maybe(crossoverShare) {
		for range 1 + c.geometric(crossoverMore) {
			p.fandoms = append(p.fandoms, s.world.fandoms.draw(c))
		}
	}
	slices.Sort(p.authors[1:])
	p.authors = slices.Compact(p.authors)
	p.fandoms = distinct(p.fandoms)
	return p
}

// author draws an author of the story of a number. An archive gets a new author
// with every fifth story, and those it has had for long have written most.
func author(c chance, i int) int {
	return int(math.Pow(c.Float64(), 1.5) * float64(1+i/5))
}

// distinct removes what is there twice, and keeps the order.
func distinct(list []int) []int {
	out := list[:0]
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// header draws what is said of a story, but for what its chapters tell.
func (s *Sampler) header(c chance, i int, h *archive.Header, p *plot) {
	w := s.world
	for k, a := range p.authors {
		role := archive.Author
		if k > 0 {
			role = archive.CoAuthor
		}
		h.Bylines = append(h.Bylines, archive.Byline{Name: w.penName(a), Role: role})
	}
	h.Series = p.series
	h.Language = s.languages.draw(c)
	h.Title = s.writer.title(c, h.Language)
	h.Rating.Normal = s.ratings.draw(c)
	h.Rating.Written = c.of(s.scales[h.Rating.Normal])
	s.warn(c, h)
	s.categorise(c, h)
	for _, t := range s.about(i, p.fandoms) {
		name := w.name(t)
		if t.variant < 0 && t.number >= 0 && c.maybe(caseUse) {
			name = strings.ToLower(name)
		}
		switch {
		case t.kind == archive.TagFandom:
			h.Fandoms = append(h.Fandoms, name)
		case t.kind == archive.TagCharacter:
			h.Characters = append(h.Characters, name)
		case t.kind == archive.TagRelationship:
			h.Relationships = append(h.Relationships, name)
		case t.number >= 0 && t.number < len(w.genres):
			h.Genres = append(h.Genres, name)
		default:
			h.Keywords = append(h.Keywords, name)
		}
	}
	h.Date = s.date(c, s.added(i))
	s.remarks(c, h)
}

// warn draws the warnings: that there are none, or one or two.
func (s *Sampler) warn(c chance, h *archive.Header) {
	if c.maybe(s.unwarned) {
		h.WarningsNone = true
		return
	}
	h.Warnings = []string{s.warned.draw(c)}
	if c.maybe(s.twoWarnings) {
		if more := s.warned.draw(c); more != h.Warnings[0] {
			h.Warnings = append(h.Warnings, more)
		}
	}
}

func (s *Sampler) categorise(c chance, h *archive.Header) {
	h.Categories = []string{s.categories.draw(c)}
	if c.maybe(twoCategories) {
		if more := s.categories.draw(c); more != h.Categories[0] {
			h.Categories = append(h.Categories, more)
		}
	}
}

// date is when a story was written: mostly shortly before the archive got it,
// sometimes years.
func (s *Sampler) date(c chance, added time.Time) archive.Stated {
	t := added.AddDate(0, 0, -c.geometric(2))
	if c.maybe(0.15) {
		t = added.AddDate(0, 0, -c.IntN(8*365))
	}
	normal := t.Format(time.DateOnly)
	switch c.IntN(20) {
	case 0:
		return archive.Stated{Written: t.Format("2006"), Normal: normal[:4]}
	case 1:
		return archive.Stated{Written: t.Format("January 2006"), Normal: normal[:7]}
	case 2, 3, 4, 5:
		return archive.Stated{Written: t.Format("2 January 2006"), Normal: normal}
	case 6, 7, 8:
		return archive.Stated{Written: t.Format("January 2, 2006"), Normal: normal}
	}
	return archive.Stated{Written: normal, Normal: normal}
}

// remarks draws what an author says in sentences.
func (s *Sampler) remarks(c chance, h *archive.Header) {
	if c.maybe(0.94) {
		h.Summary = s.writer.remark(c, 1+c.geometric(1.6))
	}
	if c.maybe(0.3) {
		h.Notes = s.writer.remark(c, 1+c.geometric(1))
	}
	if c.maybe(0.05) {
		h.Disclaimer = "None of these people are mine."
	}
}

// finish states in the header what follows from the chapters.
func (s *Sampler) finish(c chance, st *archive.Story) {
	h := &st.Header
	h.WordsStated = st.Words()
	h.Status = archive.Complete
	if len(st.Chapters) == 1 {
		return
	}
	// Stories of one chapter are complete; the others have what is left of the share.
	if !c.maybe((completeShare - oneChapterShare) / (1 - oneChapterShare)) {
		h.Status = archive.InProgress
	}
	day := st.Added.Format(time.DateOnly)
	h.Updated = archive.Stated{Written: day, Normal: day}
}
