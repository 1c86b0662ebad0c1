package main

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"
)

const (
	logEvery = 250 * time.Millisecond // how late a line about a request may be
	logHeld  = 32 << 10               // bytes of lines that wait at most
)

// newLog returns a log that writes lines about what goes well together now and
// then: one write for each request takes longer than answering it from memory.
// Warnings and errors are written at once, with what waits before them. run
// writes what waits until its context ends, and then the rest.
func newLog(to io.Writer) (log *slog.Logger, run func(context.Context)) {
	l := &lines{to: to}
	return slog.New(prompt{slog.NewJSONHandler(l, nil), l}), l.run
}

// lines gathers lines of a log.
type lines struct {
	to   io.Writer
	mu   sync.Mutex
	held []byte
}

// Write implements io.Writer.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = append(l.held, p...)
	if len(l.held) < logHeld {
		return len(p), nil
	}
	return len(p), l.writeHeld()
}

// flush writes what waits.
func (l *lines) flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.writeHeld()
}

func (l *lines) writeHeld() error {
	if len(l.held) == 0 {
		return nil
	}
	_, err := l.to.Write(l.held)
	l.held = l.held[:0]
	return err
}

func (l *lines) run(ctx context.Context) {
	tick := time.NewTicker(logEvery)
	defer tick.Stop()
	for running := true; running; {
		select {
		case <-ctx.Done():
			running = false
		case <-tick.C:
		}
		_ = l.flush() // where the log cannot be written, nothing can be told
	}
}

// prompt is a handler that writes warnings and errors at once.
type prompt struct {
	slog.Handler
	lines *lines
}

// Handle implements slog.Handler.
func (p prompt) Handle(ctx context.Context, r slog.Record) error {
	err := p.Handler.Handle(ctx, r)
	if r.Level > slog.LevelInfo && err == nil {
		err = p.lines.flush()
	}
	return err
}

// WithAttrs implements slog.Handler.
func (p prompt) WithAttrs(as []slog.Attr) slog.Handler {
	return prompt{p.Handler.WithAttrs(as), p.lines}
}

// WithGroup implements slog.Handler.
func (p prompt) WithGroup(name string) slog.Handler {
	return prompt{p.Handler.WithGroup(name), p.lines}
}
