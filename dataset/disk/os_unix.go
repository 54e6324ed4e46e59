//go:build unix

package disk

import (
	"errors"
	"syscall"
)

// regularOnly keeps opening from following a link and from waiting for the other
// end of a pipe.
const regularOnly = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// lockless reports whether an error says that the file system has no locks.
func lockless(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK)
}
