package house_test

import (
	"go/ast"
	"go/token"
	"slices"
	"testing"
)

// The budgets of the house, in lines.
const (
	maxFunc    = 100 // tables aside
	maxFuncP95 = 60
	maxFileP95 = 450
	maxPackage = 6000
)

// TestShape keeps functions, files and packages small enough to be read at one
// sitting. Tests and generated files are not counted.
func TestShape(t *testing.T) {
	var funcs, lengths []int
	packages := map[string]int{}
	for _, f := range files(t) {
		if f.test || f.generated {
			continue
		}
		lengths = append(lengths, f.lines)
		packages[f.dir()] += f.lines
		for _, d := range f.syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || isTable(fn.Body) {
				continue
			}
			n := f.lineOf(fn.End()) - f.lineOf(fn.Pos()) + 1
			funcs = append(funcs, n)
			if n > maxFunc {
				t.Errorf("%s:%d: %s has %d lines, more than %d", f.path, f.lineOf(fn.Pos()), fn.Name.Name, n, maxFunc)
			}
		}
	}
	if got := p95(funcs); got > maxFuncP95 {
		t.Errorf("one function in twenty has more than %d lines, want at most %d", got, maxFuncP95)
	}
	if got := p95(lengths); got > maxFileP95 {
		t.Errorf("one file in twenty has more than %d lines, want at most %d", got, maxFileP95)
	}
	for dir, n := range packages {
		if n > maxPackage {
			t.Errorf("%s has %d lines, more than %d: split it by feature", dir, n, maxPackage)
		}
	}
}

// p95 returns the length that one in twenty is above.
func p95(lengths []int) int {
	if len(lengths) == 0 {
		return 0
	}
	slices.Sort(lengths)
	return lengths[len(lengths)*95/100]
}

// isTable reports whether a body only returns one literal of plain data, which
// may be as long as its facts need.
func isTable(body *ast.BlockStmt) bool {
	if len(body.List) != 1 {
		return false
	}
	ret, ok := body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	value := ret.Results[0]
	if u, ok := value.(*ast.UnaryExpr); ok && u.Op == token.AND {
		value = u.X
	}
	if _, ok := value.(*ast.CompositeLit); !ok {
		return false
	}
	plain := true
	ast.Inspect(value, func(n ast.Node) bool {
		_, isFunc := n.(*ast.FuncLit)
		plain = plain && !isFunc
		return plain
	})
	return plain
}
