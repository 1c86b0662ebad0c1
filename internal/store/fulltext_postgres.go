package store

import (
	"context"
	"strings"

	"colophon/internal/archive"
)

// The queries here are PostgreSQL's tsvector and tsquery
// (https://www.postgresql.org/docs/15/textsearch.html). A story has several rows:
// each thing that is looked for may stand in another of them.

const (
	headsAdd   = `INSERT INTO search_heads (story_id, n, words) VALUES ($1, $2, CAST(CAST($3 AS TEXT) AS TSVECTOR))`
	textsAdd   = `INSERT INTO search_texts (story_id, n, words) VALUES ($1, $2, CAST(CAST($3 AS TEXT) AS TSVECTOR))`
	headsDrop  = `DELETE FROM search_heads WHERE story_id = $1`
	textsDrop  = `DELETE FROM search_texts WHERE story_id = $1`
	headsEmpty = `DELETE FROM search_heads`
	textsEmpty = `DELETE FROM search_texts`

	// The stories that have all parts of the terms wanted, $2 of them at least, and
	// not all parts of one that is not.
	foundStories = `WITH asked AS MATERIALIZED (
			SELECT * FROM json_to_recordset(CAST(CAST($1 AS TEXT) AS JSON))
				AS a (term BIGINT, parts BIGINT, part BIGINT, unwanted BOOLEAN, heads TEXT, texts TEXT)),
		matched AS (
			SELECT a.term, a.parts, a.part, a.unwanted, h.story_id FROM asked a
				JOIN search_heads h ON h.words @@ CAST(a.heads AS TSQUERY)
			UNION SELECT a.term, a.parts, a.part, a.unwanted, t.story_id FROM asked a
				JOIN search_texts t ON t.words @@ CAST(a.texts AS TSQUERY)),
		found AS (
			SELECT story_id FROM (SELECT story_id, unwanted FROM matched
				GROUP BY story_id, term, parts, unwanted HAVING count(*) = parts) m
			GROUP BY story_id HAVING count(*) FILTER (WHERE NOT unwanted) >= $2 AND NOT bool_or(unwanted)) `

	foundCount = foundStories + `SELECT count(*) FROM found`

	// The texts weigh only where few are found: to weigh one costs as much as to
	// read all of its words.
	foundRanked = foundStories + `SELECT f.story_id FROM found f ORDER BY coalesce((
			SELECT max(ts_rank('{0.1, 0.2, 0.75, 1}', h.words, CAST(CAST($3 AS TEXT) AS TSQUERY)))
			FROM search_heads h WHERE h.story_id = f.story_id), 0)
		+ CASE WHEN (SELECT count(*) FROM found) > $4 THEN 0 ELSE 0.05 * coalesce((
			SELECT max(ts_rank(t.words, CAST(CAST($5 AS TEXT) AS TSQUERY)))
			FROM search_texts t WHERE t.story_id = f.story_id), 0) END DESC, f.story_id DESC LIMIT $6`
	foundNewest = foundStories + `SELECT story_id FROM found
		WHERE story_id NOT IN (SELECT value FROM json_each($3)) ORDER BY story_id DESC LIMIT $4 OFFSET $5`

	headsLacking = `SELECT s.id, s.title FROM stories s WHERE s.published = 1
		AND NOT EXISTS (SELECT 1 FROM search_heads h WHERE h.story_id = s.id)`
	rowsStale = `SELECT r.story_id, coalesce(s.title, '') FROM (
			SELECT story_id FROM search_heads UNION SELECT story_id FROM search_texts) r
		LEFT JOIN stories s ON s.id = r.story_id WHERE s.id IS NULL OR s.published = 0`
)

// textsRanked is how many stories are ranked by their texts too.
const textsRanked = 200

func (postgres) indexStory(ctx context.Context, tx *batch, id int64, s *archive.Story) error {
	w := searchedOf(s)
	heads, texts := newVectors(), newVectors()
	heads.part(w.title, "A")
	heads.part(w.authors, "B")
	heads.part(w.summary, "C")
	heads.part(w.notes, "")
	texts.part(w.text, "")
	for n, vector := range heads.all() {
		if err := tx.exec(ctx, headsAdd, id, n, vector); err != nil {
			return err
		}
	}
	for n, vector := range texts.all() {
		if err := tx.exec(ctx, textsAdd, id, n, vector); err != nil {
			return err
		}
	}
	return nil
}

