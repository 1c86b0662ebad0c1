package catalogue

import (
	"math"
	"time"

	"colophon/internal/archive"
	"colophon/internal/catalogue/query"
)

// flag is a property that a document has or has not, kept as bits.
type flag int

const (
	complete flag = iota
	inProgress
	crossover
	single
	inSeries
	flagCount
)

// columns holds what is known about each document, in arrays with one element
// for each. A document is a story's number in the index; numbers of stories that
// have gone are given to new ones.
type columns struct {
	ids      numbers // documents by story
	free     []uint32
	story    []int64  // 0 where there is none
	words    []uint32 // at most 4,294,967,295
	chapters []int32
	posted   []int64 // microseconds UTC
	updated  []int64
	from, to []query.Day // the days in which it was written, 0 where not known
	title    ragged[byte]
	author   ragged[byte]
	bears    ragged[uint32] // terms, rising: also those that are above the story's own
	flags    [flagCount]words
	visible  [2]words // to each audience
}

// size is the number of documents, those without a story included.
func (c *columns) size() int { return len(c.story) }

// place gives a new story a document and stores its row and terms there, but
// neither who sees it nor that its terms have it.
func (c *columns) place(row *archive.Row, bears []uint32) uint32 {
	var doc uint32
	if n := len(c.free); n > 0 {
		doc, c.free = c.free[n-1], c.free[:n-1]
		c.setKeys(doc, row)
		c.bears.set(doc, bears)
	} else {
		doc = uint32(c.size())
		c.story = append(c.story, 0)
		c.words = append(c.words, 0)
		c.chapters = append(c.chapters, 0)
		c.posted = append(c.posted, 0)
		c.updated = append(c.updated, 0)
		c.from = append(c.from, 0)
		c.to = append(c.to, 0)
		c.title.push(doc, []byte(row.TitleKey))
		c.author.push(doc, []byte(row.AuthorKey))
		c.bears.push(doc, bears)
		c.reach()
	}
	c.story[doc] = row.Story
	c.ids.put(row.Story, doc)
	c.write(doc, row)
	return doc
}

// setKeys replaces the sort keys of a document.
func (c *columns) setKeys(doc uint32, row *archive.Row) {
	c.title.set(doc, []byte(row.TitleKey))
	c.author.set(doc, []byte(row.AuthorKey))
}

// reach makes the bits as long as the arrays.
func (c *columns) reach() {
	for f := range c.flags {
		c.flags[f] = c.flags[f].reach(c.size())
	}
	for a := range c.visible {
		c.visible[a] = c.visible[a].reach(c.size())
	}
}

// write stores a row's numbers, dates and flags.
func (c *columns) write(doc uint32, row *archive.Row) {
	c.words[doc] = wordsOf(row)
	c.chapters[doc] = int32(min(max(row.Chapters, 0), math.MaxInt32))
	c.posted[doc] = row.Posted
	c.updated[doc] = row.Updated
	c.from[doc], c.to[doc] = days(row.Written)
	c.flags[complete].put(doc, row.Status == archive.Complete)
	c.flags[inProgress].put(doc, row.Status == archive.InProgress)
	c.flags[inSeries].put(doc, row.Series != 0)
}

// wordsOf is a row's number of words as far as it is kept.
func wordsOf(row *archive.Row) uint32 {
	return uint32(min(max(row.Words, 0), math.MaxUint32))
}

// clear forgets a story whose terms and places in the orders have been removed.
func (c *columns) clear(doc uint32) {
	c.ids.remove(c.story[doc])
	c.story[doc] = 0
	for f := range c.flags {
		c.flags[f].put(doc, false)
	}
	for a := range c.visible {
		c.visible[a].put(doc, false)
	}
	c.title.set(doc, nil)
	c.author.set(doc, nil)
	c.bears.set(doc, nil)
	c.free = append(c.free, doc)
}

// show says who sees a document.
func (c *columns) show(doc uint32, v archive.Visibility) {
	c.visible[Everybody].put(doc, v == archive.Public)
	c.visible[SignedIn].put(doc, v == archive.Public || v == archive.Members)
}

// days returns the first and last day of a date that may be its first part only:
// 2004 is 20040101 to 20041231. Both are 0 for what is no date.
func days(written string) (from, to query.Day) {
	if len(written) > len("2004-08-11") {
		written = written[:len("2004-08-11")]
	}
	for _, layout := range [...]string{"2006-01-02", "2006-01", "2006"} {
		if len(layout) != len(written) {
			continue
		}
		first, err := time.Parse(layout, written)
		if err != nil || first.Year() < 1 {
			return 0, 0 // not known
		}
		last := first
		switch layout {
		case "2006-01":
			last = first.AddDate(0, 1, -1)
		case "2006":
			last = first.AddDate(1, 0, -1)
		}
		return dayOf(first), dayOf(last)
	}
	return 0, 0
}

func dayOf(t time.Time) query.Day {
	return query.Day(t.Year()*10000 + int(t.Month())*100 + t.Day())
}

// micros returns the first moment of a day in microseconds UTC.
func micros(d query.Day) int64 {
	return time.Date(int(d/10000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, time.UTC).UnixMicro()
}
