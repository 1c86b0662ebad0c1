package rescue

import (
	"context"
	"hash/maphash"
	"path"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/intake"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// folders is what the survey learnt of each folder of pages.
type folders struct {
	pages int // of the whole input
	seed  maphash.Seed
	byDir map[string]*folder
}

// folder is what the pages of one folder share. It is read-only once the survey
// is over.
type folder struct {
	seed      maphash.Seed
	seen      int // pages looked at
	lines     map[uint64]int
	titles    map[string]int
	encodings map[string]float64
}

const (
	// sample is how many pages of a folder the survey reads: enough to see what
	// is on each of them.
	sample = 24
	// edge is how many lines at either end of a page it remembers. Chrome stands
	// there, and a page's middle is not kept in memory.
	edge = 48
	// few is the number of pages below which repetition proves nothing.
	few = 3
)

// survey walks the input once and samples each folder.
func (r *run) survey(ctx context.Context, paths []string) error {
	r.folders = folders{seed: maphash.MakeSeed(), byDir: map[string]*folder{}}
	bytes := int64(0)
	err := intake.Walk(ctx, paths, r.options.Limits, func(f intake.File) error {
		r.folders.pages++
		bytes += int64(len(f.Data))
		r.progress(Progress{Stage: Surveying, Done: r.folders.pages, Bytes: bytes})
		if d := r.folders.of(f); d.seen < sample && len(f.Data) < 1<<20 {
			d.look(f)
		}
		return nil
	}, func(intake.Left) {})
	if err != nil {
		return err
	}
	for _, d := range r.folders.byDir {
		d.finish()
	}
	return nil
}

// of returns the folder of a file, which it makes where there is none.
func (fs *folders) of(f intake.File) *folder {
	k := f.Origin + "\x00" + path.Dir(f.Rel) + "\x00" + string(f.Kind)
	d := fs.byDir[k]
	if d == nil {
		d = &folder{seed: fs.seed, lines: map[uint64]int{}, titles: map[string]int{}, encodings: map[string]float64{}}
		fs.byDir[k] = d
	}
	return d
}

// look remembers the lines, title and encoding of a page.
func (d *folder) look(f intake.File) {
	text := charset.Decode(f.Data, charset.Hints{HTML: f.Kind == archive.HTML})
	p := readPage(text.S, f.Kind)
	d.seen++
	d.encodings[text.Dominant()]++
	d.titles[vocab.Fold(p.Title.Text)]++
	for _, part := range header.TitleSegments(p.Title.Text) {
		if part[1]-part[0] < len(p.Title.Text) {
			d.titles[vocab.Fold(p.Title.Text[part[0]:part[1]])]++
		}
	}
	once := map[uint64]bool{}
	for i := range p.Lines {
		if i >= edge && i < len(p.Lines)-edge {
			continue
		}
		if h, ok := d.hash(p.Lines[i].Text); ok && !once[h] {
			once[h] = true
			d.lines[h]++
		}
	}
}

func (d *folder) hash(text string) (uint64, bool) {
	if len(text) == 0 || len(text) > 400 {
		return 0, false
	}
	k := vocab.Fold(text)
	if len(k) < 2 {
		return 0, false
	}
	return maphash.String(d.seed, k), true
}

// finish forgets what only one page had and turns counts into shares.
func (d *folder) finish() {
	for h, n := range d.lines {
		if n < 2 {
			delete(d.lines, h)
		}
	}
	for name := range d.encodings {
		d.encodings[name] /= float64(max(1, d.seen))
	}
}

// Share implements page.Folder.
func (d *folder) Share(text string) float64 {
	if d.seen < few {
		return 0
	}
	h, ok := d.hash(text)
	if !ok {
		return 0
	}
	return float64(d.lines[h]) / float64(d.seen)
}

// common reports whether a page title names the site rather than a story.
func (d *folder) common(title string) bool {
	return d.seen >= few && d.titles[vocab.Fold(title)]*2 > d.seen
}

// neighbours returns the share of pages in each encoding, nil where too few
// pages were seen.
func (d *folder) neighbours() map[string]float64 {
	if d.seen < few {
		return nil
	}
	return d.encodings
}

func readPage(s string, kind archive.SourceKind) *page.Page {
	if kind == archive.HTML {
		return page.ReadHTML(s)
	}
	return page.ReadText(s)
}
