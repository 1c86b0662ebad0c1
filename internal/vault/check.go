package vault

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"colophon/internal/archive"
)

// Fault is something that is wrong with the vault.
type Fault struct {
	Code    string // damaged, foreign, misplaced or temporary
	Message string // which file, and what is wrong with it
}

// Walk calls f with the digest and the size of every original, by digest. The
// size is the one that the file states of itself, -1 where it states none;
// nothing is compared. An error of f ends the walk and is returned.
func (v *Vault) Walk(ctx context.Context, f func(d archive.Digest, size int64) error) error {
	err := v.files(ctx, func(path string, d archive.Digest, ok bool) error {
		if !ok {
			return nil
		}
		size, err := statedSize(path)
		if err != nil {
			return err
		}
		return f(d, size)
	})
	return wrap("walk through the vault", err)
}

// Check reads every original and returns what is wrong: files whose bytes do
// not have the SHA-256 of their name, files that do not belong here, and
// leftovers of a process that was killed. An error means that it could not
// look.
func (v *Vault) Check(ctx context.Context) (faults []Fault, err error) {
	err = v.files(ctx, func(path string, d archive.Digest, ok bool) error {
		fault, err := v.check(path, d, ok)
		if fault.Code != "" {
			faults = append(faults, fault)
		}
		return err
	})
	if err != nil {
		return faults, wrap("check the vault", err)
	}
	entries, err := os.ReadDir(filepath.Join(v.dir, tempDir))
	for _, e := range entries {
		if e.Name() != lockName {
			faults = append(faults, Fault{"temporary", "tmp/" + e.Name() + " was being written, or is left from a process that was killed"})
		}
	}
	return faults, wrap("check the vault", err)
}

// check looks at one file. Its name gave the digest, where ok.
func (v *Vault) check(path string, d archive.Digest, ok bool) (Fault, error) {
	name, err := filepath.Rel(v.dir, path)
	if err != nil {
		return Fault{}, err
	}
	if !ok {
		return Fault{"foreign", name + " does not belong into the vault"}, nil
	}
	if path != v.path(d) {
		return Fault{"misplaced", name + " is not in the folder of its name"}, nil
	}
	_, err = v.read(d)
	switch archive.KindOf(err) {
	case "", archive.NotFound: // NotFound: taken away since the folder was read
		return Fault{}, nil
	case archive.Damaged:
		return Fault{"damaged", archive.MessageOf(err)}, nil
	}
	// A disk that cannot be read is a fault of this original, and no reason to
	// leave the others unread.
	return Fault{"damaged", name + " cannot be read: " + err.Error()}, nil
}

// files visits all files but the vault's own, in order. ok says whether the
// name is that of an original.
func (v *Vault) files(ctx context.Context, visit func(path string, d archive.Digest, ok bool) error) error {
	return filepath.WalkDir(v.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if e.IsDir() {
			if path == filepath.Join(v.dir, tempDir) {
				return fs.SkipDir
			}
			return nil
		}
		if path == filepath.Join(v.dir, readmeName) {
			return nil
		}
		d, ok := digestOf(e)
		return visit(path, d, ok)
	})
}

// digestOf reads the name of an original.
func digestOf(e fs.DirEntry) (archive.Digest, bool) {
	hex, ok := strings.CutSuffix(e.Name(), suffix)
	if !ok || !e.Type().IsRegular() || hex != strings.ToLower(hex) {
		return archive.Digest{}, false
	}
	d, err := archive.ParseDigest(hex)
	return d, err == nil
}

// statedSize reads the original's size from the header of its frame.
func statedSize(path string) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	head := make([]byte, zstd.HeaderMaxSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return 0, err
	}
	var h zstd.Header
	if h.Decode(head[:n]) != nil || !h.HasFCS {
		return -1, nil
	}
	return int64(h.FrameContentSize), nil
}
