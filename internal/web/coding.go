package web

import (
	"net/http"
	"strconv"
	"strings"
)

// codings are how much a request wants each content coding, from 0 (not at all)
// to 1000 (RFC 9110, section 12.5.3).
type codings struct{ br, gzip, plain int }

// codingsOf reads Accept-Encoding. A coding that is not named has the weight of
// "*" where that is there; else only the page as it is may be sent.
func codingsOf(r *http.Request) codings {
	c := codings{br: -1, gzip: -1, plain: -1}
	others := -1
	for _, line := range r.Header["Accept-Encoding"] {
		for part := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(part, ";")
			name = strings.TrimSpace(name)
			switch {
			case name == "*":
				others = weight(params)
			case strings.EqualFold(name, "br"):
				c.br = weight(params)
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				c.gzip = weight(params)
			case strings.EqualFold(name, "identity"):
				c.plain = weight(params)
			}
		}
	}
	c.br, c.gzip = orWeight(c.br, others, 0), orWeight(c.gzip, others, 0)
	// The plain form is the last resort: wanted least, but refused only by name.
	c.plain = orWeight(c.plain, min(others, 1), 1)
	return c
}

// of is the weight of a packed form.
func (c codings) of(coding string) int {
	switch coding {
	case "br":
		return c.br
	case "gzip":
		return c.gzip
	}
	return 0
}

// orWeight is the first weight that is given.
func orWeight(named, others, otherwise int) int {
	switch {
	case named >= 0:
		return named
	case others >= 0:
		return others
	}
	return otherwise
}

// weight reads "q=0.8" as 800. What is no weight is taken as 0: a coding that
// may not be understood is not sent.
func weight(params string) int {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1000
	}
	name, value, _ := strings.Cut(params, "=")
	if !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 0
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || q < 0 || q > 1 {
		return 0
	}
	return int(q * 1000)
}

// unchanged reports whether a reader has the page of a tag already: whether
// If-None-Match names it, by the weak comparison (RFC 9110, section 13.1.2).
func unchanged(r *http.Request, tag string) bool {
	for _, line := range r.Header["If-None-Match"] {
		if line == tag || strings.TrimSpace(line) == "*" || listed(line, tag) {
			return true
		}
	}
	return false
}

// listed looks for a tag in a list of tags. A tag may hold commas.
func listed(list, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for {
		list = strings.TrimPrefix(strings.TrimLeft(list, " \t,"), "W/")
		if !strings.HasPrefix(list, `"`) {
			return false // the end, or what is no tag
		}
		end := strings.IndexByte(list[1:], '"')
		if end < 0 {
			return false
		}
		if list[:end+2] == tag {
			return true
		}
		list = list[end+2:]
	}
}
