package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
)

// mark tells which snapshot of the catalogue was made of this database: one that
// was made of another, or of another state of this one, must not be taken for it.
type mark struct {
	Form int   `json:"form"` // of what is derived from the stories
	Mark int64 `json:"mark"`
}

// markSetting is where it stands.
const markSetting = "catalogue-snapshot"

// SnapshotMark returns the mark of the newest snapshot of the catalogue, 0 where
// there is none or where it was made of keys of another form.
func (s *Store) SnapshotMark(ctx context.Context) (int64, error) {
	var m mark
	err := s.read(ctx, "read the mark of the catalogue", func(tx *batch) error {
		var data []byte
		err := tx.one(ctx, `SELECT value FROM settings WHERE name = $1`, []any{markSetting}, []any{&data})
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return json.Unmarshal(data, &m)
	})
	if err != nil || m.Form != derivedForm {
		return 0, err
	}
	return m.Mark, nil
}

// MarkSnapshot says that a snapshot was made that bears a mark.
func (s *Store) MarkSnapshot(ctx context.Context, n int64) error {
	data, err := encode(mark{derivedForm, n})
	if err != nil {
		return err
	}
	return s.write(ctx, "mark the snapshot of the catalogue", func(tx *batch) error {
		return tx.exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, markSetting, data)
	})
}
