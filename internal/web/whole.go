package web

import (
	"context"
	"io"
	"net/http"

	"github.com/a-h/templ"

	"colophon/internal/describe"
)

// whole shows all chapters of a story on one page.
func (s *site) whole(w http.ResponseWriter, r *http.Request) error {
	v, done, err := s.storyAt(w, r, "/all")
	if err != nil || done {
		return err
	}
	if err := v.between(r.Context()); err != nil {
		return err
	}
	p := v.page(v.Say("page.whole"), "/all")
	if p.Described, err = describe.Story(v.Story, v.place()); err != nil {
		return err
	}
	return s.stream(w, r, p, wholeView(v, v.chapters()))
}

// chapters renders all chapters in order, one in memory at a time.
func (v reading) chapters() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for n := 1; n <= len(v.Story.Chapters); n++ {
			if err := v.open(ctx, n); err != nil {
				return err
			}
			if err := chapterOfWhole(v).Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}
