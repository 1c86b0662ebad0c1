package rescue

import (
	"slices"
	"strconv"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/prose"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/vocab"
)

// builder makes a story of one segment of a page.
type builder struct {
	sheet  *sheet
	part   segment
	head   *header.Header
	words  *vocab.Vocabulary
	story  archive.Story
	text   prose.Text // of all chapters
	tally  prose.Tally
	sealed []sealedRange
}

// header turns the facts of the header into the story's, each with its evidence.
func (b *builder) header() {
	h := &b.story.Header
	for _, f := range b.head.Facts {
		b.fact(h, f)
	}
	b.also(h)
	h.WarningsNone = b.head.WarningsNone
	h.Feedback.Requested = b.head.Requested
	b.singles(h)
}

// fact adds a value of a list field; single fields are chosen by singles.
func (b *builder) fact(h *archive.Header, f header.Fact) {
	value := b.masked(f)
	if value == "" {
		return
	}
	list := func(to *[]string) {
		b.evidence(f, len(*to))
		*to = append(*to, value)
	}
	switch f.Field {
	case archive.FieldAuthors:
		b.byline(h, f, value, archive.Author)
	case archive.FieldBetas:
		b.byline(h, f, value, archive.Beta)
	case archive.FieldTranslator:
		b.byline(h, f, value, archive.Translator)
	case archive.FieldArtist:
		b.byline(h, f, value, archive.Artist)
	case archive.FieldRecipient:
		b.byline(h, f, value, archive.Recipient)
	case archive.FieldFandoms:
		list(&h.Fandoms)
	case archive.FieldWarnings:
		list(&h.Warnings)
	case archive.FieldRelationships:
		list(&h.Relationships)
	case archive.FieldCharacters:
		list(&h.Characters)
	case archive.FieldGenres:
		list(&h.Genres)
	case archive.FieldCategories:
		list(&h.Categories)
	case archive.FieldKeywords:
		list(&h.Keywords)
	case archive.FieldPrerequisites:
		list(&h.Prerequisites)
	case archive.FieldOther:
		b.evidence(f, len(h.Other))
		h.Other = append(h.Other, archive.Labelled{Label: f.Label, Value: value})
	case archive.FieldNotes:
		b.join(&h.Notes, f, value)
	case archive.FieldDisclaimer:
		b.join(&h.Disclaimer, f, value)
	case archive.FieldThanks:
		b.join(&h.Thanks, f, value)
	case archive.FieldDedication:
		b.join(&h.Dedication, f, value)
	}
}

// byline adds a person; a name already there is not repeated.
func (b *builder) byline(h *archive.Header, f header.Fact, name string, role archive.Role) {
	for _, x := range h.Bylines {
		if x.Role == role && nameKey(x.Name) == nameKey(name) {
			return
		}
	}
	b.evidence(f, len(h.Names(role)))
	h.Bylines = append(h.Bylines, archive.Byline{Name: name, Role: role})
}

// also adds the further names of the first author, wherever the page gives them.
func (b *builder) also(h *archive.Header) {
	first := slices.IndexFunc(h.Bylines, func(x archive.Byline) bool { return x.Role == archive.Author })
	if first < 0 {
		return
	}
	author := &h.Bylines[first]
	for _, f := range b.head.Facts {
		if name := b.masked(f); f.Field == archive.FieldAlso && name != "" {
			b.evidence(f, len(author.Also))
			author.Also = append(author.Also, name)
		}
	}
}

// join adds a paragraph to a text field.
func (b *builder) join(to *string, f header.Fact, value string) {
	if strings.Contains(*to, value) {
		return
	}
	if *to != "" {
		*to += "\n\n"
		value = *to + value
	}
	*to = value
	b.evidence(f, strings.Count(*to, "\n\n"))
}

