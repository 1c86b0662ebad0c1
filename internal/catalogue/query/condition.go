package query

import (
	"strings"
	"unicode"
)

// field reads a field's value and makes the condition of it. It counts an order
// as 0 terms.
func (p *parser) field(start int, name, sign string, not bool) (n Node, written int) {
	p.count(start)
	if p.stopped {
		return nil, 1
	}
	f, known := fieldNamed(name)
	if !known {
		p.unknownField(start, name)
		return nil, 1
	}
	op, fixed, ok := comparison(sign)
	if compares := f.class == aRating || f.class == aNumber || f.class == aDate; ok && op != Equal && !compares {
		ok, fixed = false, ":"
	}
	if !ok {
		p.problem(UnknownOp, start+len(name), start+len(name)+len(sign), fixed,
			"“%s” cannot stand behind %s. Numbers, dates and ratings are compared with : <= >= < and >, all else with a colon.", sign, f.name)
	}
	list, complete := p.values(f, start)
	if !ok || !complete {
		return nil, 1
	}
	if f.class == aSort {
		return nil, p.sort(start, list[0], not)
	}
	var all Or
	for _, v := range list {
		if n := p.condition(f, op, start, v); n != nil {
			all = append(all, n)
		}
	}
	return all, 1
}

// unknownField reports a name before a colon that is no field.
func (p *parser) unknownField(start int, name string) {
	end, suggest := start+len(name), nearField(name)
	at := p.pos
	if r := p.peek(); r != 0 && !unicode.IsSpace(r) && r != '(' && r != ')' && r != '|' {
		p.word()
	}
	if suggest != "" {
		p.problem(UnknownField, start, end, suggest, "There is no field “%s”. Did you mean %s?", short(name), suggest)
		return
	}
	if p.pos > at {
		end, suggest = p.pos, suggestQuotes(p.text[start:p.pos])
	}
	p.problem(UnknownField, start, end, suggest, "There is no field “%s”. To look for these words, put them in quotation marks.", short(name))
}

// values reads the value behind a field's colon, or several in parentheses.
func (p *parser) values(f field, start int) (list []value, complete bool) {
	at := p.pos
	switch r := p.peek(); {
	case r == 0 || unicode.IsSpace(r) || r == ')' || r == '|':
		p.noValue(start)
		return nil, false
	case r == '(' && f.class != aSort:
		return p.several(f, start)
	case r == '-' && f.class != aSort:
		p.pos++
		suggest := ""
		if p.pos < p.bareEnd(p.pos) || isQuote(p.peek()) {
			p.word()
			suggest = "-" + p.text[start:at] + p.text[at+1:p.pos]
		}
		p.problem(MinusInside, start, p.pos, suggest, "To leave something out, put the minus before the field: -tag:angst. A name that begins with a minus stands in quotation marks.")
		return nil, false
	}
	w := p.word()
	v := value{at, p.pos, []word{w}}
	if f.class == aText && !w.phrase {
		p.noEnding(at, w)
	}
	switch r := p.peek(); {
	case r == '|' && !p.alternative():
		p.barInValue(start, at)
		return nil, false
	case r == 0 || unicode.IsSpace(r) || r == ')' || r == '|':
		return []value{v}, true
	}
	p.needsQuotes(start, at)
	return nil, false
}

// noValue reports a field without a value, and reads the word that stands too
// far behind it.
func (p *parser) noValue(start int) {
	end := p.pos
	label := short(p.text[start:end])
	p.spaces()
	at := p.pos
	suggest := ""
	if r := p.peek(); r != 0 && !isComparison(r) && !strings.ContainsRune("()|-", r) && !p.keyword("OR") && !p.keyword("AND") && !p.keyword("NOT") {
		if _, _, isField := p.prefix(); !isField {
			p.word()
			suggest = p.text[start:end] + p.text[at:p.pos]
			end = p.pos
		} else {
			p.pos = at
		}
	}
	p.problem(MissingValue, start, end, suggest, "A value is missing behind “%s”. It follows without a space.", label)
}

// alternative reports whether the bar that comes next is followed by a
// condition of its own, not by another value for the one before.
func (p *parser) alternative() bool {
	at := p.pos
	defer func() { p.pos = at }()
	p.bar()
	if r := p.peek(); r == 0 || unicode.IsSpace(r) || r == '-' || r == '(' || r == ')' {
		return true
	}
	_, _, isField := p.prefix()
	return isField
}

func (p *parser) barInValue(start, at int) {
	for p.peek() == '|' {
		p.bar()
		p.word()
	}
	several := "(" + strings.ReplaceAll(p.text[at:p.pos], "|", " | ") + ")"
	p.problem(BarInValue, start, p.pos, p.text[start:at]+several, "Put several values into parentheses; a name with a bar in it into quotation marks.")
}

// needsQuotes reports a value that goes on with a parenthesis or quotation mark,
// and reads to its end.
func (p *parser) needsQuotes(start, at int) {
	open := 0
	end := strings.IndexFunc(p.rest(), func(r rune) bool {
		switch r {
		case '(':
			open++
		case ')':
			open--
		}
		return open < 0 || unicode.IsSpace(r)
	})
	if end < 0 {
		end = len(p.rest())
	}
	p.pos += end
	p.problem(NeedsQuotes, start, p.pos, p.text[start:at]+suggestQuotes(p.text[at:p.pos]),
		"Put the whole value into quotation marks, or a space behind it: “%s”.", short(p.text[start:p.pos]))
}

// several reads values in parentheses, with OR or a bar between them. Words
// that follow one another are one value.
func (p *parser) several(f field, start int) (list []value, complete bool) {
	at, before := p.pos, len(p.list)
	p.pos++
	if p.depth++; p.depth > MaxDepth {
		p.tooDeep(at, at+1)
		return nil, false
	}
	v := value{start: p.pos}
	for p.spaces(); p.pos < len(p.text) && p.peek() != ')'; p.spaces() {
		v.end = p.pos
		if p.bar() > v.end {
			list = append(list, v)
			v = value{start: p.pos}
			continue
		}
		if len(list)+len(v.words) > 0 { // the first was counted with the field
			p.count(p.pos)
		}
		if !p.valueWord(f, &v) {
			return nil, false
		}
	}
	v.end = p.pos
	list = append(list, v)
	p.closeGroup(at, false)
	for _, v := range list {
		if len(v.words) == 0 && !p.stopped {
			p.problem(MissingValue, v.start, v.end, "", "A value is missing in the parentheses behind “%s”.", short(p.text[start:at]))
		}
	}
	return list, len(p.list) == before
}

// valueWord adds a word to a value in parentheses. It reports false where the
// rest cannot be read.
func (p *parser) valueWord(f field, v *value) bool {
	start := p.pos
	switch {
	case p.stopped:
		return false
	case p.peek() == '(' || p.keyword("AND") || p.keyword("NOT"):
		p.problem(Unsupported, start, max(start+1, p.bareEnd(start)), "", "In the parentheses behind a field stand values with OR between them, nothing else. Repeat the field instead.")
		p.stop()
		return false
	}
	var w word
	if f.class == aText && p.skip("-") {
		if r := p.peek(); r == 0 || unicode.IsSpace(r) || r == ')' || r == '|' {
			p.problem(NothingAfterDash, start, start+1, "", "There is nothing behind the minus. Put it directly before what is to be left out: -storm")
			return true
		}
		w = p.word()
		w.not = true
	} else {
		w = p.word()
	}
	if f.class == aText && !w.phrase {
		p.noEnding(start, w)
	}
	v.words = append(v.words, w)
	return true
}
