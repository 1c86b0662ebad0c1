package vocab_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/rescue/vocab"
)

// row is a line and what is read in it.
type row struct{ in, want string }

// check runs a table of rows through read, which shows its result as text.
func check(t *testing.T, rows []row, read func(string) string) {
	t.Helper()
	for _, r := range rows {
		if diff := cmp.Diff(r.want, read(r.in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", r.in, diff)
		}
	}
}

// labelled shows the labels of a line with their values: "title=Thin Ice". A
// weak label begins with "~", a second field follows after "+", and a label that
// stands alone ends with "=…".
func labelled(line string, labels []vocab.Label) string {
	var out []string
	for i, l := range labels {
		end := len(line)
		if i+1 < len(labels) {
			end = labels[i+1].Start
		}
		s := string(l.Field)
		if l.Strength == vocab.Weak {
			s = "~" + s
		}
		if l.Also != "" {
			s += "+" + string(l.Also)
		}
		if l.Alone {
			s += "=…"
		} else {
			s += "=" + strings.TrimSpace(line[l.Value:end])
		}
		out = append(out, s)
	}
	return strings.Join(out, " · ")
}

func TestLabelsInEightLanguages(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Title: The Lamp Room", "title=The Lamp Room"},
		{"Author: Nell Harrow", "author=Nell Harrow"},
		{"Feedback: yes please", "feedback=yes please"},
		{"Titel: Das Lampenzimmer", "title=Das Lampenzimmer"},
		{"Autorin: Grete Holm", "author=Grete Holm"},
		{"Altersfreigabe: ab 12", "rating=ab 12"},
		{"Anmerkung der Autorin: Danke.", "notes=Danke."},
		{"Titre : La Chambre aux lampes", "title=La Chambre aux lampes"},
		{"Résumé : Une nuit au phare.", "summary=Une nuit au phare."},
		{"Note de l’auteur : Merci.", "notes=Merci."},
		{"Título: El cuarto de las lámparas", "title=El cuarto de las lámparas"},
		{"Clasificación: K", "rating=K"},
		{"Titolo: La stanza delle lampade", "title=La stanza delle lampade"},
		{"Note dell'autrice: Grazie.", "notes=Grazie."},
		{"Название: Комната с лампой", "title=Комната с лампой"},
		{"Пэйринг и персонажи: Вера/Олег", "relationships=Вера/Олег"},
		{"От автора: первый рассказ", "notes=первый рассказ"},
		{"題名：灯台の部屋", "title=灯台の部屋"},
		{"あらすじ：冬の夜。", "summary=冬の夜。"},
		{"标题：灯房", "title=灯房"},
		{"作者：林夜", "author=林夜"},
	}, func(s string) string { return labelled(s, v.All(s)) })
}

func TestLabelSeparators(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Title: Thin Ice", "title=Thin Ice"},
		{"TITLE; Thin Ice", "title=Thin Ice"},
		{"Title - Thin Ice", "title=Thin Ice"},
		{"Title -- Thin Ice", "title=Thin Ice"},
		{"Title – Thin Ice", "title=Thin Ice"},
		{"Title—Thin Ice", "title=Thin Ice"},
		{"Title = Thin Ice", "title=Thin Ice"},
		{"Title | Thin Ice", "title=Thin Ice"},
		{"Title ~ Thin Ice", "title=Thin Ice"},
		{"Title......... Thin Ice", "title=Thin Ice"},
		{"[Title] Thin Ice", "title=Thin Ice"},
		{"{Rating}: PG", "rating=PG"},
		{"<Summary> A storm is coming.", "summary=A storm is coming."},
		{"**Title:** Thin Ice", "title=Thin Ice"},
		{"~*~ Rating: PG", "rating=PG"},
		{"Disclaimer:: Not mine.", "disclaimer=Not mine."},
		{"Title (working): Thin Ice", "title=Thin Ice"},
	}, func(s string) string { return labelled(s, v.All(s)) })
}

func TestLabelsAlone(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Title:", "title=…"},
		{"SUMMARY", "summary=…"},
		{"Disclaimer...", "disclaimer=…"},
		{"*Author's Notes*", "notes=…"},
		{"Zusammenfassung", "summary=…"},
		{"summary", ""},  // an ordinary word
		{"Chapter", ""},  // weak: a heading, more likely
		{"Location", ""}, // in no table as a field of a header
	}, func(s string) string { return labelled(s, v.All(s)) })
}

