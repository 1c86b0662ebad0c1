package header

import (
	"regexp"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/address"
	"colophon/internal/rescue/vocab"
)

// list notes each item of a list as a fact.
func (x *reading) list(f archive.Field, t *text, i, j int, rule string, confidence float64) {
	if !says(t.s[i:j]) {
		return // "N/A" is not two items
	}
	for _, r := range items(t.s, i, j, ",;\u3001\u30fb|", f == archive.FieldFandoms || f == archive.FieldCharacters) {
		if says(t.s[r[0]:r[1]]) {
			x.fact(f, t, r[0], r[1], rule, confidence)
		}
	}
}

// keywords reads a list of keywords; one with a pairing in it is a pairing.
func (x *reading) keywords(t *text, confidence float64) {
	for _, r := range items(t.s, 0, len(t.s), ",;\u3001|", false) {
		s := t.s[r[0]:r[1]]
		m := pairInText.FindString(s)
		switch {
		case !says(s):
		case m != "" && pairShaped(m) && !x.words.Genre(s) && strings.Count(s, " ") < 4:
			x.fact(archive.FieldRelationships, t, r[0], r[1], "keyword-pair", likely)
		default:
			x.fact(archive.FieldKeywords, t, r[0], r[1], "label", confidence)
		}
	}
}

// items divides s[i:j] at separators outside brackets; with slash also at a
// slash between words (but not in "Ranma 1/2").
func items(s string, i, j int, separators string, slash bool) [][2]int {
	var out [][2]int
	depth, from := 0, i
	cut := func(k, n int) {
		a, b := trimRange(s, from, k)
		b = a + len(strings.TrimRight(s[a:b], ".\u2026 "))
		if a < b {
			out = append(out, [2]int{a, b})
		}
		from = k + n
	}
	for k, r := range s[i:j] {
		k += i
		switch {
		case k < from:
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth = max(0, depth-1)
		case depth > 0:
		case strings.ContainsRune(separators, r):
			cut(k, len(string(r)))
		case r == '/' && slash && !digitAround(s, k):
			cut(k, 1)
		}
	}
	cut(j, 0)
	return out
}

func digitAround(s string, k int) bool {
	return k > 0 && s[k-1] >= '0' && s[k-1] <= '9' || k+1 < len(s) && s[k+1] >= '0' && s[k+1] <= '9'
}

var (
	ratingReason = regexp.MustCompile(`(?i)^[\s,;:.(\[\x{2013}-]*(?:for|due to|because of|wegen|pour|contains|warnings?:?)\s+`)
	thisPart     = regexp.MustCompile(`(?i)\bthis (?:one|part|chapter|story)(?: is|'s|:)? (?:only |just |about |still )?((?:nc|pg|fr|[grmtk])[\d+-]*\b)`)
	ratingTail   = regexp.MustCompile(`^\s*[.,;(]\s*`)
)

// rating reads a rating and the reasons given with it.
func (x *reading) rating(t *text, confidence float64, warned bool) {
	if m := thisPart.FindStringSubmatchIndex(t.s); m != nil {
		if i, j, ok := x.words.Rating(t.s[m[2]:]); ok && i == 0 {
			if fact := x.fact(archive.FieldRating, t, m[2], m[2]+j, "rating-of-part", confidence); fact != nil {
				fact.Normal = vocab.NormalRating(fact.Text)
			}
			return
		}
	}
	i, j, ok := x.words.Rating(t.s)
	if !ok {
		x.localRating(t, confidence)
		return
	}
	if fact := x.fact(archive.FieldRating, t, i, j, "rating", confidence); fact != nil {
		fact.Normal = vocab.NormalRating(fact.Text)
	}
	rest := t.s[j:]
	if k := len(rest) - len(strings.TrimLeft(rest, " ,;/.-\u2013")); warned && k > 0 && k < len(rest) {
		x.warnings(t, j+k, len(t.s), likely) // "Rating/Warnings: PG-13, language"
		return
	}
	if m := ratingReason.FindStringIndex(rest); m != nil {
		x.reasons(t, j+m[1], len(t.s), likely)
	} else if m := ratingTail.FindStringIndex(rest); m != nil && !strings.HasPrefix(strings.TrimSpace(rest), "(") {
		x.tailWarnings(t, j+m[1])
	}
}

// localRating keeps a rating of a scale nobody knows, if it is short.
func (x *reading) localRating(t *text, confidence float64) {
	s := strings.TrimSpace(t.s)
	if says(s) && len(s) < 40 && !strings.ContainsAny(s, ".?!,") {
		if fact := x.fact(archive.FieldRating, t, 0, len(t.s), "rating-as-written", confidence-0.1); fact != nil {
			fact.Normal = vocab.NormalRating(fact.Text)
		}
	}
}

