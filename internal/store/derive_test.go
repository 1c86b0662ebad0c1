package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// older takes a database back to its first form: what later migrations have made
// is gone.
func older(t *testing.T, path string) {
	t.Helper()
	sqliteOnly(t, "no database of PostgreSQL has ever been of the first form")
	change(
		t, path, `DROP TABLE changes`, `DROP TABLE story_views`, `DROP TABLE tag_parents`, `DROP INDEX tags_of`,
		`DELETE FROM story_tags WHERE tag_id IN (SELECT id FROM tags WHERE kind = 'rating')`,
		`DELETE FROM tag_forms WHERE tag_id IN (SELECT id FROM tags WHERE kind = 'rating')`,
		`UPDATE tags SET of_id = NULL`, `DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM story_tags)`,
		`ALTER TABLE tags DROP COLUMN state`, `ALTER TABLE tags DROP COLUMN name`, `ALTER TABLE tags DROP COLUMN of_id`,
		`ALTER TABLE tags DROP COLUMN position`, `ALTER TABLE tags DROP COLUMN about`, `DELETE FROM settings WHERE name = 'closed-sets'`,
		`ALTER TABLE stories DROP COLUMN visibility`, `ALTER TABLE stories DROP COLUMN author_key`, `ALTER TABLE stories DROP COLUMN written`,
		`UPDATE tags SET kind = 'genre' WHERE kind = 'freeform'`,
	)
	change(
		t, path, `DROP TABLE story_search`, `DROP TABLE title_words`, `DROP TABLE series_stories`, `DROP TABLE series`,
		`DROP TABLE withdrawn_digests`, `DROP TABLE withdrawals`, `DROP INDEX stories_words`, `DROP INDEX stories_added`,
		`ALTER TABLE stories DROP COLUMN published`, `CREATE INDEX stories_added ON stories (merged_into, added, id, words)`,
		`DELETE FROM settings WHERE name = 'derived'`, `DELETE FROM goose_db_version WHERE version_id > 1`,
	)
}

// cycle makes a database with a series of three stories, two of them one by
// now, and returns its path.
func cycle(t *testing.T) string {
	t.Helper()
	path := newAddress(t)
	s, err := store.Open(t.Context(), path, store.Options{SealKey: testKey(), Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, member(1, "Mina", "Tides", "2", ""), member(2, "Mina", "Tides", "1", ""), member(3, "Mina", "Tides", "3", ""))
	joined := sample("Story 3", "Mina", page("/old", "p3", "p3"), page("/old", "p1", "p1"))
	joined.Header.Series = archive.Place{Name: "Tides", Part: "2"}
	save(t, s, joined)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// A database of the first form is copied, and its stories get their rows.
func TestOlderDatabaseIsEntered(t *testing.T) {
	path := cycle(t)
	older(t, path)
	if _, err := store.Open(t.Context(), path, store.Options{ReadOnly: true}); archive.KindOf(err) != archive.Conflict {
		t.Errorf("for reading: %v", err)
	}
	s := openAt(t, path)
	if got := order(t, s, 1); got != "Tides by Mina: 2 1" {
		t.Errorf("series: %s", got)
	}
	if got := ask(t, s, archive.Search{Text: "story lamp"}); got != "1: 1" {
		t.Errorf("search: %s", got)
	}
	sound(t, s)
	kept, err := filepath.Glob(filepath.Join(filepath.Dir(path), "backups", "colophon-1-*"))
	if err != nil || len(kept) != 1 {
		t.Errorf("copies: %v, %v", kept, err)
	}
}

// What was entered in another form, or not to the end, is entered anew when the
// database is opened for writing.
func TestUnfinishedEntryGoesOn(t *testing.T) {
	for _, state := range []string{`{"form":0,"done":true}`, `{"form":2,"upto":1}`, ``} {
		path := cycle(t)
		if state == `{"form":2,"upto":1}` {
			if server == nil {
				change(t, path, `DELETE FROM story_search WHERE rowid > 1`)
			} else {
				change(t, path, `DELETE FROM search_heads WHERE story_id > 1`, `DELETE FROM search_texts WHERE story_id > 1`)
			}
			change(t, path, `DELETE FROM series_stories WHERE story_id > 1`,
				`DELETE FROM title_words`, `INSERT INTO title_words VALUES ('story', 1), ('mina', 1)`)
		}
		change(t, path, `UPDATE settings SET value = '`+state+`' WHERE name = 'derived'`)
		if state == "" {
			change(t, path, `DELETE FROM settings WHERE name = 'derived'`)
		}
		_, err := store.Open(t.Context(), path, store.Options{ReadOnly: true, Now: time.Now})
		if archive.KindOf(err) != archive.Conflict {
			t.Errorf("%s, for reading: %v", state, err)
		}
		s := openAt(t, path)
		sound(t, s)
		if diff := cmp.Diff("Tides by Mina: 2 1", order(t, s, 1)); diff != "" {
			t.Errorf("%s: %s", state, diff)
		}
	}
}
