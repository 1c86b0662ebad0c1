package header_test

import "testing"

// TestArchives reads the headers that archives, forums and lists of the time
// printed in ways of their own.
func TestArchives(t *testing.T) {
	checkHeaders(t, []sample{
		{"crossover archive", `<h2>Thin Ice</h2><p>Summary: A night in the lamp room.</p><p>Farscape > Marit-Centered > Theme: KeepersNell HarrowFR1354,7042213 Mar 0217 Apr 02Yes</p><hr>` + story, `
summary: A night in the lamp room.
fandoms: Farscape
characters: Marit
genres: Theme: Keepers
authors: Nell Harrow
rating: FR13 = teen
words_stated: 4,704 = 4704
date: 3 Mar 02 = 2002-03-03
date_updated: 17 Apr 02 = 2002-04-17
status: Yes = complete
title: Thin Ice`},
		{"breadcrumb", `<p>Farscape Fan Fiction ❯ Thin Ice ❯ The Stair ( Chapter 3 )</p><p>by Nell Harrow</p><hr>` + story, `
fandoms: Farscape
title: Thin Ice
authors: Nell Harrow
[chapter 3 "The Stair"]`},
		{"forum", `<p>Discussion in 'Stories' started by quill, 3 March 2002.</p><h2>Thin Ice</h2><p>Rating: PG</p><hr>` + story, `
rating: PG = general
authors: quill
date: 3 March 2002 = 2002-03-03
title: Thin Ice`},
		{"mailing list", "From: Nell <nell@example.org>\nTo: lampstories\nSubject: [lamps] FIC: Thin Ice (1/2) by Nell Harrow\n\nRating: PG\n\n" + plainStory(), `
title: Thin Ice
authors: Nell Harrow
rating: PG = general
[part 1 of 2]`},
		{"bar with the site's name", `<p>The Lamp Room | Thin Ice</p><p>by Nell Harrow</p><hr>` + story, `
title: Thin Ice
authors: Nell Harrow`},
		{"chapter in the title", `<p>Thin Ice: 3. The Stair</p><p>by Nell Harrow</p><hr>` + story, `
title: Thin Ice
authors: Nell Harrow
[chapter 3 "The Stair"]`},
		{"largest archive", `<p>Rating:</p><p>General Audiences</p><p>Archive Warning:</p><p>No Archive Warnings Apply</p><p>Fandom:</p><p>Lantern Bay</p><p>Additional Tags:</p><p>lamps, fog</p><p>Words:</p><p>1,200</p><h2>Thin Ice</h2><h3>quill</h3><p>Work Text:</p>` + story, `
rating: General Audiences = general
warnings_none: No Archive Warnings Apply
fandoms: Lantern Bay
keywords: lamps
keywords: fog
words_stated: 1,200 = 1200
title: Thin Ice
authors: quill
[nothing to warn of]`},
		{"the site says what it archives", `<p><a href="index.html">A Farscape Fanfiction Archive</a></p><h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story, `
authors: Nell Harrow
fandoms: Farscape
title: Thin Ice`},
		{"a link back", `<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>` + story + `<p><a href="index.html">Back to the Farscape page</a></p>`, `
authors: Nell Harrow
fandoms: Farscape
title: Thin Ice`},
		{"codes behind the summary", `<p>Title: Thin Ice</p><p>Author: Nell Harrow</p><p>Summary: A night in the lamp room. UST, angst and humor.</p><hr>` + story, `
title: Thin Ice
authors: Nell Harrow
summary: A night in the lamp room.
relationships: UST
genres: angst
genres: humor`},
		{"signed in the disclaimer", `<h2>Thin Ice</h2><p>Disclaimer: Quillfeather does not own Lantern Bay.</p><hr>` + story, `
disclaimer: Quillfeather does not own Lantern Bay.
title: Thin Ice
authors: Quillfeather`},
		{"list as source", "From: Nell <nell@example.org>\nSource: Lamp Stories list\nSubject: Thin Ice\n\nAuthor: Nell Harrow\nRating: PG\n\n" + plainStory(), `
list_name: Lamp Stories list
title: Thin Ice
authors: Nell Harrow
rating: PG = general`},
		{"title and author in one", `<p>Title/Author: Thin Ice by Nell Harrow</p><p>Rating: PG</p><hr>` + story, `
authors: Nell Harrow
title: Thin Ice
rating: PG = general`},
		{"when it is set", `<h2>Thin Ice</h2><p>by Nell Harrow</p><p>Set shortly after the second storm.</p><hr>` + story, `
authors: Nell Harrow
title: Thin Ice
spoilers: Set shortly after the second storm.`},
	})
}
