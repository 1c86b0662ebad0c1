package web

import "net/http"

// authors lists the pen names, or leads to the one that ?name= gives.
func (s *site) authors(w http.ResponseWriter, r *http.Request) error {
	names, err := s.archive.PenNames(r.Context())
	if err != nil {
		return err
	}
	return s.names(w, r, directory{
		Title: "Authors", Path: "/authors", Of: "author",
		About: "Everybody whose stories are here, under the names they signed with.",
		Names: names,
	})
}
