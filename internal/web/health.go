package web

import (
	"net/http"
)

// robots tells search engines what not to follow: what chance chooses, and
// searches without end.
func (s *site) robots(w http.ResponseWriter, _ *http.Request) error {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=86400")
	_, err := w.Write([]byte("User-agent: *\nDisallow: /random\nDisallow: /search?\nDisallow: /stories?q=\nDisallow: /filters\nDisallow: /settings\n"))
	return err
}

// health says whether the archive answers.
func (s *site) health(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.archive.Entries(r.Context(), nil); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	_, err := w.Write([]byte("ok\n"))
	return err
}
