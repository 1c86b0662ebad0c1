package web

import (
	"context"
	"math"
	"net/http"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
	"colophon/internal/describe"
	"colophon/internal/web/kept"
)

// allSeries lists the series.
func (s *site) allSeries(w http.ResponseWriter, r *http.Request) error {
	n, err := pageAsked(r)
	if err != nil {
		return err
	}
	from := (n - 1) * perPage
	values, total, err := s.catalogue.Names(catalogue.Directory{Kind: catalogue.KindSeries, Offset: from, Limit: perPage})
	if err != nil {
		return err
	}
	pg, err := newPager("/series", n, total, perPage)
	if err != nil {
		return err
	}
	all, err := s.seriesNames(r.Context(), values)
	if err != nil {
		return err
	}
	v := s.visit(r)
	p := v.page(pg.Title(v, v.Say("nav/series"))).showing(kept.Needs{Listing: true})
	p.Description = v.Say("about.series")
	return s.show(w, r, pg.on(p), allSeriesView(v, all, pg))
}

// seriesNames adds the authors to series, whose stories are those that everybody
// sees.
func (s *site) seriesNames(ctx context.Context, values []catalogue.Value) ([]archive.SeriesName, error) {
	if len(values) == 0 {
		return nil, nil
	}
	ids, at := make([]int64, len(values)), map[int64]int{}
	list := make([]archive.SeriesName, len(values))
	for i, x := range values {
		ids[i], at[x.ID] = x.ID, i
		list[i] = archive.SeriesName{ID: x.ID, Name: x.Name, Stories: x.Count}
	}
	named, err := s.archive.Series(ctx, ids...)
	for _, n := range named {
		list[at[n.ID]].Authors = n.Authors
	}
	return list, err
}

// series shows a series in the order in which it is to be read.
func (s *site) series(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	se, err := s.archive.SeriesByID(r.Context(), id)
	if err != nil {
		return err
	}
	path := namePath("/series", id, se.Name)
	if moved(w, r, path) {
		return nil
	}
	v := s.visit(r)
	p := v.page(orElse(plain(se.Name), v.Say("list.unnamed"))).at(path)
	p.Author = plain(v.Joined(se.Authors))
	var es []archive.Entry
	needs := kept.Needs{Series: []int64{id}}
	for _, e := range se.Entries {
		es = append(es, e.Entry)
		needs.Stories = append(needs.Stories, e.ID)
	}
	p.Described, err = describe.Listing(describe.List{
		Site: v.website(), Name: se.Name, Address: v.base + path, Series: se.Name, First: 1, Total: int64(len(es)), Items: v.items(es),
	})
	if err != nil {
		return err
	}
	return s.show(w, r, p.showing(needs), seriesView(v, se))
}

// within is an entry as its own series shows it, which need not name itself.
func within(e archive.SeriesEntry) archive.Entry {
	e.Series = archive.Place{}
	return e.Entry
}

// band is a length of stories. The bounds are those of the Nebula Award for
// science fiction and fantasy, with the drabble of fan communities below.
type band struct {
	Name     string // in addresses and messages
	From, To int64  // words; To is not part of it, 0 for no bound
}

func bands() []band {
	return []band{
		{"drabbles", 1, 151},
		{"short-stories", 151, 7_500},
		{"novelettes", 7_500, 17_500},
		{"novellas", 17_500, 40_000},
		{"novels", 40_000, 0},
	}
}

// query chooses the stories of a band.
func (b band) query() query.Query {
	return query.Query{Where: query.Number{Of: query.Words, Min: b.From, Max: b.last()}}
}

// About says what a band is, as "7,500 to 17,499 words".
func (b band) About(v visit) string { return v.wordsRange(b.From, b.last()) }

// last is the most words that belong to the band.
func (b band) last() int64 {
	if b.To == 0 {
		return math.MaxInt64
	}
	return b.To - 1
}

func (b band) path() string { return "/lengths/" + b.Name }

// lengths leads to the stories of each length.
func (s *site) lengths(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	ds, err := s.lengthDoors(r, v)
	if err != nil {
		return err
	}
	p := v.page(v.Say("nav/lengths")).at("/lengths").showing(kept.Needs{Listing: true})
	p.Description = v.Say("about.lengths")
	return s.show(w, r, p, lengthsView(v, ds))
}

// length lists the stories of one length.
func (s *site) length(w http.ResponseWriter, r *http.Request) error {
	for _, b := range bands() {
		if b.Name == r.PathValue("band") {
			v := s.visit(r)
			h := heading{Name: v.Say("lengths." + b.Name), About: b.About(v), Path: b.path(), All: "/lengths"}
			return s.listing(w, r, v, h, narrowing{Query: b.query(), Text: b.query().String()})
		}
	}
	return noSuchPage()
}

// lengthDoors are the lengths with their numbers of stories.
func (s *site) lengthDoors(r *http.Request, v visit) ([]door, error) {
	var ds []door
	for _, b := range bands() {
		a, err := s.catalogue.Ask(r.Context(), catalogue.Question{Query: b.query(), Limit: 1})
		if err != nil {
			return nil, err
		}
		ds = append(ds, door{Name: v.Say("lengths." + b.Name), Path: b.path(), About: b.About(v), Stories: a.Total})
	}
	return ds, nil
}
