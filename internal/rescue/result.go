package rescue

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/intake"
	"colophon/internal/rescue/vocab"
)

// Result is what a rescue found, apart from the stories themselves.
type Result struct {
	Stories  int
	Words    int64
	Filled   map[archive.Field]int // in how many stories each field was filled
	Findings map[string]int        // findings of stories and pages by code
	Kept     map[Outcome]int       // what became of the stories; empty in a dry run
	Left     []intake.Left         // files not read, and remarks on files that were
	Pages    []archive.Finding     // findings about pages that are no story
	Alike    []Alike               // new stories whose text is nearly that of one kept before
	Names    [][]string            // pen names written in several ways

	sources map[string]indexSource
	names   map[string]map[string]int // spellings by key
}

// indexSource is an index page with the addresses in it.
type indexSource struct {
	archive.Source
	sealed []archive.Sealed
}

// Alike names a page whose story is nearly one that an earlier rescue kept.
type Alike struct {
	Path  string
	Story int64
	Title string
}

func newResult() *Result {
	return &Result{
		Filled: map[archive.Field]int{}, Findings: map[string]int{}, Kept: map[Outcome]int{},
		sources: map[string]indexSource{}, names: map[string]map[string]int{},
	}
}

// count adds a story to the totals.
func (r *Result) count(s *archive.Story) {
	r.Stories++
	r.Words += int64(s.Words())
	filled := map[archive.Field]bool{}
	for _, e := range s.Evidence {
		filled[e.Field] = true
	}
	for f := range filled {
		r.Filled[f]++
	}
	for _, f := range s.Findings {
		r.Findings[f.Code]++
	}
	for _, name := range s.Header.Authors() {
		k := nameKey(name)
		if r.names[k] == nil {
			r.names[k] = map[string]int{}
		}
		r.names[k][name]++
	}
}

// close sums up what only the end of a rescue shows.
func (r *Result) close() {
	for _, f := range r.Pages {
		r.Findings[f.Code]++
	}
	for _, k := range slices.Sorted(maps.Keys(r.names)) {
		if forms := r.names[k]; len(forms) > 1 {
			r.Names = append(r.Names, slices.Sorted(maps.Keys(forms)))
			r.Findings[archive.NameVariants]++
		}
	}
}

// NotRead counts the files that were not read because something is wrong with
// them, not because they are no pages.
func (r *Result) NotRead() int {
	n := 0
	for _, l := range r.Left {
		switch l.Code {
		case intake.CodeTooLarge, intake.CodeBomb, intake.CodeTooMany, intake.CodeTooDeep, intake.CodeEncrypted, intake.CodeUnreadable, intake.CodeDamaged, intake.CodeName:
			n++
		}
	}
	return n
}

// indexed is an entry with the index page it stands in.
type indexed struct {
	entry
	from *card
}

// indexByTarget gathers the entries of all index pages by the page they lead to.
func (r *run) indexByTarget() map[string][]indexed {
	out := map[string][]indexed{}
	for _, c := range r.cards {
		for _, e := range c.entries {
			k := c.origin + "\x00" + e.Target
			out[k] = append(out[k], indexed{e, c})
		}
	}
	return out
}

// fromIndex fills in what only an index page tells of a story.
func (r *run) fromIndex(story *archive.Story, g *group, index map[string][]indexed) {
	for _, c := range append(slices.Clone(g.parts), g.copies...) {
		for _, e := range index[c.origin+"\x00"+c.rel] {
			r.takeEntry(story, e)
		}
	}
}

func (r *run) takeEntry(story *archive.Story, e indexed) {
	h := &story.Header
	e.Title.Text, e.Author.Text = mask(e.Title.Text), mask(e.Author.Text)
	used := false
	take := func(field archive.Field, v said, rule string) {
		used = true
		story.Evidence = append(story.Evidence, archive.Evidence{Field: field, Source: e.from.path, Start: v.Start, End: v.End, Rule: rule, Confidence: 0.7, Written: v.Text})
	}
	if title, _, _ := vocab.PartOf(e.Title.Text); h.Title == "" && title != "" && !fileName.MatchString(title) {
		h.Title = title
		take(archive.FieldTitle, e.Title, "index-link")
	}
	if len(h.Authors()) == 0 && vocab.NameLike(e.Author.Text) {
		h.Bylines = append(h.Bylines, archive.Byline{Name: e.Author.Text, Role: archive.Author})
		take(archive.FieldAuthors, e.Author, "index-beside-link")
	}
	if h.Rating.Written == "" && e.Rating.Text != "" {
		h.Rating = archive.Stated{Written: e.Rating.Text, Normal: vocab.NormalRating(e.Rating.Text)}
		take(archive.FieldRating, e.Rating, "index-beside-link")
	}
	if h.Summary == "" && e.Summary.Text != "" {
		h.Summary = e.Summary.Text
		take(archive.FieldSummary, e.Summary, "index-beside-link")
	}
	if used && !slices.ContainsFunc(story.Sources, func(s archive.Source) bool { return s.Path == e.from.path }) {
		src := r.result.sources[e.from.origin+"\x00"+e.from.path]
		src.Copy = true
		story.Sources = append(story.Sources, src.Source)
		story.Sealed = append(story.Sealed, src.sealed...)
	}
}

// reportIndex compares index pages and stories both ways.
func (r *run) reportIndex(index map[string][]indexed) {
	pages := map[string]bool{}
	indexedDirs := map[string]bool{}
	for _, c := range r.cards {
		pages[c.origin+"\x00"+c.rel] = true
	}
	for _, c := range r.cards {
		for _, e := range c.entries {
			if !pages[c.origin+"\x00"+e.Target] {
				r.result.Pages = append(r.result.Pages, archive.Finding{
					Code: archive.EntryWithoutFile, Source: c.path, Start: e.Title.Start, End: e.Title.End,
					Message: fmt.Sprintf("The index names %q, but its page %s is not there. Another copy of the archive may have it.", e.Title.Text, e.Target),
				})
			} else {
				indexedDirs[dirOf(c.origin, e.Target)] = true
			}
		}
		if len(c.entries) > 0 && !strings.Contains(c.rel, "/") {
			indexedDirs[c.origin] = true // an index at the top is one of everything below
		}
	}
	for i := range r.groups {
		g := &r.groups[i]
		listed := false
		for _, c := range append(slices.Clone(g.parts), g.copies...) {
			listed = listed || len(index[c.origin+"\x00"+c.rel]) > 0
		}
		if c := g.parts[0]; !listed && (indexedDirs[dirOf(c.origin, c.rel)] || indexedDirs[c.origin]) {
			r.result.Pages = append(r.result.Pages, archive.Finding{
				Code: archive.FileWithoutEntry, Source: c.path,
				Message: "No index page of its folder names this story.",
			})
		}
	}
	r.result.close()
}
