package intake

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// table is where a table of contents is.
type table struct {
	start   int64
	shift   int64  // by how much its offsets are off, because bytes were put before the archive
	entries uint64 // as claimed
}

// findTable finds the table of contents by the end record, which is within the
// last 64 KB.
func (z *zipFile) findTable() (t table, ok bool) {
	const sizeEnd = 22
	tail := z.read(max(0, z.size-sizeEnd-0xffff), int(min(z.size, sizeEnd+0xffff)))
	for i := len(tail) - sizeEnd; i >= 0; i-- {
		if !bytes.HasPrefix(tail[i:], []byte("PK\x05\x06")) {
			continue
		}
		end := tail[i:]
		le := binary.LittleEndian
		pos := z.size - int64(len(tail)) + int64(i)
		n, size, off := uint64(le.Uint16(end[10:])), uint64(le.Uint32(end[12:])), uint64(le.Uint32(end[16:]))
		if n == 0xffff || size == 0xffffffff || off == 0xffffffff {
			if p, n64, size64, off64, ok := z.find64(pos); ok {
				pos, n, size, off = p, n64, size64, off64
			}
		}
		return z.tableAt(pos, n, size, off)
	}
	return table{}, false
}

// find64 reads the end record of a large archive, which a locator before the
// ordinary one at pos points to.
func (z *zipFile) find64(pos int64) (at int64, n, size, off uint64, ok bool) {
	const sizeLocator, sizeEnd = 20, 56
	le := binary.LittleEndian
	loc := z.read(pos-sizeLocator, sizeLocator)
	if loc == nil || string(loc[:4]) != "PK\x06\x07" {
		return 0, 0, 0, 0, false
	}
	at = int64(le.Uint64(loc[8:]))
	end := z.read(at, sizeEnd)
	if end == nil || string(end[:4]) != "PK\x06\x06" {
		return 0, 0, 0, 0, false
	}
	return at, le.Uint64(end[32:]), le.Uint64(end[40:]), le.Uint64(end[48:]), true
}

// tableAt finds the table before its end record at pos: where that record says,
// or, where bytes were put before the archive, as far before its end as it is
// long.
func (z *zipFile) tableAt(pos int64, n, size, off uint64) (table, bool) {
	if n == 0 {
		return table{start: pos}, pos == 0 // files without a table are looked for one by one
	}
	for _, start := range []int64{int64(off), pos - int64(size)} {
		if sig := z.read(start, 4); sig != nil && string(sig) == sigEntry && start < pos {
			return table{start: start, shift: start - int64(off), entries: n}, true
		}
	}
	return table{}, false
}

// readTable reads entries while there are any, whatever their claimed number,
// of which small writers keep the lowest 16 bits only.
func (z *zipFile) readTable(t table) ([]member, error) {
	r := bufio.NewReaderSize(io.NewSectionReader(z.at, t.start, z.size-t.start), 64<<10)
	var members []member
	var h [sizeEntry]byte
	seen := uint64(0)
	for ; ; seen++ {
		if _, err := io.ReadFull(r, h[:]); err != nil || string(h[:4]) != sigEntry {
			break
		}
		le := binary.LittleEndian
		name, extra, comment := int(le.Uint16(h[28:])), int(le.Uint16(h[30:])), int(le.Uint16(h[32:]))
		if err := z.enlist(name); err != nil {
			return nil, err
		}
		rest := make([]byte, name+extra)
		if _, err := io.ReadFull(r, rest); err != nil {
			break
		}
		if _, err := r.Discard(comment); err != nil {
			break
		}
		mem := entryMember(h[:], rest[:name], rest[name:])
		mem.at += t.shift
		if mem.name != "" && !isFolder(rest[:name]) {
			members = append(members, mem)
		}
	}
	if seen != t.entries && seen%0x10000 != t.entries {
		return members, errTable
	}
	return members, nil
}

func isFolder(name []byte) bool {
	return bytes.HasSuffix(name, []byte("/")) || bytes.HasSuffix(name, []byte(`\`))
}

// entryMember makes a member of an entry of the table of contents.
func entryMember(h, name, extra []byte) member {
	le := binary.LittleEndian
	mem := member{
		method:   le.Uint16(h[10:]),
		modified: dosTime(le.Uint16(h[14:]), le.Uint16(h[12:])),
		sum:      le.Uint32(h[16:]),
		summed:   true,
		packed:   int64(le.Uint32(h[20:])),
		size:     int64(le.Uint32(h[24:])),
		at:       int64(le.Uint32(h[42:])),
	}
	flags := le.Uint16(h[8:])
	mem.name, mem.no = safeName(zipName(name, flags))
	mem.applyExtra(extra)
	const unix = 3
	if mem.no == nil && h[5] == unix {
		mem.no = unixMode(le.Uint32(h[38:]) >> 16)
	}
	if mem.no == nil && flags&flagEncrypted != 0 {
		mem.no = refuse(CodeEncrypted, "encrypted: it needs a password")
	}
	return mem
}

// zipName reads a name: UTF-8 where it is marked so or can be nothing else, the
// code page of DOS otherwise.
func zipName(name []byte, flags uint16) string {
	s := string(name)
	if flags&flagUTF8 != 0 || utf8.ValidString(s) {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return fromCP437(s)
}

// applyExtra takes the 64-bit sizes and the time from the extra fields.
func (mem *member) applyExtra(extra []byte) {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		tag, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			return
		}
		field := extra[:n]
		extra = extra[n:]
		switch {
		case tag == 1:
			for _, v := range []*int64{&mem.size, &mem.packed, &mem.at} {
				if *v == 0xffffffff && len(field) >= 8 {
					*v = int64(le.Uint64(field) &^ (1 << 63))
					field = field[8:]
				}
			}
		case tag == 0x5455 && n >= 5 && field[0]&1 != 0:
			mem.modified = time.Unix(int64(int32(le.Uint32(field[1:]))), 0).UTC()
		}
	}
}

// unixMode refuses what Unix does not call a file.
func unixMode(mode uint32) *refusal {
	switch mode & 0xf000 {
	case 0, 0x8000, 0x4000:
		return nil
	case 0xa000:
		return refuse(CodeLink, "a link; links are not followed")
	case 0x2000, 0x6000:
		return refuse(CodeSpecial, "a device, not a file")
	}
	return refuse(CodeSpecial, "not a file of the ordinary kind")
}

// dosTime reads a date and time of DOS, taken as UTC because the zone is lost.
func dosTime(date, clock uint16) time.Time {
	if date == 0 {
		return time.Time{}
	}
	return time.Date(1980+int(date>>9), time.Month(date>>5&15), int(date&31),
		int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, time.UTC)
}
