package charset

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Edit is a repair of text: New takes the place of s[Start:End] (byte offsets, End
// exclusive). Undone lists the misreadings taken back there, outermost first;
// "iso-8859-1" stands for windows-1252 that was read as ISO 8859-1.
type Edit struct {
	Start, End int
	New        string
	Undone     []string
}

// Mend repairs text whose UTF-8 was read as a single-byte encoding, once or
// several times, in parts of it or in the whole. The edits are in order and apart
// from each other; applied to s they give mended. What may have been meant as it
// stands stays as it is, and so does text that is mended already.
//
// It straightens nothing: quotation marks, widths, ligatures and line ends stay.
func Mend(s string) (mended string, edits []Edit) {
	edits = newMender(once.marks()).edits(s)
	if len(edits) == 0 {
		return s, nil
	}
	return apply(s, edits), edits
}

// apply returns s with the edits made.
func apply(s string, edits []Edit) string {
	var b strings.Builder
	b.Grow(len(s))
	at := 0
	for _, e := range edits {
		b.WriteString(s[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.WriteString(s[at:])
	return b.String()
}

const (
	// windowBytes is how much suspicious text is mended together.
	windowBytes = 1 << 17
	// partBytes is how long a line may be before it is cut at a space.
	partBytes = 1 << 12
)

// mender mends a text window by window and remembers what it met.
type mender struct {
	t      *markTable
	proofs proofs         // characters in such places
	known  map[string]int // costs of words
	others bool           // whether there are right characters above ASCII as well
}

// proofs counts by misreading.
type proofs [16]int

func newMender(t *markTable) *mender { return &mender{t: t, known: make(map[string]int)} }

// part is a suspicious line, or a piece of one.
type part struct {
	cells []cell
	bits  uint16 // misreadings to look for
}

// edits finds all repairs of s.
func (d *mender) edits(s string) []Edit {
	var edits []Edit
	var window []part
	size := 0
	flush := func() {
		edits = append(edits, d.window(window)...)
		window, size = nil, 0
	}
	for at := d.next(s, 0); at < len(s); at = d.next(s, at) {
		start, end := partAround(s, at)
		window = append(window, part{cells: cellsOf(s, start, end)})
		if size += end - start; size >= windowBytes {
			flush()
		}
		at = end
	}
	flush()
	return edits
}

// next finds the next suspicious place at or after at.
func (d *mender) next(s string, at int) int {
	first, plain := d.t.suspicious(s[at:])
	d.others = d.others || plain
	return at + first
}

// partAround returns the piece of a line around a byte.
func partAround(s string, at int) (start, end int) {
	start = max(0, at-partBytes)
	if i := strings.LastIndexByte(s[start:at], '\n'); i >= 0 {
		start += i + 1
	} else if start > 0 {
		start += max(0, strings.LastIndexByte(s[start:at], ' '))
	}
	for !utf8.RuneStart(s[start]) {
		start++
	}
	end = min(len(s), at+partBytes)
	if i := strings.IndexByte(s[at:end], '\n'); i >= 0 {
		return start, at + i
	}
	if end < len(s) {
		if i := strings.LastIndexByte(s[at:end], ' '); i > 0 {
			end = at + i
		}
	}
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end++
	}
	return start, end
}

func cellsOf(s string, start, end int) []cell {
	cells := make([]cell, 0, end-start)
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(s[i:end])
		if r == utf8.RuneError && n == 1 {
			r = unreadable
		}
		cells = append(cells, cell{r: r, start: i, end: i + n})
		i += n
	}
	return cells
}

// window mends parts round by round, until a round finds nothing.
func (d *mender) window(parts []part) []Edit {
	earlier := d.proofs
	for again := true; again; {
		again = false
		count := earlier
		for i := range parts {
			d.survey(&parts[i], &count)
		}
		for i, n := range count {
			d.proofs[i] = max(d.proofs[i], n)
		}
		for i := range parts {
			again = d.round(&parts[i]) || again
		}
		for i := 0; i < len(parts) && !again; i++ {
			again = strays(parts[i].cells)
		}
	}
	var edits []Edit
	for i := range parts {
		edits = appendEdits(edits, parts[i].cells)
	}
	return edits
}

// survey looks for places that prove a misreading on their own, and counts their
// characters.
func (d *mender) survey(p *part, count *proofs) {
	p.bits = d.t.bitsOf(p.cells)
	for _, r := range d.best(p, func(region) bool { return true }) {
		if r.gain >= r.by.prior+margin {
			count[bits.TrailingZeros16(r.by.bit)] += len(r.seqs)
		}
	}
}

// round takes one misreading back in each place of a part that pays for it.
func (d *mender) round(p *part) bool {
	best := d.best(p, func(r region) bool { return d.accepts(r, p.cells) })
	for _, r := range slices.Backward(best) {
		p.cells = r.repair(p.cells)
	}
	return len(best) > 0
}

// best finds for each word the misreading that explains it best, among those that
// ok lets pass.
func (d *mender) best(p *part, ok func(region) bool) []region {
	var best []region
	for _, m := range d.t.all {
		if p.bits&m.bit == 0 && !d.proven(m) {
			continue
		}
		for _, r := range d.regions(p.cells, m) {
			if !r.junk && ok(r) {
				best = d.compete(best, r)
			}
		}
	}
	return best
}

// proven reports whether the text holds enough of a misreading to expect more of
// it. A few words among hundreds of another misreading are chance.
func (d *mender) proven(m *misreading) bool {
	const fewest = 8
	n := d.proofsOf(m)
	return n > 0 && n*fewest >= slices.Max(d.proofs[:])
}

// net is what a repair gains, as far as it is believed: texts were seldom misread
// in several ways.
func (d *mender) net(r region) int {
	const trust = 24 * bit
	if most := slices.Max(d.proofs[:]); d.proven(r.by) {
		return r.gain + trust*d.proofsOf(r.by)/most
	}
	return r.gain - r.by.prior
}

// compete adds a region unless a better one is there already. Regions are kept in
// order and apart.
func (d *mender) compete(all []region, r region) []region {
	i := 0
	for i < len(all) && all[i].end <= r.start {
		i++
	}
	j := i
	for j < len(all) && all[j].start < r.end {
		if d.net(all[j]) >= d.net(r) {
			return all
		}
		j++
	}
	return slices.Replace(all, i, j, r)
}

// accepts reports whether a region is to be repaired.
func (d *mender) accepts(r region, cells []cell) bool {
	switch {
	case d.unproven(r) && d.doubtful(r, cells):
		return false
	case d.proven(r.by):
		return r.gain >= provenMargin
	}
	return r.gain >= r.by.prior+margin
}

// unproven reports whether a region is all that speaks for its misreading.
func (d *mender) unproven(r region) bool {
	return len(r.seqs) == 1 && d.proofsOf(r.by) <= 1
}

func (d *mender) proofsOf(m *misreading) int { return d.proofs[bits.TrailingZeros16(m.bit)] }

// doubtful reports whether one character is too little: a letter where others
// above ASCII came through, a no-break space behind a capital.
func (d *mender) doubtful(r region, cells []cell) bool {
	s := r.seqs[0]
	if s.r == '\u00a0' {
		return s.at > 0 && unicode.IsUpper(cells[s.at-1].r)
	}
	return unicode.In(s.r, unicode.L, unicode.M) && (d.others || hasOthers(cells, r))
}

func hasOthers(cells []cell, r region) bool {
	for i, c := range cells {
		if c.r >= utf8.RuneSelf && (i < r.start || i >= r.end) {
			return true
		}
	}
	return false
}

// appendEdits makes edits of the repaired cells; neighbours of the same history
// become one.
func appendEdits(edits []Edit, cells []cell) []Edit {
	var last *undoing
	for _, c := range cells {
		if c.undone == nil {
			continue
		}
		if n := len(edits); n > 0 && edits[n-1].End == c.start && same(last, c.undone) {
			edits[n-1].End = c.end
			edits[n-1].New += string(c.r)
		} else {
			edits = append(edits, Edit{c.start, c.end, string(c.r), c.undone.names()})
		}
		last = c.undone
	}
	return edits
}

func same(a, b *undoing) bool {
	for a != b {
		if a == nil || b == nil || a.name != b.name {
			return false
		}
		a, b = a.before, b.before
	}
	return true
}
