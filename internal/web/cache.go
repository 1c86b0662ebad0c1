package web

import (
	"net/http"

	"colophon/internal/web/kept"
)

// Pages are all pages of an archive, as a handler of requests.
//
// Pages that were composed before are answered from memory where nothing that
// they show has changed, which Run looks after: without it, each is composed
// afresh.
type Pages struct {
	site     *site
	composed http.Handler
}

// ServeHTTP answers a request.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !p.site.recall(w, r) {
		p.composed.ServeHTTP(w, r)
	}
}

const (
	// longestAddress of a page that is kept, in bytes.
	longestAddress = 512
	// longestStream is up to how many bytes a page that can be sent while it is
	// read is composed in memory, to be kept.
	longestStream = 256 << 10
	// sessionCookie is what a reader who has signed in sends. Such a reader's
	// pages are their own: they are never kept, nor answered with a kept one.
	sessionCookie = "session"
)

// shared reports whether the answer to a request may be the one to others.
func shared(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || len(r.Header["Authorization"]) > 0 {
		return false
	}
	if len(r.Header["Cookie"]) == 0 {
		return true
	}
	_, err := r.Cookie(sessionCookie)
	return err != nil
}

// recall answers with a page that is kept, and reports whether there was one.
//
// The address is compared as it was sent: another spelling of it finds nothing
// here. Beside it, the language and the look that the request comes to decide,
// and no other part of the request has reached a page that is kept.
func (s *site) recall(w http.ResponseWriter, r *http.Request) bool {
	if s.kept == nil || !shared(r) {
		return false
	}
	start := s.now()
	p := s.kept.Get(kept.Key{Address: r.RequestURI, Language: s.tongueOf(r).Code(), Look: lookOf(r).cookie()})
	if p == nil {
		return false
	}
	h := w.Header()
	s.guards.on(h)
	status, sent := s.send(w, r, p)
	s.wish(r, p)
	s.note(r, p.Route, status, sent, start)
	return true
}

// fields are header fields as net/http holds them, by canonical name. Answers
// share their values, and may replace but not change them.
type fields []field

type field struct {
	name   string
	values []string
}

func (fs fields) on(h http.Header) {
	for _, f := range fs {
		h[f.name] = f.values
	}
}

// send answers with a page, in the form that the reader wants most, or with 304
// where the reader has it already. What is asked for in ranges is sent whole: no
// reader asks for a range of a page. It returns the status and the bytes sent.
func (s *site) send(w http.ResponseWriter, r *http.Request, p *kept.Page) (status int, sent int64) {
	h := w.Header()
	s.ofPages.on(h)
	h["Etag"] = p.Tag
	if unchanged(r, p.Tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified, 0
	}
	h["Content-Type"] = s.htmlType
	f := chosen(r, p)
	if f.Coding != nil {
		h["Content-Encoding"] = f.Coding
	}
	if r.Method != http.MethodHead || p.Quick() != nil { // else a page that is packed on its way, of no known length
		h["Content-Length"] = f.Length
	}
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return http.StatusOK, 0
	}
	s.count(r, p.Story)
	n, _ := w.Write(f.Body) // a reader who has gone misses nothing
	return http.StatusOK, int64(n)
}

// chosen is the form of a page that a request wants most, the smallest of those
// that it wants equally.
func chosen(r *http.Request, p *kept.Page) *kept.Form {
	want := codingsOf(r)
	best, most := p.Plain(), want.plain
	if f := p.Quick(); f != nil && want.gzip > 0 && want.gzip >= most {
		best, most = f, want.gzip
	}
	if f := p.Small(); f != nil && want.br > 0 && want.br >= most {
		return f
	}
	return best
}

// prepare makes a page of its markup, and keeps it where it may be kept: it is what
// anybody is shown at its one address, and says what of the archive it shows.
func (s *site) prepare(w http.ResponseWriter, r *http.Request, p page, body []byte) (*kept.Page, error) {
	made := kept.Compose(body)
	made.Route, made.Story = r.Pattern, p.opens
	if !s.keepable(r, p) {
		return made, nil
	}
	made.Key = kept.Key{Address: p.Path, Language: p.Code(), Look: p.look.cookie()}
	if !s.kept.Wanted(made.Key, *p.needs, int64(len(body))) {
		return made, nil
	}
	if err := made.Pack(); err != nil {
		return nil, err
	}
	if rec, ok := w.(*recorder); ok {
		s.kept.Put(made, *p.needs, rec.seen)
	}
	return made, nil
}

// keepable reports whether a page may be kept. The address of the request must
// be the page's own to the byte, because pages name it in their settings form.
func (s *site) keepable(r *http.Request, p page) bool {
	return s.kept != nil && p.needs != nil && shared(r) &&
		r.RequestURI == p.Path && p.here == p.Path && len(p.Path) <= longestAddress
}
