package web

import (
	"math"
	"net/url"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// narrowing is what a page of stories offers beside the stories: what was asked,
// how to ask for more or less, and what is wrong with the question.
type narrowing struct {
	Query    query.Query
	Text     string // of the query
	Brief    bool
	Active   []activeTerm
	Groups   []filterGroup
	Sorts    []choiceLink
	Views    []choiceLink
	Unknown  []unknownName
	Relaxed  []relaxed
	Problems []queryProblem
	Capped   bool // there are more stories than the number says
	Ranked   int  // how many were put in order of relevance, 0 for all

	Ratings, Languages, States []option // of the form
}

// activeTerm is a condition of the question.
type activeTerm struct{ Label, Without string }

// filterGroup is the top tags of one kind among the stories found.
type filterGroup struct {
	ID, Title string
	Links     []filterLink
}

// filterLink narrows a question down by one tag.
type filterLink struct {
	Label     string
	Count     int64
	Only, Not string // the question with the tag, and without it
	Active    bool
}

type choiceLink struct {
	Label, Path string
	Chosen      bool
}

type option struct{ Value, Label string }

// unknownName is a name of the question that nothing has.
type unknownName struct {
	Kind, Name string
	Near       []nearName
}

// nearName leads to the question with another name in its place.
type nearName struct {
	Label, Path string
	Count       int64
}

// relaxed is the question without one of its conditions.
type relaxed struct {
	Label, Path string
	Count       int64
}

// queryProblem is what of a question could not be understood.
type queryProblem struct {
	Piece, Message string
	Instead, Path  string // a question that would be, "" for none
}

// askPath is the address of the stories that answer a question.
func askPath(text string, brief bool) string {
	v := url.Values{}
	if text != "" {
		v.Set("q", text)
	}
	if brief {
		v.Set("view", "brief")
	}
	if len(v) == 0 {
		return "/stories"
	}
	return "/stories?" + v.Encode()
}

// path is askPath for the question after a change.
func (n narrowing) path(q query.Query) string { return askPath(q.String(), n.Brief) }

// formKinds are the kinds of tag that the form has fields for.
func formKinds() []string {
	return []string{"fandom", "character", "relationship", "freeform", "warning", "author"}
}

// formField is the name of a kind's field, which is also its name in the
// language of questions.
func formField(kind string) string {
	if kind == string(archive.TagFreeform) {
		return "tag"
	}
	return kind
}

// Term says a condition in the words of the page: "not character: Ada".
func (v visit) Term(n query.Node) string {
	switch n := n.(type) {
	case query.Not:
		return v.Say("filter.not") + " " + v.Term(n.Node)
	case query.Tag:
		return v.Say("term."+string(n.Kind)) + ": " + v.TagName(n.Kind, n.Name)
	case query.Author:
		return v.Say("term.author") + ": " + plain(n.Name)
	case query.Series:
		return v.Say("term.series") + ": " + plain(n.Name)
	case query.Language:
		return v.Say("term.language") + ": " + plain(v.Language(n.Code))
	case query.Rating:
		return v.Say("term.rating") + " " + sign(n.Op) + " " + v.TagName(archive.TagRating, n.Name)
	case query.Text:
		if n.In == archive.InEverything {
			return "“" + plain(n.Words) + "”"
		}
	case query.Is:
		if n.What == query.Complete || n.What == query.InProgress {
			return v.Say("status." + string(n.What))
		}
	case query.Number:
		if n.Of == query.Words {
			return v.wordsRange(n.Min, n.Max)
		}
	}
	return query.Query{Where: n}.String()
}

// sign is how a comparison is written for people.
func sign(op query.Op) string {
	switch op {
	case query.AtMost:
		return "≤"
	case query.AtLeast:
		return "≥"
	}
	return string(op)
}

func (v visit) wordsRange(low, high int64) string {
	if high == math.MaxInt64 {
		return v.Say("lengths.from", "From", v.Number(low))
	}
	return v.Say("lengths.between", "From", v.Number(low), "To", v.Number(high))
}

// TagName is the name of a tag, in the words of the page for those ratings that
// an archive begins with.
func (v visit) TagName(kind archive.TagKind, name string) string {
	if kind == archive.TagRating {
		if known := v.Rated(strings.ToLower(name)); known != "" {
			return known
		}
	}
	return plain(name)
}

// activeTerms are the conditions of a question with the ways to drop them.
func (v visit) activeTerms(n narrowing) []activeTerm {
	var ts []activeTerm
	for _, t := range n.Query.Terms() {
		ts = append(ts, activeTerm{Label: v.Term(t), Without: n.path(n.Query.Without(t))})
	}
	return ts
}

// sortLinks are the orders that a listing can have. The order by relevance is
// there where words are looked for.
func (v visit) sortLinks(n narrowing) []choiceLink {
	sorts := []query.Sort{
		query.SortPosted, query.SortUpdated, query.SortWritten, query.SortTitle, query.SortAuthor, query.SortWords,
	}
	if _, ok := n.Query.FirstText(); ok {
		sorts = append([]query.Sort{query.SortRelevance}, sorts...)
	}
	var cs []choiceLink
	for _, by := range sorts {
		cs = append(cs, choiceLink{
			Label: v.Say("sort." + string(by)), Path: n.path(n.Query.Sorted(by, false)), Chosen: n.Query.Order() == by && !n.Query.Up,
		})
	}
	return cs
}

// viewLinks are the two ways to show a listing, and a story of it by chance.
func (v visit) viewLinks(n narrowing) []choiceLink {
	random := "/random"
	if n.Text != "" {
		random += "?" + url.Values{"q": {n.Text}}.Encode()
	}
	return []choiceLink{
		{Label: v.Say("view.full"), Path: askPath(n.Text, false), Chosen: !n.Brief},
		{Label: v.Say("view.brief"), Path: askPath(n.Text, true), Chosen: n.Brief},
		{Label: v.Say("view.random"), Path: random},
	}
}

// condition is the condition that a value of a facet stands for.
func condition(kind archive.TagKind, name string) query.Node {
	name = plain(name) // what is left out of it is no part of a key
	switch kind {
	case catalogue.KindAuthor:
		return query.Author{Name: name}
	case catalogue.KindLanguage:
		return query.Language{Code: name}
	case catalogue.KindSeries:
		return query.Series{Name: name}
	}
	return query.Tag{Kind: kind, Name: name}
}

// valueName is the name of a facet's value in the words of the page.
func (v visit) valueName(kind archive.TagKind, name string) string {
	if kind == catalogue.KindLanguage {
		return plain(v.Language(name))
	}
	return orElse(v.TagName(kind, name), v.Say("list.unnamed"))
}

// group offers the values of one facet.
func (v visit) group(w writer, f catalogue.Facet) filterGroup {
	g := filterGroup{ID: string(f.Kind), Title: v.Say("kind." + string(f.Kind))}
	for _, x := range f.Values {
		if x.Count == 0 {
			continue
		}
		c := condition(f.Kind, x.Name)
		text := query.Query{Where: c}.String()
		g.Links = append(g.Links, filterLink{
			Label: v.valueName(f.Kind, x.Name), Count: x.Count, Active: w.terms[text],
			Only: w.with(c, text), Not: w.with(query.Not{Node: c}, "-"+text),
		})
	}
	return g
}

// writer writes addresses of a question with one condition more. To go through
// the tree for each of a page's two hundred filters would cost more than the rest
// of the page; where the text can be put together, it is.
type writer struct {
	n           narrowing
	terms       map[string]bool // the conditions that must hold, as text
	where, sort string
	together    bool
}

func newWriter(n narrowing) writer {
	w := writer{n: n, terms: map[string]bool{}, where: query.Query{Where: n.Query.Where}.String()}
	for _, t := range n.Query.Terms() {
		w.terms[query.Query{Where: t}.String()] = true
	}
	w.sort = strings.TrimSpace(strings.TrimPrefix(n.Query.String(), w.where))
	_, either := n.Query.Where.(query.Or)
	w.together = !either
	return w
}

// with is the address with a condition, whose text is given too.
func (w writer) with(c query.Node, text string) string {
	opposite, not := strings.CutPrefix(text, "-")
	if !not {
		opposite = "-" + text
	}
	if !w.together || w.terms[text] || w.terms[opposite] {
		return w.n.path(w.n.Query.With(c))
	}
	return askPath(strings.TrimSpace(w.where+" "+text+" "+w.sort), w.n.Brief)
}

// addOptions offers the values of a closed facet in the form.
func (n *narrowing) addOptions(v visit, f catalogue.Facet) {
	for _, x := range f.Values {
		o := option{Value: x.Name, Label: v.valueName(f.Kind, x.Name)}
		switch {
		case f.Kind == archive.TagRating && x.Order > 0:
			n.Ratings = append(n.Ratings, o)
		case f.Kind == catalogue.KindLanguage && plain(x.Name) == x.Name:
			n.Languages = append(n.Languages, o)
		}
	}
}

// unknownOf proposes names in the place of one that nothing has.
func (v visit) unknownOf(n narrowing, u catalogue.Unknown) unknownName {
	kind, name := named(u.Node)
	out := unknownName{Kind: v.Say("term." + string(kind)), Name: plain(name)}
	for _, near := range u.Near {
		out.Near = append(out.Near, nearName{
			Label: v.valueName(kind, near.Name), Count: near.Count,
			Path: n.path(n.Query.Replace(u.Node, renamed(u.Node, near.Name))),
		})
	}
	return out
}

// named is the kind and the name that a condition asks for.
func named(n query.Node) (kind archive.TagKind, name string) {
	switch n := n.(type) {
	case query.Tag:
		return n.Kind, n.Name
	case query.Author:
		return catalogue.KindAuthor, n.Name
	case query.Series:
		return catalogue.KindSeries, n.Name
	case query.Rating:
		return archive.TagRating, n.Name
	}
	return "", ""
}

// renamed is a condition with another name.
func renamed(n query.Node, name string) query.Node {
	if r, ok := n.(query.Rating); ok {
		r.Name = name
		return r
	}
	kind, _ := named(n)
	return condition(kind, name)
}

// tagsShown is the most tags of a story that a listing shows.
const tagsShown = 24

// tagsIn are the tags of a story of some kinds, in the order of the kinds.
func tagsIn(e archive.Entry, kinds ...archive.TagKind) []archive.EntryTag {
	var tags []archive.EntryTag
	for _, kind := range kinds {
		for _, t := range e.Tags {
			if t.Kind == kind {
				tags = append(tags, t)
			}
		}
	}
	return tags[:min(len(tags), tagsShown)]
}
