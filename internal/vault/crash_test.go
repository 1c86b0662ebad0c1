package vault_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/vault"
)

// kills is how often TestKilledWriter kills; more of them find more.
var kills = flag.Int("kills", 12, "how many writers are killed")

// writerEnv makes the test binary a process that puts until it is stopped.
const writerEnv = "COLOPHON_TEST_VAULT_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerEnv); dir != "" {
		if err := putForever(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// putForever puts batches of pages, and writes the digests of each that PutAll
// has returned.
func putForever(ctx context.Context, dir string) error {
	v, err := vault.Open(dir)
	if err != nil {
		return err
	}
	for n := rand.IntN(1 << 30); ; n += 8 {
		pages := make([][]byte, 8)
		for i := range pages {
			pages[i] = storyPage(n + i)
		}
		digests, err := v.PutAll(ctx, pages)
		if err != nil {
			return err
		}
		for _, d := range digests {
			fmt.Println(d)
		}
	}
}

// A process killed at any moment leaves whole originals and perhaps temporary
// files, and nothing that was acknowledged is missing.
func TestKilledWriter(t *testing.T) {
	runs := *kills
	if testing.Short() {
		runs = 3
	}
	dir := t.TempDir()
	kept := 0
	for range runs {
		acknowledged := killedWriter(t, dir, time.Duration(rand.Int64N(120))*time.Millisecond)
		kept += len(acknowledged)
		v, err := vault.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got := faults(t, v); len(got) != 0 {
			t.Errorf("faults: %v", got)
		}
		for _, d := range acknowledged {
			if _, err := v.Get(t.Context(), d); err != nil {
				t.Errorf("acknowledged and lost: %v", err)
			}
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d originals acknowledged", runs, kept)
}

func killedWriter(t *testing.T, dir string, after time.Duration) (acknowledged []archive.Digest) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if d, err := archive.ParseDigest(lines.Text()); err == nil {
			acknowledged = append(acknowledged, d)
		}
	}
	_ = cmd.Wait() // it was killed: that is no failure
	return acknowledged
}
