package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"colophon/internal/archive"
)

// Withdraw takes a story from view: it is in no listing, count, search, series
// or name any longer, and a tombstone stands in its place. Nothing of it is
// deleted, and no rescue of its bytes brings it back. Withdrawing a story again
// changes what its tombstone says. Errors: NotFound; Conflict for a story that
// has become part of another.
func (s *Store) Withdraw(ctx context.Context, id int64, w archive.Withdrawal) error {
	return s.write(ctx, "withdraw the story", func(tx *batch) error {
		v := newSaver(tx, s.sealer, micros(s.now()))
		if err := v.present(ctx, id); err != nil {
			return err
		}
		again, err := v.isWithdrawn(ctx, id)
		if err != nil {
			return err
		}
		if again {
			return v.exec(ctx, `UPDATE withdrawals SET asked_by = $1, reason = $2, keep_title = $3
				WHERE story_id = $4 AND restored IS NULL`, w.By, w.Reason, flag(w.KeepTitle), id)
		}
		err = v.exec(ctx, `INSERT INTO withdrawals (story_id, withdrawn, asked_by, reason, keep_title) VALUES ($1, $2, $3, $4, $5)`,
			id, v.now, w.By, w.Reason, flag(w.KeepTitle))
		if err != nil {
			return err
		}
		if err := v.hide(ctx, id); err != nil {
			return err
		}
		return v.flush(ctx)
	})
}

// Restore brings a withdrawn story back as it is stored. Errors: NotFound;
// Conflict for a story that is not withdrawn.
func (s *Store) Restore(ctx context.Context, id int64) error {
	return s.write(ctx, "restore the story", func(tx *batch) error {
		v := newSaver(tx, s.sealer, micros(s.now()))
		if err := v.present(ctx, id); err != nil {
			return err
		}
		story, err := load(ctx, tx, id, true)
		if err != nil {
			return err
		}
		_, err = v.id(ctx, `UPDATE withdrawals SET restored = $1 WHERE story_id = $2 AND restored IS NULL RETURNING id`, v.now, id)
		if errors.Is(err, sql.ErrNoRows) {
			return archive.Errorf(archive.Conflict, "Story %d is not withdrawn.", id)
		}
		if err != nil {
			return err
		}
		for _, query := range []string{
			`DELETE FROM withdrawn_digests WHERE story_id = $1`,
			`UPDATE stories SET published = 1 WHERE id = $1`,
		} {
			if err := v.exec(ctx, query, id); err != nil {
				return err
			}
		}
		if err := v.publish(ctx, id, story); err != nil {
			return err
		}
		return v.flush(ctx)
	})
}

// Tombstone returns what may be shown of a withdrawn story. Errors: NotFound
// where no such story is withdrawn.
func (s *Store) Tombstone(ctx context.Context, id int64) (t archive.Tombstone, err error) {
	err = s.read(ctx, "read a tombstone", func(tx *batch) error {
		var when int64
		err := tx.one(ctx, `SELECT w.withdrawn, w.reason, CASE WHEN w.keep_title = 1 THEN s.title ELSE '' END
			FROM withdrawals w JOIN stories s ON s.id = w.story_id WHERE w.story_id = $1 AND w.restored IS NULL`,
			[]any{id}, []any{&when, &t.Reason, &t.Title})
		if errors.Is(err, sql.ErrNoRows) {
			return archive.Errorf(archive.NotFound, "No such story is withdrawn.")
		}
		t.ID, t.Withdrawn = id, stamp(when)
		return err
	})
	return t, err
}

// notWithdrawn is an error of kind Gone for a story that is withdrawn.
func notWithdrawn(ctx context.Context, tx *batch, id int64) error {
	n, err := tx.id(ctx, `SELECT count(*) FROM withdrawals WHERE story_id = $1 AND restored IS NULL`, id)
	if err == nil && n > 0 {
		return archive.Errorf(archive.Gone, "This story was withdrawn.")
	}
	return err
}

// present is an error for a story that is not there, or is part of another.
func (v *saver) present(ctx context.Context, id int64) error {
	into, err := v.id(ctx, `SELECT coalesce(merged_into, 0) FROM stories WHERE id = $1`, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return archive.Errorf(archive.NotFound, "There is no story %d.", id)
	case err == nil && into != 0:
		return archive.Errorf(archive.Conflict, "Story %d has become part of story %d.", id, into)
	}
	return err
}

