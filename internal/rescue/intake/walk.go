package intake

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"colophon/internal/archive"
)

// walker is one Walk, which ends when ctx does.
type walker struct {
	ctx    context.Context
	limits Limits
	visit  func(File) error
	left   func(Left)
	base   string              // File.Origin of what is being read
	taken  map[uint64]struct{} // hashes of the paths given out, eight bytes each for a million files
	idle   []*bufio.Reader     // buffers of files that were read
}

// refusal is why a file is not read, in words for people.
type refusal struct{ code, reason string }

// Error returns the reason.
func (r *refusal) Error() string { return r.reason }

func refuse(code, format string, args ...any) *refusal {
	return &refusal{code: code, reason: fmt.Sprintf(format, args...)}
}

// leave reports a file that is not read.
func (w *walker) leave(path string, err error) {
	var r *refusal
	if !errors.As(err, &r) {
		r = refuse(CodeUnreadable, "cannot be read: %s", faultWords(err))
	}
	w.left(Left{Path: path, Reason: r.reason, Code: r.code})
}

// remark reports a file that is read although something is odd about it.
func (w *walker) remark(path, code, reason string) {
	w.left(Left{Path: path, Reason: reason, Code: code})
}

// origin reads one of the paths given to Walk.
func (w *walker) origin(abs string) error {
	w.base = abs
	info, err := os.Stat(abs)
	switch {
	case err != nil:
		w.leave(filepath.Base(abs), err)
		return nil
	case info.IsDir():
		root, err := os.OpenRoot(abs)
		if err != nil {
			w.leave(filepath.Base(abs), err)
			return nil
		}
		defer func() { _ = root.Close() }()
		return w.folder(root, ".")
	case !info.Mode().IsRegular():
		w.leave(filepath.Base(abs), special(info.Mode()))
		return nil
	}
	open := func() (io.ReadCloser, error) { return os.Open(abs) }
	return w.onDisk(legible(filepath.Base(abs)), info, open)
}

// folder reads a folder under root; rel is its path there, "." for root itself.
func (w *walker) folder(root *os.Root, rel string) error {
	entries, err := readDir(root, rel)
	if err != nil {
		shown := rel
		if rel == "." {
			shown = filepath.Base(w.base)
		}
		w.leave(legible(shown), err)
	}
	for _, e := range entries {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := w.entry(root, path.Join(rel, e.Name()), e); err != nil {
			return err
		}
	}
	return nil
}

// readDir returns a folder's entries in the order of Compare, as many as could
// be read where there is an error.
func readDir(root *os.Root, rel string) ([]fs.DirEntry, error) {
	d, err := root.Open(rel)
	if err != nil {
		return nil, err
	}
	defer func() { _ = d.Close() }()
	entries, err := d.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return Compare(a.Name(), b.Name()) })
	return entries, err
}

// entry reads one entry of a folder.
func (w *walker) entry(root *os.Root, rel string, e fs.DirEntry) error {
	shown := legible(rel)
	mode := e.Type()
	switch {
	case hidden(e.Name()):
		w.leave(shown, notAPage())
	case mode&fs.ModeSymlink != 0:
		w.leave(shown, refuse(CodeLink, "a link; links are not followed"))
	case mode.IsDir():
		return w.folder(root, rel)
	case !mode.IsRegular():
		w.leave(shown, special(mode))
	default:
		info, err := e.Info()
		if err != nil {
			w.leave(shown, err)
			return nil
		}
		return w.onDisk(shown, info, func() (io.ReadCloser, error) { return openRegular(root, rel) })
	}
	return nil
}

// openRegular opens a file and makes sure that it still is one: it may have
// been replaced since its folder was read.
func openRegular(root *os.Root, rel string) (io.ReadCloser, error) {
	info, err := root.Lstat(rel)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, special(info.Mode())
	}
	return root.Open(rel)
}

// onDisk reads a file that is not in an archive.
func (w *walker) onDisk(shown string, info fs.FileInfo, open func() (io.ReadCloser, error)) error {
	it := item{path: w.unique(shown, shown), rel: shown, size: info.Size(), modified: info.ModTime().UTC(), open: open}
	return w.take(it, nil, 0)
}

func notAPage() *refusal {
	return refuse(CodeHidden, "not a page: a hidden file or one of the operating system's own")
}

func special(mode fs.FileMode) *refusal {
	switch {
	case mode&fs.ModeSymlink != 0:
		return refuse(CodeLink, "a link; links are not followed")
	case mode&fs.ModeNamedPipe != 0:
		return refuse(CodeSpecial, "a pipe, not a file")
	case mode&fs.ModeSocket != 0:
		return refuse(CodeSpecial, "a socket, not a file")
	case mode&fs.ModeDevice != 0:
		return refuse(CodeSpecial, "a device, not a file")
	}
	return refuse(CodeSpecial, "not a file of the ordinary kind")
}

// unique returns shown, or shown with a number where its key has been taken.
func (w *walker) unique(shown, key string) string {
	out := shown
	for n := 2; ; n++ {
		h := fnv.New64a()
		_, _ = io.WriteString(h, key)
		if _, ok := w.taken[h.Sum64()]; !ok {
			w.taken[h.Sum64()] = struct{}{}
			return out
		}
		out, key = numbered(shown, n), numbered(key, n)
	}
}

// numbered puts " (n)" before the extension of a path's last segment.
func numbered(p string, n int) string {
	ext := path.Ext(p)
	return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(p, ext), n, ext)
}

// deliver hands a page to visit.
func (w *walker) deliver(it item, data []byte, kind archive.SourceKind) error {
	return w.visit(File{Path: it.path, Rel: it.rel, Origin: w.base, Data: data, Kind: kind, Modified: it.modified})
}
