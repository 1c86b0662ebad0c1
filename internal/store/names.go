package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"colophon/internal/archive"
)

// names finds and counts pen names and tags during one call of Save. Counts are
// gathered and written once, since many stories of a batch share their fandom.
type names struct {
	penNames map[string]int64
	tags     map[tagID]int64
	penCount map[formOf]int64
	tagCount map[formOf]int64
	penGone  map[int64]bool // taken from a story: perhaps nobody's now
	tagGone  map[int64]bool
}

type tagID struct {
	kind archive.TagKind
	key  string
}

type formOf struct {
	id   int64
	form string
}

func newNames() *names {
	return &names{
		penNames: map[string]int64{}, tags: map[tagID]int64{}, penCount: map[formOf]int64{}, tagCount: map[formOf]int64{},
		penGone: map[int64]bool{}, tagGone: map[int64]bool{},
	}
}

// labelled are the tags of one kind in a header.
type labelled struct {
	kind   archive.TagKind
	names  []string
	normal string // the canonical tag that a spelling not seen before stands for, "" for none
}

func tagsOf(h *archive.Header) []labelled {
	list := []labelled{
		{kind: archive.TagFandom, names: h.Fandoms},
		{kind: archive.TagCharacter, names: h.Characters},
		{kind: archive.TagRelationship, names: h.Relationships},
		{kind: archive.TagFreeform, names: slices.Concat(h.Genres, h.Keywords)},
		{kind: archive.TagWarning, names: h.Warnings},
		{kind: archive.TagCategory, names: h.Categories},
	}
	if h.WarningsNone && len(h.Warnings) == 0 {
		list = append(list, labelled{kind: archive.TagWarning, names: []string{NoWarnings}})
	}
	switch r := h.Rating; {
	case r.Written != "":
		list = append(list, labelled{archive.TagRating, []string{r.Written}, r.Normal})
	case r.Normal != "":
		list = append(list, labelled{kind: archive.TagRating, names: []string{r.Normal}})
	}
	return list
}

// credit writes a story's bylines and tags.
func (n *names) credit(ctx context.Context, tx *batch, story int64, h *archive.Header) error {
	counted := map[int64]bool{}
	for i, b := range h.Bylines {
		if b.Name == "" {
			continue
		}
		id, err := n.penName(ctx, tx, b.Name)
		if err != nil {
			return err
		}
		err = tx.exec(ctx, `INSERT INTO bylines (story_id, position, pen_name_id, role, form) VALUES ($1, $2, $3, $4, $5)`,
			story, i, id, string(b.Role), b.Name)
		if err != nil {
			return err
		}
		if wrote(b.Role) && !counted[id] {
			counted[id] = true
			n.penCount[formOf{id, b.Name}]++
		}
	}
	for _, l := range tagsOf(h) {
		if err := n.creditTags(ctx, tx, story, l); err != nil {
			return err
		}
	}
	return nil
}

func (n *names) creditTags(ctx context.Context, tx *batch, story int64, l labelled) error {
	counted := map[int64]bool{}
	for i, name := range l.names {
		if name == "" {
			continue
		}
		id, err := n.tag(ctx, tx, l.kind, name, l.normal)
		if err != nil {
			return err
		}
		if counted[id] {
			continue
		}
		counted[id] = true
		err = tx.exec(ctx, `INSERT INTO story_tags (story_id, position, tag_id, form) VALUES ($1, $2, $3, $4)`, story, i, id, name)
		if err != nil {
			return err
		}
		n.tagCount[formOf{id, name}]++
	}
	return nil
}

// wrote says whether a role makes a story one of the pen name's stories.
func wrote(r archive.Role) bool { return r == archive.Author || r == archive.CoAuthor }

// discredit removes a story's bylines and tags.
func (n *names) discredit(ctx context.Context, tx *batch, story int64) error {
	counted := map[int64]bool{}
	err := tx.each(ctx, func(scan func(...any) error) error {
		var f formOf
		var role archive.Role
		if err := scan(&f.id, &role, &f.form); err != nil {
			return err
		}
		n.penGone[f.id] = true
		if wrote(role) && !counted[f.id] {
			counted[f.id] = true
			n.penCount[f]--
		}
		return nil
	}, `SELECT pen_name_id, role, form FROM bylines WHERE story_id = $1 ORDER BY position`, story)
	if err != nil {
		return err
	}
	err = tx.each(ctx, func(scan func(...any) error) error {
		var f formOf
		if err := scan(&f.id, &f.form); err != nil {
			return err
		}
		n.tagGone[f.id] = true
		n.tagCount[f]--
		return nil
	}, `SELECT tag_id, form FROM story_tags WHERE story_id = $1`, story)
	if err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM bylines WHERE story_id = $1`, story); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM story_tags WHERE story_id = $1`, story)
}

