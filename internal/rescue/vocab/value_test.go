package vocab_test

import (
	"strconv"
	"strings"
	"testing"

	"colophon/internal/rescue/vocab"
)

func TestRating(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"PG-13", "PG-13 teen"},
		{"PG 13 for language", "PG 13 teen"},
		{"NC-17", "NC-17 explicit"},
		{"R", "R mature"},
		{"r, to be safe", "r mature"},
		{"Low R", "Low R mature"},
		{"Mainly PG, some R", "PG general"},
		{"I'd say PG", "PG general"},
		{"rated T", "T teen"},
		{"(K+)", "K+ general"},
		{"\"PG\"", "PG general"},
		{"[M] for the storm", "M mature"},
		{"FRT", "FRT teen"},
		{"FR13", "FR13 teen"},
		{"FRM", "FRM mature"},
		{"P12 Slash", "P12 teen"},
		{"General Audiences", "General Audiences general"},
		{"Teen And Up Audiences", "Teen And Up Audiences teen"},
		{"Not Rated", "Not Rated -"},
		{"ab 12", "ab 12 -"},
		{"Verde", "Verde general"},
		{"Tous publics", "Tous publics general"},
		{"12+", "12+ teen"},
		{"Fiction K+ for storms", "K+ general"},
		{"PG/R", "PG/R general"},
		{"Readers will like it", "-"},
		{"Mostly harmless", "-"},
		{"Great fun", "-"},
		{"", "-"},
		{"two lamps out of five", "-"},
	}, func(s string) string {
		i, j, ok := v.Rating(s)
		if !ok {
			return "-"
		}
		return s[i:j] + " " + orDash(vocab.NormalRating(s[i:j]))
	})
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func TestDate(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"2004-08-11", "2004-08-11"},
		{"posted 2004/8/1, early", "2004-08-01"},
		{"11 August 2004", "2004-08-11"},
		{"August 11, 2004", "2004-08-11"},
		{"August 11th, 2004", "2004-08-11"},
		{"the 3rd of March 2001", "2001-03-03"},
		{"Aug. 2004", "2004-08"},
		{"Tue 14 Mar 2006", "2006-03-14"},
		{"12 Sept '99", "1999-09-12"},
		{"11. März 2003", "2003-03-11"},
		{"3. Jänner 2005", "2005-01-03"},
		{"1er août 2002", "2002-08-01"},
		{"14 février 2006", "2006-02-14"},
		{"5 de mayo de 2003", "2003-05-05"},
		{"7 luglio 2008", "2008-07-07"},
		{"9 мая 2005", "2005-05-09"},
		{"2003年4月5日", "2003-04-05"},
		{"2003年4月", "2003-04"},
		{"(2001)", "2001"},
		{"1086048000", "2004-06-01"},
		{"3/17/02", "2002-03-17"},
		{"17/3/02", "2002-03-17"},
		{"5/5/99", "1999-05-05"},
		{"17.03.2002", "2002-03-17"},
		{"3.4.2002", "2002-04-03"}, // points: the day first
		{"3/4/02", "?"},
		{"45/3/02", "-"},
		{"0/3/02", "-"},
		{"chapter 3 of 12", "-"},
		{"some time in winter", "-"},
		{"15 lamps 2004", "-"},
		{"", "-"},
	}, func(s string) string { return dateIn(v, s, vocab.Unsure) })
}

func dateIn(v *vocab.Vocabulary, s string, order vocab.Order) string {
	d, ok := v.FindDate(s, order)
	switch {
	case !ok:
		return "-"
	case d.ISO == "":
		return "?"
	}
	return d.ISO
}

func TestDateInAnOrder(t *testing.T) {
	v := vocab.New()
	rows := []struct{ in, month, day string }{
		{"3/4/02", "2002-03-04", "2002-04-03"},
		{"3.4.02", "2002-03-04", "2002-04-03"},
		{"3-4-2002", "2002-03-04", "2002-04-03"},
		{"17/3/02", "2002-03-17", "2002-03-17"}, // there is no 17th month
		{"3/17/02", "2002-03-17", "2002-03-17"},
		{"2002-03-04", "2002-03-04", "2002-03-04"},
	}
	for _, r := range rows {
		if got := dateIn(v, r.in, vocab.MonthFirst); got != r.month {
			t.Errorf("%q with the month first: %s, not %s", r.in, got, r.month)
		}
		if got := dateIn(v, r.in, vocab.DayFirst); got != r.day {
			t.Errorf("%q with the day first: %s, not %s", r.in, got, r.day)
		}
	}
}

