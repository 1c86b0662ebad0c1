package charset

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// declarationWindow is how far into a page a declaration is looked for.
const declarationWindow = 4096

// labelInPage finds the label of a meta element or of an XML declaration.
var labelInPage = regexp.MustCompile(`(?i)<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([-\w.:]+)|<\?xml\b[^>]*?\bencoding\s*=\s*["']\s*([-\w.:]+)`)

// Declared returns the encoding that the first 4 KB of b declare by a byte
// order mark, a meta element or an XML declaration, "" if none or unknown.
// A page that claims UTF-16 in readable ASCII cannot be UTF-16: as in HTML, UTF-8 is meant.
func Declared(b []byte) string {
	if name, _ := byteOrderMark(b); name != "" {
		return name
	}
	m := labelInPage.FindSubmatch(b[:min(len(b), declarationWindow)])
	if m == nil {
		return ""
	}
	name := canonical(string(bytes.Join(m[1:], nil)))
	if strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-32") {
		return "utf-8"
	}
	return name
}

// byteOrderMark returns the encoding that a mark at the start stands for, and its length.
func byteOrderMark(b []byte) (name string, size int) {
	marks := []struct{ bytes, name string }{
		{"\xef\xbb\xbf", "utf-8"},
		{"\xff\xfe\x00\x00", "utf-32le"},
		{"\x00\x00\xfe\xff", "utf-32be"},
		{"\xff\xfe", "utf-16le"},
		{"\xfe\xff", "utf-16be"},
		{"\x84\x31\x95\x33", "gb18030"},
	}
	for _, m := range marks {
		if bytes.HasPrefix(b, []byte(m.bytes)) {
			return m.name, len(m.bytes)
		}
	}
	return "", 0
}

// canonical returns the name this package uses for a label, "" for an unknown one.
func canonical(label string) string {
	label = strings.ToLower(strings.TrimSpace(label))
	switch label {
	case "":
		return ""
	case ASCII, Undecoded, "ibm855", "johab", "euc-tw", "hz-gb-2312", "iso-2022-kr", "ibm437",
		"utf-32le", "utf-32be", "iso-8859-1", "windows-1252", "utf-8":
		return exactNames(label)
	case "cp855", "855", "csibm855":
		return "ibm855"
	case "cp437", "437":
		return "ibm437"
	case "ms1361", "cp1361":
		return "johab"
	case "x-euc-tw", "cns11643":
		return "euc-tw"
	case "hz", "hz-gb":
		return "hz-gb-2312"
	case "utf-32", "utf32":
		return "utf-32le"
	case "macroman", "mac-roman":
		return "macintosh"
	case "cp936":
		return "gb18030"
	case "cp949", "uhc":
		return "euc-kr"
	case "cp950":
		return "big5"
	case "cp932":
		return "shift_jis"
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "replacement" {
		return ""
	}
	if name == "gbk" {
		return "gb18030"
	}
	return name
}

// exactNames applies the rule of HTML that Latin-1 means windows-1252, whose C1 range it extends.
func exactNames(label string) string {
	if label == "iso-8859-1" || label == ASCII {
		return "windows-1252"
	}
	return label
}
