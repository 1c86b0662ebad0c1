package lab_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// page is one generated page.
type page struct {
	path  string // with slashes
	data  []byte
	title string
}

// pages makes n pages of about size bytes each: six layouts, forty authors, nine
// folders. The same seed gives the same pages.
func pages(n, size int, seed uint64) []page {
	out := make([]page, n)
	for i := range out {
		out[i] = makePage(i, size, seed)
	}
	return out
}

// makePage makes page i of a set.
func makePage(i, size int, seed uint64) page {
	g := &generator{r: rand.New(rand.NewPCG(seed, uint64(i)))}
	h := g.head(i)
	var b strings.Builder
	ext := "html"
	switch i % 6 {
	case 0:
		g.labelled(&b, h, size)
	case 1:
		g.bold(&b, h, size)
	case 2:
		g.table(&b, h, size)
	case 3:
		g.broken(&b, h, size)
	case 4:
		g.fonts(&b, h, size)
	default:
		ext = "txt"
		g.text(&b, h, size)
	}
	return page{path: fmt.Sprintf("%s/story%05d.%s", h.folder, i, ext), data: []byte(b.String()), title: h.title}
}

// writePages writes pages below a folder and returns their bytes in all.
func writePages(t testing.TB, dir string, all []page) (bytes int64) {
	t.Helper()
	for _, p := range all {
		path := filepath.Join(dir, filepath.FromSlash(p.path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, p.data, 0o600); err != nil {
			t.Fatal(err)
		}
		bytes += int64(len(p.data))
	}
	return bytes
}

// generator writes sentences from word lists.
type generator struct{ r *rand.Rand }

// head is what a page says of its story.
type head struct {
	title, author, rating, fandom, date, summary, folder string
}

func (g *generator) pick(list string) string {
	words := strings.Fields(list)
	return words[g.r.IntN(len(words))]
}

const (
	adjectives = `amber brackish careful distant early faithful grey hollow idle jaunty keen late mended narrow odd patient quiet rusty salt tall uneven
		vacant weathered yellow borrowed crooked dusty eager folded gentle hurried iron little muddy northern painted restless silver tired`
	nouns = `anchor bell bridge candle chart clock compass door engine ferry garden harbour island jetty kettle ladder lamp ledger market mirror mountain
		needle orchard paddle quarry railway river rope shutter signal stair station storm tower tram tunnel valley wagon window workshop letter teapot`
	verbs = `answered borrowed carried counted crossed drew followed found forgot gathered heard held kept left lifted lit looked mended noticed opened
		packed painted passed pulled pushed read remembered repaired rowed saw showed sorted swept took turned wanted watched whistled wound wrote`
	names    = `Abel Berit Cosmo Dagny Edda Fenn Gerda Halvard Imke Joss Keziah Leander Mirre Nevin Orla Piers Quill Runa Sverre Tilda Ulf Vesna Wystan Ysolde`
	surnames = `Ashdown Brindle Catterick Dunmore Eversley Farrow Garth Hollin Inkpen Jessop Kettering Larkham Marlow Netherby Ormond Penrose`
	shows    = `Tidewatch Lanternfall Ninefold Ravenshaw Saltmarsh Copperline Windmere Hexwater`
	links    = `after although and as because before but if since so that though until when where while yet`
)

func (g *generator) head(i int) head {
	names, surnames := strings.Fields(names), strings.Fields(surnames)
	return head{
		title:   fmt.Sprintf("The %s %s %d", upper(g.pick(adjectives)), upper(g.pick(nouns)), i),
		author:  names[i%len(names)] + " " + surnames[i%40%len(surnames)],
		rating:  g.pick("G PG PG-13 R K+ T"),
		fandom:  g.pick(shows),
		date:    fmt.Sprintf("%d-%02d-%02d", 1998+g.r.IntN(10), 1+g.r.IntN(12), 1+g.r.IntN(28)),
		summary: g.sentence(),
		folder:  g.pick("archive letters series guests older winter summer exchange misc"),
	}
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// clause is a subject, a verb and an object.
func (g *generator) clause() string {
	subject := g.pick(names)
	if g.r.IntN(3) == 0 {
		subject = "the " + g.pick(adjectives) + " " + g.pick(nouns)
	}
	return subject + " " + g.pick(verbs) + " the " + g.pick(adjectives) + " " + g.pick(nouns)
}

func (g *generator) sentence() string {
	s := g.clause()
	for range g.r.IntN(3) {
		s += ", " + g.pick(links) + " " + g.clause()
	}
	return upper(s) + "."
}

// paragraph is a few sentences, now and then with speech, an accent or a dash.
func (g *generator) paragraph(quote, unquote string) string {
	var s []string
	for range 2 + g.r.IntN(5) {
		switch t := g.sentence(); g.r.IntN(8) {
		case 0:
			s = append(s, quote+strings.TrimSuffix(t, ".")+","+unquote+" said "+g.pick(names)+".")
		default:
			s = append(s, t)
		}
	}
	return strings.Join(s, " ")
}

func (g *generator) labelled(b *strings.Builder, h head, size int) {
	fmt.Fprintf(b, "<html><head><title>%s by %s</title></head>\n<body bgcolor=#ffffff>\n<center><a href=\"../index.html\">Home</a> | <a href=\"../new.html\">New stories</a></center><hr>\n", h.title, h.author)
	fmt.Fprintf(b, "<p>Title: %s<br>\nAuthor: %s<br>\nE-mail: writer%d@example.org<br>\nRating: %s<br>\nFandom: %s<br>\nDate: %s<br>\nSummary: %s</p>\n<hr>\n", h.title, h.author, g.r.IntN(999), h.rating, h.fandom, h.date, h.summary)
	for b.Len() < size {
		fmt.Fprintf(b, "<p>%s</p>\n", g.paragraph(`"`, `"`))
		if g.r.IntN(12) == 0 {
			b.WriteString("<p align=center>* * *</p>\n")
		}
	}
	b.WriteString("<p>THE END</p>\n<hr><p><font size=1>This archive is kept by its friends. <a href=\"../mail.html\">Write to us</a>.</font></p></body></html>\n")
}

func (g *generator) bold(b *strings.Builder, h head, size int) {
	fmt.Fprintf(b, "<HTML><HEAD><TITLE>%s</TITLE></HEAD><BODY><H1>%s</H1>\n<B>Author:</B> %s<BR><B>Rating:</B> %s<BR><B>Fandom:</B> %s<BR><B>Summary:</B> %s<BR>\n<HR>\n", h.title, h.title, h.author, h.rating, h.fandom, h.summary)
	for b.Len() < size {
		fmt.Fprintf(b, "%s<BR><BR>\n", g.paragraph("&quot;", "&quot;"))
		if g.r.IntN(14) == 0 {
			b.WriteString("<HR WIDTH=50%>\n")
		}
	}
	b.WriteString("</BODY></HTML>\n")
}

func (g *generator) table(b *strings.Builder, h head, size int) {
	fmt.Fprintf(b, "<html><head><title>Stories: %s</title></head><body><table width=100%%><tr><td width=120 valign=top><a href=a.html>Home</a><br><a href=b.html>Authors</a><br><a href=c.html>Links</a></td><td>\n<h2>%s</h2><h3>by %s</h3>\n<p><i>%s</i></p>\n<p>Rated %s</p>\n", h.title, h.title, h.author, h.summary, h.rating)
	for b.Len() < size {
		fmt.Fprintf(b, "<p>%s <i>%s</i> %s\n", g.paragraph("\u201c", "\u201d"), g.sentence(), g.paragraph("\u201c", "\u201d"))
	}
	b.WriteString("</td></tr></table></body></html>\n")
}

// broken is a page all on one line, with windows-1252 quotation marks.
func (g *generator) broken(b *strings.Builder, h head, size int) {
	fmt.Fprintf(b, "<html><body><b>%s</b><br>by %s<br>Rating: %s<br>Disclaimer: %s belongs to its makers.<br><br>", h.title, h.author, h.rating, h.fandom)
	for b.Len() < size {
		fmt.Fprintf(b, "%s<br><br>", g.paragraph("\x93", "\x94"))
	}
	b.WriteString("</body></html>")
}

// fonts opens an element in each paragraph and closes none.
func (g *generator) fonts(b *strings.Builder, h head, size int) {
	fmt.Fprintf(b, "<html><head><title>%s</title></head><body><h1>%s</h1><p>Author: %s<p>Rating: %s<p>Fandom: %s<p>Summary: %s<hr>", h.title, h.title, h.author, h.rating, h.fandom, h.summary)
	for b.Len() < size {
		fmt.Fprintf(b, "<p><font face=\"Verdana\" size=2>%s\n", g.paragraph("\"", "\""))
	}
	b.WriteString("</body></html>")
}

// text is a page of a mailing list, wrapped.
func (g *generator) text(b *strings.Builder, h head, size int) {
	fmt.Fprintf(b, "TITLE: %s\nAUTHOR: %s\nRATING: %s\nFANDOM: %s\nDATE: %s\nSUMMARY: %s\n\n", h.title, h.author, h.rating, h.fandom, h.date, h.summary)
	for b.Len() < size {
		width := 0
		for word := range strings.FieldsSeq(g.paragraph(`"`, `"`)) {
			if width+len(word) > 71 {
				b.WriteByte('\n')
				width = 0
			}
			if width > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word)
			width += len(word) + 1
		}
		b.WriteString("\n\n")
	}
	b.WriteString("THE END\n")
}
