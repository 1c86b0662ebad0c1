package script_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// need ends a script whose line is not of the form it should have.
func need(ts *testscript.TestScript, neg, ok bool, usage string) {
	if neg || !ok {
		ts.Fatalf("usage: %s", usage)
	}
}

// ends runs a program that must end with a code: ends CODE PROGRAM [ARG...].
// What it wrote is there for stdout and stderr.
func ends(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) >= 2, "ends CODE PROGRAM [ARG...]")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s did not run: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// originals returns the files of the vault of a data folder, in order.
func originals(ts *testscript.TestScript, data string) []string {
	var found []string
	err := filepath.WalkDir(ts.MkAbs(filepath.Join(data, "vault")), func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && len(strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))) == 64 {
			found = append(found, path)
		}
		return err
	})
	ts.Check(err)
	if len(found) < 2 {
		ts.Fatalf("%d originals in %s, want more", len(found), data)
	}
	return found
}

// flip changes one bit in the middle of the first original: flip DATA.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 1, "flip DATA")
	path := originals(ts, args[0])[0]
	ts.Check(os.Chmod(path, 0o600))
	b, err := os.ReadFile(path)
	ts.Check(err)
	b[len(b)/2] ^= 4
	ts.Check(os.WriteFile(path, b, 0o600))
	ts.Setenv("FLIPPED", digestOf(path))
}

// drop removes the last original: drop DATA.
func drop(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 1, "drop DATA")
	all := originals(ts, args[0])
	path := all[len(all)-1]
	ts.Check(os.Remove(path))
	ts.Setenv("DROPPED", digestOf(path))
}

func digestOf(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// edit replaces text that stands once in a file: edit FILE OLD NEW.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 3, "edit FILE OLD NEW")
	text := ts.ReadFile(args[0])
	if n := strings.Count(text, args[1]); n != 1 {
		ts.Fatalf("%q stands %d times in %s, want once", args[1], n, args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o600))
}

// keeps checks that the body of the only story in a file of --json --body holds
// the words word1 to wordN in order: keeps FILE.jsonl N.
func keeps(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 2, "keeps FILE.jsonl N")
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	var story struct{ Body string }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &story))
	next := 1
	for word := range strings.FieldsSeq(story.Body) {
		if strings.Trim(word, ".,") == "word"+strconv.Itoa(next) {
			next++
		}
	}
	if next <= n {
		ts.Fatalf("word%d is not in the body, or not in its place", next)
	}
}

// never checks that no line of a list, each a regular expression in which case
// does not count, matches a file: never LIST FILE. All that do are named.
func never(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 2, "never LIST FILE")
	text := ts.ReadFile(args[1])
	var found []string
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		pattern, err := regexp.Compile("(?i)" + strings.TrimSpace(line))
		ts.Check(err)
		if at := pattern.FindStringIndex(text); at != nil {
			found = append(found, strings.ToValidUTF8(text[max(0, at[0]-60):min(len(text), at[1]+40)], "?"))
		}
	}
	if len(found) > 0 {
		ts.Fatalf("%s holds what it must not:\n%s", args[1], strings.Join(found, "\n--\n"))
	}
}
