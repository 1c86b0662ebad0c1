package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// filtersCookie holds the questions that a reader has kept: names and queries,
// and nothing of the reader.
const filtersCookie = "filters"

// savedLimit is the most bytes of the cookie; browsers keep 4,096 of one.
const savedLimit = 3600

// savedFilter is a question that a reader has kept.
type savedFilter struct {
	Name  string `json:"n"`
	Query string `json:"q"`
}

// savedOf reads the kept questions. What cannot be read was not written by this
// program, and is none.
func savedOf(r *http.Request) []savedFilter {
	c, err := r.Cookie(filtersCookie)
	if err != nil {
		return nil
	}
	data, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return nil
	}
	var list []savedFilter
	if json.Unmarshal(data, &list) != nil {
		return nil
	}
	return slices.DeleteFunc(list, func(f savedFilter) bool {
		_, err := query.Parse(f.Query)
		return err != nil || f.Query == ""
	})
}

// saved shows the kept questions.
func (s *site) saved(w http.ResponseWriter, r *http.Request) error {
	return s.showSaved(w, r, savedOf(r), false)
}

func (s *site) showSaved(w http.ResponseWriter, r *http.Request, list []savedFilter, full bool) error {
	v := s.visit(r)
	p := v.page(v.Say("saved.title")).at("/filters")
	p.Index = false
	return s.show(w, r, p, savedView(v, list, full))
}

// save keeps a question, or forgets one.
func (s *site) save(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return archive.Wrap(archive.Invalid, "The form could not be read.", err)
	}
	list := savedOf(r)
	if gone := r.PostFormValue("forget"); gone != "" {
		list = slices.DeleteFunc(list, func(f savedFilter) bool { return f.Query == gone })
	} else {
		q, err := query.Parse(r.PostFormValue("q"))
		if err != nil {
			return archive.Wrap(archive.Invalid, err.Error(), err)
		}
		f := savedFilter{Query: q.String()}
		f.Name = orElse(excerpt(plain(strings.TrimSpace(r.PostFormValue("name"))), 60), excerpt(f.Query, 60))
		list = slices.DeleteFunc(list, func(o savedFilter) bool { return o.Query == f.Query })
		list = append(list, f)
	}
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	value := base64.RawURLEncoding.EncodeToString(data)
	if len(list) == 0 {
		value = ""
	}
	if len(value) > savedLimit {
		return s.showSaved(w, r, savedOf(r), true)
	}
	s.keep(w, filtersCookie, value)
	http.Redirect(w, r, "/filters", http.StatusSeeOther)
	return nil
}
