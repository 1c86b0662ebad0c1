package store_test

import (
	"fmt"
	"sync"
	"testing"

	"colophon/internal/archive"
)

// Readers see whole stories while others are written, and writers do not
// refuse each other.
func TestReadersAndWriters(t *testing.T) {
	s, _ := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "0")))
	var wg sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				story, err := s.Story(t.Context(), 1)
				if err != nil {
					t.Error(err)
					return
				}
				if story.Evidence[0].Written != story.Header.Title {
					t.Errorf("evidence of %q with title %q", story.Evidence[0].Written, story.Header.Title)
				}
				if len(story.Chapters) != 2 || len(story.Sources) != 1 {
					t.Errorf("half a story: %+v", story)
				}
			}
		})
	}
	var writers sync.WaitGroup
	for w := range 2 {
		writers.Go(func() {
			for i := range 20 {
				title := fmt.Sprint("A", w, i)
				if _, err := s.Save(t.Context(), []*archive.Story{sample(title, "M", page("/old", "a", title))}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(done)
	wg.Wait()
	sound(t, s)
}
