package store

import (
	"context"
	"slices"
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

	// The stories that have every bit asked for, and not all parts of a term that is
	// not wanted. Each part has a bit of its own.
	foundStories = `WITH asked AS MATERIALIZED (
			SELECT * FROM json_to_recordset(CAST(CAST($1 AS TEXT) AS JSON))
				AS a (low BIGINT, high BIGINT, heads TEXT, texts TEXT)),
		refused AS MATERIALIZED (
			SELECT * FROM json_to_recordset(CAST(CAST($2 AS TEXT) AS JSON))
				AS a (term BIGINT, parts BIGINT, part BIGINT, heads TEXT, texts TEXT)),
		matched AS (
			SELECT h.story_id, a.low, a.high FROM asked a JOIN search_heads h ON h.words @@ CAST(a.heads AS TSQUERY)
			UNION ALL
			SELECT t.story_id, a.low, a.high FROM asked a JOIN search_texts t ON t.words @@ CAST(a.texts AS TSQUERY)),
		unwanted AS (
			SELECT h.story_id, r.term, r.parts, r.part FROM refused r JOIN search_heads h ON h.words @@ CAST(r.heads AS TSQUERY)
			UNION
			SELECT t.story_id, r.term, r.parts, r.part FROM refused r JOIN search_texts t ON t.words @@ CAST(r.texts AS TSQUERY)),
		found AS (
			SELECT story_id FROM matched GROUP BY story_id HAVING bit_or(low) = $3 AND bit_or(high) = $4
			EXCEPT SELECT story_id FROM unwanted GROUP BY story_id, term, parts HAVING count(*) = parts) `

	// The newest of them but for some, and how many there are with these.
	foundNewest = foundStories + `SELECT story_id, (SELECT count(*) FROM found) FROM found
		WHERE story_id NOT IN (SELECT value FROM json_each($5)) ORDER BY story_id DESC LIMIT $6 OFFSET $7`

	// Stories by how well they fit. To weigh a text costs as much as to read all of
	// its words: it is left out where there is no query for it.
	byRank = `SELECT value FROM json_each($1) ORDER BY coalesce((
			SELECT max(ts_rank('{0.1, 0.2, 0.75, 1}', h.words, CAST(CAST($2 AS TEXT) AS TSQUERY)))
			FROM search_heads h WHERE h.story_id = value), 0)
		+ CASE WHEN CAST($3 AS TEXT) IS NULL THEN 0 ELSE 0.05 * coalesce((
			SELECT max(ts_rank(t.words, CAST(CAST($3 AS TEXT) AS TSQUERY)))
			FROM search_texts t WHERE t.story_id = value), 0) END DESC, value DESC`

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

// asked is one part of a term. Low and High have its bit, where it is wanted.
type asked struct {
	Term  int     `json:"term"`
	Parts int     `json:"parts"`
	Part  int     `json:"part"`
	Low   int64   `json:"low"`
	High  int64   `json:"high"`
	Heads *string `json:"heads"` // nil where it is not looked for there
	Texts *string `json:"texts"`
}

// sieve is a question as foundStories has it.
type sieve struct{ wanted, refused []asked }

// bitsEach is how many parts one number has bits for. A question has at most 64
// terms and 1,000 characters: so fewer than 126 parts.
const bitsEach = 63

func newSieve(q question, at reach) sieve {
	var s sieve
	for i, t := range q.terms {
		parts := askedOf(i, t, at)
		if t.not {
			s.refused = append(s.refused, parts...)
			continue
		}
		for _, a := range parts {
			switch n := len(s.wanted); {
			case q.any:
				a.Low = 1
			case n < bitsEach:
				a.Low = 1 << n
			default:
				a.High = 1 << (n - bitsEach)
			}
			s.wanted = append(s.wanted, a)
		}
	}
	return s
}

// askedOf are the parts of a term.
func askedOf(number int, t term, at reach) (list []asked) {
	parts := phrases(searchWords(indexed(t.text)))
	for n, words := range parts {
		a := asked{Term: number, Parts: len(parts), Part: n}
		prefix := t.prefix && n == len(parts)-1
		if at.weights != "-" {
			a.Heads = tsquery(words, at.weights, prefix)
		}
		if at.texts {
			a.Texts = tsquery(words, "", prefix)
		}
		list = append(list, a)
	}
	return list
}

func (postgres) search(ctx context.Context, tx *batch, q question, limit, offset int64) ([]int64, int64, error) {
	at, err := reachOf(q.in)
	if err != nil {
		return nil, 0, err
	}
	inHeads := reach{"AB", false}
	if q.any {
		at = inHeads
	}
	all := newSieve(q, at)
	newest, total, err := all.newest(ctx, tx, nil, rankedAmong, 0)
	if err != nil || offset >= total {
		return nil, total, err
	}
	if total <= rankedAmong {
		ids, err := all.rank(ctx, tx, newest)
		return pageOf(ids, limit, offset), total, err
	}
	var first []int64
	if q.in == archive.InEverything && !q.any {
		heads := newSieve(q, inHeads)
		heads.refused = all.refused
		if first, err = heads.best(ctx, tx); err != nil {
			return nil, 0, err
		}
	}
	ids := pageOf(first, limit, offset)
	missing, skip := limit-int64(len(ids)), max(0, offset-int64(len(first)))
	if missing == 0 {
		return ids, total, nil
	}
	rest := slices.DeleteFunc(newest, func(id int64) bool { return slices.Contains(first, id) })
	if skip+missing <= int64(len(rest)) {
		return append(ids, pageOf(rest, missing, skip)...), total, nil
	}
	rest, _, err = all.newest(ctx, tx, first, missing, skip)
	return append(ids, rest...), total, err
}

func (postgres) matches(ctx context.Context, tx *batch, q question, limit int64) ([]int64, error) {
	at, err := reachOf(q.in)
	if err != nil {
		return nil, err
	}
	all := newSieve(q, at)
	ids, _, err := all.newest(ctx, tx, nil, limit, 0)
	return ids, err
}

func (postgres) ranked(ctx context.Context, tx *batch, q question, among []int64) ([]int64, error) {
	at, err := reachOf(q.in)
	if err != nil {
		return nil, err
	}
	all := newSieve(q, at)
	return all.rank(ctx, tx, among)
}

// best are the newest that are found, ranked where that is all of them.
func (s *sieve) best(ctx context.Context, tx *batch) ([]int64, error) {
	newest, total, err := s.newest(ctx, tx, nil, rankedAmong, 0)
	if err != nil || total > rankedAmong {
		return newest, err
	}
	return s.rank(ctx, tx, newest)
}

// args are the parameters that foundStories begins with.
func (s *sieve) args() ([]any, error) {
	wanted, err := encode(orNone(s.wanted))
	if err != nil {
		return nil, err
	}
	refused, err := encode(orNone(s.refused))
	if err != nil {
		return nil, err
	}
	var low, high int64
	for _, a := range s.wanted {
		low, high = low|a.Low, high|a.High
	}
	return []any{string(wanted), string(refused), low, high}, nil
}

// newest are the newest that are found but for some, and how many are found with
// these, 0 where none is left.
func (s *sieve) newest(ctx context.Context, tx *batch, but []int64, limit, offset int64) (ids []int64, total int64, err error) {
	args, err := s.args()
	if err != nil {
		return nil, 0, err
	}
	without, err := encode(orNone(but))
	if err != nil {
		return nil, 0, err
	}
	err = tx.each(ctx, func(scan func(...any) error) error {
		var id int64
		err := scan(&id, &total)
		ids = append(ids, id)
		return err
	}, foundNewest, append(args, string(without), limit, offset)...)
	return ids, total, err
}

// orNone is a list that is no null in JSON.
func orNone[T any](list []T) []T { return append([]T{}, list...) }

// rank orders stories by how well they fit.
func (s *sieve) rank(ctx context.Context, tx *batch, ids []int64) ([]int64, error) {
	heads, texts := anyAsked(s.wanted)
	if len(ids) > textsRanked {
		texts = nil
	}
	data, err := encode(orNone(ids))
	if err != nil {
		return nil, err
	}
	return tx.ids(ctx, byRank, string(data), heads, texts)
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
		add(&heads, list[i].Heads)
		add(&texts, list[i].Texts)
	}
	return heads, texts
}
