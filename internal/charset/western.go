package charset

import "unicode/utf8"

const (
	// fewStrays is how many bytes above 0x7F are too few to tell an alphabet.
	fewStrays = 2
	// plainAround is how many ASCII letters for each of them make a text one that
	// is written in Latin letters.
	plainAround = 20
)

// western reads one or two lone bytes above 0x7F in a text of Latin letters as
// windows-1252, in which most such pages were written: a single letter of
// another alphabet among English words is no evidence for that alphabet. What the
// page declares, or its neighbours are written in, stands.
func western(b []byte, spans []Span, e expectation) []Span {
	n := highBytes(b)
	if n == 0 || n > fewStrays || asciiLetters(b) < n*plainAround || !fitsStrays(b) {
		return spans
	}
	for _, s := range spans {
		if highBytes(b[s.Start:s.End]) > 0 && (westernAlready(s.Encoding) || len(s.Undone) > 0 || s.Encoding == e.declared || e.neighbours[s.Encoding] > 0) {
			return spans
		}
	}
	return []Span{{End: len(b), Encoding: "windows-1252", Why: e.reason("windows-1252", "lone signs in a text of Latin letters"), Confidence: 0.5}}
}

// westernAlready reports whether an encoding is of Western Europe, where a lone
// sign was weighed against its like.
func westernAlready(encoding string) bool {
	switch encoding {
	case ASCII, "utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "macintosh", "ibm437", "ibm850", Undecoded:
		return true
	}
	return false
}

// fitsStrays reports whether windows-1252 has a letter or sign for every byte of b
// and no two of them stand side by side, as those of a longer character do.
func fitsStrays(b []byte) bool {
	codes := codePage("windows-1252")
	for i, c := range b {
		if c >= utf8.RuneSelf && (codes[c] == unreadable || isControl(codes[c]) || i > 0 && b[i-1] >= utf8.RuneSelf) {
			return false
		}
	}
	return true
}

// asciiLetters counts the ASCII letters of b.
func asciiLetters(b []byte) int {
	n := 0
	for _, c := range b {
		if c|0x20 >= 'a' && c|0x20 <= 'z' {
			n++
		}
	}
	return n
}
