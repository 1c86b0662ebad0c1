package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"colophon/examples"
	"colophon/internal/archive"
	"colophon/internal/rescue"
)

// demoCommand is "colophon demo".
type demoCommand struct {
	Data     string `help:"Folder for the archive; a new temporary one where none is given." type:"path" placeholder:"DIR"`
	Database string `help:"Keep stories in a PostgreSQL database, such as postgres://user@host/name, not in a file of the folder." placeholder:"URL"`
	Listen   string `help:"Address to listen on." default:"localhost:8080" placeholder:"HOST:PORT"`
	siteFlags
}

// Run rescues the example archive and serves it.
func (c *demoCommand) Run(t *terminal) (err error) {
	dir := c.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "colophon-demo-"); err != nil {
			return archive.Wrap(archive.Internal, "cannot make a folder for the demonstration", err)
		}
	}
	say(t.err, "colophon: the example archive goes to %v\n", dir)
	d, err := openData(t.ctx, archiveFlags{Data: dir, Database: c.Database}, writing, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	pages := filepath.Join(dir, "example-pages")
	if err := writeExamples(pages); err != nil {
		return archive.Wrap(archive.Internal, "cannot write the example pages", err)
	}
	bar := newProgress(t)
	result, err := rescue.NewRescuer().Run(t.ctx, []string{filepath.Join(pages, "lantern"), filepath.Join(pages, "harbour")},
		rescue.Options{Progress: bar.show, Scratch: dir}, d.vault, keeper{d.store}, nil)
	bar.end()
	if err != nil {
		return err
	}
	summarise(t.err, result, false)
	log, run := newLog(t.err)
	defer beside(t.ctx, run)()
	config, err := c.config(log)
	if err != nil {
		return err
	}
	if config.Name == unnamed {
		config.Name = "The Lantern Room"
	}
	if config.About == "" {
		config.About = "Two small dead archives, rescued: stories by invented authors about invented shows, from pages as they were saved between 1998 and 2008."
	}
	config.Memory = usualPageMemory << 20
	return serve(t, d, c.Listen, config)
}

// writeExamples writes the pages shipped with the program into a folder. Files
// that are there already are left as they are, so that they can be edited.
func writeExamples(dir string) error {
	return fs.WalkDir(examples.Pages, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if e.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		if _, err := os.Stat(to); err == nil {
			return nil
		}
		data, err := examples.Pages.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	})
}