func (postgres) unindexStory(ctx context.Context, tx *batch, id int64) error {
	if err := tx.exec(ctx, headsDrop, id); err != nil {
		return err
	}
	return tx.exec(ctx, textsDrop, id)
}

func (postgres) unindexAll(ctx context.Context, tx *batch) error {
	if err := tx.exec(ctx, headsEmpty); err != nil {
		return err
	}
	return tx.exec(ctx, textsEmpty)
}

func (postgres) searchRules() []rowRule {
	return []rowRule{
		{"search-missing", "story %d (%s) is not in the search", headsLacking},
		{"search-stale", "the search has story %d (%s), which is not shown", rowsStale},
	}
}

// asked is one part of a term: a row of foundStories. A part that no row of heads
// or texts can answer has no query for them.
type asked struct {
	Term     int     `json:"term"`
	Parts    int     `json:"parts"`
	Part     int     `json:"part"`
	Unwanted bool    `json:"unwanted"`
	Heads    *string `json:"heads"`
	Texts    *string `json:"texts"`
}

// reach says where a term is looked for: the weights of heads, "-" for nowhere
// and "" for anywhere in them, and whether in texts.
type reach struct {
	weights string
	texts   bool
}

func reachOf(in archive.SearchIn) (reach, error) {
	switch in {
	case archive.InEverything:
		return reach{"", true}, nil
	case archive.InTitles:
		return reach{"A", false}, nil
	case archive.InAuthors:
		return reach{"B", false}, nil
	case archive.InSummaries:
		return reach{"C", false}, nil
	case archive.InNotes:
		return reach{"D", false}, nil
	case archive.InText:
		return reach{"-", true}, nil
	}
	return reach{}, noSuchPart(in)
}

func (postgres) hits(q question) (hits, error) {
	at, err := reachOf(q.in)
	if err != nil {
		return hits{}, err
	}
	inHeads := reach{"AB", false}
	if q.any {
		at = inHeads
	}
	list := askedOf(nil, q.terms, at)
	least := wanted(q.terms)
	switch {
	case q.any:
		least = 1
	case q.heads:
		for _, t := range q.terms {
			if !t.not {
				list = askedOf(list, []term{t}, inHeads)
			}
		}
		least *= 2
	}
	data, err := encode(list)
	if err != nil {
		return hits{}, err
	}
	heads, texts := anyAsked(list)
	return hits{
		args: []any{string(data), least}, count: foundCount, ranked: foundRanked, newest: foundNewest,
		rank: []any{heads, textsRanked, texts},
	}, nil
}

func wanted(terms []term) (n int) {
	for _, t := range terms {
		if !t.not {
			n++
		}
	}
	return n
}

// askedOf appends what asks for some terms.
func askedOf(list []asked, terms []term, at reach) []asked {
	number := 0
	if len(list) > 0 {
		number = list[len(list)-1].Term + 1
	}
	for i, t := range terms {
		parts := phrases(searchWords(indexed(t.text)))
		for n, words := range parts {
			a := asked{Term: number + i, Parts: len(parts), Part: n, Unwanted: t.not}
			prefix := t.prefix && n == len(parts)-1
			if at.weights != "-" {
				a.Heads = tsquery(words, at.weights, prefix)
			}
			if at.texts {
				a.Texts = tsquery(words, "", prefix)
			}
			list = append(list, a)
		}
	}
	return list
}

// phrases parts a phrase that is too long for one vector into some that go over
// each other by half.
func phrases(words []string) (parts [][]string) {
	for len(words) > longestPhrase {
		parts = append(parts, words[:longestPhrase])
		words = words[longestPhrase/2:]
	}
	return append(parts, words)
}

// tsquery is the expression for words that follow one another.
func tsquery(words []string, weights string, prefix bool) *string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(" <-> ")
		}
		b.WriteString(lexeme(w))
		sign := weights
		if prefix && i == len(words)-1 {
			sign = "*" + sign
		}
		if sign != "" {
			b.WriteString(":" + sign)
		}
	}
	text := b.String()
	return &text
}

// anyAsked are the expressions for any of what is wanted, nil for none.
func anyAsked(list []asked) (heads, texts *string) {
	add := func(to **string, q *string) {
		switch {
		case q == nil:
		case *to == nil:
			*to = new("(" + *q + ")")
		default:
			*to = new(**to + " | (" + *q + ")")
		}
	}
	for i := range list {
		if !list[i].Unwanted {
			add(&heads, list[i].Heads)
			add(&texts, list[i].Texts)
		}
	}
	return heads, texts
}
