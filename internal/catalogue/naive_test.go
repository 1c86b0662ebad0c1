package catalogue_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// naive answers questions by looking at every story, in the plainest way.
type naive struct {
	tags   map[int64]archive.Tag
	names  map[archive.TagKind]map[int64]string // authors and series
	rows   map[int64]archive.Row
	hits   func(query.Text) map[int64]bool
	bears  map[int64]map[bearing]bool
	worlds map[int64]int
	keys   map[bearing][]int64 // ids by kind and key
	closed []int64             // tags of closed sets
}

// bearing is a term of a story: its kind and id, or a language's code.
type bearing struct {
	kind archive.TagKind
	id   int64
	code string
}

func newNaive(w *world) *naive {
	n := &naive{
		tags:  map[int64]archive.Tag{},
		names: map[archive.TagKind]map[int64]string{catalogue.KindAuthor: {}, catalogue.KindSeries: {}},
		rows:  map[int64]archive.Row{}, bears: map[int64]map[bearing]bool{}, worlds: map[int64]int{},
		keys: map[bearing][]int64{},
	}
	name := func(kind archive.TagKind, id int64, name string) {
		k := bearing{kind, 0, fold(kind, name)}
		n.keys[k] = append(n.keys[k], id)
	}
	for _, t := range w.tags {
		n.tags[t.ID] = t
		name(t.Kind, t.ID, t.Name)
		if t.Order > 0 && t.State != archive.TagSynonym {
			n.closed = append(n.closed, t.ID)
		}
	}
	for _, a := range w.names.PenNames {
		n.names[catalogue.KindAuthor][a.ID] = a.Name
		name(catalogue.KindAuthor, a.ID, a.Name)
	}
	for _, s := range w.names.Series {
		n.names[catalogue.KindSeries][s.ID] = s.Name
		name(catalogue.KindSeries, s.ID, s.Name)
	}
	for _, r := range w.rows {
		n.put(r)
	}
	return n
}

func (n *naive) put(r archive.Row) {
	n.rows[r.Story] = r
	bears := map[bearing]bool{}
	var ratings []archive.Tag
	for _, id := range r.Tags {
		for up := range n.up(id) {
			if t := n.tags[up]; t.Kind == archive.TagRating && t.Order > 0 {
				ratings = append(ratings, t)
			} else {
				bears[bearing{t.Kind, up, ""}] = true
			}
		}
	}
	if len(ratings) > 0 {
		t := slices.MaxFunc(ratings, func(a, b archive.Tag) int { return cmp.Compare(a.Order, b.Order) })
		bears[bearing{t.Kind, t.ID, ""}] = true
	}
	for _, id := range r.Authors {
		bears[bearing{catalogue.KindAuthor, id, ""}] = true
	}
	if r.Series != 0 {
		bears[bearing{catalogue.KindSeries, r.Series, ""}] = true
	}
	if r.Language != "" {
		bears[bearing{catalogue.KindLanguage, 0, r.Language}] = true
	}
	n.bears[r.Story] = bears
	n.worlds[r.Story] = n.groups(bears)
}

func (n *naive) canonical(id int64) int64 {
	for n.tags[id].State == archive.TagSynonym {
		id = n.tags[id].Of
	}
	return id
}

// up is a tag's canonical tag and everything of its kind above it.
func (n *naive) up(id int64) map[int64]bool {
	id = n.canonical(id)
	all := map[int64]bool{id: true}
	for _, p := range n.tags[id].Parents {
		if n.tags[p].Kind == n.tags[id].Kind {
			for up := range n.up(p) {
				all[up] = true
			}
		}
	}
	return all
}

// groups counts fandoms that are joined by nothing above them.
func (n *naive) groups(bears map[bearing]bool) int {
	var groups []map[int64]bool
	for b := range bears {
		if b.kind != archive.TagFandom {
			continue
		}
		joined := n.up(b.id)
		var rest []map[int64]bool
		for _, g := range groups {
			shared := false
			for id := range g {
				shared = shared || joined[id]
			}
			if !shared {
				rest = append(rest, g)
				continue
			}
			for id := range g {
				joined[id] = true
			}
		}
		rest = append(rest, joined)
		groups = rest
	}
	return len(groups)
}

func (n *naive) holds(c query.Node, r archive.Row) bool {
	switch c := c.(type) {
	case nil:
		return true
	case query.And:
		return !slices.ContainsFunc(c, func(part query.Node) bool { return !n.holds(part, r) })
	case query.Or:
		return slices.ContainsFunc(c, func(part query.Node) bool { return n.holds(part, r) })
	case query.Not:
		return !n.holds(c.Node, r)
	case query.Tag:
		return n.named(r, c.Kind, c.Name)
	case query.Author:
		return n.named(r, catalogue.KindAuthor, c.Name)
	case query.Series:
		return n.named(r, catalogue.KindSeries, c.Name)
	case query.Rating:
		return n.rated(r, c)
	case query.Number:
		v := r.Words
		if c.Of == query.Chapters {
			v = int64(r.Chapters)
		}
		return c.Min <= v && v <= c.Max
	case query.Date:
		return dated(r, c)
	case query.Language:
		return r.Language == c.Code || strings.HasPrefix(r.Language, c.Code+"-")
	case query.Is:
		return map[query.What]bool{
			query.Complete: r.Status == archive.Complete, query.InProgress: r.Status == archive.InProgress,
			query.InSeries: r.Series != 0, query.Crossover: n.worlds[r.Story] > 1, query.Single: n.worlds[r.Story] == 1,
		}[c.What]
	case query.Text:
		return n.hits(c)[r.Story]
	}
	panic(fmt.Sprintf("no condition: %T", c))
}

