package intake_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"colophon/internal/rescue/intake"
)

func TestArchives(t *testing.T) {
	dir := t.TempDir()
	files := []entry{{"s/2.html", page("2")}, {"s/10.html", page("10")}, {"1.txt", "It rained."}, {"s/x.css", "p {}"}}
	put(t, dir, "a.zip", zipOf(t, files...))
	put(t, dir, "b.tar", tarOf(t, files...))
	put(t, dir, "c.tgz", gzipOf(t, tarOf(t, files...)))
	put(t, dir, "d.html.gz", gzipOf(t, []byte(page("d"))))
	put(t, dir, "e.html", gzipOf(t, []byte(page("e"))))
	put(t, dir, "f.dat", zipOf(t, entry{"deep/g.zip", string(zipOf(t, entry{"h.tar.gz", string(gzipOf(t, tarOf(t, files[0])))}))}))
	put(t, dir, "i.zip", zipOf(t))
	put(t, dir, "j.exe", append([]byte("MZ, a program that unpacks itself "), zipOf(t, files[0])...))
	if err := os.Rename(filepath.Join(dir, "j.exe"), filepath.Join(dir, "j.zip")); err != nil {
		t.Fatal(err)
	}
	got, data := walk(t, intake.Limits{}, dir)
	same(t, got,
		"text a.zip/1.txt", "html a.zip/s/2.html", "html a.zip/s/10.html", "style-sheet a.zip/s/x.css",
		"text b.tar/1.txt", "html b.tar/s/2.html", "html b.tar/s/10.html", "style-sheet b.tar/s/x.css",
		"text c.tgz/1.txt", "html c.tgz/s/2.html", "html c.tgz/s/10.html", "style-sheet c.tgz/s/x.css",
		"html d.html.gz", "html e.html", "html f.dat/deep/g.zip/h.tar.gz/s/2.html",
		"binary j.zip")
	for _, p := range []string{"a.zip/s/2.html", "b.tar/s/2.html", "c.tgz/s/2.html", "f.dat/deep/g.zip/h.tar.gz/s/2.html"} {
		if data[p] != page("2") {
			t.Errorf("%s came as %q", p, data[p])
		}
	}
	if data["e.html"] != page("e") {
		t.Errorf("e.html came as %q", data["e.html"])
	}
}

func TestModified(t *testing.T) {
	p := put(t, t.TempDir(), "a.zip", zipOf(t, entry{"1.html", page("1")}))
	err := intake.Walk(t.Context(), []string{p}, intake.Limits{}, func(f intake.File) error {
		if want := time.Date(2003, 5, 1, 12, 0, 0, 0, time.UTC); !f.Modified.Equal(want) {
			t.Errorf("modified %v, want %v", f.Modified, want)
		}
		return nil
	}, func(l intake.Left) { t.Errorf("left %+v", l) })
	if err != nil {
		t.Fatal(err)
	}
}

func TestTooDeep(t *testing.T) {
	inner := []byte(page("x"))
	name := "x.html"
	for range 4 {
		inner, name = zipOf(t, entry{name, string(inner)}), "n.zip"
	}
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "n.zip", inner))
	same(t, got, "too-deep n.zip/n.zip/n.zip/n.zip")
}

func TestUnsafeNames(t *testing.T) {
	names := []struct{ name, want string }{
		{"../evil.html", "unsafe-name A/../evil.html"},
		{"a/../../evil.html", "unsafe-name A/a/../../evil.html"},
		{"/etc/evil.html", "unsafe-name A//etc/evil.html"},
		{`..\evil.html`, "unsafe-name A/../evil.html"},
		{`C:\evil.html`, "unsafe-name A/C:/evil.html"},
		{"c:evil.html", "unsafe-name A/c:evil.html"},
		{`\\host\share\evil.html`, "unsafe-name A///host/share/evil.html"},
		{"~/evil.html", "unsafe-name A/~/evil.html"},
		{"a\nb.html", "unsafe-name A/a␊b.html"},
		{"./ok.html", "html A/ok.html"},
		{`dir\ok.html`, "html A/dir/ok.html"},
		{"~kim/ok.html", "html A/~kim/ok.html"},
		{"a//b/./ok.html", "html A/a/b/ok.html"},
	}
	for _, tt := range names {
		dir := t.TempDir()
		z, _ := walk(t, intake.Limits{}, put(t, dir, "A", zipOf(t, entry{tt.name, page("x")})))
		same(t, z, tt.want)
		u, _ := walk(t, intake.Limits{}, put(t, dir, "A", tarOf(t, entry{tt.name, page("x")})))
		same(t, u, tt.want)
	}
	z := zipOf(t, entry{"a?b.html", page("x")})
	z = bytes.ReplaceAll(z, []byte("a?b.html"), []byte("a\x00b.html"))
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "A", z))
	same(t, got, "unsafe-name A/a␀b.html")
}

