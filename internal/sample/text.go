package sample

import (
	"bytes"
	"math"
	"strings"

	"colophon/internal/archive"
)

// sceneBreak is the mark of package prose between two scenes.
const sceneBreak = "<hr class=\"break\">\n"

// chapters draws how long a story is: the chapters have words, and titles where
// there are several, but no text.
func (s *Sampler) chapters(c chance) []archive.Chapter {
	words := func(f float64) int { return int(max(1, math.Round(f))) }
	if c.maybe(oneChapterShare) {
		return []archive.Chapter{{Words: min(words(c.logNormal(oneMu, oneSigma)), maxWords)}}
	}
	n := min(max(2, words(c.logNormal(chaptersMu, chaptersSigma))), maxChapters)
	mean := c.logNormal(perChapterMu, perChapterSigma)
	titled := c.maybe(0.6)
	list, left := make([]archive.Chapter, 0, n), maxWords
	for len(list) < n && left > 0 {
		// The mean of a log-normal lies above its median by half the variance.
		k := min(words(mean*c.logNormal(-chapterSigma*chapterSigma/2, chapterSigma)), left)
		left -= k
		ch := archive.Chapter{Words: k}
		if titled {
			ch.Title = s.writer.title(c, "en")
		}
		list = append(list, ch)
	}
	return list
}

// text writes the chapters of a story, as far as the options want it.
func (s *Sampler) text(i int, st *archive.Story) {
	if s.options.Text == None {
		return
	}
	c := newChance(s.seed, streamText, uint64(i))
	t := &telling{writer: s.writer, chance: c, people: []string{c.of(s.world.firsts), c.of(s.world.firsts), c.of(s.world.firsts)}}
	for k := range st.Chapters {
		ch := &st.Chapters[k]
		words, paragraphs := ch.Words, math.MaxInt
		if s.options.Text == Beginning {
			paragraphs = 1
			if k == 0 {
				paragraphs = 3
			}
		}
		ch.Text = t.chapter(words, paragraphs)
	}
}

// writer makes sentences, remarks and titles of the words of a lexicon.
type writer struct {
	*lexicon
	plain, spoken, remarks, titles, rambles [][]piece
	hanzi, cyrillics                        []string
}

// piece is a part of a sentence: letters as they stand, or one of a list.
type piece struct {
	letters string
	list    []string // nil for letters
	lower   bool     // nouns stand in lower case in sentences
}

func newWriter(l *lexicon) *writer {
	w := &writer{lexicon: l}
	w.plain, w.spoken = w.parse(plainSentences, true), w.parse(spokenSentences, true)
	w.remarks, w.rambles = w.parse(remarkSentences, true), w.parse(rambleSentences, true)
	w.titles = w.parse(titlePatterns, false)
	w.hanzi, w.cyrillics = strings.Split(hanzi, ""), strings.Split("море река дом звезда зима фонарь сад ветер письмо дорога гора птица", " ")
	return w
}

// parse reads sentences, one a line, in which @ and a letter stands for a word of
// a list, and @p for a person.
func (w *writer) parse(text string, lower bool) [][]piece {
	var all [][]piece
	lists := map[byte][]string{
		'a': w.adjectives, 'n': w.nouns, 'g': w.gerunds, 'l': w.places, 'v': strings.Fields(verbs),
		'd': strings.Fields(adverbs), 'p': nil,
	}
	for _, l := range lines(text) {
		var pieces []piece
		for k, part := range strings.Split(l, "@") {
			if k > 0 {
				letter := part[0]
				pieces = append(pieces, piece{letters: "@", list: lists[letter], lower: lower && letter != 'l'})
				part = part[1:]
			}
			if part != "" {
				pieces = append(pieces, piece{letters: part})
			}
		}
		all = append(all, pieces)
	}
	return all
}

// write appends one of the sentences.
func (w *writer) write(b []byte, c chance, from [][]piece, people []string) []byte {
	for _, p := range from[c.IntN(len(from))] {
		switch {
		case p.letters != "@":
			b = append(b, p.letters...)
		case p.list == nil:
			b = append(b, c.of(people)...)
		default:
			word := c.of(p.list)
			if vowel(word[0]) && (bytes.HasSuffix(b, []byte(" a ")) || bytes.HasSuffix(b, []byte("A "))) {
				b = append(b[:len(b)-1], "n "...)
			}
			if p.lower && word[0] < 'a' {
				b, word = append(b, word[0]+'a'-'A'), word[1:]
			}
			b = append(b, word...)
		}
	}
	return b
}

func vowel(letter byte) bool { return strings.IndexByte("AEIOUaeiou", letter) >= 0 }

// remark returns some sentences about a story.
func (w *writer) remark(c chance, sentences int) string {
	var b []byte
	people := []string{c.of(w.firsts), c.of(w.firsts)}
	for k := range sentences {
		if k > 0 {
			b = append(b, ' ')
		}
		b = w.write(b, c, w.remarks, people)
	}
	return string(b)
}

// ramble returns a tag as nobody else would write it.
func (w *writer) ramble(c chance) string {
	return string(w.write(nil, c, w.rambles, []string{c.of(w.firsts)}))
}

// title returns a title, in the script of some languages.
func (w *writer) title(c chance, language string) string {
	switch language {
	case "zh", "ja":
		var b strings.Builder
		for range 2 + c.IntN(5) {
			b.WriteString(c.of(w.hanzi))
		}
		return b.String()
	case "ru", "uk":
		return c.of(w.cyrillics) + " и " + c.of(w.cyrillics)
	}
	t := string(w.write(nil, c, w.titles, []string{c.of(w.firsts)}))
	if c.maybe(0.12) {
		return strings.ToLower(t)
	}
	return t
}

// telling is a story while it is told.
type telling struct {
	*writer
	chance
	people []string
}

// chapter tells a chapter of a number of words in canonical markup, or its first
// paragraphs.
func (t *telling) chapter(words, paragraphs int) string {
	const bytesPerWord = 6
	var b []byte
	if paragraphs == math.MaxInt {
		b = make([]byte, 0, words*bytesPerWord+words/8)
	}
	for n := 0; n < words && paragraphs > 0; paragraphs-- {
		if n > 0 && t.maybe(0.02) {
			b = append(b, sceneBreak...)
		}
		b = append(b, "<p>"...)
		from := len(b)
		for k := 2 + t.IntN(5); k > 0 && n < words; k-- {
			if len(b) > from {
				b = append(b, ' ')
			}
			at := len(b)
			sentences := t.plain
			if t.maybe(0.3) {
				sentences = t.spoken
			}
			b = t.write(b, t.chance, sentences, t.people)
			n += 1 + bytes.Count(b[at:], []byte(" "))
			if n > words {
				b, n = cut(b, at, n-words), words
			}
		}
		b = append(b, "</p>\n"...)
	}
	return string(b)
}

// cut takes words off the end of what stands behind at.
func cut(b []byte, at, words int) []byte {
	for ; words > 0; words-- {
		b = b[:at+bytes.LastIndexByte(b[at:], ' ')]
	}
	return append(bytes.TrimRight(b, ",.;:?!”"), '.')
}
