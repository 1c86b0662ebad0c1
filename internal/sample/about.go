package sample

import (
	"slices"

	"colophon/internal/archive"
)

// about draws what the story of a number is about, if it is of these fandoms: the
// fandoms, relationships, characters and freeforms, each once.
func (s *Sampler) about(i int, fandoms []int) []tag {
	c := newChance(s.seed, streamAbout, uint64(i))
	d := &drawer{chance: c, world: s.world, writer: s.writer, fandoms: fandoms, list: make([]tag, 0, 24)}
	for _, f := range fandoms {
		d.add(archive.TagFandom, f)
	}
	lively := (c.ExpFloat64() + c.ExpFloat64()) / tagginess // the mean is 1
	d.relationships(c.poisson(relationshipsMean * lively))
	d.characters(c.poisson(charactersMean * lively))
	d.freeforms(c.poisson(freeformsMean * lively))
	return d.list
}

// drawer gathers the tags of one story.
type drawer struct {
	chance
	*world
	*writer
	fandoms []int
	list    []tag
	cast    []int // the characters of the relationships
}

// tries is how often something is drawn again that was there already.
const tries = 3

// add takes in a canonical tag, perhaps as a synonym; false where the story has
// it.
func (d *drawer) add(kind archive.TagKind, n int) bool {
	if slices.ContainsFunc(d.list, func(t tag) bool { return t.kind == kind && t.number == n }) {
		return false
	}
	t := tag{kind: kind, number: n, variant: -1}
	if d.maybe(synonymUse) {
		if k := d.synonyms(kind, n); k > 0 {
			t.variant = d.rank(k)
		}
	}
	d.list = append(d.list, t)
	return true
}

// addUnsorted takes in a tag that is on no list.
func (d *drawer) addUnsorted(kind archive.TagKind, text string) {
	d.list = append(d.list, tag{kind: kind, number: -1, variant: -1, text: text})
}

// fandomOf draws one of the story's fandoms, mostly the first.
func (d *drawer) fandomOf() int {
	if len(d.fandoms) == 1 || d.maybe(0.6) {
		return d.fandoms[0]
	}
	return d.fandoms[d.IntN(len(d.fandoms))]
}

func (d *drawer) relationships(n int) {
	for range n {
		if len(d.fandoms) > 1 && d.maybe(0.15) {
			a, b := d.someone(d.fandoms[0]), d.someone(d.fandoms[1])
			d.addUnsorted(archive.TagRelationship, d.character(a)+"/"+d.character(b))
			d.cast = append(d.cast, a, b)
			continue
		}
		for range tries {
			f := d.fandomOf()
			first, last := d.world.relationships[f], d.world.relationships[f+1]
			if first == last {
				continue
			}
			r := first + d.rank(last-first)
			if d.add(archive.TagRelationship, r) {
				a, b := d.pair(r)
				d.cast = append(d.cast, a, b)
				break
			}
		}
	}
}

// someone draws a character of a fandom.
func (d *drawer) someone(f int) int {
	first, last := d.world.characters[f], d.world.characters[f+1]
	return first + d.rank(last-first)
}

// characters draws as many characters, those of the relationships first.
func (d *drawer) characters(n int) {
	for _, x := range d.cast {
		if n > 0 && d.maybe(0.9) && d.add(archive.TagCharacter, x) {
			n--
		}
	}
	for range n {
		if d.maybe(0.04) {
			d.addUnsorted(archive.TagCharacter, "OC "+d.of(d.world.firsts)+" the "+d.of(d.world.nouns))
			continue
		}
		for range tries {
			if d.add(archive.TagCharacter, d.someone(d.fandomOf())) {
				break
			}
		}
	}
}

func (d *drawer) freeforms(n int) {
	for range n {
		if d.maybe(unsortedUse) {
			d.addUnsorted(archive.TagFreeform, d.ramble(d.chance))
			continue
		}
		for range tries {
			if d.add(archive.TagFreeform, d.world.freeforms.draw(d.chance)) {
				break
			}
		}
	}
}
