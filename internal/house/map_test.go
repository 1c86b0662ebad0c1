package house_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mapRow is a row of the map in ARCHITECTURE.md: folder and layer, "–" for a
// folder outside the layers.
var mapRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([0-9]|–) \\|")

// TestMapIsComplete compares the map in ARCHITECTURE.md with the packages and
// with the layers of .house.json: none may be missing on either side.
func TestMapIsComplete(t *testing.T) {
	_, section, _ := strings.Cut(read(t, "docs/ARCHITECTURE.md"), "\n## Map")
	section, _, _ = strings.Cut(section, "\n## ")
	rules := readLayers(t)
	mapped := map[string]bool{}
	for _, m := range mapRow.FindAllStringSubmatch(section, -1) {
		mapped[m[1]] = false
		want := "–"
		if layer, _ := rules.find(m[1]); layer > 0 {
			want = strconv.Itoa(len(rules) - layer)
		}
		if m[2] != want {
			t.Errorf("the map puts %s into layer %s, .house.json into %s", m[1], m[2], want)
		}
	}
	mapped["tools"] = true // a module of its own, which files leaves out
	for _, f := range files(t) {
		if _, ok := mapped[f.dir()]; !ok {
			t.Errorf("%s is not on the map in docs/ARCHITECTURE.md", f.dir())
		}
		mapped[f.dir()] = true
	}
	for dir, found := range mapped {
		if !found {
			t.Errorf("the map in docs/ARCHITECTURE.md has %s, where no package is", dir)
		}
	}
}
