package rescue_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/archive"
	"colophon/internal/rescue"
	"colophon/internal/store"
	"colophon/internal/vault"
	"colophon/test/pgtest"
)

// database is where the archives are, nil for files.
var database *pgtest.Server

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m.Run, &database)) }

// data is a real store and vault, as cmd puts them together for a rescue.
type data struct {
	*store.Store
	vault *vault.Vault
}

func opened(t *testing.T) data {
	t.Helper()
	dir := t.TempDir()
	key, err := store.LoadOrMakeKey(filepath.Join(dir, "seal.key"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(filepath.Join(dir, "vault"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), database.Or(t, filepath.Join(dir, "colophon.db")), store.Options{SealKey: key, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), v.Close()); err != nil {
			t.Error(err)
		}
	})
	return data{s, v}
}

// Keep implements rescue.Keeper.
func (d data) Keep(ctx context.Context, stories []*archive.Story) ([]rescue.Kept, error) {
	saved, err := d.Save(ctx, stories)
	var out []rescue.Kept
	for _, s := range saved {
		out = append(out, rescue.Kept{ID: s.ID, Outcome: rescue.Outcome(s.Outcome)})
	}
	return out, err
}

// Likenesses implements rescue.Keeper.
func (d data) Likenesses(ctx context.Context, f func(id int64, title string, sketch []byte) error) error {
	return d.Sketches(ctx, f)
}

const twoPages = `
-- a.html --
<h2>Thin Ice</h2><p>by Nell Harrow</p><hr>{tale 1}
-- b.html --
<h2>Deep Water</h2><p>by Tam Ost</p><hr>{tale 2}
-- notes.bin --
` + "\x00\x01\x02\x03" + `
`

func TestKeeping(t *testing.T) {
	dir := written(t, twoPages)
	k := opened(t)
	var seen []string
	var stages []rescue.Stage
	o := rescue.Options{Jobs: 1, Originals: true, Scratch: t.TempDir(), Progress: func(p rescue.Progress) {
		if len(stages) == 0 || stages[len(stages)-1] != p.Stage {
			stages = append(stages, p.Stage)
		}
	}}
	res, err := rescue.NewRescuer().Run(t.Context(), []string{dir}, o, k.vault, k, func(s *archive.Story, original func(archive.Source) ([]byte, error)) error {
		b, err := original(s.Sources[0])
		if archive.Digest(sha256.Sum256(b)) != s.Sources[0].Digest {
			t.Errorf("%s: the original is another", s.Sources[0].Path)
		}
		if _, err := original(archive.Source{Path: "x"}); archive.KindOf(err) != archive.NotFound {
			t.Errorf("an unknown source gives %v", err)
		}
		seen = append(seen, s.Header.Title)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Thin Ice", "Deep Water"}, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]rescue.Stage{rescue.Surveying, rescue.Reading, rescue.Linking, rescue.Keeping}, stages); diff != "" {
		t.Errorf("stages (-want +got):\n%s", diff)
	}
	if res.Kept[rescue.New] != 2 || len(res.Left) != 1 || res.NotRead() != 0 {
		t.Errorf("kept %v, left %v", res.Kept, res.Left)
	}
	o.Progress = nil
	again, err := rescue.NewRescuer().Run(t.Context(), []string{dir}, o, k.vault, k, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Kept[rescue.Unchanged] != 2 || again.Kept[rescue.New] != 0 {
		t.Errorf("kept again: %v", again.Kept)
	}
}

// TestLikeEarlierStories checks that a new story is compared with those that an
// earlier rescue kept.
func TestLikeEarlierStories(t *testing.T) {
	k := opened(t)
	rescueInto := func(files string) *rescue.Result {
		res, err := rescue.NewRescuer().Run(t.Context(), []string{written(t, files)}, rescue.Options{Scratch: t.TempDir()}, k.vault, k, nil)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	rescueInto(twoPages)
	res := rescueInto(`
-- other.html --
<p>Title: Deep Water, again</p><p>Author: Tam Ost</p><hr>{tale 2}
-- new.html --
<h2>Open Sea</h2><p>by Wren</p><hr>{tale 3}
`)
	if diff := cmp.Diff([]rescue.Alike{{Path: "other.html", Story: 2, Title: "Deep Water"}}, res.Alike); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestErrorsEndARescue(t *testing.T) {
	dir := written(t, twoPages)
	full := errors.New("the disk is full")
	ended, end := context.WithCancel(t.Context())
	end()
	refuse := func(*archive.Story, func(archive.Source) ([]byte, error)) error { return full }
	run := func(ctx context.Context, dir string, s rescue.Sink) error {
		_, err := rescue.NewRescuer().Run(ctx, []string{dir}, rescue.Options{Scratch: t.TempDir()}, nil, nil, s)
		return err
	}
	if err := run(t.Context(), dir, refuse); !errors.Is(err, full) {
		t.Errorf("a sink that refuses: %v", err)
	}
	if err := run(ended, dir, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("an end from outside: %v", err)
	}
	if err := run(t.Context(), filepath.Join(dir, "nowhere"), nil); archive.KindOf(err) != archive.NotFound && archive.KindOf(err) != archive.Invalid {
		t.Errorf("a folder that is not there: %v", err)
	}
}