// reasons reads what a rating is given for: "some violence and profanity".
func (x *reading) reasons(t *text, i, j int, confidence float64) {
	if k := strings.IndexAny(t.s[i:j], ".!?("); k > 0 {
		j = i + k
	}
	for _, r := range items(t.s, i, j, ",;&/", false) {
		for _, q := range splitWord(t.s, r, " and ") {
			if s := t.s[q[0]:q[1]]; strings.Count(s, " ") < 5 && !otherParts.MatchString(s) {
				x.fact(archive.FieldWarnings, t, q[0], q[1], "rating-reason", confidence)
			}
		}
	}
}

// tailWarnings reads short statements after a rating: "PG 13. Adult language."
func (x *reading) tailWarnings(t *text, i int) {
	for _, r := range items(t.s, i, len(t.s), ".,;", false) {
		s := t.s[r[0]:r[1]]
		if strings.Count(s, " ") > 2 || firstPerson(s) || !upperStart(s) || x.words.AuthorTalk(s) > 1.2 {
			return
		}
	}
	for _, r := range items(t.s, i, len(t.s), ".,;", false) {
		x.fact(archive.FieldWarnings, t, r[0], r[1], "rating-tail", maybe)
	}
}

// otherParts finds reasons that speak of other parts of the story.
var otherParts = regexp.MustCompile(`(?i)\b(?:parts?|chapters?|this one|later|overall|now|safe side|safety|sure)\b`)

// splitWord divides a range at a word.
func splitWord(s string, r [2]int, word string) [][2]int {
	var out [][2]int
	from := r[0]
	for {
		k := strings.Index(s[from:r[1]], word)
		if k < 0 {
			return append(out, [2]int{from, r[1]})
		}
		out = append(out, [2]int{from, from + k})
		from += k + len(word)
	}
}

var (
	noWarning = regexp.MustCompile(`(?i)^\s*(?:(?:no(?:ne)? (?:to speak of|warnings?|really|needed|apply|to speak of|that i (?:know|can think) of|whatsoever)|nothing(?: (?:really|much|to warn .{0,20}|to worry about|you (?:haven|need).{0,30}))?|no warnings?|n/?a|nope|keine|aucune?|ninguna?|nessun[oa]?|no archive warnings apply|none)\b|нет(?:$|[^\pL]))[\s.,!;:)-]*`)
	exception = regexp.MustCompile(`(?i)^(?:al)?(?:though|unless|except|but|apart from|besides|just)\b`)
	turnAway  = regexp.MustCompile(`(?i)(?:\s+--?\s+|\s*[\x{2013}\x{2014}]\s*|[.;,]\s+)(?:so\s+)?(?:(?:give this a miss|skip it|skip this|don'?t read|do not read|turn back|go away|leave now|please (?:leave|go|don)|you have been warned|if (?:that|this|you)|read no)\b.*)$`)
)

// warnings reads the value of a warnings label.
func (x *reading) warnings(t *text, i, j int, confidence float64) {
	if m := noWarning.FindStringIndex(t.s[i:j]); m != nil {
		x.head.WarningsNone = true
		x.fact(archive.FieldWarningsNone, t, i, i+len(strings.TrimRight(t.s[i:i+m[1]], " .,!;:)-")), "label", confidence)
		i += m[1]
		if !exception.MatchString(t.s[i:j]) {
			return
		}
	}
	if vocab.Disclaims(t.s[i:j]) && strings.Count(t.s[i:j], " ") > 8 {
		x.fact(archive.FieldDisclaimer, t, i, j, "warning-is-disclaimer", likely)
		return
	}
	if m := turnAway.FindStringIndex(t.s[i:j]); m != nil && m[0] > 2 {
		j = i + m[0]
	}
	for _, r := range x.warningItems(t.s, i, j) {
		if says(t.s[r[0]:r[1]]) {
			x.fact(archive.FieldWarnings, t, r[0], r[1], "warning-label", confidence)
		}
	}
}

