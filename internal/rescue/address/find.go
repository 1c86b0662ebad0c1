package address

import (
	"strings"
	"unicode/utf8"
)

// Find returns the addresses of s in order; they do not overlap. It takes one
// pass, and looks around only where something may stand for the sign.
func Find(s string) []Match {
	var ms []Match
	free := 0 // nothing before it belongs to a match
	for i := 0; i < len(s); i++ {
		if !maySign(s[i]) {
			continue
		}
		at, ok := signAt(s, i)
		if !ok || at.start < free {
			continue
		}
		m, ok := around(s, at, free)
		if !ok {
			continue
		}
		ms = append(ms, m)
		free = m.End
		i = m.End - 1
	}
	return ms
}

// maySign says whether a sign can begin with a byte.
func maySign(c byte) bool {
	switch c {
	case '@', '%', 'a', 'A', 'b', 'B', 'c', 'C', 0xc3, 0xd0, 0xd1, 0xef:
		return true
	}
	return false
}

// local is what stands before a sign.
type local struct {
	name  string
	start int
	gap   bool // blanks stand between it and the sign
	tag   bool // a bracketed tag does
}

// around reads the address around a sign; nothing before free belongs to it.
func around(s string, at sign, free int) (Match, bool) {
	l, ok := localBefore(s, at, free)
	if !ok {
		return Match{}, false
	}
	from := at.end
	gap := false
	if at.style != percent {
		from = skipBlanks(s, at.end)
		gap = from > at.end
	}
	h := hostAt(s, from, at.style != percent)
	if at.style == tight || at.style == percent {
		if m, ok := tightMatch(s, at, l, gap, h); ok {
			return m, true
		}
		return hostLost(s, at, l, gap, h)
	}
	if at.style == framed && h.labels() < 2 {
		return hostLost(s, at, l, gap, h)
	}
	if h.labels() < 2 || !spelledPlausible(s, at, l, h) {
		return Match{}, false
	}
	return match(l, h, Spelled), true
}

// localBefore reads the part before a sign, with dots written as words.
func localBefore(s string, at sign, free int) (local, bool) {
	end := at.start
	if at.style != percent {
		end = max(free, skipBlanksBack(s, at.start))
	}
	l := local{gap: end < at.start}
	if n := tagBefore(s[free:end]); n > 0 && !l.gap {
		l.tag = true
		end -= n
	}
	l.start = localStart(s, end, free)
	l.name = s[l.start:end]
	if at.style == framed {
		l.joinSpelled(s, free)
	}
	if l.name == "" || len(l.name) > 64 || strings.Trim(l.name, "0123456789._+-%~") == "" && at.style != tight && at.style != percent {
		return l, false
	}
	return l, true
}

// localStart returns where the local part that ends at end begins.
func localStart(s string, end, free int) int {
	i := end
	for i > free && (isAlnum(s[i-1]) || strings.IndexByte("._+-~", s[i-1]) >= 0) {
		i--
	}
	for i < end && strings.IndexByte("._-~+", s[i]) >= 0 {
		i++
	}
	return i
}

// joinSpelled takes in the words before a local part that "dot" joins to it:
// "jane (dot) doe (at) host (dot) com".
func (l *local) joinSpelled(s string, free int) {
	for from := max(free, l.start-80); from < l.start; from++ {
		if from > free && isAlnum(s[from-1]) || !isAlnum(s[from]) {
			continue
		}
		end := labelEnd(s, from)
		if next, kind := dotAt(s, end); kind == wordDot && next == l.start {
			l.name = s[from:end] + "." + l.name
			l.start = from
			return
		}
	}
}

// tightMatch reads user@host.com, user@ host.com and user @ host . com.
func tightMatch(s string, at sign, l local, gap bool, h host) (Match, bool) {
	if h.labels() < 2 {
		return Match{}, false
	}
	loose := l.gap || gap || h.words || h.gaps
	switch {
	case !loose && at.style == percent:
		return match(l, h, Mailto), true
	case !loose:
		return match(l, h, formOf(s, l)), true
	case strings.Contains(s[at.start:h.end], "\n"), common(l.name), isLink(s, h), !suffix(lastLabel(h.name)):
		return Match{}, false
	case (l.gap || gap) && strings.Trim(l.name, "0123456789.") == "":
		return Match{}, false
	case h.words:
		return match(l, h, Spelled), true
	}
	return match(l, h, Spaced), true
}

func formOf(s string, l local) string {
	if strings.HasSuffix(strings.ToLower(s[max(0, l.start-len(mailto)):l.start]), mailto) {
		return Mailto
	}
	return Plain
}

func lastLabel(h string) string { return strings.ToLower(h[strings.LastIndexByte(h, '.')+1:]) }

// isLink says whether a host is that of a site rather than of a mailbox.
func isLink(s string, h host) bool {
	return strings.HasPrefix(strings.ToLower(h.name), "www.") || strings.HasPrefix(s[h.end:], "/")
}

