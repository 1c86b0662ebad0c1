package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/internal/charset"
)

// piece is a run of an original that is shown in one way.
type piece struct {
	Left   int           // characters left out here; the rest is empty where not 0
	Runs   []charset.Run // nil where sealed
	Sealed bool          // an address is left out
	Mark   bool          // it belongs to a field, or is what a finding is about
	Title  string        // the fields it belongs to
	Names  []name        // the fields that begin here
}

// name is the name of a field in an original, leading back to its row.
type name struct{ ID, Row, Label string }

// mark is a range to be marked.
type mark struct {
	extent
	name name // the zero name for what has none
}

// pieces divides windows of a sheet where marks and sealed addresses begin and
// end. The windows are in order and apart. Between them, and where the text
// goes on before or after them, a piece says how much is left out.
func (s *sheet) pieces(windows []extent, marks []mark) []piece {
	var out []piece
	at := 0
	for _, w := range windows {
		if w.Start > at {
			out = append(out, piece{Left: utf8.RuneCountInString(s.text.S[at:w.Start])})
		}
		out = append(out, s.window(w, marks)...)
		at = w.End
	}
	if at < len(s.text.S) {
		out = append(out, piece{Left: utf8.RuneCountInString(s.text.S[at:])})
	}
	return out
}

// window divides one window.
func (s *sheet) window(w extent, marks []mark) []piece {
	var out []piece
	sealed := s.sealedIn(w)
	inside := within(w, marks)
	cuts := cutsOf(w, sealed, inside)
	for i, start := range cuts {
		x := extent{start, start} // the last one is empty, and there for its names
		if i+1 < len(cuts) {
			x.End = cuts[i+1]
		}
		p := piece{Names: namesAt(inside, w, start), Sealed: slices.ContainsFunc(sealed, x.overlaps)}
		p.Mark, p.Title = marksOf(inside, x)
		if p.Sealed && len(out) > 0 && out[len(out)-1].Sealed && !slices.ContainsFunc(sealed, func(y extent) bool { return y.Start == start }) {
			last := &out[len(out)-1] // one note for one address
			last.Names = append(last.Names, p.Names...)
			last.Mark = last.Mark || p.Mark
			continue
		}
		if !p.Sealed {
			p.Runs = slices.Collect(charset.Visible(s.text.S[x.Start:x.End]))
		}
		if len(p.Runs) > 0 || p.Sealed || len(p.Names) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// within returns the marks that a window shows something of.
func within(w extent, marks []mark) []mark {
	var out []mark
	for _, m := range marks {
		if m.overlaps(w) || m.Start == m.End && m.Start >= w.Start && m.Start <= w.End {
			out = append(out, m)
		}
	}
	return out
}

// cutsOf returns the places where a piece begins or ends, in order.
func cutsOf(w extent, sealed []extent, marks []mark) []int {
	cuts := []int{w.Start, w.End}
	add := func(x extent) {
		for _, i := range []int{x.Start, x.End} {
			if i > w.Start && i < w.End {
				cuts = append(cuts, i)
			}
		}
	}
	for _, x := range sealed {
		add(x)
	}
	for _, m := range marks {
		add(m.extent)
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// namesAt returns the names of the marks that begin at a place, or above the
// window that begins there.
func namesAt(marks []mark, w extent, at int) []name {
	var out []name
	for _, m := range marks {
		if m.name != (name{}) && (m.Start == at || m.Start < w.Start && at == w.Start) {
			out = append(out, m.name)
		}
	}
	return out
}

// marksOf says whether a range is marked, and as what.
func marksOf(marks []mark, x extent) (marked bool, title string) {
	var labels []string
	for _, m := range marks {
		if !m.overlaps(x) {
			continue
		}
		marked = true
		if l := m.name.Label; l != "" && !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	return marked, strings.Join(labels, ", ")
}

const (
	headShown  = 6 << 10 // bytes of text, as all below
	tailShown  = 2 << 10
	markShown  = 3 << 10  // of one field that is longer
	marksShown = 24 << 10 // of all fields beyond head and tail
	besideMark = 120
	gapLeast   = 200 // a smaller gap is shown
)

// windows chooses what of a sheet is shown: its beginning, its end, and what
// the marks are about as far as there is room.
func (s *sheet) windows(marks []mark) []extent {
	whole := extent{0, len(s.text.S)}
	chosen := []extent{s.head(whole, headShown), s.tail(whole, tailShown)}
	room := marksShown
	for _, m := range marks {
		for _, x := range s.ends(m.extent, markShown) {
			x = s.around(x, besideMark)
			if slices.ContainsFunc(chosen, func(y extent) bool { return y.Start <= x.Start && x.End <= y.End }) {
				continue
			}
			if room -= x.End - x.Start; room >= 0 {
				chosen = append(chosen, x)
			}
		}
	}
	return joined(chosen)
}

// ends is a range, or its beginning and end where it is longer than n.
func (s *sheet) ends(x extent, n int) []extent {
	if x.End-x.Start <= n {
		return []extent{x}
	}
	return []extent{s.head(x, n*3/4), s.tail(x, n/4)}
}

// joined sorts windows and joins those that overlap or nearly meet.
func joined(windows []extent) []extent {
	slices.SortFunc(windows, func(a, b extent) int { return cmp.Compare(a.Start, b.Start) })
	var out []extent
	for _, w := range windows {
		if n := len(out); n > 0 && w.Start <= out[n-1].End+gapLeast {
			out[n-1].End = max(out[n-1].End, w.End)
			continue
		}
		out = append(out, w)
	}
	return out
}

const (
	besideFinding = 120 // characters
	findingShown  = 480 // bytes of a range that is longer
)

// excerpt is what a finding is about with its surroundings.
func (s *sheet) excerpt(x extent) []piece {
	var windows []extent
	for _, e := range s.ends(x, findingShown) {
		windows = append(windows, s.around(e, besideFinding))
	}
	return s.pieces(joined(windows), []mark{{extent: x}})
}

// masked is a range of a sheet, its addresses masked.
func (s *sheet) masked(x extent) string {
	var b strings.Builder
	for _, p := range s.window(x, nil) {
		if p.Sealed {
			b.WriteString(sealedNote)
		}
		for _, r := range p.Runs {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// sealedNote stands where an address was.
const sealedNote = "[address sealed]"
