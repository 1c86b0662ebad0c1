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
	known := map[string]string{} // constants by name, for texts that are put together
	placeholder := regexp.MustCompile(`\$(\d+)`)
	seen := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, text := range literals(t, file, known) {
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

// literals are the raw string literals of a file, where its SQL is; one that goes
// on from a constant is given together with it.
func literals(t *testing.T, file string, known map[string]string) (texts []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if l, ok := literal(n); ok {
				known[n.Names[0].Name] = l
			}
		case *ast.BinaryExpr:
			name, isName := n.X.(*ast.Ident)
			l, isText := n.Y.(*ast.BasicLit)
			if isName && isText && known[name.Name] != "" {
				texts = append(texts, known[name.Name]+l.Value)
				return false
			}
		}
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && strings.HasPrefix(l.Value, "`") {
			texts = append(texts, l.Value)
		}
		return true
	})
	return texts
}

// literal is the value of a constant that is one raw string.
func literal(v *ast.ValueSpec) (string, bool) {
	if len(v.Values) != 1 {
		return "", false
	}
	l, ok := v.Values[0].(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	return l.Value, true
}
