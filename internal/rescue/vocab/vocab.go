// Package vocab is the vocabulary of story headers: the labels of eleven years
// of fan archives in eight languages, and how to recognise ratings, dates,
// languages, genres, chapter headings, bylines, and the stock phrases of
// authors and archives.
//
// It knows words, not pages: which line of a page is part of a header, and what
// a value finally means, is for packages page and header to decide.
package vocab

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Field is what a label announces: the name of a header field, in the words of
// the first column of the table.
type Field string

// Strength says how much a label counts on its own.
type Strength uint8

// A weak label is an ordinary word ("story", "part") and counts only beside
// others; a strong one counts wherever it stands with its separator.
const (
	Unknown Strength = iota
	Weak
	Strong
)

// Label is a label found in a line.
type Label struct {
	Field      Field // "" for a label that is in no table
	Also       Field // the second field of "Title/Author", "" for most labels
	Strength   Strength
	Start, End int    // byte range of the label itself
	Value      int    // byte offset at which its value begins
	Sep        string // ":", ";", "-", "|", "=", or "" where nothing divides label and value
	Alone      bool   // nothing follows: the value, if any, is on the next line
}

// Vocabulary answers questions about words. It is immutable and safe for
// concurrent use.
type Vocabulary struct {
	labels    map[string][]entry
	genres    map[string]bool
	languages map[string]string
	months    map[string]int
	author    *talkTable
	fandoms   map[string]string
}

type entry struct {
	field    Field
	lang     string
	strength Strength
}

// New reads the tables.
func New() *Vocabulary {
	v := &Vocabulary{
		labels:    map[string][]entry{},
		genres:    set(genreTable),
		languages: pairs(languageTable),
		months:    monthNumbers(),
		author:    talks(authorTable),
		fandoms:   fandomNames(),
	}
	for line := range strings.Lines(strings.TrimSpace(table)) {
		col := strings.Split(strings.TrimRight(line, "\n"), "\t")
		for name := range strings.SplitSeq(col[2], "|") {
			e := entry{Field(col[0]), col[1], Strong}
			if weak, ok := strings.CutPrefix(name, "~"); ok {
				name, e.strength = weak, Weak
			}
			v.labels[name] = append(v.labels[name], e)
		}
	}
	return v
}

