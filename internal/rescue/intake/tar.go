package intake

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// isTar says whether head begins a tar archive: by its magic, or in the form of
// before 1988 by the checksum of its first header.
func isTar(head []byte) bool {
	const sumAt, magicAt, block = 148, 257, 512
	if len(head) < block {
		return false
	}
	if bytes.HasPrefix(head[magicAt:], []byte("ustar")) {
		return true
	}
	written, err := strconv.ParseInt(strings.Trim(string(head[sumAt:sumAt+8]), " \x00"), 8, 64)
	if err != nil || head[0] == 0 {
		return false
	}
	sum := int64(0)
	for i, b := range head[:block] {
		if i >= sumAt && i < sumAt+8 {
			b = ' '
		}
		sum += int64(b)
	}
	return sum == written
}

// listTar reads the headers of a tar archive. With an error that is no refusal,
// the contents are those before the fault.
func listTar(at io.ReaderAt, size int64, m *meter) (contents, error) {
	sr := io.NewSectionReader(at, 0, size)
	tr := tar.NewReader(sr)
	c := contents{open: func(mem *member) (io.ReadCloser, error) {
		return newTarFile(at, mem.at, mem.size, size), nil
	}}
	for {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		if over := m.enlist(); over != nil {
			return c, over
		}
		pos, err := sr.Seek(0, io.SeekCurrent)
		if err != nil {
			return c, err
		}
		if mem, ok := tarMember(h, pos); ok {
			c.members = append(c.members, mem)
		}
	}
}

// tarMember makes a member of a header, false for folders and for headers that
// stand for no file.
func tarMember(h *tar.Header, pos int64) (member, bool) {
	mem := member{modified: h.ModTime.UTC(), at: pos, packed: h.Size, size: h.Size}
	mem.name, mem.no = safeName(h.Name)
	if mem.no != nil {
		return mem, true
	}
	switch h.Typeflag {
	case tar.TypeReg, tar.TypeCont:
		if isSparse(h) {
			mem.no = refuse(CodeSpecial, "a sparse file, which stands for more than it holds")
		}
		return mem, mem.name != "" && !strings.HasSuffix(h.Name, "/")
	case tar.TypeDir, tar.TypeXGlobalHeader:
		return mem, false
	case tar.TypeSymlink, tar.TypeLink:
		mem.no = refuse(CodeLink, "a link; links are not followed")
	case tar.TypeChar, tar.TypeBlock:
		mem.no = refuse(CodeSpecial, "a device, not a file")
	case tar.TypeFifo:
		mem.no = refuse(CodeSpecial, "a pipe, not a file")
	case tar.TypeGNUSparse:
		mem.no = refuse(CodeSpecial, "a sparse file, which stands for more than it holds")
	default:
		mem.no = refuse(CodeSpecial, "not a file of the ordinary kind")
	}
	return mem, true
}

func isSparse(h *tar.Header) bool {
	for k := range h.PAXRecords {
		if strings.HasPrefix(k, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// tarFile is a member of a tar archive; one that goes beyond the archive's end
// ends in io.ErrUnexpectedEOF.
type tarFile struct {
	*io.SectionReader
	short bool
}

func newTarFile(at io.ReaderAt, pos, size, total int64) *tarFile {
	held := max(0, min(size, total-pos))
	return &tarFile{SectionReader: io.NewSectionReader(at, pos, held), short: held < size}
}

// Read reads the member's bytes.
func (t *tarFile) Read(p []byte) (int, error) {
	n, err := t.SectionReader.Read(p)
	if t.short && errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Close does nothing: the archive is closed by who opened it.
func (t *tarFile) Close() error { return nil }
