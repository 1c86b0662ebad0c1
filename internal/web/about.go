package web

import (
	"net/http"

	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
	"colophon/internal/web/kept"
)

// rightsPath is where the archive says whose stories these are.
const rightsPath = "/about#rights"

// ways are the parts of the archive that every page leads to; the message of
// each is "nav" and its path.
func ways() []string {
	return []string{"/stories", "/fandoms", "/authors", "/tags", "/series", "/lengths", "/search"}
}

// welcome is what the archive says of itself, in words of its own where it has
// been given some.
func (v visit) welcome() string { return orElse(plain(v.about), v.Say("home.about")) }

// Welcome is welcome in paragraphs.
func (v visit) Welcome() []string { return paragraphs(v.welcome()) }

// Rules are the archive's own words about its rules.
func (v visit) Rules() []string { return paragraphs(v.rules) }

// aboutPage says what the archive is.
func (s *site) aboutPage(w http.ResponseWriter, r *http.Request) error {
	o, err := s.archive.Overview(r.Context())
	if err != nil {
		return err
	}
	v := s.visit(r)
	p := v.page(v.Say("nav/about")).at("/about").showing(kept.Needs{Listing: true})
	p.Description = excerpt(v.welcome(), 200)
	return s.show(w, r, p, aboutView(v, o))
}

// rulesPage shows the rules of the archive.
func (s *site) rulesPage(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	return s.show(w, r, v.page(v.Say("nav/rules")).at("/rules").showing(kept.Needs{}), rulesView(v))
}

// random leads to a story that chance chooses, among those that answer a
// question where one is asked.
func (s *site) random(w http.ResponseWriter, r *http.Request) error {
	q, err := query.Parse(r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	pick := func(n int) int { return int(s.pick(int64(n))) }
	id, err := s.catalogue.Random(r.Context(), catalogue.Question{Query: q}, pick)
	if err != nil {
		return err
	}
	es, err := s.archive.Entries(r.Context(), []int64{id})
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	if len(es) == 0 { // there are none
		http.Redirect(w, r, "/", http.StatusFound)
		return nil
	}
	http.Redirect(w, r, storyPath(id, es[0].Title), http.StatusFound)
	return nil
}

// tombstone answers for a story that has been withdrawn.
func (s *site) tombstone(w http.ResponseWriter, r *http.Request, id int64) error {
	t, err := s.archive.Tombstone(r.Context(), id)
	if err != nil {
		return err
	}
	v := s.visit(r)
	p := v.page(v.Say("failure.gone.title"))
	p.Class, p.Index = "failure", false
	return s.showAs(w, r, http.StatusGone, p, tombstoneView(v, t))
}
