package dataset

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
)

// This file is the commit protocol: every operation on which it rests that a
// file is either absent or whole and durable. A file is written under a
// temporary name in its own folder, fsynced, closed, renamed, and its folder
// fsynced. A failed write, fsync or close gives the temporary file up; no file
// is fsynced a second time, since the kernel may have dropped the pages that
// failed (Rebello et al. 2020, "Can applications recover from fsync failures?").

// createTemp creates a file in folder for what shall be called stem.*: a new
// one, under a name that nobody else has.
func createTemp(folder, stem string) (*os.File, error) {
	for {
		random := strconv.FormatUint(rand.Uint64(), 36)
		name := filepath.Join(folder, "."+stem+"."+random+".tmp")
		file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
}

// seal makes a written temporary file durable and closes it. The file is closed
// whatever happens.
func seal(temp *os.File) error {
	if err := temp.Sync(); err != nil {
		return errors.Join(err, temp.Close())
	}
	return temp.Close()
}

// publish gives a sealed temporary file its final name and makes the name
// durable. If a file of that name is there already it stays: with the same
// bytes all is well and the temporary file goes, with others it is an
// [IntegrityError].
func publish(temp, final string) error {
	switch same, err := sameBytes(temp, final); {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.Rename(temp, final); err != nil {
			return err
		}
	case err != nil:
		return err
	case !same:
		return &IntegrityError{Path: final, Reason: "it is there already and holds other bytes"}
	default:
		if err := os.Remove(temp); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(final))
}

// writeOnce creates a small file with the given content, whole or not at all.
// It fails with fs.ErrExist if the file is there, and then writes nothing.
func writeOnce(path string, content []byte) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	folder := filepath.Dir(path)
	temp, err := createTemp(folder, filepath.Base(path))
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if _, err := temp.Write(content); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := seal(temp); err != nil {
		return err
	}
	if err := renameNew(temp.Name(), path); err != nil {
		return err
	}
	return syncFolder(folder)
}

// withdraw removes a file for good.
func withdraw(path string) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// renameNew renames a file without replacing another. Where the file system has
// no hard links it looks first, which the lock makes good enough.
func renameNew(from, to string) error {
	err := os.Link(from, to)
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) {
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist})
		}
		return os.Rename(from, to)
	}
	return err
}

// makeFolder creates a folder and the missing ones above it, and makes their
// names durable.
func makeFolder(path string) error {
	if isFolder(path) {
		return nil
	}
	parent := filepath.Dir(path)
	err := os.Mkdir(path, 0o777)
	if errors.Is(err, fs.ErrNotExist) && parent != path {
		if err := makeFolder(parent); err != nil {
			return err
		}
		err = os.Mkdir(path, 0o777)
	}
	if errors.Is(err, fs.ErrExist) && isFolder(path) {
		return nil // another run was faster
	}
	if err != nil {
		return err
	}
	return syncFolder(parent)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// removeTemps removes the temporary files that dead runs left in folder, and
// nothing else.
func removeTemps(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Type().IsRegular() && tempPattern.MatchString(entry.Name()) {
			if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// syncFolder makes the names in a folder durable. Windows does it by itself and
// refuses to be asked.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil // some network file systems cannot sync a folder
	}
	return errors.Join(err, folder.Close())
}

// sameBytes reports whether two files hold the same bytes.
func sameBytes(a, b string) (bool, error) {
	fileA, err := os.Open(a)
	if err != nil {
		return false, err
	}
	defer fileA.Close()
	fileB, err := os.Open(b)
	if err != nil {
		return false, err
	}
	defer fileB.Close()

	var bufferA, bufferB [64 << 10]byte
	for {
		n, errA := io.ReadFull(fileA, bufferA[:])
		m, errB := io.ReadFull(fileB, bufferB[:])
		if !bytes.Equal(bufferA[:n], bufferB[:m]) {
			return false, nil
		}
		if ended(errA) || ended(errB) {
			return ended(errA) && ended(errB), nil
		}
		if err := errors.Join(errA, errB); err != nil {
			return false, err
		}
	}
}

// ended reports whether io.ReadFull met the end of the file.
func ended(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
