package store_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// Each damage, done behind the store's back, is found and named.
func TestCheckFindsDamage(t *testing.T) {
	type damage struct{ code, damage string }
	tests := []damage{
		{"chapters-missing", `DELETE FROM chapters; UPDATE stories SET chapters = 0, words = 0; DELETE FROM findings`},
		{"chapters-count", `DELETE FROM chapters WHERE n = 1`},
		{"chapters-count", `UPDATE chapters SET words = 99 WHERE n = 1`},
		{"sources-missing", `UPDATE story_sources SET copy = 1`},
		{"revisions-missing", `UPDATE stories SET revision = 2`},
		{"evidence-missing", `DELETE FROM evidence`},
		{"evidence-range", `UPDATE sources SET size = 30`},
		{"evidence-source", `UPDATE sources SET path = 'elsewhere'`},
		{"evidence-unreadable", `UPDATE evidence SET items = '[{]'`},
		{"header-unreadable", `UPDATE stories SET header = '{"colour":"blue"}'`},
		{"pen-name-count", `UPDATE pen_names SET stories = 7 WHERE id = 1`},
		{"pen-name-count", `UPDATE pen_name_forms SET stories = 7`},
		{"tag-count", `DELETE FROM story_tags`},
		{"published", `UPDATE stories SET published = 0`},
		{"published", `INSERT INTO withdrawals (story_id, withdrawn, asked_by, reason, keep_title) VALUES (1, 1, '', '', 0)`},
		{"withdrawn-names", `UPDATE stories SET published = 0`},
		{"series", `DELETE FROM series_stories`},
		{"series", `UPDATE series SET author_key = 'other'`},
		{"series-empty", `DELETE FROM series_stories`},
		{"title-word", `INSERT INTO title_words (word, stories) VALUES ('fogbank', 1)`},
		{"title-word", `UPDATE stories SET header = replace(header, '"title":"A"', '"title":"Fogbank"')`},
		{"schema", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, TRUE)`},
	}
	if server != nil {
		tests = append(
			tests,
			damage{"search-missing", `DELETE FROM search_heads`},
			damage{"search-stale", `INSERT INTO search_heads (story_id, n, words) VALUES (7, 0, 'fog')`},
			damage{"search-stale", `INSERT INTO search_texts (story_id, n, words) VALUES (7, 0, 'fog')`},
			damage{"digest-length", `UPDATE sources SET digest = '\x00'`},
			damage{"sealed-damaged", `UPDATE sealed_addresses SET ciphertext = decode(repeat('00', 40), 'hex')`},
			damage{"sealed-damaged", `UPDATE sealed_addresses SET lookup = decode(repeat('00', 32), 'hex')`},
			damage{"sealed-damaged", `UPDATE sealed_addresses SET nonce = '\x00'`},
			damage{"reference", `SET session_replication_role = replica; DELETE FROM sources`},
			damage{"database", `UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'sources_digest'::regclass`},
		)
	} else {
		tests = append(
			tests,
			damage{"search-missing", `DELETE FROM story_search`},
			damage{"search-stale", `INSERT INTO story_search (rowid, text) VALUES (7, 'fog')`},
			damage{"digest-length", `UPDATE sources SET digest = x'00'`},
			damage{"sealed-damaged", `UPDATE sealed_addresses SET ciphertext = zeroblob(40)`},
			damage{"sealed-damaged", `UPDATE sealed_addresses SET lookup = zeroblob(32)`},
			damage{"sealed-damaged", `UPDATE sealed_addresses SET nonce = x'00'`},
			damage{"reference", `PRAGMA foreign_keys = off; DELETE FROM sources`},
		)
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			s, path := openNew(t)
			save(t, s, sample("A", "M", page("/old", "a", "1")))
			sound(t, s)
			change(t, path, strings.Split(tt.damage, "; ")...)
			faults, err := s.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !has(faults, tt.code) {
				t.Errorf("%s is not found: %v", tt.code, faults)
			}
		})
	}
}

func has(faults []store.Fault, code string) bool {
	for _, f := range faults {
		if f.Code == code {
			return true
		}
	}
	return false
}

// A torn page of the file is a fault, not an error.
func TestCheckFindsATornFile(t *testing.T) {
	sqliteOnly(t, "a server has checksums of its own")
	path := stock(t)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("The lamp was out"))
	for i := at &^ 4095; i < at; i++ { // the page of the chapters, up to the text
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), path, store.Options{ReadOnly: true, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	faults, err := s.Check(t.Context())
	if err != nil || !has(faults, "database") {
		t.Errorf("faults %v, error %v", faults, err)
	}
}

// A graph of tags that contradicts itself is found.
func TestCheckFindsTagsOutOfPlace(t *testing.T) {
	for code, damage := range map[string]string{
		"tag-place":  `UPDATE tags SET state = 'unsorted' WHERE name = 'Boats'`,
		"tag-parent": `UPDATE tags SET state = 'unsorted' WHERE name = 'Ferries'`,
		"tag-circle": `INSERT INTO tag_parents SELECT a.id, b.id FROM tags a JOIN tags b ON a.name = 'Boats' AND b.name = 'Ferries'`,
	} {
		s, path := openNew(t)
		place(t, s, under(archive.TagFreeform, "Ferries", archive.TagParent{Kind: archive.TagFreeform, Name: "Boats"}),
			standsFor(archive.TagFreeform, "Ships", "Boats"))
		sound(t, s)
		change(t, path, damage)
		faults, err := s.Check(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(faults, func(f store.Fault) bool { return f.Code == code }) {
			t.Errorf("%s is not found: %+v", code, faults)
		}
	}
}
