package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/describe"
	"colophon/internal/web/kept"
)

// front is what the home page shows.
type front struct {
	catalogue.Totals
	Newest []archive.Entry

	ByFandom, ByAuthor, BySeries, ByTag, ByLength []door
}

// door is a way in: a name, its page, and how many stories are behind it.
type door struct {
	Name, Path, About string
	Stories           int64
}

// newestShown is how many of the newest stories the home page shows.
const newestShown = 10

// doorsShown is the most ways in of one kind on the home page.
const doorsShown = 12

// home shows what the archive is, how much it has, and the ways in.
func (s *site) home(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	f, err := s.front(r, v)
	if err != nil {
		return err
	}
	p := v.page(s.name).at("/")
	p.Description = excerpt(v.welcome(), 200)
	p.Class = "home"
	p = p.showing(kept.Needs{Listing: true})
	if p.Described, err = describe.Home(v.website()); err != nil {
		return err
	}
	return s.show(w, r, p, homeView(v, f))
}

func (s *site) front(r *http.Request, v visit) (f front, err error) {
	ctx := r.Context()
	a, err := s.catalogue.Ask(ctx, catalogue.Question{
		Limit: newestShown, Facets: []archive.TagKind{archive.TagFandom, catalogue.KindAuthor, catalogue.KindSeries, archive.TagFreeform}, Values: doorsShown,
	})
	if err != nil {
		return f, err
	}
	f.Totals = s.catalogue.Totals(catalogue.Everybody)
	if f.Newest, err = s.archive.Entries(ctx, a.Stories); err != nil {
		return f, err
	}
	f.ByFandom, f.ByAuthor = doorsOf("/fandoms", a.Facets[0]), doorsOf("/authors", a.Facets[1])
	f.BySeries, f.ByTag = doorsOf("/series", a.Facets[2]), doorsOf("/tags", a.Facets[3])
	f.ByLength, err = s.lengthDoors(r, v)
	return f, err
}

// doorsOf makes ways in of the names with the most stories, in order of name.
func doorsOf(list string, f catalogue.Facet) []door {
	var ds []door
	for _, n := range f.Values {
		if name := plain(n.Name); name != "" && n.Count > 0 {
			ds = append(ds, door{Name: name, Path: namePath(list, n.ID, n.Name), Stories: n.Count})
		}
	}
	slices.SortStableFunc(ds, func(a, b door) int { return strings.Compare(sortName(a.Name), sortName(b.Name)) })
	return ds
}

// sortName is what names are put in order by where they are few.
func sortName(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		b.WriteString(folded(r))
	}
	return strings.TrimLeftFunc(b.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
