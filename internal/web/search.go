package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
	"colophon/internal/web/kept"
)

// asked is what a reader searches for.
type asked struct {
	Text string
	In   archive.SearchIn
}

// searchPlaces are the parts of a story that can be searched, as a form lists
// them.
func searchPlaces() []archive.SearchIn {
	return []archive.SearchIn{archive.InEverything, archive.InTitles, archive.InAuthors, archive.InSummaries, archive.InText}
}

// Path is the address of what is asked, as the form writes it: so a search that
// was typed is one that is kept.
func (q asked) Path() string {
	return "/search?q=" + url.QueryEscape(q.Text) + "&in=" + url.QueryEscape(string(q.In))
}

// search finds stories by words, and shows its form where none are given.
func (s *site) search(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	q := asked{Text: strings.TrimSpace(r.URL.Query().Get("q")), In: archive.SearchIn(r.URL.Query().Get("in"))}
	if !slices.Contains(searchPlaces(), q.In) {
		q.In = archive.InEverything
	}
	p := v.page(v.Say("search.title"))
	p.Class, p.Index = "searching", false
	if q.Text == "" {
		return s.show(w, r, p.at("/search").showing(kept.Needs{}), searchView(v, q, archive.Listing{}, pager{}))
	}
	n, err := pageAsked(r)
	if err != nil {
		return err
	}
	words := query.Query{Where: query.Text{In: q.In, Words: q.Text}}
	_, l, err := s.asked(r, words, n, storiesShown, nil)
	if err == nil {
		err = s.excerpts(r, words, l)
	}
	if err != nil {
		return err
	}
	pg, err := newPager(q.Path(), n, l.Total, storiesShown)
	if err != nil {
		return err
	}
	p.Title = pg.Title(v, v.Say("search.title.of", "Text", excerpt(q.Text, 60)))
	p = p.showing(kept.Needs{Listing: true, Rare: true}) // anybody can make up words
	return s.show(w, r, pg.on(p), searchView(v, q, l, pg))
}

// meant is what a reader may have wanted who came to an address without a page.
type meant struct {
	Words   string
	Entries []archive.Entry
}

// meantShown is the most stories that a page of a failure proposes.
const meantShown = 5

// meant looks for stories like the words of an address. It only helps: where it
// fails, the page does without.
func (s *site) meant(r *http.Request, status int) meant {
	if status != http.StatusNotFound {
		return meant{}
	}
	words := wordsOf(r.URL.Path) + " " + r.URL.Query().Get("name")
	if words = strings.TrimSpace(words); words == "" {
		return meant{}
	}
	es, err := s.archive.Like(r.Context(), words, meantShown)
	if err != nil && archive.KindOf(err) != archive.Invalid {
		s.log.WarnContext(r.Context(), "cannot propose stories", "error", err)
	}
	return meant{Words: excerpt(words, 100), Entries: es}
}

// wordsOf are the words of an address that may come from a title or a name.
func wordsOf(path string) string {
	var words []string
	for part := range strings.SplitSeq(path, "/") {
		if slices.Contains([]string{"stories", "authors", "fandoms", "series", "lengths", "chapters", "all", "print", "source", "contents"}, part) {
			continue
		}
		part = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(part, ".html"), ".htm"), ".txt")
		for w := range strings.FieldsFuncSeq(part, func(r rune) bool { return r == '-' || r == '_' || r == '+' || r == '.' || r == ' ' }) {
			if strings.Trim(w, "0123456789") != "" && len(words) < 12 {
				words = append(words, w)
			}
		}
	}
	return strings.Join(words, " ")
}
