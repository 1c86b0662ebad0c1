package web

import (
	"net/http"

	"colophon/internal/archive"
	"colophon/internal/web/tongue"
)

// visit is what every page is made for: the archive, and the language and look
// that the reader wants.
type visit struct {
	*site
	tongue.Tongue
	look looks
	here string // path and query of the request, to come back to from the settings
}

// languageCookie holds the language of the pages that a reader has chosen.
const languageCookie = "language"

func (s *site) visit(r *http.Request) visit {
	return visit{
		site:   s,
		Tongue: s.tongueOf(r),
		look:   lookOf(r),
		here:   r.URL.RequestURI(),
	}
}

// tongueOf is the language of the pages for a request.
func (s *site) tongueOf(r *http.Request) tongue.Tongue {
	chosen := ""
	if len(r.Header["Cookie"]) > 0 {
		if c, err := r.Cookie(languageCookie); err == nil {
			chosen = c.Value
		}
	}
	return s.languages.choose(chosen, r.Header.Get("Accept-Language"))
}

// Titled is a story's title fit for a page's <title>.
func (v visit) Titled(title string) string { return orElse(plain(title), v.Say("story.untitled")) }

// Stated writes a rating as "R (mature)": as written, then what it comes to.
func (v visit) Stated(s archive.Stated) string {
	w, normal := plain(s.Written), v.Rated(s.Normal)
	switch {
	case normal == "":
		return w
	case w == "" || equalFold(w, normal, s.Normal):
		return normal
	}
	return w + " (" + normal + ")"
}

// Rated is the name of a normalised rating.
func (v visit) Rated(normal string) string {
	switch normal {
	case archive.RatingGeneral, archive.RatingTeen, archive.RatingMature, archive.RatingExplicit:
		return v.Say("rating." + normal)
	}
	return plain(normal)
}

// Dated writes a date in words, as far as it is known, or as written where it
// could not be placed.
func (v visit) Dated(s archive.Stated) string {
	if t, ok := parseDate("2006-01-02", s.Normal); ok {
		return v.Date(t)
	}
	if t, ok := parseDate("2006-01", s.Normal); ok {
		return v.Month(t)
	}
	if t, ok := parseDate("2006", s.Normal); ok {
		return t.Format("2006")
	}
	return plain(s.Written)
}

// Status is the words for whether a story is finished.
func (v visit) Status(st archive.Status) string {
	switch st {
	case archive.Complete:
		return v.Say("status.complete")
	case archive.InProgress:
		return v.Say("status.in-progress")
	}
	return ""
}

// Reading time: words in a minute, as the median adult reads fiction in English
// silently (Brysbaert 2019: 260 words; rounded down for other languages).
const wordsPerMinute = 240

// ReadingTime says how long a number of words takes to read, "" for none: the
// time itself (id "span") or as a fact of a story (id "time").
func (v visit) ReadingTime(id string, words int64) string {
	minutes := (words + wordsPerMinute - 1) / wordsPerMinute
	switch {
	case words <= 0:
		return ""
	case minutes < 60:
		return v.Count(id+".minutes", minutes)
	}
	return v.Count(id+".hours", (minutes+30)/60)
}

// Placed writes a place in a series as "Four Winters, part 2".
func (v visit) Placed(p archive.Place) string {
	name, part := plain(p.Name), plain(p.Part)
	if name == "" || part == "" {
		return name
	}
	return name + v.Say("list.next") + v.Part(part)
}

// Numbered is the title of a chapter, or its number.
func (v visit) Numbered(c archive.Chapter, n int) string {
	if title := plain(c.Title); title != "" {
		return title
	}
	return v.Say("chapter.numbered", "N", v.Number(int64(n)))
}
