package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"colophon/internal/archive"
	"colophon/internal/web"
)

// serveCommand is "colophon serve".
type serveCommand struct {
	Data   string `help:"Folder of the archive." type:"path" default:"colophon-data" placeholder:"DIR"`
	Listen string `help:"Address to listen on." default:"localhost:8080" placeholder:"HOST:PORT"`
	Name   string `help:"Name of the archive." default:"Colophon" placeholder:"NAME"`
	About  string `help:"A sentence about it for the home page." placeholder:"TEXT"`
	Base   string `help:"Its public address, such as https://stories.example.org." placeholder:"URL"`
}

// Run serves an archive until it is told to stop.
func (c *serveCommand) Run(t *terminal) (err error) {
	log := slog.New(slog.NewJSONHandler(t.err, nil))
	d, err := openData(t.ctx, c.Data, reading, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	return serve(t, d, c.Listen, web.Config{Name: c.Name, About: c.About, Base: c.Base, Log: log})
}

// grace is how long running requests may take to end.
const grace = 10 * time.Second

// serve listens and answers until the context of t ends; then it lets running
// requests finish.
func serve(t *terminal, d *data, listen string, config web.Config) error {
	config.Archive, config.Originals = d.store, d.vault
	var lc net.ListenConfig
	l, err := lc.Listen(t.ctx, "tcp", listen)
	if err != nil {
		return archive.Wrap(archive.Internal, "cannot listen on "+listen, err)
	}
	server := &http.Server{
		Handler:           web.New(config),
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
