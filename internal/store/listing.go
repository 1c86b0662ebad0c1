package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"

	"colophon/internal/archive"
)

// newestShown is how many stories Overview names.
const newestShown = 10

// Overview counts what the archive has, and names its newest stories.
func (s *Store) Overview(ctx context.Context) (o archive.Overview, err error) {
	err = s.read(ctx, "read the overview", func(tx *batch) error {
		err := tx.one(ctx, `SELECT count(*), coalesce(sum(words), 0) FROM stories WHERE published = 1 AND visibility = 0`,
			nil, []any{&o.Stories, &o.Words})
		if err != nil {
			return err
		}
		for _, c := range []struct {
			to    *int64
			query string
		}{
			{&o.PenNames, `SELECT count(*) FROM pen_names WHERE stories > 0`},
			{&o.Fandoms, `SELECT count(*) FROM tags WHERE kind = 'fandom' AND stories > 0`},
			{&o.Series, `SELECT count(DISTINCT p.series_id) FROM series_stories p JOIN stories s ON s.id = p.story_id
				WHERE s.published = 1 AND s.visibility = 0`},
			{&o.Reserved, `SELECT count(*) FROM stories WHERE published = 1 AND visibility <> 0`},
			{&o.Withdrawn, `SELECT count(*) FROM withdrawals WHERE restored IS NULL`},
		} {
			if *c.to, err = tx.id(ctx, c.query); err != nil {
				return err
			}
		}
		o.Newest, err = entries(ctx, tx, byAdded, 0, int64(math.MaxInt64), newestShown, 0)
		return err
	})
	return o, err
}

// PenNames returns the names that stories are signed with, by name, each with
// the number of stories it is author or co-author of.
func (s *Store) PenNames(ctx context.Context) (list []archive.Name, err error) {
	err = s.read(ctx, "list the pen names", func(tx *batch) error {
		list, err = namesOf(ctx, tx, `SELECT n.id, n.stories, f.form FROM pen_names n
			JOIN pen_name_forms f ON f.pen_name_id = n.id AND f.stories > 0
			WHERE n.stories > 0 ORDER BY n.key, n.id, f.stories DESC, length(f.form), f.form`)
		return err
	})
	return list, err
}

