package main

import (
	"io"
	"time"
)

// progress says on a line now and then how far the work is.
type progress struct {
	w           io.Writer
	total, done int
	started     time.Time
	spoken      time.Time
}

// quiet is how long it stays silent between lines.
const quiet = 5 * time.Second

func newProgress(w io.Writer, total int) *progress {
	now := time.Now()
	return &progress{w: w, total: total, started: now, spoken: now}
}

// add says that further stories are stored.
func (p *progress) add(n int) {
	p.done += n
	if time.Since(p.spoken) < quiet {
		return
	}
	p.spoken = time.Now()
	left := time.Duration(float64(p.total-p.done) / p.rate() * float64(time.Second))
	say(p.w, "%d of %d stories, %.0f/s, %s left\n", p.done, p.total, p.rate(), left.Round(time.Second))
}

// rate is how many stories were stored a second.
func (p *progress) rate() float64 {
	return max(float64(p.done), 1) / max(time.Since(p.started).Seconds(), 0.001)
}

// end says that all is done.
func (p *progress) end() {
	say(p.w, "%d stories, %.0f/s\n", p.done, p.rate())
}
