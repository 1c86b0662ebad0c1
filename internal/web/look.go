package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// looks are how a reader wants pages to look: a value for each of the choices
// below, "" for the usual one.
type looks map[string]string

// lookChoice is one thing a reader may choose. The first value is the usual one.
type lookChoice struct {
	Name   string // of the field, of its message and of the data attribute
	Values []string
}

// lookChoices are the choices in the order to offer them.
func lookChoices() []lookChoice {
	return []lookChoice{
		{"theme", []string{"auto", "light", "sepia", "dark", "contrast"}},
		{"face", []string{"book", "sans", "device"}},
		{"size", []string{"3", "1", "2", "4", "5", "6"}},
		{"width", []string{"medium", "narrow", "wide"}},
		{"spacing", []string{"medium", "tight", "loose"}},
		{"align", []string{"start", "justify"}},
	}
}

// Ordered are the values of a choice as a form lists them.
func (c lookChoice) Ordered() []string {
	if c.Name == "size" {
		return slices.Sorted(slices.Values(c.Values))
	}
	return c.Values
}

// lookCookie holds a look as a query, such as "theme=sepia&size=4".
const lookCookie = "look"

// lookOf is the look that a request's cookie says.
func lookOf(r *http.Request) looks {
	if len(r.Header["Cookie"]) == 0 {
		return nil // reading from it finds the usual look
	}
	c, err := r.Cookie(lookCookie)
	if err != nil {
		return looks{}
	}
	q, err := url.ParseQuery(c.Value)
	if err != nil {
		return looks{} // a cookie that is not ours
	}
	return lookFrom(q)
}

// lookFrom keeps of a form what is a choice and not the usual one.
func lookFrom(q url.Values) looks {
	l := looks{}
	for _, c := range lookChoices() {
		if v := q.Get(c.Name); v != c.Values[0] && slices.Contains(c.Values, v) {
			l[c.Name] = v
		}
	}
	return l
}

// Chosen reports whether a value is what the reader has.
func (l looks) Chosen(c lookChoice, value string) bool {
	if v, ok := l[c.Name]; ok {
		return v == value
	}
	return value == c.Values[0]
}

// cookie is the look as the value of a cookie, "" for the usual look.
func (l looks) cookie() string {
	if len(l) == 0 {
		return ""
	}
	q := url.Values{}
	for name, v := range l {
		q.Set(name, v)
	}
	return q.Encode()
}

// attributes are the data attributes of <html> that the style sheet knows, so
// that the first paint already has them.
func (l looks) attributes() templ.Attributes {
	as := templ.Attributes{}
	for name, v := range l {
		as["data-"+name] = v
	}
	return as
}

// scheme is the value of <meta name="color-scheme">.
func (l looks) scheme() string {
	switch l["theme"] {
	case "dark":
		return "dark"
	case "light", "sepia":
		return "light"
	}
	return "light dark"
}

// local returns a path of this archive to go back to, "/" for anything else.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
