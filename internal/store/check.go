package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"colophon/internal/archive"
)

// Fault is something that is wrong with a stored archive.
type Fault struct {
	Code    string // short and stable
	Message string // which thing, and what is wrong with it
}

// Check looks the whole database over and returns what is wrong with it, at
// most a hundred of each sort. An error means that it could not look.
func (s *Store) Check(ctx context.Context) (faults []Fault, err error) {
	c := &checker{store: s, seen: map[string]int{}, words: map[string]int64{}}
	// The file's own structure comes first: nothing else can be trusted without.
	err = s.read(ctx, "check the database", func(tx *batch) error {
		c.batch = tx
		return s.dialect.structure(ctx, c)
	})
	if err != nil || len(c.faults) > 0 {
		if archive.KindOf(err) == archive.Damaged {
			c.add("database", "the database file is damaged: %s", archive.MessageOf(err))
			err = nil
		}
		return c.faults, err
	}
	err = s.read(ctx, "check the database", func(tx *batch) error {
		c.batch = tx
		for _, look := range []func(context.Context) error{c.schema, c.references, c.rows, c.evidence, c.titleWords, c.sealed} {
			if err := look(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return c.faults, err
}

type checker struct {
	*batch
	store  *Store
	faults []Fault
	seen   map[string]int
	words  map[string]int64 // stories of each title word, as the headers have them
}

func (c *checker) add(code, format string, args ...any) {
	if c.seen[code]++; c.seen[code] <= 100 {
		c.faults = append(c.faults, Fault{code, fmt.Sprintf(format, args...)})
	}
}

func (c *checker) references(ctx context.Context) error { return c.dialect.references(ctx, c) }

func (c *checker) schema(ctx context.Context) error {
	have, err := c.id(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`)
	if err == nil && have != c.store.schema {
		c.add("schema", "the database is version %d, this program needs version %d", have, c.store.schema)
	}
	return err
}

// rows looks for rows that contradict each other. Each query gives the id and
// the values of the message.
func (c *checker) rows(ctx context.Context) error {
	for _, rule := range append(rowRules(), c.dialect.searchRules()...) {
		err := c.each(ctx, func(scan func(...any) error) error {
			var id int64
			var what string
			if err := scan(&id, &what); err != nil {
				return err
			}
			c.add(rule.code, rule.message, id, what)
			return nil
		}, rule.query)
		if err != nil {
			return err
		}
	}
	return nil
}

type rowRule struct{ code, message, query string }

func rowRules() []rowRule {
	return []rowRule{
		{"chapters-missing", "story %d (%s) has neither a chapter nor a finding that says why", `SELECT s.id, s.title FROM stories s
			WHERE s.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM chapters c WHERE c.story_id = s.id)
			AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.story_id = s.id)`},
		{"chapters-count", "story %d (%s) has not as many chapters, or words, as it says", `SELECT s.id, s.title FROM stories s
			LEFT JOIN (SELECT story_id, count(*) AS n, sum(words) AS words, max(n) AS top FROM chapters GROUP BY story_id) c
				ON c.story_id = s.id
			WHERE s.chapters <> coalesce(c.n, 0) OR s.words <> coalesce(c.words, 0) OR coalesce(c.top, 0) <> coalesce(c.n, 0)`},
		{"sources-missing", "story %d (%s) has no source of its own", `SELECT s.id, s.title FROM stories s WHERE s.merged_into IS NULL
			AND NOT EXISTS (SELECT 1 FROM story_sources l WHERE l.story_id = s.id AND l.copy = 0)`},
		{"revisions-missing", "story %d (%s) lacks a former revision", `SELECT s.id, s.title FROM stories s
			WHERE (SELECT count(*) FROM story_revisions r WHERE r.story_id = s.id AND r.revision <= s.revision)
				<> s.revision - CASE WHEN s.merged_into IS NULL THEN 1 ELSE 0 END`},
		{"merged-chain", "story %d (%s) is part of a story that is itself part of another", `SELECT s.id, s.title FROM stories s
			JOIN stories t ON t.id = s.merged_into WHERE t.merged_into IS NOT NULL`},
		{"evidence-missing", "story %d (%s) has lost its evidence", `SELECT s.id, s.title FROM stories s
			WHERE s.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.story_id = s.id)`},
		{"pen-name-count", "pen name %d (%s) says another number of stories than it has", `SELECT n.id, n.key FROM pen_names n
			WHERE n.stories <> (SELECT count(DISTINCT b.story_id) FROM bylines b
				WHERE b.pen_name_id = n.id AND b.role IN ('author', 'co-author'))
			OR n.stories <> (SELECT coalesce(sum(f.stories), 0) FROM pen_name_forms f WHERE f.pen_name_id = n.id)`},
		{"tag-count", "tag %d (%s) says another number of stories than it has", `SELECT n.id, n.key FROM tags n
			WHERE n.stories <> (SELECT count(*) FROM story_tags t WHERE t.tag_id = n.id)
			OR n.stories <> (SELECT coalesce(sum(f.stories), 0) FROM tag_forms f WHERE f.tag_id = n.id)`},
		{"published", "story %d (%s) is shown or hidden although it should not be", `SELECT s.id, s.title FROM stories s
			WHERE s.published <> CASE WHEN s.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM withdrawals w
				WHERE w.story_id = s.id AND w.restored IS NULL) THEN 1 ELSE 0 END`},
		{"withdrawn-names", "story %d (%s) is hidden but has its names and tags", `SELECT s.id, s.title FROM stories s
			WHERE s.published = 0 AND (EXISTS (SELECT 1 FROM bylines b WHERE b.story_id = s.id)
				OR EXISTS (SELECT 1 FROM story_tags t WHERE t.story_id = s.id))`},
		{"series-empty", "series %d (%s) has no story", `SELECT r.id, r.key FROM series r
			WHERE NOT EXISTS (SELECT 1 FROM series_stories p WHERE p.series_id = r.id)`},
		{"tag-place", "tag %d (%s) stands for a tag that is not canonical, or says so of itself wrongly", `SELECT t.id, t.key FROM tags t
			LEFT JOIN tags o ON o.id = t.of_id WHERE (t.state = 'synonym') <> (t.of_id IS NOT NULL)
			OR t.state = 'synonym' AND coalesce(o.state, '') <> 'canonical' OR t.state = 'synonym' AND o.kind <> t.kind`},
		{"tag-parent", "tag %d (%s) is part of another although one of them is not canonical", `SELECT t.id, t.key FROM tag_parents p
			JOIN tags t ON t.id = p.tag_id JOIN tags o ON o.id = p.parent_id WHERE t.state <> 'canonical' OR o.state <> 'canonical'`},
		{"tag-circle", "tag %d (%s) is part of itself", `WITH RECURSIVE up(tag, id) AS (
				SELECT p.tag_id, p.parent_id FROM tag_parents p
				UNION SELECT up.tag, p.parent_id FROM up JOIN tag_parents p ON p.tag_id = up.id)
			SELECT t.id, t.key FROM up JOIN tags t ON t.id = up.tag WHERE up.tag = up.id`},
		{"digest-length", "source %d (%s) has a digest that is no SHA-256", `SELECT o.id, o.path FROM sources o WHERE length(o.digest) <> 32`},
	}
}

// evidence looks whether every piece lies inside its source.
func (c *checker) evidence(ctx context.Context) error {
	ids, err := c.ids(ctx, `SELECT e.story_id FROM evidence e ORDER BY e.story_id`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		var data []byte
		if err := c.one(ctx, `SELECT e.items FROM evidence e WHERE e.story_id = $1`, []any{id}, []any{&data}); err != nil {
			return err
		}
		items, err := evidenceOf(data)
		if err != nil {
			c.add("evidence-unreadable", "the evidence of story %d cannot be read", id)
			continue
		}
		if err := c.story(ctx, id, items); err != nil {
			return err
		}
	}
	return nil
}

// story checks one story's evidence and header.
func (c *checker) story(ctx context.Context, id int64, items []archive.Evidence) error {
	if err := c.header(ctx, id); err != nil {
		return err
	}
	sizes := map[string]int{}
	err := c.each(ctx, func(scan func(...any) error) error {
		var path string
		var size int
		err := scan(&path, &size)
		sizes[path] = max(sizes[path], size)
		return err
	}, `SELECT o.path, o.size FROM story_sources l JOIN sources o ON o.id = l.source_id WHERE l.story_id = $1`, id)
	if err != nil {
		return err
	}
	for i := range items {
		e := &items[i]
		size, ok := sizes[e.Source]
		if !ok {
			c.add("evidence-source", "story %d has evidence for %s in %s, which is not among its sources", id, e.Field, e.Source)
		} else if err := e.Check(size); err != nil {
			c.add("evidence-range", "story %d: %v", id, err)
		}
	}
	return nil
}

// header checks that a story's header can be read, and that its series and the
// words of its title are as it says.
func (c *checker) header(ctx context.Context, id int64) error {
	var header []byte
	var published int
	var key, author string
	err := c.one(ctx, `SELECT s.header, s.published, coalesce(r.key, ''), coalesce(r.author_key, '') FROM stories s
		LEFT JOIN series_stories p ON p.story_id = s.id LEFT JOIN series r ON r.id = p.series_id WHERE s.id = $1`,
		[]any{id}, []any{&header, &published, &key, &author})
	if err != nil {
		return err
	}
	h, err := headerOf(header)
	if err != nil {
		c.add("header-unreadable", "the header of story %d cannot be read", id)
		return nil
	}
	wantKey, wantAuthor := "", ""
	if h.Series.Name != "" {
		wantKey, wantAuthor = seriesKey(id, &h)
	}
	if key != wantKey || author != wantAuthor {
		c.add("series", "story %d is not in the series that its header names", id)
	}
	if published == 1 {
		for w := range titleWords(&h) {
			c.words[w]++
		}
	}
	return nil
}

// titleWords compares the counted words of titles with those of the headers,
// which have been read before.
func (c *checker) titleWords(ctx context.Context) error {
	err := c.each(ctx, func(scan func(...any) error) error {
		var word string
		var n int64
		if err := scan(&word, &n); err != nil {
			return err
		}
		if n != c.words[word] {
			c.add("title-word", "the word %q is in the titles of another number of stories than counted", word)
		}
		delete(c.words, word)
		return nil
	}, `SELECT word, stories FROM title_words`)
	for word := range c.words {
		c.add("title-word", "the word %q of a title is not counted", word)
	}
	return err
}

// sealed opens every sealed address.
func (c *checker) sealed(ctx context.Context) error {
	n, err := c.id(ctx, `SELECT count(*) FROM sealed_addresses`)
	if err != nil || n == 0 {
		return err
	}
	err = c.store.haveKey(ctx, c.batch, false)
	var e *archive.Error
	switch {
	case errors.As(err, &e) && e.Kind == archive.Invalid:
		c.add("seal-key-missing", "%d sealed addresses cannot be opened: the seal key is missing", n)
		return nil
	case errors.As(err, &e) && e.Kind == archive.Conflict:
		c.add("seal-key-wrong", "%d sealed addresses cannot be opened: the seal key is another one", n)
		return nil
	case err != nil:
		return err
	}
	return c.each(ctx, func(scan func(...any) error) error {
		var id, story int64
		var lookup, nonce, text []byte
		if err := scan(&id, &story, &lookup, &nonce, &text); err != nil {
			return err
		}
		address, err := c.store.sealer.open(lookup, nonce, text)
		if err != nil || !bytes.Equal(c.store.sealer.find(address), lookup) {
			c.add("sealed-damaged", "sealed address %d of story %d does not open", id, story)
		}
		return nil
	}, `SELECT id, story_id, lookup, nonce, ciphertext FROM sealed_addresses`)
}
