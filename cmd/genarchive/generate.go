package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"colophon/internal/archive"
	"colophon/internal/sample"
	"colophon/internal/store"
	"colophon/internal/vault"
)

// A batch is stored in one transaction. It holds no more stories than batchStories,
// and no more text than one of them above batchBytes.
const (
	batchStories = 500
	batchBytes   = 16 << 20
)

// batch is stories that are stored together, with the bytes they came from.
type batch struct {
	stories   []*archive.Story
	originals [][]byte
	visible   []archive.Visibility
}

// target is the archive that is made.
type target struct {
	store *store.Store
	vault *vault.Vault
	clock atomic.Int64 // seconds UTC: when the archive would have got the batch
}

// generate makes the archive that the flags describe. Errors: Conflict where the
// folder holds one.
func generate(ctx context.Context, f flags, errs io.Writer) (err error) {
	s := sample.New(f.Stories, f.Seed, f.options())
	t, err := open(ctx, f.Data, f.Database, s.Story(0).Added)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	p := newProgress(errs, f.Stories)
	g, running := errgroup.WithContext(ctx)
	made := make(chan batch, 1)
	g.Go(func() error {
		defer close(made)
		return makeAll(running, s, f.Stories, made)
	})
	g.Go(func() error {
		for b := range made {
			if err := t.keep(running, b); err != nil {
				return err
			}
			p.add(len(b.stories))
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return err
	}
	if err := t.place(ctx, s); err != nil {
		return err
	}
	p.end()
	return nil
}

// placedAtOnce is how many tags are placed in one transaction.
const placedAtOnce = 5000

// place makes of the stories' tags what an archivist would have made of them.
func (t *target) place(ctx context.Context, s *sample.Sampler) error {
	var places []archive.TagPlace
	for tag := range s.Tags() {
		places = append(places, placeOf(tag))
		if len(places) < placedAtOnce {
			continue
		}
		if err := t.store.PlaceTags(ctx, places); err != nil {
			return err
		}
		places = places[:0]
	}
	return t.store.PlaceTags(ctx, places)
}

func placeOf(tag sample.Tag) archive.TagPlace {
	p := archive.TagPlace{Kind: tag.Kind, Name: tag.Name, State: tag.State, Of: tag.Of}
	kind := tag.Kind
	if kind == archive.TagCharacter || kind == archive.TagRelationship {
		kind = archive.TagFandom // it owns them
	}
	for _, name := range tag.Parents {
		p.Parents = append(p.Parents, archive.TagParent{Kind: kind, Name: name})
	}
	return p
}

// open makes the data folder, as "colophon serve" reads it, and opens it. Its clock
// stands at the time given.
func open(ctx context.Context, dir, database string, began time.Time) (*target, error) {
	db := filepath.Join(dir, "colophon.db")
	if _, err := os.Stat(db); err == nil {
		return nil, archive.Errorf(archive.Conflict, "There is an archive in %s. Name a folder without one, or remove it.", dir)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, archive.Wrap(archive.Conflict, "The folder "+dir+" cannot be used.", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, archive.Wrap(archive.Conflict, "The folder "+dir+" cannot be made.", err)
	}
	key, err := store.LoadOrMakeKey(filepath.Join(dir, "keys", "seal.key"))
	if err != nil {
		return nil, err
	}
	t := &target{}
	t.clock.Store(began.Unix())
	if t.vault, err = vault.Open(filepath.Join(dir, "vault")); err != nil {
		return nil, err
	}
	now := func() time.Time { return time.Unix(t.clock.Load(), 0).UTC() }
	if database != "" {
		db = database
	}
	if t.store, err = store.Open(ctx, db, store.Options{SealKey: key, Now: now, Logger: slog.New(slog.DiscardHandler)}); err != nil {
		return nil, errors.Join(err, t.vault.Close())
	}
	o, err := t.store.Overview(ctx)
	if err == nil && o != (archive.Overview{}) {
		err = archive.Errorf(archive.Conflict, "There are stories in that database already. Name one without.")
	}
	if err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

func (t *target) close() error { return errors.Join(t.store.Close(), t.vault.Close()) }

// makeAll makes the stories in order and hands them on in batches.
func makeAll(ctx context.Context, s *sample.Sampler, n int, made chan<- batch) error {
	var b batch
	size := 0
	for i := range n {
		st := s.Story(i)
		b.stories = append(b.stories, st)
		b.originals = append(b.originals, s.Original(st))
		b.visible = append(b.visible, s.Visibility(i))
		for k := range st.Chapters {
			size += len(st.Chapters[k].Text)
		}
		if len(b.stories) < batchStories && size < batchBytes && i < n-1 {
			continue
		}
		select {
		case made <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
		b, size = batch{}, 0
	}
	return nil
}

// keep stores a batch: originals first, so that no story lacks its own.
func (t *target) keep(ctx context.Context, b batch) error {
	digests, err := t.vault.PutAll(ctx, b.originals)
	if err != nil {
		return err
	}
	for i, st := range b.stories {
		if st.Sources[0].Digest != digests[i] {
			return archive.Errorf(archive.Internal, "The original of %s is not the one its story names.", st.Sources[0].Path)
		}
	}
	t.clock.Store(b.stories[len(b.stories)-1].Added.Unix())
	saved, err := t.store.Save(ctx, b.stories)
	if err != nil {
		return err
	}
	for i, one := range saved {
		if one.Outcome != store.New {
			return archive.Errorf(archive.Internal, "The story of %s was taken for one that is there: %s.", b.stories[i].Sources[0].Path, one.Outcome)
		}
		if b.visible[i] == archive.Public {
			continue
		}
		if err := t.store.SetVisibility(ctx, one.ID, b.visible[i]); err != nil {
			return err
		}
	}
	return nil
}
