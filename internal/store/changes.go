package store

import (
	"context"
	"maps"
	"slices"

	"colophon/internal/archive"
)

// changesKept is how many changes the log keeps. Whoever has missed more than
// that makes what it keeps anew.
const changesKept = 200_000

// changed notes that a story changed, and a series it is or was in, to be
// written at the end of the transaction; with 0 that is the one it is in then.
func (v *saver) changed(story, series int64) {
	if v.shown.changed[story] == nil {
		v.shown.changed[story] = map[int64]bool{}
	}
	v.shown.changed[story][series] = true
}

// logChanges writes down what a transaction has changed.
func (v *saver) logChanges(ctx context.Context) error {
	if len(v.shown.changed) == 0 {
		return nil
	}
	const add = `INSERT INTO changes (story_id, series_id, tags) VALUES ($1, $2, 0)`
	for _, story := range slices.Sorted(maps.Keys(v.shown.changed)) {
		series := v.shown.changed[story]
		if delete(series, 0); len(series) == 0 {
			id, err := v.id(ctx, `SELECT coalesce(max(series_id), 0) FROM series_stories WHERE story_id = $1`, story)
			if err != nil {
				return err
			}
			series[id] = true
		}
		for _, id := range slices.Sorted(maps.Keys(series)) {
			if err := v.exec(ctx, add, story, id); err != nil {
				return err
			}
		}
	}
	return trimChanges(ctx, v.batch)
}

// logTags writes down that the tags changed.
func logTags(ctx context.Context, tx *batch) error {
	if err := tx.exec(ctx, `INSERT INTO changes (story_id, series_id, tags) VALUES (0, 0, 1)`); err != nil {
		return err
	}
	return trimChanges(ctx, tx)
}

func trimChanges(ctx context.Context, tx *batch) error {
	return tx.exec(ctx, `DELETE FROM changes WHERE seq <= (SELECT max(seq) FROM changes) - $1`, changesKept)
}

// Changes returns what has changed after the change of number since, at most
// limit changes in their order, and the number of the newest change there is.
// Where so much has changed since that the log no longer has all of it, it is
// one Change with All.
func (s *Store) Changes(ctx context.Context, since int64, limit int) (list []archive.Change, newest int64, err error) {
	err = s.read(ctx, "read what has changed", func(tx *batch) error {
		var oldest int64
		err := tx.one(ctx, `SELECT coalesce(min(seq), 0), coalesce(max(seq), 0) FROM changes`, nil, []any{&oldest, &newest})
		if err != nil || newest == since {
			return err
		}
		// Numbers that are greater than the newest are of another database.
		if since < oldest-1 || since > newest {
			list = []archive.Change{{Seq: newest, All: true}}
			return nil
		}
		return tx.each(ctx, func(scan func(...any) error) error {
			var c archive.Change
			var series, tags int64
			if err := scan(&c.Seq, &c.Story, &series, &tags); err != nil {
				return err
			}
			if series != 0 {
				c.Series = []int64{series}
			}
			c.Tags = tags == 1
			list = append(list, c)
			return nil
		}, `SELECT seq, story_id, series_id, tags FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2`, since, limit)
	})
	return list, newest, err
}

// AddViews adds to how often stories were opened. Stories that are not there
// are left out.
func (s *Store) AddViews(ctx context.Context, views map[int64]int64) error {
	return s.write(ctx, "count views", func(tx *batch) error {
		for _, id := range slices.Sorted(maps.Keys(views)) {
			err := tx.exec(ctx, `INSERT INTO story_views (story_id, views) SELECT s.id, CAST($1 AS BIGINT) FROM stories s WHERE s.id = $2
				ON CONFLICT (story_id) DO UPDATE SET views = story_views.views + excluded.views`, views[id], id)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
