package web

import (
	"sync"

	"colophon/internal/web/tongue"
)

const (
	languagesHeld   = 512 // headers that are remembered
	longestAccepted = 128 // bytes of one; longer ones are read each time
)

// languages chooses the language of the pages. It remembers what the headers
// that browsers send came to, because reading one takes longer than answering
// with a page that is kept.
type languages struct {
	tongues *tongue.Tongues
	own     string // of the archive

	mu       sync.RWMutex
	accepted map[string]tongue.Tongue // by Accept-Language header
}

func newLanguages(ts *tongue.Tongues, own string) *languages {
	return &languages{tongues: ts, own: own, accepted: map[string]tongue.Tongue{}}
}

// choose is tongue.Tongues.Choose.
func (l *languages) choose(chosen, accepted string) tongue.Tongue {
	if chosen != "" || len(accepted) > longestAccepted {
		return l.tongues.Choose(chosen, accepted, l.own)
	}
	l.mu.RLock()
	t, ok := l.accepted[accepted]
	l.mu.RUnlock()
	if ok {
		return t
	}
	t = l.tongues.Choose("", accepted, l.own)
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.accepted) >= languagesHeld {
		clear(l.accepted) // of headers that were made up, most likely
	}
	l.accepted[accepted] = t
	return t
}
