package lab_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// hostileEnv, set to anything, makes the hostile pages as large as pages may be.
const hostileEnv = "COLOPHON_HOSTILE"

const (
	maxResident = 256              // MB, of a rescue with one worker, of the largest page that is read
	perMB       = 2.0              // seconds, at most, for each MB of a page
	patience    = 20 * time.Second // beyond its time, after which a rescue is given up
)

// Pages that were made to hurt are read whole or refused by name, within the
// bounds of memory and time.
func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds and much memory: not with -short")
	}
	size := 3 << 20
	if os.Getenv(hostileEnv) != "" {
		size = largest
	}
	tests := []struct {
		name  string
		write func(w *bufio.Writer, size int)
		words float64 // that the story must have for each byte of the page; 0 where there may be none
	}{
		{"one line", oneLine, 0.15},
		{"tags inside each other", nestedTags, 0.02},
		{"fonts never closed", openFonts, 0.05},
		{"less-than signs", repeated("<"), 0},
		{"ampersands", repeated("&"), 0},
		{"comment beginnings", repeated("<!--"), 0},
		{"at signs", repeated("a@"), 0},
		{"tags never ended", repeated("<p "), 0},
		{"entities", repeated("&eacute;"), 0},
		{"line ends", repeated("\n"), 0},
		{"short lines", repeated("by me\n"), 0},
		{"many attributes", manyAttributes, 0},
		{"a long attribute", longAttribute, 0},
		{"Russian in windows-1251", cyrillic, 0.1},
		{"nothing but header", longHeader, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, mb := hostile(t, tt.write, size)
			t.Logf("%.1f MB: %.1f s (%.2f s of processor), %.0f MB resident, %d stories, %d words, left %v", mb, c.Seconds, c.CPU, c.PeakMB, c.Stories, c.Words, c.Left)
			if c.PeakMB > maxResident && !raced {
				t.Errorf("%.0f MB resident, want at most %d", c.PeakMB, maxResident)
			}
			if c.Seconds > perMB*max(mb, 1) && !raced {
				t.Errorf("%.1f s, want at most %.0f", c.Seconds, perMB*max(mb, 1))
			}
			if least := int64(tt.words * mb * 1e6); c.Words < least {
				t.Errorf("%d words, want at least %d", c.Words, least)
			}
		})
	}
}

// hostile rescues one page in a process of its own.
func hostile(t *testing.T, write func(*bufio.Writer, int), size int) (c cost, mb float64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	write(w, size)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	mb = float64(info.Size()) / 1e6
	limit := patience + time.Duration(perMB*mb)*time.Second
	if raced {
		limit *= 5 // the race detector alone takes as much
	}
	c, err = start(t, work{Pages: path, Data: t.TempDir(), Jobs: 1}, limit)
	if err != nil {
		t.Fatalf("%.1f MB: %v", mb, err)
	}
	return c, mb
}

// largest is a little less than the largest page that is read.
const largest = 31 << 18

const (
	opening  = "<html><head><title>The Long Night</title></head><body><p>Author: Ida Fenwright<br>Rating: G<hr>"
	sentence = "Nobody came to the jetty that night and nobody left. "
)

func fill(w *bufio.Writer, n int, pieces ...string) {
	for i := 0; n > 0; i++ {
		p := pieces[i%len(pieces)]
		w.WriteString(p)
		n -= len(p)
	}
}

func repeated(piece string) func(*bufio.Writer, int) {
	return func(w *bufio.Writer, size int) {
		w.WriteString(opening)
		fill(w, size, piece)
	}
}

func oneLine(w *bufio.Writer, size int) {
	w.WriteString(opening)
	fill(w, size, sentence)
}

func nestedTags(w *bufio.Writer, size int) {
	w.WriteString(opening)
	for i := range size / 23 {
		w.WriteString("<i>")
		if i%10 == 0 {
			w.WriteString("word ")
		}
	}
}

func openFonts(w *bufio.Writer, size int) {
	w.WriteString(opening)
	for range size / 23 {
		w.WriteString("<font size=2>word ")
	}
}

func manyAttributes(w *bufio.Writer, size int) {
	w.WriteString(opening + "<p")
	for i := range size / 23 {
		fmt.Fprintf(w, " a%d=1", i)
	}
	w.WriteString(">" + strings.Repeat(sentence, 20))
}

func longAttribute(w *bufio.Writer, size int) {
	w.WriteString(opening + `<p title="`)
	fill(w, size*10/23, sentence)
	w.WriteString(`">` + strings.Repeat(sentence, 20))
}

// cyrillic is Russian in windows-1251: "Nobody came to the jetty that night."
func cyrillic(w *bufio.Writer, size int) {
	w.WriteString("<html><body>")
	fill(w, size, "\xc2 \xfd\xf2\xf3 \xed\xee\xf7\xfc \xed\xe8\xea\xf2\xee \xed\xe5 \xef\xf0\xe8\xf8\xb8\xeb \xed\xe0 \xef\xf0\xe8\xf1\xf2\xe0\xed\xfc. ")
}

func longHeader(w *bufio.Writer, size int) {
	w.WriteString("<html><body>Title: The Long Night<br>Author: Ida Fenwright<br>")
	fill(w, size, "Summary: Nobody came.<br>", "Characters: Ida, Joss, Runa<br>", "Rating: G<br>", "Notes: for Vesna.<br>")
}
