package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuote is the deepest block quotation that is kept apart. It bounds the
// open elements of canonical HTML: parsers refuse pages that nest without end.
const maxQuote = 16

// The level of headings in canonical form: a page has its own first two.
const (
	minHeading = 3
	maxHeading = 6
)

// Normal returns the text in canonical form, the form that HTML writes and
// ParseHTML reads back: adjacent runs of equal marks merged, white space folded,
// paragraphs parted at empty lines, empty blocks and gaps left out, addresses
// other than absolute http and https dropped. It does not look for scene breaks
// or emphasis; Normalise does. The result shares no slices with t.
func (t Text) Normal() Text {
	out := make(Text, 0, len(t))
	for _, b := range t {
		out = appendNormal(out, b, false)
	}
	return out
}

// appendNormal adds the canonical form of one block, which may be none or
// several. With raw, what only Normalise can judge is kept: gaps, the addresses
// of images, the level of headings as given.
func appendNormal(out Text, b Block, raw bool) Text {
	head := normalHead(b, raw)
	switch b.Kind {
	case Gap:
		if raw {
			out = appendGap(out, b.N)
		}
		return out
	case Break:
		return append(out, Block{Kind: Break, Quote: head.Quote})
	case Pre, Verse:
		return appendKept(out, head, b.Runs)
	case Image:
		return appendImage(out, head, b.Runs, raw)
	default:
		return appendFlow(out, head, b.Runs, raw)
	}
}

func appendGap(out Text, n int) Text {
	if n <= 0 {
		return out
	}
	if k := len(out) - 1; k >= 0 && out[k].Kind == Gap {
		out[k].N += n
		return out
	}
	return append(out, Block{Kind: Gap, N: n})
}

// normalHead returns the block without its runs and with every other field
// inside its range.
func normalHead(b Block, raw bool) Block {
	h := Block{Kind: b.Kind, Quote: min(max(b.Quote, 0), maxQuote)}
	if b.Align == Center || b.Align == End {
		h.Align = b.Align
	}
	if b.Dir == "rtl" || b.Dir == "ltr" {
		h.Dir = b.Dir
	}
	if b.Kind > Gap {
		h.Kind = Paragraph
	}
	if h.Kind == Item {
		h.Ordered = b.Ordered
	}
	if h.Kind == Heading {
		lowest := minHeading
		if raw {
			lowest = 1
		}
		h.Level = min(max(b.Level, lowest), maxHeading)
	}
	return h
}

// appendFlow adds a paragraph, heading or list item. Empty lines part
// paragraphs; in the others they are left out.
func appendFlow(out Text, head Block, runs []Run, raw bool) Text {
	if len(runs) == 1 && asItIs(runs[0].Text) {
		head.Runs = []Run{cleanFields(runs[0])}
		return append(out, head)
	}
	lines := foldLines(runs)
	if head.Kind != Paragraph {
		if r := trimBlock(joinLines(lines, false)); len(r) > 0 {
			head.Runs = r
			out = append(out, head)
		}
		return out
	}
	for inside := false; len(lines) > 0; inside = true {
		n := 0
		for n < len(lines) && blankLine(lines[n]) {
			n++
		}
		if raw && n > 0 {
			out = appendGap(out, wideBlanks(lines, n, inside))
		}
		lines = lines[n:]
		n = 0
		for n < len(lines) && !blankLine(lines[n]) {
			n++
		}
		if r := trimBlock(joinLines(lines[:n], false)); len(r) > 0 {
			head.Runs = r
			out = append(out, head)
		}
		lines = lines[n:]
	}
	return out
}

// asItIs reports whether a text is a line in canonical form: most paragraphs are
// nothing else.
func asItIs(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && !invisible(first) && !invisible(last) && settled(s)
}

// wideBlanks says how many of the n empty lines at the start of lines widen a
// gap. Between two lines of text the first only parts them. A line break at the
// very end of a block opens no line of its own, and a block without anything in
// it shows nothing.
func wideBlanks(lines [][]Run, n int, inside bool) int {
	switch {
	case n < len(lines) && inside, n == len(lines) && len(lines[n-1]) == 0:
		return n - 1
	}
	return n
}

