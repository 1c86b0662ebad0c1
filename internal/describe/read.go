package describe

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"colophon/internal/archive"
)

// MaxBlock is how many bytes of a block are read. The largest header of which
// we know is a hundredth of that.
const MaxBlock = 8 << 20

// Record is what a block says.
type Record struct {
	// Story has the ID, revision, header, sources and times of the story, and
	// its chapters without text. Of a chapter's block it has that chapter, with
	// its notes, and the story's title, authors and language.
	Story    archive.Story
	N        int      // the number of the chapter a block is about, 0 for a story's
	Count    int      // how many chapters the story has; Story.Chapters are the first of them
	Words    int      // of all chapters
	Address  string   // of the story
	Chapters []string // addresses of the chapters in Story.Chapters
	Archive  string   // address of the archive
	Name     string   // of the archive
	Licence  string
}

// Read rebuilds a record from the block of a story or chapter. What is no such
// block is an Error of kind Invalid, what is longer than MaxBlock TooLarge.
func Read(jsonld []byte) (Record, error) {
	if len(jsonld) > MaxBlock {
		return Record{}, archive.Errorf(archive.TooLarge, "The description has more than %d bytes.", MaxBlock)
	}
	t, err := parse(jsonld)
	if err != nil {
		return Record{}, err
	}
	switch t.Type {
	case typeBook, typeShort, typeWork:
		return t.story()
	case typeChapter:
		return t.chapter()
	}
	return Record{}, archive.Errorf(archive.Invalid, "The description is not that of a story or chapter.")
}

func parse(jsonld []byte) (*thing, error) {
	t := &thing{}
	err := json.Unmarshal(jsonld, t)
	if err != nil {
		return nil, archive.Wrap(archive.Invalid, "The description is not one that Colophon wrote.", err)
	}
	return t, nil
}

// UnmarshalJSON reads a property with numbers as they are written: a whole
// number may be larger than a floating one can tell.
func (p *property) UnmarshalJSON(b []byte) error {
	type plain property // without this method
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode((*plain)(p))
}

func (t *thing) story() (Record, error) {
	r := Record{Address: cmp.Or(t.ID, t.URL), Licence: t.License}
	s := &r.Story
	s.Revision = t.Version
	if err := t.header(&s.Header); err != nil {
		return Record{}, err
	}
	x, err := readOwn(t.Own, &s.Header)
	if err != nil {
		return Record{}, err
	}
	s.Header.Bylines = t.bylines(x.order)
	if t.Identifier != "" {
		if s.ID, err = strconv.ParseInt(t.Identifier, 10, 64); err != nil {
			return Record{}, unfit("identifier", err)
		}
	}
	if s.Added, err = instant(ownAdded, x.added); err != nil {
		return Record{}, err
	}
	if s.Changed, err = instant(ownChanged, x.changed); err != nil {
		return Record{}, err
	}
	if s.Sources, err = sources(t.IsBasedOn); err != nil {
		return Record{}, err
	}
	if t.Provider != nil {
		r.Archive, r.Name = t.Provider.URL, t.Provider.Name
	}
	t.chapters(&r)
	r.Count = max(x.chapters, len(s.Chapters))
	return r, nil
}

// header reads the fields that schema.org has words for.
func (t *thing) header(h *archive.Header) error {
	h.Title, h.Summary, h.Language = t.Name, t.Abstract, t.InLanguage
	h.Genres, h.Keywords = t.Genre, t.Keywords
	h.Fandoms, h.Characters = namesOf(t.About), namesOf(t.Character)
	h.Rating.Written, h.Status = t.ContentRating, archive.Status(t.Status)
	h.Date.Normal, h.Updated.Normal = t.DateCreated, t.DateModified
	if t.IsPartOf != nil {
		h.Series.Name = t.IsPartOf.Name
	}
	switch p := t.Position.(type) {
	case nil:
	case string:
		h.Series.Part = p
	default:
		return unfit("position", nil)
	}
	return nil
}

// chapters reads the chapters that are listed, in the order of their positions.
func (t *thing) chapters(r *Record) {
	if t.WordCount == nil {
		return
	}
	r.Words = *t.WordCount
	parts := slices.DeleteFunc(slices.Clone(t.HasPart), func(p part) bool { return p.Type != typeChapter })
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.Position, b.Position) })
	for _, p := range parts {
		r.Story.Chapters = append(r.Story.Chapters, archive.Chapter{Title: p.Name, Words: p.WordCount})
		r.Chapters = append(r.Chapters, p.URL)
	}
	if len(parts) == 0 { // one without a title
		r.Story.Chapters = []archive.Chapter{{Words: r.Words}}
		r.Chapters = []string{r.Address}
	}
}

func (t *thing) chapter() (Record, error) {
	n, ok := t.Position.(float64)
	if !ok || n < 1 || n > 1<<31 || n != float64(int(n)) {
		return Record{}, unfit("position", nil)
	}
	r := Record{N: int(n), Chapters: []string{cmp.Or(t.ID, t.URL)}}
	var notes archive.Header
	if _, err := readOwn(t.Own, &notes); err != nil {
		return Record{}, err
	}
	c := archive.Chapter{Title: t.Name, Notes: notes.Notes}
	if t.WordCount != nil {
		c.Words = *t.WordCount
	}
	r.Story.Chapters = []archive.Chapter{c}
	r.Story.Header.Language = t.InLanguage
	if t.IsPartOf != nil {
		of := thing{Author: t.IsPartOf.Author}
		r.Address, r.Story.Header.Title = cmp.Or(t.IsPartOf.ID, t.IsPartOf.URL), t.IsPartOf.Name
		r.Story.Header.Bylines = of.bylines(nil)
	}
	return r, nil
}
