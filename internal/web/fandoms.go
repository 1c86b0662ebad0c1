package web

import (
	"net/http"

	"colophon/internal/archive"
)

// fandoms lists the fandoms, or leads to the one that ?name= gives.
func (s *site) fandoms(w http.ResponseWriter, r *http.Request) error {
	names, err := s.archive.Tags(r.Context(), archive.TagFandom)
	if err != nil {
		return err
	}
	return s.names(w, r, directory{
		Title: "Fandoms", Path: "/fandoms", Of: "fandom",
		About: "The shows, books and worlds that the stories here are about.",
		Names: names,
	})
}
