package intake

import (
	"io"
	"slices"
	"strings"
	"time"
)

// member is one file of an archive, from its table of contents.
type member struct {
	name     string   // cleaned; as written where it is refused
	no       *refusal // why it is not read, nil where it is
	modified time.Time
	at       int64 // zip: of its local header; tar: of its data
	packed   int64 // bytes it takes in the archive
	size     int64 // bytes it says it has; -1 where it does not say
	method   uint16
	sum      uint32
	summed   bool // sum is known
}

// hint is the size a member says it has, as far as text of the bytes that it
// takes in the archive can have it.
func (mem *member) hint() int64 { return max(0, min(mem.size, 16*mem.packed)) }

// contents is what an archive holds and how to read it.
type contents struct {
	members []member
	open    func(*member) (io.ReadCloser, error)
}

// members reads the members of the archive at base, in the order of their names.
func (w *walker) members(base string, c contents, m *meter, depth int) error {
	slices.SortStableFunc(c.members, func(a, b member) int { return Compare(a.name, b.name) })
	for i := range c.members {
		mem := &c.members[i]
		if m.over != nil {
			return nil
		}
		shown := base + "/" + mem.name
		switch {
		case mem.no != nil:
			w.leave(shown, mem.no)
			continue
		case hiddenPath(mem.name):
			w.leave(shown, notAPage())
			continue
		}
		it := item{path: w.unique(shown, strings.ToLower(shown)), rel: shown, size: -1, hint: mem.hint(), modified: mem.modified}
		if it.path != shown {
			w.remark(shown, CodeRenamed, "another file in the archive has this name, or differs from it in case only; read as "+it.path)
		}
		it.open = func() (io.ReadCloser, error) { return c.open(mem) }
		if err := w.take(it, m, depth); err != nil {
			return err
		}
	}
	return nil
}