func TestOldNames(t *testing.T) {
	z := zipOf(t, entry{"M?rchen.html", page("x")})
	z = bytes.ReplaceAll(z, []byte("M?rchen"), []byte("M\x84rchen"))
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "a.zip", z))
	same(t, got, "html a.zip/Märchen.html")
}

func TestLinksAndDevices(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range []tar.Header{
		{Name: "1link.html", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		{Name: "2hard.html", Typeflag: tar.TypeLink, Linkname: "../../secret"},
		{Name: "3char", Typeflag: tar.TypeChar},
		{Name: "4block", Typeflag: tar.TypeBlock},
		{Name: "5pipe", Typeflag: tar.TypeFifo},
		{Name: "6dir/", Typeflag: tar.TypeDir},
	} {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "a.tar", b.Bytes()))
	same(t, got, "link a.tar/1link.html", "link a.tar/2hard.html", "special a.tar/3char", "special a.tar/4block", "special a.tar/5pipe")

	var z bytes.Buffer
	zw := zip.NewWriter(&z)
	for name, mode := range map[string]fs.FileMode{"1link.html": fs.ModeSymlink, "2dev.html": fs.ModeDevice, "3.html": 0} {
		h := &zip.FileHeader{Name: name}
		h.SetMode(mode | 0o644)
		f, err := zw.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, page("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	got, _ = walk(t, intake.Limits{}, put(t, t.TempDir(), "a.zip", z.Bytes()))
	same(t, got, "link a.zip/1link.html", "special a.zip/2dev.html", "html a.zip/3.html")
}

func TestSameNames(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.zip": zipOf(t, entry{"1.html", page("a")}, entry{"1.html", page("b")}, entry{"1.HTML", page("c")}),
		"a.tar": tarOf(t, entry{"1.html", page("a")}, entry{"1.html", page("b")}, entry{"1.HTML", page("c")}),
	} {
		got, data := walk(t, intake.Limits{}, put(t, t.TempDir(), name, data))
		same(t, got, "html "+name+"/1.HTML", "renamed "+name+"/1.html", "html "+name+"/1 (2).html", "renamed "+name+"/1.html", "html "+name+"/1 (3).html")
		if data[name+"/1 (2).html"] != page("a") || data[name+"/1 (3).html"] != page("b") {
			t.Errorf("%s: the pages were mixed up: %q", name, data)
		}
	}
}

func TestCutOff(t *testing.T) {
	// Words that do not compress, so that the cut falls into the last page.
	var words strings.Builder
	for i := range 4000 {
		words.WriteString(time.Unix(int64(i)*7654321, 0).UTC().Format(" Jan 2 15:04:05 2006"))
	}
	long := page(words.String())
	whole := []entry{{"1.html", page("1")}, {"2.html", page("2")}, {"3.html", long}}
	for _, tt := range []struct {
		name string
		data []byte
	}{
		{"a.zip", zipOf(t, whole...)}, {"a.tar", tarOf(t, whole...)}, {"a.tgz", gzipOf(t, tarOf(t, whole...))},
	} {
		cut := tt.data[:len(tt.data)*3/4]
		got, data := walk(t, intake.Limits{}, put(t, t.TempDir(), tt.name, cut))
		same(t, got, "damaged "+tt.name, "html "+tt.name+"/1.html", "html "+tt.name+"/2.html", "damaged "+tt.name+"/3.html", "html "+tt.name+"/3.html")
		if part := data[tt.name+"/3.html"]; len(part) < len(long)/3 || !strings.HasPrefix(long, part) {
			t.Errorf("%s: %d bytes of 3.html came, of %d", tt.name, len(part), len(long))
		}
	}
	gz := gzipOf(t, []byte(long))
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "a.html.gz", gz[:len(gz)/2]))
	same(t, got, "damaged a.html.gz", "html a.html.gz")
	got, _ = walk(t, intake.Limits{}, put(t, t.TempDir(), "a.html.gz", append(gz, "and something more"...)))
	same(t, got, "damaged a.html.gz", "html a.html.gz")
}

