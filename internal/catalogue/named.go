package catalogue

import "colophon/internal/archive"

// Named returns a tag, author or series by its id, with the number of stories
// that the audience sees. Errors: NotFound, also where it sees none.
func (c *Catalogue) Named(kind archive.TagKind, id int64, a Audience) (Value, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	n, ok := x.tags.get(id)
	if !isTag(kind) {
		n, ok = x.number(kind, id)
	}
	if !ok || a > SignedIn || x.kinds[x.all[n].kind].kind != kind || x.seen[a][x.resolve(n)] == 0 {
		return Value{}, archive.Errorf(archive.NotFound, "There is no such name.")
	}
	return x.value(n, int64(x.seen[a][x.resolve(n)])), nil
}

// Initial is where names with a new initial begin in a directory.
type Initial struct {
	Initial string
	At      int // names before it
}

// Initials returns each initial of the names of a kind with the place where it
// comes first; initial gives that of a name.
func (c *Catalogue) Initials(kind archive.TagKind, a Audience, initial func(name string) string) []Initial {
	c.mu.RLock()
	defer c.mu.RUnlock()
	x := c.now
	k := x.kind(kind)
	if k == nil || a > SignedIn {
		return nil
	}
	var list []Initial
	known := map[string]bool{}
	at := 0
	for _, n := range k.byKey {
		if x.seen[a][n] == 0 {
			continue
		}
		if in := initial(x.all[n].name); !known[in] {
			known[in] = true
			list = append(list, Initial{in, at})
		}
		at++
	}
	return list
}

// Spell gives tags of stories the names that filters show. Tags that are not
// known keep theirs.
func (c *Catalogue) Spell(tags []archive.EntryTag) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for i := range tags {
		if n, ok := c.now.tags.get(tags[i].ID); ok {
			tags[i].Name = c.now.all[n].name
		}
	}
}

// Totals is how much an audience sees.
type Totals struct{ Stories, Words, Authors, Fandoms, Series int64 }

// Totals counts what an audience sees.
func (c *Catalogue) Totals(a Audience) (t Totals) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if a > SignedIn {
		return t
	}
	x := c.now
	seen := x.seenBy(a)
	t.Stories = int64(seen.count)
	seen.each(func(doc uint32) bool {
		t.Words += int64(x.words[doc])
		return true
	})
	for kind, to := range map[archive.TagKind]*int64{KindAuthor: &t.Authors, archive.TagFandom: &t.Fandoms, KindSeries: &t.Series} {
		k := x.kind(kind)
		if k == nil {
			continue
		}
		for _, n := range k.byKey {
			if x.seen[a][n] > 0 {
				*to++
			}
		}
	}
	return t
}
