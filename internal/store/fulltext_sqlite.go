package store

import (
	"context"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/store/words"
)

// The queries here are SQLite's FTS5 (https://sqlite.org/fts5.html).

const (
	searchAdd    = `INSERT INTO story_search (rowid, title, authors, summary, notes, text) VALUES ($1, $2, $3, $4, $5, $6)`
	searchRemove = `DELETE FROM story_search WHERE rowid = $1`
	searchEmpty  = `INSERT INTO story_search (story_search) VALUES ('delete-all')`
	searchMatch  = `SELECT rowid FROM story_search WHERE story_search MATCH $1 LIMIT $2`
	searchNewest = `SELECT rowid FROM story_search WHERE story_search MATCH $1 ORDER BY rowid DESC LIMIT $2`

	// A word of the title or an author's name weighs far more than one of the text.
	searchRanked = `SELECT rowid FROM story_search WHERE story_search MATCH $1
		ORDER BY bm25(story_search, 20.0, 15.0, 4.0, 2.0, 1.0), rowid DESC LIMIT $2`
	// The plus keeps SQLite from asking for each rowid by itself: bm25 counts all hits
	// of a word anew each time.
	searchRankedAmong = `SELECT rowid FROM story_search WHERE story_search MATCH $1
		AND +rowid IN (SELECT value FROM json_each($2))
		ORDER BY bm25(story_search, 20.0, 15.0, 4.0, 2.0, 1.0), rowid DESC`

	// The size of a row is kept for each row that there is.
	searchLacking = `SELECT s.id, s.title FROM stories s WHERE s.published = 1
		AND NOT EXISTS (SELECT 1 FROM story_search_docsize d WHERE d.id = s.id)`
	searchStale = `SELECT d.id, coalesce(s.title, '') FROM story_search_docsize d
		LEFT JOIN stories s ON s.id = d.id WHERE s.id IS NULL OR s.published = 0`
)

func (sqlite) indexStory(ctx context.Context, tx *batch, id int64, s *archive.Story) error {
	w := searchedOf(s)
	return tx.exec(ctx, searchAdd, id, w.title, w.authors, w.summary, w.notes, w.text)
}

func (sqlite) unindexStory(ctx context.Context, tx *batch, id int64) error {
	return tx.exec(ctx, searchRemove, id)
}

func (sqlite) unindexAll(ctx context.Context, tx *batch) error { return tx.exec(ctx, searchEmpty) }

func (sqlite) searchRules() []rowRule {
	return []rowRule{
		{"search-missing", "story %d (%s) is not in the search", searchLacking},
		{"search-stale", "the search has story %d (%s), which is not shown", searchStale},
	}
}

func (sqlite) alike(ctx context.Context, tx *batch, wanted []string, limit int64) ([]int64, error) {
	match := anyOf(wanted)
	newest, err := tx.ids(ctx, searchNewest, match, rankedAmong+1)
	if err != nil || len(newest) == 0 {
		return nil, err
	}
	if len(newest) > rankedAmong {
		return newest[:min(limit, rankedAmong)], nil
	}
	return tx.ids(ctx, searchRanked, match, limit)
}

func (sqlite) matches(ctx context.Context, tx *batch, q question, limit int64) ([]int64, error) {
	columns, err := columnsOf(q.in)
	if err != nil {
		return nil, err
	}
	return tx.ids(ctx, searchMatch, matchOf(q.terms, columns), limit)
}

func (sqlite) ranked(ctx context.Context, tx *batch, q question, among []int64) ([]int64, error) {
	columns, err := columnsOf(q.in)
	if err != nil {
		return nil, err
	}
	list, err := idList(among)
	if err != nil {
		return nil, err
	}
	return tx.ids(ctx, searchRankedAmong, matchOf(q.terms, columns), list)
}

// matchOf is the FTS5 expression for terms in some columns. Every term is a
// string of it, so that nothing a reader types is syntax.
func matchOf(list []words.Term, columns string) string {
	var all, none []string
	for _, t := range list {
		if t.Not {
			none = append(none, quoted(t))
		} else {
			all = append(all, quoted(t))
		}
	}
	match := strings.Join(all, " AND ")
	if len(none) > 0 {
		match = "(" + match + ") NOT (" + strings.Join(none, " OR ") + ")"
	}
	return columns + " : (" + match + ")"
}

// anyOf is the FTS5 expression for any of some words in titles and authors.
func anyOf(wanted []string) string {
	parts := make([]string, len(wanted))
	for i, w := range wanted {
		parts[i] = quoted(words.Term{Text: w})
	}
	return "{title authors} : (" + strings.Join(parts, " OR ") + ")"
}

func quoted(t words.Term) string {
	text := strings.NewReplacer(`"`, " ", "\x00", " ").Replace(words.Indexed(t.Text))
	if t.Prefix {
		return `"` + text + `" *`
	}
	return `"` + text + `"`
}

func columnsOf(in archive.SearchIn) (string, error) {
	switch in {
	case archive.InEverything:
		return "{title authors summary notes text}", nil
	case archive.InTitles:
		return "{title}", nil
	case archive.InAuthors:
		return "{authors}", nil
	case archive.InSummaries:
		return "{summary}", nil
	case archive.InNotes:
		return "{notes}", nil
	case archive.InText:
		return "{text}", nil
	}
	return "", noSuchPart(in)
}
