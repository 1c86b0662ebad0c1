package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"colophon/internal/archive"
)

// applicationID is what migration 1 writes into the file's header, "Colo".
const applicationID = 0x436f6c6f

// connectSQLite probes the file, migrates it where that is allowed and needed,
// and opens the connections.
func (s *Store) connectSQLite(ctx context.Context, path string, o Options, migrations fs.FS) error {
	s.dialect, s.reading = sqlite{}, sql.TxOptions{ReadOnly: true}
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if s.schema, err = newest(migrations); err != nil {
		return err
	}
	have, err := probe(ctx, path)
	if err != nil {
		return err
	}
	if err := mayOpen(have, s.schema, o); err != nil {
		return err
	}
	if o.ReadOnly {
		s.reader, err = sql.Open("sqlite", dsn(path, "ro", readerPragmas()))
		return err
	}
	if err := s.openWriter(ctx, path); err != nil {
		return err
	}
	if have.version < s.schema {
		if err := s.migrate(ctx, path, have.version, migrations); err != nil {
			return err
		}
	}
	if err := s.deriveAll(ctx, have); err != nil {
		return err
	}
	s.reader, err = sql.Open("sqlite", dsn(path, "rw", readerPragmas()))
	if err == nil {
		s.reader.SetMaxOpenConns(max(4, runtime.GOMAXPROCS(0)))
		s.reader.SetMaxIdleConns(4)
	}
	return err
}

// openWriter opens the one connection that writes, and makes the file where
// there is none: only its owner may read it, since letters and sealed
// addresses are inside.
func (s *Store) openWriter(ctx context.Context, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return err
	}
	s.writer, err = sql.Open("sqlite", dsn(path, "rw", writerPragmas())+"&_txlock=immediate")
	if err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	return s.writer.PingContext(ctx)
}

// dsn is a URI for the driver. Every setting that matters is stated: defaults
// differ between builds of SQLite.
func dsn(path, mode string, pragmas []string) string {
	q := url.Values{"mode": {mode}, "_pragma": pragmas}
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + q.Encode()
}

func writerPragmas() []string {
	return []string{
		"busy_timeout(10000)", // milliseconds
		"journal_mode(wal)",
		"synchronous(full)", // normal may lose an acknowledged commit at power loss
		"foreign_keys(on)",
		"trusted_schema(off)",
		"secure_delete(on)", // what is redacted must be gone from the file too
		"cell_size_check(on)",
		"cache_size(-16384)", // KiB
		"temp_store(memory)", // nothing readable in the system's temporary folder
		"mmap_size(0)",       // a failing disk is an error, not a signal
		"wal_autocheckpoint(1000)",
		"journal_size_limit(67108864)",
	}
}

func readerPragmas() []string {
	return []string{
		"busy_timeout(10000)",
		"query_only(on)",
		"trusted_schema(off)",
		"cell_size_check(on)",
		// There are several readers, and the system keeps the file's pages anyhow: four
		// times as much for each makes no search cheaper.
		"cache_size(-2048)",
		"temp_store(memory)",
		"mmap_size(0)",
	}
}

// found is what a file or database turned out to be.
type found struct {
	exists  bool
	version int64 // 0 where there are no tables of ours
	foreign bool  // tables, but not ours
	derived derived
}

// probe looks at a file without changing it.
func probe(ctx context.Context, path string) (f found, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return found{}, nil
	}
	if err != nil {
		return found{}, err
	}
	f.exists = true
	if info.Size() == 0 {
		return f, nil
	}
	db, err := sql.Open("sqlite", dsn(path, "ro", []string{"busy_timeout(10000)", "query_only(on)"}))
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return f, f.look(ctx, db)
}

func (f *found) look(ctx context.Context, db *sql.DB) error {
	var id, tables, versions int64
	err := db.QueryRowContext(ctx, `SELECT application_id FROM pragma_application_id`).Scan(&id)
	if err != nil {
		return err
	}
	err = db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(name = 'goose_db_version'), 0) FROM sqlite_master
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).Scan(&tables, &versions)
	if err != nil {
		return err
	}
	// A process that ended in its first migration leaves the version table alone.
	f.foreign = id != applicationID && tables > versions
	if f.foreign || versions == 0 {
		return nil
	}
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&f.version)
	if err != nil || f.version < 1 {
		return err
	}
	f.derived, err = derivedOf(db.QueryRowContext(ctx, derivedSettings))
	return err
}

// mayOpen decides from what was found, before anything is touched.
func mayOpen(f found, schema int64, o Options) error {
	switch {
	case f.foreign:
		return archive.Errorf(archive.Invalid, "This is a database, but not a Colophon archive.")
	case f.version > schema:
		return archive.Errorf(archive.Conflict, "This archive was written by a newer Colophon (its database is version %d, "+
			"this program knows version %d). Nothing was changed. Use the newer program.", f.version, schema)
	case (o.ReadOnly || o.Existing) && !f.exists:
		return archive.Errorf(archive.NotFound, "There is no archive here yet.")
	case o.ReadOnly && f.version == schema && !f.derived.whole():
		return archive.Errorf(archive.Conflict, "This archive was written by an older Colophon, and not all of its stories are in "+
			"the search of this program. Open it once for writing to bring it up to date.")
	case o.ReadOnly && f.version < schema:
		return archive.Errorf(archive.Conflict, "This archive was written by an older Colophon (its database is version %d, "+
			"this program needs version %d). Open it once for writing to bring it up to date.", f.version, schema)
	}
	return nil
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(err, d.Close())
}
