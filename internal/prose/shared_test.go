package prose_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"colophon/internal/prose"
	"colophon/test/beside"
)

// TestOldPages holds the properties of ParseHTML and Normalise on real pages.
func TestOldPages(t *testing.T) {
	n := 0
	for _, dir := range []string{"data/headers", "data/rescue"} {
		err := filepath.WalkDir(beside.Shared(t, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.Contains(filepath.Ext(path), "htm") {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil || len(data) > 1<<20 {
				return err
			}
			n++
			checkClean(t, string(data))
			checkNormalise(t, mustParse(t, string(data)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d pages", n)
}

// TestEndsOfBooks cuts books at the end of a paragraph, which is no finding, and
// in the middle of a long one, which is.
func TestEndsOfBooks(t *testing.T) {
	dir := beside.Shared(t, "data/prose")
	var whole, cut, wholeWrong, cutMissed, beginWrong int
	for _, lang := range []string{"en", "de", "fr", "es", "ru"} {
		files, _ := filepath.Glob(filepath.Join(dir, lang, "*.txt"))
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			text := bookParagraphs(string(data))
			if !wholeParagraphs(text) {
				continue
			}
			for at := 20; at < len(text); at += len(text)/30 + 1 {
				p := text[at-1].Runs[0].Text
				if len(strings.Fields(p)) < 30 || strings.ContainsAny(p[len(p)-1:], ":,;") { // verse or a list follows
					continue
				}
				whole++
				if prose.EndsMid(text[at-20 : at]) {
					wholeWrong++
				}
				if prose.BeginsMid(text[at-1 : at]) {
					beginWrong++
				}
				words := strings.Fields(p)
				if w := words[14]; strings.ContainsAny(w[len(w)-1:], `.!?"”»_-`) || strings.HasSuffix(w, "»") || strings.HasSuffix(w, "…") || strings.HasSuffix(w, "—") {
					continue
				}
				cut++
				broken := append(append(prose.Text{}, text[at-20:at-1]...), paragraphs(strings.Join(words[:15], " "))...)
				if !prose.EndsMid(broken) {
					cutMissed++
				}
			}
		}
	}
	t.Logf("of %d whole ends %d are taken for broken, of %d broken ones %d are missed; %d beginnings are taken for broken", whole, wholeWrong, cut, cutMissed, beginWrong)
	if wholeWrong*50 > whole || cutMissed*10 > cut || beginWrong*50 > whole {
		t.Error("too many ends are misjudged")
	}
}

// wholeParagraphs reports whether a book could be parted into paragraphs: nearly
// all of them end in a sign.
func wholeParagraphs(text prose.Text) bool {
	ended := 0
	for _, b := range text {
		s := b.Runs[0].Text
		if r, _ := utf8.DecodeLastRuneInString(s); !unicode.IsLetter(r) && r != ',' {
			ended++
		}
	}
	return ended*100 > len(text)*85 && utf8.ValidString(text[0].Runs[0].Text)
}

func bookParagraphs(s string) prose.Text {
	s = strings.ReplaceAll(s, "\r", "")
	parts := strings.Split(s, "\n\n")
	if len(parts) < 100 {
		parts = strings.Split(s, "\n")
	}
	var lines []string
	for _, p := range parts {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			lines = append(lines, p)
		}
	}
	return paragraphs(lines...)
}
