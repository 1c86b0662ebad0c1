package sample

import (
	"math"
	"strconv"
	"strings"
)

// world is all canonical names of an archive, each known by its number: a fandom
// by its rank, a character and a relationship by their fandom and their rank
// there, a freeform by its rank. A name is made when it is asked for.
type world struct {
	*lexicon
	seed          uint64
	fandoms       *curve
	freeforms     *curve
	characters    []int // where the characters of each fandom begin
	relationships []int
}

func newWorld(seed uint64) *world {
	w := &world{lexicon: newLexicon(), seed: mix(seed, streamNames)}
	counts := powerLaw(popularity(), fandomCount)
	w.fandoms = newCurve(counts)
	w.freeforms = newCurve(powerLaw(popularity(), freeformCount))
	root := make([]float64, len(counts))
	for i, n := range counts {
		root[i] = math.Sqrt(n)
	}
	w.characters = portions(root, characterCount, func(int) int { return characterCount })
	w.relationships = portions(counts, relationshipCount, func(f int) int {
		n := w.characters[f+1] - w.characters[f]
		return n * (n - 1) / 2
	})
	return w
}

// hash is a number that belongs to a name, for what is decided once for it.
func (w *world) hash(kind, n int) uint64 { return mix(w.seed+uint64(kind), uint64(n)) }

// What is decided for names, apart from each other.
const (
	hashFandom = iota
	hashCharacter
	hashRelationship
	hashFreeform
	hashFranchise
	hashLong
)

// scatter is a bijection of the numbers below size, so that names that follow
// each other in rank are not alike. The factor is a prime above every size used.
func (w *world) scatter(n, size int) int {
	const factor = 2_147_483_647
	shift := int(w.seed % uint64(size))
	return (n%size*(factor%size) + shift) % size
}

// fandom returns the name of the fandom of a rank.
func (w *world) fandom(f int) string {
	name := w.fandomAlone(f)
	if p := w.franchise(f); p >= 0 {
		name = w.fandomAlone(p) + ": " + name
	} else if w.hash(hashLong, f)%25 == 0 {
		name += ", or " + w.fandomAlone(f+fandomCount)
	}
	return w.decorate(name, w.hash(hashFandom, f), 8)
}

// fandomAlone is the name without that of its franchise. There are more such
// names than fandoms; those beyond are for second titles.
func (w *world) fandomAlone(f int) string {
	a, n, p := len(w.adjectives), len(w.nouns), len(w.places)
	i := w.scatter(f, a*n+n*p+p*n)
	switch {
	case i < a*n:
		return "The " + w.adjectives[i%a] + " " + w.nouns[i/a]
	case i < a*n+n*p:
		i -= a * n
		return w.nouns[i%n] + " of " + w.places[i/n]
	}
	i -= a*n + n*p
	return w.places[i%p] + " " + w.nouns[i/p]
}

// franchise returns the fandom that a fandom is part of, -1 for most.
func (w *world) franchise(f int) int {
	h := w.hash(hashFranchise, f)
	if f < 50 || h%6 != 0 {
		return -1
	}
	p := int(h / 6 % uint64(min(f, 5000)))
	if above := w.franchise(p); above >= 0 {
		return above
	}
	return p
}

// character returns the name of the character of a number.
func (w *world) character(c int) string {
	first, last := w.names(c)
	return w.decorate(first+" "+last, w.hash(hashCharacter, c), 2)
}

// names are a character's first and last name, undecorated.
func (w *world) names(c int) (first, last string) {
	i := w.scatter(c, len(w.firsts)*len(w.lasts))
	return w.firsts[i%len(w.firsts)], w.lasts[i/len(w.firsts)]
}

// pair returns the characters of a relationship. The pairs of a fandom's leading
// characters come first.
func (w *world) pair(r int) (a, b int) {
	f := portionOf(w.relationships, r)
	base, k := w.characters[f], r-w.relationships[f]
	j := int((1 + math.Sqrt(1+8*float64(k))) / 2)
	for j*(j-1)/2 > k { // where the root was rounded
		j--
	}
	for j*(j+1)/2 <= k {
		j++
	}
	return base + k - j*(j-1)/2, base + j
}

