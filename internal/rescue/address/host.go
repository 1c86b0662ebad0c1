package address

import "strings"

// host is what follows a sign.
type host struct {
	name  string // labels joined by dots
	end   int    // where it ends in the text
	words bool   // a dot is written as a word or in brackets
	gaps  bool   // there are blanks around a dot
	tag   bool   // a bracketed tag stands before it
}

// labels is the number of labels.
func (h *host) labels() int {
	if h.name == "" {
		return 0
	}
	return strings.Count(h.name, ".") + 1
}

// hostAt reads a host at s[i:], as far as it ends in a known suffix; where none
// of it does, it is the first label alone. Blanks around dots are allowed where
// loose says so.
func hostAt(s string, i int, loose bool) host {
	var h host
	if n := tagAt(s[i:]); n > 0 {
		h.tag = true
		i += n
	}
	best, labels := host{}, []string(nil)
	for {
		end := labelEnd(s, i)
		if end == i {
			break
		}
		labels = append(labels, s[i:end])
		if h.name, h.end = s[i:end], end; len(labels) > 1 {
			h.name = strings.Join(labels, ".")
		}
		known := best.labels() > 1 && suffix(lastLabel(best.name))
		if len(labels) == 1 || plausible(labels, known || h.words || h.gaps) && !(known && opensSentence(labels)) {
			best = h
		}
		next, kind := dotAt(s, end)
		whole := best.labels() > 1 && !best.words && !best.gaps
		if kind == noDot || kind != plainDot && (!loose || whole) {
			break // "host.com . In the morning": the sentence goes on, not the host
		}
		h.words = h.words || kind == wordDot
		h.gaps = h.gaps || kind == gapDot
		i = next
	}
	return best
}

// opensSentence says whether the last label is written as the first word of a
// sentence and the others are not: "host.com.In the morning".
func opensSentence(labels []string) bool {
	first, last := labels[0], labels[len(labels)-1]
	return last[0] >= 'A' && last[0] <= 'Z' && last != strings.ToUpper(last) && first == strings.ToLower(first)
}

// labelEnd returns the end of the host label at s[i:], i where there is none.
func labelEnd(s string, i int) int {
	end := i
	for end < len(s) && end-i < 63 && (isAlnum(s[end]) || s[end] == '-' && end > i) {
		end++
	}
	for end > i && s[end-1] == '-' {
		end--
	}
	return end
}

type dotKind int

const (
	noDot dotKind = iota
	plainDot
	gapDot  // host . com
	wordDot // host dot com, host (dot) com
)

// dotAt reads a dot between two labels and returns where the next label begins.
func dotAt(s string, i int) (int, dotKind) {
	for _, d := range []string{".", "．"} {
		if strings.HasPrefix(s[i:], d) && i+len(d) < len(s) && isAlnum(s[i+len(d)]) {
			return i + len(d), plainDot
		}
	}
	j := skipBlanks(s, i)
	kind := noDot
	k := j
	switch {
	case j < len(s) && s[j] == '.' && j > i:
		k, kind = j+1, gapDot
	case j < len(s) && strings.IndexByte("([{<*_", s[j]) >= 0:
		k, kind = framedDot(s, j)
	case j > i:
		if n := dotWord(s[j:]); n > 0 && j+n < len(s) && isBlank(s[j+n:]) {
			k, kind = j+n, wordDot
		}
	}
	if kind == noDot {
		return i, noDot
	}
	k = skipBlanks(s, k)
	if k >= len(s) || !isAlnum(s[k]) {
		return i, noDot
	}
	return k, kind
}

// framedDot reads a dot or a word for one in brackets at s[i:].
func framedDot(s string, i int) (int, dotKind) {
	j := i + 1
	for j < len(s) && j-i < 3 && s[j] == ' ' {
		j++
	}
	n := dotWord(s[j:])
	if n == 0 && j < len(s) && s[j] == '.' {
		n = 1
	}
	if n == 0 {
		return i, noDot
	}
	j += n
	for j < len(s) && s[j] == ' ' {
		j++
	}
	if j < len(s) && closes(s[i], s[j]) {
		return j + 1, wordDot
	}
	return i, noDot
}

