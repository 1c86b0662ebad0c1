package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

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
	body, err := s.rendered(r.Context(), s.page(failureTitle(status)), failureView(status, archive.MessageOf(err)))
	if err != nil {
		http.Error(w, failureTitle(status), status)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a reader who has gone misses nothing
}

// errMethod marks a method that no page has.
var errMethod = errors.New("method not allowed")

func statusOf(err error) int {
	if errors.Is(err, errMethod) {
		return http.StatusMethodNotAllowed
	}
	switch archive.KindOf(err) {
	case archive.NotFound:
		return http.StatusNotFound
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

func failureTitle(status int) string {
	switch status {
	case http.StatusNotFound:
		return "No such page"
	case http.StatusInternalServerError:
		return "This page cannot be shown now"
	default:
		return http.StatusText(status)
	}
}

// page describes a page to the layout.
type page struct {
	Title       string // of the page, without the archive's name
	Description string
	Author      string
	Canonical   string // "" leaves it out
	Class       string // of the body
	Site        *site
}

func (s *site) page(title string) page { return page{Title: plain(title), Site: s} }

// Full is the title with the archive's name.
func (p page) Full() string {
	if p.Title == "" || p.Title == p.Site.name {
		return p.Site.name
	}
	return p.Title + " · " + p.Site.name
}

// at adds the canonical address of a page.
func (p page) at(path string) page {
	if p.Site.base != "" {
		p.Canonical = p.Site.base + path
	}
	return p
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
	sum := sha256.Sum256(body)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

// stream answers with a page whose content is written as it is read, so that a
// story of any length takes the memory of one chapter.
func (s *site) stream(w http.ResponseWriter, r *http.Request, p page, content templ.Component) error {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	return layout(p).Render(templ.WithChildren(r.Context(), content), w)
}

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
