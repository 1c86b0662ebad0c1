package rescue

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/prose"
	"colophon/internal/rescue/vocab"
)

// storiesAtOnce is how many stories are kept in one transaction, at most: large
// enough to share its cost, small enough to hold in memory.
const (
	storiesAtOnce = 64
	wordsAtOnce   = 400_000
)

// keep merges the drafts of each group and hands the stories on.
func (r *run) keep(ctx context.Context, _ []string) error {
	orders := r.orders()
	index := r.indexByTarget()
	kept, err := r.likenesses(ctx)
	if err != nil {
		return err
	}
	r.cluster()
	var some []*archive.Story
	words := 0
	for i := range r.groups {
		if full := len(some) >= storiesAtOnce || words > wordsAtOnce; full && r.groups[i].cluster != r.groups[i-1].cluster {
			if err := r.flush(ctx, some, kept); err != nil {
				return err
			}
			some, words = nil, 0
		}
		story, err := r.merge(&r.groups[i], orders, index)
		if err != nil {
			return err
		}
		if r.options.Fandom != "" && len(story.Header.Fandoms) == 0 {
			story.Header.Fandoms = []string{r.options.Fandom}
		}
		some = append(some, story)
		words += story.Words()
		r.progress(Progress{Stage: Keeping, Done: i + 1, Total: len(r.groups)})
	}
	if err := r.flush(ctx, some, kept); err != nil {
		return err
	}
	r.reportIndex(index)
	return nil
}

// flush keeps some stories and hands them to the sink.
func (r *run) flush(ctx context.Context, some []*archive.Story, earlier map[uint32][]likeness) error {
	if len(some) == 0 {
		return nil
	}
	if r.keeper != nil {
		kept, err := r.keeper.Keep(ctx, some)
		if err != nil {
			return err
		}
		for i, k := range kept {
			r.result.Kept[k.Outcome]++
			if k.Outcome == New {
				r.likeKept(some[i], earlier)
			}
		}
	}
	for _, s := range some {
		r.result.count(s)
		if r.sink != nil {
			if err := r.sink(s, r.original); err != nil {
				return err
			}
		}
	}
	return nil
}

// merge makes one story of the drafts of a group.
func (r *run) merge(g *group, orders map[string]vocab.Order, index map[string][]indexed) (*archive.Story, error) {
	first, err := r.spool.get(g.parts[0].slot)
	if err != nil {
		return nil, err
	}
	story := &first.Story
	sketch := g.parts[0].sketch
	for _, c := range g.parts[1:] {
		d, err := r.spool.get(c.slot)
		if err != nil {
			return nil, err
		}
		addPart(story, &d.Story)
		sketch = sketch.Merge(c.sketch)
	}
	for _, c := range g.copies {
		d, err := r.spool.get(c.slot)
		if err != nil {
			return nil, err
		}
		addCopy(story, &d.Story)
	}
	story.Sketch = sketch.Bytes()
	first0 := g.parts[0]
	order := orders[dirOf(first0.origin, first0.rel)]
	if order == vocab.Unsure {
		order = orders[first0.origin]
	}
	r.dates(story, order)
	r.fromIndex(story, g, index)
	g.findings(story)
	settleFindings(story)
	return story, nil
}

// addPart adds a later part of the same story.
func addPart(story, part *archive.Story) {
	story.Chapters = append(story.Chapters, part.Chapters...)
	addSource(story, part, false)
	story.Findings = append(story.Findings, part.Findings...)
	if d := part.Header.Date; d.Normal > story.Header.Date.Normal && story.Header.Updated.Written == "" {
		story.Header.Updated = d // a later part was posted later
		for _, e := range part.Evidence {
			if e.Field == archive.FieldDate {
				e.Field = archive.FieldUpdated
				story.Evidence = append(story.Evidence, e)
			}
		}
	}
	fillIn(story, part)
}

// addCopy adds another copy of the story: its source, and what only it tells.
func addCopy(story, other *archive.Story) {
	addSource(story, other, true)
	for _, s := range other.Sources {
		story.Findings = append(story.Findings, archive.Finding{
			Code: archive.DuplicateText, Source: s.Path,
			Message: "The same story stands here again. It is kept as a second source and not published twice.",
		})
	}
	if len(story.Chapters) == 0 {
		story.Chapters = other.Chapters
	}
	fillIn(story, other)
}

func addSource(story, other *archive.Story, isCopy bool) {
	for _, s := range other.Sources {
		s.Copy = s.Copy || isCopy
		if !slices.ContainsFunc(story.Sources, func(x archive.Source) bool { return x.Origin == s.Origin && x.Path == s.Path }) {
			story.Sources = append(story.Sources, s)
			story.Sealed = append(story.Sealed, other.Sealed...)
		}
	}
}

