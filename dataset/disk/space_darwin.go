package disk

import "golang.org/x/sys/unix"

// blockSize returns the bytes of a block as Statfs counts them.
func blockSize(s *unix.Statfs_t) uint64 { return uint64(max(s.Bsize, 1)) }
