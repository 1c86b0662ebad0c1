package web

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/charset"
)

const (
	windowSize = 200_000 // bytes of an original shown on one page
)

// extent is a range of bytes in an original, the end exclusive.
type extent struct{ Start, End int }

func (x extent) overlaps(y extent) bool { return x.Start < y.End && y.Start < x.End }

func touches(xs []extent, y extent) bool {
	return slices.ContainsFunc(xs, y.overlaps)
}

// original is the part of an original that a page shows.
type original struct {
	From, To, Size int // bytes
	Pieces         []piece
	known          bool
}

// piece is a run of an original that is shown in one way.
type piece struct {
	Text    string
	Anchors []anchor // what begins here
	Mark    string   // what the marked fields are; "" where nothing is marked
	Sealed  bool     // Text is left out
}

// anchor is a place in the original that the page links to.
type anchor struct {
	ID   string
	Back string // the ID of its row; "" for a finding
	N    int    // of the row
	Name string
}

// Part says whether the page shows less than the whole.
func (o original) Part() bool { return o.From > 0 || o.To < o.Size }

// link is the address of a place in the original: on this page where it is
// shown here, else on the page where it is. here is the address of the source.
func (o original) link(here string, at int, id string) string {
	switch {
	case !o.known:
		return ""
	case at >= o.From && (at < o.To || at == o.Size):
		return "#" + id
	case at < windowSize:
		return here + "#" + id
	}
	return here + "?from=" + strconv.Itoa(at/windowSize*windowSize) + "#" + id
}

// index is where in a text the character of byte at begins, or ends where end
// is set: a range is widened to whole characters, never narrowed.
func index(t *charset.Text, at int, end bool) int {
	n := len(t.S)
	if end {
		return sort.Search(n, func(i int) bool { return t.Offset(i) >= at })
	}
	i := sort.Search(n, func(i int) bool { return t.Offset(i) > at }) - 1
	if i < 0 {
		return 0
	}
	first := t.Offset(i)
	return sort.Search(i, func(k int) bool { return t.Offset(k) >= first })
}

// span is a range of a text in the indexes of its string.
func span(t *charset.Text, x extent) extent {
	start, end := index(t, x.Start, false), index(t, x.End, true)
	return extent{start, max(start, end)}
}

// excerpted cuts a window out of an original and divides it where fields,
// findings and sealed addresses begin and end.
func (v visit) excerpted(t *charset.Text, from int, es []archive.Evidence, fs []archive.Finding, sealed []extent) original {
	s := t.S
	size := t.Offset(len(s))
	win := span(t, extent{from, min(from+windowSize, size)})
	if from > 0 { // the page before ends where the character of this byte ends
		win.Start = index(t, from, true)
	}
	o := original{From: from, To: min(from+windowSize, size), Size: size, known: true}
	c := cutter{text: t, window: win}
	for _, x := range sealed {
		c.seal(x)
	}
	for i, e := range es {
		label := v.Say("field." + string(e.Field))
		c.mark(extent{e.Start, e.End}, label)
		c.anchor(e.Start, anchor{ID: evidenceID(i), Back: rowID(i), N: i + 1, Name: label})
	}
	for i, f := range fs {
		if f.End > f.Start {
			c.anchor(f.Start, anchor{ID: findingID(i)})
		}
	}
	o.Pieces = c.pieces()
	return o
}

// cutter divides a window of a text into pieces.
type cutter struct {
	text    *charset.Text
	window  extent // in indexes of the string, as all below
	sealed  []extent
	marks   []labelledExtent
	anchors []placedAnchor
}

type labelledExtent struct {
	extent
	label string
}

type placedAnchor struct {
	at int
	anchor
}

func (c *cutter) seal(x extent) {
	if x = span(c.text, x); x.overlaps(c.window) {
		c.sealed = append(c.sealed, x)
	}
}

func (c *cutter) mark(x extent, label string) {
	if x = span(c.text, x); x.overlaps(c.window) {
		c.marks = append(c.marks, labelledExtent{x, label})
	}
}

// anchor adds an anchor. One inside a sealed address moves to its beginning.
func (c *cutter) anchor(at int, a anchor) {
	i := index(c.text, at, false)
	if i < c.window.Start || i > c.window.End || i == c.window.End && i < len(c.text.S) {
		return
	}
	for _, x := range c.sealed {
		if x.Start < i && i < x.End {
			i = x.Start
		}
	}
	c.anchors = append(c.anchors, placedAnchor{i, a})
}

// cuts returns the places where a piece begins or ends, in order.
func (c *cutter) cuts() []int {
	cuts := []int{c.window.Start, c.window.End}
	add := func(i int) {
		if i > c.window.Start && i < c.window.End {
			cuts = append(cuts, i)
		}
	}
	for _, x := range c.sealed {
		add(x.Start)
		add(x.End)
	}
	for _, m := range c.marks {
		add(m.Start)
		add(m.End)
	}
	for _, a := range c.anchors {
		add(a.at)
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

func (c *cutter) pieces() []piece {
	var ps []piece
	s, cuts := c.text.S, c.cuts()
	for i, start := range cuts {
		end := start // the last one is empty, and there for its anchors
		if i+1 < len(cuts) {
			end = cuts[i+1]
		}
		p := piece{Anchors: c.anchorsAt(start)}
		x := extent{start, end}
		if touches(c.sealed, x) {
			p.Sealed = true
		} else {
			p.Text = s[start:end]
		}
		p.Mark = c.labelOf(x)
		if p.Sealed && len(ps) > 0 && ps[len(ps)-1].Sealed && len(p.Anchors) == 0 {
			continue // one note for one address
		}
		if p.Text != "" || p.Sealed || len(p.Anchors) > 0 {
			ps = append(ps, p)
		}
	}
	return ps
}

func (c *cutter) anchorsAt(i int) []anchor {
	var as []anchor
	for _, a := range c.anchors {
		if a.at == i {
			as = append(as, a.anchor)
		}
	}
	return as
}

// labelOf names the fields that a range belongs to.
func (c *cutter) labelOf(x extent) string {
	var labels []string
	for _, m := range c.marks {
		if m.overlaps(x) {
			labels = append(labels, m.label)
		}
	}
	return strings.Join(labels, ", ")
}

// masked is a range of a text with each sealed address replaced.
func (v visit) masked(t *charset.Text, x extent, sealed []extent) string {
	c := cutter{text: t, window: span(t, x)}
	for _, y := range sealed {
		c.seal(y)
	}
	var out strings.Builder
	for _, p := range c.pieces() {
		if p.Sealed {
			out.WriteString(v.Say("sealed.note"))
		}
		out.WriteString(p.Text)
	}
	return out.String()
}
