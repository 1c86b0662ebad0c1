package web

import (
	"net/http"
	"strconv"

	"colophon/internal/archive"
)

// sources lists the sources of a story, with the findings that concern all of
// them.
func (s *site) sources(w http.ResponseWriter, r *http.Request) error {
	v, done, err := s.storyAt(w, r, "/source")
	if err != nil || done {
		return err
	}
	p := v.page(v.Say("origin.title"), "/source")
	p.Index, p.needs.Rare = false, true
	return s.show(w, r, p, sourcesView(v))
}

// sourceBelow is what stands below a story's address for source n, from 1.
func sourceBelow(n int) string { return "/source/" + strconv.Itoa(n) }

// evidenceIn returns the evidence that a source gave.
func evidenceIn(st *archive.Story, path string) []archive.Evidence {
	var es []archive.Evidence
	for _, e := range st.Evidence {
		if e.Source == path {
			es = append(es, e)
		}
	}
	return es
}

// findingsIn returns the findings in a source, or with "" those that concern the
// whole story.
func findingsIn(st *archive.Story, path string) []archive.Finding {
	var fs []archive.Finding
	for _, f := range st.Findings {
		if f.Source == path {
			fs = append(fs, f)
		}
	}
	return fs
}

// sealedIn returns the ranges of a source that are not to be shown.
func sealedIn(st *archive.Story, path string) []extent {
	var xs []extent
	for _, x := range st.Sealed {
		if x.Source == path {
			xs = append(xs, extent{x.Start, x.End})
		}
	}
	return xs
}
