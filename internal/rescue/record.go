package rescue

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/prose"
)

// Record is the JSON form of a rescued story, one line of
// "rescue --dry-run --json". Keys are only ever added to it.
type Record struct {
	Source        []string                 `json:"source"`
	Title         *string                  `json:"title"`
	Authors       []string                 `json:"authors"`
	AlsoKnown     []string                 `json:"author_other_names"`
	Fandoms       []string                 `json:"fandoms"`
	Rating        *string                  `json:"rating"`
	RatingNormal  *string                  `json:"rating_normal"`
	Warnings      []string                 `json:"warnings"`
	WarningsNone  bool                     `json:"warnings_none"`
	Relationships []string                 `json:"relationships"`
	Characters    []string                 `json:"characters"`
	Genres        []string                 `json:"genres"`
	Categories    []string                 `json:"categories"`
	Keywords      []string                 `json:"keywords"`
	Summary       *string                  `json:"summary"`
	Disclaimer    *string                  `json:"disclaimer"`
	Notes         *string                  `json:"notes"`
	Thanks        *string                  `json:"thanks"`
	Dedication    *string                  `json:"dedication"`
	Series        *RecordSeries            `json:"series"`
	SequelTo      *string                  `json:"sequel_to"`
	PrequelTo     *string                  `json:"prequel_to"`
	Prerequisites []string                 `json:"prerequisites"`
	Status        *string                  `json:"status"`
	Date          *string                  `json:"date"`
	DateWritten   *string                  `json:"date_written"`
	DateUpdated   *string                  `json:"date_updated"`
	Permission    *string                  `json:"archive_permission"`
	ArchiveName   *string                  `json:"archive_name"`
	ListName      *string                  `json:"list_name"`
	Feedback      RecordFeedback           `json:"feedback"`
	Homepage      *string                  `json:"homepage"`
	Spoilers      *string                  `json:"spoilers"`
	Betas         []string                 `json:"betas"`
	Translators   []string                 `json:"translators"`
	Recipients    []string                 `json:"recipients"`
	Language      *string                  `json:"language"`
	WordsStated   *int                     `json:"words_stated"`
	Words         int                      `json:"words"`
	Chapters      []RecordChapter          `json:"chapters"`
	Other         map[string]string        `json:"other,omitempty"`
	Findings      []RecordFinding          `json:"findings"`
	Evidence      map[string]RecordSupport `json:"evidence"`
	Encodings     []string                 `json:"encodings"`
	Body          *string                  `json:"body,omitempty"`
}

// RecordSeries is a place in a series.
type RecordSeries struct {
	Name string  `json:"name"`
	Part *string `json:"part"`
}

// RecordFeedback says what the page tells about answering its author.
type RecordFeedback struct {
	Address   bool `json:"address"`
	Requested bool `json:"requested"`
}

// RecordChapter names a chapter.
type RecordChapter struct {
	Title *string `json:"title"`
	Words int     `json:"words"`
}

