package rescue_test

import "testing"

func TestPartsOverFiles(t *testing.T) {
	checkSamples(t, []sample{
		{name: "by numbers in the titles", files: `
-- b.html --
<h2>Thin Ice (2/3)</h2><p>by Nell Harrow</p><hr>{tale 2}
-- c.html --
<h2>Thin Ice (1/3)</h2><p>by Nell Harrow</p><hr>{tale 1}
-- d.html --
<h2>Thin Ice (3/3)</h2><p>by Nell Harrow</p><hr>{tale 3}
`, want: []string{"c.html b.html d.html: Thin Ice by Nell Harrow [; ; ]"}},
		{name: "by links", files: `
-- end.html --
<h3>Chapter 3</h3><hr>{tale 3}<p>The End</p>
-- start.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><h3>Chapter 1</h3><hr>{tale 1}<p><a href="two.html">Next</a></p>
-- two.html --
<h3>Chapter 2</h3><hr>{tale 2}<p><a href="start.html">Previous</a> <a href="end.html">Next</a></p>
`, want: []string{"start.html two.html end.html: Thin Ice by Nell Harrow [Chapter 1; Chapter 2; Chapter 3]"}},
		{name: "by file names", files: `
-- ice1.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><h3>Chapter 1</h3><hr>{tale 1}
-- ice2.html --
<h3>Chapter 2</h3><hr>{tale 2}
-- ice3.html --
<h3>Chapter 3</h3><hr>{tale 3}
`, want: []string{"ice1.html ice2.html ice3.html: Thin Ice by Nell Harrow [Chapter 1; Chapter 2; Chapter 3]"}},
		{name: "file names that count something else", files: `
-- 602.html --
<h2>Thin Ice (2/3)</h2><p>by Nell Harrow</p><hr>{tale 2}
-- 605.html --
<h3>Chapter 3</h3><hr>{tale 3}
`, want: []string{"602.html: Thin Ice by Nell Harrow [] parts-missing", "605.html:  by  [Chapter 3] author-missing title-missing"}},
		{name: "more than nine", files: `
-- a1.html --
<h2>Thin Ice (1/11)</h2><p>by Nell Harrow</p><hr>{tale 1}
-- a10.html --
<h2>Thin Ice (10/11)</h2><p>by Nell Harrow</p><hr>{tale 10}
-- a11.html --
<h2>Thin Ice (11/11)</h2><p>by Nell Harrow</p><hr>{tale 11}
-- a2.html --
<h2>Thin Ice (2/11)</h2><p>by Nell Harrow</p><hr>{tale 2}
`, want: []string{"a1.html a2.html a10.html a11.html: Thin Ice by Nell Harrow [; ; ; ] parts-missing"}},
		{name: "not by different authors", files: `
-- a.html --
<h2>Home (1/2)</h2><p>by Nell Harrow</p><hr>{tale 1}
-- b.html --
<h2>Home (2/2)</h2><p>by Tam Ost</p><hr>{tale 2}
`, want: []string{"a.html: Home by Nell Harrow [] parts-missing", "b.html: Home by Tam Ost [] parts-missing"}},
		{name: "not in different folders", files: `
-- x/a.html --
<h2>Home (1/2)</h2><p>by Nell Harrow</p><hr>{tale 1}
-- y/b.html --
<h2>Home (2/2)</h2><p>by Nell Harrow</p><hr>{tale 2}
`, want: []string{"x/a.html: Home by Nell Harrow [] parts-missing", "y/b.html: Home by Nell Harrow [] parts-missing"}},
		{name: "not by a link to another story", files: `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1}<p><a href="b.html">Next</a></p>
-- b.html --
<h2>Deep Water</h2><p>by Nell Harrow</p><hr>{tale 2}
`, want: []string{"a.html: Thin Ice by Nell Harrow []", "b.html: Deep Water by Nell Harrow []"}},
	})
}

