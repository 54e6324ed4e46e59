// Package disk is every file operation that a dataset rests on, behind one
// interface, so that a test can make each of them fail or stop the world after
// it. [OS] is the machine's own file system; package crashdisk is one in memory
// that loses what was not synced.
package disk

import (
	"errors"
	"io"
	"io/fs"
)

// FS is a file system. Paths are those of the operating system. Errors are the
// ones of package os: they name operation and path and wrap fs.ErrExist,
// fs.ErrNotExist, fs.ErrPermission, errors.ErrUnsupported or the system's error
// number.
type FS interface {
	// Open opens a regular file for reading. It follows no link and never waits:
	// for anything but a regular file the error is ErrNotRegular.
	Open(path string) (File, error)
	// Create makes a new file for reading and writing. The error is fs.ErrExist
	// if there is something of that name.
	Create(path string) (File, error)
	// Append opens a regular file for writing at its end, and makes it if it is
	// missing. Like Open it follows no link and never waits.
	Append(path string) (File, error)
	// Link gives a file a second name and replaces nothing: fs.ErrExist. The
	// error is errors.ErrUnsupported or fs.ErrPermission where there are no hard
	// links.
	Link(from, to string) error
	// Rename gives a file or a folder another name and replaces a file that has it.
	Rename(from, to string) error
	// Remove removes a file or an empty folder.
	Remove(path string) error
	// Mkdir makes a folder. The one above it must be there.
	Mkdir(path string) error
	// Stat and Lstat describe what a path leads to; Lstat follows no link.
	Stat(path string) (fs.FileInfo, error)
	Lstat(path string) (fs.FileInfo, error)
	// ReadDir lists a folder, sorted by name.
	ReadDir(path string) ([]fs.DirEntry, error)
	// SyncFolder makes the names in a folder durable, where the system can.
	SyncFolder(path string) error
	// Lock takes the advisory lock of a file, which it makes if it is missing,
	// until the Closer is closed or the process ends. It does not wait: the error
	// is ErrLocked if others hold it. Several may share a lock that is not
	// exclusive. The error is errors.ErrUnsupported where there are no locks.
	Lock(path string, exclusive bool) (io.Closer, error)
}

// File is an open file. After a failed Sync it must not be synced again: the
// system may have dropped what it could not write.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer
	io.WriterAt
	io.Closer
	Name() string
	Size() (int64, error)
	Sync() error
}

var (
	// ErrNotRegular says that a path leads to a link, a folder, a pipe or a device.
	ErrNotRegular = errors.New("not a regular file")
	// ErrLocked says that somebody else holds a lock.
	ErrLocked = errors.New("locked")
)