// RecordFinding is a finding; start and end are byte offsets in the source.
type RecordFinding struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Source  string `json:"source"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

// RecordSupport is the evidence for a field: for its first value, and under
// values for the others of a list.
type RecordSupport struct {
	Source     string          `json:"source"`
	Start      int             `json:"start"`
	End        int             `json:"end"`
	Rule       string          `json:"rule"`
	Confidence float64         `json:"confidence"`
	AsWritten  string          `json:"as_written"`
	Values     []RecordSupport `json:"values,omitempty"`
}

// NewRecord makes the JSON form of a story; the text of its chapters is in it
// where body is set.
func NewRecord(s *archive.Story, body bool) *Record {
	h := &s.Header
	r := &Record{
		Source: sourcePaths(s), Title: known(h.Title), Authors: list(h.Authors()), AlsoKnown: list(alsoKnown(h)), Fandoms: list(h.Fandoms),
		Rating: known(h.Rating.Written), RatingNormal: known(h.Rating.Normal), Warnings: list(h.Warnings), WarningsNone: h.WarningsNone,
		Relationships: list(h.Relationships), Characters: list(h.Characters), Genres: list(slices.Concat(h.Genres, h.Categories, h.Keywords)), Categories: list(h.Categories), Keywords: list(h.Keywords),
		Summary: known(h.Summary), Disclaimer: known(h.Disclaimer), Notes: known(h.Notes), Thanks: known(h.Thanks), Dedication: known(h.Dedication),
		SequelTo: known(h.SequelTo), PrequelTo: known(h.PrequelTo), Prerequisites: list(h.Prerequisites), Status: known(string(h.Status)),
		Date: known(h.Date.Normal), DateWritten: known(h.Date.Written), DateUpdated: known(h.Updated.Normal),
		Permission: known(h.Permission), ArchiveName: known(h.ArchiveName), ListName: known(h.ListName),
		Feedback: RecordFeedback(h.Feedback), Homepage: known(h.Homepage), Spoilers: known(h.Spoilers),
		Betas: list(h.Names(archive.Beta)), Translators: list(h.Names(archive.Translator)), Recipients: list(h.Names(archive.Recipient)),
		Language: known(h.Language), Words: s.Words(), Findings: []RecordFinding{}, Evidence: support(s.Evidence), Encodings: encodings(s),
	}
	if h.Series.Name != "" {
		r.Series = &RecordSeries{Name: h.Series.Name, Part: known(h.Series.Part)}
	}
	if h.WordsStated > 0 {
		r.WordsStated = &h.WordsStated
	}
	for _, f := range s.Findings {
		r.Findings = append(r.Findings, RecordFinding(f))
	}
	for _, o := range h.Other {
		if r.Other == nil {
			r.Other = map[string]string{}
		}
		r.Other[o.Label] = o.Value
	}
	r.chapters(s, body)
	return r
}

// chapters adds the chapters, and with body their text as plain text.
func (r *Record) chapters(s *archive.Story, body bool) {
	r.Chapters = []RecordChapter{}
	var parts []string
	for _, c := range s.Chapters {
		r.Chapters = append(r.Chapters, RecordChapter{Title: known(c.Title), Words: c.Words})
		if !body {
			continue
		}
		text, err := prose.ParseHTML(c.Text)
		if err != nil {
			parts = append(parts, c.Text) // canonical text is always readable; if not, as it is
			continue
		}
		parts = append(parts, text.Plain())
	}
	if body {
		all := strings.Join(parts, "\n\n")
		r.Body = &all
	}
}

// Write writes the record as one line.
func (r *Record) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(r)
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// sourcePaths returns the story's own sources in reading order, then further
// copies; index pages that only gave evidence are not among them.
func sourcePaths(s *archive.Story) []string {
	var out []string
	for _, src := range s.Sources {
		if !src.Copy {
			out = append(out, src.Path)
		}
	}
	duplicate := map[string]bool{}
	for _, f := range s.Findings {
		duplicate[f.Source] = duplicate[f.Source] || f.Code == archive.DuplicateText
	}
	for _, src := range s.Sources {
		if src.Copy && duplicate[src.Path] {
			out = append(out, src.Path)
		}
	}
	return out
}

func alsoKnown(h *archive.Header) []string {
	var out []string
	for _, b := range h.Bylines {
		out = append(out, b.Also...)
	}
	return out
}

// support groups the evidence by field.
func support(all []archive.Evidence) map[string]RecordSupport {
	out := map[string]RecordSupport{}
	for _, e := range all {
		one := RecordSupport{Source: e.Source, Start: e.Start, End: e.End, Rule: e.Rule, Confidence: e.Confidence, AsWritten: e.Written}
		first, ok := out[string(e.Field)]
		if !ok {
			out[string(e.Field)] = one
			continue
		}
		if len(first.Values) == 0 {
			head := first
			first.Values = []RecordSupport{head}
		}
		first.Values = append(first.Values, one)
		out[string(e.Field)] = first
	}
	return out
}

func encodings(s *archive.Story) []string {
	names := map[string]bool{}
	for _, src := range s.Sources {
		for _, span := range src.Reading {
			names[span.Encoding] = true
		}
	}
	return list(sortedKeys(names))
}

func sortedKeys(m map[string]bool) []string {
	return slices.SortedFunc(maps.Keys(m), cmp.Compare[string])
}

func dirOf(origin, p string) string { return origin + "\x00" + path.Dir(p) }
