package script_test

import (
	"archive/zip"
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// makeInput makes input that a script cannot hold: make KIND FILE.
func makeInput(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, len(args) == 2, "make KIND FILE")
	write := map[string]func(*bufio.Writer) error{
		"binary":    binary,
		"long-line": longLine,
		"nested":    nested,
		"nuls":      nuls,
		"bidi":      bidi,
		"traversal": traversal,
		"torn-zip":  tornZip,
	}[args[0]]
	if write == nil {
		ts.Fatalf("cannot make %q", args[0])
	}
	f, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	w := bufio.NewWriter(f)
	ts.Check(write(w))
	ts.Check(w.Flush())
	ts.Check(f.Close())
}

// header is the beginning of a page.
func header(w *bufio.Writer, title string) {
	fmt.Fprintf(w, "<html><head><title>%s</title></head><body>\n<p>Title: %s<br>Author: Ida Fenwright<br>Rating: G</p><hr>\n", title, title)
}

func words(w *bufio.Writer, from, to int, between string) {
	for n := from; n < to; n++ {
		fmt.Fprintf(w, "%sword%d", between, n)
		if n%12 == 0 {
			fmt.Fprint(w, ".")
		}
	}
}

func binary(w *bufio.Writer) error {
	for i := range 20_000 {
		if err := w.WriteByte(byte(i * i >> 3)); err != nil {
			return err
		}
	}
	return nil
}

// longLine writes 200 MB without a line end.
func longLine(w *bufio.Writer) error {
	header(w, "The Long Line")
	const sentence = "The ferry went over and came back and nobody got off. "
	for range 200<<20/len(sentence) + 1 {
		if _, err := w.WriteString(sentence); err != nil {
			return err
		}
	}
	return nil
}

// nested writes a million tags inside each other around 2,000 words.
func nested(w *bufio.Writer) error {
	header(w, "The Deep House")
	for n := 1; n <= 2000; n++ {
		words(w, n, n+1, strings.Repeat("<b>", 500)+" ")
	}
	return nil
}

// nuls writes a page with NUL bytes within and between words.
func nuls(w *bufio.Writer) error {
	header(w, "The Quiet Bell")
	w.WriteString("<p>")
	words(w, 1, 201, " ")
	w.WriteString("\x00\x00</p>\n<p>\x00")
	words(w, 201, 401, " ")
	w.WriteString("</p>\n</body></html>\n")
	return nil
}

// bidi writes a page whose title turns the direction of writing around.
func bidi(w *bufio.Writer) error {
	header(w, "The \u202eegdirB\u202c Keeper")
	w.WriteString("<p>")
	words(w, 1, 301, " ")
	w.WriteString(" and \u202ethe rest\u202c of it.</p></body></html>\n")
	return nil
}

// traversal writes a package whose members want to be elsewhere.
func traversal(w *bufio.Writer) error {
	z := zip.NewWriter(w)
	for _, name := range []string{"../../escaped.html", "/absolute.html", `..\..\backslash.html`, "inside/good.html"} {
		m, err := z.Create(name)
		if err != nil {
			return err
		}
		b := bufio.NewWriter(m)
		header(b, "The Package")
		words(b, 1, 301, " ")
		if err := b.Flush(); err != nil {
			return err
		}
	}
	return z.Close()
}

// tornZip writes a package of two pages, the second of them damaged.
func tornZip(w *bufio.Writer) error {
	var all strings.Builder
	z := zip.NewWriter(&all)
	for _, name := range []string{"whole.html", "torn.html"} {
		m, err := z.Create(name)
		if err != nil {
			return err
		}
		b := bufio.NewWriter(m)
		header(b, "The "+name)
		words(b, 1, 3001, " ")
		if err := b.Flush(); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	b := []byte(all.String())
	at := strings.Index(all.String(), "torn.html") + 2000
	for i := range 40 {
		b[at+i] ^= 0x5a
	}
	_, err := w.Write(b)
	return err
}
