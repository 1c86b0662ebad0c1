package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"colophon/internal/archive"
)

// The rows of the graph of tags; the same of some tags.
const (
	graphTags = `SELECT t.id, t.kind, t.key, CASE WHEN t.name <> '' THEN t.name ELSE coalesce((SELECT f.form FROM tag_forms f
			WHERE f.tag_id = t.id ORDER BY f.stories DESC, length(f.form), f.form LIMIT 1), t.key) END,
		t.state, coalesce(t.of_id, 0), t.position, t.about FROM tags t`
	graphParents = `SELECT p.tag_id, p.parent_id FROM tag_parents p`
	someTags     = ` WHERE t.id IN (SELECT value FROM json_each($1))`
	someParents  = ` WHERE p.tag_id IN (SELECT value FROM json_each($1))`
)

// TagGraph returns tags with what they stand for and their parents, by id: all,
// or those of some ids. The name of a tag that has been given none is the
// spelling most stories have.
func (s *Store) TagGraph(ctx context.Context, ids ...int64) (list []archive.Tag, err error) {
	tags, parents, args := graphTags, graphParents, []any(nil)
	if len(ids) > 0 {
		given, err := idList(ids)
		if err != nil {
			return nil, err
		}
		tags, parents, args = graphTags+someTags, graphParents+someParents, []any{given}
	}
	err = s.read(ctx, "read the tags", func(tx *batch) error {
		at := map[int64]int{}
		err := tx.each(ctx, func(scan func(...any) error) error {
			var t archive.Tag
			if err := scan(&t.ID, &t.Kind, &t.Key, &t.Name, &t.State, &t.Of, &t.Order, &t.About); err != nil {
				return err
			}
			at[t.ID] = len(list)
			list = append(list, t)
			return nil
		}, tags+` ORDER BY t.id`, args...)
		if err != nil {
			return err
		}
		return tx.each(ctx, func(scan func(...any) error) error {
			var child, parent int64
			if err := scan(&child, &parent); err != nil {
				return err
			}
			if i, ok := at[child]; ok {
				list[i].Parents = append(list[i].Parents, parent)
			}
			return nil
		}, parents+` ORDER BY p.tag_id, p.parent_id`, args...)
	})
	return list, err
}

// PlaceTags says where tags belong, in one transaction: all of it, or with an
// error nothing. Tags that are not there are made, also those named as parents
// or as what a synonym stands for; these become canonical. What stood for a tag
// that is a synonym now stands for what that stands for. Errors: Invalid for a
// place that says too little; Conflict where a tag would be part of itself.
func (s *Store) PlaceTags(ctx context.Context, places []archive.TagPlace) error {
	return s.write(ctx, "place the tags", func(tx *batch) error {
		p := &placer{tx}
		for i := range places {
			if err := p.place(ctx, &places[i]); err != nil {
				return err
			}
		}
		return logTags(ctx, tx)
	})
}

// placer is one transaction that changes the graph of tags.
type placer struct{ *batch }

func (p *placer) place(ctx context.Context, t *archive.TagPlace) error {
	if strings.TrimSpace(t.Name) == "" {
		return archive.Errorf(archive.Invalid, "A tag needs a name.")
	}
	id, err := p.find(ctx, t.Kind, t.Name)
	if err != nil {
		return err
	}
	switch t.State {
	case archive.TagUnsorted:
		return p.unsort(ctx, id)
	case archive.TagSynonym:
		return p.synonym(ctx, id, t)
	case archive.TagCanonical:
		return p.canonical(ctx, id, t)
	}
	return archive.Errorf(archive.Invalid, "A tag is canonical, a synonym or unsorted, not %q.", string(t.State))
}

// find returns the id of a tag, made where it is not there.
func (p *placer) find(ctx context.Context, kind archive.TagKind, name string) (int64, error) {
	switch kind {
	case archive.TagFandom, archive.TagCharacter, archive.TagRelationship, archive.TagFreeform,
		archive.TagRating, archive.TagWarning, archive.TagCategory:
	default:
		return 0, archive.Errorf(archive.Invalid, "There is no kind of tag called %q.", string(kind))
	}
	key := tagKey(kind, name)
	id, err := p.id(ctx, `SELECT id FROM tags WHERE kind = $1 AND key = $2`, string(kind), key)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = p.id(ctx, `INSERT INTO tags (kind, key, stories, name) VALUES ($1, $2, 0, $3) RETURNING id`,
			string(kind), key, strings.TrimSpace(name))
	}
	return id, err
}

// unsort takes a tag's place away: what stood for it or was part of it stays,
// unsorted or without that parent.
func (p *placer) unsort(ctx context.Context, id int64) error {
	for _, query := range []string{
		`UPDATE tags SET state = 'unsorted', of_id = NULL WHERE of_id = $1`,
		`UPDATE tags SET state = 'unsorted', of_id = NULL, position = 0 WHERE id = $1`,
		`DELETE FROM tag_parents WHERE tag_id = $1 OR parent_id = $1`,
	} {
		if err := p.exec(ctx, query, id); err != nil {
			return err
		}
	}
	return nil
}

