package prose

// Tally counts the words of a text and takes its sketch, in one walk over its
// bytes. The zero value is ready; a Tally is not for concurrent use.
type Tally struct {
	words   int
	chains  [shingleWords - 1]uint64 // of the last word, the last two, and so on
	sampler sampler
}

// Add takes in a text as if it followed what was added before, and returns how
// many words it has (see Text.Words).
func (c *Tally) Add(t Text) int {
	before := c.words
	for _, b := range t {
		c.add(concat(b.Runs)) // a line break is no part of any word
	}
	return c.words - before
}

// Words is the number of words of all that was added.
func (c *Tally) Words() int { return c.words }

// Sketch is the sketch of all that was added, nil where it has no words.
func (c *Tally) Sketch() Sketch {
	if c.words == 0 {
		return nil
	}
	if c.words < shingleWords {
		var short sampler
		h := c.chains[c.words-1]
		for range shingleWords - c.words {
			h = chain(h, 0)
		}
		short.add(shingle(h))
		return short.sketch()
	}
	return c.sampler.sketch()
}

func (c *Tally) add(s string) {
	for i := 0; i < len(s); {
		if s[i] < 0x80 && !isPlain(s[i]) {
			i++
			continue
		}
		// Nearly every word is plain letters up to a space: hashed as it is read.
		h := hashStart
		k := i
		for k < len(s) && isPlain(s[k]) {
			h = hashByte(h, s[k])
			k++
		}
		if k > i && (k == len(s) || s[k] < 0x80 && !(joiner(s[k]) && joins(s, k, rune(s[k])))) {
			c.word(h)
			i = k
			continue
		}
		start, end := nextWord(s, i)
		if start < len(s) {
			c.word(hashWord(s[start:end]))
		}
		i = end
	}
}

// word takes in a word by its hash. The chains go on beside each other, which a
// processor does nearly in the time of one.
func (c *Tally) word(h uint64) {
	p := &c.chains
	five := chain(p[3], h)
	p[3], p[2], p[1], p[0] = chain(p[2], h), chain(p[1], h), chain(p[0], h), chain(0, h)
	c.words++
	if x := shingle(five); c.words >= shingleWords && c.sampler.wants(x) {
		c.sampler.add(x)
	}
}

// joiner reports whether an ASCII sign may stand inside a word, where joins says so.
func joiner(c byte) bool { return c == '\'' || c == '-' || c == '.' || c == ',' }
