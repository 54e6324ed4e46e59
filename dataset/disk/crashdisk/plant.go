package crashdisk

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// This file is for the test around the code under test: it plants files and looks
// at the disk without that counting as an operation, after a crash too.

// Put makes a durable file of the given bytes, in the place of what is there, and
// the folders above it. As all that plants it panics where the path cannot be: it
// is not absolute, leads through something that is no folder, or is a folder.
func (d *Disk) Put(path string, content []byte) {
	d.plant(path, func(n *node) {
		n.data.write(content, 0)
		n.sync()
	}, 0)
}

// PutFolder makes a durable folder and those above it; it may be there.
func (d *Disk) PutFolder(path string) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.above(filepath.Join(path, "in"))
}

// Symlink makes a durable symbolic link that leads to target.
func (d *Disk) Symlink(target, path string) {
	d.plant(path, func(n *node) { n.target = filepath.ToSlash(target) }, fs.ModeSymlink)
}

// Pipe makes a durable named pipe.
func (d *Disk) Pipe(path string) {
	d.plant(path, func(*node) {}, fs.ModeNamedPipe)
}

func (d *Disk) plant(path string, fill func(*node), mode fs.FileMode) {
	m := d.m
	m.mu.Lock()
	defer m.mu.Unlock()
	at := m.above(path)
	if at.node != nil && at.node.mode.IsDir() {
		panic(fmt.Sprintf("crashdisk: %s is a folder", path))
	}
	n := m.newNode(mode)
	n.visible = mode == 0 && at.shown()
	fill(n)
	m.change(at.folder, change{sure: true, made: at.name, node: n})
}

// above makes the folders above a path and returns where it leads, not following
// a link there.
func (m *machine) above(name string) place {
	clean, err := slashed(name)
	if err != nil {
		panic(fmt.Sprintf("crashdisk: %s is not absolute", name))
	}
	parts := strings.Split(clean, "/")
	for i := 2; i < len(parts); i++ {
		folder, err := m.resolve(strings.Join(parts[:i], "/"), true)
		if err != nil || folder.folder == nil {
			continue // the last resolve says what is wrong
		}
		if folder.node == nil {
			folder.node = m.newNode(fs.ModeDir)
		}
		m.change(folder.folder, change{sure: true, made: folder.name, node: folder.node})
	}
	at, err := m.resolve(clean, false)
	if err != nil || at.folder == nil {
		panic(fmt.Sprintf("crashdisk: cannot make %s: %v", name, err))
	}
	return at
}

// ReadFile returns the bytes of a regular file as reads show them now.
func (d *Disk) ReadFile(path string) ([]byte, error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	at, err := d.m.find(path, false)
	if err == nil {
		err = at.node.regular()
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: path, Err: err}
	}
	return append([]byte{}, at.node.data.b...), nil
}

// Files returns the bytes of all regular files as reads show them now, by path.
func (d *Disk) Files() map[string][]byte {
	files := map[string][]byte{}
	d.each(func(name string, n *node) {
		if n.mode.IsRegular() {
			files[name] = append([]byte{}, n.data.b...)
		}
	})
	return files
}

// Paths returns the paths of all that is there now, folders too, sorted.
func (d *Disk) Paths() []string {
	var paths []string
	d.each(func(name string, _ *node) { paths = append(paths, name) })
	slices.Sort(paths)
	return paths
}

// each calls visit with everything under the root and its path.
func (d *Disk) each(visit func(string, *node)) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	var down func(string, *node)
	down = func(at string, folder *node) {
		for name, n := range folder.entries {
			below := path.Join(at, name)
			visit(filepath.FromSlash(below), n)
			down(below, n)
		}
	}
	down("/", d.m.root)
}