// sign is what stands between the names of a relationship.
func (w *world) sign(r int) string {
	if float64(w.hash(hashRelationship, r)%1000) < 1000*friendsShare {
		return " & "
	}
	return "/"
}

// relationship returns the name of the relationship of a number.
func (w *world) relationship(r int) string {
	a, b := w.pair(r)
	return w.character(a) + w.sign(r) + w.character(b)
}

// freeform returns the name of the freeform tag of a rank.
func (w *world) freeform(n int) string {
	name, _ := w.freeformOf(n)
	return w.decorate(name, w.hash(hashFreeform, n), 4)
}

// freeformOf returns a freeform tag and the rank of the one it is part of, -1 for
// none. The first are genres, the next tropes, the rest put together.
func (w *world) freeformOf(n int) (name string, parent int) {
	g, t := len(w.genres), len(w.tropes)
	switch {
	case n < g:
		return w.genres[n], -1
	case n < g+t:
		return w.tropes[n-g], -1
	}
	bases, a, nouns, v, p := g+t, len(w.adjectives), len(w.nouns), len(w.gerunds), len(w.places)
	const few = 22 // nouns that gerunds with adjectives go with
	sizes := []int{bases * nouns, a * nouns, v * nouns, v * a * few, bases * p}
	i, pattern := w.scatter(n-bases, sizes[0]+sizes[1]+sizes[2]+sizes[3]+sizes[4]), 0
	for ; i >= sizes[pattern]; pattern++ {
		i -= sizes[pattern]
	}
	base := func(i int) string { name, _ := w.freeformOf(i); return name }
	switch pattern {
	case 0:
		return base(i%bases) + " - " + w.nouns[i/bases], i % bases
	case 1:
		return w.adjectives[i%a] + " " + w.nouns[i/a], -1
	case 2:
		return w.gerunds[i%v] + " a " + w.nouns[i/v], -1
	case 3:
		return w.gerunds[i%v] + " the " + w.adjectives[i/v%a] + " " + w.nouns[i/v/a], -1
	}
	return base(i%bases) + " in " + w.places[i/bases], i % bases
}

// penName returns the pen name of a number.
func (w *world) penName(n int) string {
	k, name, size := n/4, "", 0
	switch n % 4 {
	case 0:
		size = len(w.adjectives) * len(w.nouns)
		i := w.scatter(k, size)
		name = w.adjectives[i%len(w.adjectives)] + w.nouns[i/len(w.adjectives)]
	case 1:
		size = len(w.firsts) * len(w.places)
		i := w.scatter(k, size)
		name = w.firsts[i%len(w.firsts)] + " " + w.places[i/len(w.firsts)]
	case 2:
		size = len(w.places) * len(w.nouns)
		i := w.scatter(k, size)
		name = strings.ToLower(w.nouns[i/len(w.places)] + "_from_" + w.places[i%len(w.places)])
	default:
		size = len(w.firsts) * len(w.nouns)
		i := w.scatter(k, size)
		name = strings.ToLower(w.firsts[i%len(w.firsts)]) + "-the-" + strings.ToLower(w.nouns[i/len(w.firsts)])
	}
	if k >= size {
		name += strconv.Itoa(1 + k/size)
	}
	return w.decorate(name, w.hash(streamStory, n), 3)
}

// decorate writes percent of names with letters beyond ASCII: three in four with
// an accent, the others with a second form in Cyrillic behind them.
func (w *world) decorate(name string, hash uint64, percent uint64) string {
	switch h := hash >> 20 % 400; {
	case h < 3*percent:
		return accented(name)
	case h < 4*percent:
		return name + " | " + cyrillic(name)
	}
	return name
}

// accented puts an accent on the last vowel that takes one.
func accented(name string) string {
	const plain, marked = "aeiou", "áéíöü"
	if i := strings.LastIndexAny(name, plain); i >= 0 {
		k := strings.IndexByte(plain, name[i])
		return name[:i] + string([]rune(marked)[k]) + name[i+1:]
	}
	return name
}

// cyrillic writes Latin letters in Cyrillic, one for one.
func cyrillic(name string) string {
	const letters = "абцдефгхийклмнопкрстуввкиз"
	runes := []rune(letters)
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return runes[r-'a']
		case 'A' <= r && r <= 'Z':
			return runes[r-'A'] - 32
		}
		return r
	}, name)
}
