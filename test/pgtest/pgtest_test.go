package pgtest_test

import (
	"errors"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"colophon/test/pgtest"
)

// A server gives a new database each time, copies what was prepared once, and
// leaves nothing behind.
func TestServer(t *testing.T) {
	if !pgtest.Wanted() {
		t.Skip("with PostgreSQL only: make test-postgres")
	}
	s, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	run := func(address, statement string) error {
		conn, err := pgx.Connect(t.Context(), address)
		if err != nil {
			return err
		}
		_, err = conn.Exec(t.Context(), statement)
		return errors.Join(err, conn.Close(t.Context()))
	}
	prepared := 0
	for range 2 {
		address, err := s.Copy(t.Context(), func(address string) error {
			prepared++
			return run(address, `CREATE TABLE lamps (id BIGINT PRIMARY KEY)`)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := run(address, `INSERT INTO lamps VALUES (1)`); err != nil {
			t.Errorf("a copy: %v", err)
		}
	}
	if prepared != 1 {
		t.Errorf("prepared %d times", prepared)
	}
	address, err := s.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := run(address, `SELECT 1 FROM lamps`); err == nil {
		t.Error("a new database is not empty")
	}
	if err := s.Drop(t.Context(), address); err != nil || run(address, `SELECT 1`) == nil {
		t.Errorf("dropped: %v", err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(u.Query().Get("host")); !os.IsNotExist(err) {
		t.Errorf("its folder is still there: %v", err)
	}
}
