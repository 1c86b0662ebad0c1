package web

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"colophon/internal/archive"
)

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// plain is a value fit for a page: without control characters, which HTML does
// not allow, and without the marks that turn the direction of what follows.
// The source page shows them; elsewhere they would only mislead.
func plain(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), turnsDirection(r), isNoncharacter(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= utf8.RuneSelf || s[i] == 0x7F {
			return false
		}
	}
	return true
}

// turnsDirection reports the embeddings, overrides and isolates of the Unicode
// bidirectional algorithm (UAX #9, section 2).
func turnsDirection(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// isNoncharacter reports the code points that stand for no character (Unicode
// section 23.7), which the HTML standard forbids in text.
func isNoncharacter(r rune) bool {
	return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// titleOr is a title fit for a page's <title>.
func titleOr(title string) string { return orElse(plain(title), "Untitled story") }

// grouped writes a number with commas between thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// counted writes a number with its noun, which is regular unless many is given.
func counted(n int64, one string, many ...string) string {
	switch {
	case n == 1:
		return "1 " + one
	case len(many) > 0:
		return grouped(n) + " " + many[0]
	}
	return grouped(n) + " " + one + "s"
}

// stated writes a rating as "R (mature)": as written, then what it comes to.
func stated(v archive.Stated) string {
	w := plain(v.Written)
	switch {
	case v.Normal == "" || strings.EqualFold(w, v.Normal):
		return w
	case w == "":
		return v.Normal
	}
	return w + " (" + v.Normal + ")"
}

// dated writes a date in words, as far as it is known, or as written where it
// could not be placed.
func dated(v archive.Stated) string {
	for _, f := range []struct{ in, out string }{
		{"2006-01-02", "2 January 2006"}, {"2006-01", "January 2006"}, {"2006", "2006"},
	} {
		if t, err := time.Parse(f.in, v.Normal); err == nil {
			return t.Format(f.out)
		}
	}
	return plain(v.Written)
}

func statusWords(st archive.Status) string {
	switch st {
	case archive.Complete:
		return "Complete"
	case archive.InProgress:
		return "In progress"
	}
	return ""
}

// languageName is the English name of a BCP 47 tag, or the tag.
func languageName(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return plain(tag)
	}
	return orElse(display.English.Tags().Name(t), plain(tag))
}

// langAttr is a story's lang attribute. The empty one says that the language is
// not known (HTML, section 3.2.6.2), and keeps that of the page away.
func langAttr(tag string) string {
	if t, err := language.Parse(tag); err == nil && tag != "" {
		return t.String()
	}
	return ""
}

// dirAttr is the direction of a story's text: that of its language's script, or
// left to the browser where the language is not known.
func dirAttr(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || tag == "" {
		return "auto"
	}
	switch script, _ := t.Script(); script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return "ltr"
}

// paragraphs splits a plain text of the header at blank lines.
func paragraphs(s string) []string {
	var ps []string
	for p := range strings.SplitSeq(strings.ReplaceAll(plain(s), "\r", ""), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			ps = append(ps, p)
		}
	}
	return ps
}

// excerpt is the beginning of a text, cut between words.
func excerpt(s string, limit int) string {
	s = strings.Join(strings.Fields(plain(s)), " ")
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	cut := string([]rune(s)[:limit])
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return cut + "…"
}
