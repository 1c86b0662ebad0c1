// Command genarchive makes a data folder full of stories of which nothing is real,
// with the measured shape of a large archive: to try Colophon with, and to measure
// it. It is for those who work on Colophon and no part of the program.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"colophon/internal/archive"
	"colophon/internal/sample"
)

// flags is the command line; each field's tags are its documentation.
type flags struct {
	Stories   int    `short:"n" required:"" help:"How many stories to make." placeholder:"N"`
	Seed      uint64 `help:"Which archive to make: the same number, the same stories." default:"1" placeholder:"N"`
	Data      string `required:"" help:"Folder for the archive; it must not hold one." type:"path" placeholder:"DIR"`
	Database  string `help:"Keep the stories in a PostgreSQL database, as colophon does; originals go to the folder." env:"COLOPHON_DATABASE" placeholder:"URL"`
	Text      string `help:"How much text stories have: full, short (a few paragraphs) or none; full up to 5,000 stories, else short. Chapters say their full number of words in any case." enum:"full,short,none,auto" default:"auto"`
	Originals string `help:"What stories are said to come from: whole pages, with evidence for each value, or tiny ones of two lines; whole where the text is full, else tiny." enum:"whole,tiny,auto" default:"auto"`
}

// The bounds of what can be asked for.
const (
	maxStories = 10_000_000
	fullUpTo   = 5_000 // stories with all their text take some 80 KB each
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process. It returns the exit code: 0 done, 1 failed, 2
// used wrongly.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var f flags
	early := -1
	parser, err := kong.New(&f,
		kong.Name("genarchive"),
		kong.Description("Make an archive of invented stories."),
		kong.Writers(out, errs),
		kong.Exit(func(code int) { early = code }),
	)
	if err == nil {
		_, err = parser.Parse(doubled(args))
	}
	if early >= 0 {
		return early // --help
	}
	if err == nil {
		err = f.check()
	}
	if err != nil {
		say(errs, "genarchive: %v\n", err)
		return 2
	}
	return ended(errs, f.Data, generate(ctx, f, errs))
}

// ended turns the end of the work into a message and an exit code.
func ended(errs io.Writer, dir string, err error) int {
	switch {
	case err == nil:
		return 0
	case archive.KindOf(err) == archive.Conflict:
		say(errs, "genarchive: %v\n", err)
		return 2
	case errors.Is(err, context.Canceled):
		say(errs, "genarchive: stopped.\n")
	default:
		say(errs, "genarchive: %v\n", err)
	}
	say(errs, "The folder %s holds part of an archive: remove it before making it anew.\n", dir)
	return 1
}

// doubled takes flags with one dash, -seed, as those with two.
func doubled(args []string) []string {
	var out []string
	for _, a := range args {
		if len(a) > 2 && a[0] == '-' && a[1] >= 'a' && a[1] <= 'z' && a[2] >= 'a' && a[2] <= 'z' {
			a = "-" + a
		}
		out = append(out, a)
	}
	return out
}

func (f *flags) check() error {
	if f.Stories < 1 || f.Stories > maxStories {
		return archive.Errorf(archive.Invalid, "-n must be from 1 to %d.", maxStories)
	}
	return nil
}

// options says what kind of stories the flags want.
func (f *flags) options() sample.Options {
	var o sample.Options
	switch {
	case f.Text == "full", f.Text == "auto" && f.Stories <= fullUpTo:
		o.Text = sample.Whole
	case f.Text != "none":
		o.Text = sample.Beginning
	}
	o.WholeOriginals = f.Originals == "whole" || f.Originals == "auto" && o.Text == sample.Whole
	return o
}

// say writes to the person at the terminal, who may have gone.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
