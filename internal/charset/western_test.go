package charset_test

import (
	"strings"
	"testing"

	"colophon/internal/charset"
)

// TestLoneSigns reads English text with one byte above 0x7F: no alphabet can be
// told from it, and most such pages were windows-1252.
func TestLoneSigns(t *testing.T) {
	const fog = "The fog came in over the harbour wall at six and lay down like a dog at the door of the lamp room. "
	for in, want := range map[string]string{
		fog + "\xc3 " + fog:          "Ã",
		fog + "caf\xe9.":             "é",
		fog + "Se\xf1or.":            "ñ",
		"\xd1 " + fog:                "Ñ",
		fog + "Stra\xdfe.":           "ß",
		fog + "\xc3nna came.":        "Ã",
		fog + "\x93 " + fog + "\xc3": "Ã",
	} {
		text := charset.Decode([]byte(in), charset.Hints{})
		if !strings.Contains(text.S, want) {
			t.Errorf("%q is read as %q, without %q", in, text.S, want)
		}
		checkPlaces(t, []byte(in), text)
	}
	for in, want := range map[string]string{
		"\xc3\xee\xe4 \xe8 \xe4\xe5\xed\xfc.": "Год и день.",
	} {
		if text := charset.Decode([]byte(in), charset.Hints{}); text.S != want {
			t.Errorf("%q is read as %q, want %q", in, text.S, want)
		}
	}
	declared := charset.Decode([]byte(fog+"\xc3 "+fog), charset.Hints{Declared: "windows-1251"})
	if !strings.Contains(declared.S, "Г") {
		t.Errorf("the declaration was not followed: %q", declared.S)
	}
}
