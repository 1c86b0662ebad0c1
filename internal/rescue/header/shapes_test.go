package header_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// TestShapes reads one header in the shapes that the archives gave it.
func TestShapes(t *testing.T) {
	const known = `
title: Thin Ice
authors: Nell Harrow
rating: PG = general
summary: A night in the lamp room.`
	checkHeaders(t, []sample{
		{"label and colon", `<p>Title: Thin Ice<br>Author: Nell Harrow<br>Rating: PG<br>Summary: A night in the lamp room.</p><hr>` + story, known},
		{"capitals and semicolon", `<p>TITLE; Thin Ice<br>AUTHOR; Nell Harrow<br>RATING; PG<br>SUMMARY; A night in the lamp room.</p><hr>` + story, known},
		{"bold labels", `<b>Title:</b> Thin Ice<br><b>Author:</b> Nell Harrow<br><b>Rating:</b> PG<br><b>Summary:</b> A night in the lamp room.<hr>` + story, known},
		{"bold labels without a colon", `<b>Title</b> Thin Ice<br><b>Author</b> Nell Harrow<br><b>Rating</b> PG<br><b>Summary</b> A night in the lamp room.<hr>` + story, known},
		{"value on the next line", `<p>Title:</p><p>Thin Ice</p><p>Author:</p><p>Nell Harrow</p><p>Rating:</p><p>PG</p><p>Summary:</p><p>A night in the lamp room.</p><hr>` + story, known},
		{"table", `<table><tr><td>Title:<td>Thin Ice<tr><td>Author:<td>Nell Harrow<tr><td>Rating:<td>PG<tr><td>Summary:<td>A night in the lamp room.</table>` + story, known},
		{"one line", `<p>Title: Thin Ice Author: Nell Harrow Rating: PG Summary: A night in the lamp room.</p><hr>` + story, known},
		{"bars", `<p>Title: Thin Ice | Author: Nell Harrow | Rating: PG | Summary: A night in the lamp room.</p><hr>` + story, known},
		{"brackets", `<p>[Title] Thin Ice<br>[Author] Nell Harrow<br>[Rating] PG<br>[Summary] A night in the lamp room.</p><hr>` + story, known},
		{"dotted leaders", "Title......... Thin Ice\nAuthor........ Nell Harrow\nRating........ PG\nSummary....... A night in the lamp room.\n\n* * *\n\n" + plainStory(), known},
		{"stars around", `<p>*Title:* Thin Ice<br>*Author:* Nell Harrow<br>*Rating:* PG<br>*Summary:* A night in the lamp room.</p><hr>` + story, known},
		{"after the story", story + `<hr><p>Title: Thin Ice<br>Author: Nell Harrow<br>Rating: PG<br>Summary: A night in the lamp room.</p>`, known},
		{"in a comment", "<html><!--\nTitle: Thin Ice\nAuthor: Nell Harrow\nRating: PG\nSummary: A night in the lamp room.\n--><body>" + story, known},
		{"French", `<p>Titre : Thin Ice<br>Auteur : Nell Harrow<br>Classement : PG<br>Résumé : A night in the lamp room.</p><hr>` + story, known},
	})
}

// plainStory is the story without markup.
func plainStory() string {
	return strings.NewReplacer("<p>", "", "</p>", "\n").Replace(story)
}

