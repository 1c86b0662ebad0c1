package kept

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync/atomic"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// Form is a page in one content coding, with the values of its headers as
// net/http holds them, so that nothing is made when it is sent.
type Form struct {
	Coding []string // nil for none
	Length []string
	Body   []byte
}

func form(coding string, body []byte) *Form {
	f := &Form{Length: []string{strconv.Itoa(len(body))}, Body: body}
	if coding != "" {
		f.Coding = []string{coding}
	}
	return f
}

// Page is a composed page with its forms. It does not change, but for the
// smallest form, which comes later.
type Page struct {
	Key   Key      // set before it is kept
	Tag   []string // its entity tag, the same for all forms
	Route string   // the pattern of the route that composed it
	Story int64    // whose reading is counted with it, 0 for none

	plain, quick *Form
	small        atomic.Pointer[Form]
	asked        atomic.Bool // somebody is making the smallest form, or has tried
}

// Compose makes a page of its markup. The tag is weak: forms of a page differ in
// their bytes and in nothing that a reader sees.
func Compose(body []byte) *Page {
	sum := sha256.Sum256(body)
	return &Page{Tag: []string{`W/"` + hex.EncodeToString(sum[:12]) + `"`}, plain: form("", body)}
}

// Pack adds the form that is quickly made: gzip, which everything reads. It is
// for a page that nobody else has yet.
func (p *Page) Pack() error {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(p.plain.Body); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if b.Len() < len(p.plain.Body) {
		p.quick = form("gzip", bytes.Clone(b.Bytes()))
	}
	return nil
}

// The smallest form is a sixth smaller than gzip and takes as long as 170 of
// it; the next lower qualities save less than half of that. Its window is as
// large as pages are, since a larger one takes memory only.
const (
	quality = 11
	window  = 20 // bits
)

// Squeeze makes the smallest form, brotli, and reports whether the page has
// grown by it. No request waits for it.
func (p *Page) Squeeze() (grown bool, err error) {
	var b bytes.Buffer
	z := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: quality, LGWin: window})
	if _, err := z.Write(p.plain.Body); err != nil {
		return false, err
	}
	if err := z.Close(); err != nil {
		return false, err
	}
	if p.quick == nil || b.Len() >= len(p.quick.Body) {
		return false, nil
	}
	p.small.Store(form("br", bytes.Clone(b.Bytes())))
	return true, nil
}

// Ask reports whether the caller is the one who should have the smallest form
// made: the first to ask.
func (p *Page) Ask() bool {
	return p.quick != nil && !p.asked.Load() && p.asked.CompareAndSwap(false, true)
}

// Unask takes back an Ask that could not be met, so that another may follow.
func (p *Page) Unask() { p.asked.Store(false) }

// Small is the form in brotli, nil where it has not been made.
func (p *Page) Small() *Form { return p.small.Load() }

// Quick is the form in gzip, nil where packing gains nothing.
func (p *Page) Quick() *Form { return p.quick }

// Plain is the page as it is.
func (p *Page) Plain() *Form { return p.plain }

// size is the bytes that are counted for a page in all its forms.
func (p *Page) size() int64 {
	n := overhead + len(p.Key.Address) + len(p.Key.Look) + len(p.plain.Body)
	if p.quick != nil {
		n += len(p.quick.Body)
	}
	if small := p.small.Load(); small != nil {
		n += len(small.Body)
	}
	return int64(n)
}
