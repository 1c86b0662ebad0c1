package intake_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/rescue/intake"
)

// page is a story page that mentions its name, so that each can be told apart.
func page(name string) string {
	return "<html><head><title>" + name + "</title></head><body><p>It rained on the harbour.</p></body></html>"
}

// entry is a file of an archive under construction.
type entry struct{ name, data string }

func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		f, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: time.Date(2003, 5, 1, 12, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(e.data))}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipOf(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// put writes a file below dir and returns its path.
func put(t testing.TB, dir, name string, data []byte) string {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// walk returns what Walk gives, a line each: "html PATH" for pages, "CODE PATH"
// for files left. The data of the pages comes by path.
func walk(t testing.TB, l intake.Limits, paths ...string) ([]string, map[string]string) {
	t.Helper()
	var lines []string
	data := map[string]string{}
	err := intake.Walk(t.Context(), paths, l, func(f intake.File) error {
		if _, ok := data[f.Path]; ok {
			t.Errorf("the path %s was given twice", f.Path)
		}
		data[f.Path] = string(f.Data)
		lines = append(lines, string(f.Kind)+" "+f.Path)
		return nil
	}, func(l intake.Left) {
		if l.Reason == "" || l.Code == "" {
			t.Errorf("%+v says too little", l)
		}
		lines = append(lines, l.Code+" "+l.Path)
	})
	if err != nil {
		t.Fatalf("Walk: %v", err)
	}
	return lines, data
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("walk: -want +got\n%s", diff)
	}
}

func TestFolderOrder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"page10.html", "page2.html", "Page1.html", "a.html", "a/z.html", "B/1.html", "a/2/3.htm", "page02.html", ".hidden.html", ".git/x.html", "__MACOSX/y.html", "Thumbs.db"} {
		put(t, dir, name, []byte(page(name)))
	}
	want := []string{
		"hidden .git", "hidden .hidden.html", "hidden __MACOSX", "html a/2/3.htm", "html a/z.html", "html a.html",
		"html B/1.html", "html Page1.html", "html page02.html", "html page2.html", "html page10.html", "hidden Thumbs.db",
	}
	got, data := walk(t, intake.Limits{}, dir)
	same(t, got, want...)
	if data["a/z.html"] != page("a/z.html") {
		t.Errorf("a/z.html came as %q", data["a/z.html"])
	}
	again, _ := walk(t, intake.Limits{}, dir, dir+"/.")
	same(t, again, want...)
}

func TestSingleFiles(t *testing.T) {
	dir := t.TempDir()
	one := put(t, dir, "x/one.html", []byte(page("first")))
	other := put(t, dir, "y/one.html", []byte(page("second")))
	var origins []string
	err := intake.Walk(t.Context(), []string{one, other}, intake.Limits{}, func(f intake.File) error {
		origins = append(origins, f.Path+" of "+f.Origin)
		return nil
	}, func(l intake.Left) { t.Errorf("left %+v", l) })
	if err != nil {
		t.Fatal(err)
	}
	same(t, origins, "one.html of "+one, "one (2).html of "+other)
}

func TestWalkErrors(t *testing.T) {
	dir := t.TempDir()
	p := put(t, dir, "a.html", []byte(page("a")))
	missing := filepath.Join(dir, "nowhere")
	never := func(f intake.File) error { t.Errorf("visited %s", f.Path); return nil }
	none := func(intake.Left) {}
	err := intake.Walk(t.Context(), []string{p, missing}, intake.Limits{}, never, none)
	if archive.KindOf(err) != archive.NotFound || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a missing path gives %v", err)
	}
	stop := errors.New("stop")
	err = intake.Walk(t.Context(), []string{p}, intake.Limits{}, func(intake.File) error { return stop }, none)
	if !errors.Is(err, stop) {
		t.Errorf("visit's error came back as %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := intake.Walk(ctx, []string{p}, intake.Limits{}, never, none); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled walk gives %v", err)
	}
}

func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := t.TempDir()
	if err := os.Chmod(put(t, dir, "a.html", []byte(page("a"))), 0); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "b.html", []byte(page("b")))
	got, _ := walk(t, intake.Limits{}, dir)
	same(t, got, "unreadable a.html", "html b.html")
}

