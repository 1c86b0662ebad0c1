package store

import (
	"context"
	"database/sql"
	"errors"

	"colophon/internal/archive"
)

// newestShown is how many stories Overview names.
const newestShown = 10

// Overview counts what the archive has, and names its newest stories.
func (s *Store) Overview(ctx context.Context) (o archive.Overview, err error) {
	err = s.read(ctx, "read the overview", func(tx *batch) error {
		err := tx.one(ctx, `SELECT count(*), coalesce(sum(words), 0) FROM stories WHERE merged_into IS NULL`,
			nil, []any{&o.Stories, &o.Words})
		if err != nil {
			return err
		}
		if o.PenNames, err = tx.id(ctx, `SELECT count(*) FROM pen_names WHERE stories > 0`); err != nil {
			return err
		}
		o.Fandoms, err = tx.id(ctx, `SELECT count(*) FROM tags WHERE kind = $1 AND stories > 0`, string(archive.TagFandom))
		if err != nil {
			return err
		}
		o.Newest, err = entries(ctx, tx, byAdded, int64(newestShown), 0)
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
const (
	byAdded = `SELECT s.id FROM stories s WHERE s.merged_into IS NULL
		ORDER BY s.added DESC, s.id DESC LIMIT $1 OFFSET $2`
	byPenName = `SELECT s.id FROM stories s WHERE s.id IN (
			SELECT b.story_id FROM bylines b WHERE b.pen_name_id = $1 AND b.role IN ('author', 'co-author'))
		ORDER BY s.title_key = '', s.title_key, s.id LIMIT $2 OFFSET $3`
	byTag = `SELECT s.id FROM story_tags t JOIN stories s ON s.id = t.story_id WHERE t.tag_id = $1
		ORDER BY s.title_key = '', s.title_key, s.id LIMIT $2 OFFSET $3`
	byBoth = `SELECT s.id FROM story_tags t JOIN stories s ON s.id = t.story_id WHERE t.tag_id = $1 AND s.id IN (
			SELECT b.story_id FROM bylines b WHERE b.pen_name_id = $2 AND b.role IN ('author', 'co-author'))
		ORDER BY s.title_key = '', s.title_key, s.id LIMIT $3 OFFSET $4`
)

// Stories returns one page of a listing: newest first, or by title where a pen
// name or tag is asked for. A Limit outside 1 to 200 is brought inside. Errors:
// NotFound where the pen name or tag does not exist.
func (s *Store) Stories(ctx context.Context, q archive.Query) (l archive.Listing, err error) {
	limit, offset := int64(min(max(q.Limit, 1), 200)), int64(max(q.Offset, 0))
	err = s.read(ctx, "list stories", func(tx *batch) error {
		if err := head(ctx, tx, q, &l); err != nil {
			return err
		}
		switch {
		case q.PenName != 0 && q.Tag != 0:
			l.Entries, err = entries(ctx, tx, byBoth, q.Tag, q.PenName, limit, offset)
		case q.PenName != 0:
			l.Entries, err = entries(ctx, tx, byPenName, q.PenName, limit, offset)
		case q.Tag != 0:
			l.Entries, err = entries(ctx, tx, byTag, q.Tag, limit, offset)
		default:
			l.Entries, err = entries(ctx, tx, byAdded, limit, offset)
		}
		return err
	})
	return l, err
}

// head fills in what a listing is of, and how many stories it has.
func head(ctx context.Context, tx *batch, q archive.Query, l *archive.Listing) (err error) {
	const penName = `SELECT f.form, n.stories FROM pen_names n JOIN pen_name_forms f ON f.pen_name_id = n.id
		WHERE n.id = $1 ORDER BY f.stories DESC, length(f.form), f.form LIMIT 1`
	const tag = `SELECT f.form, n.stories FROM tags n JOIN tag_forms f ON f.tag_id = n.id
		WHERE n.id = $1 ORDER BY f.stories DESC, length(f.form), f.form LIMIT 1`
	const both = `SELECT count(*) FROM story_tags t WHERE t.tag_id = $1 AND t.story_id IN (
		SELECT b.story_id FROM bylines b WHERE b.pen_name_id = $2 AND b.role IN ('author', 'co-author'))`
	if q.Tag == 0 && q.PenName == 0 {
		l.Total, err = tx.id(ctx, `SELECT count(*) FROM stories WHERE merged_into IS NULL`)
		return err
	}
	if q.Tag != 0 {
		err = tx.one(ctx, tag, []any{q.Tag}, []any{&l.Of, &l.Total})
	}
	if q.PenName != 0 && err == nil {
		err = tx.one(ctx, penName, []any{q.PenName}, []any{&l.Of, &l.Total})
	}
	if errors.Is(err, sql.ErrNoRows) {
		return archive.Errorf(archive.NotFound, "There is no such name.")
	}
	if q.Tag != 0 && q.PenName != 0 && err == nil {
		l.Total, err = tx.id(ctx, both, q.Tag, q.PenName)
	}
	return err
}

// entries reads the stories that a query for ids chooses, in its order.
func entries(ctx context.Context, tx *batch, query string, args ...any) ([]archive.Entry, error) {
	ids, err := tx.ids(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	list := make([]archive.Entry, len(ids))
	for i, id := range ids {
		e := &list[i]
		var header []byte
		var added int64
		err := tx.one(ctx, `SELECT words, chapters, added, header FROM stories WHERE id = $1`,
			[]any{id}, []any{&e.Words, &e.Chapters, &added, &header})
		if err != nil {
			return nil, err
		}
		h, err := headerOf(header)
		if err != nil {
			return nil, err
		}
		e.ID, e.Added = id, stamp(added)
		fill(e, &h)
	}
	return list, nil
}

// fill copies what a listing shows of a header.
func fill(e *archive.Entry, h *archive.Header) {
	e.Title, e.Authors, e.Fandoms = h.Title, h.Authors(), h.Fandoms
	e.Rating, e.Warnings, e.Summary = h.Rating, h.Warnings, h.Summary
	e.Language, e.Status, e.Date, e.Series = h.Language, h.Status, h.Date, h.Series
}
