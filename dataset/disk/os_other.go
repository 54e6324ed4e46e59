//go:build !unix

package disk

import "errors"

// regularOnly: looking at what was opened is all there is here.
const regularOnly = 0

// lockless reports whether an error says that the file system has no locks.
func lockless(err error) bool { return errors.Is(err, errors.ErrUnsupported) }
