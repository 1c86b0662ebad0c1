package vocab_test

import (
	"strings"
	"testing"

	"colophon/internal/rescue/vocab"
)

func TestChapterHeading(t *testing.T) {
	check(t, []row{
		{"Chapter 9", "Chapter 9 | 9 | | "},
		{"Chapter 9: The Long Stair", "Chapter 9 | 9 | | The Long Stair"},
		{"CHAPTER NINE - The Long Stair", "CHAPTER NINE | NINE | | The Long Stair"},
		{"*** Part IV ***", "Part IV | IV | | "},
		{"Part 1 of 3", "Part 1 of 3 | 1 | 3 | "},
		{"(Part 2/5)", "Part 2/5 | 2/5 | | "},
		{"Ch. 3", "Ch. 3 | 3 | | "},
		{"Prologue", "Prologue | Prologue | | "},
		{"Epilog: Danach", "Epilog | Epilog | | Danach"},
		{"Kapitel 2 - Nebel", "Kapitel 2 | 2 | | Nebel"},
		{"Teil drei", "Teil drei | drei | | "},
		{"Chapitre 4 : La tempête", "Chapitre 4 | 4 | | La tempête"},
		{"Capítulo 5", "Capítulo 5 | 5 | | "},
		{"Глава 7. Маяк", "Глава 7 | 7 | | Маяк"},
		{"Глава первая", "Глава первая | первая | | "},
		{"Часть вторая: Маяк", "Часть вторая | вторая | | Маяк"},
		{"第三章", "第三章 | 第三章 | | "},
		{"2. Thin Ice", "2 | 2 | | Thin Ice"},
		{"IV. The Long Stair", "IV | IV | | The Long Stair"},
		{"Part one of the plan was to wait until the fog had gone.", "-"},
		{"3. Wait!", "-"},
		{"Chapters are hard", "-"},
		{"Prologues are hard", "-"},
		{"Part onerous, part joy", "-"},
		{"Часть одинокая", "-"},
		{"Part of her wanted to stay", "-"},
		{"The long stair", "-"},
		{"", "-"},
		{"Chapter 1 " + strings.Repeat("long ", 30), "-"},
	}, func(s string) string {
		h, ok := vocab.ChapterHeading(s)
		if !ok {
			return "-"
		}
		return h.Label + " | " + h.Number + " | " + h.Total + strings.Repeat(" ", min(1, len(h.Total))) + "| " + h.Title
	})
}

func TestPartOf(t *testing.T) {
	check(t, []row{
		{"The Fall (2/5)", "The Fall 2 of 5"},
		{"The Fall [1/?]", "The Fall 1 of ?"},
		{"The Fall 2/5", "The Fall 2 of 5"},
		{"The Fall (Part 2 of 5)", "The Fall 2 of 5"},
		{"The Fall, Part 3", "The Fall 3 of "},
		{"The Fall - Chapter Nine", "The Fall Nine of "},
		{"Der Fall, Teil 2", "Der Fall 2 of "},
		{"Падение, часть 4", "Падение 4 of "},
		{"The Fall", "The Fall"},
		{"Part 3", "Part 3"},
		{"Room 12", "Room 12"},
		{"Chapter 2 of 5", "Chapter 2 of 5"},
		{"", ""},
	}, func(s string) string {
		rest, n, total := vocab.PartOf(s)
		if n == "" {
			return rest
		}
		return rest + " " + n + " of " + total
	})
}

