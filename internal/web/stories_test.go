package web_test

import (
	"fmt"
	"strings"
	"time"

	"colophon/internal/archive"
	"colophon/internal/charset"
)

// sample is a story with the bytes of its sources, by path.
type sample struct {
	story     *archive.Story
	originals map[string][]byte
}

const hostile = `"><script>alert(1)</script><b onclick='x'>&amp;` + "\u202eesrever\u0007\x00" + ` it's`

// samples are the stories that the tests show: an ordinary one, one of which
// nothing is known, one with hostile values everywhere, and others that test
// one thing each.
func samples() []sample {
	return []sample{lamplighters(), nameless(), hostilePage(), russian(), hebrew(), longPage(), manyChapters(), wideLetters()}
}

func added(day int) time.Time { return time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC) }

func paras(ps ...string) string { return "<p>" + strings.Join(ps, "</p>\n<p>") + "</p>\n" }

// page makes an original and evidence for the values that stand in it.
type pageMaker struct {
	path     string
	bytes    strings.Builder
	evidence []archive.Evidence
	sealed   []archive.Sealed
	reading  []charset.Span // what is not plain UTF-8
}

func (p *pageMaker) write(s string) *pageMaker { p.bytes.WriteString(s); return p }

func (p *pageMaker) field(f archive.Field, i int, written string) *pageMaker {
	start := p.bytes.Len()
	p.bytes.WriteString(written)
	p.evidence = append(p.evidence, archive.Evidence{
		Field: f, Index: i, Source: p.path, Start: start,
		End: p.bytes.Len(), Rule: "label on the same line", Confidence: 0.98, Written: written,
	})
	return p
}

// read writes bytes that are to be read in a way of their own.
func (p *pageMaker) read(b, encoding, why string, undone ...string) *pageMaker {
	start := p.bytes.Len()
	p.bytes.WriteString(b)
	p.reading = append(p.reading, charset.Span{Start: start, End: p.bytes.Len(), Encoding: encoding, Undone: undone, Why: why, Confidence: 0.9})
	return p
}

// log is the reading of the whole page.
func (p *pageMaker) log() []charset.Span {
	var log []charset.Span
	end := 0
	plain := func(until int) {
		if until > end {
			log = append(log, charset.Span{Start: end, End: until, Encoding: "utf-8", Why: "valid throughout", Confidence: 1})
		}
	}
	for _, sp := range p.reading {
		plain(sp.Start)
		log = append(log, sp)
		end = sp.End
	}
	plain(p.bytes.Len())
	return log
}

func (p *pageMaker) seal(address string) *pageMaker {
	start := p.bytes.Len()
	p.field(archive.FieldEmail, 0, address)
	p.sealed = append(p.sealed, archive.Sealed{Address: address, Source: p.path, Start: start, End: p.bytes.Len(), Field: archive.FieldEmail})
	return p
}

func (p *pageMaker) sample(s *archive.Story) sample {
	b := []byte(p.bytes.String())
	s.Sources = []archive.Source{{
		Origin: "/old", Path: p.path, Size: int64(len(b)), Digest: digest(b), Kind: archive.HTML,
		Reading: p.log(),
	}}
	s.Evidence, s.Sealed = p.evidence, p.sealed
	return sample{s, map[string][]byte{p.path: b}}
}

