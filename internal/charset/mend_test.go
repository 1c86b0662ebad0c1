package charset_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"colophon/internal/charset"
)

func TestMend(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"an accent", "Le cafÃ© du port", "Le café du port"},
		{"English punctuation", "â€œItâ€™s late,â€\u009d she said â€“ and left.", "“It’s late,” she said – and left."},
		{"a closing quotation mark that lost its byte", "â€œStay,â€ he said. â€œPlease.â€?", "“Stay,” he said. “Please.”"},
		{"a closing quotation mark that became a replacement", "â€œStay,â€\ufffd he said.", "“Stay,” he said."},
		{"controls in place of windows-1252", "\u0093Don\u0092t\u0094 \u0096 he said\u0085", "“Don’t” – he said…"},
		{"latin-1", "d\u00c3\u00a9j\u00c3\u00a0 vu â\u0080\u0094 again", "déjà vu — again"},
		{"two rounds", "l'Ã©tÃ© and naÃƒÂ¯ve", "l'été and naïve"},
		{"three rounds", "tÃƒÆ’Ã‚Â©lÃƒÆ’Ã‚Â©phone", "téléphone"},
		{"MacRoman", "Il √©tait d√©j√† tard", "Il était déjà tard"},
		{"windows-1250", "uĹľ pĹ™iĹˇel veÄŤer", "už přišel večer"},
		{"windows-1251", "РџСЂРёРІРµС‚, РјР°СЏРє", "Привет, маяк"},
		{"code page 437", "K├ñthe h├╢rt zu", "Käthe hört zu"},
		{"mixed with right text", "Zoë – “cafÃ©” – dÃ©jÃ  vu", "Zoë – “café” – déjà vu"},
		{"no-break spaces", "Price:Â\u00a05Â\u00a0â‚¬", "Price:\u00a05\u00a0€"},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkMend(t, c.in)
			if got, _ := charset.Mend(c.in); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestMendLeavesAlone has right text with what broken text is made of.
func TestMendLeavesAlone(t *testing.T) {
	for _, s := range []string{
		"", "plain", frenchStory, germanStory, czechStory, russianStory,
		"SÃO PAULO — IRMÃ, AMANHÃ, CORAÇÃO", "a irmã, a manhã… “não”",
		"ÂGE, CHÂTEAU, HÂTE…", "Он ещё не знал. Её «Вы» — это «В…»", "В\u00a0лесу Её ждал Ёж",
		"Він і вона. Ні! Її ім’я — Віра. МІЙ ВІТЕР", "Ђорђе и Љубица: „Његош“", "Ελλάδα· «Ή Ά… Ό»",
		"“Ça va ?” « Où ? » – È vero… È “bello”", "Å…ålen", "É” – “Ñ” – 5° – 3½ – 2² – £5 – ©2003 – ®",
		"naïve… coöperation’s façade”", "ALLÍ… ESTÁ’ ‘ÉL’", "İstanbul’da Ğ Ş", "Łódź…",
		"×3 ×… 4×5", "┌──┐ │Ä│ └──┘", "∆x ≤ √2 ≠ π", "¯\\_(ツ)_/¯ ¬´", "日本語 中文 한국어",
		"Dvořák’s “Má vlast”", "Ő… Ű", "µm Ω °C", "\u0085 \u0096",
	} {
		if got, edits := charset.Mend(s); got != s || len(edits) > 0 {
			t.Errorf("%q became %q", s, got)
		}
	}
}

// TestMendRoundTrips breaks right text in every way and mends it.
func TestMendRoundTrips(t *testing.T) {
	for name, cm := range map[string]*charmap.Charmap{
		"windows-1252": charmap.Windows1252, "iso-8859-1": charmap.ISO8859_1,
		"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251,
		"macintosh": charmap.Macintosh, "ibm437": charmap.CodePage437, "iso-8859-2": charmap.ISO8859_2,
	} {
		for _, story := range []string{frenchStory, germanStory, czechStory, russianStory} {
			broken := story
			for round := range 3 {
				if name == "iso-8859-2" && round > 0 {
					break // from there on windows-1250 explains as much
				}
				broken = misread(cm, broken)
				got, _ := charset.Mend(broken)
				if got != story {
					t.Errorf("%s, round %d: %s", name, round+1, difference(got, story))
				}
				checkMend(t, broken)
				text := charset.Decode([]byte(broken), charset.Hints{})
				if text.S != story {
					t.Errorf("Decode: %s, round %d: %s", name, round+1, difference(text.S, story))
				}
				checkPlaces(t, []byte(broken), text)
			}
		}
	}
}

// misread reads the UTF-8 of s in another encoding; bytes that it lacks become C1
// controls.
func misread(cm *charmap.Charmap, s string) string {
	var b strings.Builder
	for i := range len(s) {
		r := cm.DecodeByte(s[i])
		if r == utf8.RuneError {
			r = rune(s[i])
		}
		b.WriteRune(r)
	}
	return b.String()
}

// checkMend checks what holds for every string: the edits lead to the result, in
// order and apart, and it stays as it is.
func checkMend(t testing.TB, s string) {
	t.Helper()
	mended, edits := charset.Mend(s)
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End <= e.Start || e.End > len(s) || len(e.Undone) == 0 || s[e.Start:e.End] == e.New {
			t.Fatalf("edit %+v after byte %d of %q", e, at, s)
		}
		b.WriteString(s[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.WriteString(s[at:])
	if diff := cmp.Diff(mended, b.String()); diff != "" {
		t.Errorf("edits applied to %q differ:\n%s", s, diff)
	}
	if again, more := charset.Mend(mended); again != mended {
		t.Errorf("%q became %q, then %q by %+v", s, mended, again, more)
	}
	if utf8.ValidString(s) != utf8.ValidString(mended) {
		t.Errorf("%q became %q: validity changed", s, mended)
	}
}

func FuzzMend(f *testing.F) {
	for _, s := range []string{
		"cafÃ©", "nÃƒÂ©", "â€œlossyâ€�", "Ã  la", "РџСЂРёРІРµС‚", "t‚Äö√†√∂¬¨¬©l", "â\u0080\u0099", "\u0093x\u0094",
		"Â\u00a0Â", "Ã s", "Å iaip ÄÆdomu", "в„ў Ві", "┬┐que", "ï¿½", "Ãƒ", "\xffÃ©\xc3",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkMend(t, s) })
}

func benchmarkMend(b *testing.B, story string) {
	text := strings.Repeat(story, 40<<10/len(story))
	charset.Mend("Ã©") // builds the tables
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		charset.Mend(text)
	}
}

func BenchmarkMend(b *testing.B) {
	b.Run("ascii", func(b *testing.B) { benchmarkMend(b, "The lamp in the tower had gone out again.\n") })
	b.Run("en", func(b *testing.B) { benchmarkMend(b, "“It’s late,” she said – and the lamp went out…\n") })
	b.Run("de", func(b *testing.B) { benchmarkMend(b, germanStory) })
	b.Run("fr", func(b *testing.B) { benchmarkMend(b, frenchStory) })
	b.Run("ru", func(b *testing.B) { benchmarkMend(b, russianStory) })
	b.Run("broken/fr", func(b *testing.B) { benchmarkMend(b, misread(charmap.Windows1252, frenchStory)) })
	b.Run("broken/ru", func(b *testing.B) { benchmarkMend(b, misread(charmap.Windows1252, russianStory)) })
}
