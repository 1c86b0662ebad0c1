package web

import (
	"embed"
	"fmt"
	"path"
	"strings"
)

// The book face is Literata, the face of the interface Source Sans 3, both under
// the SIL Open Font License (see the LICENSE files beside them) and cut into
// scripts, so that a browser fetches only what a page needs.
//
//go:embed static/fonts/*.woff2
var fontFiles embed.FS

// scripts are the parts that the faces are cut into, with their code points: the
// ranges of the web's common font services, made disjoint from each other.
func scripts() [][2]string {
	return [][2]string{
		{"latin", "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"},
		{"latin-ext", "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"},
		{"vietnamese", "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF1"},
		{"cyrillic", "U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116"},
		{"greek", "U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF"},
	}
}

// cut is one file of a face.
type cut struct {
	Family, File  string // File is what stands before the script in its name
	Suffix, Style string
	Weight        int
}

func cuts() []cut {
	return []cut{
		{"Literata", "literata", "400-normal", "normal", 400},
		{"Literata", "literata", "400-italic", "italic", 400},
		{"Literata", "literata", "700-normal", "normal", 700},
		{"Source Sans 3", "source-sans-3", "400-normal", "normal", 400},
		{"Source Sans 3", "source-sans-3", "600-normal", "normal", 600},
	}
}

// firstFonts are the files that most pages in Latin letters need at once: the
// book face, the interface, and the book face in italics.
func firstFonts() []string {
	return []string{"literata-latin-400-normal", "source-sans-3-latin-400-normal", "literata-latin-400-italic"}
}

// Fonts are the paths of the files that a browser should fetch before it has
// read the style sheet: a face that comes after the first paint is not used.
func (p page) Fonts() []string {
	fonts := p.fonts
	if p.look["face"] == "device" {
		return nil
	}
	if p.look["face"] == "sans" {
		return fonts[1:2]
	}
	if !p.Italic {
		return fonts[:2]
	}
	return fonts
}

// addFonts serves the files of the faces and returns the rules that name them,
// and the paths of the first of them. A face that has not arrived when the text is
// first painted waits for the next page (font-display: optional): nothing is
// blocked and nothing moves.
func (s *site) addFonts() (rules string, first []string) {
	var b strings.Builder
	paths := map[string]string{}
	for _, c := range cuts() {
		for _, sc := range scripts() {
			name := c.File + "-" + sc[0] + "-" + c.Suffix
			body, err := fontFiles.ReadFile(path.Join("static/fonts", name+".woff2"))
			if err != nil {
				continue // a face need not have every script
			}
			at := s.addStatic(name, ".woff2", "font/woff2", body)
			paths[name] = at
			fmt.Fprintf(&b, "@font-face{font-family:%q;font-style:%s;font-weight:%d;font-display:optional;src:url(%s) format(\"woff2\");unicode-range:%s}\n",
				c.Family, c.Style, c.Weight, at, sc[1])
		}
	}
	for _, name := range firstFonts() {
		first = append(first, paths[name])
	}
	return b.String(), first
}
