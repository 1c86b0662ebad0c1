package web

import "strings"

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
