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

// archiveFlags say where an archive is.
type archiveFlags struct {
	Data     string `help:"Folder of the archive." type:"path" default:"colophon-data" placeholder:"DIR"`
	Database string `help:"Keep stories in a PostgreSQL database, such as postgres://user@host/name, not in a file of the folder." placeholder:"URL"`
}

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
func openData(ctx context.Context, at archiveFlags, want access, log *slog.Logger) (*data, error) {
	dir, db := at.Data, filepath.Join(at.Data, "colophon.db")
	needed := db
	switch {
	case at.Database == "":
	case !store.IsPostgres(at.Database):
		return nil, archive.Errorf(archive.Invalid, "--database takes an address such as postgres://user@host/name; the file of an archive is found by --data.")
	default:
		db, needed = at.Database, dir
	}
	if _, err := os.Stat(needed); errors.Is(err, fs.ErrNotExist) && want == reading {
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
	if d.store, err = store.Open(ctx, db, store.Options{SealKey: key, Logger: log, Existing: want == reading}); err != nil {
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
