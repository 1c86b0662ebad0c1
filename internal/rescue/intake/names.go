package intake

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxName is how long a member's name may be, in bytes: PATH_MAX of Linux.
const maxName = 4096

// Compare orders paths segment by segment as people order file names: numbers
// by value, so that "page2" comes before "page10", letters first without regard
// to ASCII case. It is 0 for equal paths only.
func Compare(a, b string) int {
	for {
		sa, ra, moreA := strings.Cut(a, "/")
		sb, rb, moreB := strings.Cut(b, "/")
		if c := compareSegment(sa, sb); c != 0 {
			return c
		}
		if !moreA || !moreB {
			return cmp.Compare(len(ra)+flag(moreA), len(rb)+flag(moreB))
		}
		a, b = ra, rb
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func compareSegment(a, b string) int {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		na, nb := digits(a[i:]), digits(b[j:])
		if na > 0 && nb > 0 {
			if c := compareNumber(a[i:i+na], b[j:j+nb]); c != 0 {
				return c
			}
			i, j = i+na, j+nb
			continue
		}
		if c := cmp.Compare(fold(a[i]), fold(b[j])); c != 0 {
			return c
		}
		i, j = i+1, j+1
	}
	if c := cmp.Compare(len(a)-i, len(b)-j); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func compareNumber(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

func fold(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// legible returns a file name as text: names of old systems that are not UTF-8
// are shown as Latin-1, byte by byte.
func legible(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	out := make([]rune, len(name))
	for i := range len(name) {
		out[i] = rune(name[i])
	}
	return string(out)
}

// safeName cleans a name from an archive, "" for the archive's own root. Nothing
// is ever written under such a name; those that could mean a place outside the
// archive are refused all the same, because they are shown and exported. A
// backslash is a slash: archivers of the time wrote it so.
func safeName(raw string) (string, *refusal) {
	if len(raw) > maxName {
		return legible(raw[:60]) + "…", refuse(CodeName, "its name is longer than %d bytes; refused", maxName)
	}
	name := legible(raw)
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return strings.Map(visible, name), refuse(CodeName, "its name has control characters; refused")
	}
	name = strings.ReplaceAll(name, `\`, "/")
	segments := strings.Split(name, "/")
	switch {
	case strings.HasPrefix(name, "/"):
		return name, refuse(CodeName, "its name is an absolute path; refused")
	case hasDrive(name):
		return name, refuse(CodeName, "its name begins with a drive letter; refused")
	case slices.Contains(segments, ".."):
		return name, refuse(CodeName, "its name leads out of the archive; refused")
	case segments[0] == "~":
		return name, refuse(CodeName, "its name begins in a home folder; refused")
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/"), nil
}

// visible shows control characters as the pictures that Unicode has for them.
func visible(r rune) rune {
	switch {
	case r < ' ':
		return '␀' + r
	case r == 0x7f:
		return '␡'
	}
	return r
}

func hasDrive(name string) bool {
	return len(name) >= 2 && name[1] == ':' && fold(name[0]) >= 'a' && fold(name[0]) <= 'z'
}

// hidden says whether a file or folder is hidden or left behind by an operating
// system.
func hidden(name string) bool {
	switch strings.ToLower(name) {
	case "thumbs.db", "desktop.ini", "__macosx", "icon\r", "$recycle.bin", "system volume information", "lost+found":
		return true
	}
	return strings.HasPrefix(name, ".") && name != "." && name != ".."
}

func hiddenPath(p string) bool {
	return slices.ContainsFunc(strings.Split(p, "/"), hidden)
}

// extension is a name's extension in lower case without the dot, as the site
// meant it: "html" for "page.HTML", "view.php?sid=12.html" and "page.html@x=1",
// "php" for "view.php?sid=12". That of a compression, ".gz", is passed over.
func extension(p string) string {
	name := strings.ToLower(path.Base(p))
	name = strings.TrimSuffix(name, ".gz")
	if last := strings.TrimPrefix(path.Ext(name), "."); isPageExtension(last) {
		return last
	}
	if i := strings.IndexAny(name, "?@&;="); i > 0 {
		name = name[:i]
	}
	return strings.TrimPrefix(path.Ext(name), ".")
}

func isPageExtension(ext string) bool { return isHTMLExtension(ext) || ext == "txt" }

func isHTMLExtension(ext string) bool {
	switch ext {
	case "html", "htm", "xhtml", "shtml":
		return true
	}
	return false
}

// fromCP437 reads a name in the code page of DOS, in which zip archives write
// names that they do not mark as UTF-8.
func fromCP437(name string) string {
	const high = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
		"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0"
	table := []rune(high)
	out := make([]rune, len(name))
	for i := range len(name) {
		out[i] = rune(name[i])
		if name[i] >= utf8.RuneSelf {
			out[i] = table[name[i]-utf8.RuneSelf]
		}
	}
	return string(out)
}
