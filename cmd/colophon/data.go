package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"colophon/internal/archive"
	"colophon/internal/rescue"
	"colophon/internal/store"
	"colophon/internal/vault"
)

// data is an open data folder: database and vault.
type data struct {
	dir   string
	store *store.Store
	vault *vault.Vault
}

// access says what a command wants of a data folder.
type access uint8

const (
	reading access = iota // the folder must exist
	writing               // it is made where there is none
)

// openData opens a data folder. Errors: NotFound where a folder that must exist
// holds no archive.
func openData(ctx context.Context, dir string, want access, log *slog.Logger) (*data, error) {
	db := filepath.Join(dir, "colophon.db")
	if _, err := os.Stat(db); errors.Is(err, fs.ErrNotExist) && want == reading {
		return nil, archive.Errorf(archive.NotFound, "There is no archive in %s. Make one with: colophon rescue --data %s PATH", dir, dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, archive.Wrap(archive.Internal, "could not make the data folder", err)
	}
	key, err := store.LoadOrMakeKey(filepath.Join(dir, "keys", "seal.key"))
	if err != nil {
		return nil, err
	}
	d := &data{dir: dir}
	if d.vault, err = vault.Open(filepath.Join(dir, "vault")); err != nil {
		return nil, err
	}
	if d.store, err = store.Open(ctx, db, store.Options{SealKey: key, Logger: log}); err != nil {
		return nil, errors.Join(err, d.vault.Close())
	}
	return d, nil
}

// close ends the use of the folder.
func (d *data) close() error { return errors.Join(d.store.Close(), d.vault.Close()) }

// keeper lets a rescue keep its stories in the store.
type keeper struct{ *store.Store }

// Keep implements rescue.Keeper.
func (k keeper) Keep(ctx context.Context, stories []*archive.Story) ([]rescue.Kept, error) {
	saved, err := k.Save(ctx, stories)
	if err != nil {
		return nil, err
	}
	kept := make([]rescue.Kept, len(saved))
	for i, s := range saved {
		kept[i] = rescue.Kept{ID: s.ID, Outcome: rescue.Outcome(s.Outcome)}
	}
	return kept, nil
}

// Likenesses implements rescue.Keeper.
func (k keeper) Likenesses(ctx context.Context, f func(id int64, title string, sketch []byte) error) error {
	return k.Sketches(ctx, f)
}