// warningItems divides warnings: a list of short items at its commas, a sentence
// not at all, several short sentences at their ends.
func (x *reading) warningItems(s string, i, j int) [][2]int {
	sentences := items(s, i, j, ".;!", false)
	var out [][2]int
	for _, r := range sentences {
		parts := items(s, r[0], r[1], ",|", false)
		if len(parts) == 1 && strings.Count(s[r[0]:r[1]], " ") < 6 {
			parts = slashItems(s, r)
		}
		long := 0
		for _, p := range parts {
			if strings.Count(s[p[0]:p[1]], " ") > 5 {
				long++
			}
		}
		if long > 0 && long*2 >= len(parts) {
			parts = [][2]int{r}
		}
		out = append(out, parts...)
	}
	if len(out) > 1 && strings.Count(s[out[0][0]:out[0][1]], " ") > 5 {
		out = out[:1] // a sentence, and more about it
	}
	if len(out) > 1 && firstPerson(s[out[len(out)-1][0]:out[len(out)-1][1]]) {
		out = out[:1]
	}
	return out
}

// slashItems divides "Alternate Universe/MSR", but not "m/m" or "rape/nc".
func slashItems(s string, r [2]int) [][2]int {
	parts := items(s, r[0], r[1], "", true)
	for _, p := range parts {
		if p[1]-p[0] < 3 {
			return [][2]int{r}
		}
	}
	return parts
}

var (
	pairInText = regexp.MustCompile(`[\pL\pN.'\x{2019}]+(?: \p{Lu}[\pL.'\x{2019}]+)?(?:/[\pL\pN.'\x{2019}]+(?: \p{Lu}[\pL.'\x{2019}]+)?)+`)
	pairMark   = regexp.MustCompile(`\pL\s*(?:/|\\|\+|&|\bx\b|×|♥)\s*\pL|\dx\d|\d\+\d| and | und | et | и `)
	noPair     = regexp.MustCompile(`(?i)^\W*(?:none|no pairings?|no one|nobody|gen\b|keine|aucun|нет(?:$|[^\pL])|not applicable|nope)`)
	pairLead   = regexp.MustCompile(`(?i)^(?:(?:a |some |slight |mild |light |very )*(?:hints?|touch|bit|traces?|mentions?|implications?|suggestions?|undertones?) of |(?:maybe|perhaps|some|implied|eventual(?:ly)?|slight|mild|past|future|possibl[ey]|established|mainly|mostly|primarily|unrequited|hinted|a little|background|minor|main|primary|secondary|pre-?)[ :-]+|one-?sided )+`)
	pairTail   = regexp.MustCompile(`(?i)[ ,]+(?:later(?: on)?|eventually|implied|hinted(?: at)?|if you squint.*|mentioned|maybe|sort of|kind of|sometimes|in the background|background|to come|pre-slash|in later chapters|established|one-sided|unrequited)$`)
	hedge      = regexp.MustCompile(`(?i)\b(?:not|really|perhaps|maybe|sort of|kind of|hint|implied|will be|if you|mostly|eventually|eventual|some|all of|none|past|mentions?|mentioned|established|pre-?|unrequited|one-sided)\b`)
)

// cast reads the value of a pairing label. Where the label speaks of characters
// too, those of its items that pair nobody are characters.
func (x *reading) cast(t *text, characters bool, confidence float64) {
	s := t.s
	if characters && !pairMark.MatchString(s) {
		x.list(archive.FieldCharacters, t, 0, len(s), "label", confidence)
		return
	}
	if !says(s) || noPair.MatchString(s) && !pairInText.MatchString(s) {
		return
	}
	parts := items(s, 0, len(s), ",;|", false)
	if len(parts) == 1 || strings.Contains(s, ". ") {
		parts = items(s, 0, len(s), ".,;|", false)
	}
	if len(parts) == 2 && !pairMark.MatchString(s) {
		a, b := trimRange(s, parts[0][0], parts[1][1])
		parts = [][2]int{{a, b}} // two names with a comma between them are one pair
	}
	marked := pairMark.MatchString(s)
	for _, r := range parts {
		if s := t.s[r[0]:r[1]]; characters && !pairMark.MatchString(s) {
			x.fact(archive.FieldCharacters, t, r[0], r[1], "label", confidence)
			continue
		} else if marked && lowerStart(s) && !strings.ContainsAny(s, "/+&\\\u00d7") && !pairMark.MatchString(s) {
			continue // "Sam/Jack, a little"
		}
		x.pair(t, r, confidence)
	}
}

