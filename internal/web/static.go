package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the style sheet and the icon
	"encoding/hex"
	"net/http"
	"time"
)

//go:embed static/style.css
var styleSheet string

//go:embed static/icon.svg
var iconDrawing []byte

// asset is a static file.
type asset struct {
	kind string // its media type
	body []byte
	etag string
}

// addStatic adds a file under a name that has the digest of its content, so
// that browsers may keep it for good, and returns its path.
func (s *site) addStatic(name, ext, kind string, body []byte) string {
	sum := sha256.Sum256(body)
	digest := hex.EncodeToString(sum[:6])
	path := "/static/" + name + "-" + digest + ext
	s.static[path] = asset{kind: kind, body: body, etag: `"` + digest + `"`}
	return path
}

// file answers with a static file.
func (s *site) file(w http.ResponseWriter, r *http.Request) error {
	a, ok := s.static[r.URL.Path]
	if !ok {
		return noSuchPage()
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", a.etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
	return nil
}
