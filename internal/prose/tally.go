package prose

// Tally counts the words of a text and takes its sketch, in one walk over its
// bytes. The zero value is ready; a Tally is not for concurrent use.
type Tally struct {
	words   int
	window  [shingleWords]uint64 // hashes of the last words, oldest first
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
		short := *c // what is added later may make it a text of five words
		short.shortWindow()
		short.sampler.add(hashWindow(&short.window))
		return short.sampler.sketch()
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

func (c *Tally) word(h uint64) {
	w := &c.window
	w[0], w[1], w[2], w[3], w[4] = w[1], w[2], w[3], w[4], h
	c.words++
	if c.words >= shingleWords {
		c.sampler.add(hashWindow(&c.window))
	}
}

// shortWindow puts the words of a text with fewer than five at the beginning of
// the window.
func (c *Tally) shortWindow() {
	var window [shingleWords]uint64
	copy(window[:], c.window[shingleWords-c.words:])
	c.window = window
}

// joiner reports whether an ASCII sign may stand inside a word, where joins says so.
func joiner(c byte) bool { return c == '\'' || c == '-' || c == '.' || c == ',' }
