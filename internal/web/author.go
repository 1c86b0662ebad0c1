package web

import (
	"net/http"

	"colophon/internal/archive"
)

// author lists the stories of a pen name.
func (s *site) author(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	return s.listing(w, r, archive.Query{PenName: id}, func(name string) heading {
		return heading{Name: name, Kind: "author", Path: namePath("/authors", id, name), All: "/authors", AllName: "Authors"}
	})
}
