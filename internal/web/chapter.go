package web

import "net/http"

// chapter shows one chapter of a story.
func (s *site) chapter(w http.ResponseWriter, r *http.Request) error {
	n, err := number(r, "n")
	if err != nil {
		return err
	}
	below := chapterBelow(int(n))
	st, done, err := s.storyAt(w, r, below)
	if err != nil || done {
		return err
	}
	if n > int64(len(st.Chapters)) {
		return noSuchPage()
	}
	v, err := s.reading(r.Context(), st, int(n))
	if err != nil {
		return err
	}
	return s.show(w, r, s.storyPage(st, chapterName(v.Chapter, v.N), below), chapterView(v))
}
