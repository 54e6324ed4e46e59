package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// mergePaths checks that out is none of the folders that are merged, nor inside one,
// whatever links lead there, and leaves out folders that were named before. What
// cannot be looked at is left for who opens it.
func mergePaths(w io.Writer, out string, dirs []string) ([]string, error) {
	above := foldersAbove(out)
	var kept, names []string // names of seen
	var seen []fs.FileInfo
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil {
			kept = append(kept, dir)
			continue
		}
		for i, folder := range above {
			if !os.SameFile(info, folder) {
				continue
			}
			if _, err := os.Stat(out); i == 0 && err == nil {
				return nil, usageError{fmt.Errorf("%s is OUT and a dataset to be merged into it as well; name it once", dir)}
			}
			return nil, usageError{fmt.Errorf("%s lies inside %s, which is only read; choose a folder elsewhere", out, dir)}
		}
		same := func(other fs.FileInfo) bool { return os.SameFile(info, other) }
		if i := slices.IndexFunc(seen, same); i >= 0 {
			fmt.Fprintf(w, "%s is %s, named twice\n", dir, names[i])
			continue
		}
		kept, names, seen = append(kept, dir), append(names, dir), append(seen, info)
	}
	return kept, nil
}

// foldersAbove returns out, if it is there, and the folders above it, nearest first,
// as they lie on disk.
func foldersAbove(out string) []fs.FileInfo {
	var found []fs.FileInfo
	if real, err := filepath.EvalSymlinks(out); err == nil {
		out = real
	}
	path, err := filepath.Abs(out)
	if err != nil {
		return nil
	}
	for {
		// A link leads elsewhere: what is above its name is not above the folder.
		if real, err := filepath.EvalSymlinks(path); err == nil {
			path = real
			if info, err := os.Stat(path); err == nil {
				found = append(found, info)
			}
		}
		up := filepath.Dir(path)
		if up == path {
			return found
		}
		path = up
	}
}
