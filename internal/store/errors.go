package store

import (
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"colophon/internal/archive"
)

// wrap is the edge of the package: nil stays nil, an *archive.Error passes, and
// everything else becomes one, its kind chosen by the driver's code. doing
// completes "Could not ...".
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*archive.Error](err); ok {
		return err
	}
	kind, why := archive.Internal, ""
	if e, ok := errors.AsType[*driver.Error](err); ok {
		kind, why = kindOfCode(e.Code())
	} else if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		kind, why = kindOfState(e.Code)
	} else if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		why = ": the database server cannot be reached"
	}
	return archive.Wrap(kind, "Could not "+doing+why+".", err)
}

// kindOfCode reads a result code of SQLite. The lower eight bits are the
// primary code: https://sqlite.org/rescode.html
func kindOfCode(code int) (kind archive.Kind, why string) {
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return archive.Conflict, ": another program is writing to the database"
	case sqlite3.SQLITE_CONSTRAINT:
		return archive.Conflict, ": it contradicts what is stored"
	case sqlite3.SQLITE_CORRUPT:
		return archive.Damaged, ": the database is damaged"
	case sqlite3.SQLITE_NOTADB:
		return archive.Damaged, ": the file is not a database, or its beginning is damaged"
	case sqlite3.SQLITE_TOOBIG:
		return archive.TooLarge, ": a value is larger than the database holds"
	case sqlite3.SQLITE_FULL:
		return archive.Internal, ": there is no room left on the disk"
	case sqlite3.SQLITE_READONLY:
		return archive.Internal, ": the database may not be written to"
	case sqlite3.SQLITE_IOERR:
		return archive.Internal, ": the disk could not be read or written"
	case sqlite3.SQLITE_CANTOPEN:
		return archive.Internal, ": the file could not be opened"
	}
	return archive.Internal, ""
}

// isLost says whether an error is that of a connection to a server which is no
// more. SQLite has none.
func isLost(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "57P01" // admin_shutdown
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return false
	}
	_, ok := errors.AsType[*net.OpError](err)
	return ok || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// kindOfState reads an error code of PostgreSQL. Its first two characters are
// the class: https://www.postgresql.org/docs/15/errcodes-appendix.html
func kindOfState(code string) (kind archive.Kind, why string) {
	switch code {
	case "55P03", "40001", "40P01": // lock_not_available, serialization_failure, deadlock_detected
		return archive.Conflict, ": another program is writing to the database"
	case "3D000": // invalid_catalog_name
		return archive.NotFound, ": the server has no database of this name; make one with createdb"
	case "XX001", "XX002": // data_corrupted, index_corrupted
		return archive.Damaged, ": the database is damaged"
	case "53100": // disk_full
		return archive.Internal, ": there is no room left on the disk"
	case "53300": // too_many_connections
		return archive.Internal, ": the database server takes no more connections"
	case "25006": // read_only_sql_transaction
		return archive.Internal, ": the database may not be written to"
	}
	switch code[:min(2, len(code))] {
	case "23":
		return archive.Conflict, ": it contradicts what is stored"
	case "28":
		return archive.Internal, ": the database server refuses this user or password"
	case "42":
		return archive.Internal, ": the database has not the tables or rights that are needed"
	case "54":
		return archive.TooLarge, ": a value is larger than the database holds"
	case "57":
		return archive.Internal, ": the database server has ended the connection"
	}
	return archive.Internal, ""
}
