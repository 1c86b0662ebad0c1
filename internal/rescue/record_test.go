package rescue_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/rescue"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRecordGolden compares the JSON form of a story that has nearly every field
// with the golden file.
func TestRecordGolden(t *testing.T) {
	s := one(t, `
-- ice.html --
<title>Thin Ice</title>
<p>Title: Thin Ice<br>Author: Nell Harrow aka quill<br>E-mail: nell@example.org<br>Fandom: Lantern Bay, Night Ferry<br>Rating: PG-13 for storms<br>
Pairing: Marit/Joss<br>Characters: Marit, Joss<br>Genre: Drama<br>Keywords: lamps<br>Series: The Keepers, part 2<br>Date: 17/3/02<br>Updated: 2002-04-01<br>
Status: Complete<br>Words: 1,200<br>Language: English<br>Beta: Tam Ost<br>Translator: Grete Holm<br>Written for: Odile<br>Spoilers: season two<br>
Warnings: heights<br>Archive: ask first<br>Homepage: http://www.example.org/nell/<br>Dedication: To the keepers<br>Weather: fog<br>
Summary: A night in the lamp room &amp; what came of it.<br>Disclaimer: They belong to Harbour Films.<br>Notes: Please read "Deep Water" first.</p><hr>
<h3>Chapter 1</h3>{tale 1 2}<h3>Chapter 2</h3>{tale 2 2}
`)
	var line bytes.Buffer
	if err := rescue.NewRecord(s, true).Write(&line); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(line.Bytes(), []byte("\n")); n != 1 {
		t.Errorf("the record has %d lines", n)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, line.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "record.json")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRecordOfNothing checks the contract for what is unknown: null, or an empty
// list.
func TestRecordOfNothing(t *testing.T) {
	var line strings.Builder
	if err := rescue.NewRecord(&archive.Story{}, false).Write(&line); err != nil {
		t.Fatal(err)
	}
	var got map[string]json.RawMessage
	if err := json.Unmarshal([]byte(line.String()), &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"title": "null", "rating": "null", "summary": "null", "series": "null", "status": "null", "date": "null", "language": "null", "words_stated": "null",
		"disclaimer": "null", "notes": "null", "spoilers": "null", "archive_permission": "null",
		"authors": "[]", "fandoms": "[]", "warnings": "[]", "relationships": "[]", "characters": "[]", "genres": "[]", "betas": "[]", "prerequisites": "[]", "findings": "[]",
		"warnings_none": "false", "evidence": "{}", "feedback": `{"address":false,"requested":false}`, "body": "",
	} {
		if string(got[key]) != want {
			t.Errorf("%s is %s, not %s", key, got[key], want)
		}
	}
}

func TestRecordOfCopies(t *testing.T) {
	stories, _ := rescued(t, written(t, `
-- a.html --
<h2>Thin Ice (1/2)</h2><p>by Nell Harrow</p><hr>{tale 1}
-- b.html --
<h2>Thin Ice (2/2)</h2><p>by Nell Harrow</p><hr>{tale 2}
-- old/a.html --
<h2>Thin Ice (1/2)</h2><p>by Nell Harrow</p><hr>{tale 1}
`), rescue.Options{Jobs: 1})
	if len(stories) != 1 {
		t.Fatalf("%d stories", len(stories))
	}
	r := rescue.NewRecord(stories[0], true)
	if diff := cmp.Diff([]string{"a.html", "b.html", "old/a.html"}, r.Source); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if len(r.Chapters) != 2 || r.Body == nil || strings.Count(*r.Body, "\n\n") != 11 || strings.ContainsAny(*r.Body, "<>") {
		t.Errorf("%d chapters, body %q", len(r.Chapters), *r.Body)
	}
}

// TestRescueIsRepeatable checks that the same folder gives the same records,
// however many pages are read at a time.
func TestRescueIsRepeatable(t *testing.T) {
	var files strings.Builder
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		files.WriteString("-- p" + n + ".html --\n<h2>Story number " + n + "</h2><p>by Nell Harrow</p><hr>{tale " + n + "}\n")
	}
	dir := written(t, files.String())
	records := func(jobs int) string {
		var b strings.Builder
		stories, _ := rescued(t, dir, rescue.Options{Jobs: jobs})
		for _, s := range stories {
			if err := rescue.NewRecord(s, true).Write(&b); err != nil {
				t.Fatal(err)
			}
		}
		return b.String()
	}
	first := records(1)
	for _, jobs := range []int{1, 2, 8} {
		if diff := cmp.Diff(first, records(jobs)); diff != "" {
			t.Errorf("with %d jobs:\n%s", jobs, diff)
		}
	}
}
