package dataset

import (
	"errors"
	"io/fs"
	"path/filepath"

	"nodal/dataset/disk"
)

// makeFolder creates a folder and the missing ones above it, and makes their
// names durable.
func makeFolder(fsys disk.FS, path string) error {
	err := makeInside(fsys, path)
	if parent := filepath.Dir(path); errors.Is(err, fs.ErrNotExist) && parent != path {
		if err := makeFolder(fsys, parent); err != nil {
			return err
		}
		err = makeInside(fsys, path)
	}
	return err
}

// makeInside creates a folder in one that is there, unless it is there too, and
// makes its name durable. It does not bring back what somebody took away from a run.
func makeInside(fsys disk.FS, path string) error {
	if isFolder(fsys, path) {
		return nil
	}
	err := fsys.Mkdir(path)
	if errors.Is(err, fs.ErrExist) && isFolder(fsys, path) {
		return nil // another run was faster
	}
	if err != nil {
		return err
	}
	return fsys.SyncFolder(filepath.Dir(path))
}

func isFolder(fsys disk.FS, path string) bool {
	info, err := fsys.Stat(path)
	return err == nil && info.IsDir()
}

// exists reports whether there is something of that name.
func exists(fsys disk.FS, path string) (bool, error) {
	_, err := fsys.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// names lists a folder by name; nothing if it is missing.
func names(fsys disk.FS, folder string) ([]string, error) {
	entries, err := fsys.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names, err
}
