//go:build unix

package intake_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"colophon/internal/rescue/intake"
)

func TestFolderLinksAndDevices(t *testing.T) {
	dir := t.TempDir()
	outside := put(t, t.TempDir(), "secret.html", []byte(page("secret")))
	put(t, dir, "d/page.html", []byte(page("x")))
	for name, to := range map[string]string{"1out.html": outside, "2in.html": "d/page.html", "3loop": ".", "4none": "nowhere", "5up": ".."} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "6pipe.html"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(dir, "7socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	got, _ := walk(t, intake.Limits{}, dir)
	same(t, got, "link 1out.html", "link 2in.html", "link 3loop", "link 4none", "link 5up", "special 6pipe.html", "special 7socket", "html d/page.html")
	got, _ = walk(t, intake.Limits{}, filepath.Join(dir, "6pipe.html"))
	same(t, got, "special 6pipe.html")
}

// zeros writes n zero bytes, which compress a thousandfold.
func zeros(t *testing.T, w io.Writer, n int64) {
	t.Helper()
	block := make([]byte, 1<<20)
	for ; n > 0; n -= int64(len(block)) {
		if _, err := w.Write(block[:min(n, int64(len(block)))]); err != nil {
			t.Fatal(err)
		}
	}
}

// flatBomb is a zip archive of pages that each expand to size bytes.
func flatBomb(t *testing.T, pages int, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range pages {
		f, err := w.Create(fmt.Sprintf("%d.html", i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, page("x")); err != nil {
			t.Fatal(err)
		}
		zeros(t, f, size)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gzipBomb expands to head and so many times 4 MB of zero bytes: compressed
// files may be joined.
func gzipBomb(t *testing.T, head []byte, times int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zeros(t, w, 4<<20)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return append(gzipOf(t, head), bytes.Repeat(b.Bytes(), times)...)
}

// overlapBomb is a zip archive whose table of contents names one member many
// times over, each under another name.
func overlapBomb(t *testing.T, times int) []byte {
	t.Helper()
	z := flatBomb(t, 1, 2<<20)
	at := bytes.LastIndex(z, []byte("PK\x01\x02"))
	end := bytes.LastIndex(z, []byte("PK\x05\x06"))
	entry := z[at:end]
	out := append([]byte(nil), z[:at]...)
	for i := range times {
		e := bytes.Clone(entry)
		e[46] = byte('a' + i%26)
		out = append(out, e...)
	}
	tail := bytes.Clone(z[end:])
	binary.LittleEndian.PutUint16(tail[10:], uint16(times))
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(entry)*times))
	return append(out, tail...)
}

// quotedBomb is a zip archive in which each member's data begins with the local
// header of the next, so that all share the last one's.
func quotedBomb(t *testing.T, members int) []byte {
	t.Helper()
	kernel := flatBomb(t, 1, 2<<20)
	local := bytes.Clone(kernel[:30])
	nameLen := int(binary.LittleEndian.Uint16(local[26:]))
	extraLen := int(binary.LittleEndian.Uint16(local[28:]))
	data := kernel[30+nameLen+extraLen : bytes.LastIndex(kernel, []byte("PK\x01\x02"))]
	binary.LittleEndian.PutUint16(local[26:], 8)
	binary.LittleEndian.PutUint16(local[28:], 0)
	var out, table bytes.Buffer
	offsets := make([]int, members)
	for i := range members {
		offsets[i] = out.Len()
		out.Write(local)
		fmt.Fprintf(&out, "%03d.html", i)
	}
	out.Write(data)
	for i, off := range offsets {
		e := make([]byte, 46)
		copy(e, "PK\x01\x02")
		binary.LittleEndian.PutUint16(e[10:], 8)
		binary.LittleEndian.PutUint32(e[20:], uint32(out.Len()-off-38))
		binary.LittleEndian.PutUint32(e[24:], 1<<30)
		binary.LittleEndian.PutUint16(e[28:], 8)
		binary.LittleEndian.PutUint32(e[42:], uint32(off))
		table.Write(e)
		fmt.Fprintf(&table, "%03d.html", i)
	}
	return withTable(out.Bytes(), table.Bytes(), members)
}

// withTable joins members and their table of contents.
func withTable(body, table []byte, n int) []byte {
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[10:], uint16(n))
	binary.LittleEndian.PutUint32(end[12:], uint32(len(table)))
	binary.LittleEndian.PutUint32(end[16:], uint32(len(body)))
	return append(append(body, table...), end...)
}

// crowded writes a zip archive of n empty members, with or without its table of
// contents.
func crowded(t *testing.T, p string, n int, withContents bool) {
	t.Helper()
	f, err := os.Create(p)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	var local [38]byte
	copy(local[:], "PK\x03\x04")
	local[26] = 8
	for i := range n {
		putNumber(local[30:], i)
		_, _ = w.Write(local[:])
	}
	var e [54]byte
	copy(e[:], "PK\x01\x02")
	e[28] = 8
	for i := 0; withContents && i < n; i++ {
		binary.LittleEndian.PutUint32(e[42:], uint32(i*38))
		putNumber(e[46:], i)
		_, _ = w.Write(e[:])
	}
	if withContents {
		end := withTable(nil, nil, 7) // the number it claims is a lie
		binary.LittleEndian.PutUint32(end[16:], uint32(n*38))
		_, _ = w.Write(end)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// putNumber fills b with n in decimal.
func putNumber(b []byte, n int) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}

// nested puts a zip archive into archives of ten copies each, levels deep.
func nested(t *testing.T, inner []byte, levels int) []byte {
	t.Helper()
	for range levels {
		var entries []entry
		for i := range 10 {
			entries = append(entries, entry{fmt.Sprintf("%d.zip", i), string(inner)})
		}
		inner = zipOf(t, entries...)
	}
	return inner
}

// TestBombs walks each bomb in a process of its own, whose peak memory and time
// are measured.
func TestBombs(t *testing.T) {
	if p := os.Getenv("INTAKE_BOMB"); p != "" {
		lines, _ := walk(t, intake.Limits{}, p)
		fmt.Printf("lines: %s\n", strings.Join(lines[:min(len(lines), 3)], ", "))
		return
	}
	dir := t.TempDir()
	crowded(t, filepath.Join(dir, "crowd.zip"), 1_000_000, true)
	crowded(t, filepath.Join(dir, "lost.zip"), 1_000_000, false)
	put(t, dir, "flat.zip", flatBomb(t, 3, 8<<20))
	put(t, dir, "page.html.gz", gzipBomb(t, []byte(page("x")), 64))
	put(t, dir, "tar.gz", gzipBomb(t, tarOf(t, entry{"1.html", page("1")})[:1536], 128))
	put(t, dir, "many.zip", flatBomb(t, 20, 1500<<10))
	put(t, dir, "overlap.zip", overlapBomb(t, 5000))
	put(t, dir, "quoted.zip", quotedBomb(t, 900))
	put(t, dir, "nested.zip", nested(t, flatBomb(t, 1, 4<<20), 2))
	for _, tt := range []struct{ name, want string }{
		{"crowd.zip", "too-many crowd.zip"},
		{"lost.zip", "too-many lost.zip"},
		{"flat.zip", "bomb flat.zip/0.html"},
		{"page.html.gz", "bomb page.html.gz"},
		{"tar.gz", "bomb tar.gz"},
		{"many.zip", "bomb many.zip/0.html"},
		{"overlap.zip", "bomb overlap.zip"},
		{"quoted.zip", "bomb quoted.zip"},
		{"nested.zip", "bomb nested.zip/0.zip/0.zip/0.html"},
	} {
		t.Run(tt.name, func(t *testing.T) { bombRun(t, filepath.Join(dir, tt.name), tt.want) })
	}
}

func bombRun(t *testing.T, p, want string) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestBombs$")
	scratch := t.TempDir()
	cmd.Env = append(os.Environ(), "INTAKE_BOMB="+p, "TMPDIR="+scratch, "GORACE=atexit_sleep_ms=0")
	began := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(began)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "lines: "+want) {
		t.Errorf("want %q, got\n%s", want, out)
	}
	if files, err := os.ReadDir(scratch); err != nil || len(files) > 0 {
		t.Errorf("temporary files are left behind: %v, %v", files, err)
	}
	const patience = 15 * time.Second // 5 s on a machine that does nothing else, without the race detector
	if took > patience {
		t.Errorf("took %v, more than %v", took, patience)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok || runtime.GOOS != "linux" {
		return
	}
	const limit = 256 << 10 // Maxrss is in kilobytes on Linux
	if usage.Maxrss > limit {
		t.Errorf("peak memory %d KB, more than %d", usage.Maxrss, limit)
	}
	t.Logf("%v, peak memory %d MB", took.Round(time.Millisecond), usage.Maxrss>>10)
}
