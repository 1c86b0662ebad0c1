package rescue

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// entry is what an index page says of one story: a link and the words beside it.
type entry struct {
	Target  string // path of the page it leads to, relative to the origin
	Title   said
	Author  said
	Rating  said
	Summary said
}

// said is what an index page says, and where.
type said struct {
	Text       string
	Start, End int // byte range in the index page
}

// minEntries is how many links to pages of the folder make an index.
const minEntries = 4

// localPath makes a link found on a page in folder dir a path relative to the
// origin, "" for links that lead elsewhere.
func localPath(dir, href string) string {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return "" // a link that cannot be read leads nowhere in the folder
	}
	p := u.Path
	if strings.HasPrefix(p, "/") {
		p = strings.TrimLeft(p, "/")
	} else {
		p = path.Join(dir, p)
	}
	if u.RawQuery != "" {
		p += "?" + u.RawQuery
	}
	p = path.Clean(p)
	if strings.HasPrefix(p, "..") || p == "." {
		return ""
	}
	return p
}

var pageLike = regexp.MustCompile(`(?i)(?:\.(?:s?html?|xhtml|txt|php|cgi|asp|cfm)(?:\?.*)?|/[^./]+)$`)

var fileName = regexp.MustCompile(`(?i)^[\w%./-]+\.(?:s?html?|txt|php|cgi)$`)

var siteWord = regexp.MustCompile(`(?i)^(?:home|main|back|index|next|prev(?:ious)?|links?|news|updates?|guestbook|faq|about|contact|search|top|up|e-?mail|forum|mailing list|submit|rules)\b`)

// index reads a page as an index of stories; none where it is no index. A page
// with a story on it is no index, however many links it has.
func (s *sheet) index() []entry {
	if s.page == nil || len(s.page.Links) < minEntries || s.storyBytes() > 1500 {
		return nil
	}
	var out []entry
	seen := map[string]bool{}
	menus := s.menus()
	for i, l := range s.page.Links {
		target := s.resolve(l.Href)
		if l.Line < 0 || menus[l.Line] || target == "" || target == s.file.Rel || seen[target] {
			continue
		}
		if l.Text == "" || !pageLike.MatchString(target) || siteWord.MatchString(l.Text) || vocab.ChromeLine(l.Text) || chapterLink(l.Text) {
			continue
		}
		seen[target] = true
		out = append(out, s.entry(i, target))
	}
	if len(out) < minEntries || s.tellsItself() {
		return nil
	}
	return out
}

// tellsItself reports whether the page has a header of its own, with a title and
// an author by their labels: then it is a story, be it ever so short.
func (s *sheet) tellsItself() bool {
	h := s.rescuer.headers.Read(s.page, 0, len(s.page.Lines), header.Options{Common: s.folder.common})
	title, _ := h.First(archive.FieldTitle)
	author, _ := h.First(archive.FieldAuthors)
	return title.Rule == "title-label" && author.Rule == "author-label"
}

// menus returns the lines that are menus of the site: marked as such, on many
// pages of the folder, or three links and more with nothing between them.
func (s *sheet) menus() map[int]bool {
	links := map[int]int{}
	for _, l := range s.page.Links {
		links[l.Line]++
	}
	out := map[int]bool{}
	for n, count := range links {
		if n < 0 || n >= len(s.page.Lines) {
			out[n] = n >= len(s.page.Lines)
			continue
		}
		l := &s.page.Lines[n]
		out[n] = l.Region == page.ChromeRegion || s.folder.Share(l.Text) > 0.25 || count > 2 && l.LinkShare() > 0.6
	}
	return out
}

// chapterLink reports whether a link leads to a chapter rather than a story.
func chapterLink(text string) bool {
	if _, ok := vocab.ChapterHeading(text); ok {
		return true
	}
	return vocab.Number(text) > 0
}

// storyBytes is how much running text the page has that is not link text.
func (s *sheet) storyBytes() int {
	n := 0
	for i := range s.page.Lines {
		l := &s.page.Lines[i]
		if l.Part == page.Story && l.LinkShare() < 0.3 && len(l.Text) > 150 {
			n += len(l.Text)
		}
	}
	return n
}

// entry reads the link i and what stands beside it, up to the next link.
func (s *sheet) entry(i int, target string) entry {
	link := s.page.Links[i]
	first := min(link.Line, len(s.page.Lines)-1)
	e := entry{Target: target, Title: s.said(first, 0, strings.Trim(link.Text, " \"\u201c\u201d*"))}
	from := 0
	if at := strings.Index(s.page.Lines[first].Text, link.Text); at >= 0 {
		from = at + len(link.Text)
	}
	s.besideParts(&e, s.beside(i), func(words string) said { return s.said(first, from, words) })
	return e
}

// besideLines is how many lines from its link on may speak of a story.
const besideLines = 6