// appendKept adds a Pre or Verse block: its lines stay, empty ones at either
// end go.
func appendKept(out Text, head Block, runs []Run) Text {
	var lines [][]Run
	if head.Kind == Pre {
		lines = splitLines(runs)
	} else {
		lines = foldLines(breakOut(runs))
	}
	for len(lines) > 0 && blankLine(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && blankLine(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	if len(lines) == 0 {
		return out
	}
	head.Runs = mergeRuns(joinLines(lines, true))
	return append(out, head)
}

// appendImage adds a picture's words. Before Normalise a picture without words
// counts too, as it may be a divider.
func appendImage(out Text, head Block, runs []Run, raw bool) Text {
	var src string
	plain := make([]Run, len(runs))
	for i, r := range runs {
		if src == "" {
			src = r.Href
		}
		r.Href = ""
		plain[i] = r
	}
	head.Runs = trimBlock(joinLines(foldLines(plain), false))
	if !raw && len(head.Runs) == 0 {
		return out
	}
	if raw && src != "" {
		if len(head.Runs) == 0 {
			head.Runs = []Run{{}}
		}
		head.Runs[0].Href = src
	}
	return append(out, head)
}

// foldLines cleans runs, folds ASCII white space and parts the runs at line
// breaks. A line that shows nothing but was given something (a no-break space)
// keeps its runs, so that it can be told from an empty one.
func foldLines(runs []Run) [][]Run {
	if len(runs) == 0 {
		return nil
	}
	var lines [][]Run
	line := make([]Run, 0, len(runs))
	space := true // a space here would double the one before, or open the line
	for _, r := range runs {
		if r.Text == "\n" {
			lines, line, space = append(lines, trimLine(line)), nil, true
			continue
		}
		r = cleanFields(r)
		r.Text, space = cleanText(r.Text, space)
		if r.Text != "" {
			line = append(line, r)
		}
	}
	return append(lines, trimLine(line))
}

// splitLines cleans runs and parts them at every "\n", keeping all other space.
func splitLines(runs []Run) [][]Run {
	var lines [][]Run
	var line []Run
	for _, r := range breakOut(runs) {
		if r.Text == "\n" {
			lines, line = append(lines, line), nil
			continue
		}
		if r = cleanRun(r); r.Text != "" {
			line = append(line, r)
		}
	}
	return append(lines, line)
}

// breakOut gives each "\n" within a text a run of its own.
func breakOut(runs []Run) []Run {
	out := make([]Run, 0, len(runs))
	for _, r := range runs {
		text := r.Text
		if strings.Contains(text, "\r") {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		}
		for {
			line, rest, found := strings.Cut(text, "\n")
			if line != "" {
				r.Text = line
				out = append(out, r)
			}
			if !found {
				break
			}
			out = append(out, Run{Text: "\n"})
			text = rest
		}
	}
	return out
}

// cleanText is scrub and foldSpace, most often told by one quick look to have
// nothing to do.
func cleanText(s string, after bool) (string, bool) {
	if s == "" || !settled(s) || after && s[0] == ' ' {
		return foldSpace(scrub(s), after)
	}
	return s, s[len(s)-1] == ' '
}

// foldSpace makes each stretch of ASCII white space one space. It says whether
// the text so far ends in one; after says the same of what came before.
func foldSpace(s string, after bool) (string, bool) {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !asciiSpace(c) {
			b.WriteByte(c)
			after = false
			continue
		}
		if !after {
			b.WriteByte(' ')
		}
		after = true
	}
	return b.String(), after
}

func asciiSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}

// trimLine takes the space off the end of a line.
func trimLine(line []Run) []Run {
	for len(line) > 0 {
		last := &line[len(line)-1]
		last.Text = strings.TrimRight(last.Text, " ")
		if last.Text != "" {
			break
		}
		line = line[:len(line)-1]
	}
	return line
}

// trimBlock takes everything that does not show off both ends of a block, with
// it the no-break and ideographic spaces used as an indent, and merges runs.
func trimBlock(runs []Run) []Run {
	for len(runs) > 0 {
		runs[0].Text = strings.TrimLeftFunc(runs[0].Text, invisible)
		if runs[0].Text != "" {
			break
		}
		runs = runs[1:]
	}
	for len(runs) > 0 {
		last := &runs[len(runs)-1]
		last.Text = strings.TrimRightFunc(last.Text, invisible)
		if last.Text != "" {
			break
		}
		runs = runs[:len(runs)-1]
	}
	return mergeRuns(runs)
}

// invisible reports whether a rune takes up no ink: white space, zero-width
// spaces and the byte order mark. Joiners are not among them, as they shape the
// letters beside them.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u00ad'
}

func blankLine(line []Run) bool {
	for _, r := range line {
		if strings.IndexFunc(r.Text, func(c rune) bool { return !invisible(c) }) >= 0 {
			return false
		}
	}
	return true
}

// joinLines puts lines back together with line breaks between them. Empty lines
// are left out unless keep is set.
func joinLines(lines [][]Run, keep bool) []Run {
	if len(lines) == 1 {
		return lines[0]
	}
	var out []Run
	for i, line := range lines {
		blank := blankLine(line)
		if blank && !keep {
			continue
		}
		if i > 0 && (keep || len(out) > 0) {
			out = append(out, Run{Text: "\n"})
		}
		if !blank {
			out = append(out, line...)
		}
	}
	return out
}

// mergeRuns joins neighbours of equal marks. Line breaks stay apart.
func mergeRuns(runs []Run) []Run {
	out := runs[:0]
	for i := 0; i < len(runs); {
		j := i + 1
		for j < len(runs) && sameMarks(runs[i], runs[j]) {
			j++
		}
		r := runs[i]
		if j > i+1 {
			r.Text = concat(runs[i:j])
		}
		out = append(out, r)
		i = j
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func sameMarks(a, b Run) bool {
	return a.Text != "\n" && b.Text != "\n" && a.Marks == b.Marks && a.Href == b.Href && a.Lang == b.Lang
}

func concat(runs []Run) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	size := 0
	for _, r := range runs {
		size += len(r.Text)
	}
	var b strings.Builder
	b.Grow(size)
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
