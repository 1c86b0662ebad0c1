// Package house_test holds the rules of the house that a linter cannot state:
// the layers of .house.json, the shape of the code, where markup is written
// unescaped, and that the documents name guards that exist.
//
// It is not a place for tests of behaviour: those stand beside what they test.
package house_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"colophon/test/beside"
)

const module = "colophon"

// file is one parsed Go file of the project.
type file struct {
	path      string // from the root, with slashes
	lines     int
	syntax    *ast.File
	fset      *token.FileSet
	test      bool
	generated bool
}

// dir is the folder of the file's package, from the root.
func (f *file) dir() string { return path.Dir(f.path) }

// lineOf returns the line of a position.
func (f *file) lineOf(p token.Pos) int { return f.fset.Position(p).Line }

// read returns a file of the project as text.
func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(beside.Root(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// files parses every Go file of the project, without fixtures and the module
// of the tools.
func files(t *testing.T) []*file {
	t.Helper()
	var all []*file
	walk(t, ".go", func(name string, text []byte) {
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, &file{
			path:      name,
			lines:     bytes.Count(text, []byte("\n")),
			syntax:    syntax,
			fset:      fset,
			test:      strings.HasSuffix(name, "_test.go"),
			generated: ast.IsGenerated(syntax),
		})
	})
	return all
}

// walk visits the files of the project whose names end in ext.
func walk(t *testing.T, ext string, visit func(name string, text []byte)) {
	t.Helper()
	fsys := os.DirFS(beside.Root(t))
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if d.IsDir() && name != "." && (base[0] == '.' || base == "testdata" || base == "node_modules" || name == "tools") {
			return fs.SkipDir
		}
		if !d.Type().IsRegular() || path.Ext(name) != ext {
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err == nil {
			visit(name, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
