package query

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/internal/archive"
)

// String returns the canonical text of the query, the same for all queries
// that differ only in form. Parse reads it back into the query's normal form,
// if its names and words are not empty and its ranges the right way round.
func (q Query) String() string {
	s := render(normal(q.Where))
	if q.Sort == "" {
		return s
	}
	by := "sort:" + string(q.Sort)
	if q.Up {
		by = "sort:-" + string(q.Sort)
	}
	return strings.TrimPrefix(s+" "+by, " ")
}

// Order returns what stories are ordered by: what is stated, else relevance
// where words are looked for, else when they were posted.
func (q Query) Order() Sort {
	switch {
	case q.Sort != "":
		return q.Sort
	default:
		if _, ok := q.FirstText(); ok {
			return SortRelevance
		}
		return SortPosted
	}
}

// place is where a condition stands, which decides about its parentheses.
type place int

const (
	atTop place = iota
	inAnd
	inOr
	inNot
)

// printer writes conditions and keeps how deeply parentheses are nested.
type printer struct {
	strings.Builder
	depth, deepest int
}

// render is the text of a condition in its normal form.
func render(n Node) string {
	var p printer
	p.node(n, atTop)
	return p.String()
}

func (p *printer) node(n Node, at place) {
	switch n := n.(type) {
	case And:
		p.list(n, " ", inAnd, at != atTop)
	case Or:
		p.list(n, " OR ", inOr, at != atTop)
	case Not:
		p.WriteByte('-')
		p.node(n.Node, inNot)
	case Text:
		p.text(n, at)
	case Tag:
		p.named(nameOfKind(n.Kind), ":", n.Name)
	case Author:
		p.named("author", ":", n.Name)
	case Series:
		p.named("series", ":", n.Name)
	case Rating:
		op := string(n.Op)
		if n.Op == Equal {
			op = ":"
		}
		p.named("rating", op, n.Name)
	case Number:
		p.WriteString(string(n.Of) + ":" + numberText(n))
	case Date:
		p.WriteString(string(n.Of) + ":" + dateText(n))
	case Language:
		p.named("language", ":", n.Code)
	case Is:
		p.named("is", ":", string(n.What))
	}
}

func (p *printer) list(list []Node, between string, at place, grouped bool) {
	if grouped {
		p.open()
	}
	for i, n := range list {
		if i > 0 {
			p.WriteString(between)
		}
		p.node(n, at)
	}
	if grouped {
		p.close()
	}
}

func (p *printer) open() {
	p.WriteByte('(')
	p.depth++
	p.deepest = max(p.deepest, p.depth)
}

func (p *printer) close() {
	p.WriteByte(')')
	p.depth--
}

func (p *printer) text(t Text, at place) {
	several := len(splitWords(t.Words)) > 1
	if t.In != archive.InEverything {
		p.WriteString(nameOfPart(t.In) + ":")
		at = inNot
	}
	grouped := several && (at == inOr || at == inNot)
	if grouped {
		p.open()
	}
	p.WriteString(t.Words)
	if grouped {
		p.close()
	}
}

func (p *printer) named(name, op, value string) {
	p.WriteString(name)
	p.WriteString(op)
	p.WriteString(nameText(value))
}

// nameText is a name as a value is written: in quotation marks unless it is
// letters, digits and a few signs that mean nothing else.
func nameText(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	plain := func(r rune) bool {
		return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("-_/&'’.,+#", r))
	}
	if (unicode.IsLetter(first) || unicode.IsDigit(first)) && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 && !strings.Contains(s, "..") {
		return s
	}
	return `"` + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) + `"`
}

func numberText(n Number) string {
	switch {
	case n.Min == n.Max:
		return fmt.Sprint(n.Min)
	case n.Max == math.MaxInt64:
		return fmt.Sprintf("%d..", n.Min)
	case n.Min <= 0:
		return fmt.Sprintf("..%d", n.Max)
	default:
		return fmt.Sprintf("%d..%d", n.Min, n.Max)
	}
}
