package web

import (
	"net/http"

	"colophon/internal/archive"
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
}

// listing answers with one page of the stories that a query chooses. The
// heading is made of the name that the store gives.
func (s *site) listing(w http.ResponseWriter, r *http.Request, q archive.Query, of func(v visit, name string) heading) error {
	n, err := pageAsked(r)
	if err != nil {
		return err
	}
	q.Limit, q.Offset = perPage, (n-1)*perPage
	l, err := s.archive.Stories(r.Context(), q)
	if err != nil {
		return err
	}
	v := s.visit(r)
	h := of(v, l.Of)
	if moved(w, r, h.Path) {
		return nil
	}
	pg, err := newPager(h.Path, n, l.Total, perPage)
	if err != nil {
		return err
	}
	p := v.page(pg.Title(v, orElse(plain(h.Name), v.Say("list.unnamed")))).showing(kept.Needs{Listing: true})
	p.Kind, p.Description = orElse(h.Kind, p.Kind), h.About
	p.Described, err = describe.Listing(describe.List{
		Site: v.website(), Name: h.Name, Address: v.base + pg.To(n),
		First: q.Offset + 1, Total: l.Total, Items: v.items(l.Entries),
	})
	if err != nil {
		return err
	}
	return s.show(w, r, pg.on(p), listingView(v, h, l, pg))
}

// author lists the stories of a pen name.
func (s *site) author(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	return s.listing(w, r, archive.Query{PenName: id}, func(_ visit, name string) heading {
		return heading{Name: name, Path: namePath("/authors", id, name), All: "/authors", Kind: "profile"}
	})
}

// fandom lists the stories of a fandom.
func (s *site) fandom(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	return s.listing(w, r, archive.Query{Tag: id}, func(_ visit, name string) heading {
		return heading{Name: name, Path: namePath("/fandoms", id, name), All: "/fandoms"}
	})
}

// stories lists all stories, the newest first.
func (s *site) stories(w http.ResponseWriter, r *http.Request) error {
	return s.listing(w, r, archive.Query{}, func(v visit, _ string) heading {
		return heading{Name: v.Say("nav/stories"), About: v.Say("about.stories"), Path: "/stories"}
	})
}
