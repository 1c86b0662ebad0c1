package archive_test

import (
	"testing"

	"colophon/internal/archive"
)

// Parts are listed in the order in which they are to be read.
func TestPartsInOrder(t *testing.T) {
	parts := []string{
		"Prologue", "1 of 5", "1a", "1.5", "Part 2", "2b", "III", "iv", "five", "6/9", "#9", "10/12", "XI", "XL", "99", "100",
		"", "Interlude", "mix", "Epilogue",
	}
	for i := 1; i < len(parts); i++ {
		a, b := archive.PositionOf(parts[i-1], ""), archive.PositionOf(parts[i], "")
		if c := a.Compare(b); c > 0 || c == 0 && parts[i-1] != "" && parts[i-1] != "Interlude" {
			t.Errorf("%q comes not before %q", parts[i-1], parts[i])
		}
	}
}

func TestPartsOfOnePlaceGoByDate(t *testing.T) {
	dates := []string{"1999", "2001", "2001-03", "2001-03-07", ""}
	for i := 1; i < len(dates); i++ {
		if archive.PositionOf("2", dates[i-1]).Compare(archive.PositionOf("II", dates[i])) >= 0 {
			t.Errorf("%q comes not before %q", dates[i-1], dates[i])
		}
	}
}