// said finds words from a place in line i on.
func (s *sheet) said(i, from int, words string) said {
	words = strings.Clone(words) // it is kept to the end, and must not hold on to the page
	for k := i; k < min(len(s.page.Lines), i+besideLines); k++ {
		l := &s.page.Lines[k]
		if at := strings.Index(l.Text[from:], words); at >= 0 {
			start, end := l.Doc(from+at, from+at+len(words))
			start, end = s.text.Range(start, end)
			return said{words, start, end}
		}
		from = 0
	}
	return said{Text: words}
}

// beside is the text from link i to the next link that leads elsewhere.
func (s *sheet) beside(i int) string {
	link := s.page.Links[i]
	last := len(s.page.Lines)
	for _, next := range s.page.Links[i+1:] {
		if next.Line > link.Line {
			last = next.Line
			break
		}
	}
	last = min(last, link.Line+besideLines)
	var b strings.Builder
	for k := link.Line; k < max(last, link.Line+1) && k < len(s.page.Lines); k++ {
		text := s.page.Lines[k].Text
		if k == link.Line {
			if at := strings.Index(text, link.Text); at >= 0 {
				text = text[at+len(link.Text):]
			}
		}
		if s.page.Lines[k].Kind == page.Rule {
			break
		}
		b.WriteString(strings.TrimSpace(text))
		b.WriteString(" \n")
	}
	return strings.TrimLeft(b.String(), " -\u2013:,\n")
}

var besideBy = regexp.MustCompile(`(?i)^(?:by|von|par|автор:?)\s+([^\n,;()\[\]]{2,40}?)\s*(?:[\n,;()\[\]]|\s-|\s\x{2013}|$)`)

// besideParts finds author, rating and summary in the words beside a link; at
// finds where they stand.
func (s *sheet) besideParts(e *entry, beside string, at func(words string) said) {
	rest := beside
	if m := besideBy.FindStringSubmatchIndex(beside); m != nil {
		e.Author = at(strings.TrimSpace(beside[m[2]:m[3]]))
		rest = beside[m[3]:]
	} else if a, b, ok := vocab.Byline(beside); ok {
		e.Author = at(strings.TrimSpace(strings.SplitN(beside[a:b], "\n", 2)[0]))
		if k := strings.Index(rest, e.Author.Text); k >= 0 {
			rest = rest[k+len(e.Author.Text):]
		}
	}
	for _, piece := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("\n()[]|", r) }) {
		piece = strings.Trim(piece, " -\u2013,;:.")
		if piece == "" {
			continue
		}
		if i, j, ok := s.rescuer.words.Rating(piece); ok && e.Rating.Text == "" && len(piece) < 24 {
			e.Rating = at(piece[i:j])
		} else if strings.Count(piece, " ") > 4 && e.Summary.Text == "" {
			e.Summary = at(piece)
			e.Summary.Text = mask(piece)
		}
	}
}

// addIndex notes an index page; its entries are compared with the stories when
// everything has been read.
func (r *run) addIndex(f numbered, s *sheet, entries []entry) {
	c := &card{file: f.n, origin: f.Origin, path: f.Path, rel: f.Rel, digest: s.digest, entries: entries}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cards = append(r.cards, c)
	r.result.Pages = append(r.result.Pages, archive.Finding{Code: archive.IndexPage, Source: f.Path, Message: "The page is an index. What it says of the stories is kept as evidence."})
	r.result.sources[f.Origin+"\x00"+f.Path] = indexSource{s.source, s.seal()}
}

// addTextless notes a page on which there is neither header nor story.
func (r *run) addTextless(f numbered, s *sheet) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.result.Pages = append(r.result.Pages, archive.Finding{Code: archive.EmptyPage, Source: f.Path, Message: "There is no story on the page: it holds only the site's own lines. The original is kept."})
	_ = s
}

var (
	nextWords = regexp.MustCompile(`(?i)^\W*(?:next(?: (?:chapter|part|page))?|continue(?:d)?|on to (?:part|chapter).*|(?:part|chapter) \w+|weiter|nächstes? (?:kapitel|teil)|suite|chapitre suivant|partie suivante|дальше|следующая(?: глава| часть)?|siguiente|avanti)\W*$`)
	prevWords = regexp.MustCompile(`(?i)^\W*(?:prev(?:ious)?(?: (?:chapter|part|page))?|back to (?:part|chapter).*|zurück|voriges? (?:kapitel|teil)|précédent|предыдущая(?: глава| часть)?|anterior|indietro)\W*$`)
)

// neighbours returns the pages that the page's next and previous links lead to.
func (s *sheet) neighbours() (next, prev string) {
	for _, l := range s.page.Links {
		target := s.resolve(l.Href)
		if target == "" || target == s.file.Rel {
			continue
		}
		switch {
		case l.Rel == "next" || nextWords.MatchString(l.Text) && next == "":
			if vocab.Number(strings.TrimPrefix(strings.ToLower(l.Text), "chapter ")) == 0 || l.Rel == "next" {
				next = target
			}
		case l.Rel == "prev" || l.Rel == "previous" || prevWords.MatchString(l.Text) && prev == "":
			prev = target
		}
	}
	return next, prev
}
