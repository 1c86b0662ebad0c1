package vault_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/vault"
)

// smallDiskEnv names a folder to mount a small disk on: set for the child that
// has its own mounts.
const smallDiskEnv = "COLOPHON_TEST_SMALL_DISK"

// A disk that fills up refuses further originals by name, keeps what it
// acknowledged, and leaves nothing half written.
func TestFullDisk(t *testing.T) {
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
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=512k"); err != nil {
		t.Fatalf("cannot mount: %v", err)
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	v, err := vault.Open(filepath.Join(dir, "vault"))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var kept []archive.Digest
	for n := 0; err == nil && n < 1000; n++ {
		var d archive.Digest
		if d, err = v.Put(t.Context(), storyPage(n)); err == nil {
			kept = append(kept, d)
		}
	}
	if !strings.Contains(archive.MessageOf(err), "no room left") {
		t.Errorf("after %d originals: %v", len(kept), err)
	}
	for _, d := range kept {
		if _, err := v.Get(t.Context(), d); err != nil {
			t.Error(err)
		}
	}
	if got := faults(t, v); len(got) != 0 || len(kept) == 0 {
		t.Errorf("%d kept, faults %v", len(kept), got)
	}
	fmt.Println("the disk is full after", len(kept))
}
