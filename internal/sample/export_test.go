package sample

import "iter"

// Canonical returns all canonical names of an archive but relationships, which are
// made of the names of characters, by kind.
func Canonical(seed uint64) map[string]iter.Seq[string] {
	w := newWorld(seed)
	all := func(n int, name func(int) string) iter.Seq[string] {
		return func(yield func(string) bool) {
			for i := range n {
				if !yield(name(i)) {
					return
				}
			}
		}
	}
	return map[string]iter.Seq[string]{
		"fandom":    all(fandomCount, w.fandom),
		"character": all(w.characters[fandomCount], w.character),
		"freeform":  all(freeformCount, w.freeform),
		"pen name":  all(300_000, w.penName),
	}
}

// Counts returns how many characters and relationships there are.
func Counts(seed uint64) (characters, relationships int) {
	w := newWorld(seed)
	return w.characters[fandomCount], w.relationships[fandomCount]
}
