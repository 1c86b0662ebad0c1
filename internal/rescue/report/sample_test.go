package report_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/rescue"
	"colophon/internal/rescue/intake"
)

// sample is a story with the bytes of its sources.
type sample struct {
	story     *archive.Story
	originals map[string][]byte
}

func (s *sample) original(src archive.Source) ([]byte, error) {
	b, ok := s.originals[src.Path]
	if !ok {
		return nil, archive.Errorf(archive.NotFound, "The file is not there any more.")
	}
	return b, nil
}

// add adds a source and returns its bytes.
func (s *sample) add(path, page string) {
	b := []byte(page)
	s.originals[path] = b
	s.story.Sources = append(s.story.Sources, archive.Source{
		Origin: "/old", Path: path, Digest: sha256.Sum256(b), Size: int64(len(b)), Kind: archive.HTML,
		Reading: charset.Decode(b, charset.Hints{HTML: true}).Log,
	})
}

// evidence says that a field stands where text is first found in a source.
func (s *sample) evidence(field archive.Field, path, text string) {
	at := strings.Index(string(s.originals[path]), text)
	s.story.Evidence = append(s.story.Evidence, archive.Evidence{
		Field: field, Source: path, Start: at, End: at + len(text), Rule: "label on the same line", Confidence: 0.98, Written: text,
	})
}

func (s *sample) find(code, path, text, message string) {
	at := strings.Index(string(s.originals[path]), text)
	s.story.Findings = append(s.story.Findings, archive.Finding{Code: code, Source: path, Start: at, End: at + len(text), Message: message})
}

func (s *sample) seal(path, address string) {
	page := string(s.originals[path])
	for at := 0; ; {
		i := strings.Index(page[at:], address)
		if i < 0 {
			return
		}
		s.story.Sealed = append(s.story.Sealed, archive.Sealed{Address: address, Source: path, Start: at + i, End: at + i + len(address)})
		at += i + len(address)
	}
}

const lampsPage = `<html><head><title>The Lamplighter's Winter</title></head>
<body bgcolor="#ffffff">
<h2>The Lamplighter's Winter</h2>
<b>by Mina Tarrow</b> (<a href="mailto:mina@pier.example">mina@pier.example</a>)<br>
Fandom: Harbour Lights<br>
Rating: PG-13<br>
Date: 2/11/03<br>
Pairing: Odile/Bram, Odile &amp; the sea<br>
Summary: Odile keeps the lamp while the harbour sleeps, and on 2/11/03 she learns why.<br>
Feedback: please write to Mina at mina@pier.example<br>
<hr>
<p>The stair had ninety-one steps, and Odile counted them every night` + "\x85" + `
because the night she did not would be the night there were ninety-two.</p>
<p>Bram said, "You could write to me at bram@lighthouse.example," and laughed,
for there was no post on the rock.</p>
</body></html>
`

// lamps is a story with most of what a report shows.
func lamps() *sample {
	const path = "fic/lamps.html"
	s := &sample{originals: map[string][]byte{}, story: &archive.Story{
		Header: archive.Header{
			Title: "The Lamplighter's Winter", Bylines: []archive.Byline{{Name: "Mina Tarrow", Role: archive.Author}},
			Fandoms: []string{"Harbour Lights"}, Rating: archive.Stated{Written: "PG-13", Normal: archive.RatingTeen},
			Date: archive.Stated{Written: "2/11/03"}, Relationships: []string{"Odile/Bram"},
			Summary:  "Odile keeps the lamp while the harbour sleeps, and on 2/11/03 she learns why.",
			Feedback: archive.Feedback{Address: true, Requested: true}, Language: "en",
		},
		Chapters: []archive.Chapter{{Text: "<p>…</p>", Words: 52}},
	}}
	s.add(path, lampsPage)
	s.evidence(archive.FieldTitle, path, "The Lamplighter's Winter")
	s.evidence(archive.FieldAuthors, path, "Mina Tarrow")
	s.evidence(archive.FieldFandoms, path, "Harbour Lights")
	s.evidence(archive.FieldRating, path, "PG-13")
	s.evidence(archive.FieldDate, path, "2/11/03")
	s.evidence(archive.FieldRelationships, path, "Odile/Bram")
	s.evidence(archive.FieldSummary, path, s.story.Header.Summary)
	s.evidence(archive.FieldUpdated, path, "2/11/03 she learns") // lies within the summary
	s.evidence(archive.FieldFeedback, path, "please write to Mina at mina@pier.example")
	s.find(archive.DateUnsure, path, "2/11/03", "The date may be 2 November or 11 February 2003. Other pages of the folder may tell.")
	s.find(archive.EndsMid, path, "mina@pier.example<br>", "Made up, to show an excerpt with an address.")
	s.story.Findings = append(s.story.Findings, archive.Finding{Code: archive.BreaksLost, Message: "The text has no scene break."})
	s.seal(path, "mina@pier.example")
	return s
}

// buoy is a story in two parts, one of which is gone, and with little known.
func buoy() *sample {
	s := &sample{originals: map[string][]byte{}, story: &archive.Story{Chapters: []archive.Chapter{{Words: 700}, {Title: "Two", Words: 900}}}}
	s.add("fic/buoy1.html", "<p>Nobody had moored at the green buoy since spring.</p>\n"+strings.Repeat("<p>The water kept its own hours there, and told no one.</p>\n", 400))
	s.add("fic/buoy2.html", "<p>Then a boat came.</p>\n")
	delete(s.originals, "fic/buoy2.html")
	s.story.Findings = []archive.Finding{
		{Code: archive.TitleMissing, Source: "fic/buoy1.html", Message: "The page names no title."},
		{Code: archive.AuthorMissing, Source: "fic/buoy1.html", Message: "The page names no author."},
	}
	return s
}

func result() *rescue.Result {
	return &rescue.Result{
		Stories: 2, Words: 1652,
		Filled: map[archive.Field]int{
			archive.FieldTitle: 1, archive.FieldAuthors: 1, archive.FieldFandoms: 1, archive.FieldRating: 1, archive.FieldDate: 1,
			archive.FieldRelationships: 1, archive.FieldSummary: 1, archive.FieldFeedback: 1, "soundtrack": 2,
		},
		Findings: map[string]int{
			archive.DateUnsure: 1, archive.EndsMid: 1, archive.BreaksLost: 1, archive.TitleMissing: 1, archive.AuthorMissing: 1,
			archive.EntryWithoutFile: 1, archive.NameVariants: 1,
		},
		Kept: map[rescue.Outcome]int{rescue.New: 2},
		Left: []intake.Left{
			{Path: "img/bar.gif", Reason: "an image", Code: intake.CodeImage},
			{Path: "img/lamp.jpg", Reason: "an image", Code: intake.CodeImage},
			{Path: "huge.html", Reason: "larger than 24 MiB", Code: intake.CodeTooLarge},
			{Path: "old.zip/a.html", Reason: "the end is missing", Code: intake.CodeDamaged},
		},
		Pages: []archive.Finding{{
			Code: archive.EntryWithoutFile, Source: "index.html", Start: 40, End: 80,
			Message: "The index names \"Salt\", but its page salt.html is not there.",
		}},
		Alike: []rescue.Alike{{Path: "fic/lamps.html", Story: 7, Title: "The Lamplighter's Winter"}},
		Names: [][]string{{"Mina Tarrow", "mina tarrow"}},
	}
}

// samples are the stories of the golden report.
func samples(t *testing.T) []*sample {
	t.Helper()
	return []*sample{lamps(), buoy()}
}
