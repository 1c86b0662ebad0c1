package sample

import (
	"strconv"

	"colophon/internal/archive"
)

// seriesBlock is how many stories that follow each other are looked at together
// when series are made: a series lies in one block, among other stories.
const seriesBlock = 256

// series returns which series a story belongs to and which part it is, from 1;
// part 0 where it is in none.
func (s *Sampler) series(i int) (id uint64, part int) {
	block, at := i/seriesBlock, i%seriesBlock
	c := newChance(s.seed, streamSeriesPlan, uint64(block))
	left := 0
	for k := 0; k <= at; k++ {
		if !c.maybe(seriesShare) {
			if k == at {
				return 0, 0
			}
			continue
		}
		if left == 0 {
			id, part = id+1, 0
			left = 1 + c.geometric(seriesMean-1)
		}
		left--
		part++
	}
	return uint64(block)<<8 | id, part
}

// place names a series and the part of it.
func (s *Sampler) place(common chance, part int) archive.Place {
	w := s.world
	name := "The " + common.of(w.places) + " " + common.of(w.nouns) + "s"
	if common.maybe(0.3) {
		name = common.of(w.adjectives) + " " + common.of(w.nouns) + " Verse"
	}
	return archive.Place{Name: name, Part: strconv.Itoa(part)}
}
