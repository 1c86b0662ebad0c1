// Package script_test runs the program as a person would, from scripts that
// can be read: one file for each matter, in the txtar form of testscript.
//
// The program is built once. Besides the commands of testscript the scripts
// have those of commands_test.go, serve_test.go, expect_test.go and
// make_test.go; each says above it how it is used.
package script_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"colophon/test/pgtest"
)

// database is the server that scripts run on, nil for SQLite.
var database *pgtest.Server

// binaries is the folder that holds the programs, first on the PATH of scripts.
var binaries string

func TestMain(m *testing.M) {
	code, err := withProgram(func() int { return pgtest.Main(m.Run, &database) })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// withProgram builds the program, and the one that makes archives to try it with,
// for the time of run.
func withProgram(run func() int) (code int, err error) {
	dir, err := os.MkdirTemp("", "colophon-script-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for _, name := range []string{"colophon", "genarchive"} {
		build := exec.Command("go", "build", "-o", filepath.Join(dir, name), "./cmd/"+name)
		build.Dir = filepath.Join("..", "..")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("build %s: %w\n%s", name, err, out)
		}
	}
	binaries = dir
	return run(), nil
}

func TestScripts(t *testing.T) {
	examples, err := filepath.Abs(filepath.Join("..", "..", "examples"))
	if err != nil {
		t.Fatal(err)
	}
	if database != nil {
		for _, name := range []string{"colophon", "genarchive"} {
			program := filepath.Join(binaries, name)
			if err := errors.Join(os.Rename(program, program+"-itself"), database.Wrap(program, program+"-itself")); err != nil {
				t.Fatal(err)
			}
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: ".",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", binaries+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("EXAMPLES", examples)
			e.Values[serverKey{}] = new(state)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"ends":   ends,
			"serve":  serve,
			"stop":   stop,
			"get":    get,
			"crawl":  crawl,
			"sealed": sealed,
			"expect": expect,
			"make":   makeInput,
			"flip":   flip,
			"drop":   drop,
			"edit":   edit,
			"keeps":  keeps,
			"never":  never,
		},
		Condition: func(name string) (bool, error) {
			if name == "postgres" {
				return database != nil, nil
			}
			return false, fmt.Errorf("there is no condition %q", name)
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}