func TestByline(t *testing.T) {
	check(t, []row{
		{"by Nell Harrow", "Nell Harrow"},
		{"By: Nell Harrow", "Nell Harrow"},
		{"~ by Nell Harrow ~", "Nell Harrow"},
		{"*by quill*", "quill"},
		{"(by Nell Harrow and Tam Ost)", "Nell Harrow and Tam Ost"},
		{"a story by Nell Harrow", "Nell Harrow"},
		{"Written by Nell Harrow", "Nell Harrow"},
		{"An offering from Nell Harrow", "Nell Harrow"},
		{"von Grete Holm", "Grete Holm"},
		{"geschrieben von Grete Holm", "Grete Holm"},
		{"par Odile Marchand", "Odile Marchand"},
		{"рассказ by Вера", "Вера"},
		{"by Nell Harrow (nell at example dot org)", "Nell Harrow"},
		{"by Nell Harrow <nell@example.org>", "Nell Harrow"},
		{"by Nell of the Harbour", "Nell of the Harbour"},
		{"by the sea she waited", "-"},
		{"By now it was dark.", "-"},
		{"by his own hand, as it were", "-"},
		{"by", "-"},
		{"Bye, Nell", "-"},
		{"", "-"},
	}, func(s string) string {
		i, j, ok := vocab.Byline(s)
		if !ok {
			return "-"
		}
		return s[i:j]
	})
}

func TestTitleByline(t *testing.T) {
	check(t, []row{
		{"Thin Ice by Nell Harrow", "Thin Ice / Nell Harrow"},
		{"Thin Ice, by Nell Harrow", "Thin Ice / Nell Harrow"},
		{"THIN ICE - by Nell", "THIN ICE / Nell"},
		{"Stand By Me by Nell Harrow", "Stand By Me / Nell Harrow"},
		{"Dünnes Eis, geschrieben von Grete Holm", "Dünnes Eis / Grete Holm"},
		{"La glace par Odile", "La glace / Odile"},
		{"She walked by the old harbour wall", "-"},
		{"by Nell", "-"},
		{"Thin Ice", "-"},
	}, func(s string) string {
		a, b, c, ok := vocab.TitleByline(s)
		if !ok {
			return "-"
		}
		return s[:a] + " / " + s[b:c]
	})
}

