package web_test

import (
	"net/http"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// The address of a story that turned out to be a part of another one leads
// there.
func TestMergedStoryLeadsOn(t *testing.T) {
	part := func(path, title string) sample {
		p := &pageMaker{path: path}
		return p.write(path).sample(&archive.Story{Header: archive.Header{Title: title}, Chapters: []archive.Chapter{{Text: paras(path), Words: 1}}})
	}
	first, second := part("1.html", "Tide"), part("2.html", "Tide, part 2")
	c := config(t, []sample{first, second})
	joined := *first.story
	joined.Sources = append(joined.Sources, second.story.Sources...)
	joined.Chapters = append(joined.Chapters, second.story.Chapters...)
	if _, err := c.Archive.(*store.Store).Save(t.Context(), []*archive.Story{&joined}); err != nil {
		t.Fatal(err)
	}
	h := open(t, c)
	w := get(t, h, "/stories/2/tide-part-2/print")
	if to := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || to != "/stories/1" {
		t.Errorf("answers %d %q", w.Code, to)
	}
	w = get(t, h, "/stories/1/tide/chapters/2")
	if w.Code != http.StatusOK {
		t.Errorf("the second chapter answers %d", w.Code)
	}
	if err := all(says("div", "2.html"))(parsed(t, w)); err != nil {
		t.Error(err)
	}
}
