//go:build linux || darwin

package disk

import (
	"math"

	"golang.org/x/sys/unix"
)

// space returns the space left on the file system of something that is there.
// File systems that make inodes as they need them say that there are none in all.
func space(path string) (Space, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return Space{}, err
	}
	block := blockSize(&s)
	left := Space{Bytes: math.MaxInt64, Files: -1}
	if blocks := uint64(s.Bavail); blocks < math.MaxInt64/block {
		left.Bytes = int64(blocks * block)
	}
	if s.Files > 0 && s.Ffree < math.MaxInt64 {
		left.Files = int64(s.Ffree)
	}
	return left, nil
}
