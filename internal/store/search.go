package store

import (
	"context"
	"slices"

	"colophon/internal/archive"
)

// Search finds published stories, the best first. All words must be there, in
// any of the parts that are searched; a phrase stands in one of them. Case and
// diacritics make no difference. Total is exact. Entries whose text has a hit
// bear an excerpt. A Limit outside 1 to 200 is brought inside.
//
// Errors: Invalid where there is nothing to look for, or too much; its message
// says what to do.
func (s *Store) Search(ctx context.Context, q archive.Search) (l archive.Listing, err error) {
	limit, offset := int64(min(max(q.Limit, 1), 200)), int64(max(q.Offset, 0))
	terms, err := termsOf(q.Text)
	if err != nil {
		return l, err
	}
	err = s.read(ctx, "search", func(tx *batch) error {
		ids, total, err := tx.dialect.search(ctx, tx, question{terms: terms, in: q.In}, limit, offset)
		if err != nil {
			return err
		}
		l.Total = total
		if l.Entries, err = entriesOf(ctx, tx, ids); err != nil {
			return err
		}
		if q.In != archive.InEverything && q.In != archive.InText {
			return nil
		}
		x := newExcerpts(terms)
		for i := range l.Entries {
			if err := x.add(ctx, tx, &l.Entries[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return l, err
}

func noSuchPart(in archive.SearchIn) error {
	return archive.Errorf(archive.Invalid, "There is no part of a story called %q to search.", string(in))
}

// rankedAmong is how many hits are ranked. To weigh a hit costs far more than
// to find it, and a common word has as many hits as there are stories: where
// there are more, the newest come first.
const rankedAmong = 2000

func pageOf(ids []int64, limit, offset int64) []int64 {
	n := int64(len(ids))
	return slices.Clone(ids[min(offset, n):min(offset+limit, n)])
}