func TestWrongChecksum(t *testing.T) {
	z := zipOf(t, entry{"1.html", page("1")})
	i := bytes.Index(z, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(z[i+16:], 12345)
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "a.zip", z))
	same(t, got, "damaged a.zip/1.html", "html a.zip/1.html")
}

func TestEncrypted(t *testing.T) {
	z := zipOf(t, entry{"1.html", page("1")})
	z[bytes.Index(z, []byte("PK\x01\x02"))+8] |= 1
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "a.zip", z))
	same(t, got, "encrypted a.zip/1.html")
}

func TestHiddenMembers(t *testing.T) {
	z := zipOf(t, entry{"__MACOSX/._1.html", "x"}, entry{"1.html", page("1")}, entry{".DS_Store", "x"})
	got, _ := walk(t, intake.Limits{}, put(t, t.TempDir(), "a.zip", z))
	same(t, got, "hidden a.zip/.DS_Store", "html a.zip/1.html", "hidden a.zip/__MACOSX/._1.html")
}

// fuzzLimits are small, so that a fuzzer can meet them.
func fuzzLimits() intake.Limits {
	return intake.Limits{MaxFile: 64 << 10, MaxTotal: 1 << 20, MaxEntries: 100, MaxRatio: 50, MaxDepth: 3}
}

// checkHostile walks one archive and checks what must hold of any: paths stay
// inside it, each is given once, pages and their sum are within the limits.
func checkHostile(t *testing.T, name string, data []byte) {
	p := put(t, t.TempDir(), name, data)
	seen := map[string]bool{}
	total := 0
	err := intake.Walk(t.Context(), []string{p}, fuzzLimits(), func(f intake.File) error {
		total += len(f.Data)
		inside := f.Path == name || strings.HasPrefix(f.Path, name+"/")
		if !inside || f.Path != name && !fs.ValidPath(f.Path) || seen[f.Path] {
			t.Errorf("path %q", f.Path)
		}
		seen[f.Path] = true
		if int64(len(f.Data)) > fuzzLimits().MaxFile {
			t.Errorf("%s has %d bytes", f.Path, len(f.Data))
		}
		return nil
	}, func(intake.Left) {})
	if err != nil {
		t.Errorf("Walk: %v", err)
	}
	if most := int(fuzzLimits().MaxTotal) + len(data); total > most {
		t.Errorf("%d bytes came of an archive of %d", total, len(data))
	}
}

func FuzzZip(f *testing.F) {
	whole := zipOf(f, entry{"a/1.html", page("1")}, entry{"2.txt", "It rained."}, entry{"n.zip", string(zipOf(f, entry{"x", page("x")}))})
	f.Add(whole)
	f.Add(whole[:len(whole)*2/3])
	f.Add(append([]byte("PK\x03\x04"), whole...))
	f.Add(zipOf(f, entry{"../../x", strings.Repeat("rain", 9999)}, entry{`C:\x`, ""}))
	f.Fuzz(func(t *testing.T, data []byte) { checkHostile(t, "f.zip", data) })
}

func FuzzTar(f *testing.F) {
	whole := tarOf(f, entry{"a/1.html", page("1")}, entry{"2.txt", "It rained."}, entry{"/n.tar", string(tarOf(f, entry{"x", page("x")}))})
	f.Add(whole)
	f.Add(whole[:len(whole)*2/3])
	f.Add(gzipOf(f, whole))
	f.Fuzz(func(t *testing.T, data []byte) { checkHostile(t, "f.tar", data) })
}
