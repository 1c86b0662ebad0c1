// Package vault keeps original bytes, each under its SHA-256, in a folder.
//
// A file is written under another name, made durable, and only then given its
// own: whatever bears a digest as its name is whole. Every read compares the
// bytes with the digest.
//
// It is not a cache and not a database: it does not know which story a digest
// belongs to, and it never deletes. The folder describes itself in a README, so
// that its contents can be read without this program. What is in it may hold
// e-mail addresses in clear: it is readable by its owner only.
package vault

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"colophon/internal/archive"
)

//go:embed README.txt
var readme []byte

const (
	readmeName = "README.txt"
	tempDir    = "tmp"
	lockName   = "lock" // in tempDir; held while a vault is open
	suffix     = ".zst"

	// syncs is how many files are made durable at once. A disk gathers the
	// waiting requests of a batch into few of its own.
	syncs = 16

	// maxSize is the largest original that is read back, a guard against
	// damaged length fields.
	maxSize = 4 << 30
)

// Vault is an open folder of originals. Its methods may be called at the same
// time, also from several processes. Every error that a method returns is an
// *archive.Error.
type Vault struct {
	dir  string
	lock *os.File
	enc  *zstd.Encoder
	dec  *zstd.Decoder
}

// Open opens the vault in a folder and makes it where there is none. Temporary
// files that a killed process left are removed when no other process has the
// vault open.
func Open(dir string) (*Vault, error) {
	v := &Vault{dir: dir}
	if err := v.open(); err != nil {
		_ = v.Close() // the first error is the one that tells
		return nil, wrap("open the vault "+dir, err)
	}
	return v, nil
}

func (v *Vault) open() (err error) {
	// Concurrency is bounded here, memory with it: each encoder keeps a window.
	v.enc, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(1<<20))
	if err != nil {
		return err
	}
	v.dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxSize))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(v.dir, tempDir), 0o700); err != nil {
		return err
	}
	if v.lock, err = os.OpenFile(filepath.Join(v.dir, tempDir, lockName), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return err
	}
	alone, err := lock(v.lock)
	if err != nil {
		return err
	}
	if alone {
		if err := v.tidy(); err != nil {
			return err
		}
	}
	if err := share(v.lock); err != nil {
		return err
	}
	return v.describe()
}

// Close gives the vault free. It does not wait for methods that still run.
func (v *Vault) Close() error {
	if v.enc != nil {
		_ = v.enc.Close() // holds nothing: every original was encoded in one call
	}
	if v.dec != nil {
		v.dec.Close()
	}
	if v.lock == nil {
		return nil
	}
	return wrap("close the vault", v.lock.Close())
}

