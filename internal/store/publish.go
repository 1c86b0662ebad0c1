package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
)

// shown is what one transaction changes of what published stories are found by:
// gathered, and written once at its end. FTS5 writes a segment of its index for
// each run of rows with rising ids, and whenever another statement might have to
// be undone by itself; at the end there is one run and no other statement.
type shown struct {
	search map[int64]*archive.Story // to be indexed; nil: only no longer
	was    map[int64]bool           // has a row in the index
	words  map[string]int64         // by how much the stories of a title word change
	empty  map[int64]bool           // series that have lost a story

	changed map[int64]map[int64]bool // stories, and the series they are or were in
}

func newShown() *shown {
	return &shown{map[int64]*archive.Story{}, map[int64]bool{}, map[string]int64{}, map[int64]bool{}, map[int64]map[int64]bool{}}
}

// publish puts a stored story where readers find it: names, tags, search.
func (v *saver) publish(ctx context.Context, id int64, s *archive.Story) error {
	if err := v.names.credit(ctx, v.batch, id, &s.Header); err != nil {
		return err
	}
	v.shown.search[id] = s
	v.changed(id, 0)
	for w := range titleWords(&s.Header) {
		v.shown.words[w]++
	}
	return nil
}

// unpublish is the opposite of publish, for a story that is published.
func (v *saver) unpublish(ctx context.Context, id int64) error {
	var header []byte
	if err := v.one(ctx, `SELECT header FROM stories WHERE id = $1`, []any{id}, []any{&header}); err != nil {
		return err
	}
	h, err := headerOf(header)
	if err != nil {
		return err
	}
	for w := range titleWords(&h) {
		v.shown.words[w]--
	}
	// What is only to be indexed at the end of this transaction has no row yet.
	if v.shown.search[id] == nil {
		v.shown.was[id] = true
	}
	v.shown.search[id] = nil
	v.changed(id, 0)
	return v.names.discredit(ctx, v.batch, id)
}

// isPublished says whether readers find a stored story.
func (v *saver) isPublished(ctx context.Context, id int64) (bool, error) {
	n, err := v.id(ctx, `SELECT published FROM stories WHERE id = $1`, id)
	return n == 1, err
}

// flush writes what was gathered: the last step of a transaction.
func (v *saver) flush(ctx context.Context) error {
	if err := v.names.flush(ctx, v.batch); err != nil {
		return err
	}
	if err := v.dropSeries(ctx); err != nil {
		return err
	}
	for w, n := range v.shown.words {
		err := v.exec(ctx, `INSERT INTO title_words (word, stories) VALUES ($1, $2)
			ON CONFLICT (word) DO UPDATE SET stories = title_words.stories + excluded.stories`, w, n)
		if err != nil {
			return err
		}
		if n < 0 {
			if err := v.exec(ctx, `DELETE FROM title_words WHERE word = $1 AND stories = 0`, w); err != nil {
				return err
			}
		}
	}
	if err := v.logChanges(ctx); err != nil {
		return err
	}
	return v.index(ctx)
}

// index brings the rows of the search up to date, in rising order of ids.
func (v *saver) index(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(v.shown.was)) {
		if err := v.dialect.unindexStory(ctx, v.batch, id); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.shown.search)) {
		s := v.shown.search[id]
		if s == nil {
			continue
		}
		if err := v.dialect.indexStory(ctx, v.batch, id, s); err != nil {
			return err
		}
	}
	return nil
}

// searched is what the search knows of a story, made ready for it.
type searched struct{ title, authors, summary, notes, text string }

func searchedOf(s *archive.Story) searched {
	notes := []string{s.Header.Notes}
	var text strings.Builder
	for i := range s.Chapters {
		c := &s.Chapters[i]
		if c.Notes != "" {
			notes = append(notes, c.Notes)
		}
		text.WriteString(c.Title)
		text.WriteByte('\n')
		text.WriteString(plainText(c.Text))
		text.WriteByte('\n')
	}
	// Header and notes may be text or markup; of neither are tags words.
	plain := func(parts ...string) string { return indexed(plainText(strings.Join(parts, "<p>"))) }
	return searched{
		indexed(s.Header.Title), indexed(strings.Join(s.Header.Authors(), "\n")), plain(s.Header.Summary), plain(notes...),
		indexed(text.String()),
	}
}

// titleWords are the words of title and authors that can be misspelled: not too
// short to tell, none of a script where a word is a character.
func titleWords(h *archive.Header) map[string]bool {
	set := map[string]bool{}
	for _, text := range append(h.Authors(), h.Title) {
		for _, w := range words(text) {
			if n := utf8.RuneCountInString(w); n >= nearShortest && n <= nearLongest {
				set[w] = true
			}
		}
	}
	return set
}
