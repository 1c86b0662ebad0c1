package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"colophon/internal/archive"
)

// derivedForm is the form in which stories are entered into the search, the
// series, the words of titles, names and tags. A change of what is written there
// (the words of a text, the key of a series, the kind of a tag) raises it: an archive of another form is
// entered anew when it is opened for writing.
const derivedForm = 2

// derivedStep is how many stories are entered in one transaction.
const derivedStep = 500

// derived is how far that is done, kept in the settings.
type derived struct {
	Form int   `json:"form"`
	Upto int64 `json:"upto,omitzero"` // stories up to this id are entered
	Done bool  `json:"done,omitzero"`
}

// derivedSettings reads it; no row means that nothing is entered.
const derivedSettings = `SELECT value FROM settings WHERE name = 'derived'`

func derivedOf(row *sql.Row) (d derived, err error) {
	var data []byte
	err = row.Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return derived{}, nil
	}
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(data, &d)
}

// whole says whether all stories are entered, in the present form.
func (d derived) whole() bool { return d.Form == derivedForm && d.Done }

// deriveAll enters the stories of a database that was found without all of them
// in the search.
func (s *Store) deriveAll(ctx context.Context, have found) error {
	if have.version == s.schema && have.derived.whole() {
		return nil
	}
	if err := s.enterClosedSets(ctx); err != nil {
		return err
	}
	if have.version > 0 {
		s.log.InfoContext(ctx, "stories are entered into the search; of many, this takes a while")
	}
	return s.derive(ctx)
}

// derive enters the stories of an archive that has them in no form or another.
// It goes on where one that was ended stopped.
func (s *Store) derive(ctx context.Context) error {
	for done := false; !done; {
		err := s.write(ctx, "enter the stories into the search", func(tx *batch) error {
			d, err := derivedOf(tx.tx.QueryRowContext(ctx, derivedSettings))
			if err != nil {
				return err
			}
			if d.whole() {
				done = true
				return nil
			}
			v := newSaver(tx, s.sealer, micros(s.now()))
			if d.Form != derivedForm {
				d = derived{Form: derivedForm}
				if err := v.forget(ctx); err != nil {
					return err
				}
			}
			if err := v.enter(ctx, &d); err != nil {
				return err
			}
			data, err := encode(d)
			if err != nil {
				return err
			}
			done = d.Done
			return v.exec(ctx, `INSERT INTO settings (name, value) VALUES ('derived', $1)
				ON CONFLICT (name) DO UPDATE SET value = excluded.value`, data)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// forget empties what is derived. The ids of series stay, since pages link to
// them; those that nothing needs any longer go when the last story is entered.
func (v *saver) forget(ctx context.Context) error {
	if err := v.dialect.unindexAll(ctx, v.batch); err != nil {
		return err
	}
	for _, query := range []string{`DELETE FROM title_words`, `DELETE FROM series_stories`} {
		if err := v.exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// enter enters the next stories.
func (v *saver) enter(ctx context.Context, d *derived) error {
	ids, err := v.ids(ctx, `SELECT id FROM stories WHERE merged_into IS NULL AND id > $1 ORDER BY id LIMIT $2`, d.Upto, derivedStep)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context, *archive.Story, bool) error{v.enterRow, v.enterSeries, v.enterSearch} {
		for _, id := range ids {
			if err := v.enterStory(ctx, id, step); err != nil {
				return err
			}
		}
	}
	if len(ids) > 0 {
		d.Upto = ids[len(ids)-1]
	}
	if len(ids) < derivedStep {
		d.Upto, d.Done = 0, true
		err := v.exec(ctx, `DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM series_stories p WHERE p.series_id = series.id)`)
		if err != nil {
			return err
		}
	}
	return v.flush(ctx)
}

// enterStory does one step for a story. The search has a step to itself, so that
// its rows are written in one run.
func (v *saver) enterStory(ctx context.Context, id int64, step func(context.Context, *archive.Story, bool) error) error {
	s := &archive.Story{ID: id}
	var header []byte
	var published int
	err := v.one(ctx, `SELECT header, published FROM stories WHERE id = $1`, []any{id}, []any{&header, &published})
	if err != nil {
		return err
	}
	if s.Header, err = headerOf(header); err != nil {
		return err
	}
	return step(ctx, s, published == 1)
}

// enterRow writes what the catalogue knows a story by.
func (v *saver) enterRow(ctx context.Context, s *archive.Story, published bool) error {
	err := v.exec(ctx, `UPDATE stories SET author_key = $1, written = $2 WHERE id = $3`, authorKey(&s.Header), s.Header.Date.Normal, s.ID)
	if err != nil || !published {
		return err
	}
	v.changed(s.ID, 0)
	if err := v.names.discredit(ctx, v.batch, s.ID); err != nil {
		return err
	}
	return v.names.credit(ctx, v.batch, s.ID, &s.Header)
}

func (v *saver) enterSeries(ctx context.Context, s *archive.Story, _ bool) error {
	return v.place(ctx, s.ID, &s.Header)
}

func (v *saver) enterSearch(ctx context.Context, s *archive.Story, published bool) error {
	if !published {
		return nil
	}
	for w := range titleWords(&s.Header) {
		v.shown.words[w]++
	}
	if err := loadChapters(true)(ctx, v.batch, s); err != nil {
		return err
	}
	return v.dialect.indexStory(ctx, v.batch, s.ID, s)
}
