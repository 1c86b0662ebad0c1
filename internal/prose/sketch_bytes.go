package prose

import (
	"encoding/binary"
	"slices"
)

// Merge returns the sketch of both texts together, as if one followed the
// other; the shingles across the join are missing.
func (a Sketch) Merge(b Sketch) Sketch {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), sketchSize)]
}

// Bytes returns the sketch for storing: four bytes a hash, little-endian.
func (a Sketch) Bytes() []byte {
	out := make([]byte, 0, 4*len(a))
	for _, h := range a {
		out = binary.LittleEndian.AppendUint32(out, h)
	}
	return out
}

// SketchOf reads what Bytes wrote; trailing bytes that are no whole hash are
// ignored.
func SketchOf(b []byte) Sketch {
	out := make(Sketch, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		out = append(out, binary.LittleEndian.Uint32(b))
	}
	return out
}