func lamplighters() sample {
	s := &archive.Story{Added: added(3), Changed: added(3), Header: archive.Header{
		Title: "The Lamplighters’ Winter", Fandoms: []string{"Harbour Lights"},
		Bylines: []archive.Byline{{Name: "Mina Tarrow", Role: archive.Author, Also: []string{"mt"}}, {Name: "Corvid", Role: archive.CoAuthor}, {Name: "Ash", Role: archive.Beta}},
		Rating:  archive.Stated{Written: "PG-13", Normal: archive.RatingTeen}, Warnings: []string{"storm at sea"},
		Relationships: []string{"Jonas/Wil"}, Characters: []string{"Jonas", "Wil"}, Genres: []string{"Drama"},
		Summary: "The lamps go out along the quay, one by one.\n\nJonas goes to see why.", Disclaimer: "Harbour Lights belongs to its makers.",
		Series: archive.Place{Name: "Four Winters", Part: "2"}, Prerequisites: []string{"The Lamplighters’ Autumn"},
		Status: archive.Complete, Date: archive.Stated{Written: "2/11/03", Normal: "2003-02-11"}, Language: "en",
		Feedback: archive.Feedback{Address: true, Requested: true}, ArchiveName: "The Long Pier", WordsStated: 2100,
		Other: []archive.Labelled{{Label: "Soundtrack", Value: "rain"}},
	}, Chapters: []archive.Chapter{
		{Title: "The first lamp", Words: 41, Notes: "For the winter exchange.", Text: paras(
			"The first lamp went out at four, when nobody was looking, and the second at a quarter past, when Jonas was.",
			"“That’s the wind,” said Wil, who had not looked up from the net.", "“There is no wind.”") +
			"<hr class=\"break\">\n" + paras("By six the whole of the east mole was dark, and <em>still</em> there was no wind.",
			"They took the small boat, because the small boat was the one that floated, and rowed along the stones in the dark.") +
			"<p class=\"verse\">Light the first for the ones at sea,<br>light the last for the ones to be.</p>\n" + paras("He sang it because it was cold.")},
		{Title: "", Words: 12, Text: "<h3>Morning</h3>\n" + paras("In the morning the lamps were lit, and nobody had lit them.") + "<pre>LOG  04:00  lamp 1 out\n     04:15  lamp 2 out</pre>\n<blockquote><p>Keep the wick dry.</p></blockquote>\n"},
		{Title: "What Wil knew", Words: 9, Text: paras("“I did say,” said Wil, “that it was not the wind.”")},
	}, Findings: []archive.Finding{{Code: "parts-missing", Message: "The story says “part 2 of 4”, and parts 1, 3 and 4 are not here. Look for them in the same folder."}}}
	p := &pageMaker{path: "fic/lamps.html"}
	p.write("<html><head><title>").write("The Long Pier</title></head>\r\n<body bgcolor=\"#000033\">\r\n<h2>").
		field(archive.FieldTitle, 0, "The Lamplighters’ Winter").write("</h2>\r\nby ").field(archive.FieldAuthors, 0, "Mina Tarrow").write(" (").
		seal("mina@pier.example").write(") and ").field(archive.FieldAuthors, 1, "Corvid").write("<br>\r\nRating: ").
		field(archive.FieldRating, 0, "PG-13").write("<br>Date: ").field(archive.FieldDate, 0, "2/11/03").write("<br>Music: ").field(archive.FieldOther, 0, "rain").
		read("<p>Caf\xe9, ", "windows-1252", "a stray byte").read("cafÃ©", "utf-8", "a letter misread once", "windows-1252").
		write("<p>The first lamp went out at four\u00ad</p>\r\n</body></html>")
	smp := p.sample(s)
	s.Findings = append(s.Findings, archive.Finding{Code: "encodings", Message: "Two encodings in one page. Compare the marked letters.", Source: p.path, Start: 12, End: 20})
	return smp
}

func nameless() sample {
	p := &pageMaker{path: "008.html"}
	p.write("<p>and then she left.")
	return p.sample(&archive.Story{
		Added: added(2), Changed: added(2), Chapters: []archive.Chapter{{Text: paras("and then she left."), Words: 4}},
		Findings: []archive.Finding{{Code: "title-missing", Message: "No title was found."}, {Code: "begins-mid", Message: "The text begins in mid-sentence.", Source: "008.html", Start: 3, End: 8}},
	})
}

