package header_test

import "testing"

func TestPeople(t *testing.T) {
	checkRows(t, []row{
		{"Beta: Tam Ost", "betas: Tam Ost"},
		{"Betas: Tam Ost, Wren and Odile", "betas: Tam Ost; betas: Wren; betas: Odile"},
		{"Beta: none, all mistakes are mine", ""},
		{"Beta: unbetaed", ""},
		{"Betaed by: the wonderful Tam", "betas: the wonderful Tam"},
		{"Translator: Grete Holm", "translators: Grete Holm"},
		{"Übersetzt von: Grete Holm", "translators: Grete Holm"},
		{"Cover Art: Wren", "artists: Wren"},
		{"Written for: Odile", "recipients: Odile"},
		{"Pen name: quill (nell@example.org)", "authors: quill"},
		{"Author: Nell Harrow aka quill", "author_other_names: quill"},
		{"Co-author: Tam Ost", "authors: Tam Ost"},
	})
}

func TestRatingAndWarnings(t *testing.T) {
	checkRows(t, []row{
		{"Rating: R", "rating: R = mature"},
		{"Rating: PG-13 for language and storms", "rating: PG-13 = teen; warnings: language; warnings: storms"},
		{"Rating: Mostly PG, I think", "rating: PG = general"},
		{"Rating: PG. Adult language.", "rating: PG = general; warnings: Adult language"},
		{"Rating: NC-17 (to be safe)", "rating: NC-17 = explicit"},
		{"Rating: two lamps", "rating: two lamps"},
		{"Rating: none", ""},
		{"Rated PG for language.", "rating: PG = general; warnings: language"},
		{"Рейтинг: PG-13", "rating: PG-13 = teen"},
		{"Altersfreigabe: P12", "rating: P12 = teen"},
		{"Warnings: Storms, heights", "warnings: Storms; warnings: heights"},
		{"Warning: Character death.", "warnings: Character death"},
		{"Warnings: none", "warnings_none: none; [nothing to warn of]"},
		{"Warnings: None, except for one storm", "warnings_none: None; warnings: except for one storm; [nothing to warn of]"},
		{"Warnings: n/a", "warnings_none: n/a; [nothing to warn of]"},
		{"Warning: If storms upset you, don't read this", "warnings: If storms upset you"},
		{"Violence: a little, in part two", "warnings: a little, in part two"},
		{"Rating: PG for storms\nWarnings: heights", "rating: PG = general; warnings: heights"},
	})
}

func TestListsOfTags(t *testing.T) {
	checkRows(t, []row{
		{"Fandom: Lantern Bay", "fandoms: Lantern Bay"},
		{"Fandoms: Lantern Bay/Night Ferry", "fandoms: Lantern Bay; fandoms: Night Ferry"},
		{"Fandom: Ranma 1/2", "fandoms: Ranma 1/2"},
		{"Fandom: Lantern Bay; Night Ferry", "fandoms: Lantern Bay; fandoms: Night Ferry"},
		{"Pairing: Marit/Joss", "relationships: Marit/Joss"},
		{"Pairings: Marit/Joss, Tam/Wren", "relationships: Marit/Joss; relationships: Tam/Wren"},
		{"Pairing: none", ""},
		{"Pairing: Gen", ""},
		{"Pairing: hints of Marit/Joss", "relationships: Marit/Joss"},
		{"Pairing: Marit/Joss (eventually)", "relationships: Marit/Joss"},
		{"Pairing: Marit, Joss", "relationships: Marit, Joss"},
		{"Paar: Marit und Joss", "relationships: Marit und Joss"},
		{"Pairing: perhaps there will be some Marit/Joss in the end", "relationships: Marit/Joss"},
		{"Characters: Marit, Joss; the cat", "characters: Marit; characters: Joss; characters: the cat"},
		{"Personnages : Marit, Joss", "characters: Marit; characters: Joss"},
		{"Genre: Drama/Mystery", "genres: Drama; genres: Mystery"},
		{"Genre: Hurt/Comfort, Humor", "genres: Hurt/Comfort; genres: Humor"},
		{"Category: Drama, Marit/Joss", "genres: Drama; relationships: Marit/Joss"},
		{"Category: Farscape", "fandoms: Farscape"},
		{"Category: Night shift", "categories: Night shift"},
		{"Keywords: lamps, Marit/Joss, fog", "keywords: lamps; relationships: Marit/Joss; keywords: fog"},
		{"Жанр: драма, флафф", "genres: драма; genres: флафф"},
	})
}

