package prose

import "strings"

// unknown handles an element that HTML does not have.
func (p *parser) unknown(name string, more bool) {
	if name == "lj" {
		if at := readAttributes(p.z); more && at.user != "" {
			p.text(at.user)
		}
		return
	}
	if looksLikeText(name) && !p.hasCloser(name) {
		p.text(p.src[p.pos : p.pos+p.size])
	}
}

// looksLikeText reports whether an element name is a word that an author may
// have written between angle brackets. Names that browsers once knew are not.
func looksLikeText(name string) bool {
	switch name {
	case "blink", "layer", "ilayer", "nolayer", "spacer", "multicol", "bgsound", "basefont", "tt", "xml",
		"big", "strike", "isindex", "nextid", "nobr", "comment", "server", "sound", "csobj", "story", "chapter":
		return false
	}
	for i := 0; i < len(name); i++ {
		if c := name[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return len(name) <= 12
}

// hasCloser reports whether an end tag of that name is still to come.
func (p *parser) hasCloser(name string) bool {
	last, seen := p.closes[name]
	if !seen {
		const most = 128 // different names looked for; each costs a walk over the source
		if len(p.closes) >= most {
			return true
		}
		if p.closes == nil {
			p.closes = map[string]int{}
		}
		last = lastEndTag(p.src, name)
		p.closes[name] = last
	}
	return last >= p.pos
}

// lastEndTag returns where the last complete end tag of a name begins, or -1.
func lastEndTag(s, name string) int {
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], "</")
		if i < 0 {
			return -1
		}
		after := i + len("</") + len(name)
		if after < len(s) && strings.EqualFold(s[i+2:after], name) &&
			(s[after] == '>' || s[after] == '/' || asciiSpace(s[after])) {
			return i
		}
		end = i
	}
}
