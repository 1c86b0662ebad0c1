package web

import (
	"net/http"

	"colophon/internal/archive"
)

// heading is what a listing of stories is about.
type heading struct {
	Name    string
	Kind    string // "author" or "fandom"; "" for all stories
	Path    string // the one address of the listing
	All     string // where the others of its kind are listed
	AllName string
}

// listing answers with one page of the stories that a query chooses. The
// heading is made of the name that the store gives.
func (s *site) listing(w http.ResponseWriter, r *http.Request, q archive.Query, of func(name string) heading) error {
	l, n, err := s.pageOf(r, q)
	if err != nil {
		return err
	}
	h := of(l.Of)
	if moved(w, r, h.Path) {
		return nil
	}
	pg, err := newPager(h.Path, n, l.Total)
	if err != nil {
		return err
	}
	p := s.page(pagedTitle(h.Name, n)).at(pg.To(n))
	return s.show(w, r, p, listingView(h, l, pg))
}

func pagedTitle(title string, n int) string {
	if n == 1 {
		return title
	}
	return title + ", page " + grouped(int64(n))
}