func TestTexts(t *testing.T) {
	checkRows(t, []row{
		{"Summary: A night in the lamp room.", "summary: A night in the lamp room."},
		{"Summary: none", ""},
		{"Résumé : Une nuit au phare.", "summary: Une nuit au phare."},
		{"Disclaimer: Not mine.", "disclaimer: Not mine."},
		{"Notes: Thank you all.", "notes: Thank you all."},
		{"Note: I do not own them.", "disclaimer: I do not own them."},
		{"Spoilers: season two", "spoilers: season two"},
		{"Spoilers: none", ""},
		{"Archive: ask first, please", "archive_permission: ask first, please"},
		{"Archivierung: bitte fragen", "archive_permission: bitte fragen"},
		{"Dedication: To the keepers", "dedication: To the keepers"},
		{"Submitted through the Lamp Stories mailing list", "list_name: Lamp Stories"},
		{"Homepage: http://www.example.org/nell/", "homepage: http://www.example.org/nell/"},
		{"Homepage: none yet", ""},
		{"Feedback: yes, please!", "feedback: yes, please!; [feedback asked for]"},
		{"Feedback: no thanks", ""},
		{"Please review!", "feedback: Please review!"},
	})
}

func TestFigures(t *testing.T) {
	checkRows(t, []row{
		{"Date: 3/17/02", "date: 3/17/02 = 2002-03-17"},
		{"Date: 3/4/02", "date: 3/4/02"},
		{"Posted: 11 August 2004, late", "date: 11 August 2004 = 2004-08-11"},
		{"Updated: 2004-08-11", "date_updated: 2004-08-11"},
		{"Date: 17/3/02\nUpdated: 3/4/02", "date: 17/3/02 = 2002-03-17; date_updated: 3/4/02 = 2002-04-03"},
		{"Datum: 17.03.2002", "date: 17.03.2002 = 2002-03-17"},
		{"Дата: 9 мая 2005", "date: 9 мая 2005 = 2005-05-09"},
		{"Date: some time in winter", ""},
		{"Status: Complete", "status: Complete = complete"},
		{"Complete?: No", "status: No = in-progress"},
		{"Status: 3/?", "status: 3/? = in-progress"},
		{"Status: 3/3", "status: 3/3 = complete"},
		{"Status: 3/4/02", "date: 3/4/02"},
		{"Status: as you see", ""},
		{"Completed: 2004-08-11", "status: 2004-08-11 = complete"},
		{"Completed: Yes", "status: Yes = complete"},
		{"Word Count: 20,999", "words_stated: 20,999 = 20999"},
		{"Words: about 1200", "words_stated: 1200"},
		{"Length: 12k", ""},
		{"Size: 30 pages", ""},
		{"Language: Deutsch", "language: Deutsch = de"},
		{"Language: strong", ""},
		{"Part: 2/5", "[part 2 of 5]"},
		{"Chapters: 1/?", "[part 1 of ?]"},
	})
}

