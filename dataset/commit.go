package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"nodal/dataset/disk"
)

// This file is the commit protocol: every operation on which it rests that a
// file is either absent or whole and durable. A file is written under a
// temporary name in its own folder, fsynced, closed, given its name, and its
// folder fsynced. A failed write, fsync or close gives the temporary file up; no
// file is fsynced a second time, since the kernel may have dropped the pages that
// failed (Rebello et al. 2020, "Can applications recover from fsync failures?").

// createTemp creates a file in folder for what shall be called stem.*: a new
// one, under a name that nobody else has.
func createTemp(fsys disk.FS, folder, stem, tag string) (disk.File, error) {
	for {
		file, err := fsys.Create(filepath.Join(folder, tempName(stem, tag)))
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
}

// seal makes a written temporary file durable and closes it. The file is closed
// whatever happens.
func seal(temp disk.File) error {
	if err := temp.Sync(); err != nil {
		return errors.Join(err, temp.Close())
	}
	return temp.Close()
}

// linkNew gives a file a second name without replacing another: the error is
// fs.ErrExist. Where the file system has no hard links it looks and renames. A
// file that comes in between is then replaced: by the same bytes, since those of
// a part do not depend on who wrote them.
func linkNew(fsys disk.FS, from, to string) error {
	err := fsys.Link(from, to)
	if !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	there, err := exists(fsys, to)
	if err != nil {
		return err
	}
	if there {
		return &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist}
	}
	return fsys.Rename(from, to)
}

// removeTemp removes a temporary file, which a rename may have taken away.
func removeTemp(fsys disk.FS, path string) error {
	if err := fsys.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// writeTemp writes a small file under a temporary name and returns that. If it
// fails it leaves nothing.
func writeTemp(fsys disk.FS, path, tag string, content []byte) (name string, err error) {
	temp, err := createTemp(fsys, filepath.Dir(path), filepath.Base(path), tag)
	if err != nil {
		return "", err
	}
	if _, err = temp.Write(content); err != nil {
		err = errors.Join(err, temp.Close())
	} else {
		err = seal(temp)
	}
	if err != nil {
		fsys.Remove(temp.Name()) // the next run clears what is left
		return "", err
	}
	return temp.Name(), nil
}

// writeOnce creates a small file with the given content, whole or not at all.
// It fails with fs.ErrExist if the file is there, and then changes nothing.
func writeOnce(fsys disk.FS, path, tag string, content []byte) error {
	there, err := exists(fsys, path)
	if err == nil && there {
		err = &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	if err != nil {
		return err
	}
	temp, err := writeTemp(fsys, path, tag, content)
	if err != nil {
		return err
	}
	if err := linkNew(fsys, temp, path); err != nil {
		fsys.Remove(temp)
		return err
	}
	return errors.Join(removeTemp(fsys, temp), fsys.SyncFolder(filepath.Dir(path)))
}

// replace gives a small file the given content, in one step. A file that has it
// already is not touched.
func replace(fsys disk.FS, path, tag string, content []byte) error {
	if there, err := readSmall(fsys, path, int64(len(content))); err == nil && bytes.Equal(there, content) {
		return nil
	}
	temp, err := writeTemp(fsys, path, tag, content)
	if err != nil {
		return err
	}
	if err := fsys.Rename(temp, path); err != nil {
		fsys.Remove(temp)
		return err
	}
	return fsys.SyncFolder(filepath.Dir(path))
}

// withdraw removes a file for good, if it is there.
func withdraw(fsys disk.FS, path string) error {
	if err := removeTemp(fsys, path); err != nil {
		return err
	}
	return fsys.SyncFolder(filepath.Dir(path))
}

// readSmall reads a file of at most limit bytes into memory.
func readSmall(fsys disk.FS, path string, limit int64) (_ []byte, err error) {
	file, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() // opened for reading: nothing to lose
	size, err := file.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, fmt.Errorf("%s has %d bytes, more than the %d that it may have", path, size, limit)
	}
	return io.ReadAll(io.LimitReader(file, limit))
}

// moveAside gives a file a place in the quarantine, where it harms nobody and can
// be looked at, and returns that.
func moveAside(fsys disk.FS, root, path string) (string, error) {
	folder := filepath.Join(root, nodalFolder, quarantine)
	if err := makeInside(fsys, folder); err != nil {
		return "", err
	}
	name := filepath.Base(filepath.Dir(path)) + "-" + filepath.Base(path)
	for n := 1; ; n++ {
		to := filepath.Join(folder, fmt.Sprintf("%s.%d", name, n))
		there, err := exists(fsys, to)
		if err != nil {
			return "", err
		}
		if there {
			continue
		}
		if err := fsys.Rename(path, to); err != nil {
			return "", err
		}
		return to, errors.Join(fsys.SyncFolder(folder), fsys.SyncFolder(filepath.Dir(path)))
	}
}
