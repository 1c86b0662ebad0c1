package web

import (
	"slices"
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
	Link   string // the page of the one value; "" where it has none
}

// place is where on a story's page a fact stands.
type place int

const (
	lead    place = iota // beside the title, in words of its own
	block                // in the header block
	noted                // before the text
	folds                // before the text, folded
	origins              // after the text, with where the story came from
	inside               // as part of another fact
)

// Facts returns all fields of a header in the order in which they are shown,
// those that are not known with no values.
func (v visit) Facts(h *archive.Header) []fact {
	all := []fact{
		{Field: archive.FieldTitle, Values: one(h.Title), Place: lead},
		{Field: archive.FieldAuthors, Values: h.Authors(), Place: lead, List: "/authors"},
		{Field: archive.FieldSummary, Values: one(h.Summary), Place: lead},
		{Field: archive.FieldAlso, Values: also(h), Place: block},
		{Field: archive.FieldTranslator, Values: h.Names(archive.Translator), Place: block},
		{Field: archive.FieldArtist, Values: h.Names(archive.Artist), Place: block},
		{Field: archive.FieldRecipient, Values: h.Names(archive.Recipient), Place: block},
		{Field: archive.FieldFandoms, Values: h.Fandoms, Place: lead, List: "/fandoms"},
		{Field: archive.FieldRating, Values: one(v.Stated(h.Rating)), Place: block},
		{Field: archive.FieldWarnings, Values: h.Warnings, Place: block, List: "/warnings"},
		{Field: archive.FieldWarningsNone, Values: v.ifTrue(h.WarningsNone, "header.warnings-none"), Place: block},
		{Field: archive.FieldRelationships, Values: h.Relationships, Place: block, List: "/relationships"},
		{Field: archive.FieldCharacters, Values: h.Characters, Place: block, List: "/characters"},
		{Field: archive.FieldGenres, Values: h.Genres, Place: block, List: "/tags"},
		{Field: archive.FieldCategories, Values: h.Categories, Place: block, List: "/categories"},
		{Field: archive.FieldKeywords, Values: h.Keywords, Place: block, List: "/tags"},
		{Field: archive.FieldSeries, Values: one(v.Placed(h.Series)), Place: block},
		{Field: archive.FieldPart, Values: one(h.Series.Part), Place: inside},
		{Field: archive.FieldSequelTo, Values: one(h.SequelTo), Place: block},
		{Field: archive.FieldPrequelTo, Values: one(h.PrequelTo), Place: block},
		{Field: archive.FieldPrerequisites, Values: h.Prerequisites, Place: block},
		{Field: archive.FieldStatus, Values: one(v.Status(h.Status)), Place: block},
		{Field: archive.FieldDate, Values: one(v.Dated(h.Date)), Place: block},
		{Field: archive.FieldUpdated, Values: one(v.Dated(h.Updated)), Place: block},
		{Field: archive.FieldLanguage, Values: v.named(h.Language), Place: block},
		{Field: archive.FieldDedication, Values: one(h.Dedication), Place: noted},
		{Field: archive.FieldNotes, Values: one(h.Notes), Place: noted},
		{Field: archive.FieldDisclaimer, Values: one(h.Disclaimer), Place: folds},
		{Field: archive.FieldSpoilers, Values: one(h.Spoilers), Place: folds},
		{Field: archive.FieldThanks, Values: one(h.Thanks), Place: folds},
		{Field: archive.FieldBetas, Values: h.Names(archive.Beta), Place: folds},
		{Field: archive.FieldPermission, Values: one(h.Permission), Place: origins},
		{Field: archive.FieldFeedback, Values: v.ifTrue(h.Feedback.Requested, "header.feedback"), Place: inside},
		{Field: archive.FieldEmail, Values: v.ifTrue(h.Feedback.Address, "header.email"), Place: inside},
		{Field: archive.FieldHomepage, Values: one(h.Homepage), Place: origins},
		{Field: archive.FieldArchiveName, Values: one(h.ArchiveName), Place: origins},
		{Field: archive.FieldListName, Values: one(h.ListName), Place: origins},
		{Field: archive.FieldWords, Values: v.stated(h.WordsStated), Place: origins},
		{Field: archive.FieldOther, Place: folds},
	}
	for i := range all {
		all[i].Label = v.Say("field." + string(all[i].Field))
	}
	return all
}

// factsAt returns the known facts of a header that stand in a place.
func (v visit) factsAt(h *archive.Header, p place) []fact {
	var fs []fact
	for _, f := range v.Facts(h) {
		if f.Place == p && len(f.Values) > 0 {
			fs = append(fs, f)
		}
	}
	if p == folds {
		fs = append(fs, others(h)...)
	}
	return fs
}

