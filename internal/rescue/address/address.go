// Package address finds e-mail addresses in the text of old pages, in the forms
// their authors gave them in, and masks them.
//
// It works on decoded text and knows nothing of pages: whether an address
// stands in a header or in the fiction is for its caller to say. It does not
// judge whether an address ever worked.
package address

import "strings"

// The forms of a match.
const (
	Plain   = "plain"   // user@host.tld, also with a full-width sign
	Mailto  = "mailto"  // after mailto:, or with %40 for the sign
	Spelled = "spelled" // user at host dot com, user (at) host.com
	Spaced  = "spaced"  // user @ host . com
	Tagged  = "tagged"  // userNOSPAM@host.com: with something to be taken out by hand
	AtOnly  = "at-only" // user@, user[at]: the host is lost, or not whole
)

// sealed stands where an address was. Find finds nothing in it or beside it.
const sealed = "[address sealed]"

// Match is one address in a text.
type Match struct {
	Start, End int    // byte range of the address as written, on rune boundaries
	Address    string // as Normal gives it; "user@" or "user@word" where the host is lost
	Form       string // one of the forms
}

// Mask returns s with each match replaced by "[address sealed]". The matches are
// those of Find(s): in order, and apart.
func Mask(s string, ms []Match) string {
	if len(ms) == 0 {
		return s
	}
	var b strings.Builder
	pos := 0
	for _, m := range ms {
		b.WriteString(s[pos:m.Start])
		b.WriteString(sealed)
		pos = m.End
	}
	b.WriteString(s[pos:])
	return b.String()
}

// Normal returns the form that the spellings of one address share: without
// blanks, brackets, "mailto:" and a query, with the host in lower case, and
// without what was put in against robots, such as NOSPAM. The local part keeps
// its case, which is its host's affair. What is no address comes back trimmed.
func Normal(addr string) string {
	addr = strings.Trim(strings.TrimSpace(addr), "<>()[]\"'")
	if len(addr) >= len(mailto) && strings.EqualFold(addr[:len(mailto)], mailto) {
		addr = addr[len(mailto):]
	}
	addr, _, _ = strings.Cut(addr, "?")
	addr = strings.NewReplacer("＠", "@", "%40", "@", "．", ".").Replace(addr)
	addr = strings.Join(strings.Fields(addr), "")
	i := strings.LastIndexByte(addr, '@')
	if i < 0 {
		return addr
	}
	local, host := withoutTags(addr[:i], addr[i+1:])
	return local + "@" + strings.ToLower(strings.TrimRight(host, "."))
}

const mailto = "mailto:"
