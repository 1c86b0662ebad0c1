package pgtest

import (
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// wrapper makes of the data folder that a command names the name of a database,
// makes that where there is none, and gives the command on with its address.
const wrapper = `#!/bin/sh
folder=${COLOPHON_DATA:-colophon-data}
before=
for word; do
  [ "$before" = --data ] && folder=$word
  before=$word
done
case $folder in /*) ;; *) folder=$PWD/$folder ;; esac
name=folder$(printf %%s "${folder%%/}" | md5sum | cut -c1-32)
%[1]s/createdb -h %[2]s -U postgres "$name" 2>/dev/null
COLOPHON_DATABASE="postgres:///$name?host=%[2]s&user=postgres" exec %[3]s "$@"
`

// Wrap writes a program to path that runs another one, colophon, with a database
// of its own for each data folder: scripts that know folders only then run on
// PostgreSQL too.
func (s *Server) Wrap(path, colophon string) error {
	return os.WriteFile(path, fmt.Appendf(nil, wrapper, s.bin, s.dir, colophon), 0o755)
}

// Folder returns the address of the database that Wrap uses for a data folder;
// where there is no server, the path of the file in it. The database is made where
// there is none.
func (s *Server) Folder(ctx context.Context, data string) (string, error) {
	if s == nil {
		return filepath.Join(data, "colophon.db"), nil
	}
	data, err := filepath.Abs(data)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("folder%x", md5.Sum([]byte(data)))
	err = s.run(ctx, "postgres", "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && (e.Code == "42P04" || e.Code == "23505") { // it is there, or being made
		err = nil
	}
	return s.address(name), err
}