func (n *names) penName(ctx context.Context, tx *batch, name string) (int64, error) {
	key := nameKey(name)
	if id, ok := n.penNames[key]; ok {
		return id, nil
	}
	id, err := tx.id(ctx, `SELECT id FROM pen_names WHERE key = $1`, key)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = tx.id(ctx, `INSERT INTO pen_names (key, stories) VALUES ($1, 0) RETURNING id`, key)
	}
	n.penNames[key] = id
	return id, err
}

// tag finds or makes a tag. One that is made stands for the canonical tag named
// normal, where there is such a one.
func (n *names) tag(ctx context.Context, tx *batch, kind archive.TagKind, name, normal string) (int64, error) {
	key := tagID{kind, tagKey(kind, name)}
	if id, ok := n.tags[key]; ok {
		return id, nil
	}
	id, err := tx.id(ctx, `SELECT id FROM tags WHERE kind = $1 AND key = $2`, string(kind), key.key)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = tx.id(ctx, `INSERT INTO tags (kind, key, stories) VALUES ($1, $2, 0) RETURNING id`, string(kind), key.key)
		if err == nil && normal != "" {
			err = tx.exec(ctx, `UPDATE tags SET state = 'synonym', of_id = c.id FROM (
				SELECT id FROM tags WHERE kind = $1 AND key = $2 AND state = 'canonical') c WHERE tags.id = $3`,
				string(kind), tagKey(kind, normal), id)
		}
	}
	n.tags[key] = id
	return id, err
}

// flush writes the counts, and removes what no story needs any longer: a name
// that was withdrawn must not stay behind as a form of it.
func (n *names) flush(ctx context.Context, tx *batch) error {
	err := count(ctx, tx, n.penCount, `UPDATE pen_names SET stories = stories + $1 WHERE id = $2`,
		`INSERT INTO pen_name_forms (pen_name_id, form, stories) VALUES ($1, $2, $3)
		ON CONFLICT (pen_name_id, form) DO UPDATE SET stories = pen_name_forms.stories + excluded.stories`)
	if err != nil {
		return err
	}
	err = count(ctx, tx, n.tagCount, `UPDATE tags SET stories = stories + $1 WHERE id = $2`,
		`INSERT INTO tag_forms (tag_id, form, stories) VALUES ($1, $2, $3)
		ON CONFLICT (tag_id, form) DO UPDATE SET stories = tag_forms.stories + excluded.stories`)
	if err != nil {
		return err
	}
	err = drop(ctx, tx, n.penGone, `DELETE FROM pen_name_forms WHERE pen_name_id = $1 AND stories = 0`,
		`DELETE FROM pen_names WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM bylines b WHERE b.pen_name_id = $1)`)
	if err != nil {
		return err
	}
	return drop(ctx, tx, n.tagGone, `DELETE FROM tag_forms WHERE tag_id = $1 AND stories = 0`,
		`DELETE FROM tags WHERE id = $1 AND state = 'unsorted' AND NOT EXISTS (SELECT 1 FROM story_tags t WHERE t.tag_id = $1)`)
}

func drop(ctx context.Context, tx *batch, ids map[int64]bool, forms, name string) error {
	for id := range ids {
		if err := tx.exec(ctx, forms, id); err != nil {
			return err
		}
		if err := tx.exec(ctx, name, id); err != nil {
			return err
		}
	}
	return nil
}

func count(ctx context.Context, tx *batch, by map[formOf]int64, name, form string) error {
	for f, n := range by {
		if n == 0 {
			continue
		}
		if err := tx.exec(ctx, name, n, f.id); err != nil {
			return err
		}
		if err := tx.exec(ctx, form, f.id, f.form, n); err != nil {
			return err
		}
	}
	return nil
}
