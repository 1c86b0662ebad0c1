package store

import (
	"context"
	"slices"
	"strings"

	"colophon/internal/archive"
)

// The queries here are SQLite's FTS5 (https://sqlite.org/fts5.html).

const (
	searchAdd    = `INSERT INTO story_search (rowid, title, authors, summary, notes, text) VALUES ($1, $2, $3, $4, $5, $6)`
	searchRemove = `DELETE FROM story_search WHERE rowid = $1`
	searchEmpty  = `INSERT INTO story_search (story_search) VALUES ('delete-all')`
	searchMatch  = `SELECT rowid FROM story_search WHERE story_search MATCH $1 LIMIT $2`
	searchCount  = `SELECT count(*) FROM story_search WHERE story_search MATCH $1`

	// A word of the title or an author's name weighs far more than one of the text.
	searchRanked = `SELECT rowid FROM story_search WHERE story_search MATCH $1
		ORDER BY bm25(story_search, 20.0, 15.0, 4.0, 2.0, 1.0), rowid DESC LIMIT $2`
	// The bounds let FTS5 begin at the first of them; the sign before rowid keeps it
	// from looking each of them up by itself, which reads the index anew each time.
	searchRankedAmong = `SELECT rowid FROM story_search WHERE story_search MATCH $1
		AND rowid BETWEEN $2 AND $3 AND +rowid IN (SELECT value FROM json_each($4))
		ORDER BY bm25(story_search, 20.0, 15.0, 4.0, 2.0, 1.0), rowid DESC`
	searchNewest = `SELECT rowid FROM story_search WHERE story_search MATCH $1
		AND rowid NOT IN (SELECT value FROM json_each($2)) ORDER BY rowid DESC LIMIT $3 OFFSET $4`

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

func (sqlite) search(ctx context.Context, tx *batch, q question, limit, offset int64) ([]int64, int64, error) {
	if q.any {
		return hitsOf(ctx, tx, anyOf(q.terms), "", limit, offset)
	}
	columns, err := columnsOf(q.in)
	if err != nil {
		return nil, 0, err
	}
	match, heads := matchOf(q.terms, columns), ""
	if q.in == archive.InEverything {
		heads = headsOf(q.terms, match)
	}
	return hitsOf(ctx, tx, match, heads, limit, offset)
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
	if len(among) == 0 {
		return nil, nil
	}
	return tx.ids(ctx, searchRankedAmong, matchOf(q.terms, columns), slices.Min(among), slices.Max(among), list)
}

// matchOf is the FTS5 expression for terms in some columns. Every term is a
// string of it, so that nothing a reader types is syntax.
func matchOf(list []term, columns string) string {
	var all, none []string
	for _, t := range list {
		if t.not {
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

// headsOf is the FTS5 expression for those hits of match that have all that is
// looked for in title and authors.
func headsOf(list []term, match string) string {
	wanted := slices.DeleteFunc(slices.Clone(list), func(t term) bool { return t.not })
	return "(" + matchOf(wanted, inHeads) + ") AND (" + match + ")"
}

// anyOf is the FTS5 expression for any of some terms in titles and authors.
func anyOf(list []term) string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = quoted(t)
	}
	return inHeads + " : (" + strings.Join(parts, " OR ") + ")"
}

// inHeads are the columns that a story is known by.
const inHeads = "{title authors}"

func quoted(t term) string {
	text := strings.NewReplacer(`"`, " ", "\x00", " ").Replace(indexed(t.text))
	if t.prefix {
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

// hitsOf returns the ids of one page of the hits of an expression, and how many
// hits there are in all. Where they are too many to be ranked, stories that have
// all of it in title or authors still come before the others, however old they
// are; heads finds those, "" where that makes no difference.
func hitsOf(ctx context.Context, tx *batch, match, heads string, limit, offset int64) (ids []int64, total int64, err error) {
	total, err = tx.id(ctx, searchCount, match)
	if err != nil || offset >= total {
		return nil, total, err
	}
	if total <= rankedAmong {
		ids, err = tx.ids(ctx, searchRanked, match, rankedAmong)
		return pageOf(ids, limit, offset), total, err
	}
	first := []int64{}
	if heads != "" {
		if first, err = headHits(ctx, tx, heads); err != nil {
			return nil, 0, err
		}
	}
	ids = pageOf(first, limit, offset)
	missing := limit - int64(len(ids))
	if missing == 0 {
		return ids, total, nil
	}
	without, err := encode(first)
	if err != nil {
		return nil, 0, err
	}
	rest, err := tx.ids(ctx, searchNewest, match, string(without), missing, max(0, offset-int64(len(first))))
	return append(ids, rest...), total, err
}

// headHits are the newest hits in titles and authors, ranked where that is all
// of them.
func headHits(ctx context.Context, tx *batch, heads string) ([]int64, error) {
	newest, err := tx.ids(ctx, searchNewest, heads, "[]", rankedAmong, 0)
	if err != nil || len(newest) == rankedAmong || len(newest) == 0 {
		return append([]int64{}, newest...), err
	}
	return tx.ids(ctx, searchRanked, heads, rankedAmong)
}
