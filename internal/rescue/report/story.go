package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/address"
)

const (
	maxRows     = 300 // of one story; more are counted
	maxFindings = 60
	maxPages    = 8    // originals shown of one story
	maxValue    = 2000 // bytes of a value
)

// storyView is what the report shows of a story.
type storyView struct {
	ID           string
	Title        string // "" where not known
	Authors      string
	Lang         string // BCP 47; "" where not known
	Words        int64
	Chapters     int
	Paths        []string // at most three
	MorePaths    int
	Rows         []*row
	MoreRows     int
	Findings     []*findingView
	MoreFindings int
	Pages        []*pageOf
	MorePages    int
}

// FindingCount is the number of all its findings, shown or not.
func (v *storyView) FindingCount() int { return len(v.Findings) + v.MoreFindings }

// row is a value of the header with what stands behind it.
type row struct {
	ID, Label, Value, Written string
	Rule                      string
	Sure                      string // "98%"; "" where no source gave the value
	Source                    string
	Start, End                int
	Link                      string // to its place in an original that is shown
}

// findingView is a finding with its place.
type findingView struct {
	archive.Finding
	Label   string
	Excerpt []piece
}

// pageOf is an original as it is shown.
type pageOf struct {
	archive.Source
	Role   string
	Open   bool
	Unread string // why it cannot be shown; "" where it can
	Pieces []piece
}

// storyBuilder makes the view of one story.
type storyBuilder struct {
	story    *archive.Story
	view     *storyView
	evidence []archive.Evidence // those of view.Rows, in step
}

