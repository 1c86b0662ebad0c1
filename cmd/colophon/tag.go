package main

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// tagCommand is "colophon tag": what an archive makes of the labels of its
// stories. What authors wrote stays as it was written.
type tagCommand struct {
	List      tagListCommand      `cmd:"" help:"List tags with what they stand for and belong to."`
	Canonical tagCanonicalCommand `cmd:"" help:"Make a tag one that filters show; say what it is part of."`
	Synonym   tagSynonymCommand   `cmd:"" help:"Make tags other spellings of one."`
	Unsort    tagUnsortCommand    `cmd:"" help:"Take a tag's place away again."`
	Load      tagLoadCommand      `cmd:"" help:"Place many tags at once, from a file."`
}

// tagKinds is how the help of the commands names the kinds.
const tagKinds = "fandom, character, relationship, freeform, rating, warning or category"

type tagListCommand struct {
	archiveFlags
	Unsorted bool   `help:"Only those that nobody has placed."`
	Kind     string `arg:"" help:"fandom, character, relationship, freeform, rating, warning or category."`
}

// Run lists tags in the form that "tag load" reads.
func (c *tagListCommand) Run(t *terminal) error {
	return withStore(t, c.archiveFlags, func(s *store.Store) error {
		tags, err := s.TagGraph(t.ctx)
		if err != nil {
			return err
		}
		byID := map[int64]*archive.Tag{}
		for i := range tags {
			byID[tags[i].ID] = &tags[i]
		}
		known := false
		for i := range tags {
			g := &tags[i]
			if string(g.Kind) != c.Kind {
				continue
			}
			known = true
			if !c.Unsorted || g.State == archive.TagUnsorted {
				say(t.out, "%s\n", strings.Join(tagLine(g, byID), "\t"))
			}
		}
		if !known {
			return archive.Errorf(archive.Invalid, "There is no tag of the kind %q. The kinds are %s.", c.Kind, tagKinds)
		}
		return nil
	})
}

// tagLine is a tag as a line of the file of "tag load".
func tagLine(g *archive.Tag, byID map[int64]*archive.Tag) []string {
	line := []string{string(g.Kind), g.Name, string(g.State)}
	if of := byID[g.Of]; of != nil {
		return append(line, of.Name)
	}
	for _, id := range g.Parents {
		if p := byID[id]; p != nil {
			line = append(line, string(p.Kind)+":"+p.Name)
		}
	}
	return line
}

type tagCanonicalCommand struct {
	archiveFlags
	Within []string `help:"A wider tag of its kind that it is part of; more than once for more." sep:"none" placeholder:"NAME"`
	Fandom []string `help:"The fandom that owns it; more than once for more." sep:"none" placeholder:"NAME"`
	Place  int      `help:"Its place in a closed set, such as ratings: from 1, the mildest first." placeholder:"N"`
	About  string   `help:"What it means, for readers." placeholder:"TEXT"`
	Kind   string   `arg:"" help:"fandom, character, relationship, freeform, rating, warning or category."`
	Name   string   `arg:"" help:"The tag, spelled as it is to be shown."`
}

// Run makes a tag canonical.
func (c *tagCanonicalCommand) Run(t *terminal) error {
	kind := archive.TagKind(c.Kind)
	p := archive.TagPlace{Kind: kind, Name: c.Name, State: archive.TagCanonical, Order: c.Place, About: c.About}
	for _, name := range c.Within {
		p.Parents = append(p.Parents, archive.TagParent{Kind: kind, Name: name})
	}
	for _, name := range c.Fandom {
		p.Parents = append(p.Parents, archive.TagParent{Kind: archive.TagFandom, Name: name})
	}
	return placeTags(t, c.archiveFlags, []archive.TagPlace{p})
}

type tagSynonymCommand struct {
	archiveFlags
	Kind  string   `arg:"" help:"fandom, character, relationship, freeform, rating, warning or category."`
	Of    string   `arg:"" help:"The tag they stand for."`
	Names []string `arg:"" name:"name" help:"Its other spellings."`
}

// Run makes tags synonyms of one.
func (c *tagSynonymCommand) Run(t *terminal) error {
	var places []archive.TagPlace
	for _, name := range c.Names {
		places = append(places, archive.TagPlace{Kind: archive.TagKind(c.Kind), Name: name, State: archive.TagSynonym, Of: c.Of})
	}
	return placeTags(t, c.archiveFlags, places)
}

type tagUnsortCommand struct {
	archiveFlags
	Kind string `arg:"" help:"fandom, character, relationship, freeform, rating, warning or category."`
	Name string `arg:"" help:"The tag."`
}

// Run makes a tag unsorted.
func (c *tagUnsortCommand) Run(t *terminal) error {
	return placeTags(t, c.archiveFlags, []archive.TagPlace{{Kind: archive.TagKind(c.Kind), Name: c.Name, State: archive.TagUnsorted}})
}

type tagLoadCommand struct {
	archiveFlags
	File string `arg:"" type:"existingfile" help:"Lines of kind, name, state, and what a synonym stands for or the parents (kind:name), parted by tabs; as \"tag list\" writes them."`
}

// Run places the tags of a file, all of them or none.
func (c *tagLoadCommand) Run(t *terminal) (err error) {
	f, err := os.Open(c.File)
	if err != nil {
		return archive.Wrap(archive.Invalid, "cannot read "+c.File, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	places, err := readPlaces(f)
	if err != nil {
		return err
	}
	return placeTags(t, c.archiveFlags, places)
}

// readPlaces reads the lines of "tag load"; empty ones and those that begin with
// # are left out.
func readPlaces(r io.Reader) (places []archive.TagPlace, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		p, err := placeOf(strings.Split(line, "\t"))
		if err != nil {
			return nil, archive.Wrap(archive.Invalid, "line "+strconv.Itoa(n), err)
		}
		places = append(places, p)
	}
	return places, lines.Err()
}

func placeOf(cells []string) (p archive.TagPlace, err error) {
	if len(cells) < 3 {
		return p, archive.Errorf(archive.Invalid, "a line has kind, name and state, with tabs between them")
	}
	p = archive.TagPlace{Kind: archive.TagKind(cells[0]), Name: cells[1], State: archive.TagState(cells[2])}
	rest := cells[3:]
	if p.State == archive.TagSynonym {
		if len(rest) != 1 {
			return p, archive.Errorf(archive.Invalid, "a synonym is followed by the one tag it stands for")
		}
		p.Of = rest[0]
		return p, nil
	}
	for _, cell := range rest {
		kind, name, ok := strings.Cut(cell, ":")
		if !ok {
			return p, archive.Errorf(archive.Invalid, "a parent is written kind:name, not %q", cell)
		}
		p.Parents = append(p.Parents, archive.TagParent{Kind: archive.TagKind(kind), Name: name})
	}
	return p, nil
}

// placeTags places tags and says how many.
func placeTags(t *terminal, at archiveFlags, places []archive.TagPlace) error {
	return withStore(t, at, func(s *store.Store) error {
		if err := s.PlaceTags(t.ctx, places); err != nil {
			return err
		}
		if len(places) == 1 {
			say(t.out, "%s %q is %s\n", places[0].Kind, places[0].Name, places[0].State)
			return nil
		}
		say(t.out, "%d tags are placed\n", len(places))
		return nil
	})
}

// withStore opens an archive that is there for one act.
func withStore(t *terminal, at archiveFlags, act func(*store.Store) error) (err error) {
	d, err := openData(t.ctx, at, reading, slog.New(slog.NewTextHandler(t.err, nil)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	return act(d.store)
}
