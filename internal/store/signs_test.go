package store_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// Texts with bytes that a database may not hold come back as they were given, and
// the same page is the same story when it is read again.
func TestTextsComeBackAsGiven(t *testing.T) {
	s, _ := openNew(t)
	odd := func() *archive.Story {
		st := sample("Lamp\x00light", "Mi\x00na", page("/old/caf\xe9\U0010fe41", "a\x00", "1"))
		st.Header.Fandoms = []string{"Harbour\x00Lights", "\U0010fe00"}
		st.Chapters[0].Text = "<p>The lamp\x00 was \U0010fe41\ufffd out.</p>"
		return st
	}
	save(t, s, odd())
	if got := outcomes(save(t, s, odd())); got != "1 unchanged" {
		t.Errorf("read again: %s", got)
	}
	want := odd()
	got, err := s.Story(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{want.Sources[0].Origin, want.Sources[0].Path, want.Header.Title}, []string{got.Sources[0].Origin, got.Sources[0].Path, got.Header.Title}); diff != "" {
		t.Errorf("source and title (-given +read):\n%s", diff)
	}
	c, err := s.Chapter(t.Context(), 1, 1)
	if err != nil || c.Text != want.Chapters[0].Text {
		t.Errorf("text %q, %v", c.Text, err)
	}
	tags, err := s.Tags(t.Context(), archive.TagFandom)
	if err != nil || len(tags) != 2 || tags[0].Name != "Harbour\x00Lights" || tags[1].Name != "\U0010fe00" {
		t.Errorf("fandoms %+v, %v", tags, err)
	}
	known, err := s.Known(t.Context(), "/old/caf\xe9\U0010fe41")
	if err != nil || known["a\x00"] != want.Sources[0].Digest {
		t.Errorf("known %v, %v", known, err)
	}
	sound(t, s)
}

func TestSignsAreTakenBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(
			rapid.Just("\x00"), rapid.Just("\ufffd"), rapid.Just("\U0010fe41"), rapid.Just("\U0010ffff"), rapid.String(),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		)).Draw(r, "parts"), "")
		held := store.Signed(text)
		if !utf8.ValidString(held) || strings.Contains(held, "\x00") {
			r.Fatalf("%q is held as %q", text, held)
		}
		if back := store.Unsigned(held); back != text {
			r.Fatalf("%q came back as %q", text, back)
		}
	})
}
