package web

import (
	"testing"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/catalogue/query"
)

// Addresses that are put together are those that the tree gives.
func TestWriterWritesWhatTheTreeDoes(t *testing.T) {
	for _, text := range []string{
		"", "lamp", "lamp -storm sort:-words", "fandom:Harbour", "-fandom:Harbour", "fandom:Harbour OR tag:sea", "(a OR b) is:complete",
		"-(a OR b)", "rating<=teen words:1..9 sort:title", "sort:updated", "rating:teen", "author:Mina language:de", `tag:"a \"b\" (c)"`,
		"-lamp", "title:lamp", "fandom:(Harbour | Sea)",
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		n := narrowing{Query: q, Text: q.String()}
		w := newWriter(n)
		for _, c := range []query.Node{
			condition(archive.TagFandom, "Harbour"), condition(archive.TagRating, "teen"), condition(archive.TagFreeform, `a "b" (c)`),
			condition(catalogue.KindAuthor, "Mina"), condition(catalogue.KindLanguage, "de"), condition(archive.TagRelationship, "Ada/Joe"),
			condition(archive.TagFreeform, "OR"), condition(archive.TagCharacter, "-x"), condition(archive.TagWarning, "a:b"),
		} {
			for _, one := range []query.Node{c, query.Not{Node: c}} {
				said := query.Query{Where: one}.String()
				if got, want := w.with(one, said), n.path(q.With(one)); got != want {
					t.Errorf("%s with %s: %s, want %s", text, said, got, want)
				}
				if got, want := w.terms[said], q.Has(one); got != want {
					t.Errorf("%s has %s: %t", text, said, got)
				}
			}
		}
	}
}
