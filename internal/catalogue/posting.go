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
	many *counted // nil where list says all
}

// counted is bits with their number.
type counted struct {
	bits words
	n    int
}

// n is the number of documents.
func (p *posting) n() int {
	if p.many != nil {
		return p.many.n
	}
	return len(p.list)
}

// set returns the posting as a set that must not be written to, and that is
// valid until the posting changes.
func (p *posting) set() set {
	if p.many != nil {
		return set{bits: p.many.bits, count: p.many.n}
	}
	return listSet(p.list)
}

// border is up to how many of the documents of an index are kept as a list.
func border(docs int) int { return max(docs/sparseShare, 64) }

// add puts a document that is not in the posting into it; docs is the number of
// documents of the index.
func (p *posting) add(doc uint32, docs int) {
	if p.many != nil {
		p.many.n++
		p.many.bits = p.many.bits.reach(int(doc) + 1)
		p.many.bits.put(doc, true)
		return
	}
	i, _ := slices.BinarySearch(p.list, doc)
	p.list = slices.Insert(p.list, i, doc)
	if n := len(p.list); n > border(docs) {
		p.many, p.list = &counted{p.set().mine(docs), n}, nil
	}
}

// remove takes a document out of the posting that is in it.
func (p *posting) remove(doc uint32, docs int) {
	if p.many == nil {
		i, _ := slices.BinarySearch(p.list, doc)
		p.list = slices.Delete(p.list, i, i+1)
		return
	}
	p.many.n--
	p.many.bits.put(doc, false)
	if p.many.n < border(docs)/2 {
		p.list = slices.AppendSeq(make([]uint32, 0, p.many.n), p.many.bits.each)
		p.many = nil
	}
}
