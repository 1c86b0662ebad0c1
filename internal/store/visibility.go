package store

import (
	"context"

	"colophon/internal/archive"
)

// SetVisibility says who finds a story and may read it. Errors: NotFound;
// Conflict for a story that has become part of another.
func (s *Store) SetVisibility(ctx context.Context, id int64, to archive.Visibility) error {
	return s.write(ctx, "change who may read the story", func(tx *batch) error {
		v := newSaver(tx, s.sealer, micros(s.now()))
		if err := v.present(ctx, id); err != nil {
			return err
		}
		if err := v.exec(ctx, `UPDATE stories SET visibility = $1 WHERE id = $2`, int64(to), id); err != nil {
			return err
		}
		v.changed(id, 0)
		return v.flush(ctx)
	})
}
