package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
	"colophon/internal/describe"
	"colophon/internal/web/kept"
)

// heading is what a listing of stories is about.
type heading struct {
	Name  string
	About string
	Path  string // the one address of the listing
	All   string // where the others of its kind are listed, "" where there are none
	Kind  string // of Open Graph, "" for the usual
	Extra templ.Component
	Asked bool // the reader's own question: for nobody else, and for no search engine
}

// storiesShown is how many stories are on one page of a listing.
const storiesShown = 25

// facetsShown is how many tags of a kind are offered to narrow a question down.
const facetsShown = 10

// facetKinds are the kinds that are offered, those first that readers choose by.
func facetKinds() []archive.TagKind {
	return []archive.TagKind{
		archive.TagFandom, archive.TagRelationship, archive.TagCharacter, archive.TagFreeform,
		archive.TagRating, archive.TagWarning, archive.TagCategory, catalogue.KindLanguage, catalogue.KindAuthor,
	}
}

// stories lists the stories that answer a question, all of them where none is
// asked. A form's fields are made a question first.
func (s *site) stories(w http.ResponseWriter, r *http.Request) error {
	given := r.URL.Query()
	if hasFields(given) {
		return s.compiled(w, r, given)
	}
	v := s.visit(r)
	h := heading{Name: v.Say("nav/stories"), About: v.Say("about.stories"), Path: "/stories"}
	n := narrowing{Text: plain(given.Get("q")), Brief: given.Get("view") == "brief"}
	q, err := query.Parse(n.Text)
	if bad, ok := errors.AsType[*query.Error](err); ok {
		return s.badQuestion(w, r, h, n, bad)
	} else if err != nil {
		return err
	}
	n.Query = q
	if q.Where != nil || q.Sort != "" {
		h.About, h.Asked = "", true
		n.Text = plain(q.String())
	}
	h.Path = askPath(n.Text, n.Brief)
	return s.listing(w, r, v, h, n)
}

// hasFields reports whether a request has fields of the form beside the question
// in the query language.
func hasFields(v url.Values) bool {
	for name := range v {
		switch name {
		case "q", "page", "view":
		default:
			return true
		}
	}
	return false
}

// compiled leads from the fields of the form to the address of their question.
// Where they cannot be understood, the page says what.
func (s *site) compiled(w http.ResponseWriter, r *http.Request, given url.Values) error {
	view := given.Get("view")
	given.Del("view")
	given.Del("page")
	q, err := query.FromForm(given)
	if bad, ok := errors.AsType[*query.Error](err); ok {
		v := s.visit(r)
		h := heading{Name: v.Say("nav/stories"), Path: "/stories", Asked: true}
		return s.badQuestion(w, r, h, narrowing{Text: plain(given.Get("q"))}, bad)
	} else if err != nil {
		return err
	}
	http.Redirect(w, r, askPath(q.String(), view == "brief"), http.StatusSeeOther)
	return nil
}

// badQuestion shows what of a question could not be understood, and how each
// piece could be written.
func (s *site) badQuestion(w http.ResponseWriter, r *http.Request, h heading, n narrowing, bad *query.Error) error {
	v := s.visit(r)
	instead := askPath(corrected(n.Text, bad.Problems), n.Brief)
	for _, p := range bad.Problems {
		shown := queryProblem{Piece: plain(p.Text), Message: v.problem(p)}
		if p.Field == "" && p.Suggest != "" {
			shown.Instead, shown.Path = p.Suggest, instead
		}
		n.Problems = append(n.Problems, shown)
	}
	p := v.page(h.Name).at("/stories")
	p.Class, p.Index = "stories", false
	return s.showAs(w, r, http.StatusBadRequest, p, storiesView(v, h, n, archive.Listing{}, pager{}))
}

// problem says what is wrong with a piece of a question: in English with all that
// is known, in other languages what sort of thing it is.
func (v visit) problem(p query.Problem) string {
	if v.Code() == "en" {
		return p.Message
	}
	return v.Say("problem." + string(p.Code))
}

