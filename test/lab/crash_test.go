package lab_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// crashesEnv says how often TestKilledRescue kills.
const crashesEnv = "COLOPHON_CRASHES"

// A rescue that is killed at any moment leaves a sound archive; given again, it
// ends as if it had never been killed: nothing lost, nothing twice.
func TestKilledRescue(t *testing.T) {
	runs := 8
	if n, err := strconv.Atoi(os.Getenv(crashesEnv)); err == nil {
		runs = n
	}
	x := &crashes{t: t, program: program(t), pages: t.TempDir()}
	writePages(t, x.pages, pages(150, 5000, 2))
	x.whole()
	if len(x.want) != 150 {
		t.Fatalf("%d stories of 150 pages", len(x.want))
	}
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	for i := range runs {
		x.once(i, r)
		if t.Failed() {
			break
		}
	}
	t.Logf("%d rescues of %v killed: %d before a story was kept, %d with some stories kept, %d with all, %d had ended", runs, x.length.Round(time.Millisecond), x.none, x.some, x.all, x.ended)
}

// crashes is one series of killed rescues of the same pages.
type crashes struct {
	t       *testing.T
	program string
	pages   string
	length  time.Duration // of a rescue that is not killed
	log     int64         // and of its database's log, at its longest
	want    []string      // its stories

	none, some, all, ended int
}

// once kills a rescue, now and then also the one that goes on from there.
func (x *crashes) once(i int, r *rand.Rand) {
	data := filepath.Join(x.t.TempDir(), "data")
	for range 1 + r.IntN(2) {
		x.killed(data, r)
		x.sound(data, i)
	}
	x.run(data, "rescue", "--data", data, x.pages)
	if out := x.run(data, "doctor", "--data", data); !strings.HasPrefix(out, "sound: 150 stories") {
		x.t.Errorf("kill %d, resumed: %s", i, out)
	}
	if diff := cmp.Diff(x.want, stories(x.t, data)); diff != "" {
		x.t.Errorf("kill %d: the resumed rescue has not the same stories (-whole +resumed):\n%s", i, diff)
	}
	if err := os.RemoveAll(data); err != nil {
		x.t.Fatal(err)
	}
}

// killed starts a rescue and kills it: at a random moment of its time, or, as
// keeping is the shortest stage, when the log of the database has grown to a
// random length.
func (x *crashes) killed(data string, r *rand.Rand) {
	cmd := exec.Command(x.program, "rescue", "--data", data, x.pages)
	if err := cmd.Start(); err != nil {
		x.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	moment, length := time.After(time.Hour), int64(1)<<62
	switch r.IntN(4) {
	case 0: // while the archive is made
		moment = time.After(time.Duration(r.Int64N(int64(x.length)/8 + 1)))
	case 1:
		moment = time.After(time.Duration(r.Int64N(int64(x.length))))
	default:
		length = r.Int64N(max(x.log, 1))
		if database != nil { // the log is the server's
			moment = time.After(x.length/4 + time.Duration(r.Int64N(int64(x.length))))
		}
	}
	for tick := time.NewTicker(200 * time.Microsecond); ; {
		select {
		case err := <-ended:
			if err == nil { // being killed is no failure
				x.ended++
			}
			return
		case <-moment:
			_ = cmd.Process.Kill()
		case <-tick.C:
			if logLength(data) > length {
				_ = cmd.Process.Kill()
			}
		}
	}
}

// sound checks what a killed rescue has left, and counts it.
func (x *crashes) sound(data string, i int) {
	if _, err := os.Stat(filepath.Join(data, "colophon.db")); errors.Is(err, fs.ErrNotExist) && (database == nil || len(stories(x.t, data)) == 0) {
		x.none++
		return
	}
	x.run(data, "doctor", "--data", data)
	switch n := len(stories(x.t, data)); {
	case n == 0:
		x.none++
	case n == len(x.want):
		x.all++
	case n < len(x.want):
		x.some++
	default:
		x.t.Errorf("kill %d: %d stories, more than there are", i, n)
	}
}

// logLength is how long the write-ahead log of an archive is now.
func logLength(data string) int64 {
	info, err := os.Stat(filepath.Join(data, "colophon.db-wal"))
	if err != nil {
		return 0
	}
	return info.Size()
}

// whole runs a rescue that is not killed, for comparison and to see how long it
// takes.
func (x *crashes) whole() {
	data := x.t.TempDir()
	done := make(chan struct{})
	begun := time.Now()
	go func() {
		defer close(done)
		x.run(data, "rescue", "--data", data, x.pages)
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		case <-time.After(200 * time.Microsecond):
			x.log = max(x.log, logLength(data))
		}
	}
	x.length = time.Since(begun)
	x.want = stories(x.t, data)
}

// run runs the program to its end, which must be a good one.
func (x *crashes) run(data string, args ...string) string {
	x.t.Helper()
	out, err := exec.Command(x.program, args...).CombinedOutput()
	if err != nil {
		x.t.Errorf("colophon %s on %s: %v\n%s", args[0], data, err, out)
	}
	return string(out)
}

// stories are the stories of an archive, each as one line that holds all that a
// rescue decides.
func stories(t *testing.T, data string) []string {
	t.Helper()
	address, err := database.Folder(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), address, store.Options{ReadOnly: true})
	if kind := archive.KindOf(err); kind == archive.Conflict || kind == archive.NotFound && database != nil {
		return nil // killed before the database had its tables
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var lines []string
	var ids []int64
	_, err = s.EachRow(t.Context(), func(r archive.Row) error {
		ids = append(ids, r.Story)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		story, err := s.Story(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line(story))
	}
	slices.Sort(lines)
	return lines
}

func line(s *archive.Story) string {
	var sources []string
	for _, x := range s.Sources {
		sources = append(sources, fmt.Sprintf("%s %s %v %d", x.Path, x.Digest, x.Copy, len(x.Reading)))
	}
	return fmt.Sprintf("%s: %q by %q, %q, %d words in %d chapters, revision %d, %d evidence, %d findings, %d sealed",
		strings.Join(sources, " + "), s.Header.Title, s.Header.Authors(), s.Header.Rating, s.Words(), len(s.Chapters), s.Revision, len(s.Evidence), len(s.Findings), len(s.Sealed))
}

// program builds the program for a test.
func program(t testing.TB) string {
	t.Helper()
	path := builtOf(t, "colophon")
	if database != nil {
		if err := database.Wrap(path+"-on-postgres", path); err != nil {
			t.Fatal(err)
		}
		path += "-on-postgres"
	}
	return path
}

// builtOf builds one of the commands.
func builtOf(t testing.TB, command string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), command)
	build := exec.Command("go", "build", "-o", path, "./cmd/"+command)
	build.Dir = filepath.Join("..", "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", command, err, out)
	}
	return path
}
