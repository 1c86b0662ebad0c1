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
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"colophon/internal/archive"
	"colophon/internal/catalogue"
	"colophon/internal/look"
	"colophon/internal/web/kept"
	"colophon/internal/web/tongue"
)

// Archive is what the pages ask of the store. Its errors are archive.Error.
type Archive interface {
	// Story returns a story without the text of its chapters and without the
	// addresses that were sealed; their ranges are there, to be masked.
	Story(ctx context.Context, id int64) (*archive.Story, error)
	// Chapter returns chapter n of a story with its text; n counts from 1.
	Chapter(ctx context.Context, id int64, n int) (archive.Chapter, error)
	// Tombstone is what is shown in place of a story that Story says is Gone.
	Tombstone(ctx context.Context, id int64) (archive.Tombstone, error)
	Listed
	Shelves
}

// Listed gives stories as listings show them.
type Listed interface {
	// Entries returns stories as listings show them, with their tags, in the order
	// of the ids; those that are withdrawn are left out.
	Entries(ctx context.Context, ids []int64) ([]archive.Entry, error)
	// Excerpts adds where words that were looked for stand in the texts.
	Excerpts(ctx context.Context, in archive.SearchIn, words string, list []archive.Entry) error
	// Like returns stories whose titles or authors have most of some words, or
	// words spelled like them.
	Like(ctx context.Context, words string, limit int) ([]archive.Entry, error)
}

// Shelves gives what stories stand under.
type Shelves interface {
	// AuthorNames returns pen names with their forms.
	AuthorNames(ctx context.Context, ids ...int64) ([]archive.Name, error)
	// Forms returns the ways in which stories write a tag.
	Forms(ctx context.Context, tag int64) ([]string, error)
	// Series returns the names and authors of series.
	Series(ctx context.Context, ids ...int64) ([]archive.SeriesName, error)
	SeriesByID(ctx context.Context, id int64) (archive.Series, error)
	// Neighbours returns the stories before and after one in its series, nil
	// where there is none.
	Neighbours(ctx context.Context, story int64) (before, after *archive.Entry, err error)
}

// Originals gives the bytes that stories came from.
type Originals interface {
	// Get returns the checked bytes of a digest, or an archive.Error of kind
	// NotFound or Damaged.
	Get(ctx context.Context, d archive.Digest) ([]byte, error)
}

// Changes tells what has changed in the archive, also by other processes.
type Changes interface {
	// Changes returns what has changed after the change of number since, at most
	// limit changes in their order, and the number of the newest change there is.
	Changes(ctx context.Context, since int64, limit int) (list []archive.Change, newest int64, err error)
}

// Views keeps how often stories are opened.
type Views interface {
	// AddViews adds to the numbers of stories, by id.
	AddViews(ctx context.Context, views map[int64]int64) error
}

// Config is what the pages need. Archive, Originals and Catalogue must be given.
type Config struct {
	Archive   Archive
	Originals Originals
	Catalogue *catalogue.Catalogue
	Changes   Changes             // nil: composed pages are not kept
	Views     Views               // nil: it is not counted how often stories are opened
	Memory    int64               // bytes for composed pages that are kept until they change, 0 to keep none
	Name      string              // of the archive, "Colophon" where empty
	About     string              // its welcome on the home page, paragraphs parted by blank lines; a general one where empty
	Rules     string              // its own words about its rules, added to those that hold everywhere
	Language  string              // of the pages for readers who ask for none of theirs, BCP 47
	Accent    string              // colour of links and ornaments, "#rrggbb"; "" for the usual
	Mark      []byte              // a small picture beside the name, as SVG; nil for none
	Base      string              // scheme and host for canonical links, such as "https://example.org"; "" leaves them out
	Gallery   bool                // show every component and state at /gallery
	Log       *slog.Logger        // nil logs nothing
	Now       func() time.Time    // nil is time.Now
	Pick      func(n int64) int64 // a number from 0 to n-1 by chance; nil always picks 0
}

// site is the state that handlers share. It does not change after New, apart
// from the tokens in large and from what is remembered of earlier requests:
// pages, views and languages.
type site struct {
	archive   Archive
	originals Originals
	catalogue *catalogue.Catalogue
	name      string
	about     string
	rules     string
	language  string
	base      string
	log       *slog.Logger
	now       func() time.Time
	pick      func(n int64) int64
	tongues   *tongue.Tongues
	static    map[string]asset // by path
	style     string           // path of the style sheet
	icon      string           // path of the icon
	mark      string           // path of the archive's mark, "" for none
	fonts     []string         // paths of the first fonts
	large     chan struct{}    // a token for each large original in memory
	guards    fields           // of every answer
	ofPages   fields           // of every page that is shown
	htmlType  []string         // the media type of pages
	languages *languages
	changes   Changes
	kept      *kept.Pages     // nil where none are kept
	wishes    chan *kept.Page // those whose smallest form is wanted
	views     *views          // nil where they are not counted
}

