package charset_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colophon/internal/charset"
	"colophon/test/beside"
)

// encodingOf names the encoding of a folder of the reference files.
func encodingOf(folder string, b []byte) string {
	name := strings.ToLower(folder)
	parts := strings.Split(name, "-")
	if n := len(parts); n > 2 && (strings.HasPrefix(name, "windows-") || strings.HasPrefix(name, "iso-8859-")) {
		last := parts[n-1]
		if last[0] > '9' {
			name = strings.TrimSuffix(name, "-"+last)
		}
	}
	switch name {
	case "ascii", "iso-8859-1":
		return "windows-1252" // as HTML reads them
	case "iso-8859-9":
		return "windows-1254"
	case "utf-8-sig":
		return "utf-8"
	case "utf-16", "utf-32":
		if bytes.HasPrefix(b, []byte{0xFF, 0xFE}) {
			return name + "le"
		}
		return name + "be"
	case "gb2312":
		return "gb18030"
	case "cp932":
		return "shift_jis"
	case "cp949":
		return "euc-kr"
	case "macroman":
		return "macintosh"
	case "maccyrillic":
		return "x-mac-cyrillic"
	case "tis-620":
		return "windows-874"
	}
	return name
}

func western(folder string) bool {
	switch folder {
	case "utf-8", "utf-8-sig", "ascii", "iso-8859-1", "windows-1252", "MacRoman":
		return true
	}
	return false
}

// asWritten is the text by the encodings of a log alone, without the repair of what
// was broken before the file was written.
func asWritten(t *testing.T, b []byte, log []charset.Span) string {
	t.Helper()
	plain := make([]charset.Span, len(log))
	for i, s := range log {
		s.Undone = nil
		plain[i] = s
	}
	text, err := charset.Replay(b, plain)
	if err != nil {
		t.Fatal(err)
	}
	return text.S
}

func TestReferenceFiles(t *testing.T) {
	root := beside.Shared(t, "data", "text", "charsets", "tests")
	files, err := filepath.Glob(filepath.Join(root, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	all, right, repaired := 0, 0, 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Base(filepath.Dir(f))
		want, err := charset.Replay(b, []charset.Span{{End: len(b), Encoding: encodingOf(folder, b)}})
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		all++
		got := charset.Decode(b, charset.Hints{})
		switch {
		case asWritten(t, b, got.Log) == want.S:
			right++
		case western(folder):
			t.Errorf("%s/%s: %s", folder, filepath.Base(f), got.Dominant())
		default:
			t.Logf("%s/%s: %s", folder, filepath.Base(f), got.Dominant())
		}
		if got.S != asWritten(t, b, got.Log) {
			repaired++
			t.Logf("%s/%s: has repairs", folder, filepath.Base(f))
		}
	}
	t.Logf("%d of %d files decoded equal; %d of them hold mojibake that was repaired", right, all, repaired)
	if right*100 < all*97 {
		t.Errorf("%d of %d files decoded equal, want 97%%", right, all)
	}
}
