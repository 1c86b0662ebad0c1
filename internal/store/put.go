package store

import (
	"context"
	"slices"

	"colophon/internal/archive"
)

// insert stores a new story and returns its id. One that is made of withdrawn
// bytes is withdrawn too.
func (v *saver) insert(ctx context.Context, f *form) (int64, error) {
	h := &f.story.Header
	withdrawn, err := v.withdrawnBytes(ctx, f.digests)
	if err != nil {
		return 0, err
	}
	id, err := v.id(ctx, `INSERT INTO stories (revision, added, changed, words, chapters, content, work, title_key, title,
			language, rating, status, sketch, header, published, author_key, written)
		VALUES (1, $1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		v.now, f.story.Words(), len(f.story.Chapters), f.content[:], f.work[:], sortKey(h.Title), h.Title,
		h.Language, h.Rating.Normal, string(h.Status), f.story.Sketch, string(f.header), flag(withdrawn == 0),
		authorKey(h), h.Date.Normal)
	if err != nil {
		return 0, err
	}
	if err := v.parts(ctx, id, f); err != nil {
		return 0, err
	}
	if withdrawn != 0 {
		return id, v.asWithdrawn(ctx, id, withdrawn)
	}
	return id, v.publish(ctx, id, f.story)
}

// revise makes a form the present content of a stored story, keeps the former
// one, and takes in the stories that are now part of it.
func (v *saver) revise(ctx context.Context, c choice, f *form) error {
	hide := maskers(f.story.Sealed)
	if err := v.keep(ctx, c.id, hide); err != nil {
		return err
	}
	copies, err := v.copies(ctx, c.id)
	if err != nil {
		return err
	}
	for _, id := range c.absorb {
		more, err := v.absorb(ctx, id, c.id, hide)
		if err != nil {
			return err
		}
		copies = append(copies, more...)
	}
	if err := v.clear(ctx, c.id); err != nil {
		return err
	}
	withdrawn, err := v.isWithdrawn(ctx, c.id)
	if err != nil {
		return err
	}
	if err := v.unseal(ctx, c.id, f.story.Sources); err != nil {
		return err
	}
	h := &f.story.Header
	err = v.exec(ctx, `UPDATE stories SET revision = revision + 1, changed = $1, words = $2, chapters = $3, content = $4, work = $5,
			title_key = $6, title = $7, language = $8, rating = $9, status = $10, sketch = $11, header = $12, published = $13,
			author_key = $14, written = $15 WHERE id = $16`,
		v.now, f.story.Words(), len(f.story.Chapters), f.content[:], f.work[:], sortKey(h.Title), h.Title,
		h.Language, h.Rating.Normal, string(h.Status), f.story.Sketch, string(f.header), flag(!withdrawn),
		authorKey(h), h.Date.Normal, c.id)
	if err != nil {
		return err
	}
	if err := v.parts(ctx, c.id, f); err != nil {
		return err
	}
	copies = slices.DeleteFunc(copies, func(s archive.Source) bool {
		return slices.Contains(f.own, place{s.Origin, s.Path})
	})
	if _, err = v.addCopies(ctx, c.id, copies); err != nil {
		return err
	}
	if withdrawn {
		return v.hide(ctx, c.id)
	}
	return v.publish(ctx, c.id, f.story)
}

// refresh brings what is no part of a revision up to date.
func (v *saver) refresh(ctx context.Context, id int64, f *form) error {
	err := v.exec(ctx, `UPDATE stories SET sketch = $1 WHERE id = $2 AND sketch IS DISTINCT FROM $1`, f.story.Sketch, id)
	if err != nil {
		return err
	}
	_, err = v.addCopies(ctx, id, slices.DeleteFunc(slices.Clone(f.story.Sources), func(s archive.Source) bool { return !s.Copy }))
	return err
}

// parts writes the rows that hang on a story.
func (v *saver) parts(ctx context.Context, id int64, f *form) error {
	for i, c := range f.story.Chapters {
		err := v.exec(ctx, `INSERT INTO chapters (story_id, n, words, title, notes, text) VALUES ($1, $2, $3, $4, $5, $6)`,
			id, i+1, c.Words, c.Title, c.Notes, c.Text)
		if err != nil {
			return err
		}
	}
	for i := range f.story.Sources {
		src := &f.story.Sources[i]
		if err := v.link(ctx, id, i, src, src.Copy); err != nil {
			return err
		}
	}
	err := v.exec(ctx, `INSERT INTO evidence (story_id, items) VALUES ($1, $2)`, id, string(f.evidence))
	if err != nil {
		return err
	}
	for i, x := range f.story.Findings {
		err := v.exec(ctx, `INSERT INTO findings (story_id, position, code, message, source, start_at, end_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, id, i, x.Code, x.Message, x.Source, x.Start, x.End)
		if err != nil {
			return err
		}
	}
	if err := v.seal(ctx, id, f.story); err != nil {
		return err
	}
	return v.place(ctx, id, &f.story.Header)
}

// link makes a source one of a story's. The row of the source is made where
// there is none; how its bytes were read is brought up to date.
func (v *saver) link(ctx context.Context, id int64, position int, src *archive.Source, asCopy bool) error {
	reading, err := encode(src.Reading)
	if err != nil {
		return err
	}
	source, err := v.id(ctx, `INSERT INTO sources (origin, path, digest, size, kind, reading) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (origin, path, digest) DO UPDATE SET reading = excluded.reading, kind = excluded.kind RETURNING id`,
		src.Origin, src.Path, src.Digest[:], src.Size, string(src.Kind), string(reading))
	if err != nil {
		return err
	}
	return v.exec(ctx, `INSERT INTO story_sources (story_id, position, source_id, copy) VALUES ($1, $2, $3, $4)
		ON CONFLICT (story_id, source_id) DO NOTHING`, id, position, source, flag(asCopy))
}

