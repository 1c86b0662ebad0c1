package main

import (
	"context"
	"log/slog"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
)

// followEvery is how often the catalogue looks for changes, also those of other
// commands on the same archive: a new story is found well within a second.
const followEvery = 250 * time.Millisecond

// openCatalogue makes the catalogue of an archive, and what keeps it current.
func openCatalogue(ctx context.Context, d *data, log *slog.Logger) (*catalogue.Catalogue, *catalogue.Follower, error) {
	c := catalogue.New(d.store, d.store.TagKey)
	f := catalogue.NewFollower(c, d.store, log)
	return c, f, f.Build(ctx)
}

// catalogued are the changes of an archive that its catalogue knows of. A page
// that is dropped for a change is composed from what is true after it.
type catalogued struct {
	changes interface {
		Changes(ctx context.Context, since int64, limit int) ([]archive.Change, int64, error)
	}
	catalogue *catalogue.Catalogue
}

// Changes implements web.Changes.
func (c catalogued) Changes(ctx context.Context, since int64, limit int) (list []archive.Change, newest int64, err error) {
	known := c.catalogue.Seq() // read first: what is known later is told the next time
	list, newest, err = c.changes.Changes(ctx, since, limit)
	for i := range list {
		if list[i].Seq > known {
			list = list[:i]
			break
		}
	}
	return list, min(newest, known), err
}
