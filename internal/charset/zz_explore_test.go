package charset

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func ref(folder string, b []byte) string {
	enc := folder
	for _, lang := range []string{"-croatian", "-czech", "-hungarian", "-polish", "-slovak", "-slovene", "-bulgarian", "-russian", "-arabic", "-greek", "-turkish", "-hebrew", "-romanian"} {
		enc = strings.TrimSuffix(enc, lang)
	}
	enc = strings.ToLower(enc)
	switch enc {
	case "utf-8-sig":
		enc = "utf-8"
	case "utf-16":
		if b[0] == 0xff {
			enc = "utf-16le"
		} else {
			enc = "utf-16be"
		}
	case "utf-32":
		if b[0] == 0xff {
			enc = "utf-32le"
		} else {
			enc = "utf-32be"
		}
	case "maccyrillic":
		enc = "x-mac-cyrillic"
	}
	name := canonical(enc)
	if name == "" {
		panic(enc)
	}
	return render(b, []Span{{0, len(b), name, nil, "", 1}}).S
}
func TestExplore(t *testing.T) {
	files, _ := filepath.Glob("/work/shared/data/text/charsets/tests/*/*")
	ok := 0
	for _, f := range files {
		b, _ := os.ReadFile(f)
		folder := filepath.Base(filepath.Dir(f))
		if !utf8.ValidString(ref(folder, b)) {
			panic(1)
		}
		for _, html := range []bool{false, true} {
			got := Decode(b, Hints{HTML: html})
			if got.S == ref(folder, b) {
				if !html {
					ok++
				}
			} else {
				a, c := []rune(got.S), []rune(ref(folder, b))
				i := 0
				for i < len(a) && i < len(c) && a[i] == c[i] {
					i++
				}
				ls := ""
				for _, s := range got.Log {
					ls += fmt.Sprintf("%d-%d %s %s %v; ", s.Start, s.End, s.Encoding, s.Why, s.Confidence)
					if len(ls) > 300 {
						break
					}
				}
				fmt.Printf("BAD html=%v %s/%s got %q want %q\n   %s\n", html, folder, filepath.Base(f), string(a[max(0, i-10):min(len(a), i+20)]), string(c[max(0, i-10):min(len(c), i+20)]), ls)
			}
		}
	}
	fmt.Println(ok, len(files))
}
