package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Normalise repairs the structure of a text and says what it did, in the order
// of the text:
//
//   - whatever stands for a scene break (SceneBreak, a rule, a picture used as a
//     divider, an empty paragraph or a gap wider than the text's usual one)
//     becomes one Break; there is none at the start or the end of the text, and
//     never two in a row;
//   - an indented line within a paragraph begins a paragraph;
//   - with o.TextEmphasis, *word* and its like become emphasis;
//   - a no-break space becomes a space, except between a number and its unit and
//     beside the signs that French sets apart;
//   - text that is small, big or in typewriter letters nearly throughout is
//     plain, as there is nothing it stands out from.
//
// The result is in canonical form. Normalise is idempotent and loses no letter
// and no digit, but for those of dividers, which are in the notes whose rule
// begins with "break-".
func (t Text) Normalise(o Options) (Text, []Note) {
	n := normaliser{options: o}
	n.take(t)
	n.symbols()
	n.pictures()
	n.gaps()
	n.tidy()
	if o.TextEmphasis {
		n.emphasis()
	}
	out := make(Text, len(n.pieces))
	for i, p := range n.pieces {
		out[i] = p.Block
	}
	plainSpaces(out)
	n.dropConstantMarks(out)
	slices.SortStableFunc(n.notes, func(a, b Note) int { return a.Block - b.Block })
	return out.Normal(), n.notes
}

type normaliser struct {
	options Options
	pieces  []piece
	notes   []Note
}

// piece is a block with the index of the one it came from.
type piece struct {
	Block
	from int
}

func (n *normaliser) note(rule string, p piece, text string) {
	n.notes = append(n.notes, Note{Rule: rule, Block: p.from, Text: text})
}

// take brings the blocks into form, each paragraph parted where it holds
// several.
func (n *normaliser) take(t Text) {
	var blocks Text
	n.pieces = make([]piece, 0, len(t))
	for i, b := range t {
		blocks = appendNormal(blocks[:0], b, true)
		for _, b := range blocks {
			if b.Kind != Paragraph && b.Kind != Pre && b.Kind != Verse || !hasBreaks(b.Runs) {
				n.add(b, i)
				continue
			}
			for _, part := range n.part(b) {
				n.add(part, i)
			}
		}
	}
}

// add adds a piece of block i.
func (n *normaliser) add(b Block, i int) {
	if k := len(n.pieces) - 1; b.Kind == Gap && k >= 0 && n.pieces[k].Kind == Gap {
		n.pieces[k].N += b.N
		return
	}
	n.pieces = append(n.pieces, piece{b, i})
}

// part splits a block at lines that are dividers, and a paragraph at indented
// lines too. In Pre and Verse a divider has empty lines around it.
func (n *normaliser) part(b Block) []Block {
	lines := parted(b.Runs)
	var out []Block
	start := 0
	for i, line := range lines {
		alone := b.Kind == Paragraph || (i == 0 || blankLine(lines[i-1])) && (i+1 == len(lines) || blankLine(lines[i+1]))
		switch {
		case alone && SceneBreak(concat(line)):
			out = append(out, blockOf(b, lines[start:i])...)
			out = append(out, Block{Kind: Paragraph, Quote: b.Quote, Runs: line})
			start = i + 1
		case b.Kind == Paragraph && i > start && indented(line):
			out = append(out, blockOf(b, lines[start:i])...)
			start = i
		}
	}
	return append(out, blockOf(b, lines[start:])...)
}

// blockOf returns a block like b with some of its lines; none where they are
// empty.
func blockOf(b Block, lines [][]Run) Text {
	if len(lines) == 0 {
		return nil
	}
	b.Runs = slices.Clone(joinLines(lines, b.Kind != Paragraph))
	return appendNormal(nil, b, false)
}

func hasBreaks(runs []Run) bool {
	return slices.ContainsFunc(runs, func(r Run) bool { return r.Text == "\n" })
}

// parted splits runs at line breaks.
func parted(runs []Run) [][]Run {
	var lines [][]Run
	start := 0
	for i, r := range runs {
		if r.Text == "\n" {
			lines = append(lines, runs[start:i])
			start = i + 1
		}
	}
	return append(lines, runs[start:])
}

// indented reports whether a line begins with two no-break spaces or one
// ideographic space, the indent of a paragraph.
func indented(line []Run) bool {
	s := concat(line)
	rest := strings.TrimLeft(s, " \u00a0\u3000\u2003")
	lead := s[:len(s)-len(rest)]
	return rest != "" && (strings.ContainsAny(lead, "\u3000\u2003") || strings.Count(lead, "\u00a0") >= 2)
}

// symbols turns blocks that are nothing but a divider into breaks.
func (n *normaliser) symbols() {
	for i, p := range n.pieces {
		if p.Kind != Paragraph && p.Kind != Heading && p.Kind != Pre && p.Kind != Verse {
			continue
		}
		text := concat(p.Runs)
		if SceneBreak(text) {
			n.note("break-symbols", p, strings.TrimSpace(text))
			n.pieces[i].Block = Block{Kind: Break, Quote: p.Quote}
		}
	}
}

// pictures turns pictures used as dividers into breaks and drops those that
// have neither words nor such a use.
func (n *normaliser) pictures() {
	count := map[string]int{}
	for _, p := range n.pieces {
		if p.Kind == Image && len(p.Runs) > 0 {
			count[p.Runs[0].Href]++
		}
	}
	for i, p := range n.pieces {
		if p.Kind != Image {
			continue
		}
		alt, src := strings.TrimSpace(concat(p.Runs)), ""
		if len(p.Runs) > 0 {
			src = p.Runs[0].Href
		}
		known := slices.Contains(n.options.Dividers, src) || src != "" && count[src] > 1 || dividerName(src)
		if known || alt == "" || SceneBreak(alt) || dividerWord(alt) {
			n.note("break-picture", p, strings.TrimSpace(src+" "+alt))
			n.pieces[i].Block = Block{Kind: Break, Quote: p.Quote}
		}
	}
}

