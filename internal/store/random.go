package store

import (
	"context"
	"database/sql"
	"errors"

	"colophon/internal/archive"
)

// randomTries is how often Random draws an id before it counts.
const randomTries = 64

// Random returns a published story, each as likely as any other. pick returns a
// number from 0 up to but not including n. Errors: NotFound in an archive
// without published stories.
//
// Ids are drawn until one is that of a published story: nearly all are, so that
// it takes about one look however many stories there are. Where most are not,
// it counts.
func (s *Store) Random(ctx context.Context, pick func(n int64) int64) (id int64, title string, err error) {
	err = s.read(ctx, "choose a story", func(tx *batch) error {
		top, err := tx.id(ctx, `SELECT coalesce(max(id), 0) FROM stories`)
		if err != nil {
			return err
		}
		for range randomTries {
			if top == 0 {
				break
			}
			err := tx.one(ctx, `SELECT id, title FROM stories WHERE id = $1 AND published = 1 AND visibility = 0`, []any{pick(top) + 1}, []any{&id, &title})
			if !errors.Is(err, sql.ErrNoRows) {
				return err
			}
		}
		n, err := tx.id(ctx, `SELECT count(*) FROM stories WHERE published = 1 AND visibility = 0`)
		if err != nil {
			return err
		}
		if n == 0 {
			return archive.Errorf(archive.NotFound, "There is no story here yet.")
		}
		return tx.one(ctx, `SELECT id, title FROM stories WHERE published = 1 AND visibility = 0 ORDER BY added, id LIMIT 1 OFFSET $1`,
			[]any{pick(n)}, []any{&id, &title})
	})
	return id, title, err
}