// corrected is a question with everything in its place that is proposed.
func corrected(text string, problems []query.Problem) string {
	end := len(text)
	for _, p := range slices.Backward(problems) { // they stand in the order of the text
		if p.Field == "" && p.Suggest != "" && p.Start <= p.End && p.End <= end {
			text, end = text[:p.Start]+p.Suggest+text[p.End:], p.Start
		}
	}
	return text
}

// listing answers with one page of the stories of a question.
func (s *site) listing(w http.ResponseWriter, r *http.Request, v visit, h heading, n narrowing) error {
	if moved(w, r, pathOf(h.Path)) {
		return nil
	}
	at, err := pageAsked(r)
	if err != nil {
		return err
	}
	a, l, err := s.asked(r, n.Query, at, storiesShown, facetKinds())
	if err == nil && !n.Brief {
		err = s.excerpts(r, n.Query, l)
	}
	if err != nil {
		return err
	}
	pg, err := newPager(h.Path, at, l.Total, storiesShown)
	if err != nil {
		return err
	}
	if err := s.narrow(r, v, &n, a); err != nil {
		return err
	}
	p := v.page(pg.Title(v, orElse(plain(h.Name), v.Say("list.unnamed"))))
	p = p.showing(kept.Needs{Listing: true, Rare: h.Asked}) // anybody can make up a question
	p.Class, p.Kind, p.Description, p.Index = "stories", orElse(h.Kind, p.Kind), h.About, !h.Asked
	if !h.Asked {
		p.Described, err = describe.Listing(describe.List{
			Site: v.website(), Name: h.Name, Address: v.base + pg.To(at),
			First: (at-1)*storiesShown + 1, Total: l.Total, Items: v.items(l.Entries),
		})
		if err != nil {
			return err
		}
	}
	return s.show(w, r, pg.on(p), storiesView(v, h, n, l, pg))
}

// asked asks the catalogue, with the values of some kinds, and the store for the
// stories of one page.
func (s *site) asked(r *http.Request, q query.Query, page, each int, kinds []archive.TagKind) (a catalogue.Answer, l archive.Listing, err error) {
	q.Sort = q.Order()
	a, err = s.catalogue.Ask(r.Context(), catalogue.Question{
		Query: q, Offset: (page - 1) * each, Limit: each, Facets: kinds, Values: facetsShown,
	})
	if err != nil {
		return a, l, err
	}
	l.Total = a.Total
	if l.Entries, err = s.archive.Entries(r.Context(), a.Stories); err != nil {
		return a, l, err
	}
	for i := range l.Entries {
		s.catalogue.Spell(l.Entries[i].Tags)
	}
	return a, l, nil
}

// excerpts adds where the words of a question stand in the texts.
func (s *site) excerpts(r *http.Request, q query.Query, l archive.Listing) error {
	t, ok := q.FirstText()
	if !ok {
		return nil
	}
	return s.archive.Excerpts(r.Context(), t.In, t.Words, l.Entries)
}

// narrow fills in what a page offers beside the stories.
func (s *site) narrow(r *http.Request, v visit, n *narrowing, a catalogue.Answer) error {
	if n.Capped = a.Capped; int64(a.Ranked) < a.Total {
		n.Ranked = a.Ranked
	}
	n.Active, n.Sorts, n.Views = v.activeTerms(*n), v.sortLinks(*n), v.viewLinks(*n)
	links := newWriter(*n)
	for _, f := range a.Facets {
		if g := v.group(links, f); len(g.Links) > 0 {
			n.Groups = append(n.Groups, g)
		}
		n.addOptions(v, f)
	}
	n.States = []option{{"yes", v.Say("status.complete")}, {"no", v.Say("status.in-progress")}}
	for _, u := range a.Unknown {
		n.Unknown = append(n.Unknown, v.unknownOf(*n, u))
	}
	if a.Total > 0 || len(n.Active) < 2 {
		return nil
	}
	less, err := s.catalogue.Relax(r.Context(), catalogue.Question{Query: n.Query})
	if err != nil {
		return err
	}
	for _, d := range less {
		if d.Total > 0 {
			n.Relaxed = append(n.Relaxed, relaxed{Label: v.Term(d.Node), Path: n.path(n.Query.Without(d.Node)), Count: d.Total})
		}
	}
	return nil
}

// pathOf is an address without its query.
func pathOf(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path
}
