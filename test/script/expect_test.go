package script_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// expect compares the stories of a rescue with what a person read off the same
// pages: expect FILE.tsv OUT.jsonl SUMMARY. Each row of the first is a file, a
// field and a value; examples/lantern.md describes the form. Findings about
// pages that are no story stand in SUMMARY, which is what the rescue wrote on
// standard error. All rows that do not fit are named.
func expect(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 3, "expect FILE.tsv OUT.jsonl SUMMARY")
	got := outcome{stories: map[string]*told{}, summary: ts.ReadFile(args[2])}
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		s := new(told)
		ts.Check(json.Unmarshal([]byte(line), s))
		for _, file := range s.Source {
			got.stories[file] = s
		}
	}
	rows, wrong := 0, []string(nil)
	expected := map[string][]string{} // findings by file
	for scan := bufio.NewScanner(strings.NewReader(ts.ReadFile(args[0]))); scan.Scan(); rows++ {
		file, rest, _ := strings.Cut(scan.Text(), "\t")
		field, value, ok := strings.Cut(rest, "\t")
		if !ok || file == "file" {
			continue
		}
		if _, ok := expected[file]; !ok {
			expected[file] = nil
		}
		if field == "finding" {
			expected[file] = append(expected[file], value)
		}
		if err := got.row(file, field, value); err != nil {
			wrong = append(wrong, fmt.Sprintf("%s\t%s\t%s\t(%v)", file, field, value, err))
		}
	}
	wrong = append(wrong, got.unexpected(expected)...)
	if len(wrong) > 0 {
		ts.Fatalf("%d of %d rows do not fit:\n%s", len(wrong), rows, strings.Join(wrong, "\n"))
	}
}

// told is a story as the JSON form tells it.
type told struct {
	Source   []string
	Title    string
	Authors  []string
	Fandoms  []string
	Rating   string
	Summary  string
	Series   *struct{ Name, Part string }
	Status   string
	Date     string
	Language string
	Findings []struct{ Code, Source string }

	Encodings []string
}

// outcome is what a rescue of a folder gave.
type outcome struct {
	stories map[string]*told // by source
	summary string
}

// row checks one row.
func (o *outcome) row(file, field, value string) error {
	if field == "finding" {
		return o.finding(file, value)
	}
	s := o.stories[file]
	if s == nil {
		if o.finding(file, "index-page") == nil {
			return nil // the JSON form has lines for stories only
		}
		return fmt.Errorf("no story has this source")
	}
	if field == "encoding" {
		return s.encoding(value)
	}
	if field == "date" && s.Date != "" && slices.Index(s.Source, file) > 0 {
		return nil // a later part's own; the story's is that of its first
	}
	got := s.value(file, field)
	if field == "same-story" {
		if slices.Contains(s.Source, value) {
			return nil
		}
		got = strings.Join(s.Source, " ")
	}
	if field == "summary" {
		got = strings.TrimSpace(beginning(strings.Join(strings.Fields(got), " "), 40))
		value = strings.TrimSpace(value)
	}
	if got != value && (file == s.Source[0] || straight(got) != straight(value)) {
		return fmt.Errorf("got %q", got)
	}
	return nil
}

// value returns a field as the table writes it.
func (s *told) value(file, field string) string {
	switch field {
	case "title":
		return s.Title
	case "authors":
		return strings.Join(s.Authors, "|")
	case "fandoms":
		return strings.Join(s.Fandoms, "|")
	case "rating":
		return s.Rating
	case "summary":
		return s.Summary
	case "status":
		return s.Status
	case "date":
		return s.Date
	case "language":
		return s.Language
	case "series":
		if s.Series != nil {
			return s.Series.Name
		}
	case "part":
		if s.Series != nil {
			return s.Series.Part
		}
		return fmt.Sprint(slices.Index(s.Source, file) + 1)
	}
	return ""
}

// encoding checks that the story was read in the encodings named. A story of
// several pages has those of all of them.
func (s *told) encoding(names string) error {
	for name := range strings.SplitSeq(names, "|") {
		fits := func(have string) bool {
			return have == name || alike(have) && alike(name) || name == "us-ascii" || have == "us-ascii" && len(s.Source) == 1 && alike(name)
		}
		if !slices.ContainsFunc(s.Encodings, fits) {
			return fmt.Errorf("got %v", s.Encodings)
		}
	}
	return nil
}

// alike reports whether an encoding reads most Western pages as windows-1252 does.
func alike(name string) bool { return name == "windows-1252" || name == "iso-8859-1" }

// finding checks that a file raised a finding.
func (o *outcome) finding(file, code string) error {
	if s := o.stories[file]; s != nil {
		for _, f := range s.Findings {
			if f.Code == code && cmp.Or(f.Source, s.Source[0]) == file {
				return nil
			}
		}
	}
	if words := pageFinding(code); words != "" && strings.Contains(o.summary, "  "+path.Clean(file)+": "+words) {
		return nil
	}
	return fmt.Errorf("not found")
}

// pageFinding is how the summary words a finding about a page that is no story.
func pageFinding(code string) string {
	switch code {
	case "index-page":
		return "The page is an index."
	case "index-entry-without-file":
		return "The index names "
	case "file-without-index-entry":
		return "No index page of its folder names this story."
	case "empty":
		return "There is no story on the page"
	}
	return ""
}

// unexpected names findings that the tables rule out for files they speak of.
func (o *outcome) unexpected(expected map[string][]string) []string {
	var wrong []string
	for file, codes := range expected {
		for _, code := range []string{
			"title-missing", "author-missing", "begins-mid", "ends-mid", "header-only", "very-short", "mixed-encodings",
			"mojibake-repaired", "duplicate", "index-page", "index-entry-without-file", "file-without-index-entry", "parts-missing", "undecodable",
		} {
			if !slices.Contains(codes, code) && o.finding(file, code) == nil {
				wrong = append(wrong, fmt.Sprintf("%s\tfinding\t%s\t(not expected)", file, code))
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}

// straight makes quotation marks alike: of two copies of a story that are set in
// different ones, the first copy's are shown.
func straight(s string) string {
	return strings.NewReplacer("\u2019", "'", "\u2018", "'", "\u201c", `"`, "\u201d", `"`).Replace(s)
}

// beginning returns the first n characters.
func beginning(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
