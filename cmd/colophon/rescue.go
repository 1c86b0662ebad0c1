package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"colophon/internal/archive"
	"colophon/internal/rescue"
	"colophon/internal/rescue/intake"
	"colophon/internal/rescue/report"
	"colophon/internal/store"
)

// rescueCommand is "colophon rescue".
type rescueCommand struct {
	archiveFlags
	DryRun   bool     `help:"Store nothing; only say what would be stored."`
	JSON     bool     `help:"Print each story as one line of JSON on standard output."`
	Body     bool     `help:"With --json: the text of the stories too."`
	Report   string   `help:"Write a page to look through what was found." type:"path" placeholder:"FILE.html"`
	Fandom   string   `help:"Fandom of stories that name none." placeholder:"NAME"`
	Language string   `help:"Language of stories whose language cannot be told, such as en or de." placeholder:"TAG"`
	Jobs     int      `help:"Pages read at the same time; 0 for one on each processor." default:"0" placeholder:"N"`
	MaxFile  int64    `help:"Largest page that is read, in MB." default:"8" placeholder:"MB"`
	Paths    []string `arg:"" name:"path" help:"Folders, .zip, .tar or .tar.gz packages, or pages." type:"path"`
}

// Run rescues the pages under the paths.
func (c *rescueCommand) Run(t *terminal) error {
	if c.Body && !c.JSON {
		return archive.Errorf(archive.Invalid, "--body goes with --json.")
	}
	if c.Jobs < 0 || c.MaxFile < 1 || c.MaxFile > 1<<10 {
		return archive.Errorf(archive.Invalid, "--jobs must not be negative, and --max-file must be from 1 to 1024.")
	}
	result, err := c.run(t)
	if err != nil {
		return err
	}
	summarise(t.err, result, c.DryRun)
	if result.NotRead() > 0 {
		return status(exitLeft)
	}
	return nil
}

func (c *rescueCommand) run(t *terminal) (result *rescue.Result, err error) {
	var d *data
	if !c.DryRun {
		if d, err = openData(t.ctx, c.archiveFlags, writing, slog.New(slog.NewTextHandler(t.err, nil))); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, d.close()) }()
	}
	out, err := c.outputs(t)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, out.abandon()) }()
	limitMemory(c.Jobs)
	bar := newProgress(t)
	defer bar.end()
	o := rescue.Options{Fandom: c.Fandom, Language: c.Language, Jobs: c.Jobs, Progress: bar.show, Limits: intake.Limits{MaxFile: c.MaxFile << 20}, Originals: c.Report != ""}
	if d == nil {
		result, err = rescue.NewRescuer().Run(t.ctx, c.Paths, o, nil, nil, out.story)
	} else {
		o.Scratch = d.dir
		result, err = c.keep(t.ctx, d, o, out)
	}
	bar.end()
	if err != nil {
		return nil, err
	}
	return result, out.close(result)
}

// limitMemory has the collector run seldom while a rescue takes little memory,
// and work harder before it takes more than its workers need for the largest
// pages, unless GOGC and GOMEMLIMIT say otherwise.
func limitMemory(jobs int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	debug.SetMemoryLimit(int64(jobs)*memoryPerJob + 64<<20)
}

// garbagePercent is how much may lie about, for what is in use, before the
// collector runs. Most of what a page takes is garbage as soon as it is read: at
// the usual 100 the collector takes a tenth of the time of a rescue, and above
// 200 hardly less.
const garbagePercent = 200

// memoryPerJob is what one page at a time needs, at most, in bytes.
const memoryPerJob = 128 << 20

// keep runs a rescue that stores, and writes down that it ran.
func (c *rescueCommand) keep(ctx context.Context, d *data, o rescue.Options, out *outputs) (*rescue.Result, error) {
	id, err := d.store.StartRescue(ctx, strings.Join(c.Paths, "\n"))
	if err != nil {
		return nil, err
	}
	result, err := rescue.NewRescuer().Run(ctx, c.Paths, o, d.vault, keeper{d.store}, out.story)
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{"stories": int64(result.Stories), "words": result.Words}
	for outcome, n := range result.Kept {
		counts[string(outcome)] = int64(n)
	}
	left := make([]store.LeftFile, len(result.Left))
	for i, l := range result.Left {
		left[i] = store.LeftFile{Path: l.Path, Code: l.Code, Reason: l.Reason}
	}
	return result, d.store.FinishRescue(ctx, id, counts, left)
}

// outputs is where the stories of a rescue go besides the store.
type outputs struct {
	json   *bufio.Writer // nil without --json
	body   bool
	file   *os.File // of the report; nil without --report
	name   string
	report *report.Report
}

func (c *rescueCommand) outputs(t *terminal) (*outputs, error) {
	o := &outputs{body: c.Body}
	if c.JSON {
		o.json = bufio.NewWriterSize(t.out, 1<<16)
	}
	if c.Report == "" {
		return o, nil
	}
	f, err := os.CreateTemp(filepath.Dir(c.Report), ".report-*.html")
	if err != nil {
		return nil, archive.Wrap(archive.Invalid, "the report cannot be written there", err)
	}
	o.file, o.name = f, c.Report
	o.report = report.New(f, "Rescue of "+strings.Join(baseNames(c.Paths), ", "))
	return o, nil
}

func baseNames(paths []string) []string {
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = filepath.Base(p)
	}
	return names
}

// story takes one finished story.
func (o *outputs) story(s *archive.Story, original func(archive.Source) ([]byte, error)) error {
	if o.json != nil {
		if err := rescue.NewRecord(s, o.body).Write(o.json); err != nil {
			return fmt.Errorf("print a story: %w", err)
		}
	}
	if o.report == nil {
		return nil
	}
	return o.report.Story(s, original)
}

// close finishes the outputs; the report gets its name only when it is whole.
func (o *outputs) close(result *rescue.Result) error {
	if o.json != nil {
		if err := o.json.Flush(); err != nil {
			return fmt.Errorf("print the stories: %w", err)
		}
	}
	if o.report == nil {
		return nil
	}
	if err := o.report.Close(result); err != nil {
		return err
	}
	if err := o.file.Close(); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	temp := o.file.Name()
	o.file = nil
	if err := os.Chmod(temp, 0o644); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return os.Rename(temp, o.name)
}

// abandon removes a report that was not finished.
func (o *outputs) abandon() error {
	if o.file == nil {
		return nil
	}
	o.report.Discard()
	return errors.Join(o.file.Close(), os.Remove(o.file.Name()))
}
