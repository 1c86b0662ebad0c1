package intake

import "io"

// allowance is what may be expanded before any ratio is looked at: a page of
// one repeated line is odd, not hostile.
const allowance = 1 << 20

// meter counts what comes out of one outermost archive, with everything inside
// it.
type meter struct {
	limits  Limits
	packed  int64 // bytes of the archive itself
	out     int64 // bytes expanded so far
	entries int
	over    *refusal // why no more is read, nil while it is
}

// spend counts n bytes expanded and refuses once there are too many.
func (m *meter) spend(n int) error {
	m.out += int64(n)
	switch {
	case m.over != nil:
	case m.out > m.limits.MaxTotal:
		m.over = refuse(CodeBomb, "expands to more than %s; the rest of it was not read", megabytes(m.limits.MaxTotal))
	case m.out > 4*allowance && m.out/m.limits.MaxRatio > m.packed:
		m.over = refuse(CodeBomb, "expands to more than %d times its size; the rest of it was not read", m.limits.MaxRatio)
	}
	if m.over != nil {
		return m.over
	}
	return nil
}

// enlist counts a member and refuses once there are too many.
func (m *meter) enlist() error {
	m.entries++
	if m.entries > m.limits.MaxEntries {
		return refuse(CodeTooMany, "more than %d files in one archive; none of them was read", m.limits.MaxEntries)
	}
	return nil
}

// expander counts what a decompressor gives, against the meter and against the
// compressed bytes it came from.
type expander struct {
	r      io.Reader
	m      *meter
	packed func() int64 // compressed bytes behind what was given so far
	n      int64
}

// Read reads from r until a limit is met.
func (e *expander) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	e.n += int64(n)
	if over := e.m.spend(n); over != nil {
		return 0, over
	}
	if e.n > allowance && e.n/e.m.limits.MaxRatio > e.packed() {
		return 0, refuse(CodeBomb, "expands to more than %d times its size; refused", e.m.limits.MaxRatio)
	}
	return n, err
}

// counter counts the bytes read from r.
type counter struct {
	r io.Reader
	n int64
}

// Read reads from r.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
