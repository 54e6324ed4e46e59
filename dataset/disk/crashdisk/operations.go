package crashdisk

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"

	"nodal/dataset/disk"
)

// Open opens a regular file for reading, see disk.FS.
func (d *Disk) Open(path string) (disk.File, error) {
	return d.open("open", path, func() (*file, error) {
		at, err := d.m.find(path, false)
		if err == nil {
			err = at.node.regular()
		}
		return &file{node: at.node, read: true}, err
	})
}

// Create makes a new file, see disk.FS.
func (d *Disk) Create(path string) (disk.File, error) {
	return d.open("create", path, func() (*file, error) {
		at, err := d.m.vacant(path)
		if err != nil {
			return nil, err
		}
		return &file{node: d.m.make(at, 0), read: true, write: true}, nil
	})
}

// Append opens a file for writing at its end, see disk.FS.
func (d *Disk) Append(path string) (disk.File, error) {
	return d.open("append", path, func() (*file, error) {
		n, err := d.m.findOrMake(path)
		return &file{node: n, write: true, append: true}, err
	})
}

// open carries out an operation that opens a file.
func (d *Disk) open(name, path string, body func() (*file, error)) (disk.File, error) {
	var opened *file
	err := d.do(Op{Name: name, Path: path}, anyone, func() (err error) {
		if opened, err = body(); err == nil {
			opened.disk, opened.path, opened.epoch = d, path, d.m.epoch
		}
		return err
	}, nil)
	if err != nil {
		return nil, err
	}
	return opened, nil
}

// Link gives a file a second name, see disk.FS.
func (d *Disk) Link(from, to string) error {
	op := Op{Name: "link", Path: from, To: to}
	return d.do(op, anyone, func() error {
		if d.m.noLinks {
			return errors.ErrUnsupported
		}
		source, err := d.m.find(from, false)
		if err != nil {
			return err
		}
		if source.node.mode.IsDir() {
			return fs.ErrPermission
		}
		target, err := d.m.vacant(to)
		if err != nil {
			return err
		}
		d.checkLink(op, source, target)
		d.m.change(target.folder, change{made: target.name, node: source.node})
		return nil
	}, nil)
}

// Rename gives a file or a folder another name, see disk.FS. Where both names are
// of one file it does nothing, as POSIX has it.
func (d *Disk) Rename(from, to string) error {
	op := Op{Name: "rename", Path: from, To: to}
	return d.do(op, anyone, func() error {
		source, err := d.m.find(from, false)
		if err != nil {
			return err
		}
		target, err := d.m.resolve(to, false)
		if err == nil {
			err = renamable(source, target)
		}
		if err != nil || source.node == target.node {
			return err
		}
		d.checkLink(op, source, target)
		if source.folder == target.folder {
			d.m.change(source.folder, change{removed: source.name, made: target.name, node: source.node})
		} else {
			d.m.change(target.folder, change{made: target.name, node: source.node})
			d.m.change(source.folder, change{removed: source.name, node: source.node})
		}
		return nil
	}, nil)
}

// renamable says why source cannot get the name of target.
func renamable(source, target place) error {
	switch {
	case source.folder == nil || target.folder == nil:
		return syscall.EBUSY
	case source.node.mode.IsDir() && source.node.holds(target.folder):
		return fs.ErrInvalid
	case target.node == nil || target.node == source.node:
		return nil
	case target.node.mode.IsDir():
		return fs.ErrExist
	case source.node.mode.IsDir():
		return syscall.ENOTDIR
	}
	return nil
}

// holds reports whether a folder is another or is above it.
func (n *node) holds(folder *node) bool {
	if n == folder {
		return true
	}
	for _, entry := range n.entries {
		if entry.mode.IsDir() && entry.holds(folder) {
			return true
		}
	}
	return false
}

// Remove removes a file or an empty folder.
func (d *Disk) Remove(path string) error {
	return d.do(Op{Name: "remove", Path: path}, anyone, func() error {
		at, err := d.m.find(path, false)
		switch {
		case err != nil:
			return err
		case at.folder == nil:
			return syscall.EBUSY
		case len(at.node.entries) > 0:
			return syscall.ENOTEMPTY
		}
		d.m.change(at.folder, change{removed: at.name, node: at.node})
		return nil
	}, nil)
}

// Mkdir makes a folder.
func (d *Disk) Mkdir(path string) error {
	return d.do(Op{Name: "mkdir", Path: path}, anyone, func() error {
		at, err := d.m.vacant(path)
		if err == nil {
			d.m.make(at, fs.ModeDir)
		}
		return err
	}, nil)
}

// Stat describes what a path leads to. Its time is the number of the operation
// that changed it last, in seconds.
func (d *Disk) Stat(path string) (fs.FileInfo, error) { return d.stat("stat", path, true) }

// Lstat describes a path without following a link, see [Disk.Stat].
func (d *Disk) Lstat(path string) (fs.FileInfo, error) { return d.stat("lstat", path, false) }

func (d *Disk) stat(name, path string, follow bool) (fs.FileInfo, error) {
	var is fs.FileInfo
	err := d.do(Op{Name: name, Path: path}, anyone, func() error {
		at, err := d.m.find(path, follow)
		if err == nil {
			is = at.node.info(filepath.Base(path))
		}
		return err
	}, nil)
	return is, err
}

// ReadDir lists a folder, sorted by name.
func (d *Disk) ReadDir(path string) ([]fs.DirEntry, error) {
	var list []fs.DirEntry
	err := d.do(Op{Name: "readdir", Path: path}, anyone, func() error {
		at, err := d.m.findFolder(path)
		if err != nil {
			return err
		}
		list = d.m.list(at)
		return nil
	}, nil)
	return list, err
}

// SyncFolder makes the names in a folder durable.
func (d *Disk) SyncFolder(path string) error {
	return d.do(Op{Name: "syncfolder", Path: path}, anyone, func() error {
		folder, err := d.m.findFolder(path)
		if err != nil {
			return err
		}
		folder.settle()
		return nil
	}, nil)
}

func (m *machine) findFolder(path string) (*node, error) {
	at, err := m.find(path, true)
	if err == nil && !at.node.mode.IsDir() {
		err = syscall.ENOTDIR
	}
	return at.node, err
}

// findOrMake returns the regular file of a path, which it makes if it is missing.
func (m *machine) findOrMake(path string) (*node, error) {
	at, err := m.resolve(path, true)
	switch {
	case err != nil:
		return nil, err
	case at.node == nil:
		return m.make(at, 0), nil
	default:
		return at.node, at.node.regular()
	}
}

// make makes a file or a folder at a place where there is nothing.
func (m *machine) make(at place, mode fs.FileMode) *node {
	n := m.newNode(mode)
	n.visible = mode == 0 && at.shown()
	m.change(at.folder, change{made: at.name, node: n})
	return n
}
