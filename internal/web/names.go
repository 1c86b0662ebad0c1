package web

import (
	"net/http"
	"strings"
	"unicode"

	"colophon/internal/archive"
	"colophon/internal/web/kept"
)

// authors lists the pen names, or leads to the one that ?name= gives.
func (s *site) authors(w http.ResponseWriter, r *http.Request) error {
	names, err := s.archive.PenNames(r.Context())
	if err != nil {
		return err
	}
	v := s.visit(r)
	return s.names(w, r, directory{Title: v.Say("nav/authors"), About: v.Say("about.authors"), Path: "/authors", Names: names})
}

// fandoms lists the fandoms, or leads to the one that ?name= gives.
func (s *site) fandoms(w http.ResponseWriter, r *http.Request) error {
	names, err := s.archive.Tags(r.Context(), archive.TagFandom)
	if err != nil {
		return err
	}
	v := s.visit(r)
	return s.names(w, r, directory{Title: v.Say("nav/fandoms"), About: v.Say("about.fandoms"), Path: "/fandoms", Names: names})
}

// directory is a list of all pen names or all tags of a kind.
type directory struct {
	Title, About string
	Path         string // of the list; the pages of its names are below
	Names        []archive.Name
}

// letter is a place where names with a new initial begin.
type letter struct {
	Initial string
	Page    int
}

// names answers with one page of a directory. A name in the query leads to the
// page of that name, whichever of its forms it is.
func (s *site) names(w http.ResponseWriter, r *http.Request, d directory) error {
	if name := r.URL.Query().Get("name"); name != "" {
		return d.lead(w, r, name)
	}
	n, err := pageAsked(r)
	if err != nil {
		return err
	}
	pg, err := newPager(d.Path, n, int64(len(d.Names)), perPage)
	if err != nil {
		return err
	}
	v := s.visit(r)
	p := v.page(pg.Title(v, d.Title)).showing(kept.Needs{Listing: true})
	p.Description = d.About
	return s.show(w, r, pg.on(p), namesView(v, d, pg, d.letters()))
}

func (d directory) lead(w http.ResponseWriter, r *http.Request, name string) error {
	if n, ok := d.find(name); ok {
		http.Redirect(w, r, namePath(d.Path, n.ID, n.Name), http.StatusFound)
		return nil
	}
	return noSuchPage()
}

// find prefers the exact form over one that differs in case.
func (d directory) find(name string) (archive.Name, bool) {
	same := func(a, b string) bool { return a == b }
	for _, equal := range []func(a, b string) bool{same, strings.EqualFold} {
		for _, n := range d.Names {
			if equal(n.Name, name) {
				return n, true
			}
			for _, f := range n.Forms {
				if equal(f, name) {
					return n, true
				}
			}
		}
	}
	return archive.Name{}, false
}

// on returns the names on page n.
func (d directory) on(n int) []archive.Name {
	from := min((n-1)*perPage, len(d.Names))
	return d.Names[from:min(from+perPage, len(d.Names))]
}

// letters returns each initial with the page on which it comes first.
func (d directory) letters() []letter {
	var ls []letter
	seen := map[string]bool{}
	for i, n := range d.Names {
		if in := initial(n.Name); !seen[in] {
			seen[in] = true
			ls = append(ls, letter{in, i/perPage + 1})
		}
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

// runs groups the names on page n, those of a short list in one run without an
// initial.
func (d directory) runs(n int) []run {
	if len(d.Names) < lettered {
		return []run{{Names: d.Names}}
	}
	var rs []run
	seen := map[string]bool{}
	for _, name := range d.on(n) {
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
