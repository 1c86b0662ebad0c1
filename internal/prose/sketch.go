package prose

import (
	"slices"
	"unicode"
)

// Sketch is a sample of a text's word shingles: the smallest hashes of all its
// runs of five words (letters and digits only, case folded), ascending and
// distinct, at most 512 of them; fewer where the text has fewer. Two texts are
// compared by the hashes below the larger of the smallest bounds of both
// (bottom-k MinHash, Broder 1997), which gives likeness and containment within
// about 0.1. It takes 2 KB, and texts in another layout, case or punctuation
// have the same one.
type Sketch []uint32

const (
	sketchSize   = 512
	shingleWords = 5
)

// MakeSketch returns the sketch of a text; nil where it has no words. A text
// of fewer than five words is one shingle.
func MakeSketch(t Text) Sketch {
	var window [shingleWords]uint64
	var s sampler
	n := 0
	for w := range t.words() {
		window[n%shingleWords] = hashWord(w)
		n++
		if n >= shingleWords {
			s.add(hashWindow(window, n))
		}
	}
	if n == 0 {
		return nil
	}
	if n < shingleWords {
		s.add(hashWindow(window, shingleWords))
	}
	return s.sketch()
}

// Similar estimates what share of the shingles of both texts they have in
// common: 1 for the same words, near 0 for unrelated texts.
func (a Sketch) Similar(b Sketch) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	bound := min(a.bound(), b.bound())
	both, inA, inB := overlap(a, b, bound)
	if inA+inB == both {
		return 0
	}
	return float64(both) / float64(inA+inB-both)
}

// ContainedIn estimates what share of the shingles of a are in b too: near 1
// where a is a part of b. It is uncertain where b is more than fifty times as
// long, as few of the hashes of a can then be compared.
func (a Sketch) ContainedIn(b Sketch) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both, inA, _ := overlap(a, b, min(a.bound(), b.bound()))
	if inA == 0 {
		return 0
	}
	return float64(both) / float64(inA)
}

// bound is the value up to which the sketch knows every hash of its text.
func (a Sketch) bound() uint32 {
	if len(a) < sketchSize {
		return ^uint32(0)
	}
	return a[len(a)-1]
}

// overlap counts the hashes up to bound in both, in a and in b.
func overlap(a, b Sketch, bound uint32) (both, inA, inB int) {
	for i, j := 0, 0; ; {
		moreA, moreB := i < len(a) && a[i] <= bound, j < len(b) && b[j] <= bound
		switch {
		case !moreA && !moreB:
			return both, inA, inB
		case moreA && moreB && a[i] == b[j]:
			both, inA, inB = both+1, inA+1, inB+1
			i, j = i+1, j+1
		case !moreB || moreA && a[i] < b[j]:
			inA++
			i++
		default:
			inB++
			j++
		}
	}
}

// sampler keeps the smallest hashes it is given.
type sampler struct {
	kept []uint32
	full bool
	most uint32 // once full: nothing larger can be among the smallest
}

func (s *sampler) add(h uint32) {
	if s.full && h >= s.most {
		return
	}
	s.kept = append(s.kept, h)
	if len(s.kept) >= 8*sketchSize {
		s.cut()
	}
}

func (s *sampler) cut() {
	slices.Sort(s.kept)
	s.kept = slices.Compact(s.kept)
	if len(s.kept) >= sketchSize {
		s.kept = s.kept[:sketchSize]
		s.full, s.most = true, s.kept[sketchSize-1]
	}
}

func (s *sampler) sketch() Sketch {
	s.cut()
	return Sketch(slices.Clone(s.kept))
}

// hashWord hashes the letters and digits of a word in lower case (FNV-1a over
// runes), so that "Don’t", "don't" and "dont" agree.
func hashWord(w string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(w); i++ {
		if !isPlain(w[i]) {
			return hashOdd(w)
		}
		c := w[i]
		if c >= 'A' {
			c |= 0x20
		}
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// hashOdd is hashWord for a word with other characters than ASCII letters and
// digits in it.
func hashOdd(w string) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range w {
		switch {
		case r < 0x80:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			if r == '\'' || r == '-' || r == '.' || r == ',' {
				continue
			}
		case !unicode.In(r, unicode.L, unicode.N, unicode.M):
			continue
		default:
			r = unicode.ToLower(r)
		}
		h = (h ^ uint64(r)) * 1099511628211
	}
	return h
}

// hashWindow hashes the last five words, oldest first; n is how many words
// there have been.
func hashWindow(window [shingleWords]uint64, n int) uint32 {
	var h uint64
	for i := range window {
		h = (h ^ window[(n+i)%shingleWords]) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	h *= 0xbf58476d1ce4e5b9
	return uint32(h >> 32)
}
