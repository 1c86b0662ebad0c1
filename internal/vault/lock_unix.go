//go:build unix

package vault

import (
	"errors"
	"os"
	"syscall"
)

// lock tries to have the vault alone, and says whether it has. The lock ends
// with the process, however that ends.
func lock(f *os.File) (alone bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// share lets others open the vault while it is open here.
func share(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_SH) }