func TestChaptersOnAPage(t *testing.T) {
	checkSamples(t, []sample{
		{name: "chapters", files: `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr><h3>Chapter 1: Fog</h3>{tale 1}<h3>Chapter 2: Oil</h3>{tale 2}<h3>Epilogue</h3>{tale 3}
`, want: []string{"a.html: Thin Ice by Nell Harrow [Chapter 1: Fog; Chapter 2: Oil; Epilogue]"}},
		{name: "several stories", files: `
-- a.html --
<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Rating: PG</p><hr>{tale 1}<hr><p>Title: Deep Water</p><p>Author: Nell Harrow</p><p>Rating: G</p><hr>{tale 2}
`, want: []string{"a.html: Thin Ice by Nell Harrow []", "a.html: Deep Water by Nell Harrow []"}},
		{name: "header after the story", files: `
-- a.html --
{tale 1}<hr><p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Rating: PG</p>
`, want: []string{"a.html: Thin Ice by Nell Harrow []"}},
	})
}

func TestCopies(t *testing.T) {
	checkSamples(t, []sample{
		{name: "the same bytes", files: `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1}
-- b/a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1}
`, want: []string{"a.html +b/a.html: Thin Ice by Nell Harrow [] duplicate"}},
		{name: "another layout", files: `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1}
-- b.html --
<table><tr><td>Title:<td>Thin Ice<tr><td>Author:<td>Nell Harrow<tr><td>Rating:<td>PG<tr><td>Summary:<td>A night in the lamp room, and what came of it.</table>{tale 1}<p>The End</p>
`, want: []string{"b.html +a.html: Thin Ice by Nell Harrow [] duplicate"}},
		{name: "without its header", files: `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1}
-- b.html --
{tale 1}
`, want: []string{"a.html +b.html: Thin Ice by Nell Harrow [] duplicate"}},
		{name: "the third copy is the best", files: `
-- a.html --
{tale 1}
-- b.html --
{tale 1}<p>The End</p>
-- c.html --
<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Rating: PG</p><p>Summary: A night in the lamp room.</p><hr>{tale 1}
`, want: []string{"c.html +a.html +b.html: Thin Ice by Nell Harrow [] duplicate"}},
		{name: "a few words of two stories", files: `
-- a.txt --
Title: Thin Ice
Author: Nell Harrow

It rang once.
-- b.txt --
Title: First Frost
Author: Nell Harrow

It rang once.
`, want: []string{"a.txt: Thin Ice by Nell Harrow [] very-short", "b.txt: First Frost by Nell Harrow [] very-short"}},
		{name: "a part of a longer one", files: `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1 12}
-- b.html --
<h2>First Frost</h2><p>by Nell Harrow</p><hr>{tale 1 4}
`, want: []string{"a.html: Thin Ice by Nell Harrow []", "b.html: First Frost by Nell Harrow [] part-of-longer"}},
		{name: "different texts of one title", files: `
-- a.html --
<p>Title: Home</p><p>by Nell Harrow</p><hr>{tale 1}
-- b.html --
<p>Title: Home</p><p>by Tam Ost</p><hr>{tale 2}
`, want: []string{"a.html: Home by Nell Harrow []", "b.html: Home by Tam Ost []"}},
	})
}

func TestIndexPages(t *testing.T) {
	const index = `
-- index.html --
<h1>The Lamp Room</h1><ul>
<li><a href="a.html">Thin Ice</a> by Nell Harrow (PG)<br>Seven boats and an eighth that nobody counted on.
<li><a href="b.html">Deep Water</a> by Tam Ost (R)
<li><a href="lost.html">Open Sea</a> by Nell Harrow (PG)
<li><a href="c.html">Slack Tide</a> by Odile Marchand (G)
</ul>
-- a.html --
<hr>{tale 1}
-- b.html --
<h2>Deep Water</h2><p>by Tam Ost</p><hr>{tale 2}
-- c.html --
<h2>Slack Tide</h2><hr>{tale 3}
-- d.html --
<h2>Unlisted</h2><p>by Wren</p><hr>{tale 4}
`
	checkSamples(t, []sample{{
		name: "both ways", files: index,
		want: []string{
			"a.html +index.html: Thin Ice by Nell Harrow []",
			"b.html +index.html: Deep Water by Tam Ost []",
			"c.html +index.html: Slack Tide by Odile Marchand []",
			"d.html: Unlisted by Wren []",
		},
		pages: []string{"file-without-index-entry d.html", "index-entry-without-file index.html", "index-page index.html"},
	}})
}
