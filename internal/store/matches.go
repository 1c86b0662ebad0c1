package store

import (
	"context"
	"database/sql"
	"errors"

	"colophon/internal/archive"
	"colophon/internal/store/words"
)

// Match returns the ids of the stories that have what is looked for, at most
// limit of them, in no order. All words must be there, in any of the parts that
// are searched; a phrase stands in one of them. Case and diacritics make no
// difference. Errors: Invalid where there is nothing to look for, or too much; its
// message says what to do.
func (s *Store) Match(ctx context.Context, in archive.SearchIn, text string, limit int) (ids []int64, err error) {
	q := question{in: in}
	if q.terms, err = words.Terms(text); err != nil {
		return nil, err
	}
	err = s.read(ctx, "search", func(tx *batch) error {
		ids, err = tx.dialect.matches(ctx, tx, q, int64(limit))
		return err
	})
	return ids, err
}

// Rank orders some stories that match, the best first. Their number should be
// bounded by the caller: to weigh a story costs far more than to find it. Errors:
// as of Match.
func (s *Store) Rank(ctx context.Context, text string, in archive.SearchIn, among []int64) (ids []int64, err error) {
	q := question{in: in}
	if q.terms, err = words.Terms(text); err != nil {
		return nil, err
	}
	err = s.read(ctx, "search", func(tx *batch) error {
		ids, err = tx.dialect.ranked(ctx, tx, q, among)
		return err
	})
	return ids, err
}

// Excerpts adds to entries what of their texts has been looked for, where texts
// are among the parts that are searched. Errors: as of Match.
func (s *Store) Excerpts(ctx context.Context, in archive.SearchIn, text string, list []archive.Entry) error {
	if in != archive.InEverything && in != archive.InText {
		return nil
	}
	terms, err := words.Terms(text)
	if err != nil {
		return err
	}
	return s.read(ctx, "search", func(tx *batch) error {
		x := words.NewExcerpts(terms)
		for i := range list {
			if err := excerpt(ctx, tx, x, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// excerptDepth is how many bytes of a story's text are looked through for a hit.
const excerptDepth = 512 << 10

// excerpt fills in the excerpt of a story whose text has a hit. Where the first one
// stands very far behind, there is none. To ask the index first would cost more:
// it gathers all hits of a word to say whether one story is among them.
func excerpt(ctx context.Context, tx *batch, x *words.Excerpts, e *archive.Entry) error {
	seen := 0
	// One chapter after the other: a server would send all of them.
	for n := 1; e.Excerpt == "" && seen <= excerptDepth; n++ {
		var text string
		err := tx.one(ctx, `SELECT text FROM chapters WHERE story_id = $1 AND n = $2`, []any{e.ID, n}, []any{&text})
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		plain := words.Plain(text)
		e.Excerpt, e.Hits = x.Cut(plain)
		seen += len(plain)
	}
	return nil
}

func noSuchPart(in archive.SearchIn) error {
	return archive.Errorf(archive.Invalid, "There is no part of a story called %q to search.", string(in))
}
