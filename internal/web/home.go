package web

import "net/http"

// home shows what the archive is, how much it has, and the ways in.
func (s *site) home(w http.ResponseWriter, r *http.Request) error {
	o, err := s.archive.Overview(r.Context())
	if err != nil {
		return err
	}
	p := s.page(s.name).at("/")
	p.Description = s.about
	p.Class = "home"
	return s.show(w, r, p, homeView(s, o))
}
