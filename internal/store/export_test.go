package store

import (
	"context"
	"io/fs"

	"colophon/internal/archive"
)

// OpenWith opens a database with migrations other than the embedded ones.
func OpenWith(ctx context.Context, path string, o Options, migrations fs.FS) (*Store, error) {
	return open(ctx, path, o, migrations)
}

// NameKey is tested in a table of its own.
func NameKey(name string) string { return nameKey(name) }

// SortKey is tested in a table of its own.
func SortKey(title string) string { return sortKey(title) }

// Wrap is the edge that turns driver errors into ours.
func Wrap(doing string, err error) error { return wrap(doing, err) }

// Signed is a text as PostgreSQL holds it.
func Signed(s string) string { return signed(s) }

// Unsigned is the text that Signed was given.
func Unsigned(s string) string { return unsigned(s) }

// MaskText takes one address out of a text.
func MaskText(text, address string) string {
	return maskers([]archive.Sealed{{Address: address}}).text(text)
}
