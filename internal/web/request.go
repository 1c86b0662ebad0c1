package web

import (
	"net/http"
	"strconv"

	"colophon/internal/archive"
)

// perPage is the number of stories or names on one page of a listing.
const perPage = 50

// number reads a positive number from the path.
func number(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n < 1 {
		return 0, noSuchPage()
	}
	return n, nil
}

// pageAsked is the page of a listing that a request asks for, from 1.
func pageAsked(r *http.Request) (int, error) {
	v := r.URL.Query().Get("page")
	if v == "" {
		return 1, nil
	}
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil || n < 1 {
		return 0, noSuchPage()
	}
	return int(n), nil
}

// pager is where a page of a listing stands among its pages.
type pager struct {
	Path  string
	Page  int // from 1
	Pages int // at least 1
}

// newPager fails where the listing has no such page.
func newPager(path string, page int, total int64) (pager, error) {
	pages := max(1, int((total+perPage-1)/perPage))
	if page > pages {
		return pager{}, noSuchPage()
	}
	return pager{Path: path, Page: page, Pages: pages}, nil
}

// To is the address of page n.
func (p pager) To(n int) string {
	if n == 1 {
		return p.Path
	}
	return p.Path + "?page=" + strconv.Itoa(n)
}

// pageOf reads one page of a listing of stories.
func (s *site) pageOf(r *http.Request, q archive.Query) (archive.Listing, int, error) {
	n, err := pageAsked(r)
	if err != nil {
		return archive.Listing{}, 0, err
	}
	q.Limit, q.Offset = perPage, (n-1)*perPage
	l, err := s.archive.Stories(r.Context(), q)
	return l, n, err
}
