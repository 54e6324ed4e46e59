package crashdisk

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// listing is the entries of a folder, sorted by name, as they were when it was last
// listed. Of a hundred thousand names few have changed by the next time.
type listing struct {
	entries []fs.DirEntry
	touched []string // names that were made or removed since
	whole   bool     // entries is what touched refers to
}

// touch notes that a name was made or removed.
func (l *listing) touch(name string) {
	if l.whole && name != "" {
		l.touched = append(l.touched, name)
	}
}

// list returns the entries of a folder, sorted by name.
func (m *machine) list(folder *node) []fs.DirEntry {
	l := &folder.listing
	if !l.whole {
		l.entries, l.touched, l.whole = nil, slices.Collect(maps.Keys(folder.entries)), true
	}
	if len(l.touched) > 0 {
		slices.Sort(l.touched)
		l.entries = m.merge(folder, l.entries, slices.Compact(l.touched))
		l.touched = nil
	}
	return slices.Clone(l.entries)
}

// merge brings a sorted list of entries up to date, given the sorted names of which the
// entry may be another.
func (m *machine) merge(folder *node, old []fs.DirEntry, touched []string) []fs.DirEntry {
	merged := make([]fs.DirEntry, 0, len(old)+len(touched))
	for _, name := range touched {
		n, found := slices.BinarySearchFunc(old, name, func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
		merged = append(merged, old[:n]...)
		old = old[n:]
		if found {
			old = old[1:]
		}
		if is := folder.entries[name]; is != nil {
			merged = append(merged, &dirEntry{m, name, is})
		}
	}
	return append(merged, old...)
}

// dirEntry is an entry of a folder.
type dirEntry struct {
	m    *machine
	name string
	node *node
}

// Name returns the name in the folder.
func (e *dirEntry) Name() string { return e.name }

// IsDir returns whether it is a folder.
func (e *dirEntry) IsDir() bool { return e.node.mode.IsDir() }

// Type returns what kind it is.
func (e *dirEntry) Type() fs.FileMode { return e.node.mode.Type() }

// Info describes it as it is now.
func (e *dirEntry) Info() (fs.FileInfo, error) {
	e.m.mu.Lock()
	defer e.m.mu.Unlock()
	return e.node.info(e.name), nil
}
