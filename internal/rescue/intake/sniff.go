package intake

import (
	"bytes"
	"regexp"

	"colophon/internal/archive"
)

// form is how the bytes of a file are to be entered.
type form int

const (
	formPage form = iota
	formZip
	formTar
	formGzip
)

// sniff says how a file is to be entered, or why it is not, from its first
// bytes and, where these leave it open, its name.
func sniff(name string, head []byte) (form, *refusal) {
	ext := extension(name)
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")), bytes.HasPrefix(head, []byte("PK00PK\x03\x04")):
		return formZip, zippedDocument(ext)
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}):
		return formGzip, nil
	case isTar(head):
		return formTar, nil
	}
	if no := byMagic(head); no != nil {
		return formPage, no
	}
	if no := byName(ext, head); no != nil {
		return formPage, no
	}
	if !isPageExtension(ext) && looksBinary(head, 1) {
		return formPage, noText(ext)
	}
	return formPage, nil
}

// zippedDocument refuses the documents that are zip archives inside.
func zippedDocument(ext string) *refusal {
	switch ext {
	case "docx", "docm", "odt", "ott", "sxw", "pages":
		return refuse(CodeWord, "a word processor document (.%s)", ext)
	case "epub":
		return refuse(CodeBook, "an e-book (.epub)")
	case "xlsx", "ods", "pptx", "odp", "jar", "xpi", "apk", "kmz", "cbz":
		return refuse(CodeBinary, "not a page (.%s)", ext)
	}
	return nil
}

// byMagic refuses what its first bytes give away.
func byMagic(head []byte) *refusal {
	for _, m := range magics() {
		if len(head) < m.at || !bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			continue
		}
		if !mayBeginText(m.bytes) || looksBinary(head, 1) {
			return refuse(m.code, "%s", m.reason)
		}
	}
	return nil
}

// magic is how files of a kind that is not read begin.
type magic struct {
	at           int
	bytes        string
	code, reason string
}