func closes(open, shut byte) bool {
	switch open {
	case '(':
		return shut == ')'
	case '[':
		return shut == ']'
	case '{':
		return shut == '}'
	case '<':
		return shut == '>'
	}
	return open == shut
}

// dotWord returns the length of a word for the dot at the start of s.
func dotWord(s string) int {
	for _, w := range []string{"dot", "punkt", "point", "punto", "ponto", "точка", "тчк"} {
		if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) && (len(s) == len(w) || !isAlnum(s[len(w)])) {
			return len(w)
		}
	}
	return 0
}

// plausible says whether labels make a whole host name: its last label is one of
// the suffixes of the time, or any word at all where strict does not say that
// more doubt is due.
func plausible(labels []string, strict bool) bool {
	last := strings.ToLower(labels[len(labels)-1])
	if len(labels) == 4 && isAddressOfFour(labels) {
		return true
	}
	if strict {
		return suffix(last)
	}
	return suffix(last) || onlyLetters(last) && len(last) >= 2 && len(last) <= 10 && !fileExtension(last)
}

func isAddressOfFour(labels []string) bool {
	for _, l := range labels {
		if len(l) > 3 || strings.Trim(l, "0123456789") != "" {
			return false
		}
	}
	return true
}

func onlyLetters(s string) bool {
	for i := range len(s) {
		if !isAlnum(s[i]) || s[i] <= '9' {
			return false
		}
	}
	return true
}

// suffix says whether a label is a top-level domain that fans of 1998 to 2008
// had mail under.
func suffix(s string) bool {
	switch s {
	case "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "name", "museum", "coop", "aero", "invalid",
		"de", "at", "ch", "fr", "be", "nl", "lu", "it", "es", "pt", "uk", "ie", "dk", "se", "no", "fi", "is", "pl", "cz", "sk", "hu",
		"ro", "bg", "gr", "si", "hr", "yu", "rs", "ru", "su", "ua", "by", "kz", "lv", "lt", "ee", "il", "tr", "us", "ca", "mx", "br",
		"ar", "cl", "co", "pe", "ve", "au", "nz", "jp", "kr", "cn", "tw", "hk", "sg", "my", "th", "ph", "id", "in", "za", "eu",
		"cc", "tv", "ws", "nu", "to", "fm", "cx", "st", "vg":
		return true
	}
	return false
}

// fileExtension says whether a label ends file names rather than hosts.
func fileExtension(s string) bool {
	switch s {
	case "html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "cgi", "jsp", "txt", "gif", "jpg", "jpeg", "png", "bmp", "css", "js",
		"zip", "gz", "tar", "pdf", "doc", "rtf", "xml", "exe", "mp":
		return true
	}
	return false
}

// provider says whether a host gave people mailboxes in those years and is
// seldom named for anything else.
func provider(h string) bool {
	first, rest, _ := strings.Cut(strings.ToLower(h), ".")
	switch first {
	case "mail", "inbox", "web", "free", "home", "live", "list", "bk", "usa", "mac", "terra", "virgin", "charter", "outlook", "excite",
		"shaw", "rogers", "tin", "cox", "ukr", "uol", "bol", "iname", "netscape", "altavista":
		return rest != ""
	}
	return rest != "" && mailboxes(first)
}

// mailboxes says whether a name without a suffix can only be that of a provider
// of mailboxes.
func mailboxes(name string) bool {
	switch name {
	case "hotmail", "yahoo", "aol", "gmail", "googlemail", "gmx", "juno", "earthlink", "mindspring", "msn", "bigfoot", "lycos",
		"rocketmail", "btinternet", "compuserve", "prodigy", "attbi", "comcast", "sbcglobal", "verizon", "bellsouth", "netcom",
		"wanadoo", "libero", "hushmail", "onebox", "ntlworld", "bigpond", "optusnet", "sympatico", "telus", "adelphia", "webtv",
		"mailcity", "freeserve", "tiscali", "rambler", "yandex", "freenet", "arcor", "laposte", "caramail", "t-online", "protonmail",
		"fastmail", "pobox":
		return true
	}
	return false
}
