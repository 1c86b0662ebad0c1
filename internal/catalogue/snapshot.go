package catalogue

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"

	"github.com/klauspost/compress/zstd"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// A snapshot is a line that names its format and version, the content compressed
// with zstd, and the CRC-32C of all that. Inside are the terms and their lists by
// name, then the columns one after another, then the orders; postings are made
// anew from them.
const snapshotMagic = "Colophon catalogue 1\n"

// WriteSnapshot writes the index, so that it can be read again instead of being
// built. Form is a number of the caller's for how keys of names and titles are
// made. Questions are answered meanwhile; changes wait.
func (c *Catalogue) WriteSnapshot(w io.Writer, form int) error {
	c.changing.Lock()
	defer c.changing.Unlock()
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	both := io.MultiWriter(w, sum)
	if _, err := io.WriteString(both, snapshotMagic); err != nil {
		return err
	}
	z, err := zstd.NewWriter(both, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	e := &encoder{w: bufio.NewWriterSize(z, 1<<16)}
	e.int(int64(form))
	c.now.encode(e)
	if err := errors.Join(e.w.Flush(), z.Close()); err != nil {
		return err
	}
	_, err = w.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	return err
}

// ReadSnapshot puts the index that was written in the place of the present one.
// A snapshot that is damaged, of another version or of another form is refused
// with an error of kind archive.Damaged, and changes nothing: the caller then
// builds the index.
func (c *Catalogue) ReadSnapshot(r io.Reader, form int) error {
	x, err := readIndex(r, form, c.fold)
	if err != nil {
		return archive.Wrap(archive.Damaged, "The snapshot of the catalogue cannot be used.", err)
	}
	x.fillPostings()
	x.arrange(true)
	x.trim()
	c.replace(x)
	return nil
}

var (
	errVersion = errors.New("it is of another version")
	errForm    = errors.New("keys are made otherwise now")
	errSum     = errors.New("its sum does not fit")
	errContent = errors.New("its parts do not fit together")
)

func readIndex(r io.Reader, form int, fold func(archive.TagKind, string) string) (*index, error) {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	tail := &tailed{r: bufio.NewReaderSize(r, 1<<16)}
	all := summed{tail, sum}
	magic := make([]byte, len(snapshotMagic))
	if _, err := io.ReadFull(all, magic); err != nil {
		return nil, err
	}
	if string(magic) != snapshotMagic {
		return nil, errVersion
	}
	z, err := zstd.NewReader(all, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	d := &decoder{r: bufio.NewReaderSize(z, 1<<16)}
	if d.int() != int64(form) && d.err == nil {
		return nil, errForm
	}
	x := newIndex(fold)
	x.decode(d)
	if d.err != nil {
		return nil, d.err
	}
	if _, err := d.r.ReadByte(); !errors.Is(err, io.EOF) {
		return nil, errors.Join(errContent, err)
	}
	if len(tail.last) != crc32.Size || binary.LittleEndian.Uint32(tail.last) != sum.Sum32() {
		return nil, errSum
	}
	return x, x.sound()
}

// tailed gives everything but the last bytes, which are a sum of the rest.
type tailed struct {
	r    *bufio.Reader
	last []byte // at the end
}

func (t *tailed) Read(p []byte) (int, error) {
	ahead, err := t.r.Peek(min(len(p), 1<<15) + crc32.Size)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	n := len(ahead) - crc32.Size
	if n <= 0 {
		t.last = slices.Clone(ahead)
		return 0, io.EOF
	}
	n = copy(p, ahead[:n])
	_, err = t.r.Discard(n)
	return n, err
}

func (x *index) encode(e *encoder) {
	e.int(x.seq)
	x.encodeTerms(e)
	encodeInts(e, x.story)
	encodeInts(e, x.columns.words)
	encodeInts(e, x.chapters)
	encodeInts(e, x.posted)
	encodeInts(e, x.updated)
	encodeInts(e, daysAsInts(x.from))
	encodeInts(e, daysAsInts(x.to))
	encodeRagged(e, &x.bears, x.size(), e.rising)
	encodeRagged(e, &x.title, x.size(), e.bytes)
	encodeRagged(e, &x.author, x.size(), e.bytes)
	for _, w := range x.flags {
		e.bits(w)
	}
	for _, w := range x.visible {
		e.bits(w)
	}
	for _, by := range sorts() {
		encodeInts(e, x.orders[by].docs)
	}
}

func (x *index) encodeTerms(e *encoder) {
	e.uint(uint64(len(x.kinds)))
	for i := range x.kinds {
		e.string(string(x.kinds[i].kind))
	}
	e.uint(uint64(len(x.all)))
	for n := range x.all {
		t := &x.all[n]
		e.uint(uint64(t.kind))
		e.uint(uint64(t.state))
		e.int(t.id)
		e.int(int64(t.order))
		e.uint(uint64(t.of + 1))
		e.string(t.key)
		e.string(t.name)
		e.string(x.about[uint32(n)])
		parents := slices.Clone(x.parents[uint32(n)])
		slices.Sort(parents)
		e.rising(parents)
	}
	for i := range x.kinds {
		k := &x.kinds[i]
		encodeInts(e, k.byKey)
		e.uint(uint64(len(k.starts)))
		for _, s := range k.starts {
			e.uint(uint64(s.term))
			e.uint(uint64(s.at))
		}
	}
}

func (x *index) decode(d *decoder) {
	x.seq = d.int()
	x.decodeTerms(d)
	x.story = decodeInts[int64](d)
	x.columns.words = decodeInts[uint32](d)
	x.chapters = decodeInts[int32](d)
	x.posted = decodeInts[int64](d)
	x.updated = decodeInts[int64](d)
	x.from = intsAsDays(decodeInts[int32](d))
	x.to = intsAsDays(decodeInts[int32](d))
	decodeRagged(d, &x.bears, x.size(), d.rising)
	decodeRagged(d, &x.title, x.size(), d.bytes)
	decodeRagged(d, &x.author, x.size(), d.bytes)
	for f := range x.flags {
		x.flags[f] = d.bits()
	}
	for a := range x.visible {
		x.visible[a] = d.bits()
	}
	for _, by := range sorts() {
		x.orders[by].docs = decodeInts[uint32](d)
	}
}

func (x *index) decodeTerms(d *decoder) {
	for range d.length(255) {
		x.kindNumber(archive.TagKind(d.bytes(nil)))
	}
	var parents [][]uint32
	var buf []byte
	count := d.length(maxDocs)
	x.all = make([]term, 0, min(count, prealloc))
	x.postings = make([]posting, 0, min(count, prealloc))
	x.rank = make([]uint32, 0, min(count, prealloc))
	for range count {
		if d.err != nil {
			return
		}
		t := term{kind: uint8(d.length(max(len(x.kinds)-1, 0))), state: byte(d.length(int(synonym))), id: d.int(), order: int32(d.int())}
		t.of = uint32(d.uint()) - 1
		t.key, t.name, buf = d.pair(buf)
		about := string(d.bytes(nil))
		if len(x.kinds) == 0 || d.err != nil {
			d.fail(errContent)
			return
		}
		n := x.push(x.kinds[t.kind].kind, t)
		if about != "" {
			x.about[n] = about
		}
		parents = append(parents, d.rising(nil))
	}
	for n := range uint32(len(parents)) {
		x.relateAgain(d, n, parents[n])
	}
	for i := range x.kinds {
		x.decodeLists(d, &x.kinds[i])
	}
}

// decodeLists reads the lists by name of a kind.
func (x *index) decodeLists(d *decoder, k *kindTable) {
	k.byKey = decodeInts[uint32](d)
	n := d.length(maxDocs)
	k.starts = make([]start, 0, min(n, prealloc))
	for range n {
		s := start{term: uint32(d.uint()), at: uint32(d.uint())}
		if d.err != nil {
			return
		}
		if int(s.term) >= len(x.all) || int(s.at) > len(x.all[s.term].key) {
			d.fail(errContent)
			return
		}
		k.starts = append(k.starts, s)
	}
	for _, n := range k.byKey {
		if int(n) >= len(x.all) {
			d.fail(errContent)
		}
	}
}

// relateAgain restores the relations of a term, of which all are there.
func (x *index) relateAgain(d *decoder, n uint32, parents []uint32) {
	if of := x.all[n].of; of != none {
		if int(of) >= len(x.all) {
			d.fail(errContent)
			return
		}
		x.synonyms[of] = append(x.synonyms[of], n)
	}
	for _, p := range parents {
		if int(p) >= len(x.all) {
			d.fail(errContent)
			return
		}
		x.addParent(n, p)
	}
}

// sound checks that the parts of a snapshot fit together, so that nothing that
// it names is missing, and takes in which documents stand for which stories.
func (x *index) sound() error {
	n := x.size()
	fits := len(x.columns.words) == n && len(x.chapters) == n && len(x.posted) == n && len(x.updated) == n &&
		len(x.from) == n && len(x.to) == n
	for _, w := range x.flags {
		fits = fits && len(w) == (n+63)/64
	}
	for _, w := range x.visible {
		fits = fits && len(w) == (n+63)/64
	}
	for _, o := range x.orders {
		fits = fits && len(o.docs) <= n
		for _, doc := range o.docs {
			fits = fits && int(doc) < n
		}
	}
	for doc := range uint32(n) {
		for _, one := range x.bears.get(doc) {
			fits = fits && int(one) < len(x.all)
		}
		if story := x.story[doc]; story != 0 {
			x.ids.put(story, doc)
		} else {
			x.free = append(x.free, doc)
		}
	}
	if !fits {
		return errContent
	}
	return nil
}

// encodeRagged writes the values of each document, and before each block how many
// it has.
func encodeRagged[T any](e *encoder, r *ragged[T], size int, one func(values []T)) {
	for doc := range uint32(size) {
		if doc%blockSize == 0 {
			e.uint(uint64(len(r.blocks[doc/blockSize].items)))
		}
		one(r.get(doc))
	}
}

// decodeRagged reads what encodeRagged wrote. One reads into a buffer and
// returns it.
func decodeRagged[T any](d *decoder, r *ragged[T], size int, one func(buf []T) []T) {
	var buf []T
	for doc := uint32(0); doc < uint32(size) && d.err == nil; doc++ {
		if doc%blockSize == 0 {
			r.openFor(min(d.length(maxDocs), prealloc))
		}
		buf = one(buf)
		r.push(doc, buf)
	}
}

func daysAsInts(list []query.Day) []int32 {
	out := make([]int32, len(list))
	for i, d := range list {
		out[i] = int32(d)
	}
	return out
}

func intsAsDays(list []int32) []query.Day {
	out := make([]query.Day, len(list))
	for i, d := range list {
		out[i] = query.Day(d)
	}
	return out
}
