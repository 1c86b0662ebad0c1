package store

import (
	"context"
	"database/sql"
	"strings"

	"colophon/internal/archive"
)

// dialect is what differs between SQLite and PostgreSQL once a database is open.
// All other SQL of the package is one text for both.
type dialect interface {
	// begin is the first step of a transaction that writes.
	begin(ctx context.Context, tx *sql.Tx) error
	// structure and references are what only the database itself can check.
	structure(ctx context.Context, c *checker) error
	references(ctx context.Context, c *checker) error
	search
}

// search is full text: what it finds is the same with every database, how well
// it ranks is not.
type search interface {
	// indexStory makes a story found that is not yet.
	indexStory(ctx context.Context, tx *batch, id int64, s *archive.Story) error
	unindexStory(ctx context.Context, tx *batch, id int64) error
	unindexAll(ctx context.Context, tx *batch) error
	// search returns the ids of one page of what is found, the best first, and how
	// many stories are found in all. Where there are too many to be ranked, those
	// that have all that is wanted in title or authors come first, then the newest.
	search(ctx context.Context, tx *batch, q question, limit, offset int64) (ids []int64, total int64, err error)
	// matches returns the ids of at most limit stories that are found, in no order.
	matches(ctx context.Context, tx *batch, q question, limit int64) ([]int64, error)
	// ranked orders some stories by how well they fit; those that are not found may
	// be left out.
	ranked(ctx context.Context, tx *batch, q question, among []int64) ([]int64, error)
	searchRules() []rowRule
}

// question is what is looked for, in which part of the stories.
type question struct {
	terms []term
	in    archive.SearchIn
	any   bool // one of the terms is enough, in title or authors
}

// IsPostgres tells the address of a PostgreSQL database from the path of a file.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// begun is one transaction's batch.
func (s *Store) begun(tx *sql.Tx) *batch {
	b := &batch{tx: tx, dialect: s.dialect}
	if _, ok := s.dialect.(sqlite); ok {
		b.stmts = map[string]*sql.Stmt{}
	}
	return b
}
