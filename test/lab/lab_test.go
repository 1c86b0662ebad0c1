// Package lab_test measures and torments whole rescues: their speed and memory
// on generated pages, what is left of one that is killed at any moment, and
// what hostile pages cost. It measures the catalogue beside databases that are
// asked the same, and a served archive.
//
// It checks no single part; those have tests of their own beside them. What
// needs a process to itself runs in this test binary, started again.
package lab_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/rescue"
	"colophon/internal/store"
	"colophon/internal/vault"
	"colophon/test/pgtest"
)

// workEnv makes the test binary a process that does one piece of work.
const workEnv = "COLOPHON_LAB_WORK"

// work is what such a process is asked for.
type work struct {
	Pages string // folder or file to rescue, or to parse
	Data  string // the archive; "" for a dry run
	Jobs  int
	Parse bool   // only parse the pages
	Serve string // folder of a page to answer with; "" for none
}

// cost is what it took.
type cost struct {
	Seconds float64 // wall
	CPU     float64 // seconds of user and system, all threads
	PeakMB  float64 // most memory resident at any time
	Stories int
	Words   int64
	Left    []string
}

// database is the server that has the archives of the tests, nil for files. What
// is measured in a process of its own is on SQLite always.
var database *pgtest.Server

func TestMain(m *testing.M) {
	asked := os.Getenv(workEnv)
	if asked == "" {
		os.Exit(pgtest.Main(m.Run, &database))
	}
	var w work
	err := json.Unmarshal([]byte(asked), &w)
	if err == nil {
		err = w.do(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// do does the work and writes its cost to standard output.
func (w work) do(ctx context.Context) error {
	if w.Serve != "" {
		return w.serveBare(ctx)
	}
	stop, err := profile()
	if err != nil {
		return err
	}
	var c cost
	start, cpu := time.Now(), used()
	if w.Parse {
		err = parseAll(ctx, w.Pages, w.Jobs)
	} else {
		err = w.rescue(ctx, &c)
	}
	if err != nil {
		return err
	}
	c.Seconds, c.CPU = time.Since(start).Seconds(), (used() - cpu).Seconds()
	if c.PeakMB, err = peak(); err != nil {
		return err
	}
	if err := stop(); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(c)
}

// rescue is one whole rescue, into a store and a vault where there is an archive.
func (w work) rescue(ctx context.Context, c *cost) error {
	o := rescue.Options{Jobs: w.Jobs}
	if w.Data == "" {
		r, err := rescue.NewRescuer().Run(ctx, []string{w.Pages}, o, nil, nil, nil)
		c.take(r)
		return err
	}
	v, err := vault.Open(filepath.Join(w.Data, "vault"))
	if err != nil {
		return err
	}
	defer v.Close()
	key, err := store.LoadOrMakeKey(filepath.Join(w.Data, "keys", "seal.key"))
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, filepath.Join(w.Data, "colophon.db"), store.Options{SealKey: key})
	if err != nil {
		return err
	}
	defer s.Close()
	o.Scratch = w.Data
	r, err := rescue.NewRescuer().Run(ctx, []string{w.Pages}, o, v, keeper{s}, nil)
	c.take(r)
	return err
}

func (c *cost) take(r *rescue.Result) {
	if r == nil {
		return
	}
	c.Stories, c.Words = r.Stories, r.Words
	for _, l := range r.Left {
		c.Left = append(c.Left, l.Path+": "+l.Code)
	}
}

// keeper lets a rescue keep its stories in the store, as the command does.
type keeper struct{ *store.Store }

// Keep implements rescue.Keeper.
func (k keeper) Keep(ctx context.Context, stories []*archive.Story) ([]rescue.Kept, error) {
	saved, err := k.Save(ctx, stories)
	kept := make([]rescue.Kept, len(saved))
	for i, s := range saved {
		kept[i] = rescue.Kept{ID: s.ID, Outcome: rescue.Outcome(s.Outcome)}
	}
	return kept, err
}

// Likenesses implements rescue.Keeper.
func (k keeper) Likenesses(ctx context.Context, f func(id int64, title string, sketch []byte) error) error {
	return k.Sketches(ctx, f)
}

// used is the processor time of this process so far.
func used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// peak is the most memory that was resident, in MB.
func peak() (float64, error) { return memory("self", "VmHWM:") }

// memory is a figure of a process's memory, in MB, as Linux tells it.
func memory(process, figure string) (float64, error) {
	f, err := os.Open("/proc/" + process + "/status")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), figure); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s in %s", figure, f.Name())
}

// memoryLimit is the limit in MB that the rescue command sets.
func memoryLimit(jobs int) int {
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	return 64 + 128*jobs
}

// start runs work in a process of its own, within a time limit.
func start(t testing.TB, w work, limit time.Duration) (cost, error) {
	t.Helper()
	asked, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), workEnv+"="+string(asked), fmt.Sprintf("GOMEMLIMIT=%dMiB", memoryLimit(w.Jobs)))
	if !w.Parse {
		cmd.Env = append(cmd.Env, "GOGC=200") // as the rescue command; the yardstick is any program
	}
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return cost{}, fmt.Errorf("%w\n%s", err, beginning(errs.String()))
	}
	var c cost
	if err := json.Unmarshal(out, &c); err != nil {
		return cost{}, fmt.Errorf("%w in %s", err, out)
	}
	return c, nil
}

// beginning cuts the traces of a crash short.
func beginning(s string) string { return s[:min(len(s), 4000)] }
