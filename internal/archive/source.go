package archive

import (
	"encoding/hex"
	"fmt"

	"colophon/internal/charset"
)

// Digest is the SHA-256 of original bytes, their address in the vault.
type Digest [32]byte

// String returns the digest as 64 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// ParseDigest reads 64 hexadecimal digits.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(d) {
		return d, Errorf(Invalid, "%q is not a SHA-256 digest", s)
	}
	copy(d[:], b)
	return d, nil
}

// Source is the bytes a story came from: one file, kept in the vault.
type Source struct {
	ID      int64  // 0 until stored
	Origin  string // the folder or package it was rescued from; told apart, never shown to readers
	Path    string // relative to Origin, with slashes
	Digest  Digest
	Size    int64
	Kind    SourceKind
	Copy    bool           // a further copy of the same story, kept for its evidence only
	Reading []charset.Span // how its bytes were read as text, enough to read them so again
}

// SourceKind says how a source is to be read.
type SourceKind string

// The kinds of source.
const (
	HTML SourceKind = "html"
	Text SourceKind = "text"
)

// Evidence is what stands behind one rescued value.
type Evidence struct {
	Field      Field
	Index      int     // which value of a list field, from 0
	Source     string  // Path of the source
	Start, End int     // byte range in the original
	Rule       string  // the rule that read it
	Confidence float64 // 0 to 1
	Written    string  // the value as the source has it, decoded, white space folded
}

// Finding is something a person should look at.
type Finding struct {
	Code       string // one of the codes of findings.go
	Message    string // what is the matter, and what to do, in a sentence or two
	Source     string // Path of the source; "" where it concerns the whole story
	Start, End int    // byte range in the original; both 0 where it concerns the whole source
}

// Sealed is an e-mail address of a real person, found in a header or trailer.
// It is kept encrypted, for later claims, and shown nowhere.
type Sealed struct {
	Address    string // in clear only on its way to the store, or when opened for a claim
	Source     string // Path of the source
	Start, End int    // byte range to be masked wherever the source is shown
	Field      Field  // the field it stood in, "" where it stood elsewhere on the page
}

// Field names a header field. The names are those of the JSON form of a
// rescued story, where it has the field.
type Field string

// The fields of a header that evidence can speak for.
const (
	FieldTitle         Field = "title"
	FieldAuthors       Field = "authors"
	FieldAlso          Field = "author_other_names"
	FieldFandoms       Field = "fandoms"
	FieldRating        Field = "rating"
	FieldWarnings      Field = "warnings"
	FieldWarningsNone  Field = "warnings_none"
	FieldRelationships Field = "relationships"
	FieldCharacters    Field = "characters"
	FieldGenres        Field = "genres"
	FieldCategories    Field = "categories"
	FieldKeywords      Field = "keywords"
	FieldSummary       Field = "summary"
	FieldNotes         Field = "notes"
	FieldDisclaimer    Field = "disclaimer"
	FieldSpoilers      Field = "spoilers"
	FieldThanks        Field = "thanks"
	FieldDedication    Field = "dedication"
	FieldSeries        Field = "series"
	FieldPart          Field = "part"
	FieldChapter       Field = "chapter"
	FieldSequelTo      Field = "sequel_to"
	FieldPrequelTo     Field = "prequel_to"
	FieldPrerequisites Field = "prerequisites"
	FieldStatus        Field = "status"
	FieldDate          Field = "date"
	FieldUpdated       Field = "date_updated"
	FieldLanguage      Field = "language"
	FieldWords         Field = "words_stated"
	FieldEmail         Field = "email"
	FieldFeedback      Field = "feedback"
	FieldHomepage      Field = "homepage"
	FieldPermission    Field = "archive_permission"
	FieldBetas         Field = "betas"
	FieldTranslator    Field = "translators"
	FieldArtist        Field = "artists"
	FieldRecipient     Field = "recipients"
	FieldArchiveName   Field = "archive_name"
	FieldListName      Field = "list_name"
	FieldOther         Field = "other"
)

// Check reports what is wrong with a piece of evidence for a source of the
// given size, or nil.
func (e *Evidence) Check(size int) error {
	if e.Start < 0 || e.End < e.Start || e.End > size {
		return fmt.Errorf("evidence for %s: bytes %d to %d of a source of %d", e.Field, e.Start, e.End, size)
	}
	return nil
}
