package web

import (
	"context"
	"net/http"
	"strings"
	"unicode"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/web/kept"
)

// authors lists the pen names, or leads to the one that ?name= gives.
func (s *site) authors(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	return s.names(w, r, directory{Kind: catalogue.KindAuthor, Title: v.Say("nav/authors"), About: v.Say("about.authors"), Path: "/authors"})
}

// fandoms lists the fandoms, or leads to the one that ?name= gives.
func (s *site) fandoms(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	return s.names(w, r, directory{Kind: archive.TagFandom, Title: v.Say("nav/fandoms"), About: v.Say("about.fandoms"), Path: "/fandoms"})
}

// tagsOf lists the tags of a kind.
func (s *site) tagsOf(kind archive.TagKind) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := s.visit(r)
		return s.names(w, r, directory{
			Kind: kind, Title: v.Say("kind." + string(kind)), About: v.Say("tags.about." + string(kind)), Path: kindPath(kind), Kinds: tagKinds(),
		})
	}
}

// tagKinds are the kinds of tag that have a directory among tags.
func tagKinds() []archive.TagKind {
	return []archive.TagKind{
		archive.TagFreeform, archive.TagCharacter, archive.TagRelationship, archive.TagRating, archive.TagWarning, archive.TagCategory,
	}
}

// kindPath is the address of the directory of a kind.
func kindPath(kind archive.TagKind) string {
	switch kind {
	case archive.TagFandom:
		return "/fandoms"
	case archive.TagCharacter:
		return "/characters"
	case archive.TagRelationship:
		return "/relationships"
	case archive.TagRating:
		return "/ratings"
	case archive.TagWarning:
		return "/warnings"
	case archive.TagCategory:
		return "/categories"
	case catalogue.KindAuthor:
		return "/authors"
	case catalogue.KindSeries:
		return "/series"
	}
	return "/tags"
}

// entryPath is the address of the page of a name.
func entryPath(kind archive.TagKind, id int64, name string) string {
	switch kind {
	case archive.TagFandom, catalogue.KindAuthor, catalogue.KindSeries:
		return namePath(kindPath(kind), id, name)
	}
	return namePath("/tags", id, name)
}

// directory is a list of all names of a kind.
type directory struct {
	Kind         archive.TagKind
	Title, About string
	Path         string
	Kinds        []archive.TagKind // whose directories stand beside it
	Begins       string            // only names with a word that begins so
	Names        []archive.Name    // on this page
	First        int               // how many names are before them
}

// letter is a place where names with a new initial begin.
type letter struct {
	Initial string
	Page    int
}

// names answers with one page of a directory. A name in the query leads to the
// page of that name, whichever of its forms it is; a beginning, to the names
// that have it.
func (s *site) names(w http.ResponseWriter, r *http.Request, d directory) error {
	given := r.URL.Query()
	if name := given.Get("name"); name != "" {
		return s.lead(w, r, d.Kind, name)
	}
	if d.Begins = strings.TrimSpace(given.Get("begins")); d.Begins != "" {
		return s.beginning(w, r, d)
	}
	n, err := pageAsked(r)
	if err != nil {
		return err
	}
	d.First = (n - 1) * perPage
	values, total, err := s.catalogue.Names(catalogue.Directory{Kind: d.Kind, Offset: d.First, Limit: perPage})
	if err != nil {
		return err
	}
	if d.Names, err = s.withForms(r.Context(), d.Kind, values); err != nil {
		return err
	}
	pg, err := newPager(d.Path, n, total, perPage)
	if err != nil {
		return err
	}
	v := s.visit(r)
	p := v.page(pg.Title(v, d.Title)).showing(kept.Needs{Listing: true})
	p.Description = d.About
	return s.show(w, r, pg.on(p), namesView(v, d, pg, s.letters(d.Kind)))
}

// begun is the most names that a beginning leads to.
const begun = 100

