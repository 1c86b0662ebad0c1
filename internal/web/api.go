package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// apiMost is the most stories on one page of the API; apiEach is how many there
// are where nobody says.
const (
	apiMost = 200
	apiEach = 50
)

// apiStories is the answer of GET /api/v1/stories.
type apiStories struct {
	Query   string                `json:"query"` // as understood
	Total   int64                 `json:"total"`
	Page    int                   `json:"page"`
	PerPage int                   `json:"per_page"`
	Pages   int64                 `json:"pages"`
	Stories []apiStory            `json:"stories"`
	Facets  map[string][]apiValue `json:"facets"`
	Unknown []apiUnknown          `json:"unknown,omitempty"` // names of the question that nothing has
	Ranked  int                   `json:"ranked,omitempty"`  // how many were compared for relevance; older ones follow
	Capped  bool                  `json:"capped,omitempty"`  // a word is in more stories than are looked at: the total is too low
}

// apiStory is a story as the API lists it.
type apiStory struct {
	ID            int64               `json:"id"`
	URL           string              `json:"url"`
	Title         string              `json:"title"`
	Authors       []string            `json:"authors"`
	Summary       string              `json:"summary,omitempty"`
	Words         int64               `json:"words"`
	Chapters      int                 `json:"chapters"`
	Rating        string              `json:"rating,omitempty"`
	RatingWritten string              `json:"rating_as_written,omitempty"`
	Language      string              `json:"language,omitempty"`
	Status        archive.Status      `json:"status,omitempty"`
	Written       string              `json:"written,omitempty"`
	Posted        time.Time           `json:"posted"`
	Updated       time.Time           `json:"updated"`
	Series        *apiSeries          `json:"series,omitempty"`
	Tags          map[string][]string `json:"tags"` // canonical names by kind
}

type apiSeries struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Part string `json:"part,omitempty"`
}

type apiValue struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

type apiUnknown struct {
	Kind string     `json:"kind"`
	Name string     `json:"name"`
	Near []apiValue `json:"near,omitempty"`
}

// apiError is what the API answers where it cannot do what is asked.
type apiError struct {
	Error struct {
		Message  string       `json:"message"`
		Problems []apiProblem `json:"problems,omitempty"`
	} `json:"error"`
}

type apiProblem struct {
	Code    query.Code `json:"code"`
	Start   int        `json:"start"` // bytes of the query
	End     int        `json:"end"`
	Text    string     `json:"text,omitempty"`
	Suggest string     `json:"suggest,omitempty"`
	Message string     `json:"message"`
}

// api makes a handler of the API: what goes wrong is answered in JSON too.
func (s *site) api(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := h(w, r)
		status := statusOf(err)
		if err == nil || status >= http.StatusInternalServerError {
			return err
		}
		var e apiError
		e.Error.Message = archive.MessageOf(err)
		if bad, ok := errors.AsType[*query.Error](err); ok {
			status, e.Error.Message = http.StatusBadRequest, "The query could not be understood."
			for _, p := range bad.Problems {
				e.Error.Problems = append(e.Error.Problems, apiProblem{p.Code, p.Start, p.End, p.Text, p.Suggest, p.Message})
			}
		}
		return writeJSON(w, r, status, e)
	}
}

// apiStories lists the stories that answer a question, with the top values of
// each kind.
func (s *site) apiStories(w http.ResponseWriter, r *http.Request) error {
	given := r.URL.Query()
	page, err := apiNumber(given.Get("page"), 1, 1_000_000_000)
	if err != nil {
		return err
	}
	each, err := apiNumber(given.Get("per_page"), apiEach, apiMost)
	if err != nil {
		return err
	}
	given.Del("page")
	given.Del("per_page")
	q, err := query.FromForm(given)
	if err != nil {
		return err
	}
	a, l, err := s.asked(r, q, page, each, facetKinds())
	if err != nil {
		return err
	}
	out := apiStories{
		Query: q.String(), Total: a.Total, Page: page, PerPage: each, Pages: (a.Total + int64(each) - 1) / int64(each),
		Stories: []apiStory{}, Facets: map[string][]apiValue{}, Ranked: a.Ranked, Capped: a.Capped,
	}
	for i := range l.Entries {
		out.Stories = append(out.Stories, s.apiStory(&l.Entries[i]))
	}
	for _, f := range a.Facets {
		out.Facets[string(f.Kind)] = apiValues(f.Values)
	}
	for _, u := range a.Unknown {
		kind, name := named(u.Node)
		out.Unknown = append(out.Unknown, apiUnknown{string(kind), name, apiValues(u.Near)})
	}
	return writeJSON(w, r, http.StatusOK, out)
}

func apiValues(values []catalogue.Value) []apiValue {
	list := []apiValue{}
	for _, x := range values {
		list = append(list, apiValue{x.Name, x.Count})
	}
	return list
}

func (s *site) apiStory(e *archive.Entry) apiStory {
	out := apiStory{
		ID: e.ID, URL: s.base + storyPath(e.ID, e.Title), Title: e.Title, Authors: append([]string{}, e.Authors...),
		Summary: e.Summary, Words: e.Words, Chapters: e.Chapters, RatingWritten: e.Rating.Written, Language: e.Language,
		Status: e.Status, Written: e.Date.Normal, Posted: e.Added, Updated: e.Changed, Tags: map[string][]string{},
	}
	if e.Series.ID != 0 {
		out.Series = &apiSeries{e.Series.ID, e.Series.Name, e.Series.Part}
	}
	for _, t := range e.Tags {
		if t.Kind == archive.TagRating {
			out.Rating = t.Name
		}
		out.Tags[string(t.Kind)] = append(out.Tags[string(t.Kind)], t.Name)
	}
	return out
}

// apiNumber reads a number from 1 to most, or takes what stands where there is
// none.
func apiNumber(text string, without, most int) (int, error) {
	if text == "" {
		return without, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, archive.Errorf(archive.Invalid, "%q is no number from 1 to %d.", excerpt(plain(text), 40), most)
	}
	return n, nil
}

// writeJSON answers with a value as JSON, which any page may read.
func writeJSON(w http.ResponseWriter, _ *http.Request, status int, value any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Access-Control-Allow-Origin", "*")
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}
