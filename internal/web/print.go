package web

import "net/http"

// print shows a whole story without the ways around the archive, for paper: its
// title, its author, its text, and the address it is kept at.
func (s *site) print(w http.ResponseWriter, r *http.Request) error {
	v, done, err := s.storyAt(w, r, "/print")
	if err != nil || done {
		return err
	}
	p := v.page(v.Say("page.print"), "/print")
	p.Class, p.Index = "print", false
	return s.stream(w, r, p, printView(v, v.chapters()))
}
