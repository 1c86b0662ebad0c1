package house_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"colophon/test/beside"
)

var (
	// A guard in ARCHITECTURE.md is `lint: linter` or `lint: linter/rule`, or
	// `test: folder.TestName`.
	lintGuard = regexp.MustCompile("`lint: ([a-z]+)(?:/([a-z0-9-]+))?`")
	testGuard = regexp.MustCompile("`test: ([a-z/]+)\\.((?:Test|Fuzz)\\w+)`")
	// The same pages link to files beside them.
	localLink = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
)

// TestInvariantsAreGuarded looks for every lint rule and test that
// ARCHITECTURE.md names, and for invariants that name none.
func TestInvariantsAreGuarded(t *testing.T) {
	_, section, found := strings.Cut(read(t, "docs/ARCHITECTURE.md"), "\n## Invariants")
	if !found {
		t.Fatal("docs/ARCHITECTURE.md has no section Invariants")
	}
	rules, tests := read(t, ".golangci.yml"), testNames(t)
	for line := range strings.Lines(section) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| Invariant") {
			continue
		}
		linted, tested := lintGuard.FindAllStringSubmatch(line, -1), testGuard.FindAllStringSubmatch(line, -1)
		if len(linted)+len(tested) == 0 {
			t.Errorf("no guard is named for: %s", line)
		}
		for _, m := range linted {
			if !strings.Contains(rules, "\n    - "+m[1]+"\n") || m[2] != "" && !strings.Contains(rules, " "+m[2]+":") {
				t.Errorf(".golangci.yml has no %s", m[0])
			}
		}
		for _, m := range tested {
			if !tests[m[1]+"."+m[2]] {
				t.Errorf("there is no %s", m[0])
			}
		}
	}
}

// testNames returns the tests of the project as folder.TestName; folders below
// internal are named without it.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, f := range files(t) {
		if !f.test {
			continue
		}
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
				names[strings.TrimPrefix(f.dir(), "internal/")+"."+fn.Name.Name] = true
			}
		}
	}
	return names
}

// TestRulesHaveReasons wants a reason behind each forbidden import and name.
func TestRulesHaveReasons(t *testing.T) {
	lines := strings.Split(read(t, ".golangci.yml"), "\n")
	seen := 0
	for i, line := range lines {
		var want string
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(trimmed, "- pkg:"), strings.HasPrefix(trimmed, "pkg:"):
			want = "desc: "
		case strings.HasPrefix(trimmed, "- pattern:"):
			want = "msg: "
		default:
			continue
		}
		seen++
		if next := strings.TrimSpace(lines[i+1]); !strings.HasPrefix(next, want) || len(next) < 30 {
			t.Errorf(".golangci.yml:%d: %s has no reason on the next line", i+1, strings.TrimSpace(line))
		}
	}
	if seen == 0 {
		t.Error("no rule was found: the test does not fit the file")
	}
}

// TestDocumentsLinkToFiles follows the links of the documents to files of the
// project.
func TestDocumentsLinkToFiles(t *testing.T) {
	top := beside.Root(t)
	walk(t, ".md", func(name string, text []byte) {
		if strings.HasPrefix(name, "examples/") {
			return // the example archives describe themselves
		}
		for _, m := range localLink.FindAllSubmatch(text, -1) {
			target := filepath.Join(top, filepath.Dir(filepath.FromSlash(name)), filepath.FromSlash(string(m[1])))
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
	})
}

// TestArchitectureIsShort keeps the page one that is read.
func TestArchitectureIsShort(t *testing.T) {
	if n := strings.Count(read(t, "docs/ARCHITECTURE.md"), "\n"); n > 250 {
		t.Errorf("docs/ARCHITECTURE.md has %d lines, more than 250", n)
	}
}