// yes runs lines through a question and reports those answered wrongly.
func yes(t *testing.T, ask func(string) bool, want bool, lines ...string) {
	t.Helper()
	for _, s := range lines {
		if ask(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestChromeLine(t *testing.T) {
	yes(t, vocab.ChromeLine, true,
		"Back to the index", "[ Home ]", "<< Previous Chapter", "Next »", "Print this story", "Printer-friendly version",
		"Sign my guestbook!", "View our guestbook", "You are visitor number 10,233", "Hits: 4711",
		"This page is hosted by Free Pages", "Powered by eFiction 1.1", "Send feedback to Nell", "Did you like it? Tell us!",
		"Get your own free homepage", "Last updated 3 May 2001", "Page 2 of 7", "3 reviews", "Zurück zur Übersicht", "Druckversion",
		"Accueil", "Sommaire", "На главную", "Назад", "Назад к списку", "© 2001 The Lamp Room", "Chapter Index", "(3 comments) (Leave a comment)")
	yes(t, vocab.ChromeLine, false,
		"Homeward they went.", "She printed the letter and left.", "The next morning was cold.", "Title: Home",
		"Lastly, he looked up.", "Thin Ice", "", strings.Repeat("Back to the index ", 20))
}

func TestDivider(t *testing.T) {
	yes(t, vocab.Divider, true, "***", "* * *", "~*~*~", "-----", "=====", "oOo", "OoOoO", "xXx", "#", "-x-", "~", "• • •", "§", "oOoOoOo", "ooo", "<><><>", "+ + +", "◇◇◇", "★")
	yes(t, vocab.Divider, false, "", "?!", "!!!", "\"...\"", "Oh", "***The End***", "x", "8", "I", strings.Repeat("*", 130))
}

func TestDisclaims(t *testing.T) {
	yes(t, vocab.Disclaims, true,
		"Not mine.", "I don't own them, more's the pity.", "They belong to Harbour Films.", "No copyright infringement intended.",
		"Nobody here is mine.", "If I owned it, it would rain less.", "Mir gehört nichts.", "Die Figuren gehören nicht mir.",
		"Rien ne m'appartient.", "Les personnages appartiennent à la chaîne.", "Персонажи принадлежат авторам.", "Персонажи не мои.", "Los personajes pertenecen a otros.", "I own nothing")
	yes(t, vocab.Disclaims, false, "The lamp was her own.", "He made money on the fish market.", "The ship's owner waved.", "")
}

func TestInvites(t *testing.T) {
	yes(t, vocab.Invites, true, "Please review!", "R&R", "Feedback is always welcome.", "Let me know what you think", "Kommentare sind erwünscht", "Laissez un commentaire", "Жду отзывов")
	yes(t, vocab.Invites, false, "He let me know at once.", "She sent him a letter.", "")
}

func TestEndMarker(t *testing.T) {
	check(t, []row{
		{"The End", "end"},
		{"*** FINIS 3/17/02 ***", "end"},
		{"~fin~", "end"},
		{"Ende", "end"},
		{"конец", "end"},
		{"End of Part 3", "end"},
		{"To be continued...", "more"},
		{"TBC", "more"},
		{"Fortsetzung folgt", "more"},
		{"À suivre...", "more"},
		{"продолжение следует", "more"},
		{"つづく", "more"},
		{"The end of the pier was wet.", "-"},
		{"Finally.", "-"},
		{"", "-"},
	}, func(s string) string {
		more, ok := vocab.EndMarker(s)
		switch {
		case !ok:
			return "-"
		case more:
			return "more"
		}
		return "end"
	})
}

func TestAuthorTalk(t *testing.T) {
	v := vocab.New()
	for _, s := range []string{
		"This is my first fic, so please review!", "Thanks to my beta for the help with this chapter.", "Die Charaktere gehören nicht mir, viel Spaß!",
		"Les personnages ne sont pas à moi, bonne lecture !", "Этот фик — мой первый, жду отзывы.",
	} {
		if v.AuthorTalk(s) <= 0.5 {
			t.Errorf("%q weighs %.2f: an author speaks here", s, v.AuthorTalk(s))
		}
	}
	for _, s := range []string{
		"He turned and walked to the door.", "\"No,\" she whispered, and smiled.", "Sie fragte ihn noch einmal, und er sagte nein.", "",
	} {
		if v.AuthorTalk(s) > 0 {
			t.Errorf("%q weighs %.2f: nobody speaks of the story here", s, v.AuthorTalk(s))
		}
	}
	if long := strings.Repeat("rain ", 130); v.AuthorTalk(long+"disclaimer") != v.AuthorTalk(long) {
		t.Error("a word behind the first 600 bytes was weighed")
	}
}

func TestInfoRow(t *testing.T) {
	yes(t, vocab.InfoRow, true,
		"Farscape - Rated: T - English - Drama - Chapters: 3 - Words: 4,000 - Updated: 3-4-02",
		"Rating: PG | Words: 300 | Chapters: 1 | Reviews: 2",
		"Farscape, T, English, Drama, words: 3k+, favs: 21, updated: 3/4/02")
	yes(t, vocab.InfoRow, false, "Rated: T", "He came - no, ran - home - at once - tired.", "", "Rated: T - Words: 30 - a - b"+strings.Repeat(" x", 400))
	if i := vocab.FactsBegin("Farscape, T, words: 3k+, favs: 21"); i != 13 {
		t.Errorf("facts begin at %d", i)
	}
	if i := vocab.FactsBegin("Farscape"); i != -1 {
		t.Errorf("facts begin at %d where there are none", i)
	}
}

func TestNameLike(t *testing.T) {
	yes(t, vocab.NameLike, true, "Nell Harrow", "quill", "Nell & Tam", "Grete von Holm", "The Lamplighter", "Вера", "灯台守")
	yes(t, vocab.NameLike, false, "", "the sea she loved so", "me", "the way", "Who are you to ask?", "...", strings.Repeat("Nell ", 20))
}
