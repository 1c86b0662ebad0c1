package describe

import (
	"encoding/json"
	"time"

	"colophon/internal/archive"
)

// The names of our own properties that are no header fields.
const (
	ownBylines  = "bylines"  // the property of each person, in the header's order
	ownChapters = "chapters" // how many there are, where not all are listed
	ownAdded    = "added"
	ownChanged  = "changed"
	ownCopy     = "copy" // of a source: a further copy of the same story
)

// slot is a field of a header that schema.org has no exact word for. One table
// serves writing and reading, so that they cannot differ.
type slot struct {
	field archive.Field
	to    any // *string, *[]string, *bool or *int
}

// slots returns the fields of h in the order in which they are written.
func slots(h *archive.Header) []slot {
	return []slot{
		{archive.FieldRating, &h.Rating.Normal},
		{archive.FieldWarnings, &h.Warnings},
		{archive.FieldWarningsNone, &h.WarningsNone},
		{archive.FieldRelationships, &h.Relationships},
		{archive.FieldCategories, &h.Categories},
		{archive.FieldDate, &h.Date.Written},
		{archive.FieldUpdated, &h.Updated.Written},
		{archive.FieldSequelTo, &h.SequelTo},
		{archive.FieldPrequelTo, &h.PrequelTo},
		{archive.FieldPrerequisites, &h.Prerequisites},
		{archive.FieldSpoilers, &h.Spoilers},
		{archive.FieldNotes, &h.Notes},
		{archive.FieldDisclaimer, &h.Disclaimer},
		{archive.FieldThanks, &h.Thanks},
		{archive.FieldDedication, &h.Dedication},
		{archive.FieldPermission, &h.Permission},
		{archive.FieldFeedback, &h.Feedback.Requested},
		{archive.FieldEmail, &h.Feedback.Address},
		{archive.FieldHomepage, &h.Homepage},
		{archive.FieldArchiveName, &h.ArchiveName},
		{archive.FieldListName, &h.ListName},
		{archive.FieldWords, &h.WordsStated},
	}
}

// value is what a slot holds, nil where the field is not known.
func (s slot) value() any {
	switch v := s.to.(type) {
	case *string:
		return known(*v)
	case *bool:
		return known(*v)
	case *int:
		return known(*v)
	case *[]string:
		if len(*v) > 0 {
			return *v
		}
	}
	return nil
}

// known is v, or nil for the zero value, which says nothing.
func known[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// own returns what schema.org has no word for, under our own names.
func own(s *archive.Story, order []string) many[property] {
	var all many[property]
	put := func(id string, value any) {
		if value != nil {
			all = append(all, property{Type: typeProperty, ID: id, Value: value})
		}
	}
	h := s.Header
	for _, f := range slots(&h) {
		put(string(f.field), f.value())
	}
	for _, o := range h.Other {
		all = append(all, property{Type: typeProperty, ID: string(archive.FieldOther), Name: o.Label, Value: o.Value})
	}
	if order != nil {
		put(ownBylines, order)
	}
	if len(s.Chapters) > maxParts {
		put(ownChapters, len(s.Chapters))
	}
	put(ownAdded, known(moment(s.Added)))
	put(ownChanged, known(moment(s.Changed)))
	return all
}

// extras are our own properties beside the header.
type extras struct {
	order          []string
	chapters       int
	added, changed string
}

// readOwn reads our own properties into h. Names that are not ours, or not yet,
// are left.
func readOwn(all many[property], h *archive.Header) (*extras, error) {
	x := &extras{}
	to := map[string]any{ownBylines: &x.order, ownChapters: &x.chapters, ownAdded: &x.added, ownChanged: &x.changed}
	for _, s := range slots(h) {
		to[string(s.field)] = s.to
	}
	for _, p := range all {
		if p.ID == string(archive.FieldOther) {
			text, ok := p.Value.(string)
			if !ok {
				return nil, unfit(p.ID, nil)
			}
			h.Other = append(h.Other, archive.Labelled{Label: p.Name, Value: text})
			continue
		}
		if target := to[p.ID]; target != nil {
			if err := fill(target, p); err != nil {
				return nil, err
			}
		}
	}
	return x, nil
}

// fill sets what a property stands for to its value, by way of the text of the
// value, which keeps every whole number exact.
func fill(target any, p property) error {
	raw, err := json.Marshal(p.Value)
	if err == nil {
		if list, ok := target.(*[]string); ok {
			target = (*many[string])(list)
		}
		err = json.Unmarshal(raw, target)
	}
	if err != nil {
		return unfit(p.ID, err)
	}
	return nil
}

func unfit(name string, err error) error {
	return archive.Wrap(archive.Invalid, "The description has a value that does not fit "+name+".", err)
}

// instant reads a time that moment wrote.
func instant(name, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, unfit(name, err)
	}
	return t.UTC(), nil
}
