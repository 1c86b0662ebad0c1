package web

import (
	"cmp"
	"net/http"
	"slices"

	"colophon/internal/archive"
	"colophon/internal/describe"
	"colophon/internal/web/kept"
)

// front is what the home page shows.
type front struct {
	archive.Overview
	ByFandom, ByAuthor, BySeries, ByLength []door
}

// door is a way in: a name, its page, and how many stories are behind it.
type door struct {
	Name, Path, About string
	Stories           int64
}

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
	if f.Overview, err = s.archive.Overview(ctx); err != nil {
		return f, err
	}
	if f.ByFandom, err = namedDoors("/fandoms")(s.archive.Tags(ctx, archive.TagFandom)); err != nil {
		return f, err
	}
	if f.ByAuthor, err = namedDoors("/authors")(s.archive.PenNames(ctx)); err != nil {
		return f, err
	}
	series, err := s.archive.Series(ctx)
	if err != nil {
		return f, err
	}
	var ds []door
	for _, se := range series {
		ds = append(ds, door{Name: plain(se.Name), Path: namePath("/series", se.ID, se.Name), Stories: se.Stories})
	}
	f.BySeries = widest(ds)
	f.ByLength, err = s.lengthDoors(r, v)
	return f, err
}

// namedDoors makes ways in of the names with the most stories.
func namedDoors(list string) func([]archive.Name, error) ([]door, error) {
	return func(names []archive.Name, err error) ([]door, error) {
		ds := make([]door, 0, len(names))
		for _, n := range names {
			ds = append(ds, door{Name: plain(n.Name), Path: namePath(list, n.ID, n.Name), Stories: n.Stories})
		}
		return widest(ds), err
	}
}

// widest are the ways in with the most stories, in their own order.
func widest(ds []door) []door {
	ds = slices.DeleteFunc(ds, func(d door) bool { return d.Name == "" })
	if len(ds) <= doorsShown {
		return ds
	}
	counts := make([]int64, len(ds))
	for i, d := range ds {
		counts[i] = d.Stories
	}
	slices.SortFunc(counts, func(a, b int64) int { return cmp.Compare(b, a) })
	least := counts[doorsShown-1]
	var out []door
	for _, d := range ds {
		if d.Stories >= least && len(out) < doorsShown {
			out = append(out, d)
		}
	}
	return out
}
