package house_test

import (
	"bytes"
	"strings"
	"testing"
)

// TestRawMarkupIsGated wants every place that writes markup unescaped to pass
// it through prose.Gate in the same line, so that it can be checked by eye.
func TestRawMarkupIsGated(t *testing.T) {
	check := func(name string, text []byte) {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			return
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			if bytes.Contains(line, []byte("templ.Raw(")) && !bytes.Contains(line, []byte("prose.Gate(")) {
				t.Errorf("%s:%d: templ.Raw without prose.Gate", name, i+1)
			}
		}
	}
	walk(t, ".templ", check)
	walk(t, ".go", check)
}
