package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"colophon/internal/archive"
)

// Story returns a story with everything but the text of its chapters. Sealed
// says where addresses stand in its sources; Address is empty. A story that has
// become part of another has Merged set and no content.
// Errors: NotFound; Gone for a withdrawn story, of which Tombstone tells.
func (s *Store) Story(ctx context.Context, id int64) (story *archive.Story, err error) {
	err = s.read(ctx, "read a story", func(tx *batch) error {
		if err := notWithdrawn(ctx, tx, id); err != nil {
			return err
		}
		story, err = load(ctx, tx, id, false)
		return err
	})
	return story, err
}

// Chapter returns a chapter with its text; n counts from 1. Errors: NotFound;
// Gone for a withdrawn story.
func (s *Store) Chapter(ctx context.Context, id int64, n int) (c archive.Chapter, err error) {
	err = s.read(ctx, "read a chapter", func(tx *batch) error {
		if err := notWithdrawn(ctx, tx, id); err != nil {
			return err
		}
		err := tx.one(ctx, `SELECT title, notes, text, words FROM chapters WHERE story_id = $1 AND n = $2`,
			[]any{id, n}, []any{&c.Title, &c.Notes, &c.Text, &c.Words})
		if errors.Is(err, sql.ErrNoRows) {
			return archive.Errorf(archive.NotFound, "There is no such chapter.")
		}
		return err
	})
	return c, err
}

// load reads a story inside a transaction.
func load(ctx context.Context, tx *batch, id int64, text bool) (*archive.Story, error) {
	s := &archive.Story{ID: id}
	var header []byte
	var added, changed int64
	err := tx.one(ctx, `SELECT revision, coalesce(merged_into, 0), visibility, added, changed, sketch, header FROM stories WHERE id = $1`,
		[]any{id}, []any{&s.Revision, &s.Merged, &s.Visibility, &added, &changed, &s.Sketch, &header})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, archive.Errorf(archive.NotFound, "There is no such story.")
	}
	if err != nil {
		return nil, err
	}
	s.Added, s.Changed = stamp(added), stamp(changed)
	if s.Header, err = headerOf(header); err != nil {
		return nil, err
	}
	s.Header.Series.ID, err = tx.id(ctx, `SELECT coalesce(max(series_id), 0) FROM series_stories WHERE story_id = $1`, id)
	if err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, *batch, *archive.Story) error{
		loadChapters(text), loadSources, loadEvidence, loadFindings, loadSealed,
	} {
		if err := part(ctx, tx, s); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func headerOf(data []byte) (archive.Header, error) {
	var doc headerDoc
	err := decode(data, &doc)
	return archive.Header(doc), err
}

func loadChapters(text bool) func(context.Context, *batch, *archive.Story) error {
	query := `SELECT title, notes, '', words FROM chapters WHERE story_id = $1 ORDER BY n`
	if text {
		query = `SELECT title, notes, text, words FROM chapters WHERE story_id = $1 ORDER BY n`
	}
	return func(ctx context.Context, tx *batch, s *archive.Story) error {
		return tx.each(ctx, func(scan func(...any) error) error {
			var c archive.Chapter
			if err := scan(&c.Title, &c.Notes, &c.Text, &c.Words); err != nil {
				return err
			}
			s.Chapters = append(s.Chapters, c)
			return nil
		}, query, s.ID)
	}
}

func loadSources(ctx context.Context, tx *batch, s *archive.Story) (err error) {
	s.Sources, err = sourcesOf(ctx, tx, s.ID)
	return err
}

// sourcesOf reads a story's sources, its own first, in reading order.
func sourcesOf(ctx context.Context, tx *batch, id int64) (sources []archive.Source, err error) {
	err = tx.each(ctx, func(scan func(...any) error) error {
		var src archive.Source
		var digest, reading []byte
		var asCopy int
		if err := scan(&src.ID, &src.Origin, &src.Path, &digest, &src.Size, &src.Kind, &asCopy, &reading); err != nil {
			return err
		}
		src.Digest, src.Copy = digestOf(digest), asCopy != 0
		if err := json.Unmarshal(reading, &src.Reading); err != nil {
			return archive.Wrap(archive.Damaged, "A stored record cannot be read.", err)
		}
		sources = append(sources, src)
		return nil
	}, `SELECT o.id, o.origin, o.path, o.digest, o.size, o.kind, l.copy, o.reading
		FROM story_sources l JOIN sources o ON o.id = l.source_id WHERE l.story_id = $1 ORDER BY l.copy, l.position`, id)
	return sources, err
}

func loadEvidence(ctx context.Context, tx *batch, s *archive.Story) error {
	var data []byte
	err := tx.one(ctx, `SELECT items FROM evidence WHERE story_id = $1`, []any{s.ID}, []any{&data})
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	s.Evidence, err = evidenceOf(data)
	return err
}

func evidenceOf(data []byte) ([]archive.Evidence, error) {
	var docs []evidenceDoc
	if err := decode(data, &docs); err != nil {
		return nil, err
	}
	items := make([]archive.Evidence, len(docs))
	for i, d := range docs {
		items[i] = archive.Evidence(d)
	}
	return items, nil
}

func loadFindings(ctx context.Context, tx *batch, s *archive.Story) error {
	return tx.each(ctx, func(scan func(...any) error) error {
		var f archive.Finding
		if err := scan(&f.Code, &f.Message, &f.Source, &f.Start, &f.End); err != nil {
			return err
		}
		s.Findings = append(s.Findings, f)
		return nil
	}, `SELECT code, message, source, start_at, end_at FROM findings WHERE story_id = $1 ORDER BY position`, s.ID)
}

// loadSealed asks by digest: a range that another story of the same bytes has
// sealed must be masked here too.
func loadSealed(ctx context.Context, tx *batch, s *archive.Story) error {
	for i := range s.Sources {
		src := &s.Sources[i]
		err := tx.each(ctx, func(scan func(...any) error) error {
			x := archive.Sealed{Source: src.Path}
			if err := scan(&x.Start, &x.End, &x.Field); err != nil {
				return err
			}
			s.Sealed = append(s.Sealed, x)
			return nil
		}, `SELECT start_at, end_at, min(field) FROM sealed_addresses WHERE digest = $1
			GROUP BY start_at, end_at ORDER BY start_at, end_at`, src.Digest[:])
		if err != nil {
			return err
		}
	}
	return nil
}
