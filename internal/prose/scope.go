package prose

import "golang.org/x/net/html/atom"

// scope is what a table cell shuts in: formatting opened inside it ends with it.
type scope struct {
	kind   atom.Atom // Table or Td; 0 outermost
	frames map[atom.Atom]*counted[effect]
	marks  [markCount]int
	set    Mark
	props  counted[props]
	langs  counted[string] // of inline elements
	lists  counted[bool]
	item   bool // a list item has begun and has no block yet
	quote  int
	pre    int
}

// maxScopes bounds how deep tables are kept apart.
const maxScopes = 64

// counted is a stack that keeps equal neighbours as one entry and, beyond a
// limit, only counts.
type counted[T comparable] struct {
	items []countedItem[T]
	over  int
}

type countedItem[T comparable] struct {
	value T
	n     int
}

const maxCounted = 4096

func (c *counted[T]) push(v T) bool {
	if k := len(c.items) - 1; k >= 0 && c.over == 0 && c.items[k].value == v {
		c.items[k].n++
		return true
	}
	if c.over > 0 || len(c.items) >= maxCounted {
		c.over++
		return false
	}
	c.items = append(c.items, countedItem[T]{v, 1})
	return true
}

// pop takes the newest value off; ok is false where there is none or where it
// was only counted.
func (c *counted[T]) pop() (v T, ok bool) {
	k := len(c.items) - 1
	switch {
	case c.over > 0:
		c.over--
		return v, false
	case k < 0:
		return v, false
	}
	v = c.items[k].value
	if c.items[k].n--; c.items[k].n == 0 {
		c.items = c.items[:k]
	}
	return v, true
}

func (c *counted[T]) top() (v T) {
	if k := len(c.items) - 1; k >= 0 {
		v = c.items[k].value
	}
	return v
}

// openTable begins a table, row or cell. A cell that is still open in the same
// table ends here.
func (p *parser) openTable(a atom.Atom) {
	p.flush()
	p.leaf = leaf{}
	if a != atom.Table && p.scope.kind == atom.Td {
		p.restore()
	}
	if a == atom.Tr {
		return
	}
	if len(p.saved) >= maxScopes {
		p.over++
		return
	}
	p.saved = append(p.saved, p.scope)
	p.scope.kind = atom.Td
	if a == atom.Table {
		p.scope.kind = atom.Table
	}
	p.scope.frames = map[atom.Atom]*counted[effect]{}
	p.scope.props = counted[props]{items: []countedItem[props]{{p.scope.props.top(), 1}}}
	p.scope.lists = counted[bool]{}
	p.scope.item = false
}

func (p *parser) closeTable(a atom.Atom) {
	p.flush()
	p.leaf = leaf{}
	if p.over > 0 {
		if a != atom.Tr {
			p.over--
		}
		return
	}
	if p.scope.kind == atom.Td {
		p.restore()
	}
	if a == atom.Table && p.scope.kind == atom.Table {
		p.restore()
	}
}

func (p *parser) restore() {
	k := len(p.saved) - 1
	p.scope = p.saved[k]
	p.saved = p.saved[:k]
}
