package web

import "net/http"

// print shows a whole story without the ways around the archive, for paper.
// Its last lines say where it comes from.
func (s *site) print(w http.ResponseWriter, r *http.Request) error {
	st, done, err := s.storyAt(w, r, "/print")
	if err != nil || done {
		return err
	}
	p := s.storyPage(st, "for print", "/print")
	p.Class = "print"
	return s.stream(w, r, p, printView(reading{Site: s, Story: st}, s.chapters(st)))
}
