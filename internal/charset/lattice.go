package charset

import (
	"encoding/binary"
	"math"
	"slices"
)

const (
	// sampleBytes is how much of a page all states are tried on.
	sampleBytes = 1536
	// windowUnits is how many words are decided together.
	windowUnits = 1 << 14
	// switchCost is the cost of another encoding from one word to the next,
	// tongueCost that of another language; in units of bit.
	switchCost = 13 * bit
	tongueCost = 3 * bit
	// scriptCost is that of changing to or from a double-byte encoding: whole
	// pages are written in these.
	scriptCost = 40 * bit
	// leaveCost is added for leaving the declared encoding.
	leaveCost = 6 * bit
	// maxActive limits the states that are followed at the same time.
	maxActive = 12
)

// unit is a word: a stretch between white space and tags with a byte above 0x7F.
type unit struct{ start, end int }

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
	return unit{start, i}, true
}

// edge reports whether a byte ends a word. No double-byte encoding here has
// these as a second byte.
func edge(c byte) bool { return c <= ' ' || c == '<' || c == '>' }

// sample takes words from all over the page; what one place does not use is
// left for the next.
func (l *lattice) sample() []unit {
	const places = 32
	var all []unit
	taken, at := 0, 0
	for k := 1; k <= places && at < len(l.b); k++ {
		at = l.boundary(max(at, (k-1)*(len(l.b)/places)))
		for taken < sampleBytes*k/places {
			u, ok := nextUnit(l.b, at)
			if !ok {
				return all
			}
			at = u.end
			u.end = min(u.end, u.start+sampleBytes/4)
			all = append(all, u)
			taken += u.end - u.start
		}
	}
	return all
}

// boundary returns the next place at or after at where a word may begin.
func (l *lattice) boundary(at int) int {
	for at < len(l.b) && !edge(l.b[at]) {
		at++
	}
	return at
}

// shortlist picks the states worth following from a sample: the best one of the
// best encodings, and any that wins single words by more than a switch costs.
func (l *lattice) shortlist(sample []unit) {
	total := make([]int, len(l.all))
	for i, s := range l.all {
		total[i] = l.prior(s)
		for _, u := range sample {
			total[i] += s.score(l.b[u.start:u.end])
		}
	}
	for len(l.active) < 4 {
		best := -1
		for i, s := range l.all {
			if l.follows(s.encoding) {
				continue
			}
			if best < 0 || total[i] < total[best] {
				best = i
			}
		}
		if best < 0 {
			break
		}
		l.follow(l.all[best])
	}
	// Few stray marks around a text in another encoding are most likely in the
	// declared one, or in the one that most pages were written in.
	for _, name := range []string{l.expect.declared, "windows-1252"} {
		l.followBest(name, total)
	}
	for _, u := range sample {
		l.surprise(u)
	}
}

// followBest follows the best state of an encoding, if none of it is followed.
func (l *lattice) followBest(encoding string, total []int) {
	if l.follows(encoding) {
		return
	}
	best := -1
	for i, s := range l.all {
		if s.encoding == encoding && (best < 0 || total[i] < total[best]) {
			best = i
		}
	}
	if best >= 0 {
		l.follow(l.all[best])
	}
}

func (l *lattice) follows(encoding string) bool {
	for _, s := range l.active {
		if s.encoding == encoding {
			return true
		}
	}
	return false
}

// follow adds a state; it can be entered from now on.
func (l *lattice) follow(s *state) {
	entry := l.prior(s)
	if len(l.out) > 0 {
		entry = slices.Min(l.costs) + switchCost + max(0, entry)
	}
	l.active = append(l.active, s)
	l.costs = append(l.costs, entry)
}

// surprise looks for a state that reads one word so much better than all active
// ones that changing to it would pay, and follows it. It reports whether it did.
func (l *lattice) surprise(u unit) bool {
	if len(l.active) >= maxActive {
		return false
	}
	word := l.b[u.start:min(u.end, u.start+256)]
	least := math.MaxInt
	for _, s := range l.active {
		least = min(least, s.score(word))
	}
	if least < surprising(word) {
		return false
	}
	var found *state
	best := least - switchCost
	for _, s := range l.all {
		cost := s.score(word) + max(0, l.prior(s))
		if s.wide {
			cost += scriptCost
		}
		if cost < best {
			best, found = cost, s
		}
	}
	if found == nil {
		return false
	}
	l.follow(found)
	return true
}

// surprising is the cost from which a word is badly read.
func surprising(word []byte) int {
	return len(word)*11*bit/2 + 16*bit
}

// window decides the words of one window and logs them.
func (l *lattice) window(units []unit) {
	if len(units) == 0 {
		return
	}
	start := slices.Clone(l.costs)
	back, ok := l.forward(units)
	for !ok {
		found := l.active[len(start)]
		l.active, l.costs = l.active[:len(start)], start
		l.follow(found)
		start = slices.Clone(l.costs)
		back, ok = l.forward(units)
	}
	state := slices.Index(l.costs, slices.Min(l.costs))
	n := len(l.active)
	path := make([]uint8, len(units))
	for i := len(units) - 1; i >= 0; i-- {
		path[i] = uint8(state)
		state = int(back[i*n+state])
	}
	l.log(units, path)
	l.rebase()
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
	for i, u := range units {
		word := l.b[u.start:u.end]
		least := math.MaxInt
		for j, s := range l.active {
			from := l.before(j)
			score := s.score(word)
			least = min(least, score)
			next[j] = l.enter(from, j) + score
			back[i*n+j] = uint8(from)
		}
		if least > surprising(word) && l.surprise(u) {
			return nil, false
		}
		copy(l.costs, next)
	}
	return back, true
}

// before returns the state from which state j is reached most cheaply.
func (l *lattice) before(j int) int {
	best, cost := j, l.costs[j]
	for i := range l.active {
		if c := l.enter(i, j); c < cost {
			best, cost = i, c
		}
	}
	return best
}

// enter is the cost so far plus that of going from state i to state j.
func (l *lattice) enter(i, j int) int {
	switch {
	case i == j:
		return l.costs[i]
	case l.active[i].encoding == l.active[j].encoding:
		return l.costs[i] + tongueCost
	}
	cost := l.costs[i] + max(0, l.prior(l.active[j]))
	a, b := l.active[i], l.active[j]
	if (a.wide || b.wide) && a.encoding != "utf-8" && b.encoding != "utf-8" {
		cost += scriptCost
	} else {
		cost += switchCost
	}
	if l.active[i].encoding == l.expect.declared {
		cost += leaveCost
	}
	return cost
}
