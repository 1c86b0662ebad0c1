package store

import (
	"context"
	"database/sql"
)

// sqlite is the dialect of an SQLite file.
type sqlite struct{}

// begin has nothing to do: the connection takes the lock with BEGIN IMMEDIATE.
func (sqlite) begin(context.Context, *sql.Tx) error { return nil }

// structure lets SQLite compare its pages and indexes.
func (sqlite) structure(ctx context.Context, c *checker) error {
	return c.each(ctx, func(scan func(...any) error) error {
		var line string
		if err := scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			c.add("database", "the database file is damaged: %s", line)
		}
		return nil
	}, `PRAGMA integrity_check`)
}

func (sqlite) references(ctx context.Context, c *checker) error {
	return c.each(ctx, func(scan func(...any) error) error {
		var table, parent string
		var row sql.NullInt64
		var key int64
		if err := scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		c.add("reference", "row %d of %s points to a row of %s that is not there", row.Int64, table, parent)
		return nil
	}, `PRAGMA foreign_key_check`)
}