// singles chooses the surest fact of each field that has one value.
func (b *builder) singles(h *archive.Header) {
	h.Title = b.best(archive.FieldTitle)
	h.Summary = b.best(archive.FieldSummary)
	h.Spoilers = b.spoilers()
	h.Series.Name = b.best(archive.FieldSeries)
	if h.Series.Name != "" {
		h.Series.Part = b.best(archive.FieldPart)
	}
	h.SequelTo = b.best(archive.FieldSequelTo)
	h.PrequelTo = b.best(archive.FieldPrequelTo)
	h.Permission = b.best(archive.FieldPermission)
	h.Homepage = b.best(archive.FieldHomepage)
	h.ArchiveName = b.best(archive.FieldArchiveName)
	h.ListName = b.best(archive.FieldListName)
	h.Rating = b.stated(archive.FieldRating)
	h.Date = b.stated(archive.FieldDate)
	h.Updated = b.stated(archive.FieldUpdated)
	h.Status = archive.Status(b.stated(archive.FieldStatus).Normal)
	if f, ok := b.head.First(archive.FieldLanguage); ok {
		b.evidence(f, 0)
		h.Language = f.Normal
	}
	if f, ok := b.head.First(archive.FieldWords); ok {
		if n, err := strconv.Atoi(f.Normal); err == nil { // what is no number stays unknown
			b.evidence(f, 0)
			h.WordsStated = n
		}
	}
	for _, field := range []archive.Field{archive.FieldWarningsNone, archive.FieldFeedback} {
		if f, ok := b.head.First(field); ok {
			b.evidence(f, 0)
		}
	}
}

// spoilers joins what two labels (spoilers and timeline) say.
func (b *builder) spoilers() string {
	var parts []string
	for _, f := range b.head.Facts {
		if f.Field == archive.FieldSpoilers && len(parts) < 2 {
			b.evidence(f, len(parts))
			parts = append(parts, b.masked(f))
		}
	}
	return strings.Join(parts, " / ")
}

func (b *builder) best(field archive.Field) string {
	f, ok := b.head.First(field)
	if !ok {
		return ""
	}
	b.evidence(f, 0)
	return b.masked(f)
}

func (b *builder) stated(field archive.Field) archive.Stated {
	f, ok := b.head.First(field)
	if !ok {
		return archive.Stated{}
	}
	b.evidence(f, 0)
	return archive.Stated{Written: b.masked(f), Normal: f.Normal}
}

// evidence notes what stands behind a value.
func (b *builder) evidence(f header.Fact, index int) {
	start, end := b.sheet.text.Range(f.Start, f.End)
	b.story.Evidence = append(b.story.Evidence, archive.Evidence{
		Field: f.Field, Index: index, Source: b.sheet.file.Path, Start: start, End: end,
		Rule: f.Rule, Confidence: f.Confidence, Written: b.masked(f),
	})
}

// find notes a finding about a range of the decoded page.
func (b *builder) find(code, message string, from, to int) {
	start, end := 0, 0
	if to > from {
		start, end = b.sheet.text.Range(from, to)
	}
	b.story.Findings = append(b.story.Findings, archive.Finding{Code: code, Message: message, Source: b.sheet.file.Path, Start: start, End: end})
}

// languageSample is how many bytes of a text suffice to tell its language.
const languageSample = 4000

// beginning is the first blocks of a text, as many as a sample takes.
func beginning(t prose.Text) prose.Text {
	bytes := 0
	for i := range t[:min(len(t), 40)] {
		for _, r := range t[i].Runs {
			bytes += len(r.Text)
		}
		if bytes > languageSample {
			return t[:i+1]
		}
	}
	return t[:min(len(t), 40)]
}

// language settles the language of the text: as stated, as the words tell, or as
// the person who runs the rescue says.
func (b *builder) language(fallback string) {
	h := &b.story.Header
	if h.Language != "" {
		return
	}
	sample := beginning(b.text).Plain()
	if sample == "" {
		sample = h.Summary + "\n" + h.Notes + "\n" + h.Disclaimer
	}
	if len(sample) > languageSample {
		sample = sample[:languageSample]
	}
	if tag, _ := b.sheet.rescuer.tongues.Of(sample); tag != "" {
		h.Language = tag
		return
	}
	h.Language = fallback
}
