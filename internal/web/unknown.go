package web

import (
	"net/http"

	"colophon/internal/archive"
)

// unknown answers what no other route does.
func (s *site) unknown(_ http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return archive.Wrap(archive.Invalid, "The pages of this archive can only be read.", errMethod)
	}
	return noSuchPage()
}

func noSuchPage() error {
	return archive.Errorf(archive.NotFound, "There is no page at this address.")
}
