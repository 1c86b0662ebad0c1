package archive

import "strings"

// InRelationship reads the name of a relationship: who is in it, as written, and
// whether it is romantic. "A/B" is, "A & B" is not; where both signs stand, "/"
// decides, as in "A/B & C". A name with neither sign has itself as its one
// member.
func InRelationship(relationship string) (names []string, romantic bool) {
	romantic = strings.ContainsAny(relationship, "/\\／")
	for part := range strings.FieldsFuncSeq(relationship, func(r rune) bool { return strings.ContainsRune("/\\&＆／", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			names = append(names, part)
		}
	}
	return names, romantic
}
