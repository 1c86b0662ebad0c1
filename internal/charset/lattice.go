package charset

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
)

const (
	// sampleBytes is how much of a page all states are tried on.
	sampleBytes = 1280
	// windowUnits is how many words are decided together.
	windowUnits = 1 << 14
	// switchCost is the cost of another encoding from one word to the next,
	// tongueCost that of another language; in units of bit.
	switchCost = 11 * bit
	// inLineCost is added for another encoding within a line.
	inLineCost = 5 * bit
	tongueCost = 3 * bit
	// scriptCost is that of changing to or from a double-byte encoding: whole
	// pages are written in these.
	scriptCost = 30 * bit
	// leaveCost is added for leaving the declared encoding.
	leaveCost = 6 * bit
	// maxActive limits the states that are followed at the same time.
	maxActive = 12
)

// unit is a word: a stretch between white space and tags with a byte above 0x7F.
type unit struct {
	start, end int
	fresh      bool // a new line or element begins before it
}

// lattice finds the cheapest sequence of states over all words of a page
// (Viterbi): it changes the encoding only where the words that follow pay for it.
type lattice struct {
	b      []byte
	expect expectation
	all    []*state
	active []*state
	costs  []int // of the active states after the words so far
	out    []Span
}

func newLattice(b []byte, e expectation) *lattice {
	l := &lattice{b: b, expect: e, all: once.states()}
	if e.declared != "" && !l.lists(e.declared) {
		if s := declaredState(e.declared); s != nil {
			l.all = append(slices.Clip(l.all), s)
		}
	}
	return l
}

func (l *lattice) lists(encoding string) bool {
	for _, s := range l.all {
		if s.encoding == encoding {
			return true
		}
	}
	return false
}

// declaredState makes a state for an encoding that is not looked for unasked; the
// letters of English stand in for a language that is not known.
func declaredState(encoding string) *state {
	p := codePage(encoding)
	if p == nil {
		return nil
	}
	for _, m := range once.models() {
		if m.lang == "en" {
			return &state{encoding: encoding, prior: 10 * bit, score: newReader(m, p).score, model: m}
		}
	}
	return nil
}

func (l *lattice) prior(s *state) int { return l.expect.prior(s.encoding, s.prior) }

// spans decides the whole page.
func (l *lattice) spans() []Span {
	l.shortlist(l.sample())
	units := make([]unit, 0, 1024)
	for at := 0; at < len(l.b); {
		units = units[:0]
		for len(units) < windowUnits {
			u, ok := nextUnit(l.b, at)
			if !ok {
				at = len(l.b)
				break
			}
			units = append(units, u)
			at = u.end
		}
		l.window(units)
	}
	return l.finish()
}

// nextUnit finds the first word at or after at that has a byte above 0x7F.
func nextUnit(b []byte, at int) (unit, bool) {
	i := at
	for i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0 {
		i += 8
	}
	for i < len(b) && b[i] < 0x80 {
		i++
	}
	if i == len(b) {
		return unit{}, false
	}
	start := i
	for start > at && !edge(b[start-1]) {
		start--
	}
	for i < len(b) && !edge(b[i]) {
		i++
	}
	return unit{start, i, fresh(b[at:start])}, true
}

// fresh reports whether a line or an element begins in the last bytes of a gap.
func fresh(gap []byte) bool {
	const near = 64
	gap = gap[max(0, len(gap)-near):]
	return bytes.IndexByte(gap, '\n') >= 0 || bytes.IndexByte(gap, '>') >= 0
}

// edge reports whether a byte ends a word: white space and what markup is made of.
// No double-byte encoding here has these as a second byte.
func edge(c byte) bool {
	switch c {
	case '<', '>', '&', ';', '"', '=', '/':
		return true
	}
	return c <= ' '
}

// window decides the words of one window and logs them.
func (l *lattice) window(units []unit) {
	if len(units) == 0 {
		return
	}
	start := slices.Clone(l.costs)
	for {
		back, ok := l.forward(units)
		if ok {
			path := l.trace(back, len(units))
			if !l.missed(units, path) && !l.alone(path) {
				l.log(units, path)
				l.rebase()
				return
			}
		}
		found := l.active[len(start)]
		l.active, l.costs = l.active[:len(start)], start
		l.follow(found)
		start = slices.Clone(l.costs)
	}
}

// trace returns the cheapest sequence of states.
func (l *lattice) trace(back []uint8, words int) []uint8 {
	n := len(l.active)
	state := slices.Index(l.costs, slices.Min(l.costs))
	path := make([]uint8, words)
	for i := words - 1; i >= 0; i-- {
		path[i] = uint8(state)
		state = int(back[i*n+state])
	}
	return path
}

// rebase keeps the sums small.
func (l *lattice) rebase() {
	least := slices.Min(l.costs)
	for i := range l.costs {
		l.costs[i] -= least
	}
}

// forward runs over the words and returns, for each word and active state, the
// state before. ok is false if a new state had to be followed on the way.
func (l *lattice) forward(units []unit) (back []uint8, ok bool) {
	n := len(l.active)
	back = make([]uint8, len(units)*n)
	next := make([]int, n)
	moves := l.moves()
	for i, u := range units {
		word := l.b[u.start:u.end]
		least := math.MaxInt
		extra := inLineCost
		if u.fresh {
			extra = 0
		}
		for j, s := range l.active {
			best, from := l.costs[j], j
			for k, c := range l.costs {
				if k == j {
					continue
				}
				if c += moves[k*n+j]; moves[k*n+j] > tongueCost {
					c += extra
				}
				if c < best {
					best, from = c, k
				}
			}
			score := s.score(word)
			least = min(least, score)
			next[j] = best + score
			back[i*n+j] = uint8(from)
		}
		if least > surprising(word) && l.surprise(u) {
			return nil, false
		}
		copy(l.costs, next)
	}
	return back, true
}

// moves returns the cost of going from each active state to each other one.
func (l *lattice) moves() []int {
	n := len(l.active)
	costs := make([]int, n*n)
	for i, a := range l.active {
		for j, b := range l.active {
			costs[i*n+j] = l.move(a, b)
		}
	}
	return costs
}

func (l *lattice) move(a, b *state) int {
	if a.encoding == b.encoding {
		return tongueCost
	}
	cost := switchCost + max(0, l.prior(b))
	switch {
	case a.wide && b.wide:
		cost += 2 * scriptCost
	case a.wide || b.wide:
		cost += scriptCost
	}
	if a.encoding == l.expect.declared {
		cost += leaveCost
	}
	return cost
}
