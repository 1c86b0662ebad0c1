package rescue_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/rescue"
	"colophon/test/beside"
)

// write writes files into a folder.
func write(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, b := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// scores is what the scorer of the shared tools prints.
type scores struct {
	Items   int `json:"items"`
	Missing int `json:"missing"`
	Extra   int `json:"extra"`
	Unknown int `json:"unknown"`
	Core    struct {
		F1       float64 `json:"f1"`
		Invented float64 `json:"invented_rate"`
	} `json:"core"`
	Body struct {
		Recall    float64 `json:"recall"`
		Intrusion float64 `json:"intrusion"`
	} `json:"body"`
}

// TestScore rescues the labelled pages and has them scored. The bounds are those
// that the project sets itself; see docs/measurements.md.
func TestScore(t *testing.T) {
	if testing.Short() {
		t.Skip("scoring takes some seconds")
	}
	gold := beside.Shared(t, "data", "headers")
	tool := beside.Shared(t, "tools", "score")
	for _, ext := range []string{"html", "txt"} {
		t.Run(ext, func(t *testing.T) {
			s := scored(t, gold, tool, ext)
			t.Logf("core F1 %.3f, invented %.3f; body recall %.3f, intrusion %.3f", s.Core.F1, s.Core.Invented, s.Body.Recall, s.Body.Intrusion)
			if s.Items == 0 || s.Missing+s.Extra+s.Unknown > 0 {
				t.Errorf("%d items; %d without a story, %d surplus stories, %d of other files", s.Items, s.Missing, s.Extra, s.Unknown)
			}
			if s.Core.F1 < 0.95 || s.Core.Invented > 0.01 || s.Body.Recall < 0.999 || s.Body.Intrusion > 0.01 {
				t.Errorf("out of bounds: %+v", s)
			}
		})
	}
}

// scored rescues the pages with one extension and has the result scored.
func scored(t *testing.T, gold, tool, ext string) scores {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(gold, "*."+ext))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		write(t, dir, map[string][]byte{filepath.Base(p): b})
	}
	results := filepath.Join(t.TempDir(), "results.jsonl")
	record(t, dir, results)
	cmd := exec.CommandContext(t.Context(), "go", "run", ".", "-gold", gold, "-ext", ext, "-json", results)
	cmd.Dir = tool
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("the scorer does not run here: %v", err)
	}
	var s scores
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// record writes the records of a folder's stories to a file.
func record(t *testing.T, dir, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = rescue.NewRescuer().Run(t.Context(), []string{dir}, rescue.Options{Scratch: t.TempDir()}, nil, nil, func(s *archive.Story, _ func(archive.Source) ([]byte, error)) error {
		return rescue.NewRecord(s, true).Write(f)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestPagesOfOtherSoftware rescues pages that the tests of other archive
// software read, and a chapter in windows-1252 of an eFiction archive.
func TestPagesOfOtherSoftware(t *testing.T) {
	chapter := beside.Shared(t, "data", "rescue", "efiction-dumps", "efiction", "tests", "test_data", "storiesef", "5", "842.txt")
	pages := beside.Shared(t, "data", "rescue", "otw-import")
	results := filepath.Join(t.TempDir(), "results.jsonl")
	record(t, chapter, results)
	if b, err := os.ReadFile(results); err != nil || !bytes.Contains(b, []byte("Eôs in ipsum ocûrrëret")) {
		t.Errorf("chapter 5/842.txt: %v\n%s", err, b)
	}
	for file, want := range map[string]string{
		"import-site-with-tags.txt":         `Detected Title|Detected summary|2002-01-12|[Detected Fandom]|Explicit|[Underage Sex]|[Detected 1 Detected 2]|[Detected 1/Detected 2]|[F/F]|[Detected tag 1 Detected tag 2]|This is a <i>content note</i>.|stubbed response`,
		"second-import-site-with-tags.html": `Huddling|"Are we in a test?" Tester asked.|2010-01-11|[OTW RPF]||[]|[]|[]|[]|[]||"What is this place?" orphan_account asked.`,
	} {
		record(t, filepath.Join(pages, file), results)
		b, err := os.ReadFile(results)
		if err != nil {
			t.Fatal(err)
		}
		var s struct {
			Title, Summary, Date, Rating, Notes, Body                          string
			Fandoms, Warnings, Characters, Relationships, Categories, Keywords []string
		}
		if err := json.Unmarshal(b, &s); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		got := fmt.Sprintf("%s|%s|%s|%v|%s|%v|%v|%v|%v|%v|%s|%s", s.Title, s.Summary, s.Date, s.Fandoms, s.Rating, s.Warnings, s.Characters, s.Relationships, s.Categories, s.Keywords, s.Notes, s.Body)
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", file, got, want)
		}
	}
}
