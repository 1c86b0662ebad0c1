package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"colophon/internal/archive"
	"colophon/internal/describe"
	"colophon/internal/prose"
	"colophon/internal/web/kept"
)

const (
	contentsInline = 40  // chapters that the page of a story lists itself
	contentsPage   = 200 // chapters on one page of longer contents
)

// story shows a story: its header, its contents, and its first chapter.
func (s *site) story(w http.ResponseWriter, r *http.Request) error {
	v, done, err := s.storyAt(w, r, "")
	if err != nil || done {
		return err
	}
	if err := v.open(r.Context(), 1); err != nil {
		return err
	}
	if err := v.between(r.Context()); err != nil {
		return err
	}
	p := v.page("", "")
	if p.Described, err = describe.Story(v.Story, v.place()); err != nil {
		return err
	}
	if len(v.Story.Chapters) > 1 {
		p.Next = v.PathOf(2)
	}
	p.opens = v.Story.ID
	return s.show(w, r, p, storyView(v))
}

// storyAt reads the story of a request. It answers the request itself (done)
// where the story has become part of another one, has another address, or has
// been withdrawn; below is the rest of that address.
func (s *site) storyAt(w http.ResponseWriter, r *http.Request, below string) (v reading, done bool, err error) {
	v.visit = s.visit(r)
	id, err := number(r, "id")
	if err != nil {
		return v, false, err
	}
	v.Story, err = s.archive.Story(r.Context(), id)
	if archive.KindOf(err) == archive.Gone {
		return v, true, s.tombstone(w, r, id)
	}
	if err != nil {
		return v, false, err
	}
	switch v.Story.Visibility {
	case archive.Members:
		return v, false, errMembers
	case archive.Held:
		return v, false, noSuchPage()
	}
	if v.Story.Merged != 0 {
		http.Redirect(w, r, "/stories/"+strconv.FormatInt(v.Story.Merged, 10), http.StatusMovedPermanently)
		return v, true, nil
	}
	return v, moved(w, r, v.Path()+below), nil
}

// reading is a chapter of a story as it is read.
type reading struct {
	visit
	Story         *archive.Story
	Chapter       archive.Chapter
	N             int            // of the chapter, from 1; 0 where the story has none
	Before, After *archive.Entry // in the story's series, nil where there are none
}

// open reads chapter n. A story may have none: its page says so.
func (v *reading) open(ctx context.Context, n int) (err error) {
	if len(v.Story.Chapters) == 0 {
		return nil
	}
	v.Chapter, err = v.archive.Chapter(ctx, v.Story.ID, n)
	v.N = n
	return err
}

// between finds the neighbours of the story in its series.
func (v *reading) between(ctx context.Context) (err error) {
	if v.Story.Header.Series.Name == "" {
		return nil
	}
	v.Before, v.After, err = v.archive.Neighbours(ctx, v.Story.ID)
	return err
}

// page describes one of the pages of the story; what says which, "" for the
// first.
func (v reading) page(what, below string) page {
	title := v.Titled(v.Story.Header.Title)
	if what != "" {
		title += v.Say("list.next") + what
	}
	p := v.visit.page(title).at(v.Path() + below).showing(v.needs())
	authors := v.Story.Header.Authors()
	p.Description = excerpt(v.Story.Header.Summary, 200)
	p.Author = plain(v.Joined(authors))
	if len(authors) > 0 {
		p.AuthorPath = findPath("/authors", authors[0])
	}
	p.Class, p.Kind = "story", "article"
	p.Italic = v.Story.Header.Summary != "" || strings.Contains(v.Chapter.Text, "<em>")
	return p
}

// needs are what the pages of a story show: the story, and those beside it in its
// series.
func (v reading) needs() kept.Needs {
	n := kept.Needs{Stories: []int64{v.Story.ID}}
	if se := v.Story.Header.Series; se.ID != 0 {
		n.Series = []int64{se.ID}
	}
	return n
}

// single reports a story of one chapter without a title: it is the story.
func (v reading) single() bool {
	return len(v.Story.Chapters) == 1 && plain(v.Chapter.Title) == ""
}

// longTitle reports a title that would fill a screen in the usual size.
func (v reading) longTitle() bool { return len(v.Story.Header.Title) > 90 }

// Path is the address of the story.
func (v reading) Path() string { return storyPath(v.Story.ID, v.Story.Header.Title) }

// PathOf is the address of chapter n.
func (v reading) PathOf(n int) string { return v.Path() + chapterBelow(n) }

// ContentsPath is where the chapters are listed, at chapter N where the list
// has several pages.
func (v reading) ContentsPath() string {
	if len(v.Story.Chapters) <= contentsInline {
		return v.Path() + "#contents"
	}
	return pager{Path: v.Path() + "/contents"}.To((max(v.N, 1)-1)/contentsPage + 1)
}

// Place is the chapter's place, as "Chapter 2 of 3".
func (v reading) Place() string {
	return v.Say("chapter.place", "N", v.Number(int64(v.N)), "Of", v.Number(int64(len(v.Story.Chapters))))
}

// Trail leads back from one of the story's pages to the story and its author.
func (v reading) Trail() []step {
	steps := []step{{Path: v.Path(), Name: v.Titled(v.Story.Header.Title), Lang: v.TextLang()}}
	for _, a := range v.Story.Header.Authors() {
		steps = append(steps, step{Path: findPath("/authors", a), Name: plain(a)})
	}
	return steps
}

// step is a link of a trail.
type step struct{ Path, Name, Lang string }

// TextLang is the lang attribute of the story's text.
func (v reading) TextLang() string { return langAttr(v.Story.Header.Language) }

// TextDir is the dir attribute of the story's text.
func (v reading) TextDir() string { return dirAttr(v.Story.Header.Language) }

// noteLang is the language of a note: the author's own words are in the story's,
// ours in the page's.
func (v reading) noteLang(f fact) string {
	if f.Field == archive.FieldWords {
		return v.Code()
	}
	return v.TextLang()
}

// Answer says how the author can be answered.
func (v reading) Answer() []string {
	fb := v.Story.Header.Feedback
	var ps []string
	if fb.Requested {
		ps = append(ps, v.Say("answer.asked"))
	}
	if fb.Address {
		ps = append(ps, v.Say("answer.sealed"))
	} else {
		ps = append(ps, v.Say("answer.none"))
	}
	return ps
}

// Origin says where the story came from, and since when it is here.
func (v reading) Origin() []string {
	ps := []string{v.Say("origin.since", "Date", v.Date(v.Story.Added.UTC()))}
	for _, src := range v.Story.Sources {
		if !src.Copy {
			ps = append(ps, v.Say("origin.read", "File", plain(src.Path)))
			break
		}
	}
	if n := len(v.Story.Sources); n > 0 {
		ps = append(ps, v.Count("origin.sources.count", int64(n)))
	}
	return ps
}

// chapterBelow is what stands below a story's address for chapter n.
func chapterBelow(n int) string { return "/chapters/" + strconv.Itoa(n) }

// prosed is the text of a chapter, checked once more before it is shown.
func prosed(c archive.Chapter) templ.Component { return templ.Raw(prose.Gate(c.Text)) }
