package charset

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// unify gives spans the encoding of others that reads them to the same text:
// German passages beside Czech ones in windows-1250 need no windows-1252.
func unify(b []byte, spans []Span) []Span {
	high := make(map[string]int)
	for _, s := range spans {
		if len(s.Undone) == 0 && s.Encoding != Undecoded && codePage(s.Encoding) != nil {
			high[s.Encoding] += highBytes(b[s.Start:s.End])
		}
	}
	var names []string
	for name := range high {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(cmp.Compare(high[x], high[y]), cmp.Compare(x, y))
	})
	for i, x := range names {
		for j, y := range names {
			if i != j && y != "" && readAlike(b, spans, x, y) {
				spans = relabel(spans, x, y)
				names[i] = ""
				break
			}
		}
	}
	return spans
}

// readAlike reports whether y reads all that spans give to x as x does.
func readAlike(b []byte, spans []Span, x, y string) bool {
	as, with := codePage(x), codePage(y)
	for _, s := range spans {
		if s.Encoding != x {
			continue
		}
		for _, c := range b[s.Start:s.End] {
			if c >= utf8.RuneSelf && (as[c] != with[c] || as[c] == unreadable) {
				return false
			}
		}
	}
	return true
}

// relabel gives what is x in spans to y, with the reason y was read elsewhere.
func relabel(spans []Span, x, y string) []Span {
	like := spans[slices.IndexFunc(spans, func(s Span) bool { return s.Encoding == y })]
	var out []Span
	for _, s := range spans {
		if s.Encoding == x && len(s.Undone) == 0 {
			s.Encoding, s.Why, s.Confidence = like.Encoding, like.Why, like.Confidence
		}
		if n := len(out); n > 0 && out[n-1].Encoding == s.Encoding && out[n-1].Why == s.Why && out[n-1].End == s.Start && len(out[n-1].Undone)+len(s.Undone) == 0 {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}
