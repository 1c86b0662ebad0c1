package store

import (
	"context"
	"slices"
	"unicode/utf8"

	"colophon/internal/archive"
)

// Outcome says what became of a story given to Save.
type Outcome string

// The outcomes of Save.
const (
	New       Outcome = "new"
	Revised   Outcome = "revised"   // its sources or what was read from them have changed
	Unchanged Outcome = "unchanged" // it was there already
	Copied    Outcome = "copy"      // the same bytes in another place: a further source of a stored story
)

// Saved is what became of one story.
type Saved struct {
	ID      int64
	Outcome Outcome
}

// Save stores stories in one transaction: all of them, or, with an error, none.
// The result is in the order given. Nothing of a story given is changed.
//
// A story is the same as a stored one when they share an own source (one not
// marked Copy) by origin and path, or when all its own sources have the bytes
// of the stored one's. Where several stored stories have become one, the lowest
// id survives and the others point to it. Of a revised story the former content
// is kept. A withdrawn story stays withdrawn whatever is read from its sources
// anew, and so does a new one that is made of its bytes.
//
// Stories that share a source belong into one call: only together can those of
// one page be told from each other. Evidence, findings and sealed addresses
// name sources of their story by path; an index page that gave evidence is
// among the sources, marked Copy.
//
// Errors: Invalid for a story without an own source, with text that is not
// UTF-8, with a range outside its source, or with an address to be sealed where
// there is no key; Conflict where the key is not this archive's.
func (s *Store) Save(ctx context.Context, stories []*archive.Story) ([]Saved, error) {
	forms := make([]*form, len(stories))
	seals := false
	for i, story := range stories {
		if err := validate(story); err != nil {
			return nil, err
		}
		f, err := shape(story)
		if err != nil {
			return nil, wrap("store a story", err)
		}
		forms[i] = f
		seals = seals || len(story.Sealed) > 0
	}
	saved := make([]Saved, len(stories))
	err := s.write(ctx, "store the stories", func(tx *batch) error {
		if seals {
			if err := s.haveKey(ctx, tx, true); err != nil {
				return err
			}
		}
		v := newSaver(tx, s.sealer, micros(s.now()))
		for _, g := range group(forms) {
			if err := v.group(ctx, forms, g, saved); err != nil {
				return err
			}
		}
		return v.flush(ctx)
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// saver is one transaction that changes stories: a call of Save, Withdraw or
// Restore.
type saver struct {
	*batch
	sealer *sealer
	names  *names
	shown  *shown
	now    int64 // microseconds

	nothingWithdrawn *bool // nil until asked
}

func newSaver(tx *batch, sealer *sealer, now int64) *saver {
	return &saver{batch: tx, sealer: sealer, names: newNames(), shown: newShown(), now: now}
}

// group stores the stories that share sources: the forms at the given indexes.
func (v *saver) group(ctx context.Context, forms []*form, at []int, saved []Saved) error {
	in := make([]*form, len(at))
	for i, x := range at {
		in[i] = forms[x]
	}
	have, err := v.sharing(ctx, in)
	if err != nil {
		return err
	}
	used := []int64{} // stories that one of the group already is
	twice := map[archive.Digest]int64{}
	for i, c := range choose(in, have) {
		one := &saved[at[i]]
		if id, ok := twice[in[i].content]; ok && c.id == 0 {
			*one = Saved{id, Unchanged}
		} else if *one, err = v.put(ctx, in[i], c, used); err != nil {
			return err
		}
		used = append(used, one.ID)
		twice[in[i].content] = one.ID
	}
	return nil
}

// put stores one story as was chosen.
func (v *saver) put(ctx context.Context, f *form, c choice, used []int64) (Saved, error) {
	switch {
	case c.id != 0 && c.same:
		return Saved{c.id, Unchanged}, v.refresh(ctx, c.id, f)
	case c.id != 0:
		return Saved{c.id, Revised}, v.revise(ctx, c, f)
	}
	id, err := v.sameBytes(ctx, f, used)
	if err != nil {
		return Saved{}, err
	}
	if id != 0 {
		added, err := v.addCopies(ctx, id, f.story.Sources)
		if added == 0 {
			return Saved{id, Unchanged}, err
		}
		return Saved{id, Copied}, err
	}
	id, err = v.insert(ctx, f)
	return Saved{id, New}, err
}

// sharing finds the stored stories that have one of the forms' own sources,
// sorted by id.
func (v *saver) sharing(ctx context.Context, in []*form) ([]stored, error) {
	var ids []int64
	seen := map[place]bool{}
	for _, f := range in {
		for _, p := range f.own {
			if seen[p] {
				continue
			}
			seen[p] = true
			some, err := v.ids(ctx, `SELECT DISTINCT l.story_id FROM sources o
				JOIN story_sources l ON l.source_id = o.id AND l.copy = 0
				WHERE o.origin = $1 AND o.path = $2`, p.origin, p.path)
			if err != nil {
				return nil, err
			}
			ids = append(ids, some...)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	have := make([]stored, len(ids))
	for i, id := range ids {
		var err error
		if have[i], _, err = v.stored(ctx, id); err != nil {
			return nil, err
		}
	}
	return have, nil
}

// stored reads what is needed to compare a story, and the digests of its own
// sources in order.
func (v *saver) stored(ctx context.Context, id int64) (s stored, digests []archive.Digest, err error) {
	s.id = id
	var title string
	var content, work []byte
	err = v.one(ctx, `SELECT content, work, title FROM stories WHERE id = $1`, []any{id}, []any{&content, &work, &title})
	if err != nil {
		return s, nil, err
	}
	s.title = nameKey(title)
	copy(s.content[:], content)
	copy(s.work[:], work)
	err = v.each(ctx, func(scan func(...any) error) error {
		var p place
		var d []byte
		if err := scan(&p.origin, &p.path, &d); err != nil {
			return err
		}
		s.own = append(s.own, p)
		digests = append(digests, digestOf(d))
		return nil
	}, `SELECT o.origin, o.path, o.digest FROM story_sources l JOIN sources o ON o.id = l.source_id
		WHERE l.story_id = $1 AND l.copy = 0 ORDER BY l.position`, id)
	return s, digests, err
}

// sameBytes finds the stored story whose own sources have the bytes of the
// form's, 0 where there is none. Several stories of one page are told apart by
// their text, then by title, then by order.
func (v *saver) sameBytes(ctx context.Context, f *form, used []int64) (int64, error) {
	ids, err := v.ids(ctx, `SELECT DISTINCT l.story_id FROM sources o JOIN story_sources l ON l.source_id = o.id AND l.copy = 0
		WHERE o.digest = $1 ORDER BY l.story_id`, f.digests[0][:])
	if err != nil {
		return 0, err
	}
	best, points := int64(0), 0
	for _, id := range ids {
		s, digests, err := v.stored(ctx, id)
		if err != nil {
			return 0, err
		}
		if !slices.Equal(digests, f.digests) || sharesAny(f.own, s.own) || slices.Contains(used, id) {
			continue
		}
		n := 1
		switch {
		case s.work == f.work:
			n = 3
		case s.title == f.title:
			n = 2
		}
		if n > points {
			best, points = id, n
		}
	}
	return best, nil
}

func digestOf(b []byte) (d archive.Digest) {
	copy(d[:], b)
	return d
}

// validate refuses what could not be traced to its bytes later.
func validate(s *archive.Story) error {
	sizes := map[string]int{}
	own := 0
	for i := range s.Sources {
		src := &s.Sources[i]
		sizes[src.Path] = max(sizes[src.Path], int(src.Size))
		if !src.Copy {
			own++
		}
		if src.Path == "" || src.Digest == (archive.Digest{}) {
			return invalid(s, "has a source without path or digest")
		}
	}
	if own == 0 {
		return invalid(s, "has no source of its own")
	}
	for i := range s.Chapters {
		if c := &s.Chapters[i]; !utf8.ValidString(c.Text) || !utf8.ValidString(c.Title) || !utf8.ValidString(c.Notes) {
			return invalid(s, "has text that is not UTF-8")
		}
	}
	return validateRanges(s, sizes)
}

func validateRanges(s *archive.Story, sizes map[string]int) error {
	inside := func(source string, start, end int) bool {
		size, ok := sizes[source]
		return ok && 0 <= start && start <= end && end <= size
	}
	for i := range s.Evidence {
		if e := &s.Evidence[i]; !inside(e.Source, e.Start, e.End) {
			return invalid(s, "has evidence for "+string(e.Field)+" outside its sources")
		}
	}
	for i := range s.Findings {
		if f := &s.Findings[i]; f.Source != "" && !inside(f.Source, f.Start, f.End) {
			return invalid(s, "has the finding "+f.Code+" outside its sources")
		}
	}
	for i := range s.Sealed {
		if x := &s.Sealed[i]; !inside(x.Source, x.Start, x.End) {
			return invalid(s, "has an address outside its sources")
		}
	}
	return nil
}

func invalid(s *archive.Story, what string) error {
	name := "a story without source"
	if len(s.Sources) > 0 {
		name = "the story in " + s.Sources[0].Path
	}
	return archive.Errorf(archive.Invalid, "Could not store the stories: %s %s.", name, what)
}
