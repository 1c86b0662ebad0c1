// Package intake finds the pages to rescue: it walks folders and archives, tells
// pages from everything else by their content, and refuses hostile input by
// name.
//
// It hands out bytes. It does not decode text, parse pages, or write anything
// outside a temporary file of its own that is gone when Walk returns.
package intake

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"colophon/internal/archive"
)

// File is one page, read whole.
type File struct {
	// Path is relative to the PATH it was found under, with slashes, and unique
	// within one Walk. A member of an archive has the archive's path as its
	// folder: "name.zip/dir/page.html". A compressed page keeps its own name.
	Path string
	// Rel is the path as it stands under PATH, to which links of other pages
	// lead: Path without the number that may have made it unique.
	Rel      string
	Origin   string // the absolute path of the PATH it was found under
	Data     []byte // the page's bytes, expanded where it was compressed; visit may keep them
	Kind     archive.SourceKind
	Modified time.Time // the time its file system or archive gives, zero where it gives none
}

// Left is a file that was not read and why, or, where Remark says so, what was
// odd about a file that was.
type Left struct {
	Path   string // as File.Path; the name as it was written where that was refused
	Reason string // in words for the person who runs the rescue
	Code   string // one of the codes of this package
}

// Remark says that the file was read all the same: Code is CodeRenamed or
// CodeDamaged, the latter with all that could be read.
func (l Left) Remark() bool { return l.Code == CodeRenamed || l.Code == CodeDamaged }

// The codes of Left.
const (
	CodeEmpty      = "empty"
	CodeTooLarge   = "too-large"
	CodeImage      = "image"
	CodeStyle      = "style-sheet"
	CodeScript     = "script"
	CodeWord       = "word-processor"
	CodePDF        = "pdf"
	CodeBook       = "e-book"
	CodeData       = "data"    // text that is no page: XML, CSV, SQL, settings
	CodeArchive    = "archive" // of a kind that is not read, such as RAR
	CodeBinary     = "binary"
	CodeHidden     = "hidden" // hidden files and what operating systems leave behind
	CodeLink       = "link"
	CodeSpecial    = "special" // a device, socket or pipe
	CodeName       = "unsafe-name"
	CodeBomb       = "bomb"
	CodeTooMany    = "too-many"
	CodeTooDeep    = "too-deep"
	CodeEncrypted  = "encrypted"
	CodeUnreadable = "unreadable" // permission, a disk fault, an unknown compression, nothing left to read
	CodeDamaged    = "damaged"    // a remark: what could be read was read
	CodeRenamed    = "renamed"    // a remark: a second member of this name
)

// Limits bounds what is read. All sizes are counted while reading: what an
// archive declares is not believed. A zero stands for the default.
type Limits struct {
	MaxFile    int64 // bytes of one page
	MaxTotal   int64 // bytes expanded from one archive, the archives inside it included
	MaxEntries int   // members of one archive, the archives inside it included
	MaxRatio   int64 // expanded bytes for each compressed byte
	MaxDepth   int   // archives inside archives, the outermost counted
}

// DefaultLimits returns 10 MiB a page, 4 GiB and 200,000 members an archive,
// 200 to 1, and archives three deep.
func DefaultLimits() Limits {
	return Limits{MaxFile: 8 << 20, MaxTotal: 4 << 30, MaxEntries: 200_000, MaxRatio: 200, MaxDepth: 3}
}

// orDefaults fills in the defaults for zeros.
func (l Limits) orDefaults() Limits {
	d := DefaultLimits()
	l.MaxFile = cmp.Or(l.MaxFile, d.MaxFile)
	l.MaxTotal = cmp.Or(l.MaxTotal, d.MaxTotal)
	l.MaxEntries = cmp.Or(l.MaxEntries, d.MaxEntries)
	l.MaxRatio = cmp.Or(l.MaxRatio, d.MaxRatio)
	l.MaxDepth = cmp.Or(l.MaxDepth, d.MaxDepth)
	return l
}

// Walk reads every page under the paths and calls visit for it, and left for
// every other file. Each path is a folder, an archive or a page; a path given
// twice is read once. The order is that of Compare on the paths within each
// PATH, so the same input gives the same calls each time. No more than one page
// is in memory at once.
//
// A fault of one file goes to left and the walk goes on. Walk returns an error
// of kind archive.NotFound, before anything is read, where a path does not
// exist; the error of visit or ctx as it is; and an archive.Internal error
// where a temporary file cannot be written.
func Walk(ctx context.Context, paths []string, l Limits, visit func(File) error, left func(Left)) error {
	origins, err := resolve(paths)
	if err != nil {
		return err
	}
	w := &walker{ctx: ctx, limits: l.orDefaults(), visit: visit, left: left, taken: map[uint64]struct{}{}}
	for _, o := range origins {
		if err := w.origin(o); err != nil {
			return err
		}
	}
	return nil
}

// resolve makes the paths absolute and drops repeated ones.
func resolve(paths []string) ([]string, error) {
	var origins []string
	seen := map[string]bool{}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, archive.Wrap(archive.Invalid, "cannot make sense of the path "+p, err)
		}
		if _, err := os.Stat(abs); errors.Is(err, fs.ErrNotExist) {
			return nil, archive.Errorf(archive.NotFound, "there is no file or folder %s", p)
		}
		if !seen[abs] {
			seen[abs] = true
			origins = append(origins, abs)
		}
	}
	return origins, nil
}