func TestDateRange(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Posted on 3/17/02, at last", "3/17/02 3 17"},
		{"Finished: August 11, 2004.", "August 11, 2004 0 0"},
		{"le 1er août 2002 à Brest", "1er août 2002 0 0"},
		{"Written\u00a03/4/02", "3/4/02 3 4"},
	}, func(s string) string {
		d, _ := v.FindDate(s, vocab.Unsure)
		return s[d.Start:d.End] + " " + strconv.Itoa(d.A) + " " + strconv.Itoa(d.B)
	})
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]int{
		"7": 7, "12\n": 12, "1/3": 1, "9a": 9, "IV": 4, "xii": 12, "XXIX": 29, "XL": 40, "Nine": 9, "twenty": 20, "Third": 3, "drei": 3, "cinq": 5, "tre": 3, "Вторая": 2, "четвертая": 4,
		"": 0, "?": 0, "Prologue": 0, "last": 0, "0": 0,
	} {
		if got := vocab.Number(in); got != want {
			t.Errorf("Number(%q) = %d, not %d", in, got, want)
		}
	}
}

func TestStatus(t *testing.T) {
	check(t, []row{
		{"Complete", "complete"},
		{"Yes!", "complete"},
		{"Finished at last", "complete"},
		{"abgeschlossen", "complete"},
		{"Terminée", "complete"},
		{"завершён", "complete"},
		{"完結", "complete"},
		{"WIP", "in-progress"},
		{"Work in Progress", "in-progress"},
		{"No", "in-progress"},
		{"in Arbeit", "in-progress"},
		{"en cours", "in-progress"},
		{"в процессе", "in-progress"},
		{"連載中", "in-progress"},
		{"perhaps", ""},
		{"noted", ""},
		{"", ""},
	}, func(s string) string { return vocab.Status(vocab.Fold(s)) })
}

func TestGenreAndLanguage(t *testing.T) {
	v := vocab.New()
	for in, want := range map[string]bool{"Drama": true, "Hurt/Comfort": true, "science fiction": true, "Romanze": true, "amitié": true, "флафф": true, "AU.": true, "Lighthouse": false, "": false} {
		if got := v.Genre(in); got != want {
			t.Errorf("Genre(%q) = %v", in, got)
		}
	}
	check(t, []row{
		{"English", "en"}, {"Deutsch.", "de"}, {"français", "fr"}, {"русский", "ru"}, {"日本語", "ja"}, {"Italiano", "it"}, {"Elvish", ""}, {"", ""},
	}, func(s string) string {
		tag, _ := v.LanguageName(s)
		return tag
	})
}

func TestFandoms(t *testing.T) {
	v := vocab.New()
	check(t, []row{
		{"Farscape and Babylon 5 belong to others.", "Farscape, Babylon 5"},
		{"Star Trek: Voyager is not mine", "Star Trek: Voyager"},
		{"I do not own Stargate SG-1.", "Stargate SG-1"},
		{"The Magnificent Seven's town", "The Magnificent Seven"},
		{"Гарри Поттер принадлежит автору", "Гарри Поттер"},
		{"she had lost the angel of hope", ""},
		{"a friend and her friends, a merlin in the air", ""},
		{"", ""},
	}, func(s string) string {
		var out []string
		for _, r := range v.Fandoms(s) {
			out = append(out, s[r[0]:r[1]])
		}
		return strings.Join(out, ", ")
	})
}

func TestFandom(t *testing.T) {
	v := vocab.New()
	for in, want := range map[string]bool{
		"Farscape": true, "\"Farscape\"": true, "the lord of the rings": true, "HP": true, "hp": false, "Sentinel": true, "sentinel": false,
		"Lantern Bay": false, "": false,
	} {
		if got := v.Fandom(in); got != want {
			t.Errorf("Fandom(%q) = %v", in, got)
		}
	}
}

func TestFandomGroup(t *testing.T) {
	v := vocab.New()
	same := [][]string{
		{"LotR", "The Lord of the Rings", "Lord of the Rings", "Herr der Ringe"},
		{"SG-1", "Stargate SG-1", "Stargate"},
		{"The Lantern Bay", "lantern bay"},
	}
	for _, names := range same {
		for _, n := range names[1:] {
			if a, b := v.FandomGroup(names[0]), v.FandomGroup(n); a != b {
				t.Errorf("%q is %q, %q is %q", names[0], a, n, b)
			}
		}
	}
	for _, two := range [][2]string{{"Farscape", "Firefly"}, {"CSI", "CSI: NY"}, {"LotR", "The Silmarillion"}, {"NCIS", "JAG"}, {"Smallville", "Lois & Clark"}} {
		if a, b := v.FandomGroup(two[0]), v.FandomGroup(two[1]); a == b {
			t.Errorf("%s and %s are both %q", two[0], two[1], a)
		}
	}
}
