package rescue

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
)

// spool keeps drafts in a temporary file while pages are read and linked, so
// that memory does not grow with the archive.
type spool struct {
	mu   sync.Mutex
	file *os.File
	size int64
	idle []*bufio.Writer // buffers of drafts that were written
	room []byte          // through which get reads
}

// slot is where a draft lies in the spool.
type slot struct {
	at, size int64
	head     int64 // of size, what is not the texts of the chapters
}

func newSpool(dir string) (*spool, error) {
	f, err := os.CreateTemp(dir, "rescue-*.drafts")
	if err != nil {
		return nil, fmt.Errorf("make a temporary file for drafts: %w", err)
	}
	// The name goes at once: however the process ends, nothing is left behind.
	if err := os.Remove(f.Name()); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("make a temporary file for drafts: %w", err)
	}
	return &spool{file: f, room: make([]byte, 32<<10)}, nil
}

func (s *spool) close() { _ = s.file.Close() } // nothing in it is wanted any more

// spooled is a draft in the spool. The texts of its chapters, nearly all of it,
// follow as they are: to quote and unquote them would cost as much as reading
// the page.
type spooled struct {
	Draft draft
	Texts []int // lengths in bytes
}

// put writes a draft.
func (s *spool) put(d *draft) (slot, error) {
	head := spooled{Draft: *d}
	head.Draft.Story.Chapters = slices.Clone(d.Story.Chapters)
	for i := range head.Draft.Story.Chapters {
		c := &head.Draft.Story.Chapters[i]
		head.Texts = append(head.Texts, len(c.Text))
		c.Text = ""
	}
	b, err := json.Marshal(head)
	if err != nil {
		return slot{}, fmt.Errorf("write a draft: %w", err)
	}
	at := slot{head: int64(len(b)), size: int64(len(b))}
	for _, n := range head.Texts {
		at.size += int64(n)
	}
	at.at = s.take(at.size)
	// A long text is not held once more to be written.
	w := s.writer(at.at)
	defer s.release(w)
	_, err = w.Write(b)
	for i := 0; i < len(d.Story.Chapters) && err == nil; i++ {
		_, err = w.WriteString(d.Story.Chapters[i].Text)
	}
	if err := cmp.Or(err, w.Flush()); err != nil {
		return slot{}, fmt.Errorf("write the temporary file: %w", err)
	}
	return at, nil
}

// writer returns a buffered writer to the file from an offset on.
func (s *spool) writer(at int64) *bufio.Writer {
	to := io.NewOffsetWriter(s.file, at)
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.idle)
	if n == 0 {
		return bufio.NewWriterSize(to, 64<<10)
	}
	w := s.idle[n-1]
	s.idle = s.idle[:n-1]
	w.Reset(to)
	return w
}

// release gives a writer to be used again.
func (s *spool) release(w *bufio.Writer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, w)
}

// take gives out the next bytes of the file and returns where they begin.
func (s *spool) take(size int64) (at int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at = s.size
	s.size += size
	return at
}

// write appends bytes.
func (s *spool) write(b []byte) (slot, error) {
	at := slot{at: s.take(int64(len(b))), size: int64(len(b))}
	if _, err := s.file.WriteAt(b, at.at); err != nil {
		return slot{}, fmt.Errorf("write the temporary file: %w", err)
	}
	return at, nil
}

// read returns the bytes of a slot.
func (s *spool) read(at slot) ([]byte, error) {
	b := make([]byte, at.size)
	if _, err := s.file.ReadAt(b, at.at); err != nil {
		return nil, fmt.Errorf("read the temporary file: %w", err)
	}
	return b, nil
}

// get reads a draft back. It is not for concurrent use.
func (s *spool) get(at slot) (*draft, error) {
	b, err := s.read(slot{at: at.at, size: at.head})
	if err != nil {
		return nil, err
	}
	var head spooled
	if err := json.Unmarshal(b, &head); err != nil {
		return nil, fmt.Errorf("read a draft: %w", err)
	}
	var all strings.Builder
	all.Grow(int(at.size - at.head))
	if _, err := io.CopyBuffer(&all, io.NewSectionReader(s.file, at.at+at.head, at.size-at.head), s.room); err != nil {
		return nil, fmt.Errorf("read the temporary file: %w", err)
	}
	texts := all.String()
	for i, n := range head.Texts {
		head.Draft.Story.Chapters[i].Text, texts = texts[:n], texts[n:]
	}
	return &head.Draft, nil
}
