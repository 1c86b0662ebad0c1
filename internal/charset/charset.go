// Package charset turns bytes into text with a log of what was guessed and repaired.
//
// It decides span by span: a page may hold a UTF-8 story inside windows-1252
// chrome, one paragraph in KOI8-R, or MacRoman quotation marks among
// windows-1252 accents. Every byte keeps its place: Text.Offset and Text.Range
// lead from the text back to the original, and Replay rebuilds the same text
// from the log alone.
//
// It is not an HTML parser and not a cleaner: line ends, widths, quotation marks
// and control characters stay as they were written. It knows no language beyond
// the letter statistics that it needs to choose between encodings.
package charset

// Encodings in the log that are not names of the WHATWG Encoding Standard.
const (
	// ASCII stands for a text without any byte above 0x7F.
	ASCII = "us-ascii"
	// Undecoded stands for bytes that no reading makes sense of. As in the
	// WHATWG encoding of this name, byte 0x80+n becomes U+F780+n, so that the
	// byte can be had back from the text.
	Undecoded = "x-user-defined"
)

// Span says how a range of original bytes was read.
type Span struct {
	// Start and End are byte offsets in the original; End is exclusive.
	Start int `json:"start"`
	End   int `json:"end"`
	// Encoding is the lower-case WHATWG name where there is one.
	Encoding string `json:"encoding"`
	// Undone lists the misreadings taken back in this range, outermost first:
	// ["windows-1252"] for UTF-8 once read as windows-1252.
	Undone []string `json:"undone,omitempty"`
	// Why gives the reason in words, for people.
	Why string `json:"why"`
	// Confidence runs from 0 (a guess) to 1 (no other reading).
	Confidence float64 `json:"confidence"`
}

// Hints is what is known about the bytes from outside.
type Hints struct {
	// Declared is an encoding label from outside, such as an HTTP header; any alias.
	Declared string
	// Neighbours is the share (0 to 1) of neighbouring pages in each encoding.
	Neighbours map[string]float64
	// HTML makes Decode read the declaration inside the bytes as well.
	HTML bool
}

// Text is decoded text that knows where each character came from.
type Text struct {
	// S is the text, always valid UTF-8, without a byte order mark.
	S string
	// Log covers all original bytes in order, without gaps.
	Log []Span

	at   positions
	high map[string]int // bytes above 0x7F in each encoding
}

// Decode reads b. It never fails: bytes without sense are kept as Undecoded.
// Files of 4 GB and more are not supported.
func Decode(b []byte, h Hints) *Text {
	plan := decide(b, h)
	t := render(b, plan)
	return undoMojibake(b, t)
}

// Dominant returns the encoding of most bytes above 0x7F, ASCII if there are none.
func (t *Text) Dominant() string {
	best, most := ASCII, 0
	for name, n := range t.high {
		if n > most || n == most && name < best {
			best, most = name, n
		}
	}
	return best
}

// Mixed reports whether the text really holds several encodings. A few stray
// bytes, and encodings that differ in rare signs only, do not count.
func (t *Text) Mixed() bool {
	total := 0
	families := make(map[string]int)
	for name, n := range t.high {
		if name != Undecoded {
			families[family(name)] += n
			total += n
		}
	}
	several := 0
	for _, n := range families {
		if n >= 4 && n*100 >= total {
			several++
		}
	}
	return several > 1
}

// Undecodable returns the ranges that no reading makes sense of.
func (t *Text) Undecodable() []Span {
	var bad []Span
	for _, s := range t.Log {
		if s.Encoding == Undecoded {
			bad = append(bad, s)
		}
	}
	return bad
}

// family groups encodings that agree on nearly all letters.
func family(name string) string {
	switch name {
	case "iso-8859-1", "iso-8859-15", "windows-1254":
		return "windows-1252"
	case "iso-8859-2":
		return "windows-1250"
	case "iso-8859-7":
		return "windows-1253"
	case "koi8-u":
		return "koi8-r"
	}
	return name
}
