// Package beside finds for tests what lies around them: the project's own folder
// and the shared data that may lie beside it. It holds no other helpers.
package beside

import (
	"os"
	"path/filepath"
	"testing"
)

// Root returns the project's folder: the nearest one above that has a go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

// Shared returns a file or folder of the shared data, or skips the test and says
// what is not there.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{filepath.Dir(Root(t)), "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared data is not here: " + path)
	}
	return path
}
