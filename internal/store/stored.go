package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"

	"colophon/internal/archive"
	"colophon/internal/charset"
)

// The types here are the stored form of a header and of evidence, in JSON. They
// are converted field by field by the compiler: a field that is added to
// package archive stops the build here, where its stored name is decided. Names
// once used are never changed, and a zero value is left out, so that a new
// field leaves the digests of stored stories as they are. The small types inside
// a header (Stated, Byline) are stored under the names they have there.

type headerDoc struct {
	Title         string             `json:"title,omitzero"`
	Bylines       []archive.Byline   `json:"bylines,omitzero"`
	Fandoms       []string           `json:"fandoms,omitzero"`
	Rating        archive.Stated     `json:"rating,omitzero"`
	Warnings      []string           `json:"warnings,omitzero"`
	WarningsNone  bool               `json:"warnings_none,omitzero"`
	Relationships []string           `json:"relationships,omitzero"`
	Characters    []string           `json:"characters,omitzero"`
	Genres        []string           `json:"genres,omitzero"`
	Categories    []string           `json:"categories,omitzero"`
	Keywords      []string           `json:"keywords,omitzero"`
	Summary       string             `json:"summary,omitzero"`
	Notes         string             `json:"notes,omitzero"`
	Disclaimer    string             `json:"disclaimer,omitzero"`
	Spoilers      string             `json:"spoilers,omitzero"`
	Thanks        string             `json:"thanks,omitzero"`
	Dedication    string             `json:"dedication,omitzero"`
	Series        archive.Place      `json:"series,omitzero"`
	SequelTo      string             `json:"sequel_to,omitzero"`
	PrequelTo     string             `json:"prequel_to,omitzero"`
	Prerequisites []string           `json:"prerequisites,omitzero"`
	Status        archive.Status     `json:"status,omitzero"`
	Date          archive.Stated     `json:"date,omitzero"`
	Updated       archive.Stated     `json:"date_updated,omitzero"`
	Language      string             `json:"language,omitzero"`
	WordsStated   int                `json:"words_stated,omitzero"`
	Feedback      archive.Feedback   `json:"feedback,omitzero"`
	Homepage      string             `json:"homepage,omitzero"`
	Permission    string             `json:"archive_permission,omitzero"`
	ArchiveName   string             `json:"archive_name,omitzero"`
	ListName      string             `json:"list_name,omitzero"`
	Other         []archive.Labelled `json:"other,omitzero"`
}

type evidenceDoc struct {
	Field      archive.Field `json:"field"`
	Index      int           `json:"index,omitzero"`
	Source     string        `json:"source"`
	Start      int           `json:"start"`
	End        int           `json:"end"`
	Rule       string        `json:"rule"`
	Confidence float64       `json:"confidence"`
	Written    string        `json:"as_written"`
}

type findingDoc struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Source  string `json:"source,omitzero"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

type chapterDoc struct {
	Title string `json:"title,omitzero"`
	Notes string `json:"notes,omitzero"`
	Text  string `json:"text,omitzero"`
	Words int    `json:"words"`
}

type sourceDoc struct {
	Origin  string         `json:"origin"`
	Path    string         `json:"path"`
	Digest  string         `json:"sha256"`
	Size    int64          `json:"size"`
	Copy    bool           `json:"copy,omitzero"`
	Reading []charset.Span `json:"reading,omitzero"`
}

// revisionDoc is all of a story as it was.
type revisionDoc struct {
	Header   headerDoc     `json:"header"`
	Chapters []chapterDoc  `json:"chapters"`
	Sources  []sourceDoc   `json:"sources"`
	Evidence []evidenceDoc `json:"evidence"`
	Findings []findingDoc  `json:"findings"`
}

func evidenceDocs(items []archive.Evidence) []evidenceDoc {
	docs := make([]evidenceDoc, len(items))
	for i, e := range items {
		docs[i] = evidenceDoc(e)
	}
	return docs
}

func docOf(s *archive.Story) revisionDoc {
	d := revisionDoc{Header: headerDoc(s.Header), Evidence: evidenceDocs(s.Evidence)}
	for _, c := range s.Chapters {
		d.Chapters = append(d.Chapters, chapterDoc(c))
	}
	for i := range s.Sources {
		src := &s.Sources[i]
		d.Sources = append(d.Sources, sourceDoc{src.Origin, src.Path, src.Digest.String(), src.Size, src.Copy, src.Reading})
	}
	for _, f := range s.Findings {
		d.Findings = append(d.Findings, findingDoc(f))
	}
	return d
}

// encode is JSON without the escapes that only HTML needs.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// decode refuses names it does not know: losing one in silence is worse.
func decode(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return archive.Wrap(archive.Damaged, "A stored record cannot be read.", err)
	}
	return nil
}

// form is a story made ready to be stored: its records encoded, its digests
// taken.
type form struct {
	story    *archive.Story // with sealed addresses masked
	header   []byte
	evidence []byte
	work     archive.Digest // of header and text
	content  archive.Digest // of all that makes a revision
	title    string         // title key
	own      []place        // own sources, in order
	digests  []archive.Digest
}

// place is where a source was found; it stays the same when the bytes change.
type place struct{ origin, path string }

// shape makes the form of a story. The story itself is not changed.
func shape(s *archive.Story) (*form, error) {
	f := &form{story: mask(s), title: nameKey(s.Header.Title)}
	var err error
	if f.header, err = encode(headerDoc(f.story.Header)); err != nil {
		return nil, err
	}
	if f.evidence, err = encode(evidenceDocs(f.story.Evidence)); err != nil {
		return nil, err
	}
	for i := range s.Sources {
		if src := &s.Sources[i]; !src.Copy {
			f.own = append(f.own, place{src.Origin, src.Path})
			f.digests = append(f.digests, src.Digest)
		}
	}
	return f, f.sum()
}

// sum takes the digests. Copies are left out, as are the readings of sources:
// both may grow while the story is the same.
func (f *form) sum() error {
	h := sha256.New()
	var room [4 << 10]byte
	part(h, f.header)
	for _, c := range f.story.Chapters {
		part(h, []byte(c.Title))
		part(h, []byte(c.Notes))
		fmt.Fprintf(h, "%d:", len(c.Text))
		for text := c.Text; text != ""; { // a long text is not copied to be summed
			n := copy(room[:], text)
			h.Write(room[:n])
			text = text[n:]
		}
	}
	h.Sum(f.work[:0])
	part(h, f.evidence)
	findings := make([]findingDoc, len(f.story.Findings))
	for i, x := range f.story.Findings {
		findings[i] = findingDoc(x)
	}
	data, err := encode(findings)
	if err != nil {
		return err
	}
	part(h, data)
	for i, d := range f.digests {
		part(h, d[:])
		part(h, []byte(f.own[i].origin))
		part(h, []byte(f.own[i].path))
	}
	for _, x := range f.story.Sealed {
		part(h, fmt.Appendf(nil, "%s %d %d %s", x.Source, x.Start, x.End, x.Field))
	}
	h.Sum(f.content[:0])
	return nil
}

// part adds a value with its length, so that no two lists of values run
// together into the same bytes.
func part(h hash.Hash, data []byte) {
	fmt.Fprintf(h, "%d:", len(data))
	h.Write(data)
}
