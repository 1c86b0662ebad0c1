package main

import (
	"context"
	"errors"
	"log/slog"

	"colophon/internal/archive"
)

// doctorCommand is "colophon doctor".
type doctorCommand struct {
	archiveFlags
}

// Run checks an archive and names each fault on standard output.
func (c *doctorCommand) Run(t *terminal) (err error) {
	d, err := openData(t.ctx, c.archiveFlags, reading, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	x := examination{t: t, data: d}
	for _, look := range []func(context.Context) error{x.database, x.originals, x.agreement} {
		if err := look(t.ctx); err != nil {
			return err
		}
	}
	if x.faults > 0 {
		say(t.err, "colophon: %s\n", count(x.faults, "fault", "faults"))
		return status(exitFaults)
	}
	hidden := ""
	if x.withdrawn > 0 {
		hidden = count(x.withdrawn, "withdrawn story", "withdrawn stories") + ", "
	}
	say(t.out, "sound: %s, %s%s in the vault\n", count(x.stories, "story", "stories"), hidden, count(x.kept, "original", "originals"))
	return nil
}

// examination is one look at an archive.
type examination struct {
	t             *terminal
	data          *data
	faults        int
	stories, kept int
	withdrawn     int
}

func (x *examination) fault(where, message string) {
	x.faults++
	say(x.t.out, "%s: %s\n", where, message)
}

// database checks the database by itself.
func (x *examination) database(ctx context.Context) error {
	faults, err := x.data.store.Check(ctx)
	if err != nil {
		return err
	}
	for _, f := range faults {
		x.fault("database", f.Message)
	}
	if len(faults) == 0 {
		o, err := x.data.store.Overview(ctx)
		if err != nil {
			return err
		}
		x.stories, x.withdrawn = int(o.Stories+o.Reserved), int(o.Withdrawn)
	}
	return nil
}

// originals checks every file of the vault against its digest.
func (x *examination) originals(ctx context.Context) error {
	faults, err := x.data.vault.Check(ctx)
	if err != nil {
		return err
	}
	for _, f := range faults {
		x.fault("vault", f.Message)
	}
	return nil
}

// agreement checks that every original the database names is in the vault. The
// vault may hold more: originals come before their stories.
func (x *examination) agreement(ctx context.Context) error {
	return x.data.store.Digests(ctx, func(d archive.Digest, _ int64) error {
		x.kept++
		has, err := x.data.vault.Has(ctx, d)
		if err != nil {
			return err
		}
		if !has {
			x.fault("vault", "the original "+d.String()+" is missing")
		}
		return nil
	})
}
