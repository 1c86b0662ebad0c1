package charset

import (
	"math"
	"slices"
)

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

// shortlist picks the states worth following from a sample: the best one over
// all, then those that would read the most words better by far.
func (l *lattice) shortlist(sample []unit) {
	const (
		most  = 6
		worth = 20 * bit
	)
	scores, total := l.tried(sample)
	best := slices.Index(total, slices.Min(total))
	now := slices.Clone(scores[best])
	l.follow(l.all[best])
	for len(l.active) < most {
		found, gain := l.helpful(scores, now)
		if gain < worth {
			break
		}
		l.follow(l.all[found])
		for k := range now {
			now[k] = min(now[k], scores[found][k])
		}
	}
	// Few stray marks around a text in another encoding are most likely in the
	// declared one, or in the one that most pages were written in.
	for _, name := range []string{l.expect.declared, "windows-1252"} {
		l.followBest(name, total)
	}
}

// tried scores a sample in every state: word by word, and in total with the prior.
func (l *lattice) tried(sample []unit) (scores [][]int, total []int) {
	scores, total = make([][]int, len(l.all)), make([]int, len(l.all))
	for i, s := range l.all {
		scores[i] = make([]int, len(sample))
		total[i] = l.prior(s)
		for k, u := range sample {
			scores[i][k] = s.score(l.b[u.start:u.end])
			total[i] += scores[i][k]
		}
	}
	return scores, total
}

// followBest follows the best state of an encoding, if none of it is followed.
func (l *lattice) followBest(encoding string, total []int) {
	best := -1
	for i, s := range l.all {
		if s.encoding != encoding {
			continue
		}
		if slices.Contains(l.active, s) {
			return
		}
		if best < 0 || total[i] < total[best] {
			best = i
		}
	}
	if best >= 0 {
		l.follow(l.all[best])
	}
}

// helpful returns the state that improves most on the costs so far, and by how much.
func (l *lattice) helpful(scores [][]int, now []int) (found, gain int) {
	gain = math.MinInt
	for i, s := range l.all {
		if s.wide && l.active[0].wide {
			continue // no page is in two of these
		}
		sum := -max(0, l.prior(s))
		for k, cost := range now {
			sum += max(0, cost-scores[i][k])
		}
		if s.wide {
			sum -= scriptCost
		}
		if sum > gain {
			found, gain = i, sum
		}
	}
	return found, gain
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
		if s.wide && l.active[0].wide {
			continue
		}
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
	return len(word)*5*bit + 14*bit
}

// missed looks for a state that is not followed yet and reads the words of a run
// better than the one chosen; it follows it and reports whether there was one.
func (l *lattice) missed(units []unit, path []uint8) bool {
	const runs, bytes = 24, 384
	for i, n := 0, 0; i < len(units) && n < runs && len(l.active) < maxActive; n++ {
		j, size := i, 0
		for j < len(units) && path[j] == path[i] {
			j++
		}
		last := i
		for last < j && size < bytes {
			size += units[last].end - units[last].start
			last++
		}
		if s := l.better(units[i:last], l.active[path[i]]); s != nil {
			l.follow(s)
			return true
		}
		i = j
	}
	return false
}

// better returns the state that reads words best if it is not followed yet.
func (l *lattice) better(words []unit, chosen *state) *state {
	const longest = 512
	cost := func(s *state, limit int) int {
		sum := max(0, l.prior(s))
		if s.wide || chosen.wide && s != chosen {
			sum += scriptCost
		}
		for _, u := range words {
			if sum > limit {
				break
			}
			sum += s.score(l.b[u.start:min(u.end, u.start+longest)])
		}
		return sum
	}
	var found *state
	least := cost(chosen, math.MaxInt) - 2*bit
	for _, s := range l.all {
		if s.wide && chosen.wide || slices.Contains(l.active, s) {
			continue
		}
		if c := cost(s, least); c < least {
			found, least = s, c
		}
	}
	return found
}

// alone looks for a state in which one of two chosen encodings would read the
// language of the other too: a German page about a Jiří is all in windows-1250.
// It follows it and reports whether there was one.
func (l *lattice) alone(path []uint8) bool {
	var chosen []*state
	for i, s := range l.active {
		if s.model != nil && slices.Contains(path, uint8(i)) {
			chosen = append(chosen, s)
		}
	}
	for _, s := range l.all {
		if len(l.active) >= maxActive {
			break
		}
		if s.model == nil || slices.Contains(l.active, s) {
			continue
		}
		encoding := slices.ContainsFunc(chosen, func(c *state) bool { return c.encoding == s.encoding })
		language := slices.ContainsFunc(chosen, func(c *state) bool { return c.model == s.model })
		if encoding && language {
			l.follow(s)
			return true
		}
	}
	return false
}
