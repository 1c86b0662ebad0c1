package prose_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colophon/internal/prose"
	"colophon/test/beside"
)

func TestLanguage(t *testing.T) {
	tests := map[string]string{
		"She put the lamp on the table and looked at him, but he was not there any more.":                "en",
		"Sie stellte die Lampe auf den Tisch und sah ihn an, aber er war nicht mehr da.":                 "de",
		"Elle posa la lampe sur la table et le regarda, mais il n'était plus là, et c'est tout.":         "fr",
		"Puso la lámpara en la mesa y lo miró, pero él ya no estaba allí con los demás de la casa.":      "es",
		"Mise la lampada sul tavolo e lo guardò, ma lui non era più lì con gli altri della casa.":        "it",
		"Ela pôs a lâmpada na mesa e olhou para ele, mas ele já não estava lá com os outros.":            "pt",
		"Ze zette de lamp op de tafel en keek naar hem, maar hij was er niet meer bij.":                  "nl",
		"Она поставила лампу на стол и посмотрела на него, но его уже не было.":                          "ru",
		"Вона поставила лампу на стіл і подивилася на нього, але його вже не було її.":                   "uk",
		"Postawiła lampę na stole i spojrzała na niego, ale jego już tam nie było, bo to się stało.":     "pl",
		"Hon ställde lampan på bordet och såg på honom, men han var inte där längre och det var allt.":   "sv",
		"Hän laski lampun pöydälle ja katsoi häntä, mutta hän ei ollut enää siinä, niin kuin oli ollut.": "fi",
		"彼女はランプを机の上に置いて、彼を見た。":                                                                           "ja",
		"她把灯放在桌子上，看着他，可是他已经不在了。":                                                                         "zh",
		"그녀는 등불을 탁자 위에 놓고 그를 바라보았다.":                                                                     "ko",
		"": "", "OK": "", "12 34 56": "", "Ann, Bob": "", "PG-13": "", "Xyzzy plugh frotz gnusto rezrov vaxum blorb nitfol cleesh zifmia bozbar aimfiz": "",
	}
	for text, want := range tests {
		got, sure := prose.NewLanguages().Of(text)
		if got != want {
			t.Errorf("Language(%q) = %q (%.2f), want %q", text, got, sure, want)
		}
		if sure < 0 || sure > 1 || (got == "") != (sure == 0) {
			t.Errorf("Language(%q) has confidence %v", text, sure)
		}
	}
}

func TestLanguageOfBooks(t *testing.T) {
	dir := beside.Shared(t, "data/prose")
	asked, right, unsure := 0, 0, 0
	for _, lang := range []string{"en", "de", "fr", "es", "ru"} {
		files, err := filepath.Glob(filepath.Join(dir, lang, "*.txt"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no texts for %s: %v", lang, err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ToValidUTF8(string(data), " ")
			for at := 0; at+400 < len(text); at += len(text) / 40 {
				asked++
				switch got, _ := prose.NewLanguages().Of(text[at : at+400]); got {
				case lang:
					right++
				case "":
					unsure++
				}
			}
		}
	}
	t.Logf("%d pieces of 400 bytes: %d right, %d unsure, %d wrong", asked, right, unsure, asked-right-unsure)
	if right*100 < asked*95 || (asked-right-unsure)*200 > asked {
		t.Errorf("of %d pieces %d right and %d unsure", asked, right, unsure)
	}
}

// TestLanguageOfDeclaration reads the Universal Declaration of Human Rights in
// the languages that Language knows.
func TestLanguageOfDeclaration(t *testing.T) {
	path := beside.Shared(t, "data/prose/mul/udhr2.zip")
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	for name, want := range map[string]string{
		"eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por_PT": "pt", "nld": "nl", "rus": "ru", "ukr": "uk", "pol": "pl", "ces": "cs",
		"swe": "sv", "dan": "da", "nob": "no", "fin": "fi", "jpn": "ja", "cmn_hans": "zh", "kor": "ko", "hun": "hu", "tur": "tr", "ron": "ro", "ind": "id",
		"bul": "bg", "ell_monotonic": "el", "heb": "he", "arb": "ar", "tha": "th", "cat": "ca",
	} {
		f, err := z.Open("udhr2/" + name + ".txt")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if got, sure := prose.NewLanguages().Of(string(data[min(len(data), 400):])); got != want {
			t.Errorf("%s: %q (%.2f), want %q", name, got, sure, want)
		}
	}
}
