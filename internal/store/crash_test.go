package store_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/store"
	"colophon/test/pgtest"
)

// kills is how often TestKilledWriter kills; more of them find more.
var kills = flag.Int("kills", 12, "how many writers are killed")

// writerEnv makes the test binary a process that saves until it is killed, from
// the origin that originEnv names.
const (
	writerEnv = "COLOPHON_TEST_STORE_WRITER"
	originEnv = "COLOPHON_TEST_STORE_ORIGIN"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writerEnv); path != "" {
		if err := saveForever(context.Background(), path, os.Getenv(originEnv)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(pgtest.Main(m.Run, &server))
}

// batchOf is the n-th batch: four new stories, a change of an earlier one, and
// two that become one.
func batchOf(origin string, n int) []*archive.Story {
	page := func(path, content string) archive.Source { return page(origin, path, origin+content) }
	var stories []*archive.Story
	for i := range 4 {
		path := fmt.Sprintf("%d-%d", n, i)
		stories = append(stories, sample("Story "+path, fmt.Sprint("Writer ", i), page(path, path)))
	}
	if n > 0 {
		path := fmt.Sprintf("%d-0", n-1)
		stories = append(stories, sample("Story "+path+" again", "Writer 9", page(path, path+"b")))
		one, two := fmt.Sprintf("%d-1", n-1), fmt.Sprintf("%d-2", n-1)
		stories = append(stories, sample("Story "+one, "Writer 1", page(one, one), page(two, two)))
	}
	return stories
}

// saveForever saves batches from the first that is not there yet, and writes a
// line for each that Save has returned.
func saveForever(ctx context.Context, path, origin string) error {
	s, err := store.Open(ctx, path, store.Options{SealKey: testKey()})
	if err != nil {
		return err
	}
	known, err := s.Known(ctx, origin)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		if _, ok := known[fmt.Sprintf("%d-3", n)]; ok {
			continue
		}
		if _, err := s.Save(ctx, batchOf(origin, n)); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// A process killed at any moment leaves a sound archive with all that was
// acknowledged and nothing twice; the next one goes on where it stopped.
func TestKilledWriter(t *testing.T) {
	runs := *kills
	if testing.Short() {
		runs = 3
	}
	path := newAddress(t)
	acknowledged := -1
	for range runs {
		acknowledged = max(acknowledged, killedWriter(t, path, "/old", time.Duration(rand.Int64N(250))*time.Millisecond))
		s, err := store.Open(t.Context(), path, store.Options{SealKey: testKey()})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, s)
		known, err := s.Known(t.Context(), "/old")
		if err != nil {
			t.Fatal(err)
		}
		for n := range acknowledged + 1 {
			if _, ok := known[fmt.Sprintf("%d-3", n)]; !ok {
				t.Errorf("batch %d was acknowledged and is lost", n)
			}
		}
		o, err := s.Overview(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if whole := int64(len(known)); o.Stories != whole-merged(whole/4) {
			t.Errorf("%d stories from %d sources: a batch is there in part, or twice", o.Stories, whole)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d batches acknowledged", runs, acknowledged+1)
}

// Processes that save at the same time wait for one another: all that each has
// acknowledged is there, and nothing twice.
func TestWritersInTwoProcesses(t *testing.T) {
	path := newAddress(t)
	openAt(t, path) // the tables are made
	acknowledged := make([]int, 3)
	var wg sync.WaitGroup
	for i := range acknowledged {
		wg.Go(func() { acknowledged[i] = killedWriter(t, path, fmt.Sprint("/old", i), 2*time.Second) })
	}
	wg.Wait()
	s := openAt(t, path)
	sound(t, s)
	want := int64(0)
	for i, last := range acknowledged {
		known, err := s.Known(t.Context(), fmt.Sprint("/old", i))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := known[fmt.Sprintf("%d-3", last)]; !ok && last >= 0 {
			t.Errorf("writer %d: batch %d was acknowledged and is lost", i, last)
		}
		want += int64(len(known)) - merged(int64(len(known))/4)
	}
	if o, err := s.Overview(t.Context()); err != nil || o.Stories != want {
		t.Errorf("%d stories of %d: %v", o.Stories, want, err)
	}
}

// merged is how many stories have become part of others after so many batches.
func merged(batches int64) int64 { return max(batches-1, 0) }

// killedWriter runs a writer, kills it after a while, and returns the last
// batch it acknowledged, -1 for none.
func killedWriter(t *testing.T, path, origin string, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+path, originEnv+"="+origin)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	last := lastLine(out)
	_ = cmd.Wait() // it was killed: that is no failure
	return last
}

func lastLine(r io.Reader) int {
	last := -1
	for lines := bufio.NewScanner(r); lines.Scan(); {
		var n int
		if _, err := fmt.Sscan(lines.Text(), &n); err == nil {
			last = n
		}
	}
	return last
}
