package web

import (
	"net/http"

	"colophon/internal/archive"
)

// fandom lists the stories of a fandom.
func (s *site) fandom(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	return s.listing(w, r, archive.Query{Tag: id}, func(name string) heading {
		return heading{Name: name, Kind: "fandom", Path: namePath("/fandoms", id, name), All: "/fandoms", AllName: "Fandoms"}
	})
}
