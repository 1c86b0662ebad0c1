package store

import (
	"context"
	"slices"
)

// rankedAmong is how many hits are ranked. To weigh a hit costs far more than
// to find it, and a common word has as many hits as there are stories: where
// there are more, the newest come first.
const rankedAmong = 2000

// hitsOf returns the ids of one page of what a question finds, and how many hits
// there are in all. Where they are too many to be ranked, stories that have all
// of it in title or authors still come before the others, however old they are;
// heads says whether that makes a difference.
func hitsOf(ctx context.Context, tx *batch, q question, heads bool, limit, offset int64) (ids []int64, total int64, err error) {
	all, err := tx.dialect.hits(q)
	if err != nil {
		return nil, 0, err
	}
	total, err = tx.id(ctx, all.count, all.args...)
	if err != nil || offset >= total {
		return nil, total, err
	}
	if total <= rankedAmong {
		ids, err = all.best(ctx, tx)
		return pageOf(ids, limit, offset), total, err
	}
	first := []int64{}
	if heads {
		if first, err = headHits(ctx, tx, q); err != nil {
			return nil, 0, err
		}
	}
	ids = pageOf(first, limit, offset)
	missing := limit - int64(len(ids))
	if missing == 0 {
		return ids, total, nil
	}
	rest, err := all.latest(ctx, tx, first, missing, max(0, offset-int64(len(first))))
	return append(ids, rest...), total, err
}

// best are the hits that are ranked, the best first.
func (h *hits) best(ctx context.Context, tx *batch) ([]int64, error) {
	return tx.ids(ctx, h.ranked, append(slices.Concat(h.args, h.rank), rankedAmong)...)
}

// latest are the newest hits but for some.
func (h *hits) latest(ctx context.Context, tx *batch, but []int64, limit, offset int64) ([]int64, error) {
	without, err := encode(but)
	if err != nil {
		return nil, err
	}
	return tx.ids(ctx, h.newest, append(slices.Clone(h.args), string(without), limit, offset)...)
}

// headHits are the newest hits in titles and authors, ranked where that is all
// of them.
func headHits(ctx context.Context, tx *batch, q question) ([]int64, error) {
	q.heads = true
	heads, err := tx.dialect.hits(q)
	if err != nil {
		return nil, err
	}
	newest, err := heads.latest(ctx, tx, []int64{}, rankedAmong, 0)
	if err != nil || len(newest) == rankedAmong || len(newest) == 0 {
		return append([]int64{}, newest...), err
	}
	return heads.best(ctx, tx)
}

func pageOf(ids []int64, limit, offset int64) []int64 {
	n := int64(len(ids))
	return slices.Clone(ids[min(offset, n):min(offset+limit, n)])
}
