package intake

import (
	"bufio"
	"compress/bzip2"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"slices"
)

// Of the zip format this reads what archives of pages use: APPNOTE.TXT 6.3.10
// sections 4.3 and 4.4. The standard library's reader takes the whole table of
// contents into memory however long it is, refuses archives that are cut off,
// and does not see entries that overlap; hence our own.
const (
	sigLocal  = "PK\x03\x04"
	sigEntry  = "PK\x01\x02"
	sizeLocal = 30
	sizeEntry = 46

	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
	flagUTF8       = 1 << 11

	// maxNames bounds the names of a table of contents, in bytes.
	maxNames = 32 << 20
)

var (
	errChecksum = errors.New("checksum does not match")
	errTable    = errors.New("its table of contents is missing or damaged")
)

// listZip reads the table of contents of a zip archive, or where that is lost,
// finds its members one after another. With an error that is no refusal, the
// contents are those that were found.
func listZip(at io.ReaderAt, size int64, m *meter) (contents, error) {
	z := &zipFile{at: at, size: size, meter: m}
	c := contents{open: z.open}
	var err error
	if t, ok := z.findTable(); ok {
		c.members, err = z.readTable(t)
	} else {
		c.members, err = z.salvage()
	}
	if err != nil && !errors.Is(err, errTable) {
		return contents{}, err
	}
	if over := z.overlap(c.members); over != nil {
		return contents{}, over
	}
	return c, err
}

type zipFile struct {
	at    io.ReaderAt
	size  int64
	meter *meter
	names int // bytes of names so far
}

// enlist counts a member and its name.
func (z *zipFile) enlist(name int) error {
	z.names += name
	if z.names > maxNames {
		return refuse(CodeTooMany, "its table of contents is too long; nothing in it was read")
	}
	return z.meter.enlist()
}

// read fills n bytes from pos, nil where the archive does not reach so far.
func (z *zipFile) read(pos int64, n int) []byte {
	if pos < 0 || pos > z.size-int64(n) {
		return nil
	}
	b := make([]byte, n)
	if _, err := z.at.ReadAt(b, pos); err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	return b
}

// localData returns where the data of the member whose local header is at pos
// begins.
func (z *zipFile) localData(pos int64) (int64, bool) {
	h := z.read(pos, sizeLocal)
	if h == nil || string(h[:4]) != sigLocal {
		return 0, false
	}
	le := binary.LittleEndian
	return pos + sizeLocal + int64(le.Uint16(h[26:])) + int64(le.Uint16(h[28:])), true
}

// overlap refuses archives whose members share bytes: that is how a small
// archive is made to hold more than it could.
func (z *zipFile) overlap(members []member) error {
	type span struct{ start, end int64 }
	spans := make([]span, 0, len(members))
	for i := range members {
		data, ok := z.localData(members[i].at)
		if !ok {
			continue
		}
		spans = append(spans, span{members[i].at, data + members[i].packed})
	}
	slices.SortFunc(spans, func(a, b span) int {
		if a.start < b.start {
			return -1
		}
		return 1
	})
	for i := 1; i < len(spans); i++ {
		if spans[i].start < spans[i-1].end {
			return refuse(CodeBomb, "its files overlap, as in archives made to fill the disk; none of them was read")
		}
	}
	return nil
}

// open returns the bytes of a member, counted and checked.
func (z *zipFile) open(mem *member) (io.ReadCloser, error) {
	data, ok := z.localData(mem.at)
	if !ok {
		return nil, refuse(CodeUnreadable, "the archive does not hold what its table of contents promises")
	}
	held := max(0, min(mem.packed, z.size-data))
	packed := &counter{r: io.NewSectionReader(z.at, data, held)}
	var r io.ReadCloser
	switch mem.method {
	case 0:
		r = io.NopCloser(packed)
	case 8:
		r = flate.NewReader(bufio.NewReader(packed))
	case 12:
		r = io.NopCloser(bzip2.NewReader(bufio.NewReader(packed)))
	default:
		return nil, refuse(CodeUnreadable, "compressed in a way that is not read here (method %d)", mem.method)
	}
	counted := &expander{r: r, m: z.meter, packed: func() int64 { return packed.n }}
	return &checked{r: counted, close: r.Close, mem: mem, sum: crc32.NewIEEE()}, nil
}

// checked compares what it read with the member's length and checksum.
type checked struct {
	r     io.Reader
	close func() error
	mem   *member
	sum   hash.Hash32
	n     int64
}

// Read reads from r; at its end it returns the fault, if there is one.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	_, _ = c.sum.Write(p[:n])
	c.n += int64(n)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	switch {
	case c.mem.size > c.n:
		err = io.ErrUnexpectedEOF
	case c.mem.summed && c.sum.Sum32() != c.mem.sum:
		err = errChecksum
	}
	return n, err
}

// Close closes the decompressor.
func (c *checked) Close() error {
	if err := c.close(); err != nil {
		return fmt.Errorf("close a member: %w", err)
	}
	return nil
}
