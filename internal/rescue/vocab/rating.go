package vocab

import (
	"regexp"
	"strings"
)

// ratingCode matches the codes of the scales seen: MPAA, the FR scale, the
// fiction ratings, those of the large archives, ages, and the colours of EFP.
var ratingCode = regexp.MustCompile(`(?i)^(?:(?:nc|pg|fr)[ -]?1[0-9]|nc-?21|fr(?:ao|t|m|c)|fr[- ]?21|pg|nr|k\+|m\+?a\+?|t\+|r[ -]?1[0-9]|p[ -]?(?:6|12|16|18)|u|g|k|t|m|r|x{1,3}|y|12\+?|13\+?|15\+?|16\+?|17\+?|18\+?|21\+?|e)(?:\+|/(?:pg|r|nc-?17|pg-?1[35]|m|t|g|adult|slash))?(?:$|[^\pL\pN+-]|- )`)

var ratingWord = regexp.MustCompile(`(?i)^(?:general(?: audiences?)?|teen(?: and up(?: audiences)?)?|mature|explicit|adults?(?: only)?|everyone|all ages|all audiences|family|restricted|not rated|unrated|suitable for all|child(?:ren)?|worksafe|verde|giallo|arancione|rosso|ab \d\d|\d\d (?:and|or) (?:up|over|older)|pour tous|tout public|tous publics|fiction [kktm]\+?)\b`)

var ratingQualifier = regexp.MustCompile(`(?i)^(?:(?:still|mainly|mostly|overall|currently|probably|maybe|around|about|approximately|strictly|rated|fiction|a|an|i'd say|i think|definitely|borderline|at least|up to|let's say|just|only)\s+)*`)

var ratingShade = regexp.MustCompile(`(?i)^(?:soft|hard|low|high|light|mild|strong|heavy|very)\s+`)

// Rating finds a rating at the beginning of s: its byte range as written, with a
// shade ("Low R") but without what says how sure the author is ("Mainly").
func (v *Vocabulary) Rating(s string) (start, end int, ok bool) {
	s0 := s
	s = strings.TrimLeft(s, " \u00a0[(\"'*_:\u201c-")
	lead := len(s0) - len(s)
	start = lead + len(ratingQualifier.FindString(s))
	rest := s0[start:]
	inner := strings.TrimLeft(rest, "[(\"'")
	start += len(rest) - len(inner)
	shade := len(ratingShade.FindString(s0[start:]))
	body := s0[start+shade:]
	if m := ratingWord.FindString(body); m != "" {
		return start, start + shade + len(m), true
	}
	m := ratingCode.FindString(body)
	if m == "" {
		return 0, 0, false
	}
	m = strings.TrimRight(m, " .,;:)(]-\u00a0\u2013\u2014\u2026!\"'[")
	m = strings.TrimRightFunc(m, func(r rune) bool { return !isCode(r) })
	return start, start + shade + len(m), m != ""
}

func isCode(r rune) bool {
	return r == '+' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// NormalRating places a rating as written on the four steps, "" where it cannot
// be placed. Scales are local: the mapping is the most usual one.
func NormalRating(written string) string {
	k := strings.ToLower(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(written))
	for _, shade := range []string{"soft", "hard", "low", "high", "light", "mild", "strong", "heavy", "very", "fiction", "rated"} {
		k = strings.TrimPrefix(k, shade)
	}
	switch {
	case k == "":
		return ""
	case hasAny(k, "nc17", "nc18", "nc21", "xx", "frao", "fr21", "explicit", "rosso", "21"), k == "x", k == "e":
		return "explicit"
	case hasAny(k, "r18", "18", "17", "ma", "mature", "frm", "adult", "restricted", "arancione", "p16", "16"), k == "r", k == "m", strings.HasPrefix(k, "r/"):
		return "mature"
	case hasAny(k, "pg13", "pg15", "pg14", "pg12", "fr13", "fr15", "frt", "teen", "p12", "12", "13", "15", "giallo"), k == "t", k == "t+":
		return "teen"
	case hasAny(k, "pg", "general", "everyone", "all", "family", "frc", "p6", "verde", "k", "worksafe", "tous", "toutpublic", "child"), k == "g", k == "u", k == "y":
		return "general"
	}
	return ""
}

func hasAny(k string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(k, p) {
			return true
		}
	}
	return false
}
