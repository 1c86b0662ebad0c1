package report

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"sort"

	"colophon/internal/archive"
	"colophon/internal/charset"
	"colophon/internal/rescue/address"
)

// extent is a range of a sheet's text, the end exclusive. Other ranges are in
// bytes of the original.
type extent struct{ Start, End int }

func (x extent) overlaps(y extent) bool { return x.Start < y.End && y.Start < x.End }

// sheet is an original as text, with what must not be shown of it.
type sheet struct {
	text   *charset.Text
	sealed []extent // in order
}

// readSheet reads an original as the rescue read it. An error of kind NotFound
// or Damaged says why it cannot be shown.
func readSheet(s *archive.Story, src archive.Source, original Original) (*sheet, error) {
	b, err := original(src)
	if err != nil {
		return nil, err
	}
	if archive.Digest(sha256.Sum256(b)) != src.Digest {
		return nil, archive.Errorf(archive.Damaged, "The file is not what was read: it has changed since.")
	}
	t, err := charset.Replay(b, src.Reading)
	if err != nil {
		return nil, archive.Wrap(archive.Damaged, "The notes on how its bytes were read do not fit them.", err)
	}
	sh := &sheet{text: t}
	for _, x := range s.Sealed {
		if x.Source == src.Path && x.Start < x.End {
			sh.sealed = append(sh.sealed, sh.span(x.Start, x.End))
		}
	}
	if src.Copy && len(sh.sealed) == 0 {
		// An index page that gave evidence belongs to no story, so that no story
		// says what is sealed in it.
		for _, m := range address.Find(t.S) {
			sh.sealed = append(sh.sealed, extent{m.Start, m.End})
		}
	}
	slices.SortFunc(sh.sealed, func(a, b extent) int { return cmp.Compare(a.Start, b.Start) })
	return sh, nil
}

// span is the text of a range of bytes, widened to whole characters and never
// narrowed.
func (s *sheet) span(start, end int) extent {
	from, to := s.index(start), s.indexAfter(end)
	return extent{from, max(from, to)}
}

// index is where the character of a byte begins.
func (s *sheet) index(at int) int {
	i := sort.Search(len(s.text.S), func(i int) bool { return s.text.Offset(i) > at }) - 1
	if i < 0 {
		return 0
	}
	first := s.text.Offset(i)
	return sort.Search(i, func(k int) bool { return s.text.Offset(k) >= first })
}

// indexAfter is where the character before a byte ends.
func (s *sheet) indexAfter(at int) int {
	return sort.Search(len(s.text.S), func(i int) bool { return s.text.Offset(i) >= at })
}

// sealedIn returns the sealed ranges that a range touches.
func (s *sheet) sealedIn(x extent) []extent {
	var out []extent
	for _, y := range s.sealed {
		if y.overlaps(x) {
			out = append(out, y)
		}
	}
	return out
}

// around widens a range by n characters on each side.
func (s *sheet) around(x extent, n int) extent {
	for range n {
		if x.Start > 0 {
			x.Start = runeStart(s.text.S, x.Start-1)
		}
		if x.End < len(s.text.S) {
			x.End = s.runeEnd(x.End + 1)
		}
	}
	return x
}

// runeEnd is i, or the end of the character that i stands in.
func (s *sheet) runeEnd(i int) int {
	if start := runeStart(s.text.S, i); start < i {
		for i++; i < len(s.text.S) && runeStart(s.text.S, i) == start; i++ {
		}
	}
	return min(i, len(s.text.S))
}

// head and tail cut a range to at most n bytes of text at its beginning or end.
func (s *sheet) head(x extent, n int) extent {
	return extent{x.Start, max(x.Start, runeStart(s.text.S, min(x.End, x.Start+n)))}
}

func (s *sheet) tail(x extent, n int) extent {
	return extent{runeStart(s.text.S, max(x.Start, x.End-n)), x.End}
}