func TestSeveralLabelsOnALine(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Title: Thin Ice Author: Nell Harrow Rating: PG", "title=Thin Ice · author=Nell Harrow · rating=PG"},
		{"Rating: PG | Genre: Drama | Word Count: 1,200", "rating=PG · genres=Drama · words=1,200"},
		{"Fandom: Lantern Bay (Spoilers: none)", "fandom=Lantern Bay ( · spoilers=none)"},
		{"Summary: It was late. Notes: thanks to all.", "summary=It was late. · notes=thanks to all."},
		{"Disclaimer: see http://example.org/faq for all", "disclaimer=see http://example.org/faq for all"},
		{"Notes: she said: wait", "notes=she said: wait"},
		{"Автор: Вера Рейтинг: PG", "author=Вера · rating=PG"},
	}, func(s string) string { return labelled(s, v.All(s)) })
}

func TestTwoLabelsInOne(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Title/Author: Thin Ice by Nell Harrow", "title+author=Thin Ice by Nell Harrow"},
		{"Rating & Warnings: PG, storms", "rating=PG, storms"}, // in the table as one
		{"Summary and Disclaimer: none", "summary+disclaimer=none"},
		{"Titel und Autor: Dünnes Eis", "title+author=Dünnes Eis"},
		{"Titre et auteur : Glace", "title+author=Glace"},
		{"Disclaimer for part 2: as before", "disclaimer=as before"},
		{"The usual boring disclaimer: as before", "disclaimer=as before"},
		{"My very own summary: rain", "summary=rain"},
	}, func(s string) string { return labelled(s, v.All(s)) })
}

func TestNoLabel(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"He had only one rule: never look back.", ""},
		{"Xyzzy: nobody knows this one", ""},
		{"http://example.org/story.html", ""},
		{"10:30 in the evening", ""},
		{"", ""},
		{"\"Title,\" she said, \"is nothing.\"", ""},
		{"title - a word in a sentence - no label", ""},
		{"Part of the crowd - the louder part - left.", ""},
		{strings.Repeat("very ", 30) + ": long", ""},
	}, func(s string) string { return labelled(s, v.All(s)) })
}

func TestKnownVaries(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Author's Note(s)", "notes"},
		{"A/N", "notes"},
		{"E-Mail", "email"},
		{"Complete?", "status"},
		{"Story", "~title"},
		{"Spoilers for season 2", "spoilers"},
		{"Sequel", "prequelto"},
		{"Sequel to", "sequelto"},
		{"webmaster's note", "ignored"},
		{"Weather", "-"},
		{"", "-"},
		{strings.Repeat("title ", 12), "-"},
	}, func(s string) string {
		l, ok := v.Known(s)
		if !ok {
			return "-"
		}
		if l.Strength == vocab.Weak {
			return "~" + string(l.Field)
		}
		return string(l.Field)
	})
}

func TestLabelRanges(t *testing.T) {
	line := "**Author : Nell**"
	got, ok := vocab.New().Lead(line)
	want := vocab.Label{Field: "author", Strength: vocab.Strong, Start: 2, End: 9, Value: 11, Sep: ":"}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("Lead(%q) = %v (-want +got):\n%s", line, ok, diff)
	}
	if got := line[got.Start:got.End]; got != "Author " {
		t.Errorf("label is %q", got)
	}
}

func TestKeyAndFold(t *testing.T) {
	check(t, []row{
		{"  Author's   NOTES ", "authors notes"},
		{"Rating (so far)", "rating"},
		{"**Title**", "title"},
		{"Co-Author", "co-author"},
		{"«Название»", "название"},
	}, vocab.Key)
	check(t, []row{
		{"The  Lamp-Room!", "the lamp room"},
		{"Harrow’s End", "harrows end"},
		{"…", ""},
		{"ÉTÉ 2004", "été 2004"},
	}, vocab.Fold)
}

func TestLetterhead(t *testing.T) {
	for field, want := range map[vocab.Field]bool{"mailsubject": true, "mailfrom": true, "source": true, "title": false, "": false} {
		if got := vocab.Letterhead(field); got != want {
			t.Errorf("Letterhead(%q) = %v", field, got)
		}
	}
}
