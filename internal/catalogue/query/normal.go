package query

import (
	"strings"

	"colophon/internal/archive"
)

// normal is the one form of a condition: lists are neither nested in their like
// nor of one, a double Not is none, words beside one another are one Text,
// conditions stand once, names are on one line. Nil and what is empty is left
// out; nil stands for all stories.
func normal(n Node) Node {
	switch n := n.(type) {
	case And:
		return normalAnd(n)
	case Or:
		return normalOr(n)
	case Not:
		return negated(normal(n.Node))
	case Tag:
		return normalTag(n)
	case Author:
		return Author{tidy(n.Name)}
	case Series:
		return Series{tidy(n.Name)}
	case Rating:
		if n.Op == "" {
			n.Op = Equal
		}
		return Rating{n.Op, tidy(n.Name)}
	case Number:
		n.Min = max(n.Min, 0)
		return n
	case Language:
		return Language{languageCode(n.Code)}
	case Text:
		return normalText(n)
	default:
		return n // nil, Date, Is
	}
}

// negated is the opposite of a condition in its normal form.
func negated(n Node) Node {
	switch n := n.(type) {
	case nil:
		return nil
	case Not:
		return n.Node
	default:
		return Not{n}
	}
}

func normalTag(t Tag) Node {
	name := tidy(t.Name)
	switch t.Kind {
	case archive.TagRating:
		return Rating{Equal, name}
	case archive.TagGenre, archive.TagKeyword:
		return Tag{archive.TagFreeform, name}
	default:
		return Tag{t.Kind, name}
	}
}

func normalText(t Text) Node {
	list := splitWords(t.Words)
	if len(list) == 0 {
		return nil
	}
	for _, w := range list {
		if !w.not {
			return Text{t.In, wordsText(list)}
		}
	}
	// A search must look for something: what is only left out is left out of
	// all stories.
	var all And
	for _, w := range list {
		w.not = false
		all = append(all, Not{Text{t.In, wordsText([]word{w})}})
	}
	return normalAnd(all)
}

func normalAnd(list And) Node {
	var flat []Node
	for _, n := range list {
		switch n := normal(n).(type) {
		case nil:
		case And:
			flat = append(flat, n...)
		default:
			flat = append(flat, n)
		}
	}
	flat = joined(once(flat))
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return flat[0]
	default:
		return And(flat)
	}
}

func normalOr(list Or) Node {
	var flat []Node
	for _, n := range list {
		switch n := normal(n).(type) {
		case nil:
		case Or:
			flat = append(flat, n...)
		default:
			flat = append(flat, n)
		}
	}
	flat = once(flat)
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return flat[0]
	default:
		return Or(flat)
	}
}

// once takes away repetitions of a condition. Words are kept: "very very" is
// what was typed.
func once(list []Node) []Node {
	seen := make(map[string]bool, len(list))
	kept := list[:0]
	for _, n := range list {
		if _, ok := looseWord(n); ok {
			kept = append(kept, n)
			continue
		}
		key := render(n)
		if !seen[key] {
			kept = append(kept, n)
		}
		seen[key] = true
	}
	return kept
}

// joined makes one Text of words that stand beside one another, with those to
// be left out, where there is something to look for among them.
func joined(list []Node) (out []Node) {
	for len(list) > 0 {
		n, found := 0, false
		var run []string
		for ; n < len(list); n++ {
			words, ok := looseWord(list[n])
			if !ok {
				break
			}
			_, positive := list[n].(Text)
			found = found || positive
			run = append(run, words)
		}
		switch {
		case n == 0:
			out, n = append(out, list[0]), 1
		case found:
			out = append(out, Text{archive.InEverything, strings.Join(run, " ")})
		default:
			out = append(out, list[:n]...)
		}
		list = list[n:]
	}
	return out
}

// looseWord is the words of a condition that can be joined with others: a Text
// of all parts, or one word or phrase of it to be left out.
func looseWord(n Node) (words string, ok bool) {
	switch n := n.(type) {
	case Text:
		return n.Words, n.In == archive.InEverything
	case Not:
		t, ok := n.Node.(Text)
		if !ok || t.In != archive.InEverything || len(splitWords(t.Words)) != 1 {
			return "", false
		}
		return "-" + t.Words, true
	}
	return "", false
}