func TestKinds(t *testing.T) {
	text := strings.Repeat("It rained on the harbour all night, and nobody came.\n", 20)
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(i * 7919 >> 3)
	}
	tests := []struct{ name, data, want string }{
		{"a.html", page("a"), "html"},
		{"a.HTM", "no tags at all, yet named so", "html"},
		{"a.xhtml", `<?xml version="1.0"?><html xmlns="x"></html>`, "html"},
		{"a.shtml", page("a"), "html"},
		{"a.txt", text, "text"},
		{"b.TXT", text + "<i>Never</i>, she said, <b>never</b>.<br>", "text"},
		{"c.txt", page("c"), "html"},
		{"story", text, "text"},
		{"story2", page("x"), "html"},
		{"story3", "By Kim<br>Part 2<p>It rained.</p>", "html"},
		{"view.php?sid=12", page("x"), "html"},
		{"view.php", "<?php include 'top.php' ?><h1>Rain</h1><p>It rained.</p><p>Again.</p>", "html"},
		{"index.php", `<?php echo "<p>"; echo "</p>"; echo "<br>"; ?>`, "script"},
		{"page.html@x=1", page("x"), "html"},
		{"page.html.1", page("x"), "html"},
		{"story.doc", text, "text"},
		{"utf16.txt", "\xff\xfeI\x00t\x00 \x00r\x00a\x00i\x00n\x00e\x00d\x00", "text"},
		{"utf16", "\xfe\xff\x04\x1f\x04\x3e\x04\x41\x04\x3b\x04\x35", "text"},
		{"utf16le", strings.Join(strings.Split(text, ""), "\x00") + "\x00", "text"},
		{"utf16.html", "<\x00h\x00t\x00m\x00l\x00>\x00<\x00b\x00o\x00d\x00y\x00>\x00", "html"},
		{"koi8.txt", "\xf0\xcf\xd3\xcc\xc5 \xc4\xcf\xd6\xc4\xd1", "text"},
		{"sjis", "\x83n\x83\x8b\x82\xcd\x89J\x82\xbe\x82\xc1\x82\xbd", "text"},
		{"jis", "\x1b$B%O%k$O1+$@$C$?\x1b(B", "text"},
		{"holes.html", "<html><body>It rained." + strings.Repeat("\x00", 400) + "</body></html>", "html"},
		{"holes.txt", text + strings.Repeat("\x00", 400) + text, "text"},
		{"photo.html", "\xff\xd8\xff\xe0\x00\x10JFIF" + string(noise), "image"},
		{"x.gif", "GIF89a\x01\x00\x01\x00", "image"},
		{"x.png", "\x89PNG\r\n\x1a\n", "image"},
		{"site.css", "body { color: black }", "style-sheet"},
		{"menu.js", "document.write('<p>');", "script"},
		{"run", "#!/usr/bin/perl\nprint 1;", "script"},
		{"old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(noise), "word-processor"},
		{"x.rtf", "{\\rtf1 hello}", "word-processor"},
		{"x.wri", string(noise), "word-processor"},
		{"x.pdf", "%PDF-1.2 ...", "pdf"},
		{"x.docx", string(zipOf(t, entry{"word/document.xml", "<x/>"})), "word-processor"},
		{"x.epub", string(zipOf(t, entry{"mimetype", "application/epub+zip"})), "e-book"},
		{"x.rar", "Rar!\x1a\x07\x00....", "archive"},
		{"feed.xml", "<?xml version='1.0'?><rss></rss>", "data"},
		{"data.csv", "a,b\n", "data"},
		{"noise", string(noise), "binary"},
		{"noise.txt", string(noise), "binary"},
		{"prog.exe", "MZ\x90\x00" + string(noise), "binary"},
		{"empty.html", "", "empty"},
		{"blank.txt", " \r\n\t\n", "empty"},
		{"zeros.html", strings.Repeat("\x00", 1000), "empty"},
		{"BZhou.txt", "BZhou came home.", "text"},
	}
	dir := t.TempDir()
	for i, tt := range tests {
		put(t, dir, fmt.Sprintf("%02d/%s", i, tt.name), []byte(tt.data))
	}
	got, data := walk(t, intake.Limits{}, dir)
	if len(got) != len(tests) {
		t.Fatalf("%d lines for %d files", len(got), len(tests))
	}
	for i, tt := range tests {
		p := fmt.Sprintf("%02d/%s", i, tt.name)
		if want := tt.want + " " + p; got[i] != want {
			t.Errorf("got %q, want %q", got[i], want)
		}
		if d, ok := data[p]; ok && d != tt.data {
			t.Errorf("%s: %d bytes came, %d were written", p, len(d), len(tt.data))
		}
	}
}

func TestTooLarge(t *testing.T) {
	dir := t.TempDir()
	big := page(strings.Repeat("rain ", 1000))
	put(t, dir, "a.html", []byte(big))
	put(t, dir, "b.zip", zipOf(t, entry{"in.html", big}, entry{"small.html", page("x")}))
	put(t, dir, "c.html.gz", gzipOf(t, []byte(big)))
	put(t, dir, "exact.html", []byte(page("x")))
	var reasons []string
	l := intake.Limits{MaxFile: int64(len(page("x")))}
	err := intake.Walk(t.Context(), []string{dir}, l, func(f intake.File) error {
		reasons = append(reasons, f.Path)
		return nil
	}, func(l intake.Left) { reasons = append(reasons, l.Path+": "+l.Reason) })
	if err != nil {
		t.Fatal(err)
	}
	same(t, reasons,
		"a.html: too large: 5 KB, the limit is 1 KB; raise it with --max-file",
		"b.zip/in.html: too large: more than 1 KB, the limit is 1 KB; raise it with --max-file",
		"b.zip/small.html",
		"c.html.gz: too large: more than 1 KB, the limit is 1 KB; raise it with --max-file",
		"exact.html")
}

func TestCompare(t *testing.T) {
	ordered := []string{"", "01", "1", "2", "10", "A", "a", "a/b", "a/B2", "a/b10", "a.html", "a1b2", "a1b10", "a2", "ch9/x", "ch10", "ch10/a"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := intake.Compare(a, b), sign(i-j); got != want {
				t.Errorf("Compare(%q, %q) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func BenchmarkWalk(b *testing.B) {
	const pages, size = 500, 40 << 10
	dir := b.TempDir()
	text := page(strings.Repeat("It rained on the harbour all night. ", size/36))
	var entries []entry
	for i := range pages {
		name := fmt.Sprintf("%d.html", i)
		put(b, dir, "folder/"+name, []byte(text))
		entries = append(entries, entry{name, text})
	}
	put(b, dir, "pages.zip", zipOf(b, entries...))
	put(b, dir, "pages.tgz", gzipOf(b, tarOf(b, entries...)))
	for _, name := range []string{"folder", "pages.zip", "pages.tgz"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(pages * len(text)))
			l := intake.Limits{MaxRatio: 1000} // one page over and over compresses as no archive does
			for b.Loop() {
				if lines, _ := walk(b, l, filepath.Join(dir, name)); len(lines) != pages {
					b.Fatalf("%d lines for %d pages", len(lines), pages)
				}
			}
		})
	}
}
