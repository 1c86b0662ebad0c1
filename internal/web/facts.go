package web

import (
	"strconv"
	"strings"

	"colophon/internal/archive"
)

// fact is a field of a header as the pages show it.
type fact struct {
	Field  archive.Field
	Label  string
	Values []string
	Place  place
	List   string // where the values have pages of their own; "" where they have none
}

// place is where on a story's page a fact stands.
type place int

const (
	lead   place = iota // beside the title, in words of its own
	block               // in the header block
	more                // among the further notes
	within              // as part of another fact
)

// facts returns all fields of a header in the order in which they are shown,
// those that are not known with no values.
func facts(h *archive.Header) []fact {
	return []fact{
		{archive.FieldTitle, "Title", one(h.Title), lead, ""},
		{archive.FieldAuthors, "Author", h.Authors(), lead, "/authors"},
		{archive.FieldAlso, "Also known as", also(h), block, ""},
		{archive.FieldTranslator, "Translator", h.Names(archive.Translator), block, ""},
		{archive.FieldArtist, "Artist", h.Names(archive.Artist), block, ""},
		{archive.FieldRecipient, "Written for", h.Names(archive.Recipient), block, ""},
		{archive.FieldFandoms, "Fandom", h.Fandoms, block, "/fandoms"},
		{archive.FieldRating, "Rating", one(stated(h.Rating)), block, ""},
		{archive.FieldWarnings, "Warnings", h.Warnings, block, ""},
		{archive.FieldWarningsNone, "Warnings", ifTrue(h.WarningsNone, "None, the author says"), block, ""},
		{archive.FieldRelationships, "Relationships", h.Relationships, block, ""},
		{archive.FieldCharacters, "Characters", h.Characters, block, ""},
		{archive.FieldGenres, "Genre", h.Genres, block, ""},
		{archive.FieldCategories, "Category", h.Categories, block, ""},
		{archive.FieldKeywords, "Keywords", h.Keywords, block, ""},
		{archive.FieldSpoilers, "Spoilers", one(h.Spoilers), block, ""},
		{archive.FieldSeries, "Series", one(h.Series.Name), block, ""},
		{archive.FieldPart, "Part", one(h.Series.Part), within, ""},
		{archive.FieldSequelTo, "Sequel to", one(h.SequelTo), block, ""},
		{archive.FieldPrequelTo, "Prequel to", one(h.PrequelTo), block, ""},
		{archive.FieldPrerequisites, "Read first", h.Prerequisites, block, ""},
		{archive.FieldStatus, "Status", one(statusWords(h.Status)), block, ""},
		{archive.FieldDate, "Date", one(dated(h.Date)), block, ""},
		{archive.FieldUpdated, "Updated", one(dated(h.Updated)), block, ""},
		{archive.FieldLanguage, "Language", named(h.Language), block, ""},
		{archive.FieldSummary, "Summary", one(h.Summary), lead, ""},
		{archive.FieldDedication, "Dedication", one(h.Dedication), more, ""},
		{archive.FieldNotes, "Notes", one(h.Notes), more, ""},
		{archive.FieldDisclaimer, "Disclaimer", one(h.Disclaimer), more, ""},
		{archive.FieldBetas, "Beta readers", h.Names(archive.Beta), more, ""},
		{archive.FieldThanks, "Thanks", one(h.Thanks), more, ""},
		{archive.FieldPermission, "Archiving", one(h.Permission), more, ""},
		{archive.FieldFeedback, "Feedback", ifTrue(h.Feedback.Requested, "The author asked for it"), more, ""},
		{archive.FieldEmail, "Address", ifTrue(h.Feedback.Address, "Given, and sealed"), more, ""},
		{archive.FieldHomepage, "Home page", one(h.Homepage), more, ""},
		{archive.FieldArchiveName, "Archive", one(h.ArchiveName), more, ""},
		{archive.FieldListName, "Mailing list", one(h.ListName), more, ""},
		{archive.FieldWords, "Words stated", ifTrue(h.WordsStated > 0, grouped(int64(h.WordsStated))), more, ""},
		{archive.FieldOther, "Other", nil, more, ""},
	}
}

// factsAt returns the known facts that stand in a place.
func factsAt(h *archive.Header, p place) []fact {
	var fs []fact
	for _, f := range facts(h) {
		if f.Place == p && len(f.Values) > 0 {
			fs = append(fs, f)
		}
	}
	if p == more {
		fs = append(fs, others(h)...)
	}
	return fs
}

// others returns the lines whose labels belong to no field, each under its own.
func others(h *archive.Header) []fact {
	var fs []fact
	for _, o := range h.Other {
		fs = append(fs, fact{Field: archive.FieldOther, Label: o.Label, Values: one(o.Value), Place: more})
	}
	return fs
}

// labelled returns what a piece of evidence speaks for: the field's label and
// the value that the header has. A value that the header does not have, such as
// a chapter's title, is the one as written.
func labelled(h *archive.Header, e archive.Evidence) (label, value string) {
	if e.Field == archive.FieldOther && e.Index < len(h.Other) {
		o := h.Other[e.Index]
		return o.Label, o.Value
	}
	for _, f := range facts(h) {
		if f.Field != e.Field {
			continue
		}
		if e.Index < len(f.Values) {
			return f.Label, f.Values[e.Index]
		}
		return f.Label, ""
	}
	return sentenceCase(string(e.Field)), ""
}

// sentenceCase makes words of a field's name.
func sentenceCase(s string) string {
	s = strings.ReplaceAll(s, "_", " ")
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func one(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

func ifTrue(b bool, s string) []string {
	if !b {
		return nil
	}
	return []string{s}
}

func named(tag string) []string {
	if tag == "" {
		return nil
	}
	return []string{languageName(tag)}
}

func also(h *archive.Header) []string {
	var names []string
	for _, b := range h.Bylines {
		names = append(names, b.Also...)
	}
	return names
}

// partWords writes a part as "part 2"; one that is a word of its own, such as
// "Prologue", stands alone.
func partWords(part string) string {
	if _, err := strconv.Atoi(part); err == nil || strings.Trim(part, "IVXLC") == "" {
		return "part " + part
	}
	return part
}
