package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode/utf8"

	"colophon/internal/archive"
)

const (
	excerptLength = 200       // characters
	excerptBefore = 60        // characters before the first hit
	excerptDepth  = 512 << 10 // bytes of a story's text that are looked through for a hit
)

// excerpts finds what is shown of the text of a hit.
type excerpts struct {
	terms []sought
}

// sought is a term as a sequence of words.
type sought struct {
	words  []string
	prefix bool
}

func newExcerpts(terms []term) *excerpts {
	x := &excerpts{}
	for _, t := range terms {
		if !t.not {
			x.terms = append(x.terms, sought{words(indexed(t.text)), t.prefix})
		}
	}
	return x
}

// add fills in the excerpt of a story whose text has a hit. Where the first one
// stands very far behind, there is none. To ask the index first would cost more:
// it gathers all hits of a word to say whether one story is among them.
func (x *excerpts) add(ctx context.Context, tx *batch, e *archive.Entry) error {
	seen := 0
	// One chapter after the other: a server would send all of them.
	for n := 1; e.Excerpt == "" && seen <= excerptDepth; n++ {
		var text string
		err := tx.one(ctx, `SELECT text FROM chapters WHERE story_id = $1 AND n = $2`, []any{e.ID, n}, []any{&text})
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		plain := plainText(text)
		e.Excerpt, e.Hits = x.cut(plain)
		seen += len(plain)
	}
	return nil
}

// cut takes the piece around the first hit out of a plain text; "" where there
// is no hit.
func (x *excerpts) cut(plain string) (excerpt string, hits [][2]int) {
	first := -1
	x.each(plain, func(start, _ int) bool {
		first = start
		return false
	})
	if first < 0 {
		return "", nil
	}
	from := backWords(plain, first, excerptBefore)
	to := forWords(plain, from, excerptLength)
	piece := plain[from:to]
	x.each(piece, func(start, end int) bool {
		if n := len(hits); n > 0 && start < hits[n-1][1] {
			hits[n-1][1] = max(end, hits[n-1][1])
		} else {
			hits = append(hits, [2]int{start, end})
		}
		return true
	})
	shift := 0
	if from > 0 {
		piece, shift = "…"+piece, len("…")
	}
	for i := range hits {
		hits[i][0] += shift
		hits[i][1] += shift
	}
	if to < len(plain) {
		piece += "…"
	}
	return piece, hits
}

// each calls f for the hits in a plain text, in order of their beginnings,
// until f says stop.
func (x *excerpts) each(plain string, f func(start, end int) bool) {
	longest := 1
	for _, t := range x.terms {
		longest = max(longest, len(t.words))
	}
	var window []token
	more := true
	look := func() bool {
		if end, ok := x.at(window); ok {
			more = f(window[0].start, end)
		}
		window = window[1:]
		return more
	}
	eachToken(plain, func(t token) bool {
		window = append(window, t)
		return len(window) < longest || look()
	})
	for more && len(window) > 0 {
		look()
	}
}

// at says whether one of the terms begins at the first of some words, and where
// the longest of them ends.
func (x *excerpts) at(window []token) (end int, ok bool) {
	for _, t := range x.terms {
		if n := len(t.words); n <= len(window) && t.fits(window[:n]) {
			end, ok = max(end, window[n-1].end), true
		}
	}
	return end, ok
}

func (t *sought) fits(at []token) bool {
	last := len(t.words) - 1
	for i, w := range t.words {
		if at[i].word != w && (i < last || !t.prefix || !strings.HasPrefix(at[i].word, w)) {
			return false
		}
	}
	return true
}

// backWords goes back from a byte of s by at most n characters, to the
// beginning of a word where there is one.
func backWords(s string, at, n int) int {
	from := at
	for ; n > 0 && from > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	if from == 0 {
		return 0
	}
	if i := strings.IndexByte(s[from:at], ' '); i >= 0 {
		return from + i + 1
	}
	return from
}

// forWords goes on from a byte of s by at most n characters, to the end of a
// word where there is one.
func forWords(s string, from, n int) int {
	to := from
	for ; n > 0 && to < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[to:])
		to += size
	}
	if to == len(s) {
		return to
	}
	if i := strings.LastIndexByte(s[from:to], ' '); i > (to-from)/2 {
		return from + i
	}
	return to
}
