package web

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	handOverEvery  = time.Minute
	handOverWithin = 10 * time.Second
	viewsHeld      = 100_000 // stories counted between two times; others are not counted
)

// views counts how often stories are opened. A view is a request for the page of
// a story or for its first chapter that is answered with the page: not a question
// whether it has changed, which is asked by a reader who was counted before, nor
// what a robot reads or a browser fetches ahead. Nothing is kept of who asked.
type views struct {
	to Views

	mu      sync.Mutex
	counted map[int64]int64 // by story, since they were last handed over
}

func newViews(to Views) *views { return &views{to: to, counted: map[int64]int64{}} }

// count counts a view of a story where the request is one; 0 is no story.
func (s *site) count(r *http.Request, story int64) {
	if story == 0 || s.views == nil || r.Method != http.MethodGet || automatic(r) {
		return
	}
	s.views.add(story, 1)
}

func (v *views) add(story, n int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, ok := v.counted[story]; ok || len(v.counted) < viewsHeld {
		v.counted[story] += n
	}
}

// flush hands over what was counted. What cannot be handed over is counted on.
func (v *views) flush(ctx context.Context) error {
	v.mu.Lock()
	counted := v.counted
	v.counted = map[int64]int64{}
	v.mu.Unlock()
	if len(counted) == 0 {
		return nil
	}
	err := v.to.AddViews(ctx, counted)
	if err != nil {
		for story, n := range counted {
			v.add(story, n)
		}
	}
	return err
}

// handOver flushes the views now and then, and once more when ctx has ended.
func (s *site) handOver(ctx context.Context) {
	tick := time.NewTicker(handOverEvery)
	defer tick.Stop()
	for running := true; running; {
		select {
		case <-ctx.Done():
			running = false
		case <-tick.C:
		}
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), handOverWithin)
		if err := s.views.flush(within); err != nil {
			s.log.ErrorContext(ctx, "cannot hand over the views of stories", "error", err)
		}
		cancel()
	}
}

// automatic reports a request that no reader waits for: of a robot that says
// what it is, or of a browser that fetches ahead.
func automatic(r *http.Request) bool {
	if purpose := r.Header["Sec-Purpose"]; len(purpose) > 0 && strings.Contains(purpose[0], "prefetch") {
		return true
	}
	agent := strings.ToLower(r.Header.Get("User-Agent"))
	if agent == "" || len(agent) > 1000 {
		return true
	}
	agent = strings.ReplaceAll(agent, "cubot", "") // makes telephones
	for _, sign := range [...]string{
		"bot", "crawl", "spider", "slurp", "archiver", "scrap", "http", "curl", "wget", "python",
		"java/", "libwww", "headless", "preview", "monitor", "scan", "feed", "fetch",
	} {
		if strings.Contains(agent, sign) {
			return true
		}
	}
	return false
}
