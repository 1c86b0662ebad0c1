package query

import (
	"fmt"
	"strings"
)

// condition makes the condition of a field with one value; nil where the value
// is none for it, which is reported. The piece begins at start with the field.
func (p *parser) condition(f field, op Op, start int, v value) Node {
	name := v.name()
	if name = tidy(name); name == "" {
		p.problem(MissingValue, start, v.end, "", "The value of “%s” is empty.", f.name)
		return nil
	}
	switch f.class {
	case aTag:
		return Tag{f.kind, name}
	case anAuthor:
		return Author{name}
	case aSeries:
		return Series{name}
	case aRating:
		return p.rating(op, start, v, name)
	case aNumber:
		return p.number(f, op, v, name)
	case aDate:
		return p.date(f, op, v, name)
	case aLanguage:
		return p.language(v, name)
	case aProperty:
		return p.property(v, name)
	case aYesNo:
		return p.yesNo(f, v, name)
	default:
		return p.words(f, v)
	}
}

func (p *parser) rating(op Op, start int, v value, name string) Node {
	if low, high, isRange := endsOf(name); isRange && !v.words[0].phrase {
		var parts []string
		if low != "" {
			parts = append(parts, "rating>="+nameText(low))
		}
		if high != "" {
			parts = append(parts, "rating<="+nameText(high))
		}
		p.problem(Unsupported, start, v.end, strings.Join(parts, " "), "Ratings have no ranges. Give both ends: rating>=teen rating<=mature")
		return nil
	}
	return Rating{op, name}
}

func (p *parser) number(f field, op Op, v value, s string) Node {
	low, high, code, suggest := numbers(op, s)
	switch code {
	case "":
		return Number{f.of, low, high}
	case ReversedRange:
		p.problem(code, v.start, v.end, suggest, "This range of %s is the wrong way round. Did you mean %s?", f.name, suggest)
	case BadRange:
		p.problem(code, v.start, v.end, suggest, "No number lies in this range. Write %s:1000..20000, with one end left out where there is none.", f.name)
	default:
		p.problem(code, v.start, v.end, suggest, "“%s” is no number.%s Write 1000, 1,000 or 1k, a range as 1000..20000; twelve digits are the most.", short(s), meant(suggest))
	}
	return nil
}

func (p *parser) date(f field, op Op, v value, s string) Node {
	from, to, code, suggest := days(op, s)
	switch code {
	case "":
		return Date{f.of, from, to}
	case ReversedRange:
		p.problem(code, v.start, v.end, suggest, "This range of dates is the wrong way round. Did you mean %s?", suggest)
	case BadRange:
		p.problem(code, v.start, v.end, suggest, "No day lies in this range. Write %s:2001..2004, with one end left out where there is none.", f.name)
	default:
		p.problem(code, v.start, v.end, suggest, "“%s” is no date.%s Write 2004, 2004-05 or 2004-05-11, year first, and a range as 2001..2004.", short(s), meant(suggest))
	}
	return nil
}

// meant asks for what is proposed.
func meant(suggest string) string {
	if suggest == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %s?", suggest)
}

func (p *parser) language(v value, s string) Node {
	if code := languageNamed(s); code != "" {
		return Language{code}
	}
	if code := languageCode(s); isLanguageCode(code) {
		return Language{code}
	}
	suggest := nearLanguage(s)
	p.problem(UnknownLanguage, v.start, v.end, quotedIfNeeded(suggest), "“%s” is no language that is known here.%s Write its English name or its code, such as de or pt-BR.", short(s), meant(suggest))
	return nil
}

// quotedIfNeeded is a proposed value as it is written; "" for none.
func quotedIfNeeded(s string) string {
	if s == "" {
		return ""
	}
	return nameText(s)
}

func (p *parser) property(v value, s string) Node {
	if w, ok := property(s); ok {
		return Is{w}
	}
	suggest := nearProperty(s)
	p.problem(UnknownProperty, v.start, v.end, suggest, "Nothing is known here by “is:%s”.%s There are is:complete, is:wip, is:crossover, is:single and is:series.", short(s), meant(suggest))
	return nil
}

func (p *parser) yesNo(f field, v value, s string) Node {
	yes, ok := yesNo(s)
	switch {
	case !ok:
		p.problem(BadYesNo, v.start, v.end, "", "“%s” is no answer. Write %s:yes or %s:no.", short(s), f.name, f.name)
		return nil
	case yes:
		return Is{f.yes}
	default:
		return Is{f.no}
	}
}

func (p *parser) words(f field, v value) Node {
	list := make([]word, 0, len(v.words))
	for _, w := range v.words {
		if findable(w.text) {
			list = append(list, w)
		}
	}
	if len(list) == 0 {
		p.problem(NothingToFind, v.start, v.end, "", "There is nothing to look for in “%s”. Type a word: letters or numbers, not signs alone.", short(p.text[v.start:v.end]))
		return nil
	}
	return Text{f.in, wordsText(list)}
}

// sort notes the order that is asked for. It is no condition: it counts 0
// terms, and 1 where it stands wrong.
func (p *parser) sort(start int, v value, not bool) int {
	if p.depth > 0 || not {
		p.problem(MisplacedSort, start, v.end, "", "An order holds for all that is found. Put sort: at the end, outside of parentheses and without a minus before it; sort:-words turns it round.")
		return 1
	}
	name := v.name()
	name, up := strings.CutPrefix(name, "-")
	by, ok := sortNamed(name)
	if !ok {
		suggest := mendSort(name, up)
		p.problem(UnknownSort, v.start, v.end, suggest, "There is no order “%s”.%s There are posted, updated, written, title, author, words and relevance; a minus before one turns it round.", short(name), meant(suggest))
		return 0
	}
	if p.by != "" && (p.by != by || p.up != up) {
		p.problem(TwoSorts, start, v.end, "", "Two orders are asked for. Keep one of them.")
		return 0
	}
	p.by, p.up = by, up
	return 0
}

// mendSort is the order that was most likely meant, "" for none. Other archives
// write the direction behind the name.
func mendSort(name string, up bool) string {
	base, rising := strings.CutSuffix(strings.ToLower(name), "-asc")
	base, falling := strings.CutSuffix(base, "-desc")
	by, ok := sortNamed(base)
	if !ok {
		by = Sort(nearSort(base))
	}
	byName := by == SortTitle || by == SortAuthor
	turned := up || rising && !byName || falling && byName
	switch {
	case by == "":
		return ""
	case turned:
		return "-" + string(by)
	default:
		return string(by)
	}
}
