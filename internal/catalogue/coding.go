package catalogue

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"slices"
)

// encoder writes numbers and strings. A bufio.Writer keeps its first error for
// the end.
type encoder struct {
	w       *bufio.Writer
	scratch [binary.MaxVarintLen64]byte
}

func (e *encoder) uint(v uint64) {
	_, _ = e.w.Write(e.scratch[:binary.PutUvarint(e.scratch[:], v)])
}

func (e *encoder) int(v int64) {
	_, _ = e.w.Write(e.scratch[:binary.PutVarint(e.scratch[:], v)])
}

func (e *encoder) string(s string) {
	e.uint(uint64(len(s)))
	_, _ = e.w.WriteString(s)
}

func (e *encoder) bytes(b []byte) {
	e.uint(uint64(len(b)))
	_, _ = e.w.Write(b)
}

// rising writes numbers by what each adds to the one before.
func (e *encoder) rising(list []uint32) {
	e.uint(uint64(len(list)))
	last := uint32(0)
	for _, v := range list {
		e.uint(uint64(v - last))
		last = v
	}
}

func (e *encoder) bits(w words) {
	e.uint(uint64(len(w)))
	for _, v := range w {
		_, _ = e.w.Write(binary.LittleEndian.AppendUint64(e.scratch[:0], v))
	}
}

// encodeInts writes numbers by their difference to the one before.
func encodeInts[T int32 | int64 | uint32](e *encoder, list []T) {
	e.uint(uint64(len(list)))
	last := int64(0)
	for _, v := range list {
		e.int(int64(v) - last)
		last = int64(v)
	}
}

// decoder reads what an encoder wrote. Its first error ends it: what it gives
// from then on is 0.
type decoder struct {
	r   *bufio.Reader
	err error
}

var errTooLong = errors.New("a length is above its limit")

// prealloc is up to how many elements are made room for before they are read: a
// length may be damaged.
const prealloc = 1 << 20

func (d *decoder) fail(err error) {
	if d.err == nil && err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		d.err = err
	}
}

func (d *decoder) uint() uint64 {
	if d.err != nil {
		return 0
	}
	v, err := binary.ReadUvarint(d.r)
	d.fail(err)
	return v
}

func (d *decoder) int() int64 {
	if d.err != nil {
		return 0
	}
	v, err := binary.ReadVarint(d.r)
	d.fail(err)
	return v
}

// length reads a number of elements, which is at most most.
func (d *decoder) length(most int) int {
	n := d.uint()
	if n > uint64(most) {
		d.fail(errTooLong)
		return 0
	}
	return int(n)
}

// maxName is how long a name or key may be in a snapshot, in bytes.
const maxName = 1 << 24

// bytes reads a string into a buffer, and returns it.
func (d *decoder) bytes(buf []byte) []byte { return d.more(buf[:0]) }

// more appends a string to a buffer.
func (d *decoder) more(buf []byte) []byte {
	for n := d.length(maxName); n > 0 && d.err == nil; {
		part := min(n, prealloc)
		at := len(buf)
		buf = slices.Grow(buf, part)[:at+part]
		_, err := io.ReadFull(d.r, buf[at:])
		d.fail(err)
		n -= part
	}
	return buf
}

// pair reads two strings through a buffer into one piece of memory.
func (d *decoder) pair(buf []byte) (a, b string, _ []byte) {
	buf = d.bytes(buf)
	n := len(buf)
	buf = d.more(buf)
	both := string(buf)
	return both[:n], both[n:], buf
}

func (d *decoder) rising(buf []uint32) []uint32 {
	n := d.length(maxDocs)
	buf = buf[:0]
	last := uint32(0)
	for range n {
		last += uint32(d.uint())
		buf = append(buf, last)
		if d.err != nil {
			return nil
		}
	}
	return buf
}

// maxDocs is how many elements an array of a snapshot may have.
const maxDocs = 1 << 31

func (d *decoder) bits() words {
	n := d.length(maxDocs / 64)
	w := make(words, 0, min(n, prealloc))
	var b [8]byte
	for range n {
		_, err := io.ReadFull(d.r, b[:])
		d.fail(err)
		if d.err != nil {
			return nil
		}
		w = append(w, binary.LittleEndian.Uint64(b[:]))
	}
	return w
}

func decodeInts[T int32 | int64 | uint32](d *decoder) []T {
	n := d.length(maxDocs)
	list := make([]T, 0, min(n, prealloc))
	last := int64(0)
	for range n {
		last += d.int()
		if d.err != nil {
			return nil
		}
		list = append(list, T(last))
	}
	return list
}

// summed reads and sums up what it gives.
type summed struct {
	r   io.Reader
	sum hash.Hash32
}

func (s summed) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	_, _ = s.sum.Write(p[:n])
	return n, err
}