func TestHeadings(t *testing.T) {
	checkHeaders(t, []sample{
		{"title and byline", `<center><h2>Thin Ice</h2>by Nell Harrow</center><hr>` + story, `
authors: Nell Harrow
title: Thin Ice`},
		{"title by name", `<h2>Thin Ice by Nell Harrow</h2><hr>` + story, `
authors: Nell Harrow
title: Thin Ice`},
		{"slashes", `<p>Thin Ice / by Nell Harrow / Rated R</p><hr>` + story, `
title: Thin Ice
authors: Nell Harrow
rating: R = mature`},
		{"a kind of story is no title", `<h2>Thin Ice</h2><p>A songfic by Nell Harrow</p><hr>` + story, `
authors: Nell Harrow
title: Thin Ice`},
		{"remark behind the title", `<h2>Thin Ice (Farscape, PG, John &amp; Aeryn) by nell_h</h2><hr>` + story, `
authors: nell_h
fandoms: Farscape
rating: PG = general
relationships: John & Aeryn
title: Thin Ice`},
		{"subject of a message", "Re: Thin Ice (PG-13) WIP\nAuthor: Nell Harrow\nSummary: A night in the lamp room.\n\n" + plainStory(), `
authors: Nell Harrow
summary: A night in the lamp room.
rating: PG-13 = teen
title: Thin Ice`},
		{"sections of a site", `<p>Home » Stories » Farscape</p><h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story, `
fandoms: Farscape
authors: Nell Harrow
title: Thin Ice`},
		{"end with its date", `<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story + `<p>FINIS 3/17/02</p>`, `
authors: Nell Harrow
date: 3/17/02 = 2002-03-17
title: Thin Ice`},
		{"title in quotation marks", "HARBOUR LIGHTS\n\"Thin Ice\"\nby Nell Harrow\n\nSummary: A night in the lamp room.\n\n" + plainStory(), `
authors: Nell Harrow
summary: A night in the lamp room.
title: Thin Ice`},
		{"title with remark and part", `<p>FIC: Thin Ice (DS, F/K, NC-17) 1/2</p><p>by Nell Harrow</p><p>For Oda, who asked for fog.</p><p>Pairing: Fraser/Kowalski</p>` + story, `
fandoms: DS
rating: NC-17 = explicit
title: Thin Ice
authors: Nell Harrow
relationships: Fraser/Kowalski
dedication: For Oda, who asked for fog.
[part 1 of 2]`},
		{"copyright line with a name", `<h2>Thin Ice</h2><p>(c) 2000 by E. M. Harrow</p><p>This story is rated PG for mild violence. I hope you like it.</p><hr>` + story, `
authors: E. M. Harrow
title: Thin Ice
notes: This story is rated PG for mild violence. I hope you like it.
rating: PG = general
warnings: mild violence`},
		{"name of the archive", `<p>Farscape Fan Fiction Archive</p><h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story, `
fandoms: Farscape
authors: Nell Harrow
title: Thin Ice`},
		{"header on another page", `<h2>Thin Ice</h2><p>by Nell Harrow</p><p>See part 1 for disclaimers and notes.</p><hr>` + story, `
authors: Nell Harrow
title: Thin Ice`},
		{"name behind the title's label", `<p>TITLE: Thin Ice</p><p>NAME: Nell Harrow</p><p>RATING: PG</p><hr>` + story, `
title: Thin Ice
authors: Nell Harrow
rating: PG = general`},
		{"poster and author", `<h2>Thin Ice by Nell Harrow</h2><p>Posted by: nellh on June 12, 2004</p><hr>` + story, `
authors: Nell Harrow
title: Thin Ice
date: June 12, 2004 = 2004-06-12`},
		{"heading of a series", `<p>The Keeper Series - All Parts by Nell Harrow</p><p>Title: Thin Ice</p><hr>` + story, `
authors: Nell Harrow
series: The Keeper Series
title: The Keeper Series - All Parts
title: Thin Ice`},
		{"part in the title", `<h2>Thin Ice (2/5)</h2><p>by Nell Harrow</p><hr>` + story, `
title: Thin Ice
authors: Nell Harrow
[part 2 of 5]`},
		{"chapter", `<h2>Thin Ice</h2><p>by Nell Harrow</p><h3>Chapter 3: The Stair</h3>` + story, `
authors: Nell Harrow
title: Thin Ice
[chapter 3 "The Stair"]`},
		{"rating in brackets", `<h2>Thin Ice</h2><p>by Nell Harrow</p><p>[ PG ]</p><hr>` + story, `
authors: Nell Harrow
rating: PG = general
title: Thin Ice`},
		{"facts behind the title", `<h2>Thin Ice (Farscape, PG, Marit & Joss)</h2><p>by Nell Harrow</p><hr>` + story, `
authors: Nell Harrow
fandoms: Farscape
rating: PG = general
relationships: Marit & Joss
title: Thin Ice`},
		{"a story of a show", `<h2>Thin Ice</h2><p>A Farscape story by Nell Harrow</p><hr>` + story, `
fandoms: Farscape
authors: Nell Harrow
title: Thin Ice`},
		{"show before the title", `<p>Title: Farscape: Thin Ice</p><p>Author: Nell Harrow</p><hr>` + story, `
fandoms: Farscape
title: Thin Ice
authors: Nell Harrow`},
		{"place in a series", `<p>The Keepers series, story 2: Thin Ice by Nell Harrow</p><hr>` + story, `
series: The Keepers
part: 2
authors: Nell Harrow
title: Thin Ice`},
		{"two authors", `<h2>Thin Ice</h2><p>by Nell Harrow & Tam Ost</p><hr>` + story, `
authors: Nell Harrow
authors: Tam Ost
title: Thin Ice`},
	})
}

func TestRowsOfFacts(t *testing.T) {
	checkHeaders(t, []sample{
		{"dashes", `<p><b>Thin Ice</b></p><p>by Nell Harrow</p><p>Farscape - Rated: T - English - Mystery/Drama - Chapters: 3 - Words: 4,711 - Reviews: 2 - Updated: 03-17-02 - Complete</p><hr>` + story, `
authors: Nell Harrow
fandoms: Farscape
rating: T = teen
language: English = en
genres: Mystery
genres: Drama
words_stated: 4,711 = 4711
date_updated: 03-17-02 = 2002-03-17
status: Complete = complete
title: Thin Ice
[part 3]`},
		{"bars", `<p><b>Thin Ice</b></p><p>by Nell Harrow</p><p>Rating: PG | Words: 300 | Chapters: 1 | Genre: Drama</p><hr>` + story, `
authors: Nell Harrow
rating: PG = general
words_stated: 300
genres: Drama
title: Thin Ice
[part 1]`},
		{"commas", `<p><b>Thin Ice</b></p><p>by Nell Harrow</p><p>Farscape, T, English, Drama & Mystery, words: 4,711, favs: 21, updated: 3/17/02</p><hr>` + story, `
authors: Nell Harrow
fandoms: Farscape
rating: T = teen
language: English = en
genres: Drama
genres: Mystery
words_stated: 4,711 = 4711
date_updated: 3/17/02 = 2002-03-17
title: Thin Ice`},
		{"slashes", `<p><b>Dünnes Eis</b></p><p>von Grete Holm</p><p>Geschichte / Humor, Freundschaft / P12 / Gen</p><hr>` + story, `
authors: Grete Holm
genres: Humor
genres: Freundschaft
rating: P12 = teen
categories: Gen
title: Dünnes Eis`},
	})
}

func TestValuesOfSeveralParagraphs(t *testing.T) {
	checkHeaders(t, []sample{
		{"disclaimer and notes", `<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Disclaimer: They belong to Harbour Films.</p><p>No copyright infringement is intended by this story, and no profit is made.</p><p>Author's Notes: I wrote this in one night.</p><p>Thank you for reading it in another.</p><hr>` + story, `
title: Thin Ice
authors: Nell Harrow
disclaimer: They belong to Harbour Films. No copyright infringement is intended by this story, and no profit is made.
notes: I wrote this in one night. Thank you for reading it in another.`},
		{"wrapped lines", "Title: Thin Ice\nAuthor: Nell Harrow\nSummary: A night in the lamp room, with seven boats and an\neighth that nobody had counted on.\nRating: PG\n\n* * *\n\n" + plainStory(), `
title: Thin Ice
authors: Nell Harrow
summary: A night in the lamp room, with seven boats and an eighth that nobody had counted on.
rating: PG = general`},
		{"without labels", `<h2>Thin Ice</h2><p>by Nell Harrow</p><p>I do not own Lantern Bay; it belongs to Harbour Films.</p><p>This is my first fic, so please review and be kind to me! It began on a wet night in a bus shelter, and I have not been dry since then.</p><hr>` + story, `
authors: Nell Harrow
title: Thin Ice
disclaimer: I do not own Lantern Bay; it belongs to Harbour Films.
notes: This is my first fic, so please review and be kind to me! It began on a wet night in a bus shelter, and I have not been dry since then.`},
	})
}

func TestTitleElement(t *testing.T) {
	common := func(s string) bool { return s == "The Lamp Room" || s == "The Lamp Room: Stories" }
	rows := []struct{ name, in, want string }{
		{"alone", `<title>Thin Ice</title><p>by Nell Harrow</p><hr>` + story, "Thin Ice (title-element)"},
		{"with the site's name", `<title>The Lamp Room: Thin Ice</title><p>by Nell Harrow</p><hr>` + story, "Thin Ice (title-element)"},
		{"the site's name behind", `<title>Thin Ice - The Lamp Room</title><p>by Nell Harrow</p><hr>` + story, "Thin Ice (title-element)"},
		{"only the site's name", `<title>The Lamp Room: Stories</title><h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story, "Thin Ice (first-line)"},
		{"a placeholder", `<title>Untitled Document</title><h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story, "Thin Ice (first-line)"},
		{"said again on the page", `<title>Lamps :: Thin Ice</title><h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story, "Thin Ice (title-element-and-line)"},
		{"with the author's name", `<title>Thin Ice by Nell Harrow</title>` + story, "Thin Ice (title-element)"},
		{"against a label", `<title>Stories of the bay</title><p>Title: Thin Ice</p><p>by Nell Harrow</p><hr>` + story, "Thin Ice (title-label)"},
		{"a placeholder with a label", `<title>index</title><p>Title: Home</p><p>by Nell Harrow</p><hr>` + story, "Home (title-label)"},
		{"a label that says there is none", `<title>index</title><p>Title: untitled</p><p>by Nell Harrow</p><hr>` + story, ""},
		{"a prefix", `<title>FIC: Thin Ice</title><p>by Nell Harrow</p><hr>` + story, "Thin Ice (title-element)"},
		{"meta", `<meta name="dc.title" content="Thin Ice"><p>by Nell Harrow</p><hr>` + story, "Thin Ice (meta)"},
		{"nothing", `<title>index</title>` + story, ""},
	}
	for _, r := range rows {
		got := ""
		if f, ok := readPage(t, r.in, header.Options{Common: common}).First(archive.FieldTitle); ok {
			got = f.Text + " (" + f.Rule + ")"
		}
		if got != r.want {
			t.Errorf("%s: %s, not %s", r.name, got, r.want)
		}
	}
}

func TestAuthorOfMeta(t *testing.T) {
	for in, want := range map[string]string{
		`<meta name="author" content="Nell Harrow"><p>Title: Thin Ice</p><hr>`:                        "Nell Harrow",
		`<meta name="author" content="Page Maker 4"><p>Title: Thin Ice</p><p>by Nell Harrow</p><hr>`:  "Nell Harrow",
		`<meta name="author" content="made with the best editor there is"><p>Title: Thin Ice</p><hr>`: "",
	} {
		f, _ := readPage(t, in+story, header.Options{}).First(archive.FieldAuthors)
		if f.Text != want {
			t.Errorf("%s: %q, not %q", in, f.Text, want)
		}
	}
}

// TestOptions checks that dates follow the order of the folder, and that a
// numbered heading is the title of one story among several.
func TestOptions(t *testing.T) {
	in := `<h2>2. Thin Ice</h2><p>by Nell Harrow</p><p>Date: 3/4/02</p><hr>` + story
	for order, want := range map[vocab.Order]string{vocab.MonthFirst: "2002-03-04", vocab.DayFirst: "2002-04-03", vocab.Unsure: ""} {
		h := readPage(t, in, header.Options{Order: order})
		if f, _ := h.First(archive.FieldDate); f.Normal != want {
			t.Errorf("order %d: %q, not %q", order, f.Normal, want)
		}
		if len(h.Dates) != 1 || h.Dates[0].A != 3 || h.Dates[0].B != 4 {
			t.Errorf("order %d: dates %v", order, h.Dates)
		}
	}
	one, _ := readPage(t, in, header.Options{Several: true}).First(archive.FieldTitle)
	if one.Text != "Thin Ice" || one.Rule != "numbered-story" {
		t.Errorf("among several stories the title is %q (%s)", one.Text, one.Rule)
	}
}

// TestUnknownLabels checks that a label in no table counts among known ones only,
// and keeps its name.
func TestUnknownLabels(t *testing.T) {
	checkHeaders(t, []sample{
		{"among labels", `<p>Title: Thin Ice</p><p>Weather: fog, then more fog</p><p>Rating: PG</p><p>Author: Nell Harrow</p><hr>` + story, `
title: Thin Ice
other (Weather): fog, then more fog
rating: PG = general
authors: Nell Harrow`},
	})
	h := readPage(t, `<h2>Thin Ice</h2><p>by Nell Harrow</p><p>Weather: fog</p><hr>`+story, header.Options{})
	if f, ok := h.First(archive.FieldOther); ok {
		t.Errorf("%q alone is a label", f.Label)
	}
}

// TestStoryIsNoHeader checks that nothing within the story is read.
func TestStoryIsNoHeader(t *testing.T) {
	in := `<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><hr>` + story +
		`<p>Rating: he would have given the soup two lamps out of five, had anybody asked him, and nobody had, not on that night nor on any other.</p>` + story
	want := []string{"title: Thin Ice", "authors: Nell Harrow"}
	if diff := cmp.Diff(want, told(readPage(t, in, header.Options{}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSeveralStories reads the second of two stories: what the page says above
// the first is said of both.
func TestSeveralStories(t *testing.T) {
	words := vocab.New()
	p := page.ReadHTML(`<p>All snippets by Nell Harrow. Rated G unless noted.</p><p>1. First Frost</p><p>Summary: It is cold.</p>` + story +
		`<p>* * *</p><p>2. Thin Ice</p><p>Summary: It is colder.</p>` + story + `<p>Back to the Farscape page</p>`)
	page.NewDivider(words).Divide(p, nil)
	second := slices.IndexFunc(p.Lines, func(l page.Line) bool { return l.Text == "2. Thin Ice" })
	h := header.NewReader(words).Read(p, second, len(p.Lines), header.Options{Several: true})
	if diff := cmp.Diff([]string{"title: Thin Ice", "summary: It is colder.", "fandoms: Farscape", "authors: Nell Harrow"}, told(h)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
