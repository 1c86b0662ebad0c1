// Package rescue turns what is left of dead archives into stories, each fact
// with its evidence.
//
// A rescue reads its pages three times over: a survey learns what the pages of
// a folder share; a reading makes a draft of every page, by itself; linking
// joins drafts that are parts or copies of one story, and compares them with
// the index pages. Only whole stories leave it.
//
// The package reads bytes and makes archive.Story values. Where originals and
// stories are kept is for the caller: see Originals and Keeper.
package rescue

import (
	"context"
	"crypto/sha256"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"colophon/internal/archive"
	"colophon/internal/prose"
	"colophon/internal/rescue/header"
	"colophon/internal/rescue/intake"
	"colophon/internal/rescue/page"
	"colophon/internal/rescue/vocab"
)

// Originals keeps the bytes of the pages.
type Originals interface {
	// PutAll makes the bytes durable and returns their digests, in order.
	PutAll(ctx context.Context, data [][]byte) ([]archive.Digest, error)
}

// Keeper keeps the stories.
type Keeper interface {
	// Keep stores the stories, all or none, and says of each what became of it.
	// Keeping a story again changes nothing.
	Keep(ctx context.Context, stories []*archive.Story) ([]Kept, error)
	// Likenesses calls f with the sketch of every story kept so far.
	Likenesses(ctx context.Context, f func(id int64, title string, sketch []byte) error) error
}

// Outcome says what became of a story given to a Keeper.
type Outcome string

// What can become of a story.
const (
	New       Outcome = "new"
	Revised   Outcome = "revised"
	Unchanged Outcome = "unchanged"
	Copied    Outcome = "copy" // the same bytes in another place: a further source of a story kept before
)

// Kept is what became of one story, and its id.
type Kept struct {
	ID      int64
	Outcome Outcome
}

// Options of a rescue.
type Options struct {
	Fandom   string // of stories that name none
	Language string // of stories whose language cannot be told
	Jobs     int    // pages read at the same time; 0 for one on each processor
	Limits   intake.Limits
	Scratch  string // folder for the temporary file of drafts; "" for the system's
	// Originals says that the sink wants the bytes of the pages too.
	Originals bool
	// Progress is told how far the rescue is; it may be nil.
	Progress func(Progress)
}

// Stage is a stage of a rescue.
type Stage string

// The stages.
const (
	Surveying Stage = "looking through the folder"
	Reading   Stage = "reading pages"
	Linking   Stage = "joining parts and copies"
	Keeping   Stage = "keeping stories"
)

// Progress says how far a rescue is.
type Progress struct {
	Stage       Stage
	Done, Total int   // pages, or stories when keeping
	Bytes       int64 // read so far in this stage
}

// Sink takes each finished story, in a fixed order. With Options.Originals,
// original returns the bytes of a source of it.
type Sink func(s *archive.Story, original func(archive.Source) ([]byte, error)) error

// Rescuer holds what all rescues share.
type Rescuer struct {
	words   *vocab.Vocabulary
	divider *page.Divider
	headers *header.Reader
	tongues *prose.Languages
}

// NewRescuer reads the vocabulary.
func NewRescuer() *Rescuer {
	words := vocab.New()
	return &Rescuer{words: words, divider: page.NewDivider(words), headers: header.NewReader(words), tongues: prose.NewLanguages()}
}

// Run rescues the pages under the paths. With originals and keeper it keeps
// them; with both nil it is a dry run. Each story goes to sink as well, where
// that is not nil.
//
// Errors are those of intake.Walk, of the keepers and of sink. What was kept
// before an error stays kept, and running again goes on from there.
func (r *Rescuer) Run(ctx context.Context, paths []string, o Options, originals Originals, keeper Keeper, sink Sink) (*Result, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	run := &run{Rescuer: r, options: o, originals: originals, keeper: keeper, sink: sink, result: newResult(), bytes: map[archive.Digest]slot{}}
	spool, err := newSpool(o.Scratch)
	if err != nil {
		return nil, err
	}
	defer spool.close()
	run.spool = spool
	for _, step := range []func(context.Context, []string) error{run.survey, run.read, run.link, run.keep} {
		if err := step(ctx, paths); err != nil {
			return nil, err
		}
	}
	return run.result, nil
}

