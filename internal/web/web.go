// Package web shows an archive to readers: plain pages that work without
// script, on old devices, on paper and with a screen reader.
//
// It turns requests into questions to the archive and the answers into pages.
// It neither listens nor stops (the command does), it changes nothing in the
// archive, and it holds no SQL and no rules of rescue. Each route has one
// handler in one file; handlers return errors, and serve.go alone decides the
// status, the log line and the page that a failure becomes.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"colophon/internal/archive"
	"colophon/internal/look"
)

// Archive is what the pages ask of the store. Its errors are archive.Error.
type Archive interface {
	Overview(ctx context.Context) (archive.Overview, error)
	// PenNames returns all pen names of published stories in the order to show.
	PenNames(ctx context.Context) ([]archive.Name, error)
	// Tags returns all tags of a kind in the order to show.
	Tags(ctx context.Context, kind archive.TagKind) ([]archive.Name, error)
	Stories(ctx context.Context, q archive.Query) (archive.Listing, error)
	// Story returns a story without the text of its chapters and without the
	// addresses that were sealed; their ranges are there, to be masked.
	Story(ctx context.Context, id int64) (*archive.Story, error)
	// Chapter returns chapter n of a story with its text; n counts from 1.
	Chapter(ctx context.Context, id int64, n int) (archive.Chapter, error)
}

// Originals gives the bytes that stories came from.
type Originals interface {
	// Get returns the checked bytes of a digest, or an archive.Error of kind
	// NotFound or Damaged.
	Get(ctx context.Context, d archive.Digest) ([]byte, error)
}

// Config is what the pages need. Archive and Originals must be given.
type Config struct {
	Archive   Archive
	Originals Originals
	Name      string           // of the archive, "Colophon" where empty
	About     string           // a sentence or two for the home page, a general one where empty
	Base      string           // scheme and host for canonical links, such as "https://example.org"; "" leaves them out
	Log       *slog.Logger     // nil logs nothing
	Now       func() time.Time // nil is time.Now
}

// site is the state that handlers share. It does not change after New, apart
// from the tokens in large.
type site struct {
	archive   Archive
	originals Originals
	name      string
	about     string
	base      string
	log       *slog.Logger
	now       func() time.Time
	static    map[string]asset // by path
	style     string           // path of the style sheet
	icon      string           // path of the icon
	large     chan struct{}    // a token for each large original in memory
}

// New returns a handler for all pages of an archive.
func New(c Config) http.Handler {
	s := newSite(c)
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.serve(r.handle))
	}
	return s.logged(guarded(mux))
}

func newSite(c Config) *site {
	s := &site{
		archive:   c.Archive,
		originals: c.Originals,
		name:      orElse(plain(c.Name), "Colophon"),
		about:     orElse(plain(c.About), "An archive of stories, kept so that they can be read and traced to the pages they came from."),
		base:      c.Base,
		log:       c.Log,
		now:       c.Now,
		static:    map[string]asset{},
		large:     make(chan struct{}, largeAtOnce),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.style = s.addStatic("style", ".css", "text/css; charset=utf-8", []byte(look.Base+styleSheet))
	s.icon = s.addStatic("icon", ".svg", "image/svg+xml", iconDrawing)
	return s
}

// route is a pattern of net/http.ServeMux and what answers it.
type route struct {
	pattern string
	handle  handler
}

func (s *site) routes() []route {
	return []route{
		{"GET /{$}", s.home},
		{"GET /authors", s.authors},
		{"GET /authors/{id}", s.author},
		{"GET /authors/{id}/{slug}", s.author},
		{"GET /fandoms", s.fandoms},
		{"GET /fandoms/{id}", s.fandom},
		{"GET /fandoms/{id}/{slug}", s.fandom},
		{"GET /stories", s.stories},
		{"GET /stories/{id}", s.story},
		{"GET /stories/{id}/{slug}", s.story},
		{"GET /stories/{id}/{slug}/chapters/{n}", s.chapter},
		{"GET /stories/{id}/{slug}/all", s.whole},
		{"GET /stories/{id}/{slug}/print", s.print},
		{"GET /stories/{id}/{slug}/source", s.sources},
		{"GET /stories/{id}/{slug}/source/{n}", s.source},
		{"GET /static/{file}", s.file},
		{"GET /healthz", s.health},
		{"/", s.unknown},
	}
}
