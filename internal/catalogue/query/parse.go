package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/internal/archive"
)

// Parse reads a query. The empty text asks for all stories. The query is in its
// normal form, which String writes and Parse reads back unchanged. The error,
// if any, is an *Error with all that is wrong, up to MaxProblems.
func Parse(text string) (Query, error) {
	p := &parser{text: text}
	q := p.query()
	return q, p.err()
}

// query reads the whole text.
func (p *parser) query() Query {
	if len(p.text) > MaxText {
		p.problem(TooLong, 0, len(p.text), "", "This is too long: %d bytes. Use at most %d.", len(p.text), MaxText)
		return Query{}
	}
	p.characters()
	where, written := p.or()
	for !p.stopped && p.pos < len(p.text) { // or ends at a parenthesis that nothing opened
		p.problem(UnopenedGroup, p.pos, p.pos+1, "", "This parenthesis closes nothing. Take it out, or put it in quotation marks.")
		p.pos++
		_, more := p.or()
		written += more
	}
	q := Query{Where: normal(where), Sort: p.by, Up: p.up}
	if len(p.list) > 0 {
		return Query{}
	}
	if q.Where == nil && written > 0 {
		p.problem(NothingToFind, 0, len(p.text), "", "There is nothing to look for. Type a word or a name: letters or numbers, not signs alone.")
	}
	p.bounds(q)
	if len(p.list) > 0 {
		return Query{}
	}
	return q
}

// bounds reports a query whose canonical text could not be read back, or whose
// words are more than a search takes.
func (p *parser) bounds(q Query) {
	var out printer
	out.node(q.Where, atTop)
	switch {
	case out.Len()+len(q.Sort)+10 > MaxText:
		p.problem(TooLong, 0, len(p.text), "", "This is too long when it is written out: %d bytes. Use at most %d.", out.Len(), MaxText)
	case out.deepest > MaxDepth:
		p.tooDeep(0, len(p.text))
	}
	words, long := longest(q.Where)
	if words > maxWords || long > maxCharacters {
		p.problem(TooManyWords, 0, len(p.text), "",
			"Those are too many words to look for at once. Use at most %d words and %d letters, or put a sentence in quotation marks.", maxWords, maxCharacters)
	}
}

// longest returns the most words and the most characters of any Text.
func longest(n Node) (words, characters int) {
	switch n := n.(type) {
	case And:
		return longestOf(n)
	case Or:
		return longestOf(n)
	case Not:
		return longest(n.Node)
	case Text:
		return len(splitWords(n.Words)), utf8.RuneCountInString(n.Words)
	}
	return 0, 0
}

func longestOf(list []Node) (words, characters int) {
	for _, n := range list {
		w, c := longest(n)
		words, characters = max(words, w), max(characters, c)
	}
	return words, characters
}

func (p *parser) tooDeep(start, end int) {
	p.problem(TooDeep, start, end, "", "There are too many parentheses inside one another. Use at most %d.", MaxDepth)
	p.stop()
}

// or reads alternatives up to the end or a closing parenthesis. It returns how
// many terms it read.
func (p *parser) or() (n Node, written int) {
	var list Or
	joint := [2]int{-1, -1} // the last OR
	for {
		c, count := p.and()
		written += count
		if c != nil {
			list = append(list, c)
		}
		before, start := joint, p.pos
		joint = [2]int{start, p.bar()}
		another := joint[1] > joint[0]
		if count == 0 && !p.stopped && (another || before[0] >= 0) {
			if !another {
				joint = before
			}
			p.missing(joint)
		}
		if !another {
			return list, written
		}
	}
}

// bar goes over an OR, written so or as a bar, and returns the place behind.
func (p *parser) bar() int {
	if p.peek() == '|' {
		p.pos += len(p.rest()) - len(strings.TrimLeft(p.rest(), "|"))
	} else if p.keyword("OR") {
		p.pos += len("OR")
	}
	return p.pos
}

func (p *parser) missing(joint [2]int) {
	p.problem(MissingTerm, joint[0], joint[1], "",
		"Something is missing before or behind %s. Say what it joins; to look for the word itself, put it in quotation marks.", p.text[joint[0]:joint[1]])
}

