package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"colophon/internal/archive"
)

// handler answers a request. An error that it returns before it has written
// becomes a page; after that, the connection is cut, so that no reader takes a
// part of a story for the whole.
type handler func(w http.ResponseWriter, r *http.Request) error

// serve makes a handler an http.Handler. It is the one place that decides what
// becomes of an error.
func (s *site) serve(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := caught(h, w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// caught runs a handler and returns its panic as an error. The panic that
// net/http itself asks for to cut a connection goes on.
func caught(h handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			panic(p)
		default:
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return h(w, r)
}

// fail answers with the page of an error, and logs what is our fault.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		panic(http.ErrAbortHandler) // the reader has gone: nobody to answer
	}
	status := statusOf(err)
	if status >= http.StatusInternalServerError {
		s.log.ErrorContext(r.Context(), "cannot answer", "route", r.Pattern, "error", err)
	}
	if rec, ok := w.(*recorder); ok && rec.status != 0 {
		panic(http.ErrAbortHandler)
	}
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	v := s.visit(r)
	p := v.page(v.Say(failureID(status) + ".title"))
	p.Class, p.Index = "failure", false
	body, err := s.rendered(r.Context(), p, failureView(v, status, archive.MessageOf(err), s.meant(r, status)))
	if err != nil {
		http.Error(w, http.StatusText(status), status)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a reader who has gone misses nothing
}

// errForeign answers a form that another site has sent.
var errForeign = archive.Errorf(archive.Invalid, "This form was sent from another site. Choose again on a page of this archive.")

// errMembers marks a story for those who have signed in.
var errMembers = errors.New("for members")

// errMethod marks a method that no page has.
var errMethod = errors.New("method not allowed")

func statusOf(err error) int {
	if errors.Is(err, errMethod) {
		return http.StatusMethodNotAllowed
	}
	if errors.Is(err, errMembers) {
		return http.StatusForbidden
	}
	switch archive.KindOf(err) {
	case archive.NotFound:
		return http.StatusNotFound
	case archive.Gone:
		return http.StatusGone
	case archive.Invalid:
		return http.StatusBadRequest
	case archive.Conflict:
		return http.StatusConflict
	case archive.TooLarge:
		return http.StatusRequestEntityTooLarge
	default:
		return http.StatusInternalServerError
	}
}

// failureID is the message that names a failure.
func failureID(status int) string {
	switch status {
	case http.StatusNotFound:
		return "failure.not-found"
	case http.StatusGone:
		return "failure.gone"
	case http.StatusMethodNotAllowed:
		return "failure.method"
	case http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge:
		return "failure.request"
	case http.StatusForbidden:
		return "failure.members"
	}
	return "failure.internal"
}

func (s *site) rendered(ctx context.Context, p page, content templ.Component) ([]byte, error) {
	var b bytes.Buffer
	if err := layout(p).Render(templ.WithChildren(ctx, content), &b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// show answers with a page, or with 304 where the reader has it already.
func (s *site) show(w http.ResponseWriter, r *http.Request, p page, content templ.Component) error {
	body, err := s.rendered(r.Context(), p, content)
	if err != nil {
		return err
	}
	return s.shown(w, r, p, body)
}

// showAs answers with a page that is not kept, under a status of its own.
func (s *site) showAs(w http.ResponseWriter, r *http.Request, status int, p page, content templ.Component) error {
	body, err := s.rendered(r.Context(), p, content)
	if err != nil {
		return err
	}
	pageHeaders(w)
	w.WriteHeader(status)
	_, _ = w.Write(body) // a reader who has gone misses nothing
	return nil
}

// shown is show with the markup of the page.
func (s *site) shown(w http.ResponseWriter, r *http.Request, p page, body []byte) error {
	made, err := s.prepare(w, r, p, body)
	if err != nil {
		return err
	}
	s.send(w, r, made)
	return nil
}

// stream answers with a page whose content is written as it is read, so that a
// story of any length takes the memory of one chapter. What may be kept is held
// back until it is known to be too long for that.
func (s *site) stream(w http.ResponseWriter, r *http.Request, p page, content templ.Component) error {
	if r.Method == http.MethodHead {
		pageHeaders(w)
		w.WriteHeader(http.StatusOK)
		return nil
	}
	b := &brim{w: w}
	if s.keepable(r, p) {
		b.room = longestStream
	}
	if err := layout(p).Render(templ.WithChildren(r.Context(), content), b); err != nil || b.over {
		return err
	}
	return s.shown(w, r, p, b.held)
}

// brim holds back the beginning of a page. From where that is more than there
// is room for, the page goes its way.
type brim struct {
	w    http.ResponseWriter
	room int // bytes
	held []byte
	over bool
}

// Write implements io.Writer.
func (b *brim) Write(p []byte) (int, error) {
	if !b.over && len(b.held)+len(p) <= b.room {
		b.held = append(b.held, p...)
		return len(p), nil
	}
	if !b.over {
		b.over = true
		pageHeaders(b.w)
		if _, err := b.w.Write(b.held); err != nil {
			return 0, err
		}
		b.held = nil
	}
	return b.w.Write(p)
}

// pageHeaders are those of every page that is shown: it depends on what the
// reader has chosen, and is asked for again each time.
func pageHeaders(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", varies)
}

// varies is what of a request a page depends on.
const varies = "Cookie, Accept-Language, Accept-Encoding"

// moved redirects to the one path of a page, and reports whether it did. The
// query stays. Paths are compared decoded: a proxy may write %D0 as %d0.
func moved(w http.ResponseWriter, r *http.Request, path string) bool {
	if decoded, err := url.PathUnescape(path); err == nil && r.URL.Path == decoded {
		return false
	}
	if u := r.URL.RawQuery; u != "" {
		path += "?" + u
	}
	http.Redirect(w, r, path, http.StatusMovedPermanently)
	return true
}
