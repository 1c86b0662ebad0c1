package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
)

const (
	// followEvery is how often the catalogue looks for changes, also those of
	// other commands on the same archive: a new story is found within a second.
	followEvery = 250 * time.Millisecond
	// snapshotEvery is how often a catalogue that has changed is written down, so
	// that a start after a crash has little to catch up with.
	snapshotEvery = time.Hour
	// snapshotName is the file of the catalogue in the data folder. It may be
	// removed: it is made anew.
	snapshotName = "catalogue.snapshot"
)

// cataloguer keeps the catalogue of an archive current, and its snapshot.
type cataloguer struct {
	*catalogue.Catalogue
	follower *catalogue.Follower
	data     *data
	log      *slog.Logger
	written  int64 // the change that the snapshot is current to, -1 for none
}

// openCatalogue reads the catalogue of an archive from its snapshot, or makes it.
func openCatalogue(ctx context.Context, d *data, log *slog.Logger) (*cataloguer, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	index := catalogue.New(d.store, d.store.TagKey)
	c := &cataloguer{index, catalogue.NewFollower(index, d.store), d, log, -1}
	if err := c.recall(ctx); err != nil {
		if archive.KindOf(err) != archive.NotFound { // that there is none yet is as it should be
			log.InfoContext(ctx, "the catalogue is made anew", "reason", archive.MessageOf(err))
		}
		if err := c.follower.Build(ctx); err != nil {
			return nil, err
		}
	}
	return c, c.follower.CatchUp(ctx)
}

// recall reads the snapshot. Any error is a reason to make the catalogue anew.
func (c *cataloguer) recall(ctx context.Context) (err error) {
	mark, err := c.data.store.SnapshotMark(ctx)
	if err != nil {
		return err
	}
	f, err := os.Open(c.path())
	if errors.Is(err, fs.ErrNotExist) {
		return archive.Errorf(archive.NotFound, "There is no snapshot yet.")
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if mark == 0 {
		return archive.Errorf(archive.Damaged, "The snapshot is of another database.")
	}
	if err := c.ReadSnapshot(f, int(mark)); err != nil {
		return err
	}
	c.written = c.Seq()
	return nil
}

func (c *cataloguer) path() string { return filepath.Join(c.data.dir, snapshotName) }

// run follows the archive until ctx ends, and writes the snapshot in between and
// at the end.
func (c *cataloguer) run(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.follower.Run(ctx, followEvery, func(err error) {
			c.log.ErrorContext(ctx, "the catalogue cannot follow what is stored; it is tried again", "error", err)
		})
	}()
	tick := time.NewTicker(snapshotEvery)
	defer tick.Stop()
	for running := true; running; {
		select {
		case <-tick.C:
		case <-done:
			running = false
		}
		if err := c.remember(context.WithoutCancel(ctx)); err != nil {
			c.log.ErrorContext(ctx, "the snapshot of the catalogue cannot be written; the next start makes it anew", "error", err)
		}
	}
}

// remember writes the snapshot, where something has changed since the last one.
// A file under its name is whole, and of the database that bears its mark.
func (c *cataloguer) remember(ctx context.Context) (err error) {
	at := c.Seq()
	if at == c.written {
		return nil
	}
	mark := 1 + rand.Int64N(1<<62)
	part := c.path() + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(c.WriteSnapshot(f, int(mark)), f.Sync(), f.Close())
	if err == nil {
		err = c.data.store.MarkSnapshot(ctx, mark)
	}
	if err == nil {
		err = os.Rename(part, c.path())
	}
	if err == nil {
		c.written = at
	}
	return err
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
		// Where the catalogue is not at a change that reaches all, it has yet to be
		// made anew, also after another database has taken the place of this one.
		if list[i].Seq > known || list[i].All && list[i].Seq != known {
			list = list[:i]
			break
		}
	}
	return list, min(newest, known), err
}