func TestSeriesShapes(t *testing.T) {
	checkRows(t, []row{
		{"Series: The Keeper Tales", "series: The Keeper Tales"},
		{"Series: The Keeper Tales, part 3", "series: The Keeper Tales; part: 3"},
		{"Series: The Keeper Tales #3", "series: The Keeper Tales; part: 3"},
		{"Series: The Keeper Tales (3/7)", "series: The Keeper Tales; part: 3"},
		{"Series: Part 3 of The Keeper Tales", "series: Keeper Tales; part: 3"},
		{"Series: third in the \"Keeper\" series", "series: Keeper"},
		{"Reihe: Leuchtturm, Teil 2", "series: Leuchtturm; part: 2"},
		{"Series: sequel to Deep Water", "sequel_to: Deep Water"},
		{"Series: Farscape", "fandoms: Farscape"},
		{"Series: none", ""},
		{"Series: yes", ""},
		{"Sequel to: Deep Water", "sequel_to: Deep Water"},
		{"Sequel: Open Sea", "prequel_to: Open Sea"},
		{"Fortsetzung von: Tiefes Wasser", "sequel_to: Tiefes Wasser"},
	})
}

func TestReadFirst(t *testing.T) {
	checkRows(t, []row{
		{"Notes: You should read \"Deep Water\" first.", "notes: You should read \"Deep Water\" first.; prerequisites: Deep Water"},
		{"Notes: It helps to read \"Deep Water\" and \"Open Sea\" before this.", "notes: It helps to read \"Deep Water\" and \"Open Sea\" before this.; prerequisites: Deep Water; prerequisites: Open Sea"},
		{"Notes: Please read Deep Water first.", "notes: Please read Deep Water first.; prerequisites: Deep Water"},
		{"Anmerkung: Lies „Tiefes Wasser“ zuerst.", "notes: Lies „Tiefes Wasser“ zuerst.; prerequisites: Tiefes Wasser"},
		{"Prerequisites: Deep Water", "prerequisites: Deep Water"},
		{"Notes: This is a sequel to Deep Water.", "notes: This is a sequel to Deep Water.; sequel_to: Deep Water"},
		{"Notes: I read it first in the fog.", "notes: I read it first in the fog."},
	})
}

func TestDrawnFromOtherFields(t *testing.T) {
	checkRows(t, []row{
		{"Disclaimer: Farscape and Babylon 5 belong to their makers.", "disclaimer: Farscape and Babylon 5 belong to their makers.; fandoms: Farscape; fandoms: Babylon 5"},
		{"Disclaimer: Lantern Bay belongs to Harbour Films.", "disclaimer: Lantern Bay belongs to Harbour Films.; fandoms: Lantern Bay"},
		{"Disclaimer: They belong to Harbour Films.", "disclaimer: They belong to Harbour Films."},
		{"Fandom: Lantern Bay\nDisclaimer: Farscape is owned by others too.", "fandoms: Lantern Bay; disclaimer: Farscape is owned by others too."},
		{"Summary: Farscape meets Babylon 5 in the fog.", "summary: Farscape meets Babylon 5 in the fog.; fandoms: Farscape; fandoms: Babylon 5"},
		{"Summary: He watched Farscape that night.", "summary: He watched Farscape that night."},
		{"Notes: Thanks to Tam Ost for the beta.", "notes: Thanks to Tam Ost for the beta.; betas: Tam Ost"},
		{"Notes: Thanks to Tam for the beta and to Oda for the name.", "notes: Thanks to Tam for the beta and to Oda for the name.; betas: Tam"},
		{"Notes: Hugs to Tam and Oda, the best of betas.", "notes: Hugs to Tam and Oda, the best of betas.; betas: Tam; betas: Oda"},
		{"Notes: Sixth in the \"Small Hours\" series.", "notes: Sixth in the \"Small Hours\" series.; series: Small Hours"},
		{"Permission is granted to archive this at the usual places.", "archive_permission: Permission is granted to archive this at the usual places."},
		{"Pseudo : Feuille", "authors: Feuille"},
		{"Notes: Betaed by tam_ost, who was kind.", "notes: Betaed by tam_ost, who was kind.; betas: tam_ost"},
		{"Summary: The lamp room has a guest. Marit/Joss friendship.", "summary: The lamp room has a guest. Marit/Joss friendship.; relationships: Marit/Joss friendship"},
		{"Spoilers: Angel S1, BtVS S4", "spoilers: Angel S1, BtVS S4; fandoms: BtVS; fandoms: Angel"},
		{"Vorwort: Das ist mein Beitrag zum Winter. Mir gehört nichts.", "notes: Das ist mein Beitrag zum Winter. Mir gehört nichts.; disclaimer: Mir gehört nichts."},
		{"Notes: Thanks to Tam for the tea.", "notes: Thanks to Tam for the tea."},
		{"Notes: This was written in one night and in one breath, with the window open. I own nothing of it. Spoilers for season two. Now for the storm.", "notes: This was written in one night and in one breath, with the window open. I own nothing of it. Spoilers for season two. Now for the storm.; disclaimer: I own nothing of it.; spoilers: Spoilers for season two."},
		{"Disclaimer: Not mine. Fair warning, there is a storm.", "disclaimer: Not mine. Fair warning, there is a storm.; warnings: Fair warning, there is a storm."},
		{"Disclaimer: Not mine. Rated R: strong language.", "disclaimer: Not mine. Rated R: strong language.; rating: R = mature; warnings: strong language"},
	})
}

