package web

import (
	"net/http"

	"colophon/internal/archive"
)

// stories lists all stories, newest first.
func (s *site) stories(w http.ResponseWriter, r *http.Request) error {
	return s.listing(w, r, archive.Query{}, func(string) heading {
		return heading{Name: "All stories", Path: "/stories"}
	})
}
