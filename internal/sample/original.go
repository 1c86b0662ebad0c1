package sample

import (
	"strconv"
	"strings"

	"colophon/internal/archive"
)

// lineOf is the smallest original: the title, and where it was.
func lineOf(st *archive.Story, path string) ([]byte, []archive.Evidence) {
	return []byte(st.Header.Title + "\n" + path + "\n"), []archive.Evidence{proof(archive.FieldTitle, 0, 0, st.Header.Title)}
}

// proof is evidence for a value that stands in the original as it is.
func proof(field archive.Field, index, start int, value string) archive.Evidence {
	return archive.Evidence{
		Field: field, Index: index, Start: start, End: start + len(value), Rule: "label", Confidence: 1, Written: value,
	}
}

// page is an original while it is written.
type page struct {
	bytes    []byte
	evidence []archive.Evidence
}

// pageOf writes a story as a text page: a line for each field of its header, then
// its chapters.
func pageOf(st *archive.Story, path string) ([]byte, []archive.Evidence) {
	h, p := &st.Header, &page{}
	p.field("Title", archive.FieldTitle, h.Title)
	p.field("Author", archive.FieldAuthors, h.Authors()...)
	p.field("Fandom", archive.FieldFandoms, h.Fandoms...)
	p.field("Rating", archive.FieldRating, h.Rating.Written)
	if h.WarningsNone {
		p.field("Warnings", archive.FieldWarningsNone, noWarnings)
	}
	p.field("Warnings", archive.FieldWarnings, h.Warnings...)
	p.field("Category", archive.FieldCategories, h.Categories...)
	p.field("Pairing", archive.FieldRelationships, h.Relationships...)
	p.field("Characters", archive.FieldCharacters, h.Characters...)
	p.field("Genre", archive.FieldGenres, h.Genres...)
	p.field("Keywords", archive.FieldKeywords, h.Keywords...)
	p.field("Series", archive.FieldSeries, h.Series.Name)
	p.field("Part", archive.FieldPart, h.Series.Part)
	p.field("Status", archive.FieldStatus, string(h.Status))
	p.field("Date", archive.FieldDate, h.Date.Written)
	p.field("Updated", archive.FieldUpdated, h.Updated.Written)
	p.field("Language", archive.FieldLanguage, h.Language)
	p.field("Words", archive.FieldWords, strconv.Itoa(h.WordsStated))
	p.field("Summary", archive.FieldSummary, h.Summary)
	p.field("Notes", archive.FieldNotes, h.Notes)
	p.field("Disclaimer", archive.FieldDisclaimer, h.Disclaimer)
	p.bytes = append(append(append(p.bytes, "Path: "...), path...), '\n')
	plain := strings.NewReplacer("<p>", "", "</p>", "\n", sceneBreak, "* * *\n\n")
	for i := range st.Chapters {
		c := &st.Chapters[i]
		p.bytes = append(p.bytes, "\n\n"...)
		if c.Title != "" {
			p.bytes = append(append(p.bytes, c.Title...), "\n\n"...)
		}
		p.bytes = append(p.bytes, plain.Replace(c.Text)...)
	}
	return append(p.bytes, '\n'), p.evidence
}

// field writes the line of a field, nothing where it has no value.
func (p *page) field(label string, field archive.Field, values ...string) {
	if len(values) == 0 || values[0] == "" {
		return
	}
	p.bytes = append(append(p.bytes, label...), ": "...)
	for i, v := range values {
		if i > 0 {
			p.bytes = append(p.bytes, "; "...)
		}
		p.evidence = append(p.evidence, proof(field, i, len(p.bytes), v))
		p.bytes = append(p.bytes, v...)
	}
	p.bytes = append(p.bytes, '\n')
}