// TestNothingInvented reads values that say there is nothing, and lines that look
// like facts and are none.
func TestNothingInvented(t *testing.T) {
	checkRows(t, []row{
		{"Fandom: none", ""},
		{"Characters: N/A", ""},
		{"Genre: none", ""},
		{"Spoilers: nope", ""},
		{"Sequel to: nothing", ""},
		{"Pairing: nobody", ""},
		{"Betas: no one", ""},
		{"Warnungen: keine", "warnings_none: keine; [nothing to warn of]"},
		{"Avertissements : aucun", "warnings_none: aucun; [nothing to warn of]"},
		{"Предупреждения: нет", "warnings_none: нет; [nothing to warn of]"},
		{"Бета: нет, сама", ""},
		{"Disclaimer: see chapter 1", "disclaimer: see chapter 1"},
		{"Summary: see part one", ""},
		{"Hits: 4711", ""},
		{"Pairing: Marit/Joss, a little", "relationships: Marit/Joss"},
		{"Pairing/Characters: Marit, Joss", "characters: Marit; characters: Joss"},
		{"Author: ember-and-ash", "authors: ember-and-ash"},
		{"Author: [info]saltmarsh", "authors: saltmarsh"},
		{"Feedback: nell@example.org", "feedback: nell@example.org"},
		{"Rating: R for later parts, this one is PG", "rating: PG = general"},
		{"Timeline: S3", "spoilers: S3"},
		{"Version 1.2, revised 3/4/98", ""},
		{"Rating/Warnings: PG-13, language, minor gore", "rating: PG-13 = teen; warnings: language; warnings: minor gore"},
		{"Character(s)/Pairing(s): Marit, Oda; Marit/Joss", "characters: Marit; characters: Oda; relationships: Marit/Joss"},
		{"Codes: Drama, [PG]", "genres: Drama; rating: PG = general"},
		{"Warnings: Slash. If that offends you, go away.", "warnings: Slash"},
		{"Disclaimer: Die Figuren gehören dem Sender.", "disclaimer: Die Figuren gehören dem Sender."},
		{"Disclaimer: Lantern Bay and company belong to Harbour Films.", "disclaimer: Lantern Bay and company belong to Harbour Films.; fandoms: Lantern Bay"},
		{"Category: Star Wars: Prequel Trilogy", "fandoms: Star Wars: Prequel Trilogy"},
		{"Series: third in the Keeper series, after \"Deep Water\"", "series: Keeper"},
		{"Reviews: 3", ""},
	})
}