// fillIn takes over what the other's header knows and the story's does not, with
// its evidence.
func fillIn(story, other *archive.Story) {
	a, b := &story.Header, &other.Header
	take := func(field archive.Field) {
		for _, e := range other.Evidence {
			if e.Field == field {
				story.Evidence = append(story.Evidence, e)
			}
		}
	}
	one := func(field archive.Field, to *string, from string) {
		if *to == "" && from != "" {
			*to = from
			take(field)
		}
	}
	list := func(field archive.Field, to *[]string, from []string) {
		if len(*to) == 0 && len(from) > 0 {
			*to = from
			take(field)
		}
	}
	stated := func(field archive.Field, to *archive.Stated, from archive.Stated) {
		if to.Written == "" && from.Written != "" {
			*to = from
			take(field)
		}
	}
	one(archive.FieldTitle, &a.Title, b.Title)
	one(archive.FieldSummary, &a.Summary, b.Summary)
	one(archive.FieldNotes, &a.Notes, b.Notes)
	one(archive.FieldDisclaimer, &a.Disclaimer, b.Disclaimer)
	one(archive.FieldSpoilers, &a.Spoilers, b.Spoilers)
	one(archive.FieldPermission, &a.Permission, b.Permission)
	one(archive.FieldHomepage, &a.Homepage, b.Homepage)
	one(archive.FieldSequelTo, &a.SequelTo, b.SequelTo)
	list(archive.FieldFandoms, &a.Fandoms, b.Fandoms)
	list(archive.FieldWarnings, &a.Warnings, b.Warnings)
	list(archive.FieldRelationships, &a.Relationships, b.Relationships)
	list(archive.FieldCharacters, &a.Characters, b.Characters)
	list(archive.FieldGenres, &a.Genres, b.Genres)
	stated(archive.FieldRating, &a.Rating, b.Rating)
	stated(archive.FieldDate, &a.Date, b.Date)
	if a.Series.Name == "" && b.Series.Name != "" {
		a.Series = b.Series
		take(archive.FieldSeries)
		take(archive.FieldPart)
	}
	if len(a.Authors()) == 0 && len(b.Authors()) > 0 {
		a.Bylines = append(a.Bylines, b.Bylines...)
		take(archive.FieldAuthors)
	}
	if a.Status == "" && b.Status != "" {
		a.Status = b.Status
		take(archive.FieldStatus)
	}
	a.Feedback.Address = a.Feedback.Address || b.Feedback.Address
	a.Feedback.Requested = a.Feedback.Requested || b.Feedback.Requested
}

// dates gives dates whose day and month could not be told apart the order of
// their folder.
func (r *run) dates(story *archive.Story, order vocab.Order) {
	if order == vocab.Unsure {
		return
	}
	for _, d := range []*archive.Stated{&story.Header.Date, &story.Header.Updated} {
		if d.Written == "" || d.Normal != "" {
			continue
		}
		if found, ok := r.words.FindDate(d.Written, order); ok && found.ISO != "" {
			d.Normal = found.ISO
			story.Findings = slices.DeleteFunc(story.Findings, func(f archive.Finding) bool { return f.Code == archive.DateUnsure })
		}
	}
}

// findings adds what only the whole group shows.
func (g *group) findings(story *archive.Story) {
	if g.longer != nil {
		story.Findings = append(story.Findings, archive.Finding{
			Code: archive.PartOfLonger, Source: g.parts[0].path,
			Message: fmt.Sprintf("The text stands in %s too, as a part of a longer one. It may be an early part of that story.", g.longer.path),
		})
	}
	total := 0
	have := map[int]bool{}
	for _, c := range g.parts {
		total = max(total, c.total)
		if c.part > 0 {
			have[c.part] = true
			if len(g.parts) > 1 {
				total = max(total, c.part)
			}
		}
	}
	var missing []string
	for n := 1; n <= min(total, 2500); n++ {
		if !have[n] && len(have) > 0 {
			missing = append(missing, fmt.Sprint(n))
		}
	}
	if len(missing) > 0 && len(story.Chapters) < total {
		story.Findings = append(story.Findings, archive.Finding{
			Code:    archive.PartsMissing,
			Message: fmt.Sprintf("Of %d parts these were not found: %s.", total, strings.Join(missing, ", ")),
		})
	}
}

// settleFindings drops findings that the whole story answers: a part may begin
// where the one before it ended.
func settleFindings(story *archive.Story) {
	title, author := story.Header.Title != "", len(story.Header.Authors()) > 0
	seen := map[archive.Finding]bool{}
	story.Findings = slices.DeleteFunc(story.Findings, func(f archive.Finding) bool {
		switch {
		case seen[f], f.Code == archive.TitleMissing && title, f.Code == archive.AuthorMissing && author:
			return true
		case f.Code == archive.TitleMissing || f.Code == archive.AuthorMissing:
			for other := range seen {
				if other.Code == f.Code {
					return true
				}
			}
		case f.Code == archive.HeaderOnly && len(story.Chapters) > 0:
			return true
		}
		seen[f] = true
		return false
	})
}

// likeness is a story kept earlier, from another origin or another run.
type likeness struct {
	id     int64
	title  string
	sketch prose.Sketch
}

// likenesses reads the sketches of the stories kept earlier.
func (r *run) likenesses(ctx context.Context) (map[uint32][]likeness, error) {
	byHash := map[uint32][]likeness{}
	if r.keeper == nil {
		return byHash, nil
	}
	err := r.keeper.Likenesses(ctx, func(id int64, title string, b []byte) error {
		s := prose.SketchOf(b)
		for _, h := range lowest(s) {
			byHash[h] = append(byHash[h], likeness{id, title, s})
		}
		return nil
	})
	return byHash, err
}

// likeKept notes stories kept by an earlier rescue that have nearly the same text
// as a new one.
func (r *run) likeKept(story *archive.Story, kept map[uint32][]likeness) {
	s := prose.SketchOf(story.Sketch)
	told := map[int64]bool{}
	for _, h := range lowest(s) {
		for _, l := range kept[h] {
			if told[l.id] || s.Similar(l.sketch) < alike {
				continue
			}
			told[l.id] = true
			r.result.Alike = append(r.result.Alike, Alike{Path: story.Sources[0].Path, Story: l.id, Title: l.title})
		}
	}
}