// addCopies adds sources to a story as copies and returns how many are new to
// it.
func (v *saver) addCopies(ctx context.Context, id int64, copies []archive.Source) (added int, err error) {
	for i := range copies {
		c := &copies[i]
		n, err := v.id(ctx, `SELECT count(*) FROM story_sources l JOIN sources o ON o.id = l.source_id
			WHERE l.story_id = $1 AND o.origin = $2 AND o.path = $3 AND o.digest = $4`, id, c.Origin, c.Path, c.Digest[:])
		if err != nil {
			return added, err
		}
		if n > 0 {
			continue
		}
		last, err := v.id(ctx, `SELECT coalesce(max(position), -1) FROM story_sources WHERE story_id = $1`, id)
		if err != nil {
			return added, err
		}
		if err := v.link(ctx, id, int(last)+1, c, true); err != nil {
			return added, err
		}
		added++
		v.changed(id, 0)
	}
	return added, nil
}

// seal stores addresses encrypted. The range belongs to the bytes, so that it
// is masked wherever these are shown.
func (v *saver) seal(ctx context.Context, id int64, s *archive.Story) error {
	for _, x := range s.Sealed {
		i := slices.IndexFunc(s.Sources, func(src archive.Source) bool { return src.Path == x.Source })
		lookup, nonce, text := v.sealer.seal(x.Address)
		err := v.exec(ctx, `INSERT INTO sealed_addresses (story_id, digest, start_at, end_at, field, lookup, nonce, ciphertext)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, s.Sources[i].Digest[:], x.Start, x.End, string(x.Field), lookup, nonce, text)
		if err != nil {
			return err
		}
	}
	return nil
}

// copies are the sources that are further copies of a story.
func (v *saver) copies(ctx context.Context, id int64) ([]archive.Source, error) {
	all, err := sourcesOf(ctx, v.batch, id)
	return slices.DeleteFunc(all, func(s archive.Source) bool { return !s.Copy }), err
}

// keep writes a story's present content down as a revision that has been, and
// takes the addresses that are sealed by now out of all of them.
func (v *saver) keep(ctx context.Context, id int64, hide addresses) error {
	s, err := load(ctx, v.batch, id, true)
	if err != nil {
		return err
	}
	doc, err := encode(docOf(s))
	if err != nil {
		return err
	}
	err = v.exec(ctx, `INSERT INTO story_revisions (story_id, revision, stored, content) VALUES ($1, $2, $3, $4)`,
		id, s.Revision, micros(s.Changed), string(doc))
	if err != nil || len(hide) == 0 {
		return err
	}
	masked := map[int64]string{}
	err = v.each(ctx, func(scan func(...any) error) error {
		var revision int64
		var content string
		if err := scan(&revision, &content); err != nil {
			return err
		}
		if m := hide.text(content); m != content {
			masked[revision] = m
		}
		return nil
	}, `SELECT revision, content FROM story_revisions WHERE story_id = $1`, id)
	for revision, content := range masked {
		if err != nil {
			break
		}
		err = v.exec(ctx, `UPDATE story_revisions SET content = $1 WHERE story_id = $2 AND revision = $3`, content, id, revision)
	}
	return err
}

// absorb makes a stored story part of another, and returns its copies. What it
// was stays under its own id, as a revision; addresses sealed for it stay too.
func (v *saver) absorb(ctx context.Context, id, into int64, hide addresses) ([]archive.Source, error) {
	if err := v.keep(ctx, id, hide); err != nil {
		return nil, err
	}
	copies, err := v.copies(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := v.clear(ctx, id); err != nil {
		return nil, err
	}
	err = v.exec(ctx, `UPDATE stories SET title = '', title_key = '', header = '{}', language = '', rating = '', status = '',
		words = 0, chapters = 0, sketch = NULL, published = 0,
		author_key = '', written = '' WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	withdrawn, err := v.isWithdrawn(ctx, id)
	if err == nil && withdrawn {
		err = v.inherit(ctx, id, into)
	}
	if err == nil { // nobody sees more for two stories having become one
		err = v.exec(ctx, `UPDATE stories SET visibility = o.visibility FROM (SELECT visibility FROM stories WHERE id = $1) o
			WHERE stories.id = $2 AND o.visibility > stories.visibility`, id, into)
	}
	if err != nil {
		return nil, err
	}
	return copies, v.exec(ctx, `UPDATE stories SET merged_into = $1, changed = $2 WHERE id = $3 OR merged_into = $3`, into, v.now, id)
}

// clear removes the rows that hang on a story, except for sealed addresses.
func (v *saver) clear(ctx context.Context, id int64) error {
	was, err := v.isPublished(ctx, id)
	if err == nil && was {
		err = v.unpublish(ctx, id)
	}
	if err == nil {
		err = v.unplace(ctx, id)
	}
	if err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM chapters WHERE story_id = $1`,
		`DELETE FROM story_sources WHERE story_id = $1`,
		`DELETE FROM evidence WHERE story_id = $1`,
		`DELETE FROM findings WHERE story_id = $1`,
	} {
		if err := v.exec(ctx, query, id); err != nil {
			return err
		}
	}
	return nil
}

// unseal removes what was sealed in bytes that are about to be spoken for anew.
// Addresses in a story's former bytes stay: the vault still has those.
func (v *saver) unseal(ctx context.Context, id int64, sources []archive.Source) error {
	for i := range sources {
		err := v.exec(ctx, `DELETE FROM sealed_addresses WHERE story_id = $1 AND digest = $2`, id, sources[i].Digest[:])
		if err != nil {
			return err
		}
	}
	return nil
}
