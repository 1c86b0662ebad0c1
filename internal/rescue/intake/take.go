package intake

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// headSize is how much of a file is looked at before it is read: enough to see
// text under a long comment or script at the top.
const headSize = 16 << 10

// item is a file before it is known what it is.
type item struct {
	path     string
	rel      string // path, before it was made unique
	size     int64  // -1 where only reading will tell
	hint     int64  // what it may come to then, 0 where there is no telling
	modified time.Time
	open     func() (io.ReadCloser, error)
}

// take finds out what a file is and reads it. The meter is that of the outermost
// archive it stands in, nil where it stands in none; depth is the number of
// archives around it.
func (w *walker) take(it item, m *meter, depth int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	r, err := it.open()
	if err != nil {
		w.leave(it.path, err)
		return nil
	}
	defer func() { _ = r.Close() }()
	br := w.reader(r)
	defer w.release(br)
	head, err := br.Peek(headSize)
	if len(head) == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			err = refuse(CodeEmpty, "empty")
		}
		w.leave(it.path, err)
		return nil
	}
	form, no := sniff(it.path, head)
	switch {
	case no != nil:
		w.leave(it.path, no)
		return nil
	case form == formPage:
		if it.size < 0 {
			return w.page(it, br, min(max(it.hint, int64(br.Buffered())), w.limits.MaxFile))
		}
		return w.page(it, br, it.size)
	}
	return w.enter(it, form, r, br, m, depth)
}

// reader returns a buffered reader of r, whose buffer may have served before.
func (w *walker) reader(r io.Reader) *bufio.Reader {
	n := len(w.idle)
	if n == 0 {
		return bufio.NewReaderSize(r, headSize)
	}
	br := w.idle[n-1]
	w.idle = w.idle[:n-1]
	br.Reset(r)
	return br
}

// release gives the buffer of a reader to be used again.
func (w *walker) release(br *bufio.Reader) {
	br.Reset(nil)
	w.idle = append(w.idle, br)
}

// page reads a page whole and hands it out. The size is a known one, or a guess
// that is not above the limit.
func (w *walker) page(it item, r io.Reader, size int64) error {
	if size > w.limits.MaxFile {
		w.leave(it.path, tooLarge(megabytes(size), w.limits.MaxFile))
		return nil
	}
	data, fault := readUpTo(r, w.limits.MaxFile, size)
	var no *refusal
	switch {
	case errors.As(fault, &no):
		w.leave(it.path, no)
		return nil
	case int64(len(data)) > w.limits.MaxFile:
		w.leave(it.path, tooLarge("more than "+megabytes(w.limits.MaxFile), w.limits.MaxFile))
		return nil
	case len(data) == 0:
		w.leave(it.path, fault)
		return nil
	}
	kind, no := classify(it.path, data)
	if no != nil {
		w.leave(it.path, no)
		return nil
	}
	if fault != nil {
		w.remark(it.path, CodeDamaged, "read as far as it goes: "+faultWords(fault))
	}
	return w.deliver(it, data, kind)
}

// readUpTo reads r to its end, or to one byte over the limit. The hint is the
// size expected.
func readUpTo(r io.Reader, limit, hint int64) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(int(min(hint, limit)) + bytes.MinRead)
	_, err := buf.ReadFrom(io.LimitReader(r, limit+1))
	return buf.Bytes(), err
}

// enter reads what is inside an archive or a compressed file. br holds all of
// r, whose first bytes it has already taken.
func (w *walker) enter(it item, f form, r io.Reader, br *bufio.Reader, m *meter, depth int) error {
	if depth >= w.limits.MaxDepth {
		w.leave(it.path, refuse(CodeTooDeep, "an archive inside %d others; the limit is %d", depth, w.limits.MaxDepth))
		return nil
	}
	if m != nil {
		return w.open(it, f, r, br, m, depth)
	}
	m = &meter{limits: w.limits, packed: it.size}
	if err := w.open(it, f, r, br, m, depth); err != nil {
		return err
	}
	if m.over != nil {
		w.leave(it.path, m.over)
	}
	return nil
}

// open reads an archive or compressed file of a known form.
func (w *walker) open(it item, f form, r io.Reader, br *bufio.Reader, m *meter, depth int) error {
	if f == formGzip {
		return w.gunzip(it, br, m, depth)
	}
	if at, ok := r.(sized); ok {
		return w.inside(it, f, source{at: at, size: at.Size()}, m, depth)
	}
	if at, ok := r.(io.ReaderAt); ok && it.size >= 0 {
		return w.inside(it, f, source{at: at, size: it.size}, m, depth)
	}
	s, fault, err := spool(w.ctx, br)
	if err != nil {
		return err
	}
	defer s.remove()
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if no, ok := errors.AsType[*refusal](fault); ok {
		w.leave(it.path, no)
		return nil
	}
	return w.inside(it, f, source{at: s.file, size: s.size, fault: fault}, m, depth)
}

// source is the bytes of an archive, with what went wrong when they were fetched.
type source struct {
	at    io.ReaderAt
	size  int64
	fault error
}

// inside reads the members of an archive.
func (w *walker) inside(it item, f form, src source, m *meter, depth int) error {
	list := listZip
	if f == formTar {
		list = listTar
	}
	c, fault := list(src.at, src.size, m)
	if no, ok := errors.AsType[*refusal](fault); ok {
		w.leave(it.path, no)
		return nil
	}
	if src.fault != nil {
		fault = src.fault
	}
	if fault != nil {
		w.remark(it.path, CodeDamaged, "read as far as it goes: "+faultWords(fault))
	}
	return w.members(it.path, c, m, depth+1)
}

// gunzip reads a compressed page, or an archive that is compressed as a whole,
// which counts as one archive with its compression.
func (w *walker) gunzip(it item, br *bufio.Reader, m *meter, depth int) error {
	packed := &counter{r: br}
	z, err := gzip.NewReader(bufio.NewReader(packed))
	if err != nil {
		w.leave(it.path, err)
		return nil
	}
	inner := item{path: it.path, rel: it.rel, size: -1, modified: it.modified}
	expanded := &expander{r: z, m: m, packed: func() int64 { return packed.n }}
	peeked := bufio.NewReaderSize(expanded, headSize)
	inner.open = func() (io.ReadCloser, error) { return io.NopCloser(peeked), nil }
	if head, _ := peeked.Peek(headSize); isTar(head) {
		return w.open(inner, formTar, peeked, peeked, m, depth)
	}
	return w.take(inner, m, depth+1)
}

func tooLarge(size string, limit int64) *refusal {
	return refuse(CodeTooLarge, "too large: %s, the limit is %s; raise it with --max-file", size, megabytes(limit))
}

// megabytes writes a size the way people ask for it, in units of 2^20 bytes,
// rounded up.
func megabytes(n int64) string {
	const mb = 1 << 20
	if n < mb {
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	}
	return fmt.Sprintf("%d MB", (n+mb-1)/mb)
}

// faultWords says what is wrong with a file in words that name no path and no
// system call.
func faultWords(err error) string {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, fs.ErrNotExist):
		return "it went away while the folder was being read"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "it is cut off"
	case errors.Is(err, errChecksum), errors.Is(err, gzip.ErrChecksum):
		return "its checksum does not match, so some of it may be wrong"
	case errors.Is(err, gzip.ErrHeader):
		return "what follows its compressed part is not compressed"
	case errors.As(err, &corrupt):
		return "its compressed part is damaged"
	case errors.Is(err, errTable):
		return errTable.Error()
	}
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return "it is damaged"
}
