package main

import (
	"context"
	"log/slog"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/store"
)

// followEvery is how often the catalogue looks for changes, also those of other
// commands on the same archive: a new story is found well within a second.
const followEvery = 250 * time.Millisecond

// followed is a catalogue that is kept current to a store.
type followed struct {
	*catalogue.Catalogue
	end context.CancelFunc
	// done is closed when the catalogue follows no longer.
	done chan struct{}
}

// openCatalogue makes the catalogue of an archive and keeps it current until it
// is closed.
func openCatalogue(ctx context.Context, d *data, log *slog.Logger) (*followed, error) {
	c := catalogue.New(d.store, foldOf(d.store))
	f := catalogue.NewFollower(c, d.store, log)
	if err := f.Build(ctx); err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(ctx)
	out := &followed{c, end, make(chan struct{})}
	go func() {
		defer close(out.done)
		f.Run(ctx, followEvery)
	}()
	return out, nil
}

// close ends the following.
func (f *followed) close() {
	f.end()
	<-f.done
}

// foldOf is what makes two spellings of a name one.
func foldOf(s *store.Store) func(archive.TagKind, string) string { return s.TagKey }
