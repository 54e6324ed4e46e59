//go:build !unix

package disk

import "errors"

// openRegular: Open looks at what it opened, which is all there is here.
const openRegular = 0

// lockless reports whether an error says that the file system has no locks.
func lockless(err error) bool { return errors.Is(err, errors.ErrUnsupported) }
