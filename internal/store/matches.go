package store

import (
	"context"

	"colophon/internal/archive"
)

// Match returns the ids of the stories that have what is looked for, at most
// limit of them, in no order; the reader's terms are read as in Search. Errors:
// Invalid where there is nothing to look for, or too much.
func (s *Store) Match(ctx context.Context, in archive.SearchIn, words string, limit int) (ids []int64, err error) {
	q := question{in: in}
	if q.terms, err = termsOf(words); err != nil {
		return nil, err
	}
	err = s.read(ctx, "search", func(tx *batch) error {
		ids, err = tx.dialect.matches(ctx, tx, q, int64(limit))
		return err
	})
	return ids, err
}

// Rank orders some stories that match, the best first. Their number should be
// bounded by the caller: to weigh a story costs far more than to find it.
func (s *Store) Rank(ctx context.Context, words string, in archive.SearchIn, among []int64) (ids []int64, err error) {
	q := question{in: in}
	if q.terms, err = termsOf(words); err != nil {
		return nil, err
	}
	err = s.read(ctx, "search", func(tx *batch) error {
		ids, err = tx.dialect.ranked(ctx, tx, q, among)
		return err
	})
	return ids, err
}

// Excerpts adds to entries what of their texts has been looked for, where a
// search for words in a part of the stories would show it.
func (s *Store) Excerpts(ctx context.Context, in archive.SearchIn, words string, list []archive.Entry) error {
	if in != archive.InEverything && in != archive.InText {
		return nil
	}
	terms, err := termsOf(words)
	if err != nil {
		return err
	}
	return s.read(ctx, "search", func(tx *batch) error {
		x := newExcerpts(terms)
		for i := range list {
			if err := x.add(ctx, tx, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
