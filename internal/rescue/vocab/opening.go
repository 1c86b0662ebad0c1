package vocab

import (
	"encoding/binary"
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"
	"unicode/utf8"
)

// lineExpr is a regular expression for whole lines, with a table of how what it
// matches can begin. Most lines of a page are told by their first letters to be
// something else, many times faster than the expression would tell.
type lineExpr struct {
	*regexp.Regexp
	once  sync.Once
	table []openingRow
}

// openingRow says for each column which row decides on the next character, or
// one of the two answers.
type openingRow [columns]uint16

const (
	// otherSigns are the signs beyond ASCII that lines of stories begin with.
	otherSigns = "“”‘’…—–«»„"
	columns    = utf8.RuneSelf + 10 // ASCII, and a column for each of otherSigns

	refused   = 0 // no line that begins so matches
	undecided = 1 // the expression has to be asked
	firstRow  = 2

	// maxRows bounds the table; what would need more rows is undecided.
	maxRows = 256
)

// line compiles an expression that begins with ^.
func line(pattern string) *lineExpr {
	return &lineExpr{Regexp: regexp.MustCompile(pattern)}
}

// may reports whether a line can match, as far as its first characters tell.
func (e *lineExpr) may(s string) bool {
	e.once.Do(e.build)
	row := uint16(firstRow)
	for _, r := range s {
		c := column(r)
		if c < 0 {
			return true
		}
		row = e.table[row][c]
		if row < firstRow {
			return row == undecided
		}
	}
	return false // the expression wants more than the whole line
}

// MatchString reports whether a line matches.
func (e *lineExpr) MatchString(s string) bool { return e.may(s) && e.Regexp.MatchString(s) }

// FindStringSubmatch is nil where a line does not match.
func (e *lineExpr) FindStringSubmatch(s string) []string {
	if !e.may(s) {
		return nil
	}
	return e.Regexp.FindStringSubmatch(s)
}

// column is the column of a character, -1 where it has none.
func column(r rune) int {
	if r < utf8.RuneSelf {
		return int(r)
	}
	n := utf8.RuneSelf
	for _, sign := range otherSigns {
		if r == sign {
			return n
		}
		n++
	}
	return -1
}

// build follows the program of the expression from its start, a set of its
// instructions a row (the subset construction), as far as the table reaches.
// Conditions such as \b and $ are taken to hold, so nothing is refused wrongly.
func (e *lineExpr) build() {
	parsed, err := syntax.Parse(e.String(), syntax.Perl)
	if err != nil {
		panic(err) // it was compiled before
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		panic(err)
	}
	b := openings{prog: prog, rows: map[string]uint16{}, accepts: make([][]int, len(prog.Inst)), table: make([]openingRow, firstRow)}
	start := b.closure([]uint32{uint32(prog.Start)})
	if b.row(start) == undecided {
		b.table = append(b.table, openingRow{}) // matches every line: may is not asked for such
		for c := range b.table[firstRow] {
			b.table[firstRow][c] = undecided
		}
	}
	for i := 0; i < len(b.sets); i++ {
		b.fill(uint16(firstRow+i), b.sets[i])
	}
	e.table = b.table
}

// openings is a table being built.
type openings struct {
	prog    *syntax.Prog
	table   []openingRow
	rows    map[string]uint16 // by set of instructions
	sets    [][]uint32        // of each row from firstRow on
	accepts [][]int           // columns that an instruction takes
}

// closure returns the instructions that take a character, and match, that can be
// reached from some without taking any.
func (b *openings) closure(from []uint32) []uint32 {
	var out []uint32
	seen := map[uint32]bool{}
	for len(from) > 0 {
		pc := from[len(from)-1]
		from = from[:len(from)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch in := &b.prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			from = append(from, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			from = append(from, in.Out)
		case syntax.InstFail:
		default:
			out = append(out, pc)
		}
	}
	slices.Sort(out)
	return out
}

// row is the row of a set of instructions, made where there is none.
func (b *openings) row(set []uint32) uint16 {
	if len(set) == 0 {
		return refused
	}
	var key []byte
	for _, pc := range set {
		if b.prog.Inst[pc].Op == syntax.InstMatch {
			return undecided
		}
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	if row, ok := b.rows[string(key)]; ok {
		return row
	}
	if len(b.table) == maxRows {
		return undecided
	}
	row := uint16(len(b.table))
	b.rows[string(key)] = row
	b.sets = append(b.sets, set)
	b.table = append(b.table, openingRow{})
	return row
}

// fill sets a row from the instructions it stands for.
func (b *openings) fill(row uint16, set []uint32) {
	var next [columns][]uint32
	for _, pc := range set {
		for _, c := range b.taken(pc) {
			next[c] = append(next[c], b.prog.Inst[pc].Out)
		}
	}
	for c, to := range next {
		if len(to) > 0 {
			b.table[row][c] = b.row(b.closure(to))
		}
	}
}

// taken are the columns that an instruction takes.
func (b *openings) taken(pc uint32) []int {
	if b.accepts[pc] != nil {
		return b.accepts[pc]
	}
	in := &b.prog.Inst[pc]
	out := []int{}
	take := func(r rune) {
		always := in.Op == syntax.InstRuneAny || in.Op == syntax.InstRuneAnyNotNL && r != '\n'
		if always || in.Op != syntax.InstRuneAny && in.Op != syntax.InstRuneAnyNotNL && in.MatchRune(r) {
			out = append(out, column(r))
		}
	}
	for r := range rune(utf8.RuneSelf) {
		take(r)
	}
	for _, r := range otherSigns {
		take(r)
	}
	b.accepts[pc] = out
	return out
}