// beginning lists the names of a kind with a word that begins as was typed: the
// second step of a form without script.
func (s *site) beginning(w http.ResponseWriter, r *http.Request, d directory) error {
	found, err := s.catalogue.Complete(d.Kind, catalogue.Everybody, d.Begins, begun)
	if err != nil {
		return err
	}
	for _, f := range found {
		n := archive.Name{ID: f.ID, Name: f.Name, Stories: f.Count}
		if f.Typed != "" {
			n.Forms = []string{f.Typed}
		}
		d.Names = append(d.Names, n)
	}
	v := s.visit(r)
	p := v.page(d.Title).at(d.Path)
	p.Index = false
	return s.show(w, r, p, namesView(v, d, pager{Path: d.Path, Page: 1, Pages: 1}, nil))
}

// withForms adds the other spellings of pen names; those of tags stand on their
// own pages.
func (s *site) withForms(ctx context.Context, kind archive.TagKind, values []catalogue.Value) ([]archive.Name, error) {
	names := make([]archive.Name, len(values))
	ids := make([]int64, len(values))
	at := map[int64]int{}
	for i, x := range values {
		names[i], ids[i], at[x.ID] = archive.Name{ID: x.ID, Name: x.Name, Stories: x.Count}, x.ID, i
	}
	if kind != catalogue.KindAuthor || len(ids) == 0 {
		return names, nil
	}
	written, err := s.archive.AuthorNames(ctx, ids...)
	for _, n := range written {
		names[at[n.ID]].Forms = n.Forms
	}
	return names, err
}

// lead leads to the page of a name.
func (s *site) lead(w http.ResponseWriter, r *http.Request, kind archive.TagKind, name string) error {
	for _, x := range s.catalogue.Lookup(kind, name, catalogue.Everybody) {
		http.Redirect(w, r, entryPath(kind, x.ID, x.Name), http.StatusFound)
		return nil
	}
	return noSuchPage()
}

// letters returns each initial with the page on which it comes first.
func (s *site) letters(kind archive.TagKind) []letter {
	var ls []letter
	for _, in := range s.catalogue.Initials(kind, catalogue.Everybody, initial) {
		ls = append(ls, letter{in.Initial, in.At/perPage + 1})
	}
	return ls
}

// run is a row of names on one page that share their initial.
type run struct {
	Initial  string // "" for names that begin with no letter
	Lettered bool   // there is a heading
	ID       string // of the heading; "" where the initial comes again
	Names    []archive.Name
}

// lettered is the number of names from which on a list has letters.
const lettered = 25

// runs groups the names of a page, those of a short list in one run without an
// initial.
func (d directory) runs() []run {
	if d.Begins != "" || d.First == 0 && len(d.Names) < lettered {
		return []run{{Names: d.Names}}
	}
	var rs []run
	seen := map[string]bool{}
	for _, name := range d.Names {
		in := initial(name.Name)
		if len(rs) == 0 || rs[len(rs)-1].Initial != in {
			r := run{Initial: in, Lettered: true}
			if !seen[in] {
				r.ID = letterID(in)
			}
			seen[in] = true
			rs = append(rs, r)
		}
		last := &rs[len(rs)-1]
		last.Names = append(last.Names, name)
	}
	return rs
}

// initial is the letter a name is listed under: its first letter without accent,
// in upper case. Scripts without case share one entry each; "" stands for names
// without any letter.
func initial(name string) string {
	for _, r := range name {
		switch {
		case unicode.IsDigit(r):
			return "0–9"
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "かな"
		case unicode.Is(unicode.Han, r):
			return "漢字"
		case unicode.Is(unicode.Hangul, r):
			return "한글"
		case unicode.IsLetter(r):
			return strings.ToUpper(string([]rune(folded(r))[:1]))
		}
	}
	return ""
}

func letterID(in string) string {
	return "letter-" + strings.ReplaceAll(orElse(in, "other"), "–", "-")
}
