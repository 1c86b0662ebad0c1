package store

import (
	"errors"

	"modernc.org/sqlite"
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
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		kind, why = kindOfCode(e.Code())
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