func (n *naive) named(r archive.Row, kind archive.TagKind, name string) bool {
	for _, id := range n.tagsNamed(kind, name) {
		if n.names[kind] == nil {
			id = n.canonical(id)
		}
		if n.bears[r.Story][bearing{kind, id, ""}] {
			return true
		}
	}
	return false
}

func (n *naive) tagsNamed(kind archive.TagKind, name string) []int64 {
	return n.keys[bearing{kind, 0, fold(kind, name)}]
}

func (n *naive) rated(r archive.Row, c query.Rating) bool {
	for _, id := range n.tagsNamed(archive.TagRating, c.Name) {
		wanted := n.tags[id].Order
		for b := range n.bears[r.Story] {
			if b.kind != archive.TagRating {
				continue
			}
			got := n.tags[b.id].Order
			if got == wanted || c.Op == query.AtMost && got < wanted || c.Op == query.AtLeast && got > wanted {
				return true
			}
		}
	}
	return false
}

func dated(r archive.Row, c query.Date) bool {
	number := func(t time.Time) query.Day { return query.Day(t.Year()*10000 + int(t.Month())*100 + t.Day()) }
	var from, to query.Day
	switch c.Of {
	case query.Posted:
		from = number(time.UnixMicro(r.Posted).UTC())
		to = from
	case query.Updated:
		from = number(time.UnixMicro(r.Updated).UTC())
		to = from
	case query.Written:
		if from, to = written(r); from == 0 {
			return false
		}
	}
	return from >= c.From && (c.To == 0 || to <= c.To)
}

func written(r archive.Row) (from, to query.Day) {
	var y, m, d query.Day
	switch n, _ := fmt.Sscanf(r.Written, "%d-%d-%d", &y, &m, &d); n {
	case 1:
		return y*10000 + 101, y*10000 + 1231
	case 2:
		last := [...]query.Day{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
		if m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			last = 29
		}
		return y*10000 + m*100 + 1, y*10000 + m*100 + last
	case 3:
		return y*10000 + m*100 + d, y*10000 + m*100 + d
	}
	return 0, 0
}

// find returns the stories of a question in order.
func (n *naive) find(q catalogue.Question) []archive.Row {
	var found []archive.Row
	for _, r := range n.rows {
		seen := r.Visibility == archive.Public || r.Visibility == archive.Members && q.Audience == catalogue.SignedIn
		if seen && n.holds(q.Query.Where, r) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b archive.Row) int { return cmp.Or(compare(q.Query, a, b), cmp.Compare(b.Story, a.Story)) })
	return found
}

func compare(q query.Query, a, b archive.Row) int {
	sign := -1
	if q.Up {
		sign = 1
	}
	last := func(a, b bool) int { // those not known
		switch {
		case a == b:
			return 0
		case a:
			return 1
		}
		return -1
	}
	switch q.Sort {
	case query.SortUpdated:
		return sign * cmp.Compare(a.Updated, b.Updated)
	case query.SortWords:
		return sign * cmp.Compare(a.Words, b.Words)
	case query.SortWritten:
		x, _ := written(a)
		y, _ := written(b)
		return cmp.Or(last(x == 0, y == 0), sign*cmp.Compare(x, y))
	case query.SortTitle:
		return cmp.Or(last(a.TitleKey == "", b.TitleKey == ""), -sign*cmp.Compare(a.TitleKey, b.TitleKey))
	case query.SortAuthor:
		return cmp.Or(last(a.AuthorKey == "", b.AuthorKey == ""), -sign*cmp.Compare(a.AuthorKey, b.AuthorKey))
	}
	return sign * cmp.Compare(a.Posted, b.Posted)
}

// count counts everything among stories, by kind.
func (n *naive) count(found []archive.Row) map[archive.TagKind]map[bearing]int64 {
	all := map[bearing]int64{}
	for _, r := range found {
		for b := range n.bears[r.Story] {
			all[b]++
		}
	}
	kinds := map[archive.TagKind]map[bearing]int64{}
	for b, count := range all {
		if kinds[b.kind] == nil {
			kinds[b.kind] = map[bearing]int64{}
		}
		kinds[b.kind][b] = count
	}
	return kinds
}

// facet lists what was counted of one kind.
func (n *naive) facet(of map[bearing]int64, kind archive.TagKind, limit int) catalogue.Facet {
	type counted struct {
		catalogue.Value
		key   string
		order int
	}
	var closed, open []counted
	for _, id := range n.closed {
		if t := n.tags[id]; t.Kind == kind {
			closed = append(closed, counted{catalogue.Value{ID: id, Name: t.Name, Count: of[bearing{kind, id, ""}], Order: t.Order}, t.Key, t.Order})
		}
	}
	for b, count := range of {
		name := n.tags[b.id].Name
		if b.code != "" {
			name = b.code
		} else if n.names[kind] != nil {
			name = n.names[kind][b.id]
		}
		key := fold(kind, name)
		if b.code != "" {
			key = strings.ToLower(name)
		}
		if n.names[kind] != nil || n.tags[b.id].Order == 0 {
			open = append(open, counted{catalogue.Value{ID: b.id, Name: name, Count: count}, key, 0})
		}
	}
	slices.SortFunc(closed, func(a, b counted) int { return cmp.Compare(a.order, b.order) })
	slices.SortFunc(open, func(a, b counted) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.key, b.key), cmp.Compare(a.ID, b.ID))
	})
	f := catalogue.Facet{Kind: kind}
	for _, c := range append(closed, open[:min(len(open), limit)]...) {
		f.Values = append(f.Values, c.Value)
	}
	return f
}
