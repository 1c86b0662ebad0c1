package prose

import (
	"math/bits"
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
	var c Tally
	c.Add(t)
	return c.Sketch()
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
	kept  []uint32
	spare []uint32 // as long as kept may become
	full  bool
	most  uint32 // once full: nothing larger can be among the smallest
}

// samplerSize is how many hashes are kept before the smallest are sorted out.
const samplerSize = 4 * sketchSize

// wants reports whether a hash can be among the smallest.
func (s *sampler) wants(h uint32) bool { return !s.full || h < s.most }

func (s *sampler) add(h uint32) {
	if s.kept == nil {
		s.kept = make([]uint32, 0, samplerSize)
	}
	s.kept = append(s.kept, h)
	if len(s.kept) == samplerSize {
		s.cut()
	}
}

// cut leaves the smallest hashes, ascending and distinct. Hashes are spread
// evenly: laid out in rows by their leading bits, only the first rows have to be
// sorted.
func (s *sampler) cut() {
	const rows = 256
	shift := 32 - 8
	if s.full {
		shift = max(0, bits.Len32(s.most)-8)
	}
	var ends [rows]int
	for _, h := range s.kept {
		ends[h>>shift]++
	}
	for i := 1; i < rows; i++ {
		ends[i] += ends[i-1]
	}
	if s.spare == nil {
		s.spare = make([]uint32, samplerSize)
	}
	begins := ends
	for _, h := range s.kept {
		begins[h>>shift]--
		s.spare[begins[h>>shift]] = h
	}
	s.kept = s.kept[:0]
	for i := 0; i < rows && len(s.kept) < sketchSize; i++ {
		row := s.spare[begins[i]:ends[i]]
		slices.Sort(row)
		s.kept = append(s.kept, slices.Compact(row)...)
	}
	if len(s.kept) >= sketchSize {
		s.kept = s.kept[:sketchSize]
		s.full, s.most = true, s.kept[sketchSize-1]
	}
}

func (s *sampler) sketch() Sketch {
	s.cut()
	return Sketch(slices.Clone(s.kept))
}

// hashStart is the hash of no letters (FNV-1a).
const hashStart = uint64(14695981039346656037)

// hashByte goes on with the hash of a word by an ASCII letter or digit.
func hashByte(h uint64, c byte) uint64 {
	if c >= 'A' {
		c |= 0x20
	}
	return (h ^ uint64(c)) * 1099511628211
}

// hashWord hashes the letters and digits of a word in lower case (FNV-1a over
// runes), so that "Don’t", "don't" and "dont" agree.
func hashWord(w string) uint64 {
	h := hashStart
	for i := 0; i < len(w); i++ {
		if !isPlain(w[i]) {
			return hashOdd(w)
		}
		h = hashByte(h, w[i])
	}
	return h
}

// hashOdd is hashWord for a word with other characters than ASCII letters and
// digits in it.
func hashOdd(w string) uint64 {
	h := hashStart
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

// chain goes on with the hash of some words by one more.
func chain(h, word uint64) uint64 {
	h = (h ^ word) * 0x9e3779b97f4a7c15
	return h ^ h>>29
}

// shingle is the hash of a run of five words, by their chain.
func shingle(chain uint64) uint32 {
	return uint32(chain * 0xbf58476d1ce4e5b9 >> 32)
}
