//go:build !unix

package dataset

import "errors"

// makePipe cannot make a named pipe here.
func makePipe(string) error { return errors.ErrUnsupported }
