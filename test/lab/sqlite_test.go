package lab_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sqlite answers questions with SQL on tables of their own, in the driver of the
// store.
type sqlite struct {
	db    *sql.DB
	world *world
}

// newSQLite loads the stories of a world: their columns, and their links with tags
// both ways, the tags above a story's own among them.
func newSQLite(b *testing.B, w *world) *sqlite {
	b.Helper()
	path := filepath.Join(b.TempDir(), "yardstick.db")
	s := &sqlite{db: openSQLite(b, path, "synchronous(off)", "journal_mode(off)", "cache_size(-262144)"), world: w}
	statement := func(text string) {
		if _, err := s.db.ExecContext(b.Context(), text); err != nil {
			b.Fatalf("%s: %v", text, err)
		}
	}
	for _, text := range []string{
		`CREATE TABLE works (id INTEGER PRIMARY KEY, words INTEGER, posted INTEGER, updated INTEGER, rating INTEGER,
			language TEXT, complete INTEGER, crossover INTEGER, visibility INTEGER)`,
		`CREATE TABLE work_tags (work_id INTEGER, tag_id INTEGER, PRIMARY KEY (work_id, tag_id)) WITHOUT ROWID`,
		`CREATE TABLE tag_works (tag_id INTEGER, work_id INTEGER, PRIMARY KEY (tag_id, work_id)) WITHOUT ROWID`,
	} {
		statement(text)
	}
	s.load(b)
	for _, text := range []string{
		`INSERT INTO tag_works SELECT tag_id, work_id FROM work_tags ORDER BY tag_id, work_id`,
		`CREATE INDEX works_posted ON works (posted)`,
		`CREATE INDEX works_updated ON works (updated)`,
		`CREATE INDEX works_words ON works (words)`,
		`ANALYZE`,
	} {
		statement(text)
	}
	if err := s.db.Close(); err != nil {
		b.Fatal(err)
	}
	// From here on as the connections of the store that read.
	s.db = openSQLite(b, path, "query_only(on)", "trusted_schema(off)", "cell_size_check(on)", "cache_size(-8192)", "temp_store(memory)", "mmap_size(0)")
	b.Cleanup(func() {
		if err := s.db.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

func openSQLite(b *testing.B, path string, pragmas ...string) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?"+url.Values{"_pragma": pragmas}.Encode())
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// load writes the stories and their tags in one transaction.
func (s *sqlite) load(b *testing.B) {
	b.Helper()
	tx, err := s.db.BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	work, err := tx.PrepareContext(b.Context(), `INSERT INTO works (id, `+strings.Join(columnNames(), ", ")+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	defer work.Close()
	links, err := tx.PrepareContext(b.Context(), `INSERT INTO work_tags SELECT ?, value FROM json_each(?)`)
	if err != nil {
		b.Fatal(err)
	}
	defer links.Close()
	for i := range s.world.rows {
		id := s.world.rows[i].Story
		if _, err := work.ExecContext(b.Context(), append([]any{id}, s.world.columnsOf(i)...)...); err != nil {
			b.Fatal(err)
		}
		list, err := json.Marshal(s.world.under[i])
		if err != nil {
			b.Fatal(err)
		}
		if _, err := links.ExecContext(b.Context(), id, string(list)); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// ask begins with the stories of the rarest tag asked for, and looks the other
// tags up for each of them.
func (s *sqlite) ask(b *testing.B, q *asked) answered {
	b.Helper()
	from, where := "works w", q.conditions()
	include := slices.SortedFunc(slices.Values(q.include), func(a, b int64) int { return s.world.stories[a] - s.world.stories[b] })
	for i, tag := range include {
		if i == 0 {
			from = "tag_works i JOIN works w ON w.id = i.work_id"
			where = append([]string{fmt.Sprintf("i.tag_id = %d", tag)}, where...)
			continue
		}
		where = append(where, fmt.Sprintf("EXISTS (SELECT 1 FROM work_tags e WHERE e.work_id = w.id AND e.tag_id = %d)", tag))
	}
	for _, tag := range q.exclude {
		where = append(where, fmt.Sprintf("NOT EXISTS (SELECT 1 FROM work_tags e WHERE e.work_id = w.id AND e.tag_id = %d)", tag))
	}
	text := q.statements(from, where, "CROSS JOIN work_tags t ON t.work_id = w.id", "t.tag_id", s.world.spans)
	start := used()
	a := text.run(func(statement string) []int64 { return s.numbers(b, statement) })
	a.took = used() - start
	return a
}

// numbers is the column of numbers that a statement gives.
func (s *sqlite) numbers(b *testing.B, statement string) (list []int64) {
	b.Helper()
	rows, err := s.db.QueryContext(b.Context(), statement)
	if err != nil {
		b.Fatalf("%s: %v", statement, err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			b.Fatal(err)
		}
		list = append(list, n)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return list
}
