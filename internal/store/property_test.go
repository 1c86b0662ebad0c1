package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// site draws a folder of pages: some with the same bytes, some with several
// stories, some stories over several pages. What a story is called depends on
// bytes alone, as it does with real pages. All are by one author.
func site(t *rapid.T, origin, author string) []*archive.Story {
	pages := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 6).Draw(t, "bytes of the pages")
	var stories []*archive.Story
	for i := 0; i < len(pages); i++ {
		content := fmt.Sprint("bytes ", pages[i], " by ", author)
		sources := []archive.Source{page(origin, fmt.Sprint("page", i), content)}
		switch pages[i] {
		case 0: // goes on over the next page
			if i+1 < len(pages) {
				i++
				next := fmt.Sprint("bytes ", pages[i], " by ", author)
				sources = append(sources, page(origin, fmt.Sprint("page", i), next))
				content += " and " + next
			}
		case 1: // holds a second story
			stories = append(stories, sample("Second of "+content, author, sources...))
		}
		stories = append(stories, sample("Story of "+content, author, sources...))
	}
	return stories
}

// Saving the same batch twice changes nothing, and the order of a batch does
// not matter. All sites go into the same two archives, one in each order.
func TestSaveIsIdempotent(t *testing.T) {
	a, _ := openNew(t)
	b, _ := openNew(t)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		author := fmt.Sprint("Author ", n)
		stories := site(r, fmt.Sprint("/old", n), author)
		shuffled := rapid.Permutation(stories).Draw(r, "another order")
		first := save(t, a, stories...)
		before := everything(t, a, author)
		second := save(t, a, stories...)
		for i := range second {
			if second[i].ID != first[i].ID || second[i].Outcome != store.Unchanged {
				r.Fatalf("story %d: first %v, then %v", i, first[i], second[i])
			}
		}
		left := everything(t, a, author)
		if diff := cmp.Diff(before, left); diff != "" {
			r.Fatalf("saving again changed something:\n%s", diff)
		}
		save(t, b, shuffled...)
		if diff := cmp.Diff(names(left), names(everything(t, b, author))); diff != "" {
			r.Fatalf("another order, other stories:\n%s", diff)
		}
	})
	sound(t, a)
	sound(t, b)
}

// names are the sorted titles of stories.
func names(stories []*archive.Story) (titles []string) {
	for _, s := range stories {
		titles = append(titles, s.Header.Title)
	}
	slices.Sort(titles)
	return titles
}

// everything is all stories of an author with all their parts.
func everything(t *testing.T, s *store.Store, author string) (all []*archive.Story) {
	t.Helper()
	known, err := s.AuthorNames(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(known, func(n archive.Name) bool { return n.Name == author })
	if i < 0 {
		t.Fatalf("nobody is called %s", author)
	}
	for _, r := range allRows(t, s) {
		if !slices.Contains(r.Authors, known[i].ID) {
			continue
		}
		story, err := s.Story(t.Context(), r.Story)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, story)
	}
	return all
}
