package store

import (
	"context"
	"database/sql"
	"io/fs"
	"net/url"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"colophon/internal/archive"
)

const (
	// postgresMark is the comment on the table of stories: it tells an archive from
	// any other database.
	postgresMark = "Colophon archive"
	// writersLock and the schema are what writers of one archive wait for, in this
	// process and others.
	writersLock = applicationID
	// writersWait is how long they do, unless the address says otherwise; a batch of
	// stories takes a second.
	writersWait = "30s"
	// readyConnections are how many readers' connections are kept when none reads.
	readyConnections = 4
	// oldestPostgres is the first version whose SQL is known to do.
	oldestPostgres = 150000
)

// postgres is the dialect of a PostgreSQL database.
type postgres struct{}

// connectPostgres looks at the database, migrates it where that is allowed and
// needed, and opens the connections.
func (s *Store) connectPostgres(ctx context.Context, address string, o Options, migrations fs.FS) (err error) {
	s.dialect = postgres{}
	s.reading = sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The cause names the address, and with it perhaps a password.
		return archive.Errorf(archive.Invalid, "The address of the database cannot be read. It is like postgres://user@host/database.")
	}
	if _, ok := config.RuntimeParams["application_name"]; !ok {
		config.RuntimeParams["application_name"] = "colophon"
	}
	config.RuntimeParams["jit"] = "off" // compiling a search takes longer than the search
	if s.schema, err = newest(migrations); err != nil {
		return err
	}
	s.reader = openReader(config, o.ReadOnly)
	have, err := s.probePostgres(ctx)
	if err != nil {
		return err
	}
	if err := mayOpen(have, s.schema, o); err != nil || o.ReadOnly {
		return err
	}
	s.writer = openWriter(config)
	if have.version < s.schema {
		if err := s.migratePostgres(ctx, have.version, migrations); err != nil {
			return err
		}
	}
	return s.deriveAll(ctx, have)
}

func openReader(config *pgx.ConnConfig, only bool) *sql.DB {
	config = config.Copy()
	if only {
		config.RuntimeParams["default_transaction_read_only"] = "on"
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(max(8, 2*runtime.GOMAXPROCS(0)))
	db.SetMaxIdleConns(readyConnections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// openWriter is one connection, so that the writers of this process wait for one
// another without a time limit.
func openWriter(config *pgx.ConnConfig) *sql.DB {
	config = config.Copy()
	if _, ok := config.RuntimeParams["lock_timeout"]; !ok {
		config.RuntimeParams["lock_timeout"] = writersWait
	}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, conn *pgx.Conn) error {
		// What is acknowledged is on the disk, whatever the server is set to for others.
		_, err := conn.Exec(ctx, `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`)
		return err
	}))
	db.SetMaxOpenConns(1)
	return db
}

// begin waits for the writers of other processes.
func (postgres) begin(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))`, writersLock)
	return err
}

// probePostgres looks at a database without changing it.
func (s *Store) probePostgres(ctx context.Context) (f found, err error) {
	var version, tables, versions int64
	var encoding, fsync, mark string
	err = s.reader.QueryRowContext(ctx, `SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('server_encoding'),
			current_setting('fsync'), coalesce(obj_description(to_regclass(quote_ident(current_schema()) || '.stories'), 'pg_class'), ''),
			(SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(current_schema())),
			(SELECT count(*) FROM pg_class WHERE relname = 'goose_db_version' AND relnamespace = to_regnamespace(current_schema()))`).
		Scan(&version, &encoding, &fsync, &mark, &tables, &versions)
	switch {
	case err != nil:
		return f, err
	case version < oldestPostgres:
		return f, archive.Errorf(archive.Invalid, "This is PostgreSQL %d, and an archive needs 15 or newer.", version/10000)
	case encoding != "UTF8":
		return f, archive.Errorf(archive.Invalid, "This database is in %s, and an archive needs one in UTF-8: createdb --encoding=UTF8 --template=template0", encoding)
	case fsync != "on":
		s.log.WarnContext(ctx, "the database server runs with fsync off: a loss of power may damage the archive")
	}
	f.exists = versions > 0
	f.foreign = mark != postgresMark && tables > versions
	if f.foreign || versions == 0 {
		return f, nil
	}
	err = s.reader.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&f.version)
	if err != nil || f.version < 1 {
		return f, err
	}
	f.derived, err = derivedOf(s.reader.QueryRowContext(ctx, derivedSettings))
	return f, err
}

// migratePostgres brings the database from a version to the newest, each step and
// its version row in one transaction, while others who open it wait. No copy is
// made: that is pg_dump's, and the operator's.
func (s *Store) migratePostgres(ctx context.Context, from int64, migrations fs.FS) error {
	if from > 0 {
		s.log.WarnContext(ctx, "the database is migrated; a copy of what it was is in your own backups only", "version", from)
	}
	// Asked once a second, for five minutes.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, s.writer, migrations,
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(s.log), goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	return s.up(ctx, p)
}

// shownAddress is the address of a database without what is secret in it.
func shownAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "of PostgreSQL"
	}
	return u.Host + u.Path
}

// structure asks what the server knows of its own state: to compare all of its
// pages is the work of pg_amcheck.
func (postgres) structure(ctx context.Context, c *checker) error {
	broken, err := c.id(ctx, `SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database WHERE datname = current_database()`)
	if err != nil {
		return err
	}
	if broken > 0 {
		c.add("database", "the database server has read %d pages that are damaged; see its log", broken)
	}
	return c.each(ctx, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		c.add("database", "the index %s is not whole; mend it with: REINDEX INDEX %s", name, name)
		return err
	}, `SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
		WHERE NOT (x.indisvalid AND x.indisready) AND i.relnamespace = to_regnamespace(current_schema()) ORDER BY i.relname`)
}

// references looks for rows whose parent is not there. The server forbids them;
// but a copy that was put back in part may have them.
func (postgres) references(ctx context.Context, c *checker) error {
	type reference struct{ child, parent, query string }
	var list []reference
	err := c.each(ctx, func(scan func(...any) error) error {
		var r reference
		err := scan(&r.child, &r.parent, &r.query)
		list = append(list, r)
		return err
	}, `SELECT r.conrelid::regclass::text, r.confrelid::regclass::text,
			format('SELECT count(*) FROM %s c WHERE c.%I IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s p WHERE p.%I = c.%I)',
				r.conrelid::regclass, a.attname, r.confrelid::regclass, b.attname, a.attname)
		FROM pg_constraint r JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = r.conkey[1]
		JOIN pg_attribute b ON b.attrelid = r.confrelid AND b.attnum = r.confkey[1]
		WHERE r.contype = 'f' AND cardinality(r.conkey) = 1 AND r.connamespace = to_regnamespace(current_schema())
		ORDER BY r.conrelid::regclass::text, a.attname`)
	for _, r := range list {
		if err != nil {
			break
		}
		var n int64
		if n, err = c.id(ctx, r.query); n > 0 {
			c.add("reference", "%d rows of %s point to a row of %s that is not there", n, r.child, r.parent)
		}
	}
	return err
}
