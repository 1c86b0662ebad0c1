package store

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// newest is the highest version among the migrations.
func newest(migrations fs.FS) (int64, error) {
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return 0, err
	}
	var top int64
	for _, name := range names {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		top = max(top, v)
	}
	return top, nil
}

// migrate brings the database from a version to the newest, each step and its
// version row in one transaction. A database with something in it is copied
// first.
func (s *Store) migrate(ctx context.Context, path string, from int64, migrations fs.FS) error {
	if from > 0 {
		kept, err := s.backup(ctx, filepath.Join(filepath.Dir(path), "backups"), from)
		if err != nil {
			return fmt.Errorf("copy the database before migrating: %w", err)
		}
		s.log.InfoContext(ctx, "database copied before migration", "file", kept, "version", from)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.writer, migrations,
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(s.log))
	if err != nil {
		return err
	}
	return s.up(ctx, p)
}

// up takes the steps that are missing.
func (s *Store) up(ctx context.Context, p *goose.Provider) error {
	done, err := p.Up(ctx)
	if err != nil {
		return err
	}
	for _, r := range done {
		s.log.InfoContext(ctx, "database migrated", "version", r.Source.Version, "took", r.Duration)
	}
	return nil
}

// backup writes a consistent copy of the database into dir and returns its
// path. A file that bears the final name is whole.
func (s *Store) backup(ctx context.Context, dir string, version int64) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	name := fmt.Sprintf("colophon-%d-%s.db", version, s.now().UTC().Format("20060102T150405.000000Z"))
	final := filepath.Join(dir, name)
	part := final + ".part"
	if err := os.RemoveAll(part); err != nil {
		return "", err
	}
	if _, err := s.writer.ExecContext(ctx, `VACUUM INTO $1`, part); err != nil {
		return "", err
	}
	if err := syncFile(part); err != nil {
		return "", err
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return "", err
	}
	if err := os.Rename(part, final); err != nil {
		return "", err
	}
	if err := syncDir(dir); err != nil {
		return "", err
	}
	return final, syncDir(filepath.Dir(dir))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
