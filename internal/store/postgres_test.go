package store_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// A database that is not an archive, or not one for texts, is refused and left
// alone.
func TestForeignDatabasesAreRefused(t *testing.T) {
	postgresOnly(t)
	tests := []struct {
		name, statement, hint string
	}{
		{"recipes", `CREATE TABLE recipes (id BIGINT PRIMARY KEY)`, "not a Colophon archive"},
		{"other stories", `CREATE TABLE stories (id BIGINT PRIMARY KEY); CREATE TABLE goose_db_version (id BIGINT)`, "not a Colophon archive"},
	}
	for _, tt := range tests {
		address := server.Or(t, "")
		change(t, address, tt.statement)
		before := sum(t, address)
		_, err := store.Open(t.Context(), address, store.Options{})
		if archive.KindOf(err) != archive.Invalid || !strings.Contains(archive.MessageOf(err), tt.hint) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if sum(t, address) != before {
			t.Errorf("%s: the database was changed", tt.name)
		}
	}
	address := server.Or(t, "")
	change(t, address, `CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
	latin := strings.Replace(address, filepath.Base(strings.Split(address, "?")[0]), "latin", 1)
	if _, err := store.Open(t.Context(), latin, store.Options{}); archive.KindOf(err) != archive.Invalid || !strings.Contains(archive.MessageOf(err), "UTF-8") {
		t.Errorf("a database in another encoding: %v", err)
	}
}

// What cannot be reached is named, and never with its password.
func TestNoServerIsNamed(t *testing.T) {
	postgresOnly(t)
	empty := server.Or(t, "")
	for address, kind := range map[string]archive.Kind{
		"postgres://keeper:hush@127.0.0.1:1/stories":     archive.Internal,
		"postgres://keeper:hush@127.0.0.1:port/stories":  archive.Invalid,
		strings.Replace(empty, "archive", "nowhere", 1):  archive.NotFound,
		strings.Replace(empty, "postgres:", "files:", 1): archive.NotFound,
	} {
		_, err := store.Open(t.Context(), address, store.Options{Existing: true})
		if archive.KindOf(err) != kind || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, o := range []store.Options{{ReadOnly: true}, {Existing: true}} {
		if _, err := store.Open(t.Context(), empty, o); archive.KindOf(err) != archive.NotFound {
			t.Errorf("an empty database: %v", err)
		}
	}
}

// Two that open an empty database at once both have it.
func TestOpenedTwiceAtOnce(t *testing.T) {
	postgresOnly(t)
	address := server.Or(t, "")
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			s, err := store.Open(t.Context(), address, store.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	sound(t, openAt(t, address))
}

// An older database is migrated in its place.
func TestPostgresIsMigrated(t *testing.T) {
	postgresOnly(t)
	address := stock(t)
	s, err := store.OpenWith(t.Context(), address, store.Options{}, twoSteps(t, "CREATE TABLE shelves (id BIGINT PRIMARY KEY);"))
	if err != nil {
		t.Fatal(err)
	}
	if got := titles(t, s, archive.Query{}); len(got) != 1 {
		t.Errorf("after migration: %v", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A writer that waits too long for another says so; one that has lost its
// connection goes on with the next.
func TestServerGetsInTheWay(t *testing.T) {
	postgresOnly(t)
	address := newAddress(t)
	s := openAt(t, address+"&lock_timeout=100ms")
	db := raw(t, address)
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(t.Context(), `BEGIN; SELECT pg_advisory_xact_lock(1131375727, hashtext('public'))`); err != nil {
		t.Fatal(err)
	}
	a := sample("A", "M", page("/old", "a", "1"))
	if _, err := s.Save(t.Context(), []*archive.Story{a}); archive.KindOf(err) != archive.Conflict || !strings.Contains(archive.MessageOf(err), "another program") {
		t.Errorf("behind another writer: %v", err)
	}
	if _, err := db.ExecContext(t.Context(), `ROLLBACK; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'colophon' AND datname = current_database()`); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	save(t, s, a)
	sound(t, s)
}

func TestStatesAreErrors(t *testing.T) {
	postgresOnly(t)
	_, address := openNew(t)
	db := raw(t, address)
	for statement, kind := range map[string]archive.Kind{
		`INSERT INTO settings (name, value) VALUES ('a', 'b'), ('a', 'c')`: archive.Conflict,
		`INSERT INTO chapters VALUES (99, 1, 1, '', '', '')`:               archive.Conflict,
		`SELECT nothing FROM nowhere`:                                      archive.Internal,
		`SELECT repeat('x', 2000000000)`:                                   archive.TooLarge,
		`SET lock_timeout = '-1'`:                                          archive.Internal,
	} {
		_, err := db.ExecContext(t.Context(), statement)
		if got := store.Wrap("try it", err); archive.KindOf(got) != kind || !strings.HasPrefix(archive.MessageOf(got), "Could not try it") {
			t.Errorf("%s: %v (%s), want %s", statement, got, archive.KindOf(got), kind)
		}
	}
}