func (v *saver) isWithdrawn(ctx context.Context, id int64) (bool, error) {
	n, err := v.id(ctx, `SELECT count(*) FROM withdrawals WHERE story_id = $1 AND restored IS NULL`, id)
	return n > 0, err
}

// hide takes a story that has been withdrawn from what readers find, if it is
// there, and remembers its bytes.
func (v *saver) hide(ctx context.Context, id int64) error {
	was, err := v.isPublished(ctx, id)
	if err != nil {
		return err
	}
	if was {
		if err := v.unpublish(ctx, id); err != nil {
			return err
		}
	}
	if err := v.exec(ctx, `UPDATE stories SET published = 0 WHERE id = $1`, id); err != nil {
		return err
	}
	return v.exec(ctx, `INSERT INTO withdrawn_digests (digest, story_id)
		SELECT DISTINCT o.digest, l.story_id FROM story_sources l JOIN sources o ON o.id = l.source_id
		WHERE l.story_id = $1 AND l.copy = 0 ON CONFLICT (digest, story_id) DO NOTHING`, id)
}

// inherit keeps withdrawn what was withdrawn: a story that takes in a withdrawn
// one is withdrawn as that was, unless it is so itself.
func (v *saver) inherit(ctx context.Context, from, into int64) error {
	both, err := v.isWithdrawn(ctx, into)
	if err != nil {
		return err
	}
	end := `UPDATE withdrawals SET story_id = $1 WHERE story_id = $2 AND restored IS NULL`
	value := into
	if both {
		end, value = `UPDATE withdrawals SET restored = $1 WHERE story_id = $2 AND restored IS NULL`, v.now
	}
	if err := v.exec(ctx, end, value, from); err != nil {
		return err
	}
	err = v.exec(ctx, `INSERT INTO withdrawn_digests (digest, story_id) SELECT d.digest, CAST($1 AS BIGINT) FROM withdrawn_digests d
		WHERE d.story_id = $2 ON CONFLICT (digest, story_id) DO NOTHING`, into, from)
	if err != nil {
		return err
	}
	return v.exec(ctx, `DELETE FROM withdrawn_digests WHERE story_id = $1`, from)
}

// withdrawnBytes finds the withdrawn story whose bytes a new one is made of, 0
// where there is none: the same pages may be read otherwise today, joined or
// parted. Bytes that a published story has too, such as those of a page with
// several stories, say nothing.
func (v *saver) withdrawnBytes(ctx context.Context, digests []archive.Digest) (int64, error) {
	if v.nothingWithdrawn == nil {
		n, err := v.id(ctx, `SELECT count(*) FROM (SELECT 1 FROM withdrawn_digests LIMIT 1) d`)
		if err != nil {
			return 0, err
		}
		none := n == 0
		v.nothingWithdrawn = &none
	}
	if *v.nothingWithdrawn {
		return 0, nil
	}
	for _, d := range digests {
		ids, err := v.ids(ctx, `SELECT d.story_id FROM withdrawn_digests d WHERE d.digest = $1 AND NOT EXISTS (
				SELECT 1 FROM sources o JOIN story_sources l ON l.source_id = o.id AND l.copy = 0
				JOIN stories s ON s.id = l.story_id AND s.published = 1 WHERE o.digest = $1)
			ORDER BY d.story_id LIMIT 1`, d[:])
		if err != nil || len(ids) > 0 {
			return slices.Max(append(ids, 0)), err
		}
	}
	return 0, nil
}

// asWithdrawn withdraws a new story as another one is.
func (v *saver) asWithdrawn(ctx context.Context, id, other int64) error {
	err := v.exec(ctx, `INSERT INTO withdrawals (story_id, withdrawn, asked_by, reason, keep_title)
		SELECT CAST($1 AS BIGINT), w.withdrawn, w.asked_by, w.reason, w.keep_title FROM withdrawals w
		WHERE w.story_id = $2 AND w.restored IS NULL`, id, other)
	if err != nil {
		return err
	}
	return v.hide(ctx, id)
}
