//go:build !linux && !darwin && !windows

package disk

import "errors"

// space does not know.
func space(string) (Space, error) { return Space{}, errors.ErrUnsupported }
