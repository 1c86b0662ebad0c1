package main

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"colophon/internal/archive"
	"colophon/internal/web"
)

// serveCommand is "colophon serve".
type serveCommand struct {
	archiveFlags
	Listen string `help:"Address to listen on." default:"localhost:8080" placeholder:"HOST:PORT"`
	Memory int64  `help:"Megabytes for pages that are kept until what they show changes; 0 composes each page afresh." name:"page-memory" default:"${page_memory}" placeholder:"MB"`
	siteFlags
}

// siteFlags are what an archive says of itself on its pages.
type siteFlags struct {
	Name     string `help:"Name of the archive." default:"Colophon" placeholder:"NAME"`
	About    string `help:"Its welcome on the home page; blank lines part paragraphs." placeholder:"TEXT"`
	Welcome  string `help:"A text file with the welcome, in place of --about." type:"existingfile" placeholder:"FILE"`
	Rules    string `help:"A text file with the archive's own words about its rules." type:"existingfile" placeholder:"FILE"`
	Mark     string `help:"A small SVG picture to stand beside the name." type:"existingfile" placeholder:"FILE"`
	Accent   string `help:"Colour of links and ornaments, such as #8f2d1e." placeholder:"COLOUR"`
	Language string `help:"Language of the pages for readers who ask for none of theirs: en, de, es, fr or he." default:"en" placeholder:"LANG"`
	Base     string `help:"Its public address, such as https://stories.example.org." placeholder:"URL"`
	Gallery  bool   `help:"Show every component and state of the pages at /gallery, for those who work on them."`
}

// Megabytes for pages that are kept: the usual, and the most that is not taken
// for a slip of the hand.
const (
	usualPageMemory = 16
	mostPageMemory  = 1 << 20
)

// unnamed is the name of an archive that has been given none.
const unnamed = "Colophon"

// siteFileLimit is the most bytes of a file that the pages are given.
const siteFileLimit = 256 << 10

// config is the configuration of the pages that the flags ask for.
func (f *siteFlags) config(log *slog.Logger) (web.Config, error) {
	c := web.Config{
		Name: f.Name, About: f.About, Language: f.Language, Accent: f.Accent, Base: f.Base, Gallery: f.Gallery,
		Log: log, Pick: rand.Int64N,
	}
	for _, file := range []struct {
		path string
		into func(b []byte)
	}{
		{f.Welcome, func(b []byte) { c.About = string(b) }},
		{f.Rules, func(b []byte) { c.Rules = string(b) }},
		{f.Mark, func(b []byte) { c.Mark = b }},
	} {
		if file.path == "" {
			continue
		}
		b, err := os.ReadFile(file.path)
		if err != nil {
			return c, archive.Wrap(archive.Invalid, "cannot read "+file.path, err)
		}
		if len(b) > siteFileLimit {
			return c, archive.Errorf(archive.TooLarge, "%s has %d bytes, and pages take at most %d", file.path, len(b), siteFileLimit)
		}
		file.into(b)
	}
	return c, nil
}

// Run serves an archive until it is told to stop.
func (c *serveCommand) Run(t *terminal) (err error) {
	if c.Memory < 0 || c.Memory > mostPageMemory {
		return archive.Errorf(archive.Invalid, "--page-memory is from 0 to %d, not %d", mostPageMemory, c.Memory)
	}
	log, run := newLog(t.err)
	defer beside(t.ctx, run)()
	d, err := openData(t.ctx, c.archiveFlags, reading, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	config, err := c.config(log)
	if err != nil {
		return err
	}
	config.Memory = c.Memory << 20
	return serve(t, d, c.Listen, config)
}

// grace is how long running requests may take to end.
const grace = 10 * time.Second

// serve listens and answers until the context of t ends; then it lets running
// requests finish.
func serve(t *terminal, d *data, listen string, config web.Config) error {
	defer beside(t.ctx, saveMemory)()
	index, err := openCatalogue(t.ctx, d, config.Log)
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // making the catalogue takes more than having it
	defer beside(t.ctx, index.run)()
	config.Archive, config.Originals, config.Catalogue = d.store, d.vault, index.Catalogue
	config.Changes, config.Views = catalogued{d.store, index.Catalogue}, d.store
	pages, err := web.New(config)
	if err != nil {
		return err
	}
	defer beside(t.ctx, pages.Run)()
	var lc net.ListenConfig
	l, err := lc.Listen(t.ctx, "tcp", listen)
	if err != nil {
		return archive.Wrap(archive.Internal, "cannot listen on "+listen, err)
	}
	server := &http.Server{
		Handler:           pages,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // its lines hold readers' addresses
	}
	say(t.err, "colophon: ready at http://%s/\n", l.Addr())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return archive.Wrap(archive.Internal, "the server stopped", err)
	case <-t.ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), grace)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return archive.Wrap(archive.Internal, "some requests were cut off at the stop", err)
	}
	say(t.err, "colophon: stopped\n")
	return nil
}

// beside runs something until what it returns is called, which waits for its
// end. A signal alone does not end it: it goes on while running requests finish.
func beside(ctx context.Context, run func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}
