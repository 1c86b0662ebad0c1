package rescue_test

import (
	"html"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"colophon/examples"
	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/rescue"
)

// TestEvidenceIsWhatTheBytesSay checks each piece of evidence of the example
// archives: the bytes it names, read in the encoding of their source, without
// tags, are the value as written.
func TestEvidenceIsWhatTheBytesSay(t *testing.T) {
	for _, name := range []string{"lantern", "harbour"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			tree, err := fs.Sub(examples.Pages, name)
			if err != nil {
				t.Fatal(err)
			}
			files := copied(t, tree, dir)
			stories, _ := rescued(t, dir, rescue.Options{Jobs: 2})
			checked := 0
			for _, s := range stories {
				for i := range s.Evidence {
					checkBytes(t, files, s, &s.Evidence[i])
					checked++
				}
			}
			if len(stories) < 10 || checked < 8*len(stories) {
				t.Errorf("only %d pieces of evidence for %d stories", checked, len(stories))
			}
		})
	}
}

// checkBytes compares evidence with the bytes it names.
func checkBytes(t *testing.T, files map[string][]byte, s *archive.Story, e *archive.Evidence) {
	t.Helper()
	data := files[e.Source]
	if err := e.Check(len(data)); err != nil {
		t.Error(err)
		return
	}
	text, err := charset.Replay(data, reading(s, e.Source))
	if err != nil {
		t.Errorf("%s cannot be read again: %v", e.Source, err)
		return
	}
	raw := decoded(text, e.Start, e.End)
	if !strings.HasSuffix(e.Source, ".txt") {
		raw = html.UnescapeString(html.UnescapeString(anyTag.ReplaceAllString(raw, " ")))
	}
	if got, want := folded(raw), folded(e.Written); got != want && !sealed(got, want) {
		t.Errorf("%s: %s (%s) is %q, but bytes %d to %d say %q", e.Source, e.Field, e.Rule, want, e.Start, e.End, got)
	}
}

// reading is how a source of a story was decoded.
func reading(s *archive.Story, source string) []charset.Span {
	for _, src := range s.Sources {
		if src.Path == source {
			return src.Reading
		}
	}
	return nil
}

// decoded is the text that stands at bytes start to end of the original.
func decoded(t *charset.Text, start, end int) string {
	from, to := -1, 0
	for i := range t.S {
		if at, _ := t.Range(i, i+1); at >= start && at < end {
			if from < 0 {
				from = i
			}
			to = i + 1
		}
	}
	for to < len(t.S) && t.S[to]&0xc0 == 0x80 {
		to++
	}
	return t.S[max(0, from):to]
}

var anyTag = regexp.MustCompile(`(?s)<[^<>]*>`)

// folded is a text without the difference between kinds of white space.
func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// sealed reports whether the value as written is the text with an address taken out.
func sealed(text, written string) bool {
	before, after, ok := strings.Cut(written, "[address sealed]")
	return ok && strings.HasPrefix(text, before) && strings.HasSuffix(text, after)
}

// copied writes the files of a tree into a folder and returns their bytes.
func copied(t *testing.T, tree fs.FS, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(tree, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(tree, p)
		files[path.Clean(p)] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, files)
	return files
}
