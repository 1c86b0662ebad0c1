package lab_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"colophon/test/pgtest"
)

// postgres answers questions with SQL on one table, the tags of a story in an
// array. One process of the server answers all of them.
type postgres struct {
	conn  *pgx.Conn
	world *world
}

// newPostgres starts a server and loads the stories of a world, nil where no
// server is installed.
func newPostgres(b *testing.B, w *world) *postgres {
	b.Helper()
	address := startPostgres(b)
	if address == "" {
		return nil
	}
	conn, err := pgx.Connect(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := conn.Close(context.WithoutCancel(b.Context())); err != nil {
			b.Error(err)
		}
	})
	p := &postgres{conn, w}
	p.do(b, `SET maintenance_work_mem = '512MB'`)
	p.do(b, `SET work_mem = '256MB'`)
	p.do(b, `SET max_parallel_workers_per_gather = 0`) // the time of one process is measured
	p.do(b, `SET jit = off`)                           // it costs more than it saves here
	p.do(b, `CREATE TABLE works (id int PRIMARY KEY, words int, posted bigint, updated bigint, rating smallint,
		language text, complete smallint, crossover smallint, visibility smallint, tags int[])`)
	p.load(b)
	p.do(b, `CREATE INDEX works_tags ON works USING gin (tags)`)
	p.do(b, `CREATE INDEX works_posted ON works (posted, id)`)
	p.do(b, `CREATE INDEX works_updated ON works (updated, id)`)
	p.do(b, `CREATE INDEX works_words ON works (words, id)`)
	p.do(b, `VACUUM ANALYZE works`)
	return p
}

// do runs a statement that gives nothing.
func (p *postgres) do(b *testing.B, statement string) {
	b.Helper()
	if _, err := p.conn.Exec(b.Context(), statement); err != nil {
		b.Fatalf("%s: %v", statement, err)
	}
}

func (p *postgres) load(b *testing.B) {
	b.Helper()
	names := append(append([]string{"id"}, columnNames()...), "tags")
	rows := pgx.CopyFromSlice(len(p.world.rows), func(i int) ([]any, error) {
		row := append([]any{p.world.rows[i].Story}, p.world.columnsOf(i)...)
		return append(row, p.world.under[i]), nil
	})
	if _, err := p.conn.CopyFrom(b.Context(), pgx.Identifier{"works"}, names, rows); err != nil {
		b.Fatal(err)
	}
}

// ask measures the processor time of the server's process, not that of the client.
func (p *postgres) ask(b *testing.B, q *asked) answered {
	b.Helper()
	where := q.conditions()
	if len(q.include) > 0 {
		where = append(where, "w.tags @> "+arrayOf(q.include))
	}
	if len(q.exclude) > 0 {
		where = append(where, "NOT w.tags && "+arrayOf(q.exclude))
	}
	text := q.statements("works w", where, "CROSS JOIN unnest(w.tags) AS t", "t", p.world.spans)
	start := p.used(b)
	a := text.run(func(statement string) []int64 { return p.numbers(b, statement) })
	a.took = p.used(b) - start
	return a
}

func arrayOf(tags []int64) string {
	list := make([]string, len(tags))
	for i, tag := range tags {
		list[i] = strconv.FormatInt(tag, 10)
	}
	return "'{" + strings.Join(list, ",") + "}'::int[]"
}

// numbers is the column of numbers that a statement gives.
func (p *postgres) numbers(b *testing.B, statement string) []int64 {
	b.Helper()
	rows, err := p.conn.Query(b.Context(), statement, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		b.Fatalf("%s: %v", statement, err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		b.Fatalf("%s: %v", statement, err)
	}
	return list
}

// used is the processor time of the server's process, as Linux tells it.
func (p *postgres) used(b *testing.B) time.Duration {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", p.conn.PgConn().PID()))
	if err != nil {
		b.Fatal(err)
	}
	ns, err := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(ns)
}

// startPostgres starts a server and returns the address of a database, "" where
// none is installed. It is stopped when the benchmark ends.
func startPostgres(b *testing.B) (address string) {
	b.Helper()
	server, err := pgtest.Start("shared_buffers=1GB", "max_wal_size=8GB", "autovacuum=off")
	if err != nil {
		b.Log("PostgreSQL is left out: ", err)
		return ""
	}
	b.Cleanup(func() {
		if err := server.Stop(); err != nil {
			b.Error(err)
		}
	})
	if address, err = server.New(b.Context()); err != nil {
		b.Fatal(err)
	}
	return address
}
