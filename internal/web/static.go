package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed" // the style sheet and the icon
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/andybalholm/brotli"
)

//go:embed static/style.css
var styleSheet string

//go:embed static/icon.svg
var iconDrawing []byte

// asset is a static file.
type asset struct {
	kind   string // its media type
	body   []byte
	packed []packed // the same, the smallest first; none where packing gains nothing
	etag   string
}

// packed is a file in one content coding.
type packed struct {
	coding string
	body   []byte
}

// addStatic adds a file under a name that has the digest of its content, so
// that browsers may keep it for good, and returns its path.
func (s *site) addStatic(name, ext, kind string, body []byte) string {
	sum := sha256.Sum256(body)
	digest := hex.EncodeToString(sum[:6])
	path := "/static/" + name + "-" + digest + ext
	a := asset{kind: kind, body: body, etag: digest}
	if ext != ".woff2" { // packed by its own format
		a.packed = pack(body)
	}
	s.static[path] = a
	return path
}

// pack compresses a file once, when the server starts.
func pack(body []byte) []packed {
	var out []packed
	for _, c := range []struct {
		coding string
		into   func(io.Writer) io.WriteCloser
	}{
		{"br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotli.BestCompression) }},
		{"gzip", func(w io.Writer) io.WriteCloser {
			z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // fails for unknown levels only
			return z
		}},
	} {
		var b bytes.Buffer
		w := c.into(&b)
		_, err := w.Write(body)
		if cerr := w.Close(); err == nil && cerr == nil && b.Len() < len(body) {
			out = append(out, packed{c.coding, b.Bytes()})
		}
	}
	return out
}

// file answers with a static file, packed where the browser takes that.
func (s *site) file(w http.ResponseWriter, r *http.Request) error {
	a, ok := s.static[r.URL.Path]
	if !ok {
		return noSuchPage()
	}
	h := w.Header()
	body, etag := a.body, a.etag
	want := codingsOf(r)
	most := want.plain
	for _, p := range slices.Backward(a.packed) { // the smallest of those that are wanted equally
		if w := want.of(p.coding); w > 0 && w >= most {
			body, etag, most = p.body, a.etag+"-"+p.coding, w
			h.Set("Content-Encoding", p.coding)
		}
	}
	if len(a.packed) > 0 {
		h.Set("Vary", "Accept-Encoding")
	}
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}
