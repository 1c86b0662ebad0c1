package store

import (
	"context"

	"colophon/internal/archive"
)

// Overview counts the stories that the archive has.
func (s *Store) Overview(ctx context.Context) (o archive.Overview, err error) {
	err = s.read(ctx, "read the overview", func(tx *batch) error {
		for _, c := range []struct {
			to    *int64
			query string
		}{
			{&o.Stories, `SELECT count(*) FROM stories WHERE published = 1 AND visibility = 0`},
			{&o.Reserved, `SELECT count(*) FROM stories WHERE published = 1 AND visibility <> 0`},
			{&o.Withdrawn, `SELECT count(*) FROM withdrawals WHERE restored IS NULL`},
		} {
			if *c.to, err = tx.id(ctx, c.query); err != nil {
				return err
			}
		}
		return nil
	})
	return o, err
}

// namesOf gathers the rows of a query for id, stories and form, one for each
// form, the form to be shown first.
func namesOf(ctx context.Context, tx *batch, query string, args ...any) (list []archive.Name, err error) {
	err = tx.each(ctx, func(scan func(...any) error) error {
		var n archive.Name
		if err := scan(&n.ID, &n.Stories, &n.Name); err != nil {
			return err
		}
		if last := len(list) - 1; last >= 0 && list[last].ID == n.ID {
			list[last].Forms = append(list[last].Forms, n.Name)
			return nil
		}
		list = append(list, n)
		return nil
	}, query, args...)
	return list, err
}

// entriesOf reads stories as a listing shows them, in the order of their ids
// given.
func entriesOf(ctx context.Context, tx *batch, ids []int64) ([]archive.Entry, error) {
	list := make([]archive.Entry, len(ids))
	for i, id := range ids {
		if _, err := entryOf(ctx, tx, id, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// entryOf reads one story as a listing shows it, and returns its header.
func entryOf(ctx context.Context, tx *batch, id int64, e *archive.Entry) (*archive.Header, error) {
	var header []byte
	var added, changed, series int64
	err := tx.one(ctx, `SELECT s.words, s.chapters, s.added, s.changed, s.header, coalesce(p.series_id, 0)
		FROM stories s LEFT JOIN series_stories p ON p.story_id = s.id WHERE s.id = $1`,
		[]any{id}, []any{&e.Words, &e.Chapters, &added, &changed, &header, &series})
	if err != nil {
		return nil, err
	}
	h, err := headerOf(header)
	if err != nil {
		return nil, err
	}
	h.Series.ID = series
	e.ID, e.Added, e.Changed = id, stamp(added), stamp(changed)
	fill(e, &h)
	return &h, nil
}

// fill copies what a listing shows of a header.
func fill(e *archive.Entry, h *archive.Header) {
	e.Title, e.Authors, e.Fandoms = h.Title, h.Authors(), h.Fandoms
	e.Rating, e.Warnings, e.Summary = h.Rating, h.Warnings, h.Summary
	e.Language, e.Status, e.Date, e.Series = h.Language, h.Status, h.Date, h.Series
}
