package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"colophon/internal/archive"
)

// Rescue is one run over an origin.
type Rescue struct {
	ID       int64
	Origin   string
	Started  time.Time
	Finished time.Time        // zero while it runs, and for one that was killed
	Counts   map[string]int64 // what the run counted, by name
	Left     []LeftFile
}

// LeftFile is a file that a rescue did not read, and why.
type LeftFile struct {
	Path   string // relative to the origin
	Code   string // short and stable, for counting
	Reason string // for people
}

// StartRescue writes down that a rescue of an origin has begun, and returns the
// run's id.
func (s *Store) StartRescue(ctx context.Context, origin string) (id int64, err error) {
	err = s.write(ctx, "begin a rescue", func(tx *batch) error {
		id, err = tx.id(ctx, `INSERT INTO rescues (origin, started, counts) VALUES ($1, $2, '{}') RETURNING id`,
			origin, micros(s.now()))
		return err
	})
	return id, err
}

// FinishRescue writes down what a run counted and which files it left. Errors:
// NotFound where no such run is under way.
func (s *Store) FinishRescue(ctx context.Context, id int64, counts map[string]int64, left []LeftFile) error {
	return s.write(ctx, "end a rescue", func(tx *batch) error {
		data, err := encode(counts)
		if err != nil {
			return err
		}
		_, err = tx.id(ctx, `UPDATE rescues SET finished = $1, counts = $2 WHERE id = $3 AND finished IS NULL RETURNING id`,
			micros(s.now()), string(data), id)
		if errors.Is(err, sql.ErrNoRows) {
			return archive.Errorf(archive.NotFound, "No such rescue is under way.")
		}
		if err != nil {
			return err
		}
		for i, f := range left {
			err := tx.exec(ctx, `INSERT INTO left_files (rescue_id, position, path, code, reason) VALUES ($1, $2, $3, $4, $5)`,
				id, i, f.Path, f.Code, f.Reason)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Rescues returns all runs, the newest first, with the files they left.
func (s *Store) Rescues(ctx context.Context) (runs []Rescue, err error) {
	err = s.read(ctx, "list the rescues", func(tx *batch) error {
		err := tx.each(ctx, func(scan func(...any) error) error {
			r, err := scanRescue(scan)
			runs = append(runs, r)
			return err
		}, `SELECT id, origin, started, coalesce(finished, 0), counts FROM rescues ORDER BY id DESC`)
		if err != nil {
			return err
		}
		for i := range runs {
			err := tx.each(ctx, func(scan func(...any) error) error {
				var f LeftFile
				err := scan(&f.Path, &f.Code, &f.Reason)
				runs[i].Left = append(runs[i].Left, f)
				return err
			}, `SELECT path, code, reason FROM left_files WHERE rescue_id = $1 ORDER BY position`, runs[i].ID)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return runs, err
}

func scanRescue(scan func(...any) error) (r Rescue, err error) {
	var started, finished int64
	var counts []byte
	if err := scan(&r.ID, &r.Origin, &started, &finished, &counts); err != nil {
		return r, err
	}
	r.Started = stamp(started)
	if finished != 0 {
		r.Finished = stamp(finished)
	}
	return r, json.Unmarshal(counts, &r.Counts)
}
