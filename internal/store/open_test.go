package store_test

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// twoSteps is the present schema and a step that is not there yet.
func twoSteps(t *testing.T, second string) fstest.MapFS {
	t.Helper()
	folder := "sqlite"
	if server != nil {
		folder = "postgres"
	}
	files, err := filepath.Glob("migrations/" + folder + "/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	steps := fstest.MapFS{"09999_next.sql": {Data: []byte("-- +goose Up\n" + second)}}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		steps[filepath.Base(f)] = &fstest.MapFile{Data: data}
	}
	return steps
}

// sum tells whether anything in a file has changed; of a database, whether there
// are other tables, stories or steps.
func sum(t *testing.T, path string) (sum [32]byte) {
	t.Helper()
	if server != nil {
		var state string
		query(t, path, `SELECT concat_ws(' ', (SELECT count(*) FROM pg_class), (SELECT max(xmin::text::bigint) FROM pg_class), pg_current_xact_id_if_assigned())`, &state)
		return sha256.Sum256([]byte(state))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(data)
}

// stock makes a database with one story, closed.
func stock(t *testing.T) string {
	t.Helper()
	path := newAddress(t)
	if server == nil {
		path = filepath.Join(filepath.Dir(path), "with space?", "colophon.db")
	}
	s, err := store.Open(t.Context(), path, store.Options{SealKey: testKey(), Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, sample("A", "M", page("/old", "a", "1")))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMigrationKeepsACopy(t *testing.T) {
	sqliteOnly(t, "copies of a database are pg_dump's")
	path := stock(t)
	s, err := store.OpenWith(t.Context(), path, store.Options{Now: clock()}, twoSteps(t, "CREATE TABLE shelves (id INTEGER PRIMARY KEY);"))
	if err != nil {
		t.Fatal(err)
	}
	if got := titles(t, s, archive.Query{}); len(got) != 1 || got[0] != "A" {
		t.Errorf("after migration: %v", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(filepath.Dir(path), "backups", "*"))
	if err != nil || len(kept) != 1 || !strings.HasPrefix(filepath.Base(kept[0]), "colophon-3-2004") {
		t.Fatalf("copies: %v, %v", kept, err)
	}
	old := openAt(t, kept[0])
	if got := titles(t, old, archive.Query{}); len(got) != 1 {
		t.Errorf("the copy has %v", got)
	}
	sound(t, old)
}

// A step that fails leaves the database as it was before that step.
func TestFailedMigrationChangesNothing(t *testing.T) {
	path := stock(t)
	steps := twoSteps(t, "CREATE TABLE shelves (id INTEGER PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);")
	if _, err := store.OpenWith(t.Context(), path, store.Options{Now: clock()}, steps); err == nil {
		t.Fatal("a broken migration was accepted")
	}
	s := openAt(t, path)
	sound(t, s)
	if got := titles(t, s, archive.Query{}); len(got) != 1 {
		t.Errorf("after a failed migration: %v", got)
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	path := stock(t)
	s, err := store.OpenWith(t.Context(), path, store.Options{Now: clock()}, twoSteps(t, "CREATE TABLE shelves (id INTEGER PRIMARY KEY);"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := sum(t, path)
	for _, o := range []store.Options{{}, {ReadOnly: true}} {
		_, err = store.Open(t.Context(), path, o)
		if archive.KindOf(err) != archive.Conflict || !strings.Contains(archive.MessageOf(err), "newer") {
			t.Errorf("error is %v", err)
		}
	}
	if sum(t, path) != before {
		t.Error("the file was changed")
	}
}

func TestOpenReadOnly(t *testing.T) {
	dir := t.TempDir()
	_, err := store.Open(t.Context(), filepath.Join(dir, "none.db"), store.Options{ReadOnly: true})
	if archive.KindOf(err) != archive.NotFound {
		t.Errorf("no file: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("opening for reading made %v", left)
	}
	path := stock(t)
	before := sum(t, path)
	s, err := store.Open(t.Context(), path, store.Options{ReadOnly: true, SealKey: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	if _, err := s.Save(t.Context(), nil); archive.KindOf(err) != archive.Invalid {
		t.Errorf("Save: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if sum(t, path) != before {
		t.Error("the file was changed")
	}
	_, err = store.OpenWith(t.Context(), path, store.Options{ReadOnly: true}, twoSteps(t, "SELECT 1;"))
	if archive.KindOf(err) != archive.Conflict {
		t.Errorf("an older database: %v", err)
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	sqliteOnly(t, "these are files")
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	change(t, other, `CREATE TABLE recipes (id INTEGER PRIMARY KEY)`)
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, bytes.Repeat([]byte("Dear diary. "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]archive.Kind{other: archive.Invalid, text: archive.Damaged} {
		before := sum(t, path)
		if _, err := store.Open(t.Context(), path, store.Options{}); archive.KindOf(err) != kind {
			t.Errorf("%s: %v, want %s", filepath.Base(path), err, kind)
		}
		if sum(t, path) != before {
			t.Errorf("%s was changed", filepath.Base(path))
		}
	}
}

// The settings that durability and privacy stand on.
func TestFileIsPrivateAndLogged(t *testing.T) {
	sqliteOnly(t, "this is a file")
	_, path := openNew(t)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the database: %v, %v", info.Mode(), err)
	}
	var mode string
	query(t, path, `PRAGMA journal_mode`, &mode)
	if mode != "wal" {
		t.Errorf("journal mode %s", mode)
	}
}

func TestErrorsAreReadByCode(t *testing.T) {
	_, path := openNew(t)
	db := raw(t, path)
	tests := []struct {
		statement string
		want      archive.Kind
	}{
		{`INSERT INTO settings (name, value) VALUES ('a', 'b'), ('a', 'c')`, archive.Conflict},
		{`INSERT INTO settings (name) VALUES ('a')`, archive.Conflict},
		{`SELECT nothing FROM nowhere`, archive.Internal},
		{`PRAGMA query_only = on; DELETE FROM settings`, archive.Internal},
	}
	for _, tt := range tests {
		_, err := db.ExecContext(t.Context(), tt.statement)
		got := store.Wrap("try it", err)
		if archive.KindOf(got) != tt.want || !strings.HasPrefix(archive.MessageOf(got), "Could not try it") {
			t.Errorf("%s: %v (%s), want %s", tt.statement, got, archive.KindOf(got), tt.want)
		}
	}
	if store.Wrap("try it", nil) != nil {
		t.Error("no error became one")
	}
}
