package main

import (
	"context"
	"regexp"
	"strconv"

	"colophon/internal/archive"
	"colophon/internal/store"
)

// withdrawCommand is "colophon withdraw".
type withdrawCommand struct {
	archiveFlags
	Reason    string   `help:"What readers are told in the story's place." placeholder:"TEXT"`
	KeepTitle bool     `help:"Readers may still see the title."`
	Stories   []string `arg:"" name:"story" help:"Numbers of stories, or the addresses of their pages."`
}

// Run takes stories from view. Nothing of them is deleted.
func (c *withdrawCommand) Run(t *terminal) error {
	w := archive.Withdrawal{By: "archivist", Reason: c.Reason, KeepTitle: c.KeepTitle}
	return eachStory(t, c.archiveFlags, c.Stories, "withdrawn", func(ctx context.Context, s *store.Store, id int64) error {
		return s.Withdraw(ctx, id, w)
	})
}

// restoreCommand is "colophon restore".
type restoreCommand struct {
	archiveFlags
	Stories []string `arg:"" name:"story" help:"Numbers of stories, or the addresses of their pages."`
}

// Run brings withdrawn stories back.
func (c *restoreCommand) Run(t *terminal) error {
	return eachStory(t, c.archiveFlags, c.Stories, "restored", func(ctx context.Context, s *store.Store, id int64) error {
		return s.Restore(ctx, id)
	})
}

// showCommand is "colophon show".
type showCommand struct {
	archiveFlags
	To      string   `help:"Who may find and read them: everybody, members, or nobody until that is decided." enum:"everybody,members,nobody" required:"" placeholder:"WHOM"`
	Stories []string `arg:"" name:"story" help:"Numbers of stories, or the addresses of their pages."`
}

// Run changes who may read stories.
func (c *showCommand) Run(t *terminal) error {
	to := map[string]archive.Visibility{"everybody": archive.Public, "members": archive.Members, "nobody": archive.Held}[c.To]
	return eachStory(t, c.archiveFlags, c.Stories, "shown to "+c.To, func(ctx context.Context, s *store.Store, id int64) error {
		return s.SetVisibility(ctx, id, to)
	})
}

// eachStory does something with each story named, and says for each that it is
// done. It stops at the first that cannot be; nothing is begun where a name
// cannot be read.
func eachStory(t *terminal, at archiveFlags, names []string, done string, do func(context.Context, *store.Store, int64) error) (err error) {
	ids := make([]int64, len(names))
	for i, name := range names {
		if ids[i], err = storyOf(name); err != nil {
			return err
		}
	}
	return withStore(t, at, func(s *store.Store) error {
		for _, id := range ids {
			if err := do(t.ctx, s, id); err != nil {
				return err
			}
			say(t.out, "story %d is %s\n", id, done)
		}
		return nil
	})
}

// storyOf reads the number of a story, by itself or in the address of one of
// its pages.
func storyOf(name string) (int64, error) {
	m := regexp.MustCompile(`^(?:.*/stories/)?([0-9]+)(?:[/?#].*)?$`).FindStringSubmatch(name)
	if m != nil {
		if id, err := strconv.ParseInt(m[1], 10, 64); err == nil && id > 0 {
			return id, nil
		}
	}
	return 0, archive.Errorf(archive.Invalid, "%q is no story. Give its number, such as 12, or the address of its page, such as /stories/12/the-lamp.", name)
}
