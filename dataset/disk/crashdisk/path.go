package crashdisk

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"nodal/dataset/disk"
)

// place is where a path leads: an entry of a folder, whose node is nil if there
// is nothing of that name. The root has no folder.
type place struct {
	folder *node
	called string // name of the folder
	name   string
	node   *node
}

// maxHops is how many symbolic links a path may go through, as on Linux.
const maxHops = 40

// resolve walks a path. It follows symbolic links on the way, and at its end if
// follow says so. The error is that of a folder above that is missing or none.
func (m *machine) resolve(name string, follow bool) (place, error) {
	p, err := slashed(name)
	if err != nil {
		return place{}, err
	}
	for range maxHops {
		at, link, err := m.walk(p, follow)
		if err != nil || link == "" {
			return at, err
		}
		p = link
	}
	return place{}, syscall.ELOOP
}

// walk goes down a path until its end or the first symbolic link to follow, and
// then returns the path that this leads to.
func (m *machine) walk(p string, follow bool) (at place, link string, err error) {
	at = place{node: m.root}
	rest := strings.TrimPrefix(p, "/")
	above := "/"
	for rest != "" {
		name, below, _ := strings.Cut(rest, "/")
		switch {
		case at.node == nil:
			return place{}, "", fs.ErrNotExist
		case !at.node.mode.IsDir():
			return place{}, "", syscall.ENOTDIR
		}
		at = place{folder: at.node, called: at.name, name: name, node: at.node.entries[name]}
		if n := at.node; n != nil && n.mode&fs.ModeSymlink != 0 && (below != "" || follow) {
			to := n.target
			if !path.IsAbs(to) {
				to = path.Join(above, to)
			}
			return place{}, path.Join(to, below), nil
		}
		above, rest = path.Join(above, name), below
	}
	return at, "", nil
}

// find is resolve for what must be there.
func (m *machine) find(name string, follow bool) (place, error) {
	at, err := m.resolve(name, follow)
	if err == nil && at.node == nil {
		err = fs.ErrNotExist
	}
	return at, err
}

// vacant is resolve for what must not be there.
func (m *machine) vacant(name string) (place, error) {
	at, err := m.resolve(name, false)
	if err == nil && at.node != nil {
		err = fs.ErrExist
	}
	return at, err
}

// regular says what is wrong with a node that should be a regular file.
func (n *node) regular() error {
	if !n.mode.IsRegular() {
		return disk.ErrNotRegular
	}
	return nil
}

// slashed cleans a path of this system: "/a/b", also on Windows.
func slashed(name string) (string, error) {
	name = filepath.Clean(name)
	name = filepath.ToSlash(name[len(filepath.VolumeName(name)):])
	if !path.IsAbs(name) {
		return "", fs.ErrInvalid
	}
	return name, nil
}
