package sample

import (
	"math"
	"strings"

	"colophon/internal/archive"
)

// tag is a tag of one story.
type tag struct {
	kind    archive.TagKind
	number  int    // of the canonical name, -1 for a tag that is none
	variant int    // which synonym it is written as, -1 for the canonical form
	text    string // of a tag that is no canonical one
}

// name returns a tag as its story has it.
func (w *world) name(t tag) string {
	switch {
	case t.number < 0:
		return t.text
	case t.variant < 0:
		return w.canonical(t.kind, t.number)
	}
	return w.synonym(t.kind, t.number, t.variant)
}

// canonical returns the canonical name of a number.
func (w *world) canonical(kind archive.TagKind, n int) string {
	switch kind {
	case archive.TagFandom:
		return w.fandom(n)
	case archive.TagCharacter:
		return w.character(n)
	case archive.TagRelationship:
		return w.relationship(n)
	}
	return w.freeform(n)
}

// synonyms is how many synonyms a canonical tag has.
func (w *world) synonyms(kind archive.TagKind, n int) int {
	part, stream := 0.0, hashFreeform // how far down the list the tag is, from 0 to 1
	switch kind {
	case archive.TagFandom:
		part, stream = float64(n)/fandomCount/fandomSynonyms, hashFandom
	case archive.TagCharacter:
		part, stream = within(w.characters, n)/characterSynonyms, hashCharacter
	case archive.TagRelationship:
		part, stream = within(w.relationships, n)/relationshipSynonyms, hashRelationship
	default:
		part = float64(n) / freeformCount / freeformSynonyms
	}
	if part >= 1 {
		return 0
	}
	if n == 0 && kind == archive.TagFreeform {
		return maxSynonyms
	}
	u := float64(w.hash(stream+100, n)>>11+1) / (1 << 53)
	return min(maxSynonyms, int(math.Pow(u, -1/synonymSlope)))
}

// within is how far down the portion of its fandom a number is, from 0 to 1.
func within(starts []int, n int) float64 {
	f := portionOf(starts, n)
	return float64(n-starts[f]) / float64(starts[f+1]-starts[f])
}

// synonym returns a synonym of a canonical tag by its number: first the ones of
// its kind, then words around the name.
func (w *world) synonym(kind archive.TagKind, n, variant int) string {
	name := w.canonical(kind, n)
	own := w.ownSynonyms(kind, n, name)
	if variant < len(own) {
		return own[variant]
	}
	variant -= len(own)
	p, s := len(w.prefixes), len(w.suffixes)
	return w.prefixes[variant%p] + " " + strings.ToLower(name) + " " + w.suffixes[(variant+variant/p)%s]
}

func (w *world) ownSynonyms(kind archive.TagKind, n int, name string) []string {
	wrong := misspelled(name, w.hash(hashLong, n))
	switch kind {
	case archive.TagFandom:
		if bare, ok := strings.CutPrefix(name, "The "); ok {
			return []string{bare, wrong, name + " (Series)", name + " - All Seasons"}
		}
		return []string{"The " + name, wrong, name + " (Series)", name + " - All Seasons"}
	case archive.TagCharacter:
		first, last := w.names(n)
		f := w.fandom(portionOf(w.characters, n))
		return []string{last + ", " + first, name + " (" + f + ")", wrong, "Captain " + name, "Young " + name}
	case archive.TagRelationship:
		a, b := w.pair(n)
		sign := w.sign(n)
		first, second := w.character(a), w.character(b)
		return []string{second + sign + first, first + " x " + second, wrong, name + " - Relationship"}
	}
	return []string{name + " - Freeform", wrong, name + " AU"}
}

// misspelled doubles a letter of a name.
func misspelled(name string, hash uint64) string {
	runes := []rune(name)
	at := 1 + int(hash%uint64(max(1, len(runes)-1)))
	for i := range runes {
		k := (at + i) % len(runes)
		if r := runes[k]; 'a' <= r && r <= 'z' && (k == 0 || runes[k-1] != r) && (k+1 == len(runes) || runes[k+1] != r) {
			return string(runes[:k+1]) + string(runes[k:])
		}
	}
	return name + "e"
}
