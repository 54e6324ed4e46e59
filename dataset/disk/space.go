package disk

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
)

// Space is what is left on a file system for users who are not root.
type Space struct {
	Bytes int64
	Files int64 // how many more there can be; -1 where no number is fixed
}

// Free returns the space left on the file system that holds path, or that would:
// of the nearest folder above that is there. It is false where the system does not
// say. A quota, and what other programs are about to write, it cannot see.
func Free(path string) (Space, bool) {
	path, err := filepath.Abs(path)
	for err == nil {
		var s Space
		if s, err = space(path); err == nil {
			return s, true
		}
		above := filepath.Dir(path)
		if above == path || !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			break
		}
		path, err = above, nil
	}
	return Space{}, false
}
