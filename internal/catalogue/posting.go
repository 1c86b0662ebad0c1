package catalogue

import "slices"

// sparseShare is the border between lists and bits: up to one document in so
// many, a list of four bytes for each is smaller than a bit for every document.
const sparseShare = 32

// posting is the documents that bear a term. It is the set of the same shape,
// kept current: lists that grow past the border become bits, and bits that fall
// well below it become a list.
type posting struct {
	list []uint32
	bits words
	n    uint32
}

// set returns the posting as a set that must not be written to, and that is
// valid until the posting changes.
func (p *posting) set() set {
	return set{list: p.list, bits: p.bits, count: int(p.n)}
}

// add puts a document that is not in the posting into it; docs is the number of
// documents of the index.
func (p *posting) add(doc uint32, docs int) {
	p.n++
	if p.bits == nil {
		i, _ := slices.BinarySearch(p.list, doc)
		p.list = slices.Insert(p.list, i, doc)
		if int(p.n) > max(docs/sparseShare, 64) {
			p.bits, p.list = p.set().mine(docs), nil
		}
		return
	}
	p.bits = p.bits.reach(int(doc) + 1)
	p.bits.put(doc, true)
}

// remove takes a document out of the posting that is in it.
func (p *posting) remove(doc uint32, docs int) {
	p.n--
	if p.bits == nil {
		i, _ := slices.BinarySearch(p.list, doc)
		p.list = slices.Delete(p.list, i, i+1)
		return
	}
	p.bits.put(doc, false)
	if int(p.n) < docs/sparseShare/2 {
		p.list = slices.AppendSeq(make([]uint32, 0, p.n), p.bits.each)
		p.bits = nil
	}
}