// others returns the lines whose labels belong to no field, each under its own.
func others(h *archive.Header) []fact {
	var fs []fact
	for _, o := range h.Other {
		fs = append(fs, fact{Field: archive.FieldOther, Label: o.Label, Values: one(o.Value), Place: folds})
	}
	return fs
}

// labelled returns what a piece of evidence speaks for: the field's label and
// the value that the header has. A value that the header does not have, such as
// a chapter's title, is the one as written.
func (v visit) labelled(h *archive.Header, e archive.Evidence) (label, value string) {
	if e.Field == archive.FieldOther && e.Index < len(h.Other) {
		o := h.Other[e.Index]
		return o.Label, o.Value
	}
	all := v.Facts(h)
	i := slices.IndexFunc(all, func(f fact) bool { return f.Field == e.Field })
	if i < 0 {
		return v.Say("field." + string(e.Field)), ""
	}
	if e.Index < len(all[i].Values) {
		value = all[i].Values[e.Index]
	}
	return all[i].Label, value
}

// EntryFacts are the short facts of a story in a listing.
func (v visit) EntryFacts(e archive.Entry) []string {
	var fs []string
	add := func(s string) {
		if s != "" {
			fs = append(fs, s)
		}
	}
	if r := v.Stated(e.Rating); r != "" {
		add(v.Say("entry.rated", "Rating", r))
	}
	for _, w := range e.Warnings {
		add(w)
	}
	if e.Series.Name != "" {
		add(v.Say("entry.series", "Series", v.Placed(e.Series)))
	}
	if e.Chapters > 1 {
		add(v.Count("count.chapters", int64(e.Chapters)))
	}
	if e.Words > 0 {
		add(v.Count("count.words", e.Words))
	}
	add(v.ReadingTime("time", e.Words))
	add(v.Status(e.Status))
	add(v.Dated(e.Date))
	if e.Language != "" && langAttr(e.Language) != v.Code() {
		add(v.Language(e.Language))
	}
	return fs
}

// Block is the header block of a story: what its header says, and how long the
// text is.
func (v reading) Block() []fact {
	fs := v.FactsAt(block)
	if id := v.Story.Header.Series.ID; id != 0 {
		for i := range fs {
			if fs[i].Field == archive.FieldSeries {
				fs[i].Link = namePath("/series", id, v.Story.Header.Series.Name)
			}
		}
	}
	words := int64(v.Story.Words())
	if words == 0 {
		return fs
	}
	length := v.Count("count.words", words)
	if n := len(v.Story.Chapters); n > 1 {
		length += v.Say("list.next") + v.Count("count.chapters", int64(n))
	}
	return append(fs,
		fact{Label: v.Say("header.length"), Values: one(length)},
		fact{Label: v.Say("header.time"), Values: one(v.ReadingTime("span", words))})
}

// FactsAt returns the known facts of the story that stand in a place.
func (v reading) FactsAt(p place) []fact { return v.factsAt(&v.Story.Header, p) }

// ReadFirst are the notes of a series' entry on what is to be read before it.
func (v visit) ReadFirst(e archive.SeriesEntry) []fact {
	var fs []fact
	for _, f := range []fact{
		{Field: archive.FieldPrerequisites, Values: one(v.Joined(e.Prerequisites))},
		{Field: archive.FieldSequelTo, Values: one(e.SequelTo)},
		{Field: archive.FieldPrequelTo, Values: one(e.PrequelTo)},
	} {
		if len(f.Values) > 0 {
			f.Label = v.Say("field." + string(f.Field))
			f.Values = one(plain(f.Values[0]))
			fs = append(fs, f)
		}
	}
	return fs
}

func one(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

func (v visit) ifTrue(b bool, id string) []string {
	if !b {
		return nil
	}
	return []string{v.Say(id)}
}

func (v visit) stated(words int) []string {
	if words <= 0 {
		return nil
	}
	return []string{v.Number(int64(words))}
}

func (v visit) named(tag string) []string {
	if tag == "" {
		return nil
	}
	return []string{v.Language(tag)}
}

func also(h *archive.Header) []string {
	var names []string
	for _, b := range h.Bylines {
		names = append(names, b.Also...)
	}
	return names
}

// Part writes a part as "part 2"; one that is a word of its own, such as
// "Prologue", stands alone.
func (v visit) Part(part string) string {
	if !isNumber(part) {
		return part
	}
	return v.Say("series.part", "Part", part)
}

// isNumber reports Arabic and Roman numbers.
func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil || s != "" && strings.Trim(s, "IVXLC") == ""
}
