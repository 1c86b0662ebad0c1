package web

import (
	"net/http"
	"strconv"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/charset"
)

const (
	largeOriginal = 1 << 20 // bytes; larger originals wait for a token
	largeAtOnce   = 2       // large originals in memory at one time
)

// source shows what a source says: where it came from, the fields that were
// found in it, what was repaired, and the original itself.
func (s *site) source(w http.ResponseWriter, r *http.Request) error {
	n, err := number(r, "n")
	if err != nil {
		return err
	}
	below := sourceBelow(int(n))
	at, done, err := s.storyAt(w, r, below)
	if err != nil || done {
		return err
	}
	if n > int64(len(at.Story.Sources)) {
		return noSuchPage()
	}
	src := at.Story.Sources[n-1]
	from, err := fromAsked(r, src.Size)
	if err != nil {
		return err
	}
	release, err := s.admit(r, src.Size)
	if err != nil {
		return err
	}
	defer release()
	v, err := sourceOf(r, at, int(n), from)
	if err != nil {
		return err
	}
	p := v.page(v.Say("page.source", "N", v.Number(n)), below)
	p.Class, p.Index, p.needs.Rare = "source", false, true
	if v.Unread != "" {
		p.needs = nil // the archive may be mended without a change that is told
	}
	return s.show(w, r, p, sourceView(v))
}

// fromAsked is the byte that the shown part of an original begins at.
func fromAsked(r *http.Request, size int64) (int, error) {
	v := r.URL.Query().Get("from")
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 || n >= size {
		return 0, noSuchPage()
	}
	return int(n), nil
}

// admit waits until there is room for an original of a size. What it returns
// gives the room back.
func (s *site) admit(r *http.Request, size int64) (release func(), err error) {
	if size <= largeOriginal {
		return func() {}, nil
	}
	select {
	case s.large <- struct{}{}:
		return func() { <-s.large }, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// sourced is what the page of a source shows.
type sourced struct {
	reading
	Source   archive.Source
	N        int // of the source, from 1
	Rows     []row
	Findings []pointed
	Readings []charset.Span
	Original original
	Unread   string // why the original cannot be shown; "" where it can
}

// row is a field that a source gave.
type row struct {
	Label, Value, Written, Rule string
	Sure                        string // "98%"
	Start, End                  int
	Link                        string // to its place in the original
}

// pointed is a finding with its place in the original.
type pointed struct {
	archive.Finding
	Link string // "" where it concerns the whole source
}

// sourceOf reads source n of a story from byte from on.
func sourceOf(r *http.Request, at reading, n, from int) (sourced, error) {
	st := at.Story
	src := st.Sources[n-1]
	v := sourced{reading: at, Source: src, N: n, Readings: merged(src.Reading)}
	evidence, findings := evidenceIn(st, src.Path), findingsIn(st, src.Path)
	sealed := sealedIn(st, src.Path)
	t, err := v.text(r, src)
	switch archive.KindOf(err) {
	case "":
		v.Original = v.excerpted(t, from, evidence, findings, sealed)
	case archive.NotFound, archive.Damaged:
		v.Unread = archive.MessageOf(err) // the rest of the page is still worth showing
	default:
		return v, err
	}
	here := v.Path() + sourceBelow(n)
	for i, e := range evidence {
		v.Rows = append(v.Rows, v.rowOf(&st.Header, e, t, sealed, v.Original.link(here, e.Start, evidenceID(i))))
	}
	for i, f := range findings {
		p := pointed{Finding: f}
		if f.End > f.Start {
			p.Link = v.Original.link(here, f.Start, findingID(i))
		}
		v.Findings = append(v.Findings, p)
	}
	return v, nil
}

// text reads a source's original as the rescue read it.
func (s *site) text(r *http.Request, src archive.Source) (*charset.Text, error) {
	b, err := s.originals.Get(r.Context(), src.Digest)
	if err != nil {
		return nil, err
	}
	t, err := charset.Replay(b, src.Reading)
	if err != nil {
		return nil, archive.Wrap(archive.Damaged, "The notes on how its bytes were read do not fit them.", err)
	}
	return t, nil
}

// rowOf is the row of a piece of evidence. Where it holds a sealed address, the
// value as written is taken from the original with the address masked, whatever
// the evidence says.
func (v visit) rowOf(h *archive.Header, e archive.Evidence, t *charset.Text, sealed []extent, link string) row {
	label, value := v.labelled(h, e)
	written := e.Written
	if touches(sealed, extent{e.Start, e.End}) {
		written = v.Say("sealed.note")
		if t != nil && e.End-e.Start < windowSize {
			written = v.masked(t, extent{e.Start, e.End}, sealed)
		}
		if e.Field == archive.FieldEmail || strings.Contains(value, "@") {
			value = v.Say("sealed.note")
		}
	}
	return row{
		Label: label, Value: orElse(value, written), Written: written, Rule: e.Rule,
		Sure:  strconv.Itoa(int(e.Confidence*100+0.5)) + "%",
		Start: e.Start, End: e.End, Link: link,
	}
}

func evidenceID(i int) string { return "field-" + strconv.Itoa(i+1) }

func findingID(i int) string { return "finding-" + strconv.Itoa(i+1) }

func rowID(i int) string { return "row-" + strconv.Itoa(i+1) }

// merged joins neighbouring spans that were read in the same way.
func merged(spans []charset.Span) []charset.Span {
	var out []charset.Span
	for _, sp := range spans {
		if n := len(out); n > 0 && sameReading(out[n-1], sp) {
			out[n-1].End = sp.End
			out[n-1].Confidence = min(out[n-1].Confidence, sp.Confidence)
			continue
		}
		out = append(out, sp)
	}
	return out
}

func sameReading(a, b charset.Span) bool {
	return a.Encoding == b.Encoding && a.Why == b.Why && a.End == b.Start &&
		strings.Join(a.Undone, " ") == strings.Join(b.Undone, " ")
}
