package charset

import (
	"slices"
	"sort"
	"strings"
)

// undoMojibake repairs what was broken before b was written. Each repaired
// stretch becomes a span of its own, from which Replay repairs it again.
func undoMojibake(b []byte, t *Text) *Text {
	edits := newMender(once.marks()).edits(t.S)
	if len(edits) == 0 {
		return t
	}
	p := planner{b: b, text: t}
	for _, e := range edits {
		p.add(e)
	}
	if len(p.repairs) == 0 {
		return t
	}
	return render(b, p.plan())
}

// planner turns edits of the text into spans of the original.
type planner struct {
	b       []byte
	text    *Text
	repairs []Span
	made    []string // the text of each repair
}

// add makes a span of an edit. It leaves out the few edits that bytes and the
// names of misreadings alone do not lead to.
func (p *planner) add(e Edit) {
	start, end := p.text.Range(e.Start, e.End)
	log := p.text.Log
	i := sort.Search(len(log), func(i int) bool { return log[i].End > start })
	if i == len(log) || end > log[i].End || !repairable(log[i].Encoding) {
		return
	}
	s := Span{
		Start: start, End: end, Encoding: log[i].Encoding, Undone: e.Undone,
		Why:        "characters of UTF-8 misread as " + strings.Join(e.Undone, ", then of that as "),
		Confidence: 0.9,
	}
	if e.Undone[len(e.Undone)-1] == latin1 {
		s.Why = "C1 controls in place of windows-1252 punctuation"
	}
	if p.join(s, e.New) || textOf(p.b, s) != e.New {
		return
	}
	p.repairs = append(p.repairs, s)
	p.made = append(p.made, e.New)
}

// join makes one span of two that were broken in the same way with nothing but
// spaces and punctuation between them.
func (p *planner) join(s Span, made string) bool {
	const widest, longest = 8, 2048
	n := len(p.repairs) - 1
	if n < 0 || s.Start-p.repairs[n].End > widest || p.repairs[n].Encoding != s.Encoding || !slices.Equal(p.repairs[n].Undone, s.Undone) {
		return false
	}
	gap := string(p.b[p.repairs[n].End:s.Start])
	if strings.ContainsFunc(gap, func(r rune) bool {
		return r >= 0x80 || classify(r) == classForeign || r == '<' || r == '>' || r == '\n'
	}) {
		return false
	}
	// Two spans together need not come to what they come to one by one.
	both := s
	both.Start = p.repairs[n].Start
	if s.End-both.Start > longest || textOf(p.b, both) != p.made[n]+gap+made {
		return false
	}
	p.repairs[n].End = s.End
	p.made[n] += gap + made
	return true
}

// repairable reports whether spans of an encoding can hold a repair: one
// character in them does not depend on what came before.
func repairable(encoding string) bool {
	return encoding == "utf-8" || codePage(encoding) != nil
}

// plan is the log of the text with the repairs in it.
func (p *planner) plan() []Span {
	var plan []Span
	i := 0
	for _, s := range p.text.Log {
		for i < len(p.repairs) && p.repairs[i].Start < s.End {
			r := p.repairs[i]
			if s.Start < r.Start {
				head := s
				head.End = r.Start
				plan = append(plan, head)
			}
			plan = append(plan, r)
			s.Start = r.End
			i++
		}
		if s.Start < s.End {
			plan = append(plan, s)
		}
	}
	return plan
}

// textOf is the text of a repaired span.
func textOf(b []byte, s Span) string {
	var out strings.Builder
	for _, c := range restored(spanCells(b, s), s.Undone) {
		out.WriteRune(c.r)
	}
	return out.String()
}

// spanCells reads the bytes of a span by its encoding, before any repair.
func spanCells(b []byte, s Span) []cell {
	c := codecFor(s.Encoding)
	var cells []cell
	for i := s.Start; i < s.End; {
		r, n := c.next(b[i:s.End])
		if r == unreadable {
			r, n = rune(b[i])+0xF700, 1
		}
		cells = append(cells, cell{r: r, start: i, end: i + n})
		i += n
	}
	return cells
}

// mended writes a span whose misreadings are to be undone.
func (r *renderer) mended(s Span) {
	const widest = 255 // bytes behind a character that a segment can state
	if codecFor(s.Encoding) == nil {
		s.Encoding = "windows-1252" // only a log that Decode did not write
	}
	for _, c := range restored(spanCells(r.src, s), s.Undone) {
		n := min(c.end-c.start, widest)
		r.text.at.put(len(r.out), c.start, uint8(n), uint8(n), c.start == r.end && n < widest)
		r.out = append(r.out, string(c.r)...)
		r.end = c.end
	}
	r.log(s)
	r.text.count(s.Encoding, highBytes(r.src[s.Start:s.End]))
}
