package vault_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/vault"
)

func open(t testing.TB) *vault.Vault {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "vault"))
}

func openAt(t testing.TB, dir string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

func put(t testing.TB, v *vault.Vault, data []byte) archive.Digest {
	t.Helper()
	d, err := v.Put(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// faults are the codes of what Check finds.
func faults(t testing.TB, v *vault.Vault) []string {
	t.Helper()
	found, err := v.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range found {
		codes = append(codes, f.Code)
	}
	return codes
}

// stored are the paths of the originals' files.
func stored(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "??", "*.zst"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestBytesComeBack(t *testing.T) {
	v := open(t)
	rapid.Check(t, func(r *rapid.T) {
		all := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 300), 1, 5).Draw(r, "originals")
		digests, err := v.PutAll(t.Context(), all)
		if err != nil {
			r.Fatal(err)
		}
		for i, d := range digests {
			if d != sha256.Sum256(all[i]) {
				r.Fatalf("original %d has the digest %s", i, d)
			}
			got, err := v.Get(t.Context(), d)
			if err != nil || !bytes.Equal(got, all[i]) {
				r.Fatalf("original %d came back as %q, %v", i, got, err)
			}
		}
	})
	if got := faults(t, v); len(got) != 0 {
		t.Errorf("faults: %v", got)
	}
}

func TestWalkNamesAll(t *testing.T) {
	v := open(t)
	want := map[archive.Digest]int64{}
	for i := range 40 {
		data := bytes.Repeat([]byte{'a'}, i*1000)
		want[put(t, v, data)] = int64(len(data))
		put(t, v, data)
	}
	got := map[archive.Digest]int64{}
	if err := v.Walk(t.Context(), func(d archive.Digest, size int64) error { got[d] = size; return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("walked (-want +got):\n%s", diff)
	}
}

func TestNotThere(t *testing.T) {
	v := open(t)
	d := put(t, v, []byte("here"))
	if ok, err := v.Has(t.Context(), d); !ok || err != nil {
		t.Errorf("Has: %v, %v", ok, err)
	}
	none := archive.Digest{1}
	if ok, err := v.Has(t.Context(), none); ok || err != nil {
		t.Errorf("Has of another: %v, %v", ok, err)
	}
	if _, err := v.Get(t.Context(), none); archive.KindOf(err) != archive.NotFound {
		t.Errorf("Get of another: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Put(ctx, []byte("too late")); err == nil {
		t.Error("Put went on after it was called off")
	}
}

// Every flipped bit that reaches the original is found, and putting the bytes again mends
// the file.
func TestEveryFlippedBitIsFound(t *testing.T) {
	dir := t.TempDir()
	v := openAt(t, dir)
	data := []byte("The lamp was out, and nobody had come to light it. The lamp was out.")
	d := put(t, v, data)
	file := stored(t, dir)[0]
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	unused := 0
	for i := range len(good) * 8 {
		bad := bytes.Clone(good)
		bad[i/8] ^= 1 << (i % 8)
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := v.Get(t.Context(), d)
		if err == nil && bytes.Equal(got, data) {
			unused++ // a bit that the format does not use: the original is whole
			continue
		}
		if archive.KindOf(err) != archive.Damaged {
			t.Fatalf("bit %d: %q, %v", i, got, err)
		}
		if i%8 != 0 {
			continue
		}
		if got := faults(t, v); len(got) != 1 || got[0] != "damaged" {
			t.Fatalf("bit %d: faults %v", i, got)
		}
	}
	t.Logf("%d flipped bits of %d left the original whole", unused, len(good)*8)
	for _, n := range []int{0, 1, len(good) / 2} {
		if err := os.WriteFile(file, good[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Get(t.Context(), d); archive.KindOf(err) != archive.Damaged {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
		put(t, v, data)
		if got, err := v.Get(t.Context(), d); err != nil || !bytes.Equal(got, data) {
			t.Errorf("put again: %q, %v", got, err)
		}
	}
}

func TestCheckNamesWhatDoesNotBelong(t *testing.T) {
	dir := t.TempDir()
	v := openAt(t, dir)
	put(t, v, []byte("one"))
	file := stored(t, dir)[0]
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"notes.txt", "ab/picture.jpg", "tmp/put-1", "zz/" + filepath.Base(file)} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(file, filepath.Join(dir, "ab", strings.Repeat("ab", 32)+".zst")); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, code := range faults(t, v) {
		got[code]++
	}
	want := map[string]int{"foreign": 3, "misplaced": 1, "temporary": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	a, b := openAt(t, dir), openAt(t, dir)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			v := a
			if i%2 == 0 {
				v = b
			}
			for n := range 10 {
				if _, err := v.PutAll(t.Context(), [][]byte{fmt.Append(nil, n), fmt.Append(nil, n), []byte("the same for all")}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := len(stored(t, dir)); got != 11 {
		t.Errorf("%d files, want 11", got)
	}
	if got := faults(t, a); len(got) != 0 {
		t.Errorf("faults: %v", got)
	}
}

// What a killed process left is removed, but not while another is at work.
func TestLeftoversAreRemoved(t *testing.T) {
	dir := t.TempDir()
	first, err := vault.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, "tmp", "put-1")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	second, err := vault.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); err != nil {
		t.Errorf("removed while a vault was open: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	v := openAt(t, dir)
	if got := faults(t, v); len(got) != 0 {
		t.Errorf("faults: %v", got)
	}
}

// Only the owner can read what is kept.
func TestVaultIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	v := openAt(t, dir)
	put(t, v, []byte("keeper@lamp.example"))
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A stranger reads the vault by its README alone.
func TestReadmeIsEnough(t *testing.T) {
	if _, err := exec.LookPath("zstd"); err != nil {
		t.Skip("zstd is not here: install it to check the vault's README by hand")
	}
	dir := t.TempDir()
	v := openAt(t, dir)
	for i := range 3 {
		put(t, v, storyPage(i))
	}
	text, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, script, ok := strings.Cut(string(text), "check all of them:\n")
	if !ok {
		t.Fatal("the README does not say how to check all")
	}
	script, _, _ = strings.Cut(script, "\n\n")
	run := func() string {
		cmd := exec.Command("sh", "-c", script)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil && len(out) == 0 {
			t.Logf("script: %v", err)
		}
		return string(out)
	}
	if out := run(); out != "" {
		t.Errorf("a whole vault: %q", out)
	}
	file := stored(t, dir)[1]
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(); !strings.Contains(out, filepath.Base(file)) {
		t.Errorf("a damaged vault: %q", out)
	}
}
