package rescue_test

import (
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"colophon/internal/archive"
	"colophon/internal/rescue"
)

// FuzzPage rescues one page: evidence stands in the file and is what the file
// says there, the text has no word that the page has not, and no page takes long.
func FuzzPage(f *testing.F) {
	err := filepath.WalkDir(filepath.Join("..", "..", "examples"), func(path string, e fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || e.IsDir() || ext == ".tsv" || ext == ".md" || ext == ".go" {
			return err
		}
		b, err := os.ReadFile(path)
		f.Add(b[:min(len(b), 3000)], ext == ".txt")
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	rescuer := rescue.NewRescuer()
	f.Fuzz(func(t *testing.T, data []byte, text bool) {
		if len(data) > 20_000 {
			t.Skip("long pages are slow to fuzz")
		}
		path := filepath.Join(t.TempDir(), "page.html")
		if text {
			path = filepath.Join(t.TempDir(), "page.txt")
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		_, err := rescuer.Run(t.Context(), []string{path}, rescue.Options{Jobs: 1}, nil, nil, func(s *archive.Story, _ func(archive.Source) ([]byte, error)) error {
			checkStory(t, data, s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > 3*time.Second {
			t.Errorf("%d bytes took %v", len(data), took)
		}
	})
}

func checkStory(t *testing.T, data []byte, s *archive.Story) {
	t.Helper()
	size := len(data)
	for i := range s.Evidence {
		if err := s.Evidence[i].Check(size); err != nil {
			t.Error(err)
		}
	}
	for _, x := range s.Findings {
		if x.Start < 0 || x.End < x.Start || x.End > size {
			t.Errorf("the finding %s stands at %d to %d of %d bytes", x.Code, x.Start, x.End, size)
		}
	}
	for _, x := range s.Sealed {
		if x.Start < 0 || x.End <= x.Start || x.End > size {
			t.Errorf("a sealed address stands at %d to %d of %d bytes", x.Start, x.End, size)
		}
	}
	if t.Failed() || !plain(s, data) {
		return
	}
	for _, e := range s.Evidence {
		checkWritten(t, string(data[e.Start:e.End]), &e)
	}
	page := string(data)
	have := signs(page) + " " + signs(stripped(page))
	for _, c := range s.Chapters {
		for word := range strings.FieldsSeq(stripped(c.Text)) {
			if !strings.Contains(have, signs(word)) && !strings.Contains(word, "sealed") {
				t.Errorf("the text has the word %q, which the page has not", word)
			}
		}
	}
}

// plain reports whether the bytes of a page are its text: UTF-8 throughout, with
// nothing taken back.
func plain(s *archive.Story, data []byte) bool {
	for _, src := range s.Sources {
		for _, span := range src.Reading {
			if span.Encoding != "utf-8" && span.Encoding != "us-ascii" || len(span.Undone) > 0 {
				return false
			}
		}
	}
	return utf8.Valid(data)
}

// checkWritten compares evidence with the bytes it names.
func checkWritten(t *testing.T, at string, e *archive.Evidence) {
	t.Helper()
	if strings.Contains(e.Written, "sealed") {
		return // an address was masked in it
	}
	want := signs(e.Written)
	if signs(at) != want && signs(stripped(at)) != want {
		t.Errorf("%s %q (%s) stands at %d to %d, where there is %q", e.Field, e.Written, e.Rule, e.Start, e.End, at)
	}
}

var tag = regexp.MustCompile(`(?s)<[^<>]*>`)

// stripped is a text without tags, its references decoded, those that were
// escaped twice too.
func stripped(s string) string {
	return html.UnescapeString(html.UnescapeString(tag.ReplaceAllString(s, "")))
}

// signs are the letters and digits of a text.
func signs(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
