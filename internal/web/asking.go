package web

import "net/http"

// example is a question, and the message that says what it asks for.
type example struct{ Query, Message string }

// examples explain the language of questions.
func examples() []example {
	return []example{
		{`harbour lamp`, "asking.words"},
		{`"small boat"`, "asking.phrase"},
		{`light*`, "asking.prefix"},
		{`title:ferry`, "asking.in"},
		{`fandom:"Harbour Nine"`, "asking.tag"},
		{`-tag:angst`, "asking.not"},
		{`(character:Ada OR character:Joe)`, "asking.or"},
		{`author:"Tamsin Greywater"`, "asking.author"},
		{`rating<=teen`, "asking.rating"},
		{`words:1000..20000`, "asking.range"},
		{`written:2001..2004`, "asking.date"},
		{`language:de`, "asking.language"},
		{`is:complete`, "asking.is"},
		{`sort:updated`, "asking.sort"},
	}
}

// asking explains how questions are written.
func (s *site) asking(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	p := v.page(v.Say("asking.title")).at("/asking")
	p.Description = v.Say("asking.about")
	return s.show(w, r, p, askingView(v))
}
