package catalogue

import (
	"context"
	"slices"
	"sync"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// textHits are the stories that have the words of each search in a question.
type textHits struct {
	of     map[query.Text][]int64
	capped bool
}

// match asks for the hits of all searches in a tree, those known first.
func (c *Catalogue) match(ctx context.Context, n query.Node) (textHits, error) {
	hits := textHits{of: map[query.Text][]int64{}}
	for _, text := range searches(nil, n) {
		stories, since, ok := c.hits.get(text)
		if !ok {
			if c.texts == nil {
				return textHits{}, archive.Errorf(archive.Invalid, "Words of stories cannot be searched here.")
			}
			var err error
			stories, err = c.texts.Match(ctx, text.In, text.Words, maxMatches+1)
			if err != nil {
				return textHits{}, err
			}
			c.hits.put(text, stories, since)
		}
		if len(stories) > maxMatches {
			stories = stories[:maxMatches]
			hits.capped = true
		}
		hits.of[text] = stories
	}
	return hits, nil
}

// searches appends the searches of a tree.
func searches(list []query.Text, n query.Node) []query.Text {
	switch n := n.(type) {
	case query.Text:
		return append(list, n)
	case query.Not:
		return searches(list, n.Node)
	case query.And:
		for _, part := range n {
			list = searches(list, part)
		}
	case query.Or:
		for _, part := range n {
			list = searches(list, part)
		}
	}
	return list
}

// docsOf returns the documents of stories; those that are not known are left out.
func (x *index) docsOf(stories []int64) set {
	docs := make([]uint32, 0, len(stories))
	for _, story := range stories {
		if doc, ok := x.ids.get(story); ok {
			docs = append(docs, doc)
		}
	}
	if len(docs) <= x.size()/sparseShare {
		slices.Sort(docs)
		return listSet(slices.Compact(docs))
	}
	w := make(words, (x.size()+63)/64)
	for _, doc := range docs {
		w.put(doc, true)
	}
	return bitSet(w, true)
}

// maxCached is how many searches are remembered, and maxCachedStories how many
// stories they may have together.
const (
	maxCached        = 64
	maxCachedStories = 1_000_000
)

// hitCache remembers the hits of searches until something changes.
type hitCache struct {
	mu      sync.Mutex
	of      map[query.Text][]int64
	age     []query.Text // oldest first
	stories int
	changes int // counts what it was emptied for
}

func newHitCache() *hitCache { return &hitCache{of: map[query.Text][]int64{}} }

// get returns the hits of a search, and the count of changes for put.
func (h *hitCache) get(text query.Text) (stories []int64, changes int, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	stories, ok = h.of[text]
	return stories, h.changes, ok
}

// put remembers hits, unless something has changed since they were asked for.
func (h *hitCache) put(text query.Text, stories []int64, since int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.of[text]; ok || since != h.changes {
		return
	}
	h.of[text] = stories
	h.age = append(h.age, text)
	h.stories += len(stories)
	for len(h.age) > maxCached || h.stories > maxCachedStories && len(h.age) > 1 {
		h.stories -= len(h.of[h.age[0]])
		delete(h.of, h.age[0])
		h.age = h.age[1:]
	}
}

func (h *hitCache) empty() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.of)
	h.age, h.stories = nil, 0
	h.changes++
}
