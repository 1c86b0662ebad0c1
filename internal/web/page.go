package web

import (
	"strings"

	"colophon/internal/web/kept"
)

// page describes a page to the layout.
type page struct {
	visit
	Title       string // of the page, without the archive's name
	Description string
	Author      string
	AuthorPath  string // of the author's page
	Path        string // its one address
	Prev, Next  string // paths of the pages before and after it
	Class       string // of the body
	Kind        string // of Open Graph: "article", "profile", "website"
	Index       bool   // search engines may list it
	Italic      bool   // there are italics on it
	Described   []byte // JSON-LD, "" for none

	needs *kept.Needs // what of the archive it shows; nil for a page that is not kept
	opens int64       // the story that is opened with it, 0 for none
}

// page begins the description of a page with its title.
func (v visit) page(title string) page {
	return page{visit: v, Title: plain(title), Kind: "website", Index: true}
}

// Full is the title with the archive's name.
func (p page) Full() string {
	if p.Title == "" || p.Title == p.name {
		return p.name
	}
	return p.Title + " · " + p.name
}

// at adds the one address of a page.
func (p page) at(path string) page {
	p.Path = path
	return p
}

// showing adds what of the archive a page shows, so that it can be kept until
// that changes. All that was read for the page is part of it.
func (p page) showing(n kept.Needs) page {
	p.needs = &n
	return p
}

// Canonical is the one address of the page with scheme and host, "" where the
// archive has not been told its public address.
func (p page) Canonical() string {
	if p.base == "" || p.Path == "" {
		return ""
	}
	return p.base + p.Path
}

// under reports whether a page belongs to a part of the archive.
func (p page) under(path string) bool {
	return p.Path == path || strings.HasPrefix(p.Path, path+"/") || strings.HasPrefix(p.Path, path+"?")
}