// pair notes one pairing, without a remark in brackets; of a sentence it takes
// the pairing that the sentence names.
func (x *reading) pair(t *text, r [2]int, confidence float64) {
	s := t.s[r[0]:r[1]]
	if k := strings.IndexAny(s, "(["); k > 2 {
		s = strings.TrimRight(s[:k], " ")
	}
	if m := pairTail.FindStringIndex(s); m != nil && m[0] > 2 {
		s = s[:m[0]]
	}
	if m := pairLead.FindString(s); m != "" && len(m) < len(s) {
		r[0] += len(m)
		s = s[len(m):]
	}
	if strings.Count(s, " ") > 3 && (hedge.MatchString(s) || lowerStart(s)) {
		for _, m := range pairsIn(s) {
			x.fact(archive.FieldRelationships, t, r[0]+m[0], r[0]+m[1], "pair-in-sentence", maybe)
		}
		return
	}
	s = strings.TrimRight(s, " .\u2026!")
	if says(s) && s != "" && !strings.EqualFold(s, "gen") && !hedgeOnly(s) && len(s) < 120 {
		x.fact(archive.FieldRelationships, t, r[0], r[0]+len(s), "pairing-label", confidence)
	}
}

// pairsIn returns the byte ranges of the first pairings that a text names.
func pairsIn(s string) [][]int {
	all := pairInText.FindAllStringIndex(s, 4)
	for _, m := range all {
		if k := strings.IndexByte(s[m[0]:m[1]], ' '); k > 0 && lowerStart(s[m[0]:]) {
			m[0] += k + 1 // "de Sam/Jack"
		}
	}
	return all
}

func hedgeOnly(s string) bool {
	k := vocab.Fold(hedge.ReplaceAllString(s, ""))
	switch k {
	case "", "any", "anything", "no one", "nobody", "yet", "pairing", "pairings", "no pairing", "no pairings", "various", "see above", "read and find out", "other", "others":
		return true
	}
	return false
}

// genres reads a list that may mix genres with pairings, fandoms and codes.
func (x *reading) genres(t *text, f archive.Field, confidence float64) {
	s := t.s
	from := 0
	if k := strings.Index(s, "? "); k >= 0 && k < 60 {
		from = k + 2 // "Is there a word for it? JA oriented, pre-slash"
	}
	parts := items(s, from, len(s), ",;|.", false)
	if f == archive.FieldCategories && x.namesFandom(s, parts) {
		for _, r := range parts {
			x.fact(archive.FieldFandoms, t, r[0], r[1], "category-is-fandom", likely)
		}
		return
	}
	for _, r := range parts {
		for _, q := range x.genreParts(s, r) {
			x.genre(t, q, f, confidence)
		}
	}
}

// namesFandom reports whether a list of categories is one of fandoms: one of
// them is known, and none is a genre.
func (x *reading) namesFandom(s string, parts [][2]int) bool {
	found := false
	for _, r := range parts {
		if x.words.Genre(s[r[0]:r[1]]) {
			return false
		}
		show, _, _ := strings.Cut(s[r[0]:r[1]], ": ") // "Star Wars: Prequel Trilogy"
		found = found || x.words.Fandom(s[r[0]:r[1]]) || x.words.Fandom(show)
	}
	return found
}

// genreParts divides "Mystery/Action", but not the genres that have a slash of
// their own.
func (x *reading) genreParts(s string, r [2]int) [][2]int {
	item := s[r[0]:r[1]]
	if !strings.Contains(item, "/") || x.words.Genre(item) {
		return [][2]int{r}
	}
	parts := items(s, r[0], r[1], "", true)
	for _, p := range parts {
		if !x.words.Genre(s[p[0]:p[1]]) {
			return [][2]int{r}
		}
	}
	return parts
}

// genre notes one item of a genre or category list as what it really is.
func (x *reading) genre(t *text, r [2]int, f archive.Field, confidence float64) {
	s := t.s[r[0]:r[1]]
	if !says(s) {
		return
	}
	var m []int
	if all := pairsIn(s); len(all) > 0 {
		m = all[0]
	}
	switch {
	case f == archive.FieldCategories && pairKind.MatchString(s):
		x.fact(f, t, r[0], r[1], "category", confidence)
	case x.words.Genre(s):
		x.fact(archive.FieldGenres, t, r[0], r[1], "genre", confidence)
	case x.words.Fandom(s):
		x.fact(archive.FieldFandoms, t, r[0], r[1], "category-is-fandom", likely)
	case m != nil && !x.words.Genre(s[m[0]:m[1]]) && upperStart(s[m[0]:]) && pairShaped(s[m[0]:m[1]]):
		x.fact(archive.FieldRelationships, t, r[0]+m[0], r[0]+m[1], "pair-in-category", maybe)
		if rest := trimJoin(s[m[1]:]); rest != "" && len(rest) < 40 {
			x.fact(archive.FieldGenres, t, r[1]-len(rest), r[1], "genre", maybe)
		}
	case x.onlyRating(strings.Trim(s, "[]")) && !x.head.Has(archive.FieldRating):
		if fact := x.fact(archive.FieldRating, t, r[0], r[1], "rating-among-codes", likely); fact != nil {
			fact.Normal = vocab.NormalRating(fact.Text)
		}
	case strings.Count(s, " ") < 6:
		x.fact(f, t, r[0], r[1], "label", confidence)
	}
}

