package disk

import (
	"math"

	"golang.org/x/sys/windows"
)

// space returns the space left for this user on the volume of a folder that is
// there. Windows fixes no number of files.
func space(path string) (Space, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return Space{}, err
	}
	var bytes uint64
	if err := windows.GetDiskFreeSpaceEx(name, &bytes, nil, nil); err != nil {
		return Space{}, err
	}
	return Space{Bytes: int64(min(bytes, math.MaxInt64)), Files: -1}, nil
}
