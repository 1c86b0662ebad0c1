package address

import (
	"regexp"
	"strings"
)

// The words people put into an address to be taken out by hand. The first kind
// is one wherever it stands; the second only where it stands apart or in
// capitals among small letters, since names contain it too.
var (
	tagAnywhere = regexp.MustCompile(`(?i)[-_.+]*(no[-_.]?spam(please)?|(remove|delete|take)[-_.]?(this|me|it|out)|anti[-_.]?spam|spam[-_.]?(free|block|not)|de[-_]?spam|no[-_.]?junk|(remove|delete)[-_.]?(the[-_.]?)?(spam|caps))[-_.+]*`)
	tagApart    = regexp.MustCompile(`(?i)(^|[-_.+])(remove|delete|spam|nomail|invalid|nobots)([-_.+]|$)`)
	tagCapitals = regexp.MustCompile(`[-_.+]*(REMOVE|DELETE|SPAM|NOMAIL|NOBOTS)[-_.+]*`)
	lowerLetter = regexp.MustCompile(`[a-z]`)
	bracketed   = regexp.MustCompile(`(?i)[(\[{<*_]\s*(no[-_.]?spam|remove([-_.]?(this|me))?|delete([-_.]?this)?|spam|anti[-_.]?spam)\s*[)\]}>*_]`)
)

// withoutTags takes the tags out of both parts of an address. A part that is
// nothing but a tag stays: there is a mailbox called nospam.
func withoutTags(local, host string) (string, string) {
	mixed := lowerLetter.MatchString(local + host)
	if l := untagged(local, mixed, ""); l != "" {
		local = l
	}
	h := strings.TrimSuffix(host, ".invalid")
	if h = strings.Trim(untagged(h, mixed, "."), "."); strings.Contains(h, ".") {
		host = h
	}
	return local, host
}

// untagged takes the tags out of one part; glue is what stays where a tag was
// joined by it to a neighbour.
func untagged(s string, mixed bool, glue string) string {
	cut := func(t string) string {
		if glue != "" && (strings.HasPrefix(t, glue) || strings.HasSuffix(t, glue)) {
			return glue
		}
		return ""
	}
	s = bracketed.ReplaceAllString(s, "")
	s = tagAnywhere.ReplaceAllStringFunc(s, cut)
	if mixed {
		s = tagCapitals.ReplaceAllStringFunc(s, cut)
	}
	return tagApart.ReplaceAllStringFunc(s, cut)
}

// tagAt returns the length of a bracketed tag at the start of s, 0 where there
// is none.
func tagAt(s string) int {
	if s == "" || strings.IndexByte("([{<*_", s[0]) < 0 {
		return 0
	}
	if loc := bracketed.FindStringIndex(s[:min(len(s), 24)]); loc != nil && loc[0] == 0 {
		return loc[1]
	}
	return 0
}

// tagBefore returns the length of a bracketed tag at the end of s, 0 where there
// is none.
func tagBefore(s string) int {
	if s == "" || strings.IndexByte(")]}>*_", s[len(s)-1]) < 0 {
		return 0
	}
	from := max(0, len(s)-24)
	for _, loc := range bracketed.FindAllStringIndex(s[from:], -1) {
		if loc[1] == len(s)-from {
			return loc[1] - loc[0]
		}
	}
	return 0
}