// pairKind is a category that says who is paired, not what kind of story it is.
var pairKind = regexp.MustCompile(`(?i)^(?:[fm]/[fm](?:/[fm])?|(?:fem)?slash|femmeslash|het|gen|multi|yaoi|yuri)$`)

func pairShaped(s string) bool {
	a, b, ok := strings.Cut(s, "/")
	return ok && upperStart(a) && upperStart(b) && len(b) > 0
}

func trimJoin(s string) string {
	s = strings.TrimLeft(s, " ,.;-")
	for _, w := range []string{"and ", "und ", "et ", "& "} {
		s = strings.TrimPrefix(s, w)
	}
	return s
}

var (
	alsoKnown = regexp.MustCompile(`(?i)\s*(?:\(?\s*\b(?:aka|a\.k\.a\.?|also known as|writing as|formerly)\b[ :]*)([^)]*)\)?`)
	nameSplit = regexp.MustCompile(`(?i)\s*(?:,|;|&|\+)\s*|(?:^|\s+)(?:and|und|et|with|и|y)(?:\s+|$)`)
	noOne     = regexp.MustCompile(`(?i)^\W*(?:none|no one|nobody|no\b|not beta|unbeta|nope|keine|aucun|нет(?:$|[^\pL])|all mistakes|me\b|myself)`)
	nameLead  = regexp.MustCompile(`(?i)^\s*(?:\[[^\]]*\b(?:info|profile|personal profile|livejournal)\]\s*)+`)
	nameStop  = regexp.MustCompile(`[^\s.]{2}[.!?]\s`)
	nameTail  = regexp.MustCompile(`\s*(?:[<(\[{].*|\be-?mail\b.*|https?://.*|www\..*|- .*)$`)
)

// people notes each name of a list of people.
func (x *reading) people(f archive.Field, t *text, i, j int, rule string, confidence float64) {
	if m := alsoKnown.FindStringSubmatchIndex(t.s[i:j]); m != nil && m[0] > 0 && f == archive.FieldAuthors {
		x.people(archive.FieldAlso, t, i+m[2], i+m[3], rule, likely)
		j = i + m[0]
	}
	if noOne.MatchString(t.s[i:j]) && f != archive.FieldAuthors {
		return
	}
	if ms := address.Find(t.s[i:j]); len(ms) > 0 && ms[0].Start == 0 && f == archive.FieldAuthors {
		return // the address is all there is: it is no name
	}
	from := i
	for _, m := range append(nameSplit.FindAllStringIndex(t.s[i:j], -1), []int{j - i, j - i}) {
		x.person(f, t, from, i+m[0], rule, confidence)
		from = i + m[1]
	}
}

// person notes one name, without address, brackets and remarks.
func (x *reading) person(f archive.Field, t *text, i, j int, rule string, confidence float64) {
	i += len(nameLead.FindString(t.s[i:j]))
	if ms := address.Find(t.s[i:j]); len(ms) > 0 {
		j = i + ms[0].Start
	}
	if m := nameTail.FindStringIndex(t.s[i:j]); m != nil && m[0] > 0 {
		j = i + m[0]
	}
	if m := nameStop.FindStringIndex(t.s[i:j]); m != nil && strings.Count(t.s[i+m[1]:j], " ") > 2 {
		j = i + m[0] + 2
	}
	name := strings.TrimRight(t.s[i:j], " .,:;([<-")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "\u2019s")
	if name == "" || len(name) > 60 || !says(name) || strings.Count(name, " ") > 5 {
		return
	}
	switch vocab.Fold(name) {
	case "who", "who was", "who is", "for", "that", "which", "everyone", "everybody", "all", "you", "them", "this", "her", "him", "anyone", "those", "others", "a friend", "my friend", "message", "sujet", "titel", "beitrag", "me", "myself", "i", "unknown", "anonymous author", "see above", "various", "unbetaed", "not betaed", "none", "no beta", "all mistakes are mine":
		return
	}
	x.fact(f, t, i, i+len(name), rule, confidence)
}
