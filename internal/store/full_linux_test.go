package store_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// smallDiskEnv names a folder to mount a small disk on: set for the child that
// has its own mounts.
const smallDiskEnv = "COLOPHON_TEST_SMALL_DISK"

// A disk that fills up refuses a batch by name and whole; what was stored
// before stays and can be read.
func TestFullDisk(t *testing.T) {
	sqliteOnly(t, "the disk is the server's")
	if dir := os.Getenv(smallDiskEnv); dir != "" {
		fillDisk(t, dir)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestFullDisk$", "-test.v")
	cmd.Env = append(os.Environ(), smallDiskEnv+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS, Unshareflags: syscall.CLONE_NEWNS}
	out, err := cmd.CombinedOutput()
	switch {
	case cmd.Process == nil || strings.Contains(string(out), "cannot mount"):
		t.Skipf("a small disk cannot be mounted here: %v", err)
	case err != nil:
		t.Errorf("on a small disk: %v\n%s", err, out)
	case !strings.Contains(string(out), "the disk is full"):
		t.Errorf("the child tested nothing:\n%s", out)
	}
}

func fillDisk(t *testing.T, dir string) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Fatalf("cannot mount: %v", err)
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	s, err := store.Open(t.Context(), filepath.Join(dir, "colophon.db"), store.Options{SealKey: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	text := strings.Repeat("<p>The tide went out.</p>", 400)
	stored := 0
	for err == nil && stored < 10_000 {
		batch := []*archive.Story{large(stored, text), large(stored+1, text), large(stored+2, text)}
		if _, err = s.Save(t.Context(), batch); err == nil {
			stored += len(batch)
		}
	}
	if !strings.Contains(archive.MessageOf(err), "no room left") {
		t.Errorf("after %d stories: %v", stored, err)
	}
	sound(t, s)
	o, err := s.Overview(t.Context())
	if err != nil || o.Stories != int64(stored) || stored == 0 {
		t.Errorf("%d stories were acknowledged, %d are there: %v", stored, o.Stories, err)
	}
	fmt.Println("the disk is full after", stored)
}
