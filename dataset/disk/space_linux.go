package disk

import "golang.org/x/sys/unix"

// blockSize returns the bytes of a block as Statfs counts them.
func blockSize(s *unix.Statfs_t) uint64 {
	if s.Frsize > 0 {
		return uint64(s.Frsize)
	}
	return uint64(max(s.Bsize, 1))
}