// run is one rescue.
type run struct {
	*Rescuer
	options   Options
	originals Originals
	keeper    Keeper
	sink      Sink
	spool     *spool
	result    *Result

	folders folders
	bytes   map[archive.Digest]slot // originals in the spool, where they are wanted
	mu      sync.Mutex              // guards cards and result while pages are read
	cards   []*card
	groups  []group
}

func (r *run) progress(p Progress) {
	if r.options.Progress != nil {
		r.options.Progress(p)
	}
}

// batch is how many originals are made durable together, at most: the more, the
// fewer folders of the vault have to be for each.
const batch = 256

// read makes a draft of every page. While some pages are read, the originals of
// those that come next are kept.
func (r *run) read(ctx context.Context, paths []string) error {
	files := make(chan []numbered)
	kept := make(chan numbered)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(files)
		return r.batches(ctx, paths, files)
	})
	group.Go(func() error {
		defer close(kept)
		for some := range files {
			if err := r.keepOriginals(ctx, some, kept); err != nil {
				return err
			}
		}
		return nil
	})
	for range r.options.Jobs {
		group.Go(func() error {
			for f := range kept {
				if err := r.readOne(f); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	sortCards(r.cards)
	return nil
}

// numbered is a file with its place in the order of the walk.
type numbered struct {
	intake.File
	n      int
	digest archive.Digest // once its original is kept
}

// maxBatchBytes bounds the bytes that wait in one batch.
const maxBatchBytes = 8 << 20

// batches walks the paths and hands out files in batches.
func (r *run) batches(ctx context.Context, paths []string, files chan<- []numbered) error {
	var some []numbered
	n, bytes, pending := 0, int64(0), 0
	send := func() error {
		if len(some) == 0 {
			return nil
		}
		select {
		case files <- some:
		case <-ctx.Done():
			return ctx.Err()
		}
		some, pending = nil, 0
		return nil
	}
	err := intake.Walk(ctx, paths, r.options.Limits, func(f intake.File) error {
		some = append(some, numbered{File: f, n: n})
		n++
		bytes += int64(len(f.Data))
		pending += len(f.Data)
		r.progress(Progress{Stage: Reading, Done: n, Total: r.folders.pages, Bytes: bytes})
		if len(some) >= batch || pending >= maxBatchBytes {
			return send()
		}
		return nil
	}, r.leave)
	if err != nil {
		return err
	}
	return send()
}

// leave notes a file that is not read.
func (r *run) leave(l intake.Left) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.result.Left = append(r.result.Left, l)
}

// keepOriginals keeps the originals of some files and hands these on.
func (r *run) keepOriginals(ctx context.Context, some []numbered, kept chan<- numbered) error {
	data := make([][]byte, len(some))
	for i, f := range some {
		data[i] = f.Data
	}
	digests, err := r.putAll(ctx, data)
	if err != nil {
		return err
	}
	for i, f := range some {
		f.digest = digests[i]
		if err := r.spoolOriginal(f.digest, f.Data); err != nil {
			return err
		}
		select {
		case kept <- f:
		case <-ctx.Done():
			return ctx.Err()
		}
		some[i].Data, data[i] = nil, nil // they may be large
	}
	return nil
}

// putAll returns the digests of originals, kept where the rescue keeps any.
func (r *run) putAll(ctx context.Context, data [][]byte) ([]archive.Digest, error) {
	if r.originals != nil {
		return r.originals.PutAll(ctx, data)
	}
	digests := make([]archive.Digest, len(data))
	for i, b := range data {
		digests[i] = sha256.Sum256(b)
	}
	return digests, nil
}

// spoolOriginal keeps the bytes of a page for the sink.
func (r *run) spoolOriginal(d archive.Digest, data []byte) error {
	if !r.options.Originals || r.sink == nil {
		return nil
	}
	at, err := r.spool.write(data)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bytes[d] = at
	return nil
}

// original returns the bytes of a source that were spooled.
func (r *run) original(s archive.Source) ([]byte, error) {
	at, ok := r.bytes[s.Digest]
	if !ok {
		return nil, archive.Errorf(archive.NotFound, "The bytes of %s were not kept for this.", s.Path)
	}
	return r.spool.read(at)
}
