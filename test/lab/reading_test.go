package lab_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/store"
)

const (
	longChapters = 2500
	longWords    = 1600 // in each of them: four million in all
	roomAbove    = 64   // MB that a server may take above what it takes at rest
	firstBytes   = 9    // answers that the time of the first byte is the median of
)

// TestLongestStory reads a story of four million words in 2,500 chapters on one
// page, from a server of its own: the memory stays that of a chapter.
func TestLongestStory(t *testing.T) {
	if testing.Short() {
		t.Skip("a story of four million words: not with -short")
	}
	data := t.TempDir()
	words := writeLongStory(t, data)
	base, pid := served(t, data)
	fetch(t, base+"/", nil) // what a first page costs is not the story's
	rest := resident(t, pid)

	var most float64
	n := int64(0)
	for _, page := range []string{"/all", "/print"} {
		n = fetch(t, base+"/stories/1/the-longest-story"+page, func() { most = max(most, resident(t, pid)) })
	}
	t.Logf("%.1f MB of page for %d words; the server takes %.1f MB at rest and %.1f MB at most", float64(n)/1e6, words, rest, most)
	if most-rest > roomAbove && !raced {
		t.Errorf("%.1f MB above rest, want at most %d", most-rest, roomAbove)
	}

	// The time is told as a multiple of that of the home page of the same server.
	whole, home := firstByte(t, base+"/stories/1/the-longest-story/all"), firstByte(t, base+"/")
	t.Logf("first byte after %v, that of the home page after %v", whole, home)
	if contents := fetch(t, base+"/stories/1/the-longest-story", nil); contents > 40_000 {
		t.Errorf("the first page of a story of %d chapters has %d bytes", longChapters, contents)
	}
}

// writeLongStory puts the story into a new archive.
func writeLongStory(t *testing.T, data string) (words int) {
	t.Helper()
	key, err := store.LoadOrMakeKey(filepath.Join(data, "keys", "seal.key"))
	if err != nil {
		t.Fatal(err)
	}
	address, err := database.Folder(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), address, store.Options{SealKey: key})
	if err != nil {
		t.Fatal(err)
	}
	g := makePage(0, longWords*8, 7)
	paragraph := "<p>" + strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>&", r) {
			return ' '
		}
		return r
	}, string(g.data)))[:longWords/10], " ") + "</p>\n"
	text := strings.Repeat(paragraph, 10)
	story := &archive.Story{
		Header:  archive.Header{Title: "The Longest Story", Language: "en"},
		Sources: []archive.Source{{Origin: "lab", Path: "longest.txt", Kind: archive.Text, Digest: archive.Digest{1}}},
	}
	each := len(strings.Fields(paragraph)) * 10
	for i := range longChapters {
		story.Chapters = append(story.Chapters, archive.Chapter{Title: fmt.Sprintf("Part %d", i+1), Text: text, Words: each})
	}
	if _, err := s.Save(t.Context(), []*archive.Story{story}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return each * longChapters
}

// served starts the program on an archive and returns its address and process.
func served(t *testing.T, data string) (base string, pid int) {
	t.Helper()
	s := startServer(t, program(t), data)
	return s.base, s.pid()
}

// fetch reads a page, and calls while now and then while it comes.
func fetch(t *testing.T, url string, while func()) (n int64) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %s", url, res.Status)
	}
	b := make([]byte, 1<<20)
	for {
		k, err := io.ReadFull(res.Body, b)
		n += int64(k)
		if while != nil {
			while()
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// firstByte is the median time until an answer begins.
func firstByte(t *testing.T, url string) time.Duration {
	t.Helper()
	var took []time.Duration
	for range firstBytes {
		start := time.Now()
		res, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := res.Body.Read(make([]byte, 1)); err != nil && err != io.EOF {
			t.Fatal(err)
		}
		took = append(took, time.Since(start))
		res.Body.Close()
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// resident is the memory of a process, in MB.
func resident(t testing.TB, pid int) float64 {
	t.Helper()
	mb, err := memory(strconv.Itoa(pid), "VmRSS:")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("memory is told by Linux only: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return mb
}
