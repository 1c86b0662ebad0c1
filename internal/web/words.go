package web

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
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

// parseDate reads a normalised date, or the first part of one.
func parseDate(layout, s string) (time.Time, bool) {
	t, err := time.Parse(layout, s)
	return t, err == nil
}

// equalFold reports whether s is one of some words, in any case.
func equalFold(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(s, w) })
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