// New returns all pages of an archive. An error of kind Invalid says what of the
// configuration cannot be used.
func New(c Config) (*Pages, error) {
	s, err := newSite(c)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, r := range s.routes(c.Gallery) {
		mux.Handle(r.pattern, s.serve(r.handle))
	}
	same := http.NewCrossOriginProtection()
	same.SetDenyHandler(s.serve(func(http.ResponseWriter, *http.Request) error { return errForeign }))
	pack, err := gzhttp.NewWrapper(gzhttp.MinSize(packedFrom), gzhttp.ContentTypes([]string{"text/html"}))
	if err != nil {
		return nil, archive.Wrap(archive.Internal, "cannot pack pages", err)
	}
	// The recorder is inside the packing: what a handler is given tells whether
	// its answer has begun.
	return &Pages{site: s, composed: pack(s.logged(s.guarded(same.Handler(mux))))}, nil
}

// packedFrom is the size in bytes from which pages are sent packed.
const packedFrom = 1000

func newSite(c Config) (*site, error) {
	tongues, err := tongue.Load()
	if err != nil {
		return nil, archive.Wrap(archive.Internal, "cannot read the words of the pages", err)
	}
	s := &site{
		archive:   c.Archive,
		originals: c.Originals,
		catalogue: c.Catalogue,
		name:      orElse(plain(c.Name), "Colophon"),
		about:     c.About,
		rules:     c.Rules,
		language:  c.Language,
		base:      strings.TrimRight(c.Base, "/"),
		log:       c.Log,
		now:       c.Now,
		pick:      c.Pick,
		tongues:   tongues,
		static:    map[string]asset{},
		large:     make(chan struct{}, largeAtOnce),
		guards:    guards(),
		ofPages:   fields{{"Cache-Control", []string{"no-cache"}}, {"Vary", []string{varies}}},
		htmlType:  []string{"text/html; charset=utf-8"},
		languages: newLanguages(tongues, c.Language),
		changes:   c.Changes,
		wishes:    make(chan *kept.Page, wishesHeld),
	}
	if c.Changes != nil && c.Memory > 0 {
		s.kept = kept.New(c.Memory)
	}
	if c.Views != nil {
		s.views = newViews(c.Views)
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.pick == nil {
		s.pick = func(int64) int64 { return 0 }
	}
	accent, err := accentRules(c.Accent)
	if err != nil {
		return nil, err
	}
	faces, first := s.addFonts()
	s.fonts = first
	s.style = s.addStatic("style", ".css", "text/css; charset=utf-8", []byte(faces+look.Base+styleSheet+accent))
	s.icon = s.addStatic("icon", ".svg", "image/svg+xml", iconDrawing)
	if len(c.Mark) > 0 {
		s.mark = s.addStatic("mark", ".svg", "image/svg+xml", c.Mark)
	}
	return s, nil
}

// secure reports whether readers come by HTTPS.
func (s *site) secure() bool { return strings.HasPrefix(s.base, "https://") }

// route is a pattern of net/http.ServeMux and what answers it.
type route struct {
	pattern string
	handle  handler
}

func (s *site) routes(gallery bool) []route {
	rs := []route{
		{"GET /{$}", s.home},
		{"GET /authors", s.authors},
		{"GET /authors/{id}", s.author},
		{"GET /authors/{id}/{slug}", s.author},
		{"GET /fandoms", s.fandoms},
		{"GET /fandoms/{id}", s.tag},
		{"GET /fandoms/{id}/{slug}", s.tag},
		{"GET /stories", s.stories},
		{"GET /stories/{id}", s.story},
		{"GET /stories/{id}/{slug}", s.story},
		{"GET /stories/{id}/{slug}/chapters/{n}", s.chapter},
		{"GET /stories/{id}/{slug}/contents", s.contents},
		{"GET /stories/{id}/{slug}/all", s.whole},
		{"GET /stories/{id}/{slug}/print", s.print},
		{"GET /stories/{id}/{slug}/source", s.sources},
		{"GET /stories/{id}/{slug}/source/{n}", s.source},
		{"GET /series", s.allSeries},
		{"GET /series/{id}", s.series},
		{"GET /series/{id}/{slug}", s.series},
		{"GET /lengths", s.lengths},
		{"GET /lengths/{band}", s.length},
		{"GET /search", s.search},
		{"GET /tags", s.tagsOf(archive.TagFreeform)},
		{"GET /characters", s.tagsOf(archive.TagCharacter)},
		{"GET /relationships", s.tagsOf(archive.TagRelationship)},
		{"GET /warnings", s.tagsOf(archive.TagWarning)},
		{"GET /ratings", s.tagsOf(archive.TagRating)},
		{"GET /categories", s.tagsOf(archive.TagCategory)},
		{"GET /tags/{id}", s.tag},
		{"GET /tags/{id}/{slug}", s.tag},
		{"GET /asking", s.asking},
		{"GET /filters", s.saved},
		{"POST /filters", s.save},
		{"GET /api/v1/stories", s.api(s.apiStories)},
		{"GET /random", s.random},
		{"GET /about", s.aboutPage},
		{"GET /rules", s.rulesPage},
		{"GET /settings", s.settings},
		{"POST /settings", s.choose},
		{"GET /robots.txt", s.robots},
		{"GET /static/{file}", s.file},
		{"GET /healthz", s.health},
		{"/", s.unknown},
	}
	if gallery {
		rs = append(rs, route{"GET /gallery", s.gallery}, route{"GET /gallery/{state}", s.galleryState})
	}
	return rs
}
