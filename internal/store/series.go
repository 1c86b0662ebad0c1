package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"colophon/internal/archive"
)

// seriesKey is what makes two stories parts of one series: the name of the
// series and the first author. Two authors may each have a "Season One", and a
// wrong join is worse than a missing one; so a story without author is joined
// with none.
func seriesKey(id int64, h *archive.Header) (key, author string) {
	if authors := h.Authors(); len(authors) > 0 && authors[0] != "" {
		return nameKey(h.Series.Name), nameKey(authors[0])
	}
	return nameKey(h.Series.Name), fmt.Sprintf("#%d", id) // no key of a name has both signs and digits
}

// place writes down a story's place in a series, where it has one. A story that
// stays in its series leaves the series' id as it is.
func (v *saver) place(ctx context.Context, id int64, h *archive.Header) error {
	if h.Series.Name == "" {
		return nil
	}
	key, author := seriesKey(id, h)
	series, err := v.id(ctx, `SELECT id FROM series WHERE key = $1 AND author_key = $2`, key, author)
	if errors.Is(err, sql.ErrNoRows) {
		series, err = v.id(ctx, `INSERT INTO series (key, author_key) VALUES ($1, $2) RETURNING id`, key, author)
	}
	if err != nil {
		return err
	}
	v.changed(id, series)
	return v.exec(ctx, `INSERT INTO series_stories (story_id, series_id, name, part, date) VALUES ($1, $2, $3, $4, $5)`,
		id, series, h.Series.Name, h.Series.Part, h.Date.Normal)
}

// unplace takes a story out of its series.
func (v *saver) unplace(ctx context.Context, id int64) error {
	series, err := v.id(ctx, `DELETE FROM series_stories WHERE story_id = $1 RETURNING series_id`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	v.shown.empty[series] = true
	v.changed(id, series)
	return err
}

// dropSeries removes the series that no story is part of any longer.
func (v *saver) dropSeries(ctx context.Context) error {
	for id := range v.shown.empty {
		err := v.exec(ctx, `DELETE FROM series WHERE id = $1
			AND NOT EXISTS (SELECT 1 FROM series_stories p WHERE p.series_id = $1)`, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// The rows of a series' names and authors, one for each form: id, form and
// stories, the form to be shown first. $1 is 0 for all series.
const (
	seriesNames = `SELECT r.id, p.name, count(*) FROM series r JOIN series_stories p ON p.series_id = r.id
		JOIN stories s ON s.id = p.story_id WHERE s.published = 1 AND (CAST($1 AS BIGINT) = 0 OR r.id = $1)
		GROUP BY r.id, r.key, p.name ORDER BY r.key, r.id, count(*) DESC, length(p.name), p.name`
	seriesAuthors = `SELECT p.series_id, b.form, b.pen_name_id FROM series_stories p
		JOIN bylines b ON b.story_id = p.story_id AND b.role IN ('author', 'co-author')
		WHERE CAST($1 AS BIGINT) = 0 OR p.series_id = $1
		GROUP BY p.series_id, b.pen_name_id, b.form
		ORDER BY p.series_id, count(*) DESC, min(b.position), b.form`
)

// Series returns the series that have published stories: all in order of name,
// or those of some ids.
func (s *Store) Series(ctx context.Context, ids ...int64) (list []archive.SeriesName, err error) {
	if len(ids) == 0 {
		ids = []int64{0} // all
	}
	err = s.read(ctx, "list the series", func(tx *batch) error {
		for _, id := range ids {
			some, err := seriesOf(ctx, tx, id)
			if err != nil {
				return err
			}
			list = append(list, some...)
		}
		return nil
	})
	return list, err
}

// seriesOf reads one series, or with 0 all.
func seriesOf(ctx context.Context, tx *batch, id int64) (list []archive.SeriesName, err error) {
	err = tx.each(ctx, func(scan func(...any) error) error {
		var n archive.SeriesName
		if err := scan(&n.ID, &n.Name, &n.Stories); err != nil {
			return err
		}
		if last := len(list) - 1; last >= 0 && list[last].ID == n.ID {
			list[last].Stories += n.Stories
			return nil
		}
		list = append(list, n)
		return nil
	}, seriesNames, id)
	if err != nil {
		return nil, err
	}
	authors := map[int64][]string{}
	seen := map[[2]int64]bool{}
	err = tx.each(ctx, func(scan func(...any) error) error {
		var series, penName int64
		var form string
		if err := scan(&series, &form, &penName); err != nil {
			return err
		}
		if !seen[[2]int64{series, penName}] {
			seen[[2]int64{series, penName}] = true
			authors[series] = append(authors[series], form)
		}
		return nil
	}, seriesAuthors, id)
	for i := range list {
		list[i].Authors = authors[list[i].ID]
	}
	return list, err
}

// SeriesByID returns a series with those of its stories that everybody may read,
// in reading order: by
// part where parts can be ordered (a prologue first, an epilogue last, stories
// without number behind those that have one), then by date, then as they were
// added. Errors: NotFound.
func (s *Store) SeriesByID(ctx context.Context, id int64) (series archive.Series, err error) {
	err = s.read(ctx, "read a series", func(tx *batch) error {
		none := archive.Errorf(archive.NotFound, "There is no such series.")
		if id <= 0 {
			return none
		}
		named, err := seriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(named) == 0 {
			return none
		}
		series = archive.Series{ID: id, Name: named[0].Name, Authors: named[0].Authors}
		ids, err := inOrder(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return none
		}
		series.Entries = make([]archive.SeriesEntry, len(ids))
		for i, story := range ids {
			e := &series.Entries[i]
			h, err := entryOf(ctx, tx, story, &e.Entry)
			if err != nil {
				return err
			}
			e.Part, e.Prerequisites, e.SequelTo, e.PrequelTo = h.Series.Part, h.Prerequisites, h.SequelTo, h.PrequelTo
		}
		return nil
	})
	return series, err
}

// inOrder are the stories of a series that everybody may read, in reading order.
func inOrder(ctx context.Context, tx *batch, series int64) ([]int64, error) {
	type placed struct {
		id int64
		at archive.Position
	}
	var list []placed
	err := tx.each(ctx, func(scan func(...any) error) error {
		var p placed
		var part, date string
		err := scan(&p.id, &part, &date)
		p.at = archive.PositionOf(part, date)
		list = append(list, p)
		return err
	}, `SELECT p.story_id, p.part, p.date FROM series_stories p JOIN stories s ON s.id = p.story_id
		WHERE p.series_id = $1 AND s.published = 1 AND s.visibility = 0`, series)
	slices.SortFunc(list, func(a, b placed) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	ids := make([]int64, len(list))
	for i, p := range list {
		ids[i] = p.id
	}
	return ids, err
}

// Neighbours returns the stories before and after a published story in its
// series, nil where there is none.
func (s *Store) Neighbours(ctx context.Context, storyID int64) (prev, next *archive.Entry, err error) {
	err = s.read(ctx, "read the neighbours of a story", func(tx *batch) error {
		series, err := tx.id(ctx, `SELECT series_id FROM series_stories WHERE story_id = $1`, storyID)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		ids, err := inOrder(ctx, tx, series)
		if err != nil {
			return err
		}
		i := slices.Index(ids, storyID)
		if i > 0 {
			prev = new(archive.Entry)
			if _, err := entryOf(ctx, tx, ids[i-1], prev); err != nil {
				return err
			}
		}
		if i >= 0 && i+1 < len(ids) {
			next = new(archive.Entry)
			_, err = entryOf(ctx, tx, ids[i+1], next)
		}
		return err
	})
	return prev, next, err
}
