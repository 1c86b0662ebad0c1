package web_test

import (
	"crypto/sha256"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/store"
	"colophon/internal/vault"
	"colophon/internal/web"
	"colophon/test/pgtest"
)

func digest(b []byte) archive.Digest { return sha256.Sum256(b) }

// database is where the archives are, nil for files.
var database *pgtest.Server

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m.Run, &database)) }

// config puts samples into a new archive. They get the ids 1, 2, 3 and so on.
func config(t testing.TB, ss []sample) web.Config {
	t.Helper()
	dir := t.TempDir()
	st, err := store.Open(t.Context(), database.Or(t, filepath.Join(dir, "colophon.db")), store.Options{SealKey: sha256.Sum256([]byte("for tests"))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	v, err := vault.Open(filepath.Join(dir, "vault"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	var stories []*archive.Story
	for _, s := range ss {
		stories = append(stories, s.story)
		for _, b := range s.originals {
			if _, err := v.Put(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
	}
	saved, err := st.Save(t.Context(), stories)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range saved {
		if s.ID != int64(i+1) {
			t.Fatalf("story %d has the id %d", i+1, s.ID)
		}
	}
	return web.Config{Archive: st, Originals: v, Catalogue: catalogued(t, st), Name: "The Long Pier"}
}

// catalogued is the catalogue of a store as it is now.
func catalogued(t testing.TB, st *store.Store) *catalogue.Catalogue {
	t.Helper()
	c := catalogue.New(st, st.TagKey)
	if err := catalogue.NewFollower(c, st, slog.New(slog.DiscardHandler)).Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

// open makes the pages of a configuration.
func open(t testing.TB, c web.Config) http.Handler {
	t.Helper()
	h, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
