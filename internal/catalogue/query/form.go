package query

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
)

// FromForm makes a query of a form's fields, all of which must hold. The fields
// are q, which takes any query; fandom, character, relationship, tag, warning,
// category and author, each with one name, and repeated for several; the same
// with not- before them; rating, the highest; words-from and words-to; language;
// complete, yes or no; text, for words of the stories themselves; sort, which
// goes before an order in q. Names are taken as they are, without marks around
// them. Empty and other fields are passed over. The error is as that of Parse,
// with the field of each problem.
func FromForm(v url.Values) (Query, error) {
	var f form
	if f.tooLong(v) {
		return Query{}, f.err()
	}
	var q Query
	for _, text := range v["q"] {
		part := f.reader("q", text).query()
		f.list = append(f.list, part.Where)
		if part.Sort != "" {
			q.Sort, q.Up = part.Sort, part.Up
		}
	}
	f.names(v)
	f.each(v, "rating", AtMost)
	f.words(v)
	f.each(v, "language", Equal)
	f.each(v, "complete", Equal)
	f.text(v["text"])
	if by, up := f.sort(v.Get("sort")); by != "" {
		q.Sort, q.Up = by, up
	}
	q.Where = normal(And(f.list))
	f.bounds(q)
	if err := f.err(); err != nil {
		return Query{}, err
	}
	return q, nil
}

// form gathers the conditions of a form.
type form struct {
	list    []Node
	readers []*parser
}

// reader returns a parser of one field's value.
func (f *form) reader(name, text string) *parser {
	p := &parser{text: text, report: report{field: name}}
	f.readers = append(f.readers, p)
	return p
}

// err returns the problems of all fields.
func (f *form) err() error {
	var all []Problem
	for _, p := range f.readers {
		all = append(all, p.sorted()...)
	}
	if len(all) == 0 {
		return nil
	}
	return &Error{Problems: all[:min(len(all), MaxProblems)]}
}

func (f *form) tooLong(v url.Values) bool {
	size, count := 0, 0
	for _, list := range v {
		count += len(list)
		for _, s := range list {
			size += len(s)
		}
	}
	if size > MaxText || count > 2*MaxTerms {
		f.reader("", "").problem(TooLong, 0, 0, "", "This is too much to ask for at once. Use at most %d letters and %d conditions.", MaxText, MaxTerms)
		return true
	}
	return false
}

// bounds reports a query whose text could not be read back.
func (f *form) bounds(q Query) {
	p := f.reader("", "")
	p.bounds(q)
	count := terms(q.Where)
	if q.Sort != "" {
		count++
	}
	if count > MaxTerms {
		p.problem(TooManyTerms, 0, 0, "", "These are too many words and conditions. Use at most %d.", MaxTerms)
	}
}

// terms counts the words, phrases and conditions of a query.
func terms(n Node) int {
	sum := 0
	switch n := n.(type) {
	case nil:
		return 0
	case And:
		for _, c := range n {
			sum += terms(c)
		}
		return sum
	case Or:
		for _, c := range n {
			sum += terms(c)
		}
		return sum
	case Not:
		return terms(n.Node)
	case Text:
		return len(splitWords(n.Words))
	}
	return 1
}

// names adds what is asked for and what is left out by name.
func (f *form) names(v url.Values) {
	for _, name := range []string{"fandom", "character", "relationship", "tag", "warning", "category", "author"} {
		f.each(v, name, Equal)
		for _, text := range v["not-"+name] {
			if n := f.one("not-"+name, name, Equal, text); n != nil {
				f.list = append(f.list, Not{n})
			}
		}
	}
}

// each adds the values of a field.
func (f *form) each(v url.Values, name string, op Op) {
	for _, text := range v[name] {
		if n := f.one(name, name, op, text); n != nil {
			f.list = append(f.list, n)
		}
	}
}

// one is the condition of a form's field; nil for an empty or wrong one.
func (f *form) one(label, name string, op Op, text string) Node {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	p := f.reader(label, text)
	p.characters()
	known, _ := fieldNamed(name)
	return p.condition(known, op, 0, value{0, len(text), []word{{text: p.text, phrase: true}}})
}

// words adds the range of words. Each end is read on its own, so that a problem
// names its field.
func (f *form) words(v url.Values) {
	from, to := strings.TrimSpace(v.Get("words-from")), strings.TrimSpace(v.Get("words-to"))
	low, _ := f.one("words-from", "words", AtLeast, from).(Number)
	high, _ := f.one("words-to", "words", AtMost, to).(Number)
	switch {
	case low.Of != "" && high.Of != "" && low.Min > high.Max:
		f.reader("words-from", from).problem(ReversedRange, 0, len(from), to,
			"The lowest number of words is above the highest. Did you mean from %s to %s?", to, from)
	case low.Of != "" && high.Of != "":
		f.list = append(f.list, Number{Words, low.Min, high.Max})
	case low.Of != "":
		f.list = append(f.list, low)
	case high.Of != "":
		f.list = append(f.list, high)
	}
}

// text adds words to look for in the stories themselves. They are read as a
// search reads them: nothing of them is a field.
func (f *form) text(values []string) {
	for _, text := range values {
		if strings.TrimSpace(text) == "" {
			continue
		}
		p := f.reader("text", text)
		if !utf8.ValidString(text) {
			p.characters()
			continue
		}
		n := normal(Text{archive.InText, text})
		if n == nil {
			p.problem(NothingToFind, 0, len(text), "", "There is nothing to look for. Type a word: letters or numbers, not signs alone.")
			continue
		}
		f.list = append(f.list, n)
	}
}

func (f *form) sort(text string) (Sort, bool) {
	if text == "" {
		return "", false
	}
	p := f.reader("sort", text)
	p.sort(0, value{0, len(text), []word{{text: text}}}, false)
	return p.by, p.up
}