func newStoryView(s *archive.Story, n int, original Original) (*storyView, error) {
	v := &storyView{
		ID: fmt.Sprintf("s%d", n), Title: strings.TrimSpace(s.Header.Title), Authors: strings.Join(s.Header.Authors(), ", "),
		Lang: langTag(s.Header.Language), Words: int64(s.Words()), Chapters: len(s.Chapters),
	}
	b := &storyBuilder{story: s, view: v}
	b.paths()
	b.rows()
	b.findings()
	for i := range s.Sources {
		if err := b.source(&s.Sources[i], original); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// paths names the story's own files.
func (b *storyBuilder) paths() {
	for _, src := range b.story.Sources {
		switch {
		case src.Copy:
		case len(b.view.Paths) < 3:
			b.view.Paths = append(b.view.Paths, src.Path)
		default:
			b.view.MorePaths++
		}
	}
}

// rows makes a row of each piece of evidence, and of each value that has none.
func (b *storyBuilder) rows() {
	all := fields(&b.story.Header)
	b.evidence = slices.Clone(b.story.Evidence)
	for _, f := range all {
		for i := range f.Values {
			if !slices.ContainsFunc(b.evidence, func(e archive.Evidence) bool { return e.Field == f.Name && e.Index == i }) {
				b.evidence = append(b.evidence, archive.Evidence{Field: f.Name, Index: i})
			}
		}
	}
	slices.SortStableFunc(b.evidence, func(x, y archive.Evidence) int {
		return cmp.Or(cmp.Compare(indexOf(all, x.Field), indexOf(all, y.Field)), cmp.Compare(x.Index, y.Index))
	})
	if n := len(b.evidence) - maxRows; n > 0 {
		b.view.MoreRows, b.evidence = n, b.evidence[:maxRows]
	}
	for i, e := range b.evidence {
		b.view.Rows = append(b.view.Rows, newRow(fmt.Sprintf("%sr%d", b.view.ID, i+1), all, e))
	}
}

func newRow(id string, all []field, e archive.Evidence) *row {
	r := &row{ID: id, Label: labelOf(all, e.Field), Value: e.Written, Written: e.Written, Rule: e.Rule, Source: e.Source, Start: e.Start, End: e.End}
	if i := indexOf(all, e.Field); i < len(all) && e.Index >= 0 && e.Index < len(all[i].Values) {
		r.Value = all[i].Values[e.Index]
	}
	if e.Source != "" {
		r.Sure = fmt.Sprintf("%d%%", int(e.Confidence*100+0.5))
	}
	r.Value, r.Written = shortened(r.Value, maxValue), shortened(r.Written, maxValue)
	return r
}

func (b *storyBuilder) findings() {
	for i, f := range b.story.Findings {
		if i == maxFindings {
			b.view.MoreFindings = len(b.story.Findings) - i
			return
		}
		b.view.Findings = append(b.view.Findings, &findingView{Finding: f, Label: codeWords(f.Code)})
	}
}

// source reads one source, where something of it is shown.
func (b *storyBuilder) source(src *archive.Source, original Original) error {
	shown := len(b.view.Pages) < maxPages
	if !shown {
		b.view.MorePages++
		if !b.speaks(src.Path) {
			return nil
		}
	}
	p := &pageOf{Source: *src, Role: roleOf(src), Open: len(b.view.Pages) == 0}
	sh, err := readSheet(b.story, *src, original)
	switch archive.KindOf(err) {
	case "":
		b.excerpts(sh, src)
		b.maskRows(sh, src)
		if shown {
			p.Pieces = b.marked(sh, src)
		}
	case archive.NotFound, archive.Damaged:
		p.Unread = archive.MessageOf(err) // the rest of the story is still worth showing
		b.maskUnread(src)
	default:
		return err
	}
	if shown {
		b.view.Pages = append(b.view.Pages, p)
	}
	return nil
}

// speaks reports whether a row or finding is about a source.
func (b *storyBuilder) speaks(path string) bool {
	return slices.ContainsFunc(b.view.Rows, func(r *row) bool { return r.Source == path }) ||
		slices.ContainsFunc(b.view.Findings, func(f *findingView) bool { return f.Source == path })
}

// excerpts gives the findings about a source their excerpts.
func (b *storyBuilder) excerpts(sh *sheet, src *archive.Source) {
	for _, f := range b.view.Findings {
		if f.Source == src.Path && f.Start >= 0 && f.End > f.Start && f.End <= int(src.Size) {
			f.Excerpt = sh.excerpt(sh.span(f.Start, f.End))
		}
	}
}

// maskRows takes care of rows that touch a sealed address. A value that rescue
// has masked is shown; any other is taken from the original, masked.
func (b *storyBuilder) maskRows(sh *sheet, src *archive.Source) {
	for i, e := range b.evidence {
		if e.Source != src.Path || e.Check(int(src.Size)) != nil {
			continue
		}
		x := sh.span(e.Start, e.End)
		if len(sh.sealedIn(x)) == 0 {
			continue
		}
		written := e.Written
		if !strings.Contains(written, sealedNote) || len(address.Find(written)) > 0 {
			written = strings.Join(strings.Fields(sh.masked(sh.head(x, maxValue))), " ")
		}
		b.view.Rows[i].mask(shortened(written, maxValue), e.Field)
	}
}

// maskUnread does the same for a source that cannot be read.
func (b *storyBuilder) maskUnread(src *archive.Source) {
	for i, e := range b.evidence {
		if e.Source == src.Path && slices.ContainsFunc(b.story.Sealed, func(s archive.Sealed) bool {
			return s.Source == e.Source && s.Start < e.End && e.Start < s.End
		}) {
			b.view.Rows[i].mask(sealedNote, e.Field)
		}
	}
}

// mask replaces what a row shows of a value that held an address.
func (r *row) mask(written string, f archive.Field) {
	if r.Value == r.Written {
		r.Value = written
	}
	if f == archive.FieldEmail {
		r.Value = sealedNote
	}
	r.Written = written
}

// marked is the original with the fields marked that it gave.
func (b *storyBuilder) marked(sh *sheet, src *archive.Source) []piece {
	var marks []mark
	for i, e := range b.evidence {
		if e.Source != src.Path || e.Check(int(src.Size)) != nil {
			continue
		}
		r := b.view.Rows[i]
		id := b.view.ID + "m" + strings.TrimPrefix(r.ID, b.view.ID+"r")
		marks = append(marks, mark{sh.span(e.Start, e.End), name{id, r.ID, r.Label}})
	}
	ps := sh.pieces(sh.windows(marks), marks)
	shown := map[string]string{}
	for i := range ps {
		ps[i].Names = slices.DeleteFunc(ps[i].Names, func(n name) bool { return shown[n.Row] != "" }) // once, where it begins
		for _, n := range ps[i].Names {
			shown[n.Row] = n.ID
		}
	}
	for _, r := range b.view.Rows {
		if id := shown[r.ID]; id != "" && r.Link == "" {
			r.Link = "#" + id
		}
	}
	return ps
}

// roleOf says what a source is to its story.
func roleOf(src *archive.Source) string {
	if src.Copy {
		return "a further copy, or a page that tells of it"
	}
	return "its text"
}
