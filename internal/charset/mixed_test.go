package charset_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"colophon/internal/charset"
)

// written is text and the encoding it is written in, "" for UTF-8.
type written struct{ encoding, text string }

func charmapOf(name string) *charmap.Charmap {
	switch name {
	case "windows-1252":
		return charmap.Windows1252
	case "windows-1250":
		return charmap.Windows1250
	case "windows-1251":
		return charmap.Windows1251
	case "koi8-r":
		return charmap.KOI8R
	case "macintosh":
		return charmap.Macintosh
	}
	return nil
}

func (w written) bytes(t testing.TB) string {
	t.Helper()
	cm := charmapOf(w.encoding)
	if cm == nil {
		return w.text
	}
	out, err := cm.NewEncoder().String(w.text)
	if err != nil {
		t.Fatalf("%q in %s: %v", w.text, w.encoding, err)
	}
	return out
}

func bytesOf(t testing.TB, parts []written) (b []byte, text string) {
	t.Helper()
	for _, p := range parts {
		b = append(b, p.bytes(t)...)
		text += p.text
	}
	return b, text
}

const (
	frenchStory = "<p>«\u00a0Où étiez-vous passée\u00a0?\u00a0» demanda Noémie, inquiète. La forêt était déjà noire, et l’été finissait à peine.</p>\n" +
		"<p>Elle répondit qu’elle avait cherché la clé du phare, là-bas, près de l’âtre éteint où rêvait le vieux hibou.</p>\n"
	germanStory = "<p>„Fünf Krähen über dem Fluß“, murmelte Jörg und zählte die Äste. Für Käthe hieß das: Der Winter kommt früh.</p>\n" +
		"<p>Später hörten sie die Glocken läuten – größer und tiefer als je zuvor in dieser müden Stadt.</p>\n"
	czechStory = "<p>Když přišel večer, Jiří zavřel dveře a poslouchal, jak venku šumí déšť. „Možná už nepřijede,“ řekl tiše.</p>\n" +
		"<p>Za řekou svítilo světlo a kůň stál u plotu, klidný jako dřív, než začala válka mezi městy.</p>\n"
	russianStory = "<p>Когда наступил вечер, Марина закрыла окно и долго слушала, как шумит дождь над старой пристанью.</p>\n" +
		"<p>— Он ещё вернётся, — сказала она тихо. — Письмо лежит на столе, и лампа горит.</p>\n"
	westernChrome = "<h1>Les Archives du Hibou Égaré</h1><p>Copyright © Zoé Lefèvre – déjà vingt années de récits</p><hr>\n"
	centralChrome = "<h1>Archív příběhů Žluťoucký kůň</h1><p>Všechny povídky napsala Božena Dvořáková, překlad zajišťuje Jiří Říha</p><hr>\n"
	russianChrome = "<h1>Библиотека старого маяка</h1><p>Все рассказы принадлежат своим авторам, перевод Анны Беловой</p><hr>\n"
)

// withHyphens is a story as KOI8-R can write it.
func withHyphens(story string) string { return strings.ReplaceAll(story, "—", "-") }

// TestMixedPages puts every story into every chrome of another encoding. Only
// German in Czech chrome is not mixed: the letters of German have the same bytes
// in windows-1250 as in windows-1252.
func TestMixedPages(t *testing.T) {
	stories := []written{
		{"", frenchStory},
		{"", russianStory},
		{"", czechStory},
		{"windows-1252", frenchStory},
		{"windows-1252", germanStory},
		{"macintosh", frenchStory},
		{"windows-1250", czechStory},
		{"windows-1251", russianStory},
		{"koi8-r", withHyphens(russianStory)},
	}
	chromes := []written{
		{"", westernChrome},
		{"", russianChrome},
		{"windows-1252", westernChrome},
		{"macintosh", westernChrome},
		{"windows-1250", centralChrome},
		{"windows-1251", russianChrome},
		{"koi8-r", russianChrome},
	}
	for _, chrome := range chromes {
		for _, story := range stories {
			if chrome.encoding == story.encoding {
				continue
			}
			t.Run(chrome.encoding+"/"+story.encoding, func(t *testing.T) {
				b, want := bytesOf(t, []written{chrome, story, chrome})
				for _, declared := range []string{"", "iso-8859-1", "utf-8"} {
					got := charset.Decode(b, charset.Hints{Declared: declared, HTML: true})
					if got.S != want {
						t.Errorf("declared %q: %s\n%+v", declared, difference(got.S, want), got.Log)
					}
					if one := chrome.encoding == "windows-1250" && story.text == germanStory; got.Mixed() == one {
						t.Errorf("declared %q: mixed is %v: %+v", declared, got.Mixed(), got.Log)
					}
					checkPlaces(t, b, got)
				}
			})
		}
	}
}

// difference shows where two texts part.
func difference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	cut := func(s string) string { return strings.ToValidUTF8(s[max(0, i-20):min(len(s), i+40)], "") }
	return "got " + cut(got) + "\nwant " + cut(want)
}

func TestStrayBytes(t *testing.T) {
	for name, parts := range map[string][]written{
		"a quotation mark of windows-1252 in UTF-8": {
			{"", frenchStory}, {"windows-1252", "<p>“Come in,” she said.</p>\n"}, {"", frenchStory},
		},
		"an accent of windows-1252 in UTF-8": {
			{"", frenchStory}, {"windows-1252", "<p>Le café de Zoé</p>\n"}, {"", frenchStory},
		},
		"MacRoman punctuation in windows-1252": {
			{"windows-1252", frenchStory}, {"macintosh", "<p>She said: “It’s late.”</p>\n"}, {"windows-1252", frenchStory},
		},
		"one paragraph of KOI8-R in English": {
			{"", "<p>They read the letter twice.</p>\n"}, {"koi8-r", withHyphens(russianStory)}, {"", "<p>Nobody answered.</p>\n"},
		},
		"UTF-8 dashes in windows-1252": {
			{"windows-1252", germanStory}, {"", "<p>Wait — what’s that?</p>\n"}, {"windows-1252", germanStory},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, want := bytesOf(t, parts)
			got := charset.Decode(b, charset.Hints{})
			if got.S != want {
				t.Errorf("%s\n%+v", difference(got.S, want), got.Log)
			}
			checkPlaces(t, b, got)
		})
	}
}
