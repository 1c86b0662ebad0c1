package intake

import (
	"bytes"
	"encoding/binary"
)

// salvage finds members by their local headers, for archives whose table of
// contents is lost. It always returns errTable or a refusal.
func (z *zipFile) salvage() ([]member, error) {
	var members []member
	for pos := int64(0); ; {
		start := z.find(pos, z.size, sigLocal)
		if start < 0 {
			return members, errTable
		}
		// What only looks like a header counts too: there must not be a billion.
		if err := z.enlist(0); err != nil {
			return nil, err
		}
		h := z.read(start, sizeLocal)
		if h == nil || !isSalvageable(h) {
			pos = start + 4
			continue
		}
		mem, end := z.localMember(h, start)
		z.names += len(mem.name)
		if mem.name != "" {
			members = append(members, mem)
		}
		pos = max(end, start+sizeLocal)
	}
}

// localMember makes a member of a local header and says where its data ends. A
// member written to a stream does not know its size; it ends at the next header.
func (z *zipFile) localMember(h []byte, start int64) (member, int64) {
	le := binary.LittleEndian
	nameLen, extraLen := int(le.Uint16(h[26:])), int(le.Uint16(h[28:]))
	flags := le.Uint16(h[6:])
	rest := z.read(start+sizeLocal, nameLen+extraLen)
	if rest == nil {
		return member{}, z.size
	}
	mem := member{
		at: start, method: le.Uint16(h[8:]), modified: dosTime(le.Uint16(h[12:]), le.Uint16(h[10:])),
		sum: le.Uint32(h[14:]), packed: int64(le.Uint32(h[18:])), size: int64(le.Uint32(h[22:])), summed: true,
	}
	mem.name, mem.no = safeName(zipName(rest[:nameLen], flags))
	if isFolder(rest[:nameLen]) {
		mem.name = ""
	}
	if mem.no == nil && flags&flagEncrypted != 0 {
		mem.no = refuse(CodeEncrypted, "encrypted: it needs a password")
	}
	mem.applyExtra(rest[nameLen:])
	data := start + sizeLocal + int64(nameLen+extraLen)
	if flags&flagDescriptor != 0 && mem.packed == 0 {
		mem.packed, mem.size, mem.summed = z.nextHeader(data)-data, -1, false
	}
	return mem, data + mem.packed
}

// nextHeader returns where the next header begins, the end of the archive where
// there is none.
func (z *zipFile) nextHeader(pos int64) int64 {
	next := z.size
	for _, sig := range []string{sigLocal, sigEntry, "PK\x07\x08"} {
		if at := z.find(pos, next, sig); at >= 0 {
			next = at
		}
	}
	return next
}

// find returns the first place of sig between pos and end, -1 where there is
// none. It looks at little first: the next header is mostly near.
func (z *zipFile) find(pos, end int64, sig string) int64 {
	for window := 512; pos <= end-int64(len(sig)); window = min(2*window, 64<<10) {
		n := int(min(int64(window), end-pos))
		b := z.read(pos, n)
		if b == nil {
			return -1
		}
		if i := bytes.Index(b, []byte(sig)); i >= 0 {
			return pos + int64(i)
		}
		pos += int64(n - len(sig) + 1)
	}
	return -1
}

// isSalvageable says whether a local header found by its signature is one.
func isSalvageable(h []byte) bool {
	le := binary.LittleEndian
	method, name := le.Uint16(h[8:]), le.Uint16(h[26:])
	return bytes.HasPrefix(h, []byte(sigLocal)) && h[4] <= 63 && h[5] == 0 && method <= 99 && name > 0 && name <= maxName
}
