package report

import (
	"cmp"
	"maps"
	"slices"

	"colophon/internal/archive"
	"colophon/internal/rescue"
	"colophon/internal/rescue/intake"
)

const (
	maxRefs = 200 // stories or pages named under one kind of finding
	maxLeft = 500 // files named under one reason
)

// tally gathers the stories that have a kind of finding.
type tally struct {
	refs []ref
	more int
}

// ref leads to a story of the report.
type ref struct{ ID, Title, Path string }

// tally notes which kinds of finding a story has.
func (r *Report) tally(s *archive.Story, v *storyView) {
	seen := map[string]bool{}
	for _, f := range s.Findings {
		if seen[f.Code] {
			continue
		}
		seen[f.Code] = true
		t := r.findings[f.Code]
		if t == nil {
			t = &tally{}
			r.findings[f.Code] = t
		}
		if len(t.refs) == maxRefs {
			t.more++
			continue
		}
		one := ref{ID: v.ID, Title: shortened(v.Title, 200)}
		if len(v.Paths) > 0 {
			one.Path = v.Paths[0]
		}
		t.refs = append(t.refs, one)
	}
}

// pageView is what stands above the stories.
type pageView struct {
	Title                string
	Stories              int
	Words                int64
	Outcomes             []outcome
	Bars                 []bar
	Findings             []findingGroup
	Names                [][]string
	MoreNames            int
	Alike                []rescue.Alike
	MoreAlike            int
	Left, Remarks        []leftGroup
	LeftCount, RemarkSum int
	NotRead              int
	Listed               int // stories below
}

type outcome struct {
	Words string
	N     int
}

// bar says how often something was found.
type bar struct {
	Label         string
	N, Of, Figure int // Figure is the share in percent
}

// findingGroup is all findings of one kind.
type findingGroup struct {
	Code, Label string
	Count       int
	Stories     []ref
	MoreStories int
	Pages       []archive.Finding
	MorePages   int
}

// leftGroup is the files left for one reason.
type leftGroup struct {
	Label, Reason string // Reason where all files share it
	Files         []intake.Left
	Count, More   int
}

func newPageView(r *Report, res *rescue.Result) pageView {
	v := pageView{Title: r.title, Stories: res.Stories, Words: res.Words, NotRead: res.NotRead(), Listed: r.stories}
	for _, o := range []outcome{
		{"new", res.Kept[rescue.New]},
		{"revised", res.Kept[rescue.Revised]},
		{"unchanged", res.Kept[rescue.Unchanged]},
		{"copies of stories kept before", res.Kept[rescue.Copied]},
	} {
		if o.N > 0 {
			v.Outcomes = append(v.Outcomes, o)
		}
	}
	v.Bars = bars(res)
	v.Findings = r.groups(res)
	v.Names, v.MoreNames = first(res.Names, maxRefs)
	v.Alike, v.MoreAlike = first(res.Alike, maxRefs)
	v.left(res.Left)
	return v
}

// bars tells of every main field, and of others that were filled.
func bars(res *rescue.Result) []bar {
	var out []bar
	all := fields(&archive.Header{})
	for _, f := range all {
		if n := res.Filled[f.Name]; n > 0 || f.Main && res.Stories > 0 {
			out = append(out, bar{f.Label, n, res.Stories, percent(n, res.Stories)})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(res.Filled)) {
		if n := res.Filled[name]; n > 0 && indexOf(all, name) == len(all) {
			out = append(out, bar{labelOf(all, name), n, res.Stories, percent(n, res.Stories)})
		}
	}
	return out
}

// groups gathers findings by kind, the commonest first.
func (r *Report) groups(res *rescue.Result) []findingGroup {
	var out []findingGroup
	for _, code := range slices.Sorted(maps.Keys(res.Findings)) {
		g := findingGroup{Code: code, Label: codeWords(code), Count: res.Findings[code]}
		if t := r.findings[code]; t != nil {
			g.Stories, g.MoreStories = t.refs, t.more
		}
		var pages []archive.Finding
		for _, f := range res.Pages {
			if f.Code == code {
				pages = append(pages, f)
			}
		}
		g.Pages, g.MorePages = first(pages, maxRefs)
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b findingGroup) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// left groups the files that were not read, and the remarks on files that were.
func (v *pageView) left(all []intake.Left) {
	byCode := map[string][]intake.Left{}
	for _, l := range all {
		byCode[l.Code] = append(byCode[l.Code], l)
	}
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		g := newLeftGroup(code, byCode[code])
		if byCode[code][0].Remark() {
			v.Remarks = append(v.Remarks, g)
			v.RemarkSum += g.Count
		} else {
			v.Left = append(v.Left, g)
			v.LeftCount += g.Count
		}
	}
	for _, gs := range [][]leftGroup{v.Left, v.Remarks} {
		slices.SortStableFunc(gs, func(a, b leftGroup) int { return cmp.Compare(b.Count, a.Count) })
	}
}

func newLeftGroup(code string, all []intake.Left) leftGroup {
	g := leftGroup{Label: leftWords(code), Reason: all[0].Reason, Count: len(all)}
	for _, l := range all {
		if l.Reason != g.Reason {
			g.Reason = ""
		}
	}
	g.Files, g.More = first(all, maxLeft)
	return g
}

// first returns at most n values, and how many more there are.
func first[T any](all []T, n int) (some []T, more int) {
	if len(all) <= n {
		return all, 0
	}
	return all[:n], len(all) - n
}
