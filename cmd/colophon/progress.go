package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"colophon/internal/rescue"
)

func newTerminal(ctx context.Context, out, errs io.Writer) *terminal {
	f, ok := errs.(*os.File)
	return &terminal{ctx: ctx, out: out, err: errs, isTerm: ok && term.IsTerminal(int(f.Fd()))}
}

// progress shows how far a rescue is: on a terminal a bar for each stage with
// rate and time left, elsewhere a plain line now and then.
type progress struct {
	t       *terminal
	bars    *mpb.Progress // nil where there is no terminal
	bar     *mpb.Bar
	stage   rescue.Stage
	started time.Time
	spoken  time.Time
	last    rescue.Progress
}

// quiet is how long plain progress stays silent between lines.
const quiet = 5 * time.Second

func newProgress(t *terminal) *progress {
	p := &progress{t: t}
	if t.isTerm {
		p.bars = mpb.New(mpb.WithOutput(t.err), mpb.WithWidth(48), mpb.WithRefreshRate(150*time.Millisecond))
	}
	return p
}

// show takes the news of a rescue.
func (p *progress) show(n rescue.Progress) {
	if n.Stage != p.stage {
		p.begin(n)
	}
	p.last = n
	if p.bar != nil {
		if n.Total > 0 {
			p.bar.SetTotal(int64(n.Total), false)
		}
		p.bar.SetCurrent(int64(n.Done))
		return
	}
	if p.bars == nil && time.Since(p.spoken) >= quiet {
		p.spoken = time.Now()
		p.line()
	}
}

// begin starts a stage.
func (p *progress) begin(n rescue.Progress) {
	p.finish()
	p.stage, p.started, p.spoken = n.Stage, time.Now(), time.Now()
	if p.bars == nil {
		return
	}
	p.bar = p.bars.AddBar(int64(n.Total),
		mpb.BarFillerClearOnComplete(),
		mpb.PrependDecorators(decor.Name(string(n.Stage)+" ", decor.WC{W: 26, C: decor.DindentRight}), decor.CountersNoUnit("%d of %d", decor.WCSyncWidth)),
		mpb.AppendDecorators(decor.AverageSpeed(0, "%.0f/s ", decor.WCSyncWidth), decor.OnComplete(decor.AverageETA(decor.ET_STYLE_GO), "done")),
	)
}

// line prints plain progress.
func (p *progress) line() {
	n := p.last
	rate := float64(n.Done) / max(0.001, time.Since(p.started).Seconds())
	text := fmt.Sprintf("%s: %d", n.Stage, n.Done)
	if n.Total > 0 {
		left := time.Duration(float64(n.Total-n.Done)/max(rate, 0.001)) * time.Second
		text += fmt.Sprintf(" of %d, %.0f/s, %s left", n.Total, rate, left.Round(time.Second))
	}
	say(p.t.err, "%s\n", text)
}

// finish ends the current stage.
func (p *progress) finish() {
	if p.bar != nil {
		p.bar.SetTotal(int64(p.last.Done), true)
		p.bar = nil
	}
}

// end closes the display; it may be called again.
func (p *progress) end() {
	p.finish()
	if p.bars != nil {
		p.bars.Wait()
		p.bars = nil
	}
}
