package web

import (
	"net/http"

	"github.com/a-h/templ"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
)

// relatedShown is the most tags that a tag's page names beside it.
const relatedShown = 24

// tagFact is what is known of a tag beside its stories.
type tagFact struct {
	Label string
	Links []nearName
}

// author lists the stories of a pen name.
func (s *site) author(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	x, err := s.catalogue.Named(catalogue.KindAuthor, id, catalogue.Everybody)
	if err != nil {
		return err
	}
	v := s.visit(r)
	return s.named(w, r, v, catalogue.KindAuthor, x, heading{Kind: "profile"})
}

// tag lists the stories of a tag, with what it is related to. A synonym leads to
// what it stands for.
func (s *site) tag(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	t, err := s.catalogue.Tag(id, catalogue.Everybody)
	if err != nil {
		return err
	}
	if t.State == archive.TagSynonym {
		http.Redirect(w, r, entryPath(t.Kind, t.Of.ID, t.Of.Name), http.StatusFound)
		return nil
	}
	v := s.visit(r)
	extra, err := s.related(r, v, t)
	if err != nil {
		return err
	}
	return s.named(w, r, v, t.Kind, t.Value, heading{About: t.About, Extra: extra})
}

// named lists the stories of a name, with the ways to narrow them down.
func (s *site) named(w http.ResponseWriter, r *http.Request, v visit, kind archive.TagKind, x catalogue.Value, h heading) error {
	h.Name, h.Path, h.All = v.valueName(kind, x.Name), entryPath(kind, x.ID, x.Name), kindPath(kind)
	n := narrowing{}
	n.Query.Where = condition(kind, x.Name)
	n.Text = n.Query.String()
	return s.listing(w, r, v, h, n)
}

// related is what stands above the stories of a tag: other spellings, what it is
// part of, what it has, who is in it.
func (s *site) related(r *http.Request, v visit, t catalogue.TagEntry) (templ.Component, error) {
	var facts []tagFact
	add := func(label string, links []nearName) {
		if len(links) > 0 {
			facts = append(facts, tagFact{label, links})
		}
	}
	forms, err := s.archive.Forms(r.Context(), t.ID)
	if err != nil {
		return nil, err
	}
	add(v.Say("tag.also"), otherForms(t, forms))
	add(v.Say("tag.part-of"), v.valueLinks(archive.TagFandom, t.Parents, s.kindOf))
	add(v.Say("tag.has"), v.valueLinks(t.Kind, t.Children, nil))
	if t.Kind == archive.TagRelationship {
		add(v.membersLabel(t.Name), s.members(t.Name))
	}
	if t.Kind == archive.TagFandom {
		for _, kind := range []archive.TagKind{archive.TagCharacter, archive.TagRelationship} {
			owned, err := s.catalogue.Related(t.ID, kind, catalogue.Everybody, relatedShown)
			if err != nil {
				return nil, err
			}
			add(v.Say("kind."+string(kind)), v.valueLinks(kind, owned, nil))
		}
	}
	if len(facts) == 0 {
		return nil, nil //nolint:nilnil // nothing to show
	}
	return tagExtra(v, facts), nil
}

// kindOf is the kind of a tag.
func (s *site) kindOf(id int64) archive.TagKind {
	t, err := s.catalogue.Tag(id, catalogue.Everybody)
	if err != nil {
		return archive.TagFreeform
	}
	return t.Kind
}

// valueLinks lead to the pages of tags, of one kind or of the kind each has.
func (v visit) valueLinks(kind archive.TagKind, values []catalogue.Value, of func(id int64) archive.TagKind) []nearName {
	var links []nearName
	for _, x := range values[:min(len(values), relatedShown)] {
		if of != nil {
			kind = of(x.ID)
		}
		links = append(links, nearName{Label: v.valueName(kind, x.Name), Path: entryPath(kind, x.ID, x.Name), Count: x.Count})
	}
	return links
}

// otherForms are the spellings of a tag beside its name.
func otherForms(t catalogue.TagEntry, forms []string) []nearName {
	var links []nearName
	seen := map[string]bool{t.Name: true}
	for _, form := range append(forms, t.Synonyms...) {
		if form = plain(form); form != "" && !seen[form] && len(links) < relatedShown {
			seen[form] = true
			links = append(links, nearName{Label: form})
		}
	}
	return links
}

// membersLabel says what sort of relationship a name writes down.
func (v visit) membersLabel(name string) string {
	if _, romantic := archive.InRelationship(name); romantic {
		return v.Say("tag.romantic")
	}
	return v.Say("tag.friends")
}

// members lead to the characters of a relationship; those that no story names
// as characters have no page.
func (s *site) members(name string) []nearName {
	names, _ := archive.InRelationship(name)
	var links []nearName
	for _, one := range names {
		link := nearName{Label: plain(one)}
		for _, x := range s.catalogue.Lookup(archive.TagCharacter, one, catalogue.Everybody) {
			link = nearName{Label: plain(x.Name), Path: entryPath(archive.TagCharacter, x.ID, x.Name), Count: x.Count}
			break
		}
		links = append(links, link)
	}
	if len(links) < 2 {
		return nil
	}
	return links
}