// tidy removes what a killed process left. Nobody else has the vault open.
func (v *Vault) tidy() error {
	entries, err := os.ReadDir(filepath.Join(v.dir, tempDir))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == lockName {
			continue
		}
		if err := os.Remove(filepath.Join(v.dir, tempDir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// describe writes the README where it is missing or another.
func (v *Vault) describe() error {
	name := filepath.Join(v.dir, readmeName)
	if have, err := os.ReadFile(name); err == nil && bytes.Equal(have, readme) {
		return nil
	}
	temp, err := v.temp(readme)
	if err != nil {
		return err
	}
	if err := os.Rename(temp, name); err != nil {
		_ = os.Remove(temp)
		return err
	}
	return syncDir(v.dir)
}

// Put stores bytes and returns their digest once they are durable. Bytes that
// are there already are compared, not written again; a damaged file is
// replaced.
func (v *Vault) Put(ctx context.Context, data []byte) (archive.Digest, error) {
	digests, err := v.PutAll(ctx, [][]byte{data})
	if err != nil {
		return archive.Digest{}, err
	}
	return digests[0], nil
}

// PutAll stores several originals and returns their digests, in the order
// given, once all are durable. It costs far less than as many calls of Put:
// files are made durable side by side, and each folder once. After an error
// some of them may be stored, each of these whole.
func (v *Vault) PutAll(ctx context.Context, originals [][]byte) ([]archive.Digest, error) {
	digests := make([]archive.Digest, len(originals))
	first := map[archive.Digest]int{}
	for i, data := range originals {
		digests[i] = sha256.Sum256(data)
		if _, ok := first[digests[i]]; !ok {
			first[digests[i]] = i
		}
	}
	folders, err := v.folders(digests)
	if err != nil {
		return nil, wrap("keep the originals", err)
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(syncs)
	for d, i := range first {
		g.Go(func() error { return v.put(gctx, d, originals[i]) })
	}
	if err := g.Wait(); err != nil {
		return nil, wrap("keep the originals", err)
	}
	// Folders of originals that were there already are included: the process
	// that wrote them may not have come to this line.
	return digests, wrap("keep the originals", syncDirs(folders))
}

// folders makes the folders of digests, and names each once.
func (v *Vault) folders(digests []archive.Digest) ([]string, error) {
	var names []string
	made := false
	seen := map[string]bool{}
	for _, d := range digests {
		dir := filepath.Dir(v.path(d))
		if seen[dir] {
			continue
		}
		seen[dir] = true
		names = append(names, dir)
		err := os.Mkdir(dir, 0o700)
		made = made || err == nil
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	if made {
		return names, syncDir(v.dir)
	}
	return names, nil
}

// put writes one original; its folder is made durable by the caller.
func (v *Vault) put(ctx context.Context, d archive.Digest, data []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	final := v.path(d)
	if have, err := v.read(d); err == nil && len(have) == len(data) {
		return nil
	}
	temp, err := v.temp(v.enc.EncodeAll(data, nil))
	if err != nil {
		return err
	}
	if err := os.Rename(temp, final); err != nil {
		_ = os.Remove(temp)
		return err
	}
	return nil
}

// temp writes a durable file without a name of its own yet.
func (v *Vault) temp(data []byte) (name string, err error) {
	f, err := os.CreateTemp(filepath.Join(v.dir, tempDir), "put-*") // made with mode 0600
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// path is where an original is: the first two digits are the folder. Two
// hundred and fifty-six folders hold a million originals at four thousand each,
// and a batch does not have to make a folder durable for each of its files.
func (v *Vault) path(d archive.Digest) string {
	hex := d.String()
	return filepath.Join(v.dir, hex[:2], hex+suffix)
}

// Get returns the original with a digest. Errors: NotFound where it is not
// here, Damaged where what is here is not it.
func (v *Vault) Get(ctx context.Context, d archive.Digest) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, wrap("read an original", err)
	}
	data, err := v.read(d)
	return data, wrap("read the original "+d.String(), err)
}

func (v *Vault) read(d archive.Digest) ([]byte, error) {
	packed, err := os.ReadFile(v.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, archive.Wrap(archive.NotFound, "The original "+d.String()+" is not in the vault.", err)
	}
	if err != nil {
		return nil, err
	}
	data, err := v.dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, archive.Wrap(archive.Damaged, "The original "+d.String()+" is damaged.", err)
	}
	if sha256.Sum256(data) != d {
		return nil, archive.Errorf(archive.Damaged, "The original %s is damaged: its bytes have another SHA-256.", d)
	}
	return data, nil
}

// Has says whether an original is here, without reading it.
func (v *Vault) Has(ctx context.Context, d archive.Digest) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, wrap("look for an original", err)
	}
	_, err := os.Stat(v.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, wrap("look for an original", err)
}

// wrap is the edge of the package. doing completes "Could not ...".
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*archive.Error](err); ok {
		return err
	}
	if errors.Is(err, syscall.ENOSPC) {
		return archive.Wrap(archive.Internal, "Could not "+doing+": there is no room left on the disk.", err)
	}
	return archive.Wrap(archive.Internal, "Could not "+doing+".", err)
}
