package charset

import (
	"math"
	"slices"
	"unicode/utf8"
)

// log turns the states chosen for the words of a window into spans.
func (l *lattice) log(units []unit, path []uint8) {
	for i := 0; i < len(units); {
		s := l.active[path[i]]
		j := i + 1
		for j < len(units) && l.active[path[j]].encoding == s.encoding {
			j++
		}
		sure := l.confidence(units[i:j], s)
		for k := i; k < j; k++ {
			l.word(units[k], l.active[path[k]], sure)
		}
		i = j
	}
}

// word logs one word, in pieces if it holds more than one encoding.
func (l *lattice) word(u unit, s *state, sure float64) {
	if !l.doubtful(u, s) {
		if !l.goesOn(s.encoding) {
			l.mark(u.start, s.encoding, l.why(s), sure)
		}
		return
	}
	for _, p := range l.refine(u, s) {
		switch p.encoding {
		case s.encoding:
			l.mark(p.start, p.encoding, l.why(s), sure)
		case Undecoded:
			l.mark(p.start, p.encoding, "makes no sense in any encoding", 0.5)
		default:
			l.mark(p.start, p.encoding, "stray bytes in "+s.encoding, 0.7)
		}
	}
}

// doubtful reports whether a word reads badly although no other encoding does better.
func (l *lattice) doubtful(u unit, s *state) bool {
	const longest = 256
	word := l.b[u.start:u.end]
	switch {
	case s.encoding == "utf-8":
		return !utf8.Valid(word)
	case s.model == nil || len(word) > longest:
		return false
	}
	return s.score(word) > surprising(word)+len(word)*bit/2
}

// goesOn reports whether the last span is in this encoding.
func (l *lattice) goesOn(encoding string) bool {
	n := len(l.out)
	return n > 0 && l.out[n-1].Encoding == encoding
}

// mark begins a span unless the last one goes on.
func (l *lattice) mark(start int, encoding, why string, sure float64) {
	if l.goesOn(encoding) {
		return
	}
	if n := len(l.out); n > 0 {
		l.out[n-1].End = start
	} else {
		start = 0
	}
	l.out = append(l.out, Span{Start: start, Encoding: encoding, Why: why, Confidence: sure})
}

func (l *lattice) finish() []Span {
	if n := len(l.out); n > 0 {
		l.out[n-1].End = len(l.b)
	}
	return l.out
}

func (l *lattice) why(s *state) string {
	switch {
	case s.encoding == "utf-8":
		return l.expect.reason(s.encoding, "UTF-8 sequences")
	case s.model != nil:
		return l.expect.reason(s.encoding, "letter statistics of "+s.model.lang)
	}
	return l.expect.reason(s.encoding, "usual signs of the script")
}

// confidence compares the chosen state with the best one of another family over
// the first words of a run.
func (l *lattice) confidence(run []unit, chosen *state) float64 {
	const words, half = 64, 10 * bit
	run = run[:min(len(run), words)]
	own, other := l.prior(chosen), math.MaxInt
	for _, u := range run {
		own += chosen.score(l.b[u.start:u.end])
	}
	for _, s := range l.active {
		if family(s.encoding) == family(chosen.encoding) {
			continue
		}
		total := l.prior(s)
		for _, u := range run {
			total += s.score(l.b[u.start:u.end])
		}
		other = min(other, total)
	}
	margin := float64(max(0, other-own))
	return math.Round(100*(0.5+0.49*margin/(margin+half))) / 100
}

// piece is a stretch of a word in one encoding.
type piece struct {
	start    int
	encoding string
}

// refine reads a doubtful word character by character, each in the encoding
// that suits it, and returns where the encoding changes.
func (l *lattice) refine(u unit, home *state) []piece {
	word := l.b[u.start:u.end]
	options := l.options(home)
	best, least := []int(nil), math.MaxInt
	for _, m := range l.tongues(home) {
		path, cost := newBraid(word, options, m).cheapest()
		if cost < least {
			best, least = path, cost
		}
	}
	var pieces []piece
	for i, o := range best {
		if o < 0 {
			continue
		}
		if n := len(pieces); n == 0 || pieces[n-1].encoding != options[o].encoding {
			pieces = append(pieces, piece{u.start + i, options[o].encoding})
		}
	}
	if len(pieces) == 0 {
		return []piece{{u.start, home.encoding}}
	}
	pieces[0].start = u.start
	return pieces
}

// options are the encodings that a stray character is looked for in, the one
// of the page first.
func (l *lattice) options(home *state) []option {
	names := []string{home.encoding, "utf-8", "windows-1252", "macintosh"}
	for _, s := range l.active {
		if s.model != nil && len(names) < 6 {
			names = append(names, s.encoding)
		}
	}
	var all []option
	for i, name := range names {
		if slices.Index(names, name) == i {
			all = append(all, option{name, codecFor(name)})
		}
	}
	return append(all, option{Undecoded, nil})
}

// tongues are the languages that a doubtful word is read in.
func (l *lattice) tongues(home *state) []*model {
	var all []*model
	if home.model != nil {
		all = append(all, home.model)
		if !home.model.latin {
			return all
		}
	}
	for _, s := range l.active {
		if s.model != nil && s.model.latin && !slices.Contains(all, s.model) && len(all) < 4 {
			all = append(all, s.model)
		}
	}
	if len(all) == 0 {
		all = once.models()[:1]
	}
	return all
}
