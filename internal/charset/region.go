package charset

import "unicode/utf8"

const (
	// margin is what a repair has to gain beyond the prior of its misreading.
	margin = 5 * bit
	// provenMargin is the same where the text has proved the misreading elsewhere.
	provenMargin = 3 * bit
)

// region is a word, or several that a sequence joins, with the sequences of one
// misreading in it.
type region struct {
	by         *misreading
	start, end int // of the word, in cells
	seqs       []placed
	gain       int  // in units of bit
	junk       bool // whether the repair leaves more rubbish than sense
}

// placed is a sequence and the cell where it begins.
type placed struct {
	sequence
	at int
}

// regions finds the words that hold sequences of a misreading and weighs them.
func (d *mender) regions(cells []cell, m *misreading) []region {
	var all []region
	for _, p := range m.sequences(cells, d.proven(m)) {
		start, end := p.at, p.at+p.n
		for start > 0 && cells[start-1].r > ' ' {
			start--
		}
		for end < len(cells) && cells[end].r > ' ' {
			end++
		}
		if n := len(all); n > 0 && start < all[n-1].end {
			last := &all[n-1]
			last.end = max(last.end, end)
			last.seqs = append(last.seqs, p)
			continue
		}
		all = append(all, region{by: m, start: start, end: end, seqs: []placed{p}})
	}
	for i := range all {
		d.weigh(&all[i], cells)
	}
	return all
}

// sequences lists the sequences in cells, the weak ones on request.
func (m *misreading) sequences(cells []cell, weak bool) []placed {
	var all []placed
	for i := 0; i < len(cells); i++ {
		s := m.sequenceAt(cells[i:])
		if s.n == 0 {
			continue
		}
		if s.weak {
			s = shortened(s, cells, i)
			if !weak && !lonely(s, cells, i) {
				continue
			}
		}
		all = append(all, placed{s, i})
		i += s.n - 1
	}
	return all
}

// shortened decides whether the space behind "Ã" was its no-break space: then
// another space or the "s" of the Portuguese "às" follows.
func shortened(s sequence, cells []cell, i int) sequence {
	if s.r != 'à' || s.n != 2 {
		return s
	}
	rest := cells[i+2:]
	if len(rest) > 0 && (rest[0].r == ' ' || rest[0].r == 's' && endsWord(rest[1:])) {
		return s
	}
	s.n = 1
	return s
}

// lonely reports whether "Ã" is sure to be "à" without other evidence: a capital
// at the end of a small word, and two spaces behind it.
func lonely(s sequence, cells []cell, i int) bool {
	return s.r == 'à' && s.n == 2 && i > 0 && cells[i].r == 'Ã' && caseOf(cells[i-1].r) == lower
}

// weigh compares a region as it stands with its repair.
func (d *mender) weigh(r *region, cells []cell) {
	var before, after []rune
	made := make([]bool, 0, r.end-r.start)
	k := 0
	for i := r.start; i < r.end; i++ {
		n := 1
		c, fixed := cells[i].r, false
		if k < len(r.seqs) && r.seqs[k].at == i {
			c, n, fixed = r.seqs[k].r, r.seqs[k].n, true
			k++
		}
		for j := i; j < i+n; j++ {
			before = append(before, cells[j].r)
		}
		after, made = append(after, c), append(made, fixed)
		i += n - 1
	}
	r.junk = d.rubbish(after, made, r)
	r.gain = d.cost(before, !d.proven(r.by)) - d.cost(after, false)
}

// cost is that of weights, remembered: most words are weighed several times.
func (d *mender) cost(word []rune, drawing bool) int {
	const most = 1 << 14
	key := string(word)
	if drawing {
		key = " " + key
	}
	c, ok := d.known[key]
	if !ok {
		c = d.t.cost(word, drawing)
		if len(d.known) < most {
			d.known[key] = c
		}
	}
	return c
}

// rubbish reports whether a repair leaves as many strange characters as it
// makes: then something else happened to the text.
func (d *mender) rubbish(after []rune, made []bool, r *region) bool {
	left := 0
	for i, c := range after {
		if made[i] || c < utf8.RuneSelf {
			continue
		}
		switch class := classify(c); class {
		case classRare, classControl, classForeign, classSign, classBox:
			if r.by.byteOf(c) != 0 || class == classControl {
				left++
			}
		}
	}
	return left >= len(r.seqs)
}

// repair makes the sequences of a region.
func (r region) repair(cells []cell) []cell {
	var out []cell
	at := 0
	for _, p := range r.seqs {
		out = append(out, cells[at:p.at]...)
		at = p.at + p.n
		out = append(out, cell{
			r: p.r, start: cells[p.at].start, end: cells[at-1].end,
			undone: deepest(cells[p.at:at]).then(r.by.name),
		})
	}
	return append(out, cells[at:]...)
}

// deepest is the longest history among cells.
func deepest(cells []cell) *undoing {
	var u *undoing
	for _, c := range cells {
		if c.undone != nil && (u == nil || c.undone.depth > u.depth) {
			u = c.undone
		}
	}
	return u
}
