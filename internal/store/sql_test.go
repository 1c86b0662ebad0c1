package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Placeholders are numbered in the order of their first appearance: one text
// then serves SQLite and PostgreSQL alike, and a driver that goes by order
// reads it the same way.
func TestPlaceholdersAreInOrder(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	placeholder := regexp.MustCompile(`\$(\d+)`)
	seen := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, text := range literals(t, file) {
			next := 1
			for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
				n, err := strconv.Atoi(m[1])
				if err != nil || n > next {
					t.Errorf("%s: $%s comes before $%d: %s", file, m[1], next, text)
					break
				}
				if n == next {
					next++
				}
				seen++
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d placeholders were found: the test looks in the wrong place", seen)
	}
}

// literals are the raw string literals of a file, where its SQL is.
func literals(t *testing.T, file string) (texts []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && strings.HasPrefix(l.Value, "`") {
			texts = append(texts, l.Value)
		}
		return true
	})
	return texts
}
