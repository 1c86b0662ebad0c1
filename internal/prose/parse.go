package prose

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ParseHTML reads any HTML fragment into a Text by allow-list. It works on
// tokens, not on a tree, so that pages with any number of open, unclosed or
// crossed elements keep all their text. What a reader would not have seen goes:
// comments, scripts, style sheets, the title of a page. Two line breaks part
// paragraphs; more of them leave a Gap, as does a paragraph of white space only. A
// picture that stands alone is an Image with its address, one inside a sentence
// becomes its alternative text. An unknown element without attributes and
// without an end (<grin>) is text that nobody escaped, and kept as such.
//
// ParseHTML(t.HTML()) equals t.Normal(). An error is one of the tokenizer, which
// does not fail on a string.
func ParseHTML(s string) (Text, error) {
	p := parser{z: html.NewTokenizer(strings.NewReader(s)), src: s}
	p.scope.frames = map[atom.Atom]*counted[effect]{}
	for {
		token := p.z.Next()
		p.pos += p.size
		p.size = len(p.z.Raw())
		switch token {
		case html.ErrorToken:
			p.flush()
			if err := p.z.Err(); !errors.Is(err, io.EOF) {
				return p.out, fmt.Errorf("prose: reading HTML: %w", err)
			}
			return p.out, nil
		case html.TextToken:
			if p.skip == 0 {
				p.text(string(p.z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start()
		case html.EndTagToken:
			name, _ := p.z.TagName()
			p.end(atom.Lookup(name))
		}
	}
}

// parser turns tokens into blocks. Everything it remembers about open elements
// is counted or capped, never one entry for each tag.
type parser struct {
	z      *html.Tokenizer
	src    string
	out    Text
	runs   []Run
	images []int // indices into runs that are pictures
	href   string
	skip   atom.Atom // the element whose raw text is being left out
	leaf   leaf
	scope  scope
	saved  []scope
	over   int            // tables and cells beyond maxScopes
	pos    int            // where the token being read begins in src
	size   int            // and how many bytes it has
	closes map[string]int // memo of hasCloser: where the last end tag begins
}

// leaf is what the open paragraph, heading or list item says about its block.
type leaf struct {
	kind  Kind
	level int
	props props
}

func (p *parser) start() {
	name, more := p.z.TagName()
	a := atom.Lookup(name)
	if a == 0 && (!more || string(name) == "lj") {
		p.unknown(string(name), more)
		return
	}
	var at attributes
	if more {
		at = readAttributes(p.z)
	}
	switch a {
	case atom.Script, atom.Style:
		p.skip = a
	case atom.Title:
		if p.hasCloser("title") {
			p.skip = a
		} else { // it would swallow the rest of the page
			p.z.NextIsNotRawText()
		}
	case atom.Xmp, atom.Plaintext, atom.Textarea, atom.Listing:
		p.flush()
		p.scope.pre++
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript:
		p.flush()
		p.z.NextIsNotRawText()
	default:
		p.open(a, at)
	}
}

// open handles the start tags that shape text.
func (p *parser) open(a atom.Atom, at attributes) {
	switch a {
	case atom.Br:
		p.runs = append(p.runs, Run{Text: "\n"})
	case atom.Hr:
		p.flush()
		p.out = append(p.out, Block{Kind: Break, Quote: min(p.scope.quote, maxQuote)})
	case atom.Img, atom.Image:
		p.images = append(p.images, len(p.runs))
		p.runs = append(p.runs, Run{Text: strings.TrimSpace(at.alt), Marks: p.scope.set, Href: at.src})
	case atom.A:
		p.href = safeHref(at.href)
	case atom.Q:
		p.text("“")
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dt, atom.Dd:
		p.flush()
		p.leaf = newLeaf(a, at)
	case atom.Li:
		p.flush()
		p.leaf = newLeaf(a, at)
		p.scope.item = true
	case atom.Table, atom.Td, atom.Th, atom.Tr, atom.Caption:
		p.openTable(a)
		p.container(a, at)
	default:
		if block(a) {
			p.flush()
			p.leaf = leaf{}
			p.container(a, at)
			return
		}
		p.inline(a, at.effect(a))
	}
}

// container opens a block that holds other blocks.
func (p *parser) container(a atom.Atom, at attributes) {
	switch a {
	case atom.Blockquote:
		p.scope.quote++
	case atom.Pre:
		p.scope.pre++
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		p.scope.lists.push(a == atom.Ol)
	case atom.Table, atom.Tr, atom.Html, atom.Body:
		return // their alignment places the box, not the text in it
	}
	p.frame(a).push(effect{container: true})
	p.scope.props.push(at.props(a).over(p.scope.props.top()))
}

func (p *parser) frame(a atom.Atom) *counted[effect] {
	f := p.scope.frames[a]
	if f == nil {
		f = new(counted[effect])
		p.scope.frames[a] = f
	}
	return f
}

func (p *parser) inline(a atom.Atom, e effect) {
	if a == 0 || !p.frame(a).push(e) {
		return
	}
	if e.lang != "" {
		p.scope.langs.push(e.lang)
	}
	p.mark(e.marks, 1)
}

func (p *parser) mark(m Mark, by int) {
	for i := range p.scope.marks {
		bit := Mark(1) << i
		if m&bit == 0 {
			continue
		}
		p.scope.marks[i] += by
		if p.scope.marks[i] > 0 {
			p.scope.set |= bit
		} else {
			p.scope.set &^= bit
		}
	}
}

func (p *parser) end(a atom.Atom) {
	if p.skip != 0 {
		if a == p.skip {
			p.skip = 0
		}
		return
	}
	switch a {
	case atom.Br: // browsers read </br> as a line break
		p.runs = append(p.runs, Run{Text: "\n"})
	case atom.A:
		p.href = ""
	case atom.Q:
		p.text("”")
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dt, atom.Dd:
		p.flush()
		p.leaf = leaf{}
	case atom.Li:
		p.flush()
		p.leaf = leaf{}
		p.scope.item = false
	case atom.Table, atom.Tr, atom.Td, atom.Th, atom.Caption:
		p.closeTable(a)
	case atom.Xmp, atom.Textarea, atom.Listing:
		p.flush()
		p.scope.pre = max(0, p.scope.pre-1)
	default:
		p.close(a)
	}
}

// close ends a container or an inline element, if one of that name is open.
func (p *parser) close(a atom.Atom) {
	isBlock := block(a)
	if isBlock {
		p.flush()
		p.leaf = leaf{}
	}
	f := p.scope.frames[a]
	if f == nil {
		return
	}
	e, ok := f.pop()
	if !ok {
		return
	}
	p.mark(e.marks, -1)
	if e.container {
		p.scope.props.pop()
	}
	if e.lang != "" {
		p.scope.langs.pop()
	}
	switch a {
	case atom.Blockquote:
		p.scope.quote--
	case atom.Pre:
		p.scope.pre--
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		p.scope.lists.pop()
		p.scope.item = false
	}
}

// text adds text to the open block. A line end of the source is a space unless
// the text is pre-formatted; only <br> breaks a line.
func (p *parser) text(s string) {
	switch {
	case p.scope.pre > 0:
	case s == "\n":
		s = " "
	case p.leaf.kind == Verse:
		s = strings.NewReplacer("\n", " ", "\r", " ").Replace(s)
	}
	lang := p.scope.langs.top()
	if lang == "" {
		lang = p.leafProps().lang
	}
	p.runs = append(p.runs, Run{Text: s, Marks: p.scope.set, Href: p.href, Lang: lang})
}

func (p *parser) leafProps() props {
	return p.leaf.props.over(p.scope.props.top())
}

// flush ends the open block, if there is one.
func (p *parser) flush() {
	p.href = "" // a link left open would run on to the end of the page
	if len(p.runs) == 0 {
		return
	}
	b, before := p.newBlock(), len(p.out)
	from := 0
	if len(p.images) > 0 {
		from = p.pictures(b)
	}
	b.Runs = p.runs[from:]
	p.out = appendNormal(p.out, b, true)
	if len(p.out) > before && p.out[len(p.out)-1].Kind != Gap {
		p.scope.item = false
	}
	clear(p.runs)
	p.runs, p.images = p.runs[:0], p.images[:0]
}

// pictures gives each picture that has a line to itself a block, with the text
// before it in another, and returns where the rest of the runs begins. Pictures
// inside a line become their alternative text.
func (p *parser) pictures(b Block) int {
	from, next := 0, 0
	for start := 0; start < len(p.runs); {
		end := start
		for end < len(p.runs) && p.runs[end].Text != "\n" {
			end++
		}
		first := next
		for next < len(p.images) && p.images[next] < end {
			next++
		}
		here := p.images[first:next]
		if len(here) > 0 && p.onlyImages(start, end, here) {
			b.Runs = p.runs[from:start]
			p.out = appendNormal(p.out, b, true)
			for _, i := range here {
				picture := b
				picture.Kind, picture.Runs = Image, p.runs[i:i+1]
				p.out = appendNormal(p.out, picture, true)
			}
			from = min(end+1, len(p.runs))
		} else {
			for _, i := range here {
				p.runs[i].Href = ""
			}
		}
		start = end + 1
	}
	return from
}

// onlyImages reports whether the line of runs start to end shows nothing but
// the pictures at the given indices.
func (p *parser) onlyImages(start, end int, images []int) bool {
	for i := start; i < end; i++ {
		if len(images) > 0 && images[0] == i {
			images = images[1:]
		} else if !blankLine(p.runs[i : i+1]) {
			return false
		}
	}
	return true
}

func (p *parser) newBlock() Block {
	at := p.leafProps()
	b := Block{Kind: p.leaf.kind, Level: p.leaf.level, Quote: p.scope.quote, Align: at.align.value(), Dir: at.dir}
	switch {
	case p.scope.pre > 0:
		b.Kind = Pre
	case p.scope.item && p.leaf.kind == Paragraph:
		b.Kind = Item
		b.Ordered = p.scope.lists.top()
	}
	return b
}
