package report

import (
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/intake"
)

// codeWords is a kind of finding in words.
func codeWords(code string) string {
	switch code {
	case archive.TitleMissing:
		return "No title"
	case archive.AuthorMissing:
		return "No author"
	case archive.BeginsMid:
		return "Begins in mid-sentence"
	case archive.EndsMid:
		return "Ends in mid-sentence"
	case archive.UndecodableBytes:
		return "Bytes that could not be read"
	case archive.EmptyPage:
		return "Empty page"
	case archive.VeryShort:
		return "Very short"
	case archive.HeaderOnly:
		return "A header without a story"
	case archive.MixedEncodings:
		return "Several encodings in one page"
	case archive.MojibakeRepaired:
		return "Garbled letters repaired"
	case archive.DoubleEscaped:
		return "Escaped twice"
	case archive.DuplicateText:
		return "The same story twice"
	case archive.PartOfLonger:
		return "Part of a longer story"
	case archive.IndexPage:
		return "Probably an index page"
	case archive.EntryWithoutFile:
		return "Index entry without a page"
	case archive.FileWithoutEntry:
		return "Page without an index entry"
	case archive.PartsMissing:
		return "Parts missing"
	case archive.BreaksLost:
		return "Scene breaks seem lost"
	case archive.DateUnsure:
		return "Date may be day or month first"
	case archive.NameVariants:
		return "One name written in several ways"
	}
	return sentence(code)
}

// leftWords is the reason of a group of files in words.
func leftWords(code string) string {
	switch code {
	case intake.CodeTooLarge:
		return "Too large"
	case intake.CodeImage:
		return "Images"
	case intake.CodeStyle:
		return "Style sheets"
	case intake.CodeScript:
		return "Scripts"
	case intake.CodeWord:
		return "Word-processor files"
	case intake.CodePDF:
		return "PDF files"
	case intake.CodeBook:
		return "E-books"
	case intake.CodeData:
		return "Data, not pages"
	case intake.CodeArchive:
		return "Archives of a kind that is not read"
	case intake.CodeBinary:
		return "Binary files"
	case intake.CodeHidden:
		return "Hidden files and system leftovers"
	case intake.CodeLink:
		return "Links"
	case intake.CodeSpecial:
		return "Devices, sockets and pipes"
	case intake.CodeName:
		return "Unsafe names"
	case intake.CodeBomb:
		return "Archives that expand without end"
	case intake.CodeTooMany:
		return "Too many files in an archive"
	case intake.CodeTooDeep:
		return "Archives too deep in archives"
	case intake.CodeEncrypted:
		return "Encrypted"
	case intake.CodeDamaged:
		return "Damaged; what could be read was read"
	case intake.CodeRenamed:
		return "Renamed, as the name was taken"
	}
	return sentence(code)
}

// langTag is a tag fit for a lang attribute. The empty one says that the language
// is not known (HTML, section 3.2.6.2), and keeps that of the page away.
func langTag(tag string) string {
	for _, r := range tag {
		if r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return ""
		}
	}
	return tag
}

// sentence makes words of a code, or of a field that has no label.
func sentence(code string) string {
	s := strings.NewReplacer("-", " ", "_", " ").Replace(code)
	if s == "" {
		return "Other"
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
