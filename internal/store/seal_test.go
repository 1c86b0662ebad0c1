package store_test

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// No file of the data folder holds a sealed address in clear, though the page
// left it in every place of the story, and the former revision had it open.
func TestAddressIsNowhereInClear(t *testing.T) {
	s, path := openNew(t)
	leaky := func(content string) *archive.Story {
		a := "Keeper@Lamp.example"
		st := sample("Write to "+a, "Mina <"+a+">", page("/old", "a", content))
		st.Header.Summary, st.Header.Notes, st.Header.Keywords = a, "mail "+a, []string{a}
		st.Header.Other = []archive.Labelled{{Label: a, Value: a}}
		st.Header.Bylines[0].Also = []string{a}
		st.Chapters[0].Text += "<p>FEEDBACK: " + a + "</p>"
		st.Chapters[1].Notes = a
		st.Evidence = append(st.Evidence, archive.Evidence{
			Field: archive.FieldEmail, Source: "a", Start: 1, End: 2, Written: "keeper at lamp dot example",
		})
		st.Findings[0].Message = "Is " + a + " an address?"
		return st
	}
	open := leaky("1")
	open.Sealed = nil // an older program did not see it
	save(t, s, open)
	first := leaky("2")
	save(t, s, first)
	if first.Header.Summary != "Keeper@Lamp.example" {
		t.Error("Save changed the story it was given")
	}
	save(t, s, leaky("3"))
	// What was open before it was sealed is gone once the log is folded in.
	if server == nil {
		change(t, path, `PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	save(t, s, leaky("4"), sample("Other", "Mina", page("/old", "b", "5")))
	for _, needle := range []string{"keeper@lamp", "lamp.example", "lamp dot example"} {
		for _, file := range holding(t, path, needle) {
			t.Errorf("%s holds %q in clear", file, needle)
		}
	}
	if files := holding(t, path, "[address sealed]"); len(files) == 0 {
		t.Error("the search finds nothing at all: it proves nothing")
	}
	sound(t, s)
}

// holding names the files of an archive's folder that hold a text in any case, or
// the tables of its database. Rows that are no more, which a server keeps for a
// while, are not looked at: its operator's guide says how they go.
func holding(t *testing.T, archive, text string) (files []string) {
	t.Helper()
	if server != nil {
		return tablesHolding(t, archive, text)
	}
	err := filepath.WalkDir(filepath.Dir(archive), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(data), []byte(text)) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func tablesHolding(t *testing.T, address, text string) (tables []string) {
	t.Helper()
	var all string
	query(t, address, `SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`, &all)
	for table := range strings.FieldsSeq(all) {
		var n int
		query(t, address, `SELECT count(*) FROM `+table+` x WHERE position('`+text+`' IN lower(x::text)) > 0`, &n)
		if n > 0 {
			tables = append(tables, table)
		}
	}
	return tables
}

func TestSealedFindsItsStories(t *testing.T) {
	s, _ := openNew(t)
	a, b, c := page("/old", "a", "1"), page("/old", "b", "2"), page("/old", "c", "3")
	other := sample("C", "M", c)
	other.Sealed[0].Address = "somebody@else.example"
	save(t, s, sample("A", "M", a), sample("B", "M", b), other)
	ids, err := s.FindSealed(t.Context(), "  KEEPER@lamp.example ")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int64{1, 2}, ids); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
	open, err := s.OpenSealed(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	want := []archive.Sealed{{Address: "somebody@else.example", Source: "c", Start: 70, End: 89, Field: archive.FieldEmail}}
	if diff := cmp.Diff(want, open); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	save(t, s, sample("A", "M", a, b))
	if ids, err = s.FindSealed(t.Context(), "keeper@lamp.example"); err != nil || len(ids) != 1 || ids[0] != 1 {
		t.Errorf("after merging: %v, %v", ids, err)
	}
}

// A range that one story of a page has sealed is masked for all of them.
func TestSealedRangeBelongsToBytes(t *testing.T) {
	s, _ := openNew(t)
	a, b := sample("A", "M", page("/old", "p", "1")), sample("B", "M", page("/old", "p", "1"))
	b.Sealed = nil
	save(t, s, a, b)
	got, err := s.Story(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Sealed) != 1 || got.Sealed[0].Start != 70 || got.Sealed[0].Address != "" {
		t.Errorf("sealed ranges: %+v", got.Sealed)
	}
}

func TestSealKeyMatters(t *testing.T) {
	s, path := openNew(t)
	save(t, s, sample("A", "M", page("/old", "a", "1")))
	tests := []struct {
		name string
		key  [32]byte
		kind archive.Kind
		code string
	}{
		{"missing", [32]byte{}, archive.Invalid, "seal-key-missing"},
		{"another", sha256.Sum256([]byte("another")), archive.Conflict, "seal-key-wrong"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := store.Open(t.Context(), path, store.Options{SealKey: tt.key, Now: clock()})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			_, err = s.Save(t.Context(), []*archive.Story{sample("B", "M", page("/old", "b", "2"))})
			if archive.KindOf(err) != tt.kind {
				t.Errorf("Save: %v", err)
			}
			if _, err := s.FindSealed(t.Context(), "keeper@lamp.example"); archive.KindOf(err) != tt.kind {
				t.Errorf("FindSealed: %v", err)
			}
			faults, err := s.Check(t.Context())
			if err != nil || len(faults) != 1 || faults[0].Code != tt.code {
				t.Errorf("Check: %v, %v", faults, err)
			}
		})
	}
}

func TestLoadOrMakeKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "seal.key")
	keys := make([][32]byte, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = store.LoadOrMakeKey(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] || k == ([32]byte{}) {
			t.Fatal("two made different keys, or an empty one")
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != 65 {
		t.Errorf("key file: %v, %v", info, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("files left beside the key: %v", left)
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("0", 63)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.LoadOrMakeKey(path); archive.KindOf(err) != archive.Damaged {
		t.Errorf("a damaged key: %v", err)
	}
}
