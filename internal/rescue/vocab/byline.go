package vocab

import (
	"regexp"
	"strings"
	"unicode"
)

//nolint:gochecknoglobals // a compiled expression
var byLead = line(`(?i)^[\s*~=_\-\x{2013}\x{2014}(\[]*(?:(?:an? )?(?:offering|gift|tale) (?:from|by)|(?:©|\(c\)|copyright)(?: ?\(c\))?,? \d{4},? by|from the (?:keyboard|pen|desk|mind|quill|pencil) of|all (?:snippets|stories|drabbles|fics|ficlets|vignettes|poems) (?:here |below |on this page )?(?:are )?by|(?:(?:an? )?(?:(?:short|original|fan|crossover|slash|gen|het) )?(?:story|fic|fanfic|fanfiction|fiction|songfic|song[- ]fic|poem|vignette|drabble|ficlet|tale|one-?shot|snippet|novella?|novelette|crossover|written|text|geschrieben|eine geschichte|une histoire|écrit|escrito|scritto|рассказ)\s+)?(?:by|von|par|por|da|di))\s*:?\s+`)

var byInside = regexp.MustCompile(`(?i)[\s,\x{2013}\x{2014}-]+(?:(?:written\s+|écrit\s+)?(?:by|par)|geschrieben von|escrito por|scritt[oa] da)\s*:?\s+`)

// Byline reads a line such as "by Altair Vey" and returns the byte range of the
// name or names.
func Byline(s string) (start, end int, ok bool) {
	if !byLead.may(s) {
		return 0, 0, false
	}
	m := byLead.FindStringIndex(s)
	if m == nil {
		return 0, 0, false
	}
	start, end = m[1], trimName(s, m[1], nameEnd(s, m[1]))
	return start, end, NameLike(s[start:end])
}

// TitleByline reads a line such as "Masks and Mirrors by Qv Z" and returns the
// byte ranges of title and names.
func TitleByline(s string) (titleEnd, start, end int, ok bool) {
	if !containsAnyFold(s, "by ", "par ", "von ", "por ", " da ", "by:") {
		return 0, 0, 0, false
	}
	all := byInside.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return 0, 0, 0, false
	}
	m := all[len(all)-1]
	from, to := m[1], trimName(s, m[1], nameEnd(s, m[1]))
	title := strings.TrimSpace(s[:m[0]])
	if title == "" || len(title) > 160 || !NameLike(s[from:to]) {
		return 0, 0, 0, false
	}
	return m[0], from, to, true
}

// nameEnd is where a name that begins at i ends at the latest: before an address
// or remark in brackets.
func nameEnd(s string, i int) int {
	if m := addressAfter.FindStringIndex(s[i:]); m != nil && m[0] > 0 {
		return i + m[0]
	}
	return len(s)
}

var addressAfter = regexp.MustCompile(`(?i)\s*[<(\[{][^)>\]}]*(?:@|\bat\b|\[at\]|e-?mail|http)[^)>\]}]*[)>\]}]?.*$|\s+\S+@\S+.*$|\s+for (?:the|a|an|my|your)\b.*$`)

func trimName(s string, i, j int) int {
	return i + len(strings.TrimRight(s[i:j], " \u00a0*~=_-\u2013\u2014)]."))
}

// NameLike reports whether s could be one pen name or a few: short, no sentence.
func NameLike(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 2 || len(s) > 90 {
		return false
	}
	words := strings.Fields(s)
	if len(words) > 9 || strings.ContainsAny(s, "?!;:") && len(words) > 3 {
		return false
	}
	lower := 0
	letters := false
	for _, w := range words {
		for _, r := range w {
			letters = letters || unicode.IsLetter(r) || unicode.IsDigit(r)
		}
		r := []rune(w)[0]
		if unicode.IsLower(r) && !nameParticle(w) {
			lower++
		}
	}
	if len(words) == 1 {
		switch strings.ToLower(strings.Trim(words[0], ".,:()")) {
		case "title", "author", "date", "rating", "pairing", "fandom", "category", "genre", "email", "popularity", "default", "name", "permission", "request", "design", "me", "hand", "now", "then", "yourself":
			return false
		}
	}
	switch strings.ToLower(words[0]) {
	case "the", "a", "an", "his", "her", "my", "your", "their", "this", "that", "now", "then", "me", "it", "way", "what", "no", "accident", "request":
		return len(words) <= 3 && lower == 0
	}
	return letters && (lower == 0 || lower <= 1 && len(words) <= 2)
}

func nameParticle(w string) bool {
	switch strings.ToLower(strings.Trim(w, ".,()")) {
	case "and", "of", "the", "de", "la", "von", "van", "der", "with", "und", "et", "y", "e", "i", "и", "aka", "du", "le", "da", "di", "in", "a":
		return true
	}
	return false
}

//nolint:gochecknoglobals // a compiled expression
var kindLine = line(`(?i)^\W*(?:an? |the )?(?:(?:short|original|fan|crossover|slash|gen|het|au|humou?r|double|triple|\d+-word) ){0,2}(?:story|fic|fanfic|fanfiction|fan fiction|songfic|song[- ]fic|poem|vignette|drabble|ficlet|tale|one-?shot|snippet|novella?|novelette)\W*$`)

// Kind reports whether a line only says what kind of text follows: "A Drabble".
func Kind(s string) bool { return len(s) < 60 && kindLine.MatchString(s) }