// dividerName reports whether the file name of a picture says that it divides.
func dividerName(src string) bool {
	name := strings.ToLower(src[strings.LastIndexByte(src, '/')+1:])
	for _, w := range []string{"divid", "separat", "scenebreak", "pagebreak", "hrule", "blackline"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	stem, _, _ := strings.Cut(name, ".")
	switch strings.TrimRight(stem, "0123456789_-") {
	case "line", "bar", "rule", "hr", "break", "sep", "hline", "border", "linie":
		return true
	}
	return false
}

func dividerWord(alt string) bool {
	switch strings.ToLower(strings.Trim(alt, " .*-~_=[]()<>")) {
	case "divider", "line", "bar", "break", "scene break", "separator", "horizontal rule", "hr", "rule", "page break",
		"trennlinie", "linie", "séparateur", "ligne", "разделитель":
		return true
	}
	return false
}

// gaps turns gaps that are wider than the text's usual one into breaks and
// drops the others.
func (n *normaliser) gaps() {
	usual, rare := n.usualGap()
	kept := n.pieces[:0]
	for i, p := range n.pieces {
		if p.Kind != Gap {
			kept = append(kept, p)
			continue
		}
		between := len(kept) > 0 && i+1 < len(n.pieces) && prosePiece(kept[len(kept)-1]) && prosePiece(n.pieces[i+1])
		if between && rare && p.N > usual {
			n.note("break-gap", p, "")
			kept = append(kept, piece{Block{Kind: Break}, p.from})
		}
	}
	n.pieces = kept
}

func prosePiece(p piece) bool {
	return p.Kind == Paragraph || p.Kind == Verse || p.Kind == Pre
}

// usualGap finds how many empty lines most often stand between two paragraphs,
// and whether wider gaps are rare enough (a third at most) to mean something.
// Of very few gaps the narrowest, but at least one line, is the usual one.
func (n *normaliser) usualGap() (usual int, rare bool) {
	var counts []int
	total := 0
	for i := 1; i < len(n.pieces); i++ {
		a, b, gap := n.pieces[i-1], n.pieces[i], 0
		if a.Kind == Gap || !prosePiece(a) {
			continue
		}
		if b.Kind == Gap {
			if i+1 >= len(n.pieces) {
				break
			}
			gap, b = min(b.N, 100), n.pieces[i+1]
		}
		if !prosePiece(b) {
			continue
		}
		for len(counts) <= gap {
			counts = append(counts, 0)
		}
		counts[gap]++
		total++
	}
	const few = 4
	if total < few {
		first := slices.IndexFunc(counts, func(c int) bool { return c > 0 })
		return max(1, first), true
	}
	for gap, c := range counts {
		if c > counts[usual] {
			usual = gap
		}
	}
	wider := 0
	for _, c := range counts[usual+1:] {
		wider += c
	}
	return usual, wider*3 <= total
}

// tidy leaves one break where several meet and none at either end. A heading
// divides by itself: a break beside it stays, as it may belong to its decoration
// or not, and shows the same.
func (n *normaliser) tidy() {
	kept := n.pieces[:0]
	for _, p := range n.pieces {
		if p.Kind == Break && (len(kept) == 0 || kept[len(kept)-1].Kind == Break) {
			continue
		}
		kept = append(kept, p)
	}
	for len(kept) > 0 && kept[len(kept)-1].Kind == Break {
		kept = kept[:len(kept)-1]
	}
	n.pieces = kept
}

// plainSpaces turns no-break spaces into spaces where nothing is held together.
func plainSpaces(t Text) {
	for _, b := range t {
		if b.Kind == Pre || b.Kind == Verse {
			continue
		}
		before := ' '
		for i := range b.Runs {
			next := ' '
			if i+1 < len(b.Runs) {
				next, _ = utf8.DecodeRuneInString(b.Runs[i+1].Text)
			}
			b.Runs[i].Text, before = plainSpace(b.Runs[i].Text, before, next)
		}
	}
}

// plainSpace does one run; before and next are the runes on either side of it.
func plainSpace(s string, before, next rune) (string, rune) {
	last, _ := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune(s, '\u00a0') {
		return s, last
	}
	runes := []rune(s)
	for i, r := range runes {
		after := next
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		if r == '\u00a0' && !bound(before, after) {
			runes[i] = ' '
		}
		before = r
	}
	return string(runes), last
}

// bound reports whether a no-break space between two runes holds together what
// must not be parted.
func bound(before, after rune) bool {
	return unicode.IsDigit(before) && (unicode.IsLetter(after) || unicode.IsDigit(after) || after == '%') ||
		before == '«' || strings.ContainsRune("!?:;»", after)
}

// dropConstantMarks takes Small, Big and Code off a text that has them nearly
// throughout.
func (n *normaliser) dropConstantMarks(t Text) {
	total := 0
	var with [markCount]int
	for _, b := range t {
		for _, r := range b.Runs {
			total += len(r.Text)
			for i := range with {
				if r.Marks>>i&1 != 0 {
					with[i] += len(r.Text)
				}
			}
		}
	}
	var drop Mark
	for i, c := range with {
		if m := Mark(1) << i; m&(Small|Big|Code) != 0 && c > 0 && c*10 >= total*9 {
			drop |= m
		}
	}
	if drop == 0 {
		return
	}
	n.notes = append(n.notes, Note{Rule: "marks-constant"})
	for _, b := range t {
		for i := range b.Runs {
			b.Runs[i].Marks &^= drop
		}
	}
}
