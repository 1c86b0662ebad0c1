package describe

import (
	"slices"

	"colophon/internal/archive"
)

// The properties of schema.org that people stand under.
const (
	asAuthor      = "author"
	asTranslator  = "translator"
	asIllustrator = "illustrator"
	asContributor = "contributor"
)

// sign writes the bylines, and returns the property of each in the header's
// order where that is not the order in which a reader finds them, else nil.
func (t *thing) sign(bylines []archive.Byline, address func(string) string) []string {
	var order []string
	for _, b := range bylines {
		p := person{Type: typePerson, Name: b.Name, Also: b.Also}
		if address != nil {
			p.URL = address(b.Name)
		}
		as, a := t.agent(b.Role, p)
		group := t.group(as)
		*group = append(*group, a)
		order = append(order, as)
	}
	if slices.IsSortedFunc(order, func(a, b string) int { return slices.Index(groups(), a) - slices.Index(groups(), b) }) {
		return nil
	}
	return order
}

// groups are the properties of people in the order in which they are written.
func groups() []string { return []string{asAuthor, asTranslator, asIllustrator, asContributor} }

func (t *thing) group(as string) *many[agent] {
	switch as {
	case asAuthor:
		return &t.Author
	case asTranslator:
		return &t.Translator
	case asIllustrator:
		return &t.Illustrator
	}
	return &t.Contributor
}

// agent puts a person under the property that says what they did, with their
// role where the property alone does not say it.
func (t *thing) agent(role archive.Role, p person) (as string, a agent) {
	bare := agent{Type: p.Type, Name: p.Name, Also: p.Also, URL: p.URL}
	switch {
	case role == archive.Author:
		return asAuthor, bare
	case role == archive.CoAuthor:
		return asAuthor, agent{Type: typeRole, RoleName: string(role), Author: &p}
	case role == archive.Translator:
		return asTranslator, bare
	case role == archive.Artist && t.Type == typeBook: // schema.org has illustrators of books only
		return asIllustrator, bare
	case role == "":
		return asContributor, bare
	}
	return asContributor, agent{Type: typeRole, RoleName: string(role), Contributor: &p}
}

// bylines reads the people back, in the order that was written for them. What
// the order does not name follows.
func (t *thing) bylines(order []string) []archive.Byline {
	next := map[string][]archive.Byline{}
	for _, as := range groups() {
		for _, a := range *t.group(as) {
			next[as] = append(next[as], a.byline(as))
		}
	}
	var all []archive.Byline
	for _, as := range order {
		if len(next[as]) > 0 {
			all = append(all, next[as][0])
			next[as] = next[as][1:]
		}
	}
	for _, as := range groups() {
		all = append(all, next[as]...)
	}
	return all
}

func (a *agent) byline(as string) archive.Byline {
	b := archive.Byline{Name: a.Name, Role: roleOf(as), Also: a.Also}
	p := a.Author
	if a.Contributor != nil {
		p = a.Contributor
	}
	if p != nil {
		b.Name, b.Also = p.Name, p.Also
	}
	if a.RoleName != "" {
		b.Role = archive.Role(a.RoleName)
	}
	return b
}

// roleOf is the role that a property alone says.
func roleOf(as string) archive.Role {
	switch as {
	case asAuthor:
		return archive.Author
	case asTranslator:
		return archive.Translator
	case asIllustrator:
		return archive.Artist
	}
	return ""
}
