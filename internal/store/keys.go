package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"colophon/internal/archive"
)

// nameKey is what makes two spellings one name: letters and digits, folded,
// without case, spacing and decoration. A name of signs alone is its own key.
func nameKey(name string) string { return keyOf(name, "") }

// tagKey is nameKey, except that a relationship keeps the sign between the
// names (A/B is a pairing, A & B a friendship), and a rating its plus.
func tagKey(kind archive.TagKind, name string) string {
	switch kind {
	case archive.TagRelationship:
		return keyOf(name, "/&")
	case archive.TagRating:
		return keyOf(name, "+")
	}
	return keyOf(name, "")
}

// TagKey is what makes two spellings of a tag one.
func (s *Store) TagKey(kind archive.TagKind, name string) string { return tagKey(kind, name) }

// NameKey is what makes two spellings of a pen name or series one.
func (s *Store) NameKey(name string) string { return nameKey(name) }

func keyOf(name, keep string) string {
	// Folded again at the end: what decoration kept apart may now combine.
	key := fold(strings.Map(func(r rune) rune {
		if isNameRune(r) || strings.ContainsRune(keep, r) {
			return r
		}
		return -1
	}, fold(name)))
	if strings.Trim(key, keep) == "" {
		return strings.TrimSpace(name)
	}
	return key
}

// sortKey is what titles are sorted by: folded, from the first letter or digit
// on, spaces kept, so that "A Day" comes before "Aaron".
func sortKey(title string) string {
	key := strings.Join(strings.Fields(fold(title)), " ")
	if trimmed := strings.TrimLeftFunc(key, func(r rune) bool { return !isNameRune(r) }); trimmed != "" {
		return trimmed
	}
	return key
}

// authorKey is what stories are sorted by author by: "" for an unknown one.
func authorKey(h *archive.Header) string {
	if authors := h.Authors(); len(authors) > 0 {
		return sortKey(authors[0])
	}
	return ""
}

func isNameRune(r rune) bool {
	// A variation selector is a mark that only chooses how a sign is drawn.
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.In(r, unicode.Mn, unicode.Mc) && !unicode.Is(unicode.Variation_Selector, r)
}

// fold makes compatible forms one (full width, ligatures, mathematical
// letters) and takes case away. Most names are ASCII, for which lower case is
// all of that.
func fold(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
		}
	}
	return strings.ToLower(s)
}
