package store

import (
	"context"
	"strconv"
	"strings"

	"colophon/internal/archive"
)

// The rows of the catalogue: one for each story that is not withdrawn and no
// part of another. "<> 0" keeps SQLite from the index of what is published, which
// is nearly all: some stories are looked up by id.
const (
	catalogueRows = `SELECT s.id, s.visibility, s.title_key, s.author_key, s.words, s.chapters, s.added, s.changed,
		s.written, s.language, s.status, coalesce(p.series_id, 0),
		coalesce((SELECT string_agg(CAST(b.pen_name_id AS TEXT), ',' ORDER BY b.position) FROM bylines b
			WHERE b.story_id = s.id AND b.role IN ('author', 'co-author')), ''),
		coalesce((SELECT string_agg(CAST(t.tag_id AS TEXT), ',') FROM story_tags t WHERE t.story_id = s.id), '')
		FROM stories s LEFT JOIN series_stories p ON p.story_id = s.id WHERE s.published <> 0`
	allRows  = catalogueRows + ` ORDER BY s.id`
	someRows = catalogueRows + ` AND s.id IN (SELECT value FROM json_each($1)) ORDER BY s.id`
)

// EachRow calls f for every row of the catalogue, by rising id, and returns the
// number of the newest change that the rows know of. f must not call the store.
func (s *Store) EachRow(ctx context.Context, f func(archive.Row) error) (seq int64, err error) {
	err = s.read(ctx, "read the catalogue", func(tx *batch) error {
		if seq, err = tx.id(ctx, `SELECT coalesce(max(seq), 0) FROM changes`); err != nil {
			return err
		}
		return eachRow(ctx, tx, f, allRows)
	})
	return seq, err
}

// Rows returns the rows of some stories. Those that are in no listing have none.
func (s *Store) Rows(ctx context.Context, ids []int64) (rows []archive.Row, err error) {
	list, err := idList(ids)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, "read the catalogue", func(tx *batch) error {
		return eachRow(ctx, tx, func(r archive.Row) error {
			rows = append(rows, r)
			return nil
		}, someRows, list)
	})
	return rows, err
}

func eachRow(ctx context.Context, tx *batch, f func(archive.Row) error, query string, args ...any) error {
	return tx.each(ctx, func(scan func(...any) error) error {
		var r archive.Row
		var authors, tags string
		err := scan(&r.Story, &r.Visibility, &r.TitleKey, &r.AuthorKey, &r.Words, &r.Chapters, &r.Posted, &r.Updated,
			&r.Written, &r.Language, &r.Status, &r.Series, &authors, &tags)
		if err != nil {
			return err
		}
		if r.Authors, err = idsOf(authors); err != nil {
			return err
		}
		if r.Tags, err = idsOf(tags); err != nil {
			return err
		}
		return f(r)
	}, query, args...)
}

// AuthorNames returns the pen names of authors and co-authors by key: all, or
// those of some ids. Stories counts those of every visibility.
func (s *Store) AuthorNames(ctx context.Context, ids ...int64) (list []archive.Name, err error) {
	const all = `SELECT n.id, n.stories, f.form FROM pen_names n JOIN pen_name_forms f ON f.pen_name_id = n.id AND f.stories > 0
		WHERE n.stories > 0`
	const order = ` ORDER BY n.key, n.id, f.stories DESC, length(f.form), f.form`
	err = s.read(ctx, "list the pen names", func(tx *batch) error {
		if len(ids) == 0 {
			list, err = namesOf(ctx, tx, all+order)
			return err
		}
		given, err := idList(ids)
		if err != nil {
			return err
		}
		list, err = namesOf(ctx, tx, all+` AND n.id IN (SELECT value FROM json_each($1))`+order, given)
		return err
	})
	return list, err
}

// idsOf reads numbers with commas between them.
func idsOf(list string) ([]int64, error) {
	if list == "" {
		return nil, nil
	}
	ids := make([]int64, 0, 1+strings.Count(list, ","))
	for part := range strings.SplitSeq(list, ",") {
		id, err := strconv.ParseInt(part, 10, 64)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// idList is a list of ids as a query's json_each takes it.
func idList(ids []int64) (string, error) {
	if ids == nil {
		ids = []int64{}
	}
	data, err := encode(ids)
	return string(data), err
}

// Entries reads stories as a listing shows them, in the order of their ids.
// Stories that are withdrawn since, or not there, are left out.
func (s *Store) Entries(ctx context.Context, ids []int64) (list []archive.Entry, err error) {
	given, err := idList(ids)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, "list stories", func(tx *batch) error {
		shown, err := tx.ids(ctx, `SELECT s.id FROM stories s WHERE s.published <> 0 AND s.id IN (SELECT value FROM json_each($1))`, given)
		if err != nil {
			return err
		}
		there := map[int64]bool{}
		for _, id := range shown {
			there[id] = true
		}
		var some []int64
		for _, id := range ids {
			if there[id] {
				some = append(some, id)
			}
		}
		if list, err = entriesOf(ctx, tx, some); err != nil {
			return err
		}
		return tagEntries(ctx, tx, list, given)
	})
	return list, err
}

// tagEntries adds the tags of all entries, whose ids are given once more as a
// query takes them. A tag that has been given no name has that of the story's
// form here; the catalogue knows the form that most stories have.
func tagEntries(ctx context.Context, tx *batch, list []archive.Entry, ids string) error {
	at := map[int64]int{}
	for i := range list {
		at[list[i].ID] = i
	}
	return tx.each(ctx, func(scan func(...any) error) error {
		var story int64
		var t archive.EntryTag
		if err := scan(&story, &t.ID, &t.Kind, &t.Name, &t.Form); err != nil {
			return err
		}
		if i, ok := at[story]; ok {
			list[i].Tags = append(list[i].Tags, t)
		}
		return nil
	}, `SELECT l.story_id, c.id, c.kind, CASE WHEN c.name <> '' THEN c.name ELSE l.form END, l.form
		FROM story_tags l JOIN tags t ON t.id = l.tag_id JOIN tags c ON c.id = coalesce(t.of_id, t.id)
		WHERE l.story_id IN (SELECT value FROM json_each($1)) ORDER BY l.story_id, c.kind, l.position`, ids)
}