// Tags returns the tags of one kind that stories bear, by name.
func (s *Store) Tags(ctx context.Context, kind archive.TagKind) (list []archive.Name, err error) {
	err = s.read(ctx, "list the tags", func(tx *batch) error {
		list, err = namesOf(ctx, tx, `SELECT n.id, n.stories, f.form FROM tags n
			JOIN tag_forms f ON f.tag_id = n.id AND f.stories > 0
			WHERE n.kind = $1 AND n.stories > 0 ORDER BY n.key, n.id, f.stories DESC, length(f.form), f.form`, string(kind))
		return err
	})
	return list, err
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

// The queries of a listing choose and order ids before any header is read.
// Stories that are not published have neither bylines nor tags.
const (
	byAdded = `SELECT s.id FROM stories s WHERE s.published = 1 AND s.visibility = 0 AND s.words BETWEEN $1 AND $2
		ORDER BY s.added DESC, s.id DESC LIMIT $3 OFFSET $4`
	byPenName = `SELECT s.id FROM stories s WHERE s.id IN (
			SELECT b.story_id FROM bylines b WHERE b.pen_name_id = $1 AND b.role IN ('author', 'co-author'))
		AND s.words BETWEEN $2 AND $3
		ORDER BY s.title_key = '', s.title_key, s.id LIMIT $4 OFFSET $5`
	byTag = `SELECT s.id FROM story_tags t JOIN stories s ON s.id = t.story_id WHERE t.tag_id = $1
		AND s.words BETWEEN $2 AND $3
		ORDER BY s.title_key = '', s.title_key, s.id LIMIT $4 OFFSET $5`
	byBoth = `SELECT s.id FROM story_tags t JOIN stories s ON s.id = t.story_id WHERE t.tag_id = $1 AND s.id IN (
			SELECT b.story_id FROM bylines b WHERE b.pen_name_id = $2 AND b.role IN ('author', 'co-author'))
		AND s.words BETWEEN $3 AND $4
		ORDER BY s.title_key = '', s.title_key, s.id LIMIT $5 OFFSET $6`
)

// The same, counted.
const (
	countAll     = `SELECT count(*) FROM stories s WHERE s.published = 1 AND s.visibility = 0 AND s.words BETWEEN $1 AND $2`
	countPenName = `SELECT count(*) FROM stories s WHERE s.id IN (
			SELECT b.story_id FROM bylines b WHERE b.pen_name_id = $1 AND b.role IN ('author', 'co-author'))
		AND s.words BETWEEN $2 AND $3`
	countTag = `SELECT count(*) FROM story_tags t JOIN stories s ON s.id = t.story_id WHERE t.tag_id = $1
		AND s.words BETWEEN $2 AND $3`
	countBoth = `SELECT count(*) FROM story_tags t JOIN stories s ON s.id = t.story_id WHERE t.tag_id = $1 AND s.id IN (
			SELECT b.story_id FROM bylines b WHERE b.pen_name_id = $2 AND b.role IN ('author', 'co-author'))
		AND s.words BETWEEN $3 AND $4`
)

// wordsOf are the bounds of a query as SQL has them: both included, the upper
// one never missing.
func wordsOf(q archive.Query) (low, high int64) {
	if q.MaxWords <= 0 {
		return max(q.MinWords, 0), math.MaxInt64
	}
	return max(q.MinWords, 0), q.MaxWords
}

// Stories returns one page of a listing: newest first, or by title where a pen
// name or tag is asked for. A Limit outside 1 to 200 is brought inside. Errors:
// NotFound where the pen name or tag does not exist.
func (s *Store) Stories(ctx context.Context, q archive.Query) (l archive.Listing, err error) {
	limit, offset := int64(min(max(q.Limit, 1), 200)), int64(max(q.Offset, 0))
	low, high := wordsOf(q)
	err = s.read(ctx, "list stories", func(tx *batch) error {
		if err := head(ctx, tx, q, &l); err != nil {
			return err
		}
		switch {
		case q.PenName != 0 && q.Tag != 0:
			l.Entries, err = entries(ctx, tx, byBoth, q.Tag, q.PenName, low, high, limit, offset)
		case q.PenName != 0:
			l.Entries, err = entries(ctx, tx, byPenName, q.PenName, low, high, limit, offset)
		case q.Tag != 0:
			l.Entries, err = entries(ctx, tx, byTag, q.Tag, low, high, limit, offset)
		default:
			l.Entries, err = entries(ctx, tx, byAdded, low, high, limit, offset)
		}
		return err
	})
	return l, err
}

// head fills in what a listing is of, and how many stories it has. Those of a
// name alone are counted already.
func head(ctx context.Context, tx *batch, q archive.Query, l *archive.Listing) (err error) {
	const penName = `SELECT f.form, n.stories FROM pen_names n JOIN pen_name_forms f ON f.pen_name_id = n.id
		WHERE n.id = $1 ORDER BY f.stories DESC, length(f.form), f.form LIMIT 1`
	const tag = `SELECT f.form, n.stories FROM tags n JOIN tag_forms f ON f.tag_id = n.id
		WHERE n.id = $1 ORDER BY f.stories DESC, length(f.form), f.form LIMIT 1`
	if q.Tag != 0 {
		err = tx.one(ctx, tag, []any{q.Tag}, []any{&l.Of, &l.Total})
	}
	if q.PenName != 0 && err == nil {
		err = tx.one(ctx, penName, []any{q.PenName}, []any{&l.Of, &l.Total})
	}
	if errors.Is(err, sql.ErrNoRows) {
		return archive.Errorf(archive.NotFound, "There is no such name.")
	}
	if err != nil {
		return err
	}
	low, high := wordsOf(q)
	bounded := q.MinWords > 0 || q.MaxWords > 0
	switch {
	case q.Tag != 0 && q.PenName != 0:
		l.Total, err = tx.id(ctx, countBoth, q.Tag, q.PenName, low, high)
	case q.Tag != 0 && bounded:
		l.Total, err = tx.id(ctx, countTag, q.Tag, low, high)
	case q.PenName != 0 && bounded:
		l.Total, err = tx.id(ctx, countPenName, q.PenName, low, high)
	case q.Tag == 0 && q.PenName == 0:
		l.Total, err = tx.id(ctx, countAll, low, high)
	}
	return err
}

// Lengths counts stories by length: the first number is of those with fewer
// words than the first bound, each next of those from one bound up to but not
// including the next, the last of those from the last bound on; so there is one
// more than bounds. Errors: Invalid where the bounds do not rise.
func (s *Store) Lengths(ctx context.Context, bounds []int64) (counts []int64, err error) {
	if !slices.IsSorted(bounds) {
		return nil, archive.Errorf(archive.Invalid, "The bounds of lengths must rise.")
	}
	err = s.read(ctx, "count the lengths", func(tx *batch) error {
		low := int64(0)
		for i := range len(bounds) + 1 {
			high := int64(math.MaxInt64)
			if i < len(bounds) {
				high = bounds[i] - 1
			}
			n, err := tx.id(ctx, countAll, low, high)
			if err != nil {
				return err
			}
			counts = append(counts, n)
			low = high + 1
		}
		return nil
	})
	return counts, err
}

// entries reads the stories that a query for ids chooses, in its order.
func entries(ctx context.Context, tx *batch, query string, args ...any) ([]archive.Entry, error) {
	ids, err := tx.ids(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return entriesOf(ctx, tx, ids)
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
