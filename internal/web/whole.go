package web

import (
	"context"
	"io"
	"net/http"

	"github.com/a-h/templ"

	"colophon/internal/archive"
)

// whole shows all chapters of a story on one page.
func (s *site) whole(w http.ResponseWriter, r *http.Request) error {
	st, done, err := s.storyAt(w, r, "/all")
	if err != nil || done {
		return err
	}
	v := reading{Site: s, Story: st}
	return s.stream(w, r, s.storyPage(st, "the whole story", "/all"), wholeView(v, s.chapters(st)))
}

// chapters renders all chapters in order, one in memory at a time.
func (s *site) chapters(st *archive.Story) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for n := 1; n <= len(st.Chapters); n++ {
			v, err := s.reading(ctx, st, n)
			if err != nil {
				return err
			}
			if err := chapterOfWhole(v).Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}
