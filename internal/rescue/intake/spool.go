package intake

import (
	"context"
	"io"
	"os"

	"colophon/internal/archive"
)

// sized is a reader whose bytes can be had in any order.
type sized interface {
	io.ReaderAt
	Size() int64
}

// spooled is a temporary file holding what only a stream gave: the members of
// an archive are read in the order of their names, not in its own.
type spooled struct {
	file *os.File
	size int64
}

// spool copies r to a temporary file. The fault is r's, with what was read
// before it kept; the error is that of the temporary file.
func spool(ctx context.Context, r io.Reader) (s *spooled, fault, err error) {
	f, err := os.CreateTemp("", "colophon-*")
	if err != nil {
		return nil, nil, spoolError(err)
	}
	s = &spooled{file: f}
	source := &faulty{ctx: ctx, r: r}
	s.size, err = io.Copy(f, source)
	if err != nil && source.err == nil {
		s.remove()
		return nil, nil, spoolError(err)
	}
	return s, source.err, nil
}

func spoolError(err error) error {
	return archive.Wrap(archive.Internal, "cannot write a temporary file to look into an archive", err)
}

// remove closes and deletes the file. What it leaves behind on failure is the
// operating system's to clear.
func (s *spooled) remove() {
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

// faulty ends at the first error of r and keeps it, to tell faults of reading
// from faults of writing.
type faulty struct {
	ctx context.Context
	r   io.Reader
	err error
}

// Read reads from r until ctx is done.
func (f *faulty) Read(p []byte) (int, error) {
	if f.err = f.ctx.Err(); f.err != nil {
		return 0, f.err
	}
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}
