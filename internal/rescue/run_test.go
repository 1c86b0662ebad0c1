package rescue_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"colophon/internal/archive"
	"colophon/internal/rescue"
)

// written writes the files of a txtar text into a new folder. "{tale 3}" in them
// stands for a text of several paragraphs that differs for each number, and
// "{tale 3 2}" for its first two paragraphs.
func written(t *testing.T, files string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(files)).Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(withTales(string(f.Data))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var taleMark = regexp.MustCompile(`\{tale (\d+)(?: (\d+))?\}`)

func withTales(s string) string {
	return taleMark.ReplaceAllStringFunc(s, func(mark string) string {
		m := taleMark.FindStringSubmatch(mark)
		n, _ := strconv.Atoi(m[1])
		paragraphs := 6
		if m[2] != "" {
			paragraphs, _ = strconv.Atoi(m[2])
		}
		return tale(n, paragraphs)
	})
}

// tale is a text of so many paragraphs, the same for the same number.
func tale(n, paragraphs int) string {
	who := strings.Fields("Marit Joss Tam Wren Odile Grete Anselm Ilse Corin Bede")
	did := []string{"carried the oil up the stair", "counted the boats", "trimmed the wick", "wrote to the harbour office", "mended the blue net", "slept through the bell", "saw the light go out", "waited for the ferry", "burnt the porridge", "lost the key again"}
	when := []string{"before the tide turned", "on the last night of March", "while the kettle sang", "as the fog came in", "without a word to anyone", "for the third time that week", "under a sky like slate", "when the lamps were lit"}
	seed := uint32(n)*2654435761 + 12345
	next := func(words []string) string {
		seed = seed*1664525 + 1013904223
		return words[int(seed>>16)%len(words)]
	}
	var b strings.Builder
	for range paragraphs {
		b.WriteString("<p>")
		for range 5 {
			fmt.Fprintf(&b, "%s %s %s, and %s %s. ", next(who), next(did), next(when), next(who), next(did))
		}
		b.WriteString("</p>\n")
	}
	return b.String()
}

// rescued rescues a folder in a dry run.
func rescued(t *testing.T, dir string, o rescue.Options) ([]*archive.Story, *rescue.Result) {
	t.Helper()
	var stories []*archive.Story
	o.Scratch = t.TempDir()
	res, err := rescue.NewRescuer().Run(t.Context(), []string{dir}, o, nil, nil, func(s *archive.Story, _ func(archive.Source) ([]byte, error)) error {
		stories = append(stories, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if res.Stories != len(stories) {
		t.Errorf("%d stories counted, %d given", res.Stories, len(stories))
	}
	return stories, res
}

// told shows a story as a line: its sources ("+" before a further copy), title,
// authors, chapters and the codes of its findings.
func told(s *archive.Story) string {
	var from, chapters []string
	codes := map[string]bool{}
	for _, src := range s.Sources {
		from = append(from, map[bool]string{true: "+"}[src.Copy]+src.Path)
	}
	for _, c := range s.Chapters {
		chapters = append(chapters, c.Title)
	}
	for _, f := range s.Findings {
		codes[f.Code] = true
	}
	return fmt.Sprintf("%s: %s by %s [%s] %s", strings.Join(from, " "), s.Header.Title, strings.Join(s.Header.Authors(), " & "), strings.Join(chapters, "; "), strings.Join(sorted(codes), " "))
}

func sorted(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// pagesTold shows the findings about pages that are no story.
func pagesTold(res *rescue.Result) []string {
	var out []string
	for _, f := range res.Pages {
		out = append(out, f.Code+" "+f.Source)
	}
	slices.Sort(out)
	return out
}

// sample is a folder, its stories and the findings about its other pages.
type sample struct {
	name, files string
	want, pages []string
}

func checkSamples(t *testing.T, samples []sample) {
	t.Helper()
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			stories, res := rescued(t, written(t, s.files), rescue.Options{Jobs: 2})
			var got []string
			for _, story := range stories {
				got = append(got, strings.TrimSpace(told(story)))
			}
			if diff := cmp.Diff(s.want, got); diff != "" {
				t.Errorf("stories (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(s.pages, pagesTold(res)); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}
