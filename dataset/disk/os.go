package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"

	"github.com/gofrs/flock"
)

// OS is the file system of the machine.
type OS struct{}

// file is an os.File that tells its size.
type file struct{ *os.File }

// Size returns the bytes of the file.
func (f file) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Open opens a regular file for reading, see [FS].
func (OS) Open(path string) (File, error) { return openRegular(path, os.O_RDONLY) }

// openRegular opens what is a regular file, and nothing else. It does not wait
// for the other end of a pipe.
func openRegular(path string, flags int) (File, error) {
	f, err := os.OpenFile(path, flags|regularOnly, 0o666)
	if err != nil {
		if info, statErr := os.Lstat(path); statErr == nil && !info.Mode().IsRegular() {
			err = &fs.PathError{Op: "open", Path: path, Err: ErrNotRegular}
		}
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrNotRegular}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return file{f}, nil
}

// Create makes a new file, see [FS].
func (OS) Create(path string) (File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	return file{f}, nil
}

// Append opens a file for writing at its end, see [FS].
func (OS) Append(path string) (File, error) {
	return openRegular(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE)
}

// Link gives a file a second name, see [FS].
func (OS) Link(from, to string) error { return os.Link(from, to) }

// Rename gives a file another name, see [FS].
func (OS) Rename(from, to string) error { return os.Rename(from, to) }

// Remove removes a file or an empty folder.
func (OS) Remove(path string) error { return os.Remove(path) }

// Mkdir makes a folder.
func (OS) Mkdir(path string) error { return os.Mkdir(path, 0o777) }

// Stat describes what a path leads to.
func (OS) Stat(path string) (fs.FileInfo, error) { return os.Stat(path) }

// Lstat describes a path without following a link.
func (OS) Lstat(path string) (fs.FileInfo, error) { return os.Lstat(path) }

// ReadDir lists a folder, sorted by name.
func (OS) ReadDir(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }

// SyncFolder makes the names in a folder durable. Windows does it by itself and
// refuses to be asked, and some network file systems cannot.
func (OS) SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, folder.Close())
}

// Lock takes the advisory lock of a file, see [FS].
func (OS) Lock(path string, exclusive bool) (io.Closer, error) {
	lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))
	try := lock.TryRLock
	if exclusive {
		try = lock.TryLock
	}
	locked, err := try()
	switch {
	case lockless(err):
		err = &fs.PathError{Op: "lock", Path: path, Err: errors.ErrUnsupported}
	case err == nil && !locked:
		err = &fs.PathError{Op: "lock", Path: path, Err: ErrLocked}
	}
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return lock, nil
}
