package vault

import (
	"errors"
	"os"

	"golang.org/x/sync/errgroup"
)

// syncDirs makes the names in folders durable, side by side.
func syncDirs(dirs []string) error {
	var g errgroup.Group
	g.SetLimit(syncs)
	for _, dir := range dirs {
		g.Go(func() error { return syncDir(dir) })
	}
	return g.Wait()
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
