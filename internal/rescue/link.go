package rescue

import (
	"cmp"
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"colophon/internal/prose"
	"colophon/internal/rescue/vocab"
)

// group is one story as linking found it: its parts in reading order, and
// further copies of them.
type group struct {
	parts  []*card
	copies []*card
	longer *card // the story that holds this one's text, where one does

	cluster int // groups that share a page have the same one: they are kept together
}

// link joins drafts to stories: first copies of the same text, then parts.
func (r *run) link(context.Context, []string) error {
	r.progress(Progress{Stage: Linking})
	var stories []*card
	for _, c := range r.cards {
		if c.entries == nil {
			stories = append(stories, c)
		}
	}
	copies, longer := findCopies(stories)
	var firsts []*card
	for _, c := range stories {
		if copies[c] == nil {
			firsts = append(firsts, c)
		}
	}
	r.groups = joinParts(firsts)
	of := map[*card]int{}
	for i, g := range r.groups {
		for _, c := range g.parts {
			of[c] = i
		}
	}
	for _, c := range stories {
		if first := copies[c]; first != nil {
			i := of[first]
			r.groups[i].copies = append(r.groups[i].copies, c)
		}
	}
	for i := range r.groups {
		if g := &r.groups[i]; len(g.parts) == 1 {
			if l := longer[g.parts[0]]; l != nil && of[l] != i {
				g.longer = l
			}
		}
	}
	return nil
}

const (
	alike    = 0.75 // likeness at which two texts of one title are the same story
	veryLike = 0.92 // likeness at which they are so whatever their titles say
	inside   = 0.9  // containment at which one text is a part of another
	telltale = 40   // words; of shorter texts the titles have to be the same too
)

// findCopies tells which drafts are copies of an earlier or better one, and
// which are a part of a longer one.
func findCopies(cards []*card) (copies, longer map[*card]*card) {
	copies, longer = map[*card]*card{}, map[*card]*card{}
	byHash := map[uint32][]*card{}
	for _, c := range cards {
		for other := range candidates(c, byHash) {
			compare(c, other, copies, longer)
		}
		for _, h := range lowest(c.sketch) {
			byHash[h] = append(byHash[h], c)
		}
	}
	for c, first := range copies {
		for copies[first] != nil {
			first = copies[first]
		}
		copies[c] = first
	}
	return copies, longer
}

// lowest are the smallest hashes of a sketch: two texts that are alike share
// some of them.
func lowest(s prose.Sketch) []uint32 {
	return s[:min(len(s), 12)]
}

