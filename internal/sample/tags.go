package sample

import (
	"iter"
	"maps"
	"slices"

	"colophon/internal/archive"
)

// Tag is what an archivist has made of a tag: a canonical name with the names it
// is part of, or a synonym with the name it stands for. The parents of characters
// and relationships are fandoms, those of other tags are of the same kind.
type Tag struct {
	Kind    archive.TagKind // fandom, character, relationship or freeform
	Name    string
	State   archive.TagState // canonical or synonym
	Of      string           // the canonical name that a synonym stands for, of the same kind; else ""
	Parents []string         // none for synonyms
}

// Tags returns the tags that the first n stories have and that are placed, with
// the ones they stand for or are part of: fandoms first, then characters,
// relationships and freeforms. What a tag refers to comes before it. Tags of
// stories that it does not return are unsorted.
//
// It draws the headers of all stories anew, and holds a few bytes for each name.
func (s *Sampler) Tags() iter.Seq[Tag] {
	return func(yield func(Tag) bool) {
		used := s.used()
		for _, kind := range []archive.TagKind{archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform} {
			if !used[kind].each(s.world, kind, yield) {
				return
			}
		}
	}
}

// usage is the canonical tags of one kind that stories have, and their synonyms.
type usage struct {
	canonical []bool
	synonyms  map[int][]int // the variants of a number that stories have
}

// used finds the tags that stories have.
func (s *Sampler) used() map[archive.TagKind]*usage {
	all := map[archive.TagKind]*usage{}
	for kind, n := range map[archive.TagKind]int{
		archive.TagFandom: fandomCount, archive.TagCharacter: characterCount,
		archive.TagRelationship: relationshipCount, archive.TagFreeform: freeformCount,
	} {
		all[kind] = &usage{make([]bool, n), map[int][]int{}}
	}
	for i := range s.n {
		c := newChance(s.seed, streamStory, uint64(i))
		p := s.plot(c, i)
		for _, t := range s.about(i, p.fandoms) {
			if t.number < 0 {
				continue
			}
			u := all[t.kind]
			u.canonical[t.number] = true
			if t.variant >= 0 {
				if have := u.synonyms[t.number]; !slices.Contains(have, t.variant) {
					u.synonyms[t.number] = append(have, t.variant)
				}
			}
		}
	}
	for kind, u := range all {
		for n, has := range u.canonical {
			if f, parent := s.world.parent(kind, n); has && parent >= 0 {
				all[f].canonical[parent] = true
			}
		}
	}
	// A character's fandom may itself be part of another.
	fandoms := all[archive.TagFandom].canonical
	for f, has := range fandoms {
		if p := s.world.franchise(f); has && p >= 0 {
			fandoms[p] = true
		}
	}
	return all
}

// parent returns the kind and number of the tag that a canonical tag is part of,
// -1 for none.
func (w *world) parent(kind archive.TagKind, n int) (archive.TagKind, int) {
	switch kind {
	case archive.TagFandom:
		return kind, w.franchise(n)
	case archive.TagCharacter:
		return archive.TagFandom, portionOf(w.characters, n)
	case archive.TagRelationship:
		return archive.TagFandom, portionOf(w.relationships, n)
	}
	_, parent := w.freeformOf(n)
	return kind, parent
}

func (u *usage) each(w *world, kind archive.TagKind, yield func(Tag) bool) bool {
	for n, has := range u.canonical {
		if !has {
			continue
		}
		t := Tag{Kind: kind, Name: w.canonical(kind, n), State: archive.TagCanonical}
		if above, parent := w.parent(kind, n); parent >= 0 {
			t.Parents = []string{w.canonical(above, parent)}
		}
		if !yield(t) {
			return false
		}
	}
	for _, n := range slices.Sorted(maps.Keys(u.synonyms)) {
		of := w.canonical(kind, n)
		for _, v := range slices.Sorted(slices.Values(u.synonyms[n])) {
			if !yield(Tag{Kind: kind, Name: w.synonym(kind, n, v), State: archive.TagSynonym, Of: of}) {
				return false
			}
		}
	}
	return true
}
