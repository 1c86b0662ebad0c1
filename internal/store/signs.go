package store

import (
	"strings"
	"unicode/utf8"
)

// PostgreSQL holds neither a NUL nor bytes that are not UTF-8 in a text, SQLite
// both: a file's name may have them, and so may a title. Such a byte is stored as
// one of 256 characters of a private plane that no script uses, and is itself
// again when it is read. What stood there as one of those is taken apart in the
// same way, so that every text comes back as it was given.
const (
	firstSign = 0x10fe00 // stands for the byte 0
	lastSign  = 0x10feff
	signBegin = "\xf4\x8f" // of the UTF-8 of all of them
)

// storable is a statement's values as PostgreSQL holds them.
func storable(args []any) []any {
	copied := false
	for i, a := range args {
		s, ok := a.(string)
		if !ok || isStorable(s) {
			continue
		}
		if !copied {
			args, copied = append([]any{}, args...), true
		}
		args[i] = signed(s)
	}
	return args
}

func isStorable(s string) bool {
	return strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) && !strings.Contains(s, signBegin)
}

// signed replaces what cannot be stored.
func signed(s string) string {
	var b strings.Builder
	for i, r := range s {
		size := 1
		if r != utf8.RuneError || strings.HasPrefix(s[i:], "\ufffd") {
			size = utf8.RuneLen(r)
		}
		if r != 0 && (r < firstSign || r > lastSign) && (r != utf8.RuneError || size > 1) {
			b.WriteString(s[i : i+size])
			continue
		}
		for _, c := range []byte(s[i : i+size]) {
			b.WriteRune(firstSign + rune(c))
		}
	}
	return b.String()
}

// unsigned is the text that signed was given.
func unsigned(s string) string {
	if !strings.Contains(s, signBegin) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r >= firstSign && r <= lastSign {
			b.WriteByte(byte(r - firstSign))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// scanned is a Scan that gives texts as they were before storable.
func scanned(scan func(...any) error) func(...any) error {
	return func(dest ...any) error {
		if err := scan(dest...); err != nil {
			return err
		}
		for _, d := range dest {
			if s, ok := d.(*string); ok {
				*s = unsigned(*s)
			}
		}
		return nil
	}
}
