package rescue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sync"
)

// spool keeps drafts in a temporary file while pages are read and linked, so
// that memory does not grow with the archive.
type spool struct {
	mu   sync.Mutex
	file *os.File
	size int64
}

// slot is where a draft lies in the spool.
type slot struct {
	at, size int64
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
	return &spool{file: f}, nil
}

func (s *spool) close() { _ = s.file.Close() } // nothing in it is wanted any more

// put writes a draft.
func (s *spool) put(d *draft) (slot, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return slot{}, fmt.Errorf("write a draft: %w", err)
	}
	return s.write(b.Bytes())
}

// write appends bytes.
func (s *spool) write(b []byte) (slot, error) {
	s.mu.Lock()
	at := slot{s.size, int64(len(b))}
	s.size += at.size
	s.mu.Unlock()
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

// get reads a draft back.
func (s *spool) get(at slot) (*draft, error) {
	b, err := s.read(at)
	if err != nil {
		return nil, err
	}
	d := new(draft)
	if err := json.Unmarshal(b, d); err != nil {
		return nil, fmt.Errorf("read a draft: %w", err)
	}
	return d, nil
}
