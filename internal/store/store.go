// Package store keeps an archive's stories in an SQLite or PostgreSQL database:
// headers, chapters, sources, evidence, findings, sealed addresses, and what was
// before each change. It is the only package that speaks SQL: one text for both
// databases, but for what dialect.go names.
//
// It is not the vault: it knows the digest and size of original bytes, never
// the bytes. It does not decide what a page says; it stores what it is told,
// all of a story or nothing of it.
//
// Durability: with SQLite a write-ahead log with synchronous=FULL, one connection
// that writes and several that read; with PostgreSQL its own log, writers one
// after the other by a lock. What Save has returned survives the end of the
// process and a loss of power.
package store

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"log/slog"
	"time"

	"colophon/internal/archive"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var embedded embed.FS

// Options say how a database is opened. The zero value opens it for writing,
// without a key to seal addresses with.
type Options struct {
	ReadOnly bool             // change nothing; the database must exist and be of this version
	Existing bool             // make nothing where there is no archive yet
	SealKey  [32]byte         // see LoadOrMakeKey; the zero key can neither seal nor open
	Now      func() time.Time // the clock, time.Now where nil
	Logger   *slog.Logger     // told of migrations; silent where nil
}

// Store is an open database. Its methods may be called at the same time;
// writes wait for one another. Every error that a method returns is an
// *archive.Error.
type Store struct {
	dialect dialect
	writer  *sql.DB // nil when read-only
	reader  *sql.DB
	reading sql.TxOptions // of a transaction that reads
	schema  int64         // the version this program writes
	sealer  *sealer
	now     func() time.Time
	log     *slog.Logger
}

// Open opens a database, makes its tables where there are none, and brings it to
// this program's version. An address that begins with postgres:// or
// postgresql:// is that of a PostgreSQL database, which must exist; anything else
// is the path of an SQLite file. An older SQLite database is copied to the folder
// "backups" beside it first; an older one of PostgreSQL is not. Errors: Conflict
// for a database that is newer than this program (it is left as it was) or, with
// ReadOnly, older; Invalid for one that is no archive; NotFound with ReadOnly or
// Existing where there is none.
func Open(ctx context.Context, address string, o Options) (*Store, error) {
	folder := "migrations/sqlite"
	if IsPostgres(address) {
		folder = "migrations/postgres"
	}
	migrations, err := fs.Sub(embedded, folder)
	if err != nil {
		return nil, wrap("open the database", err)
	}
	return open(ctx, address, o, migrations)
}

func open(ctx context.Context, address string, o Options, migrations fs.FS) (*Store, error) {
	s := &Store{now: o.Now, log: o.Logger}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.sealer, err = newSealer(o.SealKey); err != nil {
		return nil, wrap("use the seal key", err)
	}
	connect, name := s.connectSQLite, address
	if IsPostgres(address) {
		connect, name = s.connectPostgres, shownAddress(address)
	}
	if err := connect(ctx, address, o, migrations); err != nil {
		_ = s.close() // the first error is the one that tells
		return nil, wrap("open the database "+name, err)
	}
	return s, nil
}

// Close ends all connections and moves what is in the write-ahead log into the
// database file.
func (s *Store) Close() error { return wrap("close the database", s.close()) }

func (s *Store) close() error {
	var err error
	if s.reader != nil {
		err = s.reader.Close()
	}
	// The writer goes last: the last connection tidies the write-ahead log away.
	if s.writer != nil {
		if e := s.writer.Close(); err == nil {
			err = e
		}
	}
	return err
}

// write runs f in one transaction of the writing connection: all of f or
// nothing of it. doing completes "could not ...".
func (s *Store) write(ctx context.Context, doing string, f func(tx *batch) error) error {
	if s.writer == nil {
		return archive.Errorf(archive.Invalid, "Could not %s: the database is open for reading only.", doing)
	}
	tx, err := beginTx(ctx, s.writer, nil)
	if err != nil {
		return wrap(doing, err)
	}
	if err = s.dialect.begin(ctx, tx); err == nil {
		err = f(s.begun(tx))
	}
	if err != nil {
		_ = tx.Rollback() // the first error is the one that tells
		return wrap(doing, err)
	}
	return wrap(doing, tx.Commit())
}

// read runs f in one transaction of a reading connection, so that all of f
// sees the same state.
func (s *Store) read(ctx context.Context, doing string, f func(tx *batch) error) error {
	tx, err := beginTx(ctx, s.reader, &s.reading)
	if err != nil {
		return wrap(doing, err)
	}
	err = f(s.begun(tx))
	_ = tx.Rollback() // nothing was written
	return wrap(doing, err)
}

// beginTx begins a transaction, with another connection where one turns out to be
// lost: a server that was started anew has cut off those that lay ready.
func beginTx(ctx context.Context, db *sql.DB, o *sql.TxOptions) (*sql.Tx, error) {
	tx, err := db.BeginTx(ctx, o)
	for range readyConnections {
		if !isLost(err) || ctx.Err() != nil {
			break
		}
		tx, err = db.BeginTx(ctx, o)
	}
	return tx, err
}

// micros is a time as it is stored: microseconds since 1970, UTC.
func micros(t time.Time) int64 { return t.UnixMicro() }

// stamp is the time that micros stored.
func stamp(us int64) time.Time { return time.UnixMicro(us).UTC() }

// flag is a truth value as it is stored.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
