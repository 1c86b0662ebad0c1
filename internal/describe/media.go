package describe

import (
	"strconv"
	"strings"

	"colophon/internal/archive"
)

// The formats of the kinds of source.
const (
	formatHTML = "text/html"
	formatText = "text/plain"
	bytesUnit  = " B"
)

// media are the sources. Where a source lay on the machine that rescued it, its
// origin, is nobody's business and left out.
func media(sources []archive.Source) many[medium] {
	var all many[medium]
	for i := range sources {
		src := &sources[i]
		m := medium{
			Type: "MediaObject", Name: src.Path, SHA256: src.Digest.String(),
			Size: strconv.FormatInt(src.Size, 10) + bytesUnit, Format: formatOf(src.Kind),
		}
		if src.Copy {
			m.Own = many[property]{{Type: typeProperty, ID: ownCopy, Value: true}}
		}
		all = append(all, m)
	}
	return all
}

func formatOf(k archive.SourceKind) string {
	switch k {
	case archive.HTML:
		return formatHTML
	case archive.Text:
		return formatText
	}
	return string(k)
}

func kindOf(format string) archive.SourceKind {
	switch format {
	case formatHTML:
		return archive.HTML
	case formatText:
		return archive.Text
	}
	return archive.SourceKind(format)
}

// sources reads the sources back.
func sources(all many[medium]) ([]archive.Source, error) {
	var list []archive.Source
	for _, m := range all {
		digest, err := archive.ParseDigest(m.SHA256)
		if err != nil {
			return nil, err
		}
		size, err := strconv.ParseInt(strings.TrimSuffix(m.Size, bytesUnit), 10, 64)
		if err != nil {
			return nil, unfit("contentSize", err)
		}
		src := archive.Source{Path: m.Name, Digest: digest, Size: size, Kind: kindOf(m.Format)}
		for _, p := range m.Own {
			src.Copy = src.Copy || p.ID == ownCopy && p.Value == true
		}
		list = append(list, src)
	}
	return list, nil
}