func hostilePage() sample {
	long := strings.Repeat("Wordwithoutend", 22)
	p := &pageMaker{path: "x/" + `"><script>alert(2)</script>.html`}
	p.write("\x00\x01<script>alert(3)</script>\u202e").field(archive.FieldTitle, 0, hostile).write(" ").field(archive.FieldRating, 0, hostile).write("</pre></body>")
	return p.sample(&archive.Story{
		Added: added(1), Changed: added(1), Header: archive.Header{
			Title: hostile + long, Bylines: []archive.Byline{{Name: hostile, Role: archive.Author}, {Name: "***", Role: archive.CoAuthor}}, Fandoms: []string{hostile, "!!!", long, "a/b?c#d&e"},
			Rating: archive.Stated{Written: hostile}, Warnings: []string{hostile}, Characters: []string{hostile}, Summary: hostile, Notes: hostile,
			Disclaimer: hostile, Series: archive.Place{Name: hostile, Part: hostile}, Date: archive.Stated{Written: hostile}, Language: hostile, Homepage: "javascript:alert(1)",
			Other: []archive.Labelled{{Label: hostile, Value: hostile}},
		}, Chapters: []archive.Chapter{
			{Title: hostile, Notes: hostile, Text: paras("Quiet.") + `<script>alert(1)</script><p onclick="x" style="color:red">Still quiet.</p>`, Words: 3},
			{Title: long, Text: paras("End."), Words: 1},
		},
		Findings: []archive.Finding{{Code: hostile, Message: hostile}, {Code: hostile, Message: hostile, Source: p.path, Start: 1, End: 9}},
	})
}

func russian() sample {
	p := &pageMaker{path: "снег.htm"}
	p.write("<h1>").field(archive.FieldTitle, 0, "Первый снег").write("</h1>")
	return p.sample(&archive.Story{
		Added: added(4), Changed: added(4), Header: archive.Header{
			Title: "Первый снег", Language: "ru",
			Bylines: []archive.Byline{{Name: "Лиса", Role: archive.Author}}, Fandoms: []string{"Тихая гавань"},
		},
		Chapters: []archive.Chapter{{Text: paras("Снег пошёл в четверг, когда его уже никто не ждал."), Words: 9}},
	})
}

func hebrew() sample {
	p := &pageMaker{path: "he.txt"}
	p.write("שלום")
	return p.sample(&archive.Story{
		Added: added(5), Changed: added(5), Header: archive.Header{Title: "האור", Language: "he", Rating: archive.Stated{Normal: archive.RatingGeneral}},
		Chapters: []archive.Chapter{{Text: paras("האור כבה בארבע."), Words: 3}},
	})
}

// longPage has an original of several windows, an address across the edge of the
// first, and a field in the second.
func longPage() sample {
	p := &pageMaker{path: "long.html"}
	p.write(strings.Repeat("All work and no play. Ждём. ", 5_700))
	p.write(strings.Repeat("x", 199_990-p.bytes.Len())).seal("somebody@long.example").write(" ").field(archive.FieldTitle, 0, "A Long Page").write(strings.Repeat("\nMore of it.", 20_000))
	return p.sample(&archive.Story{
		Added: added(6), Changed: added(6), Header: archive.Header{Title: "A Long Page", WarningsNone: true, Language: "en"},
		Chapters: []archive.Chapter{{Title: "Only chapter", Text: paras("All work."), Words: 2}},
	})
}

func manyChapters() sample {
	s := &archive.Story{Added: added(7), Changed: added(7), Header: archive.Header{Title: "Don't Look Down: Ænigma №2", Language: "en", Status: archive.InProgress}}
	for i := range 60 {
		s.Chapters = append(s.Chapters, archive.Chapter{Title: fmt.Sprintf("Floor %d", i+1), Text: paras(fmt.Sprintf("They were on floor %d.", i+1)), Words: 5})
	}
	p := &pageMaker{path: "down.html"}
	return p.write("<p>They were on floor 1.").sample(s)
}

// wideLetters has an original in which a letter of two bytes lies across the edge
// of the first window.
func wideLetters() sample {
	p := &pageMaker{path: "e.txt"}
	return p.write("x" + strings.Repeat("é", 150_000)).sample(&archive.Story{
		Added: added(8), Changed: added(8),
		Header: archive.Header{Title: "Éé"}, Chapters: []archive.Chapter{{Text: paras("é"), Words: 1}},
	})
}