// Key brings a label to the form of the table: lower case, without brackets and
// what they hold, apostrophes and decoration, single spaces.
func Key(s string) string {
	var b strings.Builder
	depth := 0
	space := false
	for _, r := range s {
		switch {
		case r == '(' || r == '[' || r == '{':
			depth++
			continue
		case r == ')' || r == ']' || r == '}':
			depth = max(0, depth-1)
			continue
		case depth > 0 || r == '\'' || r == '\u2019' || r == '`' || r == '\u00b4' || r == '\u2018':
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '/' || r == '&' || r == '-' || r == '?':
			if space && b.Len() > 0 && r != '/' && !strings.HasSuffix(b.String(), "/") {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return strings.Trim(b.String(), "-/& ")
}

// Known looks a label up, as it stands or with the small variations that
// authors allow themselves ("Disclaimer for part 2", "The usual disclaimer",
// "Title/Author").
func (v *Vocabulary) Known(label string) (Label, bool) {
	k := Key(label)
	if k == "" || len(k) > 60 {
		return Label{}, false
	}
	if l, ok := v.exact(k); ok {
		return l, true
	}
	for _, cut := range []string{" for ", " to ", " on ", " of ", " about ", " zu ", " pour "} {
		if head, _, ok := strings.Cut(k, cut); ok {
			if l, ok := v.exact(head); ok && l.Strength == Strong && spacious(l.Field) {
				return l, true
			}
		}
	}
	return v.varied(k)
}

func (v *Vocabulary) exact(k string) (Label, bool) {
	es := v.labels[k]
	if len(es) == 0 {
		return Label{}, false
	}
	return Label{Field: es[0].field, Strength: es[0].strength}, true
}

// varied tries a label with words before a known one, and two labels in one.
func (v *Vocabulary) varied(k string) (Label, bool) {
	for _, div := range []string{"/", " & ", " and ", " und ", " et ", " y ", " и "} {
		a, b, ok := strings.Cut(k, div)
		if !ok {
			continue
		}
		la, oka := v.exact(strings.TrimSpace(a))
		lb, okb := v.exact(strings.TrimSpace(b))
		if oka && okb && (la.Strength == Strong || lb.Strength == Strong) {
			return Label{Field: la.Field, Also: lb.Field, Strength: Strong}, true
		}
	}
	words := strings.Fields(k)
	for drop := 1; drop <= 3 && drop < len(words); drop++ {
		l, ok := v.exact(strings.Join(words[drop:], " "))
		if ok && l.Strength == Strong && spacious(l.Field) {
			return l, true
		}
	}
	return Label{}, false
}

// spacious fields are those whose labels authors play with.
func spacious(f Field) bool {
	switch f {
	case "disclaimer", "notes", "summary", "warnings", "spoilers", "rating", "relationships", "feedback", "thanks", "sequelto":
		return true
	}
	return false
}

// maxLabel is the length in bytes beyond which a line's beginning is no label.
const maxLabel = 64

// Lead finds a label at the beginning of a line, behind any decoration.
func (v *Vocabulary) Lead(text string) (Label, bool) {
	start := skipDecoration(text)
	rest := text[start:]
	if l, ok := v.bracketed(rest); ok {
		return shift(l, start), true
	}
	limit := min(len(rest), maxLabel)
	for i, r := range rest[:limit] {
		sep, width := separatorAt(rest, i, r)
		if sep == "" {
			continue
		}
		l, ok := v.Known(rest[:i])
		if ok && usable(l, sep, rest[:i]) {
			return finish(l, rest, start, i, width, sep), true
		}
		if sep == ":" {
			return Label{}, false
		}
	}
	return v.bare(rest, start)
}

// Leads reports whether a line begins with a strong label.
func (v *Vocabulary) Leads(text string) bool {
	l, ok := v.Lead(text)
	return ok && l.Strength == Strong
}

// Letterhead reports whether a field is one that the head of a message has, in
// stories as well as above them.
func Letterhead(f Field) bool { return f == "mailsubject" || f == "mailfrom" || f == "source" }

// usable reports whether a separator suffices for a label of this strength.
func usable(l Label, sep, label string) bool {
	switch sep {
	case ":", "|", "=":
		return true
	case "\u00ab":
		return l.Strength == Strong
	}
	return l.Strength == Strong && startsUpper(label) && strings.Count(label, " ") <= 3
}

// bare finds a line that is nothing but a label, its value on the next line.
func (v *Vocabulary) bare(rest string, start int) (Label, bool) {
	trimmed := strings.TrimRight(rest, " *_~=#.-\u00a0")
	if len(trimmed) > 40 || trimmed == "" {
		return Label{}, false
	}
	l, ok := v.exact(Key(trimmed))
	if !ok || l.Strength != Strong || !startsUpper(trimmed) {
		return Label{}, false
	}
	l.Start, l.End, l.Value, l.Alone = start, start+len(trimmed), start+len(rest), true
	return l, true
}

// bracketed finds "[Title] X" and "{Rating}: PG".
func (v *Vocabulary) bracketed(rest string) (Label, bool) {
	if rest == "" {
		return Label{}, false
	}
	bracket := strings.IndexByte("[{<", rest[0])
	if bracket < 0 {
		return Label{}, false
	}
	end := strings.IndexByte(rest, "]}>"[bracket])
	if end < 0 || end > maxLabel {
		return Label{}, false
	}
	l, ok := v.exact(Key(rest[1:end]))
	if !ok {
		return Label{}, false
	}
	value := end + 1
	for value < len(rest) && strings.IndexByte(" :-=", rest[value]) >= 0 {
		value++
	}
	l.Start, l.End, l.Value, l.Sep = 1, end, value, rest[:1]
	l.Alone = value >= len(rest)
	return l, true
}

func finish(l Label, rest string, start, end, width int, sep string) Label {
	value := end + width
	for value < len(rest) {
		r, n := utf8.DecodeRuneInString(rest[value:])
		if !unicode.IsSpace(r) && !(r == ':' || r == '=' || r == '*' || r == '_') || sep == "\u00ab" {
			break
		}
		value += n
	}
	l.Start, l.End, l.Value, l.Sep = start, start+end, start+value, sep
	l.Alone = value >= len(rest)
	return l
}

func shift(l Label, by int) Label {
	l.Start += by
	l.End += by
	l.Value += by
	return l
}

// separatorAt returns the separator at position i and its width in bytes.
func separatorAt(s string, i int, r rune) (string, int) {
	switch r {
	case ':', '\uff1a':
		return ":", utf8.RuneLen(r)
	case ';', '=', '|':
		return string(r), 1
	case '.':
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], "."))
		if n >= 3 && i > 0 {
			return ":", n // Title......... Ballast
		}
	case '\u00ab':
		if i > 0 && s[i-1] == ' ' {
			return "\u00ab", 0
		}
	case '-', '\u2013', '\u2014', '~':
		n := utf8.RuneLen(r)
		spaced := i > 0 && s[i-1] == ' ' && strings.HasPrefix(s[i+n:], " ")
		if spaced || strings.HasPrefix(s[i:], "--") || r == '\u2014' || r == '\u2013' {
			for strings.HasPrefix(s[i+n:], "-") {
				n++
			}
			return "-", n
		}
	}
	return "", 0
}

