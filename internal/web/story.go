package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"colophon/internal/archive"
	"colophon/internal/prose"
)

// story shows a story: its header, its contents, and its first chapter.
func (s *site) story(w http.ResponseWriter, r *http.Request) error {
	st, done, err := s.storyAt(w, r, "")
	if err != nil || done {
		return err
	}
	v, err := s.reading(r.Context(), st, 1)
	if err != nil {
		return err
	}
	return s.show(w, r, s.storyPage(st, "", ""), storyView(v))
}

// storyAt reads the story of a request, and sends the reader on (done) where the
// story has become part of another one, or has another address; below is the
// rest of that address.
func (s *site) storyAt(w http.ResponseWriter, r *http.Request, below string) (st *archive.Story, done bool, err error) {
	id, err := number(r, "id")
	if err != nil {
		return nil, false, err
	}
	if st, err = s.archive.Story(r.Context(), id); err != nil {
		return nil, false, err
	}
	if st.Merged != 0 {
		http.Redirect(w, r, "/stories/"+strconv.FormatInt(st.Merged, 10), http.StatusMovedPermanently)
		return st, true, nil
	}
	return st, moved(w, r, storyPath(st.ID, st.Header.Title)+below), nil
}

// storyPage describes one of the pages of a story.
func (s *site) storyPage(st *archive.Story, what, below string) page {
	title := titleOr(st.Header.Title)
	if what != "" {
		title += ", " + what
	}
	p := s.page(title).at(storyPath(st.ID, st.Header.Title) + below)
	p.Description = excerpt(st.Header.Summary, 200)
	p.Author = plain(authorsLine(st.Header.Authors()))
	p.Class = "story"
	return p
}

func authorsLine(names []string) string {
	var line strings.Builder
	for i, n := range names {
		line.WriteString(separator(i, len(names)))
		line.WriteString(n)
	}
	return line.String()
}

// separator stands before item i of n.
func separator(i, n int) string {
	switch i {
	case 0:
		return ""
	case n - 1:
		return " and "
	}
	return ", "
}

// reading is a chapter of a story as it is read.
type reading struct {
	Site    *site
	Story   *archive.Story
	Chapter archive.Chapter
	N       int // of the chapter, from 1; 0 where the story has none
}

// reading reads chapter n. A story may have none: its page says so.
func (s *site) reading(ctx context.Context, st *archive.Story, n int) (reading, error) {
	v := reading{Site: s, Story: st}
	if len(st.Chapters) == 0 {
		return v, nil
	}
	c, err := s.archive.Chapter(ctx, st.ID, n)
	v.Chapter, v.N = c, n
	return v, err
}

// Path is the address of the story.
func (v reading) Path() string { return storyPath(v.Story.ID, v.Story.Header.Title) }

// PathOf is the address of chapter n.
func (v reading) PathOf(n int) string { return v.Path() + chapterBelow(n) }

// Count is the chapter's place, as "Chapter 2 of 3".
func (v reading) Count() string {
	return "Chapter " + strconv.Itoa(v.N) + " of " + strconv.Itoa(len(v.Story.Chapters))
}

// Lang is the lang attribute of the story's text.
func (v reading) Lang() string { return langAttr(v.Story.Header.Language) }

// Dir is the dir attribute of the story's text.
func (v reading) Dir() string { return dirAttr(v.Story.Header.Language) }

// chapterBelow is what stands below a story's address for chapter n.
func chapterBelow(n int) string { return "/chapters/" + strconv.Itoa(n) }

// chapterName is the title of a chapter, or its number.
func chapterName(c archive.Chapter, n int) string {
	return orElse(plain(c.Title), "Chapter "+strconv.Itoa(n))
}

// prosed is the text of a chapter, checked once more before it is shown.
func prosed(c archive.Chapter) templ.Component { return templ.Raw(prose.Gate(c.Text)) }
