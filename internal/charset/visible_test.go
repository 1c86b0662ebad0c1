package charset_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/charset"
)

func TestVisible(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []charset.Run
	}{
		{"nothing", "", nil},
		{"plain", "One\ttwo.\nThree", []charset.Run{{Text: "One\ttwo.\nThree"}}},
		{"line ends of DOS", "One\r\ntwo", []charset.Run{{Text: "One\ntwo"}}},
		{"line ends of the Mac", "One\rtwo", []charset.Run{{Text: "One"}, {"␍", "U+000D"}, {Text: "\n"}, {Text: "two"}}},
		{"a mark of direction", "a\u202eb", []charset.Run{{Text: "a"}, {"U+202E", "U+202E"}, {Text: "b"}}},
		{"ends of lines unseen", "\u2028\u2029", []charset.Run{{"U+2028", "U+2028"}, {"U+2029", "U+2029"}}},
		{"a byte nothing could read", "\uf79d", []charset.Run{{"9D", "undecodable byte"}}},
		{"no UTF-8", "\xff", []charset.Run{{"FF", "undecodable byte"}}},
		{"no character", "\ufffe\U0010ffff", []charset.Run{{"U+FFFE", "U+FFFE"}, {"U+10FFFF", "U+10FFFF"}}},
		{"a soft hyphen", "light\u00adhouse", []charset.Run{{Text: "light"}, {"-", "U+00AD"}, {Text: "house"}}},
	} {
		if diff := cmp.Diff(c.want, slices.Collect(charset.Visible(c.in))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
