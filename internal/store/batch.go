package store

import (
	"context"
	"database/sql"
)

// batch is a transaction that prepares each statement once. The statements end
// with the transaction.
type batch struct {
	tx      *sql.Tx
	dialect dialect
	stmts   map[string]*sql.Stmt // nil where the driver keeps statements by itself
}

func (b *batch) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := b.stmts[query]; ok {
		return st, nil
	}
	st, err := b.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	b.stmts[query] = st
	return st, nil
}

// exec runs a statement that returns nothing.
func (b *batch) exec(ctx context.Context, query string, args ...any) error {
	if b.stmts == nil {
		_, err := b.tx.ExecContext(ctx, query, storable(args)...)
		return err
	}
	st, err := b.stmt(ctx, query)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx, args...)
	return err
}

// one scans the only row of a query; sql.ErrNoRows where there is none.
func (b *batch) one(ctx context.Context, query string, args, dest []any) error {
	if b.stmts == nil {
		return scanned(b.tx.QueryRowContext(ctx, query, storable(args)...).Scan)(dest...)
	}
	st, err := b.stmt(ctx, query)
	if err != nil {
		return err
	}
	return st.QueryRowContext(ctx, args...).Scan(dest...)
}

// id is the only value of the only row.
func (b *batch) id(ctx context.Context, query string, args ...any) (int64, error) {
	var id int64
	err := b.one(ctx, query, args, []any{&id})
	return id, err
}

// each calls f for every row; f scans it, and asks nothing else of the database:
// a connection to PostgreSQL answers one query after the other.
func (b *batch) each(ctx context.Context, f func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := b.rows(ctx, query, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	scan := rows.Scan
	if b.stmts == nil {
		scan = scanned(scan)
	}
	for rows.Next() {
		if err := f(scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (b *batch) rows(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if b.stmts == nil {
		return b.tx.QueryContext(ctx, query, storable(args)...)
	}
	st, err := b.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// ids are the values of a query with one column.
func (b *batch) ids(ctx context.Context, query string, args ...any) ([]int64, error) {
	var ids []int64
	err := b.each(ctx, func(scan func(...any) error) error {
		var id int64
		if err := scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	}, query, args...)
	return ids, err
}
