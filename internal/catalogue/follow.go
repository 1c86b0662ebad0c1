package catalogue

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"time"

	"colophon/internal/archive"
)

// Source is where a catalogue is made from, and what it follows. Without ids,
// methods give all; its changes are written with what they tell of.
type Source interface {
	EachRow(ctx context.Context, f func(archive.Row) error) (seq int64, err error)
	Rows(ctx context.Context, ids []int64) ([]archive.Row, error)
	TagGraph(ctx context.Context, ids ...int64) ([]archive.Tag, error)
	AuthorNames(ctx context.Context, ids ...int64) ([]archive.Name, error)
	Series(ctx context.Context, ids ...int64) ([]archive.SeriesName, error)
	// Changes gives what has changed after a change, and the number of the newest.
	Changes(ctx context.Context, since int64, limit int) (list []archive.Change, newest int64, err error)
}

// Follower keeps a catalogue current to a source.
type Follower struct {
	catalogue *Catalogue
	source    Source
}

// NewFollower returns a follower that has not begun.
func NewFollower(c *Catalogue, source Source) *Follower { return &Follower{c, source} }

// buildTries is how often a catalogue is begun that is outrun by changes.
const buildTries = 5

// Build makes the catalogue from the whole source.
func (f *Follower) Build(ctx context.Context) error {
	var err error
	for range buildTries {
		// Tags, names and rows are read one after the other: a row that names what
		// came between them is a reason to begin again.
		if err = f.build(ctx); archive.KindOf(err) != archive.Conflict {
			return err
		}
	}
	return err
}

func (f *Follower) build(ctx context.Context) error {
	// What changes from here on is applied once more, which does no harm.
	_, seq, err := f.source.Changes(ctx, 0, 1)
	if err != nil {
		return err
	}
	tags, err := f.source.TagGraph(ctx)
	if err != nil {
		return err
	}
	var names Names
	if names.PenNames, err = f.source.AuthorNames(ctx); err != nil {
		return err
	}
	if names.Series, err = f.source.Series(ctx); err != nil {
		return err
	}
	return f.catalogue.Build(ctx, seq, tags, names, f.rows(ctx))
}

// errEnough ends the reading of rows that nobody wants any longer.
var errEnough = errors.New("enough rows")

// rows are all rows of the source.
func (f *Follower) rows(ctx context.Context) iter.Seq2[archive.Row, error] {
	return func(yield func(archive.Row, error) bool) {
		_, err := f.source.EachRow(ctx, func(r archive.Row) error {
			if !yield(r, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(archive.Row{}, err)
		}
	}
}

// changesAtOnce is how many changes are taken in at once. Where there are more,
// they are taken in one after the other.
const changesAtOnce = 5000

// CatchUp takes in what has changed in the source.
func (f *Follower) CatchUp(ctx context.Context) error {
	for {
		list, _, err := f.source.Changes(ctx, f.catalogue.Seq(), changesAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := f.take(ctx, list); err != nil {
			return err
		}
	}
}

// Run takes in changes until the context ends, looking for them once in every
// interval. What fails is told and tried again.
func (f *Follower) Run(ctx context.Context, every time.Duration, failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := f.CatchUp(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
	}
}

// take takes in some changes: all of the catalogue is made anew where they reach
// too far.
func (f *Follower) take(ctx context.Context, list []archive.Change) error {
	u := Update{Seq: list[len(list)-1].Seq}
	tags := false
	seen := map[int64]bool{}
	var stories []int64
	for _, c := range list {
		if c.All {
			return f.Build(ctx)
		}
		tags = tags || c.Tags
		if c.Story != 0 && !seen[c.Story] {
			seen[c.Story] = true
			stories = append(stories, c.Story)
		}
	}
	if err := f.read(ctx, &u, stories, tags); err != nil {
		return err
	}
	err := f.catalogue.Apply(ctx, u)
	if errors.Is(err, ErrRebuild) || archive.KindOf(err) == archive.Conflict {
		return f.Build(ctx)
	}
	return err
}

// read fills an update with what is known of some stories now, and of all tags
// where these changed.
func (f *Follower) read(ctx context.Context, u *Update, stories []int64, tags bool) (err error) {
	if u.Rows, err = f.source.Rows(ctx, stories); err != nil {
		return err
	}
	there, bears := map[int64]bool{}, map[int64]bool{}
	authors, series := map[int64]bool{}, map[int64]bool{}
	for i := range u.Rows {
		r := &u.Rows[i]
		there[r.Story] = true
		for _, id := range r.Tags {
			bears[id] = true
		}
		for _, id := range r.Authors {
			authors[id] = true
		}
		if r.Series != 0 {
			series[r.Series] = true
		}
	}
	for _, id := range stories {
		if !there[id] {
			u.Gone = append(u.Gone, id)
		}
	}
	switch {
	case tags:
		u.Tags, err = f.source.TagGraph(ctx)
	case len(bears) > 0:
		u.Tags, err = f.placed(ctx, bears)
	}
	if err == nil && len(authors) > 0 {
		u.Names.PenNames, err = f.source.AuthorNames(ctx, slices.Collect(maps.Keys(authors))...)
	}
	if err == nil && len(series) > 0 {
		u.Names.Series, err = f.source.Series(ctx, slices.Collect(maps.Keys(series))...)
	}
	return err
}

// placed are tags together with what they stand for.
func (f *Follower) placed(ctx context.Context, ids map[int64]bool) ([]archive.Tag, error) {
	tags, err := f.source.TagGraph(ctx, slices.Collect(maps.Keys(ids))...)
	if err != nil {
		return nil, err
	}
	more := map[int64]bool{}
	for i := range tags {
		if of := tags[i].Of; of != 0 && !ids[of] {
			more[of] = true
		}
	}
	if len(more) == 0 {
		return tags, nil
	}
	of, err := f.source.TagGraph(ctx, slices.Collect(maps.Keys(more))...)
	return append(tags, of...), err
}
