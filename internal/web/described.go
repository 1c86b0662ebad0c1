package web

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"colophon/internal/archive"
	"colophon/internal/describe"
)

// place is where a story's pages are, for its description.
func (v reading) place() describe.Place {
	at := describe.Place{
		Story: v.base + v.Path(), Contents: v.base + v.ContentsPath(),
		Chapter: func(n int) string { return v.base + v.PathOf(n) },
		Author:  func(name string) string { return v.base + findPath("/authors", name) },
		Archive: v.base + "/", Name: v.name, Licence: v.base + rightsPath,
	}
	if se := v.Story.Header.Series; se.ID != 0 {
		at.Series = v.base + namePath("/series", se.ID, se.Name)
	}
	return at
}

// website is the archive, for the descriptions of its lists.
func (v visit) website() describe.Site {
	return describe.Site{Name: v.name, Address: v.base + "/", Search: v.base + "/search?q={query}"}
}

// items are the stories of a listing, for its description.
func (v visit) items(es []archive.Entry) []describe.Item {
	var items []describe.Item
	for _, e := range es {
		items = append(items, describe.Item{Title: e.Title, Address: v.base + storyPath(e.ID, e.Title)})
	}
	return items
}

// dataBlock writes JSON-LD into a page. It is no script: nothing runs it, and
// the policy of the pages would not let it. Package describe has escaped it.
func dataBlock(jsonLD []byte) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<script type="application/ld+json">`+string(jsonLD)+"</script>")
		return err
	})
}
