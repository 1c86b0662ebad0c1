package web

import (
	"net/http"

	"colophon/internal/describe"
)

// chapter shows one chapter of a story.
func (s *site) chapter(w http.ResponseWriter, r *http.Request) error {
	n, err := number(r, "n")
	if err != nil {
		return err
	}
	v, done, err := s.storyAt(w, r, chapterBelow(int(n)))
	if err != nil || done {
		return err
	}
	last := len(v.Story.Chapters)
	if n > int64(last) {
		return noSuchPage()
	}
	if err := v.open(r.Context(), int(n)); err != nil {
		return err
	}
	p := v.page(v.Numbered(v.Chapter, v.N), chapterBelow(v.N))
	if v.N > 1 {
		p.Prev = v.PathOf(v.N - 1)
	}
	if v.N < last {
		p.Next = v.PathOf(v.N + 1)
	}
	if v.N == 1 {
		p.opens = v.Story.ID
	}
	if p.Described, err = describe.Chapter(v.Story, v.N, v.place()); err != nil {
		return err
	}
	return s.show(w, r, p, chapterView(v))
}

// contents shows one page of the contents of a story.
func (s *site) contents(w http.ResponseWriter, r *http.Request) error {
	v, done, err := s.storyAt(w, r, "/contents")
	if err != nil || done {
		return err
	}
	n, err := pageAsked(r)
	if err != nil {
		return err
	}
	pg, err := newPager(v.Path()+"/contents", n, int64(len(v.Story.Chapters)), contentsPage)
	if err != nil {
		return err
	}
	p := v.page(pg.Title(v.visit, v.Say("story.contents")), "")
	return s.show(w, r, pg.on(p), contentsView(v, pg))
}