func magics() []magic {
	const image, word = "an image", "a word processor document"
	return []magic{
		{0, "\xff\xd8\xff", CodeImage, image},
		{0, "\x89PNG\r\n", CodeImage, image},
		{0, "GIF87a", CodeImage, image},
		{0, "GIF89a", CodeImage, image},
		{0, "II*\x00", CodeImage, image},
		{0, "MM\x00*", CodeImage, image},
		{0, "\x00\x00\x01\x00", CodeImage, image},
		{0, "8BPS", CodeImage, image},
		{8, "WEBP", CodeImage, image},
		{0, "%PDF-", CodePDF, "a PDF document"},
		{0, "%!PS", CodePDF, "a PostScript document"},
		{0, "{\\rtf", CodeWord, word + " (.rtf)"},
		{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", CodeWord, word + " (.doc), or another document of the same make"},
		{0, "\xdb\xa5", CodeWord, word + " (.doc)"},
		{0, "\xffWPC", CodeWord, word + " (WordPerfect)"},
		{62, "BOOKMOBI", CodeBook, "an e-book (.mobi)"},
		{60, "BOOKMOBI", CodeBook, "an e-book (.mobi)"},
		{0, "ITSF", CodeBook, "a compiled help book (.chm)"},
		{0, "Rar!\x1a", CodeArchive, "a RAR archive; unpack it first"},
		{0, "7z\xbc\xaf\x27\x1c", CodeArchive, "a 7z archive; unpack it first"},
		{0, "BZh", CodeArchive, "compressed with bzip2; unpack it first"},
		{0, "\xfd7zXZ", CodeArchive, "compressed with xz; unpack it first"},
		{0, "\x28\xb5\x2f\xfd", CodeArchive, "compressed with zstd; unpack it first"},
		{0, "\x1f\x9d", CodeArchive, "compressed with compress (.Z); unpack it first"},
		{2, "-lh", CodeArchive, "an LHA archive; unpack it first"},
		{0, "SIT!", CodeArchive, "a StuffIt archive; unpack it first"},
		{0, "MSCF", CodeArchive, "a cabinet archive; unpack it first"},
		{0, "MZ\x90", CodeBinary, "a program"},
		{0, "\x7fELF", CodeBinary, "a program"},
		{0, "\xca\xfe\xba\xbe", CodeBinary, "a program"},
		{0, "FWS", CodeBinary, "a Flash film"},
		{0, "CWS", CodeBinary, "a Flash film"},
		{0, "ID3", CodeBinary, "sound"},
		{0, "OggS", CodeBinary, "sound"},
		{0, "MThd", CodeBinary, "sound"},
		{8, "WAVE", CodeBinary, "sound"},
		{8, "AVI ", CodeBinary, "a film"},
		{0, "SQLite format 3\x00", CodeData, "a database"},
		{0, "#!/usr/bin/", CodeScript, "a program's source"},
		{0, "#!/bin/", CodeScript, "a program's source"},
	}
}

// mayBeginText says whether a magic could be the first letters of a text.
func mayBeginText(magic string) bool {
	switch magic {
	case "BZh", "FWS", "CWS", "ID3", "OggS", "MThd", "ITSF", "SIT!", "MSCF", "8BPS", "-lh", "WEBP", "WAVE", "AVI ", "BOOKMOBI", "\xdb\xa5":
		return true
	}
	return false
}

// byName refuses what is text but no page.
func byName(ext string, head []byte) *refusal {
	switch ext {
	case "css":
		return refuse(CodeStyle, "a style sheet")
	case "js", "vbs", "class", "pl", "py", "sh", "bat", "java", "inc", "tpl":
		return refuse(CodeScript, "a script or program")
	case "jpg", "jpeg", "gif", "png", "bmp", "ico", "svg", "webp", "tif", "tiff", "xbm", "psd", "pcx":
		return refuse(CodeImage, "an image")
	case "csv", "tsv", "json", "ini", "cfg", "conf", "sql", "log", "dtd", "xsl", "url", "lnk", "webloc", "warc", "mbox", "dat", "db":
		return refuse(CodeData, "data (.%s), not a page", ext)
	case "xml", "rss", "rdf", "atom":
		if !structure.Match(narrow(head)) {
			return refuse(CodeData, "data (.%s), not a page", ext)
		}
	}
	return nil
}

func noText(ext string) *refusal {
	switch ext {
	case "doc", "wpd", "wps", "lwp", "sam", "wri", "cwk":
		return refuse(CodeWord, "a word processor document (.%s)", ext)
	case "lit", "prc", "pdb", "mobi", "lrf":
		return refuse(CodeBook, "an e-book (.%s)", ext)
	}
	return refuse(CodeBinary, "binary: neither a page nor text")
}

// sampleSize is how much of a page decides what kind it is.
const sampleSize = 64 << 10

// structure is markup that only pages have; inline is markup that people also
// type into plain text.
var (
	structure = regexp.MustCompile(`(?i)<(!doctype\s+html|html|head|body|title|meta|table|center|frameset)[\s>/]`)
	inline    = regexp.MustCompile(`(?i)</?(p|br|hr|div|span|font|h[1-6]|a|b|i|u|em|strong|img|pre|blockquote|ul|li|td|tr)(\s[^<>]*)?/?>`)
)

// classify says which kind of page data is, or why it is none. The name decides
// where it names a kind of page and the bytes do not contradict it.
func classify(name string, data []byte) (archive.SourceKind, *refusal) {
	ext := extension(name)
	sample := narrow(data[:min(len(data), sampleSize)])
	if blank(data) {
		return "", refuse(CodeEmpty, "nothing but white space or zero bytes")
	}
	page := structure.Match(sample)
	if !page && looksBinary(sample, 5) {
		return "", noText(ext)
	}
	switch {
	case isHTMLExtension(ext), page:
		return archive.HTML, nil
	case ext == "txt":
		return archive.Text, nil
	case len(inline.FindAll(withoutPHP(sample), 3)) >= 3:
		return archive.HTML, nil
	case bytes.HasPrefix(sample, []byte("<?php")), bytes.HasPrefix(sample, []byte("<%")):
		return "", refuse(CodeScript, "the source of a program, without a page in it")
	}
	return archive.Text, nil
}

// withoutPHP takes out <?php ... ?>, in which tags are the program's.
func withoutPHP(b []byte) []byte {
	var out []byte
	for {
		before, rest, found := bytes.Cut(b, []byte("<?"))
		out = append(out, before...)
		if !found {
			return out
		}
		_, b, _ = bytes.Cut(rest, []byte("?>"))
	}
}

func blank(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	return len(bytes.Trim(data, " \t\r\n\v\f\x00\x1a")) == 0
}

// narrow returns text in UTF-16 without its zero bytes, so that markup can be
// seen in it; other text as it is.
func narrow(b []byte) []byte {
	if bytes.IndexByte(b, 0) < 0 {
		return b
	}
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	marked := bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
	lopsided := len(b) > 3 && max(zeros[0], zeros[1]) > len(b)/4 && min(zeros[0], zeros[1]) < len(b)/50
	if !marked && !lopsided {
		return b
	}
	return bytes.ReplaceAll(b, []byte{0}, nil)
}

// looksBinary says whether more than the given percentage of b is control
// characters. Zero bytes in a page are damage, so they count only where there is
// little else. Escape and shift characters belong to Japanese and Korean text,
// 0x1A ends a DOS text; what has the byte order mark of UTF-16 is text.
func looksBinary(b []byte, percent int) bool {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return false
	}
	b = narrow(b)
	controls, zeros := 0, 0
	for _, c := range b {
		switch {
		case c == 0:
			zeros++
		case c >= ' ' && c != 0x7f, c >= '\t' && c <= '\r', c == 0x0e, c == 0x0f, c == 0x1a, c == 0x1b:
		default:
			controls++
		}
	}
	rest := len(b) - zeros
	return controls*100 > rest*percent || zeros*100 > len(b)*percent && percent < 5 || zeros > rest*3
}
