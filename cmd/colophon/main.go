// Command colophon is archive software for community fiction: it rescues the
// pages of dead archives, keeps them, and shows them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/alecthomas/kong"

	"colophon/internal/archive"
)

// Exit codes, as the README lists them.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitLeft   = 3 // done, but some files could not be read because of a fault
	exitFaults = 4 // doctor found faults
)

// version is set when a release is built.
const version = "0.1-dev"

// commands is the command line; each field's tags are its documentation.
type commands struct {
	Config  kong.ConfigFlag  `help:"Read flags from a JSON file, such as {\"listen\": \"localhost:9000\"}." type:"path" placeholder:"FILE"`
	Version kong.VersionFlag `help:"Print the version and quit."`

	Rescue   rescueCommand   `cmd:"" help:"Make stories of the pages of a dead archive."`
	Serve    serveCommand    `cmd:"" help:"Show an archive over HTTP."`
	Doctor   doctorCommand   `cmd:"" help:"Check the database, the originals and that they agree."`
	Withdraw withdrawCommand `cmd:"" help:"Take stories from view; nothing is deleted."`
	Restore  restoreCommand  `cmd:"" help:"Bring withdrawn stories back."`
	Show     showCommand     `cmd:"" help:"Say who may find and read stories: everybody, members, or nobody for now."`
	Tag      tagCommand      `cmd:"" help:"Place the labels of stories: synonyms, wider tags, the archive's own ratings."`
	Demo     demoCommand     `cmd:"" help:"Rescue the example archive and show it."`
}

// terminal is where a command writes, and the context that ends when the person
// at it presses Ctrl-C.
type terminal struct {
	ctx    context.Context
	out    io.Writer
	err    io.Writer
	isTerm bool // err is a terminal: progress bars make sense
}

// status ends a command with an exit code other than 0 or 1 without a message.
type status int

func (s status) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var c commands
	early := -1
	parser, err := kong.New(&c,
		kong.Name("colophon"),
		kong.Description("Archive software for community fiction."),
		kong.Writers(out, errs),
		kong.Exit(func(code int) { early = code }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Configuration(behindEnvironment),
		kong.DefaultEnvars("COLOPHON"),
		kong.Vars{"version": "colophon " + version, "page_memory": strconv.Itoa(usualPageMemory)},
	)
	if err != nil {
		say(errs, "colophon: %v\n", err)
		return exitFailed
	}
	command, err := parser.Parse(args)
	if early >= 0 {
		return early // --help and --version
	}
	if err != nil {
		say(errs, "colophon: %v\nTry: colophon --help\n", err)
		return exitUsage
	}
	return ended(errs, command.Run(newTerminal(ctx, out, errs)))
}

// behindEnvironment reads a configuration file whose values give way to the
// environment: kong by itself would prefer the file.
func behindEnvironment(r io.Reader) (kong.Resolver, error) {
	file, err := kong.JSON(r)
	if err != nil {
		return nil, err
	}
	return kong.ResolverFunc(func(ctx *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
		for _, name := range flag.Envs {
			if os.Getenv(name) != "" {
				return nil, nil //nolint:nilnil // kong's way of saying that this resolver knows no value
			}
		}
		return file.Resolve(ctx, parent, flag)
	}), nil
}

// ended turns the end of a command into a message and an exit code.
func ended(errs io.Writer, err error) int {
	var s status
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &s):
		return int(s)
	case errors.Is(err, context.Canceled):
		say(errs, "colophon: stopped. What was kept is whole; give the command again to go on.\n")
	default:
		say(errs, "colophon: %v\n", err)
		if archive.KindOf(err) == archive.Invalid {
			return exitUsage
		}
	}
	return exitFailed
}
