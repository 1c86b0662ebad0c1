package house_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// layers are the packages of the tree from the highest layer to the lowest.
// A pattern that ends in /... stands for a whole subtree.
type layers [][]string

// readLayers reads .house.json.
func readLayers(t *testing.T) layers {
	t.Helper()
	var rules struct{ Layers layers }
	if err := json.Unmarshal([]byte(read(t, ".house.json")), &rules); err != nil {
		t.Fatal(err)
	}
	return rules.Layers
}

// find returns the layer of a package, counted from 1 at the top, and the
// pattern that put it there; 0 where none does.
func (l layers) find(dir string) (layer int, pattern string) {
	for i, patterns := range l {
		for _, p := range patterns {
			if len(p) > len(pattern) && fits(dir, p) {
				layer, pattern = i+1, p
			}
		}
	}
	return layer, pattern
}

// allows reports whether a package may import another: one of a lower layer,
// or one of its own pattern.
func (l layers) allows(from, to string) bool {
	a, pattern := l.find(from)
	b, _ := l.find(to)
	return b > a || fits(to, pattern)
}

// fits reports whether a pattern names a package.
func fits(dir, pattern string) bool {
	if top, ok := strings.CutSuffix(pattern, "/..."); ok {
		return dir == top || strings.HasPrefix(dir, top+"/")
	}
	return dir == pattern
}

// TestLayers holds every import against .house.json. The linter states the
// same rules with their reasons; this also catches a new package that no rule
// names.
func TestLayers(t *testing.T) {
	rules := readLayers(t)
	for _, f := range files(t) {
		if f.test {
			continue
		}
		if layer, _ := rules.find(f.dir()); layer == 0 {
			t.Errorf("%s: the package is in no layer of .house.json", f.path)
			continue
		}
		for _, im := range f.syntax.Imports {
			name, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			to, ours := strings.CutPrefix(name, module+"/")
			if ours && !rules.allows(f.dir(), to) {
				t.Errorf("%s:%d: %s may not import %s", f.path, f.lineOf(im.Pos()), f.dir(), to)
			}
		}
	}
}

func TestLayersRefuse(t *testing.T) {
	rules := readLayers(t)
	tests := []struct {
		from, to string
		want     bool
	}{
		{"cmd/colophon", "internal/store", true},
		{"internal/web", "internal/archive", true},
		{"internal/web", "internal/store", false},
		{"internal/store", "internal/vault", false},
		{"internal/store", "cmd/colophon", false},
		{"internal/store", "internal/store/words", true},
		{"internal/store/words", "internal/store", false},
		{"internal/rescue", "internal/rescue/header", true},
		{"internal/rescue/header", "internal/store", false},
		{"internal/archive", "internal/prose", true},
		{"internal/archive", "internal/rescue", false},
		{"internal/charset", "internal/prose", false},
		{"internal/prose", "internal/archive", false},
	}
	for _, tt := range tests {
		if got := rules.allows(tt.from, tt.to); got != tt.want {
			t.Errorf("%s imports %s: allowed %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
}
