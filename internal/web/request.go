package web

import (
	"net/http"
	"strconv"
	"strings"
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
	Path  string // may end in a query
	Page  int    // from 1
	Pages int    // at least 1
}

// newPager fails where a listing of total items, so many on each page, has no
// such page.
func newPager(path string, page int, total int64, each int) (pager, error) {
	pages := max(1, int((total+int64(each)-1)/int64(each)))
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
	sep := "?"
	if strings.Contains(p.Path, sep) {
		sep = "&"
	}
	return p.Path + sep + "page=" + strconv.Itoa(n)
}

// Title is the title of the listing with the number of the page.
func (p pager) Title(v visit, title string) string {
	if p.Page == 1 {
		return title
	}
	return title + v.Say("list.next") + v.Say("pages.number", "N", v.Number(int64(p.Page)))
}

// on gives a page its address and those of its neighbours.
func (p pager) on(pg page) page {
	pg = pg.at(p.To(p.Page))
	if p.Page > 1 {
		pg.Prev = p.To(p.Page - 1)
	}
	if p.Page < p.Pages {
		pg.Next = p.To(p.Page + 1)
	}
	return pg
}
