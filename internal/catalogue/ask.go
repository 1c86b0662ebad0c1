package catalogue

import (
	"context"
	"fmt"
	"slices"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// Question is a query with who asks it and how much of the answer is wanted.
type Question struct {
	Query    query.Query
	Audience Audience
	Offset   int // stories to leave out at the beginning
	Limit    int // at most so many stories, 1 to 200
	// Facets are the kinds whose values are to be counted, in the order of the
	// answer: kinds of tag, KindAuthor, KindLanguage or KindSeries.
	Facets []archive.TagKind
	Values int // at most so many values of each kind, 10 where it is 0, at most 1000
}

// Answer is one page of stories and what is said of all of them.
type Answer struct {
	Total   int64   // of all pages
	Stories []int64 // of this page, in order
	Facets  []Facet
	Unknown []Unknown // names of the question that no story has
	// Ranked is how many stories were compared for relevance: the newest ones, up
	// to 2,000. Others follow them, newest first. 0 in any other order.
	Ranked int
	// Capped says that a search for words found more stories than are looked at,
	// so that the total is too low.
	Capped bool
	Seq    int64 // the change that the answer is current to
}

// Facet is the most frequent values of one kind among the stories of an answer,
// those of most stories first, then by name. Values of a closed set come first,
// all of them, in its order.
type Facet struct {
	Kind   archive.TagKind
	Values []Value
}

// Value is a name with the number of stories that have it. Asking for it besides
// gives exactly that many.
type Value struct {
	ID    int64 // of the tag, author or series; of a language nothing that lasts
	Name  string
	Count int64
	Order int // place in a closed set from 1, 0 outside
}

// Unknown is a name in a question that stands for nothing.
type Unknown struct {
	Node query.Node // query.Tag, query.Author, query.Series or query.Rating
	Near []Value    // names of its kind that are nearly written so
}

// Dropped says what a question would find without one of its conditions.
type Dropped struct {
	Node  query.Node
	Total int64
}

// The bounds of an answer.
const (
	maxLimit   = 200
	maxValues  = 1000
	maxRanked  = 2000
	maxMatches = 200_000 // stories that a search for words may give
)

// check refuses what is out of bounds and fills in what was left out.
func (q *Question) check() error {
	switch {
	case q.Limit < 1 || q.Limit > maxLimit:
		return archive.Errorf(archive.Invalid, "Ask for 1 to %d stories at once.", maxLimit)
	case q.Offset < 0:
		return archive.Errorf(archive.Invalid, "The place in the list cannot be below 0.")
	case q.Values < 0 || q.Values > maxValues || len(q.Facets) > 32:
		return archive.Errorf(archive.Invalid, "Ask for at most %d values of at most 32 kinds.", maxValues)
	case q.Audience > SignedIn:
		return archive.Errorf(archive.Invalid, "The catalogue does not know who asks.")
	}
	if q.Values == 0 {
		q.Values = 10
	}
	if q.Query.Sort == "" {
		q.Query.Sort = query.SortPosted
	}
	if _, err := measure(q.Query.Where, 0); err != nil {
		return err
	}
	if q.Query.Sort == query.SortRelevance {
		return nil
	}
	if slices.Contains(sorts(), q.Query.Sort) {
		return nil
	}
	return archive.Errorf(archive.Invalid, "Stories cannot be sorted by that.")
}

// Ask answers a question. A name that nothing has gives no stories where it is
// asked for, and excludes none where it is excluded.
func (c *Catalogue) Ask(ctx context.Context, q Question) (Answer, error) {
	if err := q.check(); err != nil {
		return Answer{}, err
	}
	hits, err := c.match(ctx, q.Query.Where)
	if err != nil {
		return Answer{}, err
	}
	a, among, err := c.answer(ctx, &q, hits)
	if err != nil || q.Query.Sort != query.SortRelevance {
		return a, err
	}
	return c.rank(ctx, &q, a, among)
}

// answer answers from the index. Where stories are to be ranked, it returns them,
// newest first.
func (c *Catalogue) answer(ctx context.Context, q *Question, hits textHits) (Answer, []int64, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	e := x.evaluation(ctx, q.Audience, hits)
	found, err := e.all(q.Query.Where)
	if err != nil {
		return Answer{}, nil, err
	}
	a := Answer{Total: int64(found.count), Seq: x.seq, Capped: hits.capped, Unknown: e.unknown}
	a.Facets = x.facets(found, q)
	var among []int64
	by := q.Query
	if by.Sort == query.SortRelevance {
		by = query.Query{Sort: query.SortPosted}
		if q.Offset < maxRanked {
			among = x.stories(x.page(found, by, 0, maxRanked))
		}
	}
	a.Stories = x.stories(x.page(found, by, q.Offset, q.Limit))
	return a, among, nil
}

// evaluation begins one; hits are turned into documents of the index.
func (x *index) evaluation(ctx context.Context, a Audience, hits textHits) *evaluation {
	e := &evaluation{x: x, ctx: ctx, audience: a, visible: x.seenBy(a), hits: make(map[query.Text]set, len(hits.of))}
	for text, stories := range hits.of {
		e.hits[text] = x.docsOf(stories)
	}
	return e
}

func (x *index) stories(docs []uint32) []int64 {
	list := make([]int64, len(docs))
	for i, doc := range docs {
		list[i] = x.story[doc]
	}
	return list
}

// rank puts the stories that were compared for relevance in their order, and
// takes the page from them and from what follows.
func (c *Catalogue) rank(ctx context.Context, q *Question, a Answer, among []int64) (Answer, error) {
	a.Ranked = int(min(a.Total, maxRanked))
	text, ok := q.Query.FirstText()
	if !ok || len(among) == 0 {
		return a, nil
	}
	best, err := c.texts.Rank(ctx, text.Words, text.In, among)
	if err != nil {
		return Answer{}, fmt.Errorf("rank %d stories: %w", len(among), err)
	}
	order := make([]int64, 0, len(among))
	rest := make(map[int64]bool, len(among))
	for _, story := range among {
		rest[story] = true
	}
	for _, story := range best {
		if rest[story] { // asked about, and not named before
			delete(rest, story)
			order = append(order, story)
		}
	}
	for _, story := range among {
		if rest[story] {
			order = append(order, story)
		}
	}
	if q.Offset < len(order) {
		copy(a.Stories, order[q.Offset:])
	}
	return a, nil
}

// Relax says for each of a question's conditions how many stories it would find
// without it, in the order of the conditions. A question with one condition
// gives everything that its audience sees.
func (c *Catalogue) Relax(ctx context.Context, q Question) ([]Dropped, error) {
	q.Limit, q.Offset = 1, 0
	if err := q.check(); err != nil {
		return nil, err
	}
	hits, err := c.match(ctx, q.Query.Where)
	if err != nil {
		return nil, err
	}
	conditions, ok := q.Query.Where.(query.And)
	if !ok && q.Query.Where != nil {
		conditions = query.And{q.Query.Where}
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	dropped := make([]Dropped, len(conditions))
	for i := range conditions {
		rest := append(append(query.And{}, conditions[:i]...), conditions[i+1:]...)
		found, err := c.now.evaluation(ctx, q.Audience, hits).all(rest)
		if err != nil {
			return nil, err
		}
		dropped[i] = Dropped{Node: conditions[i], Total: int64(found.count)}
	}
	return dropped, nil
}

// Random returns one of the stories that a question finds, 0 where it finds
// none. Pick gives a number from 0 to below n, and is called once.
func (c *Catalogue) Random(ctx context.Context, q Question, pick func(n int) int) (int64, error) {
	q.Limit = 1
	if err := q.check(); err != nil {
		return 0, err
	}
	hits, err := c.match(ctx, q.Query.Where)
	if err != nil {
		return 0, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	found, err := c.now.evaluation(ctx, q.Audience, hits).all(q.Query.Where)
	if err != nil || found.count == 0 {
		return 0, err
	}
	nth := pick(found.count)
	story := int64(0)
	found.each(func(doc uint32) bool {
		story = c.now.story[doc]
		nth--
		return nth >= 0
	})
	return story, nil
}
