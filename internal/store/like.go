package store

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"colophon/internal/archive"
)

// Words of other lengths have no near spellings: the short ones would be near
// to anything.
const (
	nearShortest = 4
	nearLongest  = 40
	nearWords    = 8     // words of one question that near spellings are looked for of
	nearEach     = 5     // near spellings of one word
	nearScanned  = 20000 // words that one is compared with, at most
)

// Like returns published stories whose title or authors have some of the words,
// those that have most of them first; for "not found, but perhaps you meant".
// Where none has any of them, words that are spelled nearly so are tried. A
// limit outside 1 to 200 is brought inside. Nothing is an error but trouble
// with the database.
func (s *Store) Like(ctx context.Context, text string, limit int) (list []archive.Entry, err error) {
	wanted := words(indexed(text))
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	if len(wanted) == 0 {
		return nil, nil
	}
	wanted = wanted[:min(len(wanted), maxTerms)]
	err = s.read(ctx, "look for similar titles", func(tx *batch) error {
		n := int64(min(max(limit, 1), 200))
		ids, _, err := tx.dialect.search(ctx, tx, anyWord(wanted), n, 0)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			if ids, err = misspelled(ctx, tx, wanted, n); err != nil {
				return err
			}
		}
		if list, err = entriesOf(ctx, tx, ids); err != nil {
			return err
		}
		list, err = forEverybody(ctx, tx, list)
		return err
	})
	return list, err
}

// forEverybody leaves out the stories that not everybody may find.
func forEverybody(ctx context.Context, tx *batch, list []archive.Entry) ([]archive.Entry, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	given, err := idList(ids)
	if err != nil {
		return nil, err
	}
	hidden, err := tx.ids(ctx, `SELECT id FROM stories WHERE visibility <> 0 AND id IN (SELECT value FROM json_each($1))`, given)
	return slices.DeleteFunc(list, func(e archive.Entry) bool { return slices.Contains(hidden, e.ID) }), err
}

// anyWord asks for any of some words in titles and authors.
func anyWord(list []string) question {
	q := question{any: true}
	for _, w := range list {
		q.terms = append(q.terms, term{text: w})
	}
	return q
}

// misspelled finds stories by words that are spelled nearly as those given.
func misspelled(ctx context.Context, tx *batch, wanted []string, limit int64) ([]int64, error) {
	var meant []string
	for _, w := range wanted[:min(len(wanted), nearWords)] {
		some, err := near(ctx, tx, w)
		if err != nil {
			return nil, err
		}
		meant = append(meant, some...)
	}
	if len(meant) == 0 {
		return nil, nil
	}
	ids, _, err := tx.dialect.search(ctx, tx, anyWord(meant), limit, 0)
	return ids, err
}

// near returns words of titles and authors that are one or, of longer words,
// two slips away from a word: the nearest first, then the commonest. The first
// letter is right, or the second stands in its place: so few words need to be
// compared.
func near(ctx context.Context, tx *batch, word string) ([]string, error) {
	letters := []rune(word)
	if len(letters) < nearShortest || len(letters) > nearLongest {
		return nil, nil
	}
	slips := 1
	if len(letters) > 5 {
		slips = 2
	}
	type candidate struct {
		word    string
		slips   int
		stories int64
	}
	var all []candidate
	for _, first := range slices.Compact(letters[:2:2]) {
		err := tx.each(ctx, func(scan func(...any) error) error {
			var c candidate
			if err := scan(&c.word, &c.stories); err != nil {
				return err
			}
			if n := utf8.RuneCountInString(c.word); n < len(letters)-slips || n > len(letters)+slips {
				return nil
			}
			if c.slips = distance(letters, []rune(c.word)); c.slips <= slips {
				all = append(all, c)
			}
			return nil
		}, `SELECT word, stories FROM title_words WHERE word >= $1 AND word < $2 ORDER BY word LIMIT $3`,
			string(first), string(first+1), nearScanned)
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.slips, b.slips), cmp.Compare(b.stories, a.stories), cmp.Compare(a.word, b.word))
	})
	var list []string
	for _, c := range all[:min(len(all), nearEach)] {
		list = append(list, c.word)
	}
	return list, nil
}

// distance counts the slips between two words: a letter too many, missing,
// wrong, or changed with its neighbour (optimal string alignment).
func distance(a, b []rune) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			wrong := row[j]
			if a[i] != b[j] {
				wrong++
			}
			next[j+1] = min(wrong, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