// spelledPlausible judges what is written in words. Brackets and capitals are
// deliberate; a bare "at" is an address only with a spelled dot, or between a
// name that is no common word and a host of mailboxes.
func spelledPlausible(s string, at sign, l local, h host) bool {
	if isLink(s, h) || common(l.name) || strings.HasSuffix(l.name, ".") || !suffix(lastLabel(h.name)) && at.style != framed {
		return false
	}
	switch {
	case at.style == framed:
		return true
	case h.gaps && !h.words:
		return false
	case h.words:
		return !saysPoint(s[at.start:h.end])
	case at.style == shouted:
		return l.name != strings.ToUpper(l.name) || provider(h.name)
	}
	return provider(h.name) || strings.ContainsAny(l.name, "0123456789_")
}

// saysPoint says whether a sign and its host are the English words "at some
// point in" rather than those of a French address.
func saysPoint(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	return len(words) > 2 && words[0] == "at" && words[2] == "point"
}

// hostLost reads user@, user[at] and user@aol, whose host was cut off. The sign
// stands close to the name, and the name looks like one or stands in a frame of
// its own; a bare word before a loose sign is chat, not an address.
func hostLost(s string, at sign, l local, gap bool, h host) (Match, bool) {
	if l.gap || at.style == percent || len(l.name) < 2 || strings.Trim(l.name, "0123456789._+-~") == "" {
		return Match{}, false
	}
	if h.labels() == 1 && !gap && ends(s[h.end:]) && (at.style == framed && !common(l.name) || mailboxes(strings.ToLower(h.name))) {
		return match(l, h, AtOnly), true
	}
	if gap && at.style == framed && !strings.ContainsAny(l.name, "0123456789_.") {
		return Match{}, false
	}
	if !ends(s[at.end:]) || common(l.name) && !inFrame(s, at, l) {
		return Match{}, false
	}
	named := len(l.name) > 3 && strings.ContainsAny(l.name, "0123456789_.")
	if at.style != framed && !named && !inFrame(s, at, l) {
		return Match{}, false
	}
	return match(l, host{end: at.end}, AtOnly), true
}

// ends says whether a word cannot go on with s.
func ends(s string) bool {
	if s == "" {
		return true
	}
	return isBlank(s) || strings.IndexByte(`"'<>),;]`, s[0]) >= 0
}

// inFrame says whether a name with its sign stands alone between quotes, angle
// brackets, or a colon and the end of a line.
func inFrame(s string, at sign, l local) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:l.start], " \t"))
	after, _ := utf8.DecodeRuneInString(s[at.end:])
	return strings.ContainsRune(`"'<:(`, before) && (at.end == len(s) || strings.ContainsRune("\"'>)\r\n", after))
}

// match makes a Match, Tagged where taking the tags out changed the address.
func match(l local, h host, form string) Match {
	raw := l.name + "@" + h.name
	m := Match{Start: l.start, End: h.end, Address: Normal(raw), Form: form}
	if l.tag || h.tag || (form == Plain || form == Mailto) && !strings.EqualFold(m.Address, raw) {
		m.Form = Tagged
	}
	return m
}

// common says whether a word before a sign is rather a word of a sentence, as in
// "more stories at host dot com", than a name.
func common(s string) bool {
	switch strings.ToLower(s) {
	case "a", "i", "me", "us", "you", "him", "her", "them", "it", "he", "she", "we", "they", "is", "are", "was", "were", "be", "been",
		"look", "looked", "looking", "see", "seen", "find", "found", "read", "live", "lives", "lived", "living", "stay", "stayed",
		"here", "there", "that", "this", "these", "those", "what", "one", "all", "not", "and", "or", "but", "so", "up", "out", "over",
		"story", "stories", "fic", "fics", "fiction", "fanfic", "fanfiction", "archive", "archived", "archives", "post", "posted",
		"site", "sites", "website", "webpage", "page", "pages", "homepage", "home", "list", "group", "board", "forum", "journal", "lj",
		"available", "located", "hosted", "online", "more", "work", "works", "stuff", "art", "pics", "everything", "anything",
		"meet", "met", "visit", "write", "mail", "email", "e-mail", "contact", "reach", "feedback", "review", "reviews", "comments",
		"buy", "bought", "shop", "ordered", "order", "get", "got", "series", "part", "chapter", "updates", "news", "info", "links",
		"only", "now", "still", "also", "first", "just", "back", "down", "on", "off", "in", "stared", "stare", "smiled", "shouted",
		"laughed", "glanced", "arrived", "sit", "sat", "chat", "blog", "account", "profile", "link", "url", "address", "drop",
		"worked", "working", "is.", "wait", "waited", "aim", "good", "best", "better", "laugh", "come", "came", "go", "went":
		return true
	}
	return false
}