// skipDecoration returns the offset of the first character that could belong to
// a label.
func skipDecoration(s string) int {
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("[{<", r) {
			return i
		}
		if i > 12 {
			return i
		}
	}
	return len(s)
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLower(r)
}

// All finds every label of a line: the one it begins with and those that follow
// a value on the same line.
func (v *Vocabulary) All(text string) []Label {
	var out []Label
	from := 0
	if l, ok := v.Lead(text); ok {
		out = append(out, l)
		from = max(l.Value, l.End)
	}
	for i := from; i < len(text); {
		j := indexColon(text[i:])
		if j < 0 {
			break
		}
		j += i
		_, width := utf8.DecodeRuneInString(text[j:])
		if l, ok := v.inline(text, from, j, width); ok {
			out = append(out, l)
			from = l.Value
			i = max(j+width, l.Value)
			continue
		}
		i = j + width
	}
	return out
}

// indexColon is the place of the first colon, ASCII or wide; -1 where there is
// none.
func indexColon(s string) int {
	i := strings.IndexByte(s, ':')
	if i >= 0 {
		s = s[:i]
	}
	if wide := strings.Index(s, "\uff1a"); wide >= 0 {
		return wide
	}
	return i
}

// inline looks back from a colon for a label that begins no earlier than from.
func (v *Vocabulary) inline(text string, from, colon, width int) (Label, bool) {
	if strings.HasPrefix(text[colon:], "://") {
		return Label{}, false
	}
	end := colon
	for end > from && text[end-1] == ' ' {
		end--
	}
	start := end
	for words := 0; words < 4 && start > from; words++ {
		k := strings.LastIndexAny(text[from:start], " \t|(")
		prev := start
		start = from
		if k >= 0 {
			start = from + k + 1
		}
		label := text[start:end]
		if l, ok := v.exact(Key(label)); ok && standsOut(text, from, start, label, l.Strength) {
			longer, better := v.longer(text, from, start, end)
			if better {
				start, l = longer, v.must(text[longer:end])
			}
			return finish(l, text[start:], start, end-start, colon-end+width, ":"), true
		}
		if k < 0 {
			break
		}
		start = from + k
		if start >= prev {
			break
		}
	}
	return Label{}, false
}

// longer tries whether the label with one word more in front is known too
// ("Count" in "Word Count").
func (v *Vocabulary) longer(text string, from, start, end int) (int, bool) {
	best, found := start, false
	at := start
	for range 3 {
		trimmed := strings.TrimRight(text[from:at], " ")
		if trimmed == "" || len(trimmed) == at-from {
			break
		}
		at = from + strings.LastIndexByte(trimmed, ' ') + 1
		if l, ok := v.exact(Key(text[at:end])); ok && l.Strength >= Weak && startsUpper(text[at:]) {
			best, found = at, true
		}
	}
	return best, found
}

func (v *Vocabulary) must(label string) Label {
	l, _ := v.exact(Key(label))
	return l
}

// standsOut reports whether a label inside a line is really one: capital, and
// for weak labels after a short value or the end of a sentence.
func standsOut(text string, from, start int, label string, s Strength) bool {
	if !startsUpper(label) {
		return false
	}
	if s == Strong {
		return true
	}
	before := strings.TrimRight(text[from:start], " ")
	if before == "" {
		return from > 0
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return from > 0 && len(before) <= 40 && !strings.ContainsAny(before, "\"\u201c.!?") || last == '|'
}
