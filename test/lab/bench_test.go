package lab_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"
)

// profileEnv names a file for the processor profile of a process that works.
const profileEnv = "COLOPHON_LAB_PROFILE"

// profile begins a profile where one is wanted.
func profile() (stop func() error, err error) {
	name := os.Getenv(profileEnv)
	if name == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, pprof.StartCPUProfile(f)
}

// parseAll reads the pages below a folder with x/net/html alone, on as many
// goroutines as a rescue would: the yardstick.
func parseAll(ctx context.Context, dir string, jobs int) error {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	paths := make(chan string, jobs)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(paths)
		return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			select {
			case paths <- path:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	for range jobs {
		group.Go(func() error {
			for path := range paths {
				b, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				if _, err := html.Parse(bytes.NewReader(b)); err != nil && !tooDeep(err) {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// tooDeep is the refusal of pages with more than 512 open elements, which are
// part of every old folder.
func tooDeep(err error) bool {
	return err != nil && bytes.Contains([]byte(err.Error()), []byte("open stack"))
}

func BenchmarkRescue1k(b *testing.B)  { benchmarkRescue(b, 1000) }
func BenchmarkRescue10k(b *testing.B) { benchmarkRescue(b, 10_000) }

// benchmarkRescue rescues n pages of 40 KB into a new archive, and parses the
// same pages with x/net/html alone, each in a process of its own.
func benchmarkRescue(b *testing.B, n int) {
	dir := b.TempDir()
	bytes := int64(0)
	for i := range n {
		bytes += writePages(b, dir, []page{makePage(i, 40_000, 1)})
	}
	var rescued, parsed cost
	for b.Loop() {
		one := measure(b, work{Pages: dir, Data: b.TempDir()})
		yard := measure(b, work{Pages: dir, Parse: true})
		rescued.add(one)
		parsed.add(yard)
	}
	if rescued.Stories < n*b.N {
		b.Errorf("%d stories of %d pages", rescued.Stories, n*b.N)
	}
	b.SetBytes(bytes)
	mb := float64(bytes) * float64(b.N) / 1e6
	b.ReportMetric(mb/rescued.Seconds, "MB/s")
	b.ReportMetric(rescued.CPU/parsed.CPU, "x-parse-cpu")
	b.ReportMetric(rescued.Seconds/parsed.Seconds, "x-parse-wall")
	b.ReportMetric(rescued.PeakMB, "peak-MB")
	b.ReportMetric(1e6*rescued.Seconds/float64(n*b.N), "µs/page")
}

func measure(b *testing.B, w work) cost {
	b.Helper()
	c, err := start(b, w, 20*time.Minute)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// add sums costs up; of memory the most counts.
func (c *cost) add(o cost) {
	c.Seconds += o.Seconds
	c.CPU += o.CPU
	c.Stories += o.Stories
	c.PeakMB = max(c.PeakMB, o.PeakMB)
}
