package store

import (
	"context"

	"colophon/internal/archive"
)

// Known returns what is stored from an origin: the digest of the bytes that
// each path had when a story was last made of it.
func (s *Store) Known(ctx context.Context, origin string) (map[string]archive.Digest, error) {
	known := map[string]archive.Digest{}
	err := s.read(ctx, "read what is known of an origin", func(tx *batch) error {
		// Own sources come last and prevail: a file that was a copy once may have
		// become a story of its own.
		return tx.each(ctx, func(scan func(...any) error) error {
			var path string
			var digest []byte
			err := scan(&path, &digest)
			known[path] = digestOf(digest)
			return err
		}, `SELECT o.path, o.digest FROM sources o JOIN story_sources l ON l.source_id = o.id
			WHERE o.origin = $1 ORDER BY l.copy DESC, o.id`, origin)
	})
	return known, err
}

// Sketches calls f with the sketch of every story that has one and stands for
// itself, by id. An error of f ends it and is returned. f must not write to the
// store.
func (s *Store) Sketches(ctx context.Context, f func(id int64, title string, sketch []byte) error) error {
	return s.read(ctx, "read the sketches", func(tx *batch) error {
		return tx.each(ctx, func(scan func(...any) error) error {
			var id int64
			var title string
			var sketch []byte
			if err := scan(&id, &title, &sketch); err != nil {
				return err
			}
			return f(id, title, sketch)
		}, `SELECT id, title, sketch FROM stories WHERE merged_into IS NULL AND sketch IS NOT NULL ORDER BY id`)
	})
}

// Digests calls f with the digest and size of all original bytes that the
// database speaks of, each once, former revisions included. An error of f ends
// it and is returned.
func (s *Store) Digests(ctx context.Context, f func(archive.Digest, int64) error) error {
	return s.read(ctx, "read the digests", func(tx *batch) error {
		return tx.each(ctx, func(scan func(...any) error) error {
			var digest []byte
			var size int64
			if err := scan(&digest, &size); err != nil {
				return err
			}
			return f(digestOf(digest), size)
		}, `SELECT digest, max(size) FROM sources GROUP BY digest ORDER BY digest`)
	})
}
