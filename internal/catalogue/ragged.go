package catalogue

import "slices"

// blockSize is the number of documents whose values lie together.
const blockSize = 256

// ragged holds a slice of values for each document. The values of a block of
// documents lie in one piece of memory, which is written anew when one of them
// changes: changes cost some microseconds, and nothing has to be tidied up.
type ragged[T any] struct {
	blocks []block[T]
}

type block[T any] struct {
	ends  [blockSize]uint32 // where the values of each document end
	items []T
}

// get returns the values of a document, which must not be written to.
func (r *ragged[T]) get(doc uint32) []T {
	b := &r.blocks[doc/blockSize]
	i := doc % blockSize
	from := uint32(0)
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.items[from:b.ends[i]:b.ends[i]]
}

// push adds the values of the next document; doc is its number.
func (r *ragged[T]) push(doc uint32, values []T) {
	i := doc % blockSize
	if i == 0 {
		r.blocks = append(r.blocks, block[T]{})
		if len(r.blocks) > 1 {
			last := &r.blocks[len(r.blocks)-2]
			last.items = slices.Clip(slices.Clone(last.items))
		}
	}
	b := &r.blocks[doc/blockSize]
	b.items = append(b.items, values...)
	for ; i < blockSize; i++ {
		b.ends[i] = uint32(len(b.items))
	}
}

// set replaces the values of a document.
func (r *ragged[T]) set(doc uint32, values []T) {
	b := &r.blocks[doc/blockSize]
	i := doc % blockSize
	old := r.get(doc)
	end := int(b.ends[i])
	items := make([]T, 0, len(b.items)-len(old)+len(values))
	items = append(items, b.items[:end-len(old)]...)
	items = append(items, values...)
	b.items = append(items, b.items[end:]...)
	for ; i < blockSize; i++ {
		b.ends[i] += uint32(len(values)) - uint32(len(old))
	}
}
