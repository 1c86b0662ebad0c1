package report

import (
	"slices"
	"strings"

	"colophon/internal/archive"
)

// field is a field of the header with its values in one story.
type field struct {
	Name   archive.Field
	Label  string
	Main   bool // looked for in every story: told of also where it was never filled
	Values []string
}

// fields returns all fields of a header in the order in which they are shown.
func fields(h *archive.Header) []field {
	return []field{
		{archive.FieldTitle, "Title", true, one(h.Title)},
		{archive.FieldAuthors, "Author", true, h.Authors()},
		{archive.FieldAlso, "Also known as", false, also(h)},
		{archive.FieldFandoms, "Fandom", true, h.Fandoms},
		{archive.FieldRating, "Rating", true, one(stated(h.Rating))},
		{archive.FieldWarnings, "Warnings", true, h.Warnings},
		{archive.FieldWarningsNone, "No warnings", false, when(h.WarningsNone, "the author says so")},
		{archive.FieldRelationships, "Relationships", true, h.Relationships},
		{archive.FieldCharacters, "Characters", true, h.Characters},
		{archive.FieldGenres, "Genre", true, h.Genres},
		{archive.FieldCategories, "Category", false, h.Categories},
		{archive.FieldKeywords, "Keywords", false, h.Keywords},
		{archive.FieldSummary, "Summary", true, one(h.Summary)},
		{archive.FieldSeries, "Series", true, one(h.Series.Name)},
		{archive.FieldPart, "Part", false, one(h.Series.Part)},
		{archive.FieldChapter, "Chapter", false, nil},
		{archive.FieldSequelTo, "Sequel to", false, one(h.SequelTo)},
		{archive.FieldPrequelTo, "Prequel to", false, one(h.PrequelTo)},
		{archive.FieldPrerequisites, "Read first", false, h.Prerequisites},
		{archive.FieldStatus, "Status", true, one(string(h.Status))},
		{archive.FieldDate, "Date", true, one(stated(h.Date))},
		{archive.FieldUpdated, "Updated", false, one(stated(h.Updated))},
		{archive.FieldSpoilers, "Spoilers", true, one(h.Spoilers)},
		{archive.FieldNotes, "Notes", true, one(h.Notes)},
		{archive.FieldDisclaimer, "Disclaimer", true, one(h.Disclaimer)},
		{archive.FieldPermission, "Archiving", true, one(h.Permission)},
		{archive.FieldFeedback, "Feedback", true, when(h.Feedback.Requested, "asked for")},
		{archive.FieldEmail, "Address", false, when(h.Feedback.Address, "given, and sealed")},
		{archive.FieldHomepage, "Home page", false, one(h.Homepage)},
		{archive.FieldBetas, "Beta readers", false, h.Names(archive.Beta)},
		{archive.FieldTranslator, "Translator", false, h.Names(archive.Translator)},
		{archive.FieldArtist, "Artist", false, h.Names(archive.Artist)},
		{archive.FieldRecipient, "Written for", false, h.Names(archive.Recipient)},
		{archive.FieldThanks, "Thanks", false, one(h.Thanks)},
		{archive.FieldDedication, "Dedication", false, one(h.Dedication)},
		{archive.FieldLanguage, "Language", false, one(h.Language)},
		{archive.FieldWords, "Words stated", false, when(h.WordsStated > 0, grouped(h.WordsStated))},
		{archive.FieldArchiveName, "Archive", false, one(h.ArchiveName)},
		{archive.FieldListName, "Mailing list", false, one(h.ListName)},
		{archive.FieldOther, "Other lines", false, others(h)},
	}
}

// labelOf is the label of a field; one that the table does not have is told by
// its name.
func labelOf(all []field, name archive.Field) string {
	if i := indexOf(all, name); i < len(all) {
		return all[i].Label
	}
	return sentence(string(name))
}

// indexOf is the place of a field in the order of the table, len(all) where it
// has none.
func indexOf(all []field, name archive.Field) int {
	if i := slices.IndexFunc(all, func(f field) bool { return f.Name == name }); i >= 0 {
		return i
	}
	return len(all)
}

// stated writes a value as "R → mature": as written, then what it comes to.
func stated(v archive.Stated) string {
	switch {
	case v.Normal == "" || strings.EqualFold(v.Written, v.Normal):
		return v.Written
	case v.Written == "":
		return v.Normal
	}
	return v.Written + " → " + v.Normal
}

func one(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

func when(b bool, s string) []string {
	if !b {
		return nil
	}
	return []string{s}
}

func also(h *archive.Header) []string {
	var names []string
	for _, b := range h.Bylines {
		names = append(names, b.Also...)
	}
	return names
}

func others(h *archive.Header) []string {
	var lines []string
	for _, o := range h.Other {
		lines = append(lines, o.Label+": "+o.Value)
	}
	return lines
}