// synonym makes a tag stand for another of its kind.
func (p *placer) synonym(ctx context.Context, id int64, t *archive.TagPlace) error {
	if strings.TrimSpace(t.Of) == "" {
		return archive.Errorf(archive.Invalid, "Say which tag %q stands for.", t.Name)
	}
	of, err := p.resolved(ctx, t.Kind, t.Of)
	if err != nil {
		return err
	}
	if of == id {
		return archive.Errorf(archive.Conflict, "%q cannot stand for itself: %q stands for it already.", t.Name, t.Of)
	}
	if err := p.makeCanonical(ctx, of, ""); err != nil {
		return err
	}
	for _, query := range []string{
		`UPDATE tags SET of_id = $1 WHERE of_id = $2`,
		`UPDATE tags SET state = 'synonym', of_id = $1, position = 0 WHERE id = $2`,
	} {
		if err := p.exec(ctx, query, of, id); err != nil {
			return err
		}
	}
	// What was part of the synonym is part of what it stands for.
	children, err := p.ids(ctx, `SELECT tag_id FROM tag_parents WHERE parent_id = $1`, id)
	if err != nil {
		return err
	}
	if err := p.exec(ctx, `DELETE FROM tag_parents WHERE tag_id = $1 OR parent_id = $1`, id); err != nil {
		return err
	}
	for _, child := range children {
		if child == of {
			continue
		}
		if err := p.under(ctx, child, of); err != nil {
			return err
		}
	}
	return nil
}

// canonical makes a tag one that filters show, with parents and description.
func (p *placer) canonical(ctx context.Context, id int64, t *archive.TagPlace) error {
	if err := p.makeCanonical(ctx, id, t.Name); err != nil {
		return err
	}
	if t.Order > 0 {
		if err := p.exec(ctx, `UPDATE tags SET position = $1 WHERE id = $2`, t.Order, id); err != nil {
			return err
		}
	}
	if t.About != "" {
		if err := p.exec(ctx, `UPDATE tags SET about = $1 WHERE id = $2`, t.About, id); err != nil {
			return err
		}
	}
	if t.Parents == nil {
		return nil
	}
	if err := p.exec(ctx, `DELETE FROM tag_parents WHERE tag_id = $1`, id); err != nil {
		return err
	}
	for _, parent := range t.Parents {
		if parent.Kind != t.Kind && parent.Kind != archive.TagFandom {
			return archive.Errorf(archive.Invalid, "%q is a %s: it can be part of another %s or belong to a fandom, not to a %s.",
				t.Name, t.Kind, t.Kind, parent.Kind)
		}
		up, err := p.resolved(ctx, parent.Kind, parent.Name)
		if err != nil {
			return err
		}
		if err := p.makeCanonical(ctx, up, ""); err != nil {
			return err
		}
		if err := p.under(ctx, id, up); err != nil {
			return err
		}
	}
	return nil
}

// resolved finds a tag, or what it stands for.
func (p *placer) resolved(ctx context.Context, kind archive.TagKind, name string) (int64, error) {
	id, err := p.find(ctx, kind, name)
	if err != nil {
		return 0, err
	}
	of, err := p.id(ctx, `SELECT coalesce(of_id, 0) FROM tags WHERE id = $1`, id)
	if of != 0 {
		return of, err
	}
	return id, err
}

// makeCanonical makes a tag canonical, under a name where one is given.
func (p *placer) makeCanonical(ctx context.Context, id int64, name string) error {
	return p.exec(ctx, `UPDATE tags SET state = 'canonical', of_id = NULL, name = CASE WHEN CAST($1 AS TEXT) <> '' THEN CAST($1 AS TEXT) ELSE name END
		WHERE id = $2`, name, id)
}

// under makes a tag part of another. Errors: Conflict where the other is part
// of it.
func (p *placer) under(ctx context.Context, child, parent int64) error {
	n, err := p.id(ctx, `WITH RECURSIVE up(id) AS (SELECT CAST($1 AS BIGINT) UNION
			SELECT t.parent_id FROM tag_parents t JOIN up ON up.id = t.tag_id)
		SELECT count(*) FROM up WHERE up.id = $2`, parent, child)
	if err != nil {
		return err
	}
	if n > 0 {
		var a, b string
		if err := p.one(ctx, `SELECT coalesce(max(CASE WHEN t.id = $1 THEN coalesce(NULLIF(t.name, ''), t.key) END), ''),
			coalesce(max(CASE WHEN t.id = $2 THEN coalesce(NULLIF(t.name, ''), t.key) END), '') FROM tags t WHERE t.id IN ($1, $2)`,
			[]any{child, parent}, []any{&a, &b}); err != nil {
			return err
		}
		return archive.Errorf(archive.Conflict, "%q cannot be part of %q, which is part of it already.", a, b)
	}
	return p.exec(ctx, `INSERT INTO tag_parents (tag_id, parent_id) VALUES ($1, $2) ON CONFLICT (tag_id, parent_id) DO NOTHING`,
		child, parent)
}

// Forms returns the ways in which stories write a tag, the commonest first.
func (s *Store) Forms(ctx context.Context, tag int64) (forms []string, err error) {
	err = s.read(ctx, "read the spellings of a tag", func(tx *batch) error {
		return tx.each(ctx, func(scan func(...any) error) error {
			var form string
			if err := scan(&form); err != nil {
				return fmt.Errorf("tag %d: %w", tag, err)
			}
			forms = append(forms, form)
			return nil
		}, `SELECT f.form FROM tag_forms f WHERE f.tag_id = $1 AND f.stories > 0 ORDER BY f.stories DESC, length(f.form), f.form`, tag)
	})
	return forms, err
}