// and reads conditions that must all hold, up to an OR, the end or a closing
// parenthesis.
func (p *parser) and() (n Node, written int) {
	var list And
	joint := -1 // the last AND, if nothing stands behind it
	for p.spaces(); p.pos < len(p.text) && p.peek() != ')' && p.peek() != '|' && !p.keyword("OR"); p.spaces() {
		if p.keyword("AND") {
			start := p.pos
			p.pos += len("AND")
			if written == 0 || joint >= 0 {
				p.missing([2]int{start, p.pos})
			}
			joint = start
			continue
		}
		c, count := p.term()
		written += count
		if c != nil {
			list = append(list, c)
		}
		joint = -1
	}
	if joint >= 0 {
		p.missing([2]int{joint, joint + len("AND")})
	}
	if len(list) == 0 {
		return nil, written
	}
	return list, written
}

// term reads a condition, a group or a word, with the signs that negate it. It
// counts what it read, 0 for an order.
func (p *parser) term() (n Node, written int) {
	not := false
	for p.peek() == '-' || p.keyword("NOT") {
		start := p.pos
		if !p.skip("-") {
			p.pos += len("NOT")
			p.spaces()
		}
		if r := p.peek(); r == 0 || unicode.IsSpace(r) || r == ')' || r == '|' || p.keyword("OR") || p.keyword("AND") {
			end := start + len(strings.TrimRightFunc(p.text[start:p.pos], unicode.IsSpace))
			p.problem(NothingAfterDash, start, end, "",
				"There is nothing behind the minus. Put it directly before what is to be left out: -storm")
			return nil, 1
		}
		not = !not
	}
	if r := p.peek(); isDash(r) && !unicode.IsSpace(p.runeAt(p.pos+utf8.RuneLen(r))) && p.pos+utf8.RuneLen(r) < len(p.text) {
		p.problem(NotAMinus, p.pos, p.pos+utf8.RuneLen(r), "-",
			"This dash is not the minus sign. Put the plain sign - before what is to be left out, or the words in quotation marks.")
		p.pos += utf8.RuneLen(r)
	}
	if p.peek() == '(' {
		n, written = p.group()
	} else if n, written = p.leaf(not); written == 0 {
		return nil, 0
	}
	if n != nil && not {
		n = Not{n}
	}
	return n, written
}

// group reads what stands in parentheses.
func (p *parser) group() (n Node, written int) {
	start := p.pos
	p.pos++
	p.depth++
	if p.depth > MaxDepth {
		p.tooDeep(start, start+1)
		return nil, 1
	}
	n, written = p.or()
	p.closeGroup(start, written == 0)
	return n, 1
}

// closeGroup reads the parenthesis that ends a group.
func (p *parser) closeGroup(start int, empty bool) {
	closed := p.skip(")")
	switch {
	case p.stopped:
	case !closed:
		p.problem(UnclosedGroup, start, len(p.text), p.text[start:]+strings.Repeat(")", p.depth), "A parenthesis is open and never closed. Close it.")
		p.stop()
	case empty:
		p.problem(EmptyGroup, start, p.pos, "", "There is nothing in these parentheses. Take them out.")
	}
	p.depth--
}

// count notes that a term was read.
func (p *parser) count(start int) {
	if p.terms++; p.terms > MaxTerms && !p.stopped {
		p.problem(TooManyTerms, start, start+1, "", "These are too many words and conditions. Use at most %d.", MaxTerms)
		p.stop()
	}
}

// leaf reads a field with its value, or a word; its minus has been read.
func (p *parser) leaf(not bool) (n Node, written int) {
	start := p.pos
	if !isQuote(p.peek()) {
		if name, op, ok := p.prefix(); ok {
			return p.field(start, name, op, not)
		}
	}
	p.count(start)
	if p.stopped {
		return nil, 1
	}
	w := p.word()
	if !w.phrase {
		p.noEnding(start, w)
	}
	if !findable(w.text) {
		return nil, 1 // a search passes over signs that stand alone
	}
	return Text{archive.InEverything, wordsText([]word{w})}, 1
}

// noEnding reports a word of which only the ending is given.
func (p *parser) noEnding(start int, w word) {
	if strings.HasPrefix(w.text, "*") && findable(w.text) {
		p.problem(Unsupported, start, p.pos, suggestQuotes(w.written()),
			"The sign * can stand behind the beginning of a word only: lamp*. To look for the sign's word as it is, put it in quotation marks.")
	}
}