// candidates returns the earlier drafts that share a low hash, in order.
func candidates(c *card, byHash map[uint32][]*card) func(func(*card) bool) {
	var out []*card
	for _, h := range lowest(c.sketch) {
		for _, o := range byHash[h] {
			if !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return slices.Values(out)
}

// compare decides about one pair: c is later in the walk than other.
func compare(c, other *card, copies, longer map[*card]*card) {
	if c.origin == other.origin && c.path == other.path || copies[c] != nil {
		return
	}
	for copies[other] != nil {
		other = copies[other]
	}
	if other == c {
		return // the better one of earlier copies already
	}
	likeness := c.sketch.Similar(other.sketch)
	same := c.title == "" || other.title == "" || c.title == other.title || strings.HasPrefix(c.title, other.title) || strings.HasPrefix(other.title, c.title)
	enough := min(c.words, other.words) >= telltale
	if !enough {
		same = c.title == other.title
	}
	switch {
	case likeness >= veryLike && enough || likeness >= alike && same:
		if better(c, other) {
			copies[other] = c
		} else {
			copies[c] = other
		}
	case c.words*10 < other.words*9 && c.sketch.ContainedIn(other.sketch) >= inside && c.words > 80:
		longer[c] = other
	case other.words*10 < c.words*9 && other.sketch.ContainedIn(c.sketch) >= inside && other.words > 80:
		longer[other] = c
	}
}

// better reports whether a tells more of the story than b does.
func better(a, b *card) bool {
	if a.words*10 < b.words*9 || b.words*10 < a.words*9 {
		return a.words > b.words
	}
	return a.facts > b.facts+1
}

// joinParts groups the parts of stories that lie in several files.
func joinParts(cards []*card) []group {
	next := chains(cards)
	parent := map[*card]*card{}
	root := func(c *card) *card {
		for parent[c] != nil {
			c = parent[c]
		}
		return c
	}
	join := func(a, b *card) {
		if ra, rb := root(a), root(b); ra != rb {
			if rb.file < ra.file {
				ra, rb = rb, ra
			}
			parent[rb] = ra
		}
	}
	for c, n := range next {
		join(c, n)
	}
	joinNumbered(cards, join)
	members := map[*card][]*card{}
	for _, c := range cards {
		members[root(c)] = append(members[root(c)], c)
	}
	var out []group
	for _, c := range cards {
		if parts := members[c]; len(parts) > 0 {
			orderParts(parts, next)
			out = append(out, group{parts: parts})
		}
	}
	return out
}

// chains follows "next" links between pages of one story: the second page
// either names the same story or names none and is a later chapter.
func chains(cards []*card) map[*card]*card {
	byPath := map[string]*card{}
	for _, c := range cards {
		if c.nth == 0 {
			byPath[c.origin+"\x00"+c.rel] = c
		}
	}
	next := map[*card]*card{}
	for _, c := range cards {
		n := byPath[c.origin+"\x00"+c.next]
		if c.next == "" || n == nil || n == c || !continuesStory(c, n) {
			continue
		}
		next[c] = n
	}
	return next
}

func continuesStory(c, n *card) bool {
	if !sameAuthors(c, n) {
		return false
	}
	sameTitle := c.title != "" && c.title == n.title
	partial := n.part > 1 || n.heading || c.heading || c.part > 0
	return sameTitle && partial || n.title == "" && partial || c.title == "" && sameStem(c.rel, n.rel) && partial
}

// sameAuthors reports whether two pages could be by the same people: one of them
// names none, or they share a name.
func sameAuthors(a, b *card) bool {
	if len(a.authors) == 0 || len(b.authors) == 0 {
		return true
	}
	return slices.ContainsFunc(a.authors, func(n string) bool { return slices.Contains(b.authors, n) })
}

var digits = regexp.MustCompile(`\d+`)

// sameStem reports whether two file names differ only in a number.
func sameStem(a, b string) bool {
	return path.Dir(a) == path.Dir(b) && digits.ReplaceAllString(path.Base(a), "#") == digits.ReplaceAllString(path.Base(b), "#")
}

// joinNumbered joins pages of one folder that have the same title and author and
// different part numbers, and untitled chapters whose file names count.
func joinNumbered(cards []*card, join func(a, b *card)) {
	byTitle := map[string][]*card{}
	byStem := map[string][]*card{}
	for _, c := range cards {
		dir := dirOf(c.origin, c.rel)
		if c.title != "" && c.part > 0 {
			byTitle[dir+"\x00"+c.title] = append(byTitle[dir+"\x00"+c.title], c)
		}
		if c.part > 0 || c.heading {
			k := dir + "\x00" + digits.ReplaceAllString(path.Base(c.rel), "#")
			byStem[k] = append(byStem[k], c)
		}
	}
	for _, same := range byTitle {
		for _, c := range same[1:] {
			if first := same[0]; c.part != first.part && sameAuthors(first, c) {
				join(first, c)
			}
		}
	}
	for _, row := range byStem {
		for i, c := range row[1:] {
			if before := row[i]; c.title == "" && c.part == before.part+1 && sameAuthors(before, c) && numberedAlike(before, c) {
				join(before, c)
			}
		}
	}
}

// numberedAlike reports whether the numbers in two file names are as far apart as
// the parts of the two pages: "story2" and "story3" hold parts two and three.
func numberedAlike(a, b *card) bool {
	x, y := digits.FindAllString(path.Base(a.rel), -1), digits.FindAllString(path.Base(b.rel), -1)
	for k := range x {
		if k < len(y) && x[k] != y[k] {
			return vocab.Number(y[k])-vocab.Number(x[k]) == b.part-a.part
		}
	}
	return len(x) == 0
}

// orderParts sorts the parts of a story: by number where all have one, else
// along the links, else as they lie in the folder.
func orderParts(parts []*card, next map[*card]*card) {
	if len(parts) < 2 {
		return
	}
	numbered := true
	seen := map[int]bool{}
	for _, c := range parts {
		numbered = numbered && !seen[c.part]
		seen[c.part] = true
	}
	if numbered {
		slices.SortStableFunc(parts, func(a, b *card) int { return cmp.Compare(a.part, b.part) })
		return
	}
	slices.SortStableFunc(parts, func(a, b *card) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.nth, b.nth)) })
	before := map[*card]bool{}
	for _, n := range next {
		before[n] = true
	}
	ordered := make([]*card, 0, len(parts))
	done := map[*card]bool{}
	for _, c := range parts {
		if before[c] && slices.ContainsFunc(parts, func(p *card) bool { return next[p] == c }) {
			continue
		}
		for n := c; n != nil && !done[n] && slices.Contains(parts, n); n = next[n] {
			done[n] = true
			ordered = append(ordered, n)
		}
	}
	for _, c := range parts {
		if !done[c] {
			ordered = append(ordered, c)
		}
	}
	copy(parts, ordered)
}

// orders finds which of day and month comes first in the dates of each folder,
// and under the origin alone of all its folders together.
func (r *run) orders() map[string]vocab.Order {
	type count struct{ day, month int }
	counts := map[string]*count{}
	for _, c := range r.cards {
		for _, k := range []string{dirOf(c.origin, c.rel), c.origin} {
			n := counts[k]
			if n == nil {
				n = &count{}
				counts[k] = n
			}
			for _, d := range c.dates {
				switch {
				case d.A > 12 && d.B <= 12:
					n.day++
				case d.B > 12 && d.A <= 12:
					n.month++
				}
			}
		}
	}
	out := map[string]vocab.Order{}
	for k, n := range counts {
		switch {
		case n.day > 0 && n.month == 0 || n.day > 5*n.month && n.day > 0:
			out[k] = vocab.DayFirst
		case n.month > 0 && n.day == 0 || n.month > 5*n.day && n.month > 0:
			out[k] = vocab.MonthFirst
		}
	}
	return out
}

// cluster brings groups that share a page together, in the order of the walk:
// a keeper must see all stories of a page at once to tell them apart.
func (r *run) cluster() {
	first := map[int]int{} // the cluster of each file
	for changed := true; changed; {
		changed = false
		for i := range r.groups {
			g := &r.groups[i]
			low := g.lowest(first)
			for _, c := range slices.Concat(g.parts, g.copies) {
				if n, ok := first[c.file]; !ok || n > low {
					first[c.file], changed = low, true
				}
			}
			g.cluster = low
		}
	}
	slices.SortStableFunc(r.groups, func(a, b group) int { return cmp.Compare(a.cluster, b.cluster) })
}

// lowest is the smallest cluster of the group's files so far.
func (g *group) lowest(first map[int]int) int {
	low := g.parts[0].file
	for _, c := range slices.Concat(g.parts, g.copies) {
		low = min(low, c.file)
		if n, ok := first[c.file]; ok {
			low = min(low, n)
		}
	}
	return low
}
