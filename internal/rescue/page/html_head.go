package page

import (
	"strings"
	"unicode"
)

// meta keeps a named <meta>.
func (b *builder) meta(t token) {
	name := strings.ToLower(attr(t.attrs, "name"))
	if name == "" {
		name = strings.ToLower(attr(t.attrs, "property"))
	}
	content := attr(t.attrs, "content")
	if name == "" || strings.TrimSpace(content) == "" {
		return
	}
	at := t.start + strings.Index(b.s[t.start:t.end], content)
	b.page.Metas = append(b.page.Metas, Meta{Name: name, Value: b.aside(at, at+len(content))})
}

// aside reads a stretch of the page as a line of its own.
func (b *builder) aside(i, j int) Line {
	var w writer
	w.html(b.s, i, j, 0, "", false)
	return Line{Text: string(w.buf), src: w.src}
}

// comment keeps what people wrote into comments: old archive software put whole
// headers there.
func (b *builder) comment(t token) {
	b.captureBar(t)
	i, j := t.start+4, max(t.start+4, t.end-3)
	if j-i < 8 || j-i > 8<<10 {
		return
	}
	for from := i; from < j; {
		k := strings.IndexByte(b.s[from:j], '\n')
		if k < 0 {
			k = j - from
		}
		if l := b.aside(from, from+k); strings.ContainsFunc(l.Text, unicode.IsLetter) {
			b.page.Comments = append(b.page.Comments, l)
		}
		from += k + 1
	}
}

func (b *builder) endTitle() {
	if !b.title {
		return
	}
	b.title = false
	b.page.Title = b.line()
	b.w.reset()
}

// endOption keeps the entry of a menu, apart from the lines.
func (b *builder) endOption() {
	if !b.option {
		return
	}
	b.option = false
	if len(b.w.buf) > 0 {
		b.page.Options = append(b.page.Options, b.line())
		b.w.reset()
	}
}

// link notes a link; its text is known when it ends.
func (b *builder) link(t token) {
	href := uncaptured(attr(t.attrs, "href"))
	if href == "" {
		return
	}
	b.page.Links = append(b.page.Links, Link{Href: href, Rel: strings.ToLower(attr(t.attrs, "rel")), Line: len(b.page.Lines), Text: ""})
	b.links = append(b.links, len(b.page.Links)-1, len(b.w.buf))
}

// endLinks gives the links that end here their text.
func (b *builder) endLinks() {
	for i := 0; i+1 < len(b.links); i += 2 {
		l := &b.page.Links[b.links[i]]
		from := b.links[i+1]
		switch {
		case l.Line == len(b.page.Lines) && from <= len(b.w.buf):
			l.Text = strings.TrimSpace(string(b.w.buf[from:]))
		case l.Line < len(b.page.Lines) && from <= len(b.page.Lines[l.Line].Text):
			l.Text = strings.TrimSpace(b.page.Lines[l.Line].Text[from:])
		}
	}
	b.links = b.links[:0]
}

// regionOf reads ids and classes that old archive software gave to the parts of
// its pages (eFiction, AO3, fanfiction.net, the LiveJournal family).
func regionOf(id, class string) Region {
	for name := range strings.FieldsSeq(strings.ToLower(id + " " + class)) {
		switch name {
		case "story", "storytext", "story-text", "storycontent", "story-content", "userstuff", "chapter-content", "fictext", "b-singlepost-body", "aentry-post__text", "storytextp", "entry-content", "story_text", "chapter":
			return StoryRegion
		case "pagetitle", "infobox", "preface", "meta", "storyinfo", "byline", "titleblock", "chaptertitle", "noteinfo", "notes", "summary", "afterword", "endnotes", "storynotes":
			return HeaderRegion
		case "menu", "nav", "navigation", "navbar", "footer", "sidebar", "banner", "copyright", "toolbar", "wm-ipp", "wm-ipp-base", "comments", "jumpmenu", "login", "search", "breadcrumb", "breadcrumbs", "archivedat", "chrome", "skip", "landmark", "counter":
			return ChromeRegion
		}
	}
	return NoRegion
}
