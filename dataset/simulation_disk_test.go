package dataset

import (
	"errors"
	"io"
	"io/fs"
	"slices"

	"nodal/dataset/disk"
)

// errDead is what a process gets from a disk when it has died: it is not there any
// more to see it, but its calls have to come to an end.
var errDead = errors.New("the process is dead")

// remote is the shared disk as one process sees it: each operation takes time, in which
// other processes do theirs, and a process may die before any of them.
type remote struct{ p *process }

var _ disk.FS = remote{}

// step is what comes before an operation. The error is errDead.
func (r remote) step(name string) error {
	p := r.p
	if p.dead {
		return errDead
	}
	p.operations++
	p.cluster.operations[name]++
	if p.operations == p.diesAt {
		p.die()
		return errDead
	}
	err := p.sleep(p.cluster.latency())
	p.cluster.awake = p
	return err
}

// Open, and all that follow, are those of disk.FS.
func (r remote) Open(path string) (disk.File, error) { return r.open("open", path) }

func (r remote) Create(path string) (disk.File, error) { return r.open("create", path) }

func (r remote) Append(path string) (disk.File, error) { return r.open("append", path) }

func (r remote) open(name, path string) (disk.File, error) {
	if err := r.step(name); err != nil {
		return nil, err
	}
	shared := r.p.cluster.disk
	do := map[string]func(string) (disk.File, error){"open": shared.Open, "create": shared.Create, "append": shared.Append}[name]
	file, err := do(path)
	if err != nil {
		return nil, err
	}
	return remoteFile{file, r}, nil
}

func (r remote) Link(from, to string) error {
	return r.do("link", func(shared disk.FS) error { return shared.Link(from, to) })
}

func (r remote) Rename(from, to string) error {
	return r.do("rename", func(shared disk.FS) error { return shared.Rename(from, to) })
}

func (r remote) Remove(path string) error {
	return r.do("remove", func(shared disk.FS) error { return shared.Remove(path) })
}

func (r remote) Mkdir(path string) error {
	return r.do("mkdir", func(shared disk.FS) error { return shared.Mkdir(path) })
}

func (r remote) SyncFolder(path string) error {
	return r.do("syncfolder", func(shared disk.FS) error { return shared.SyncFolder(path) })
}

func (r remote) do(name string, operation func(disk.FS) error) error {
	if err := r.step(name); err != nil {
		return err
	}
	return operation(r.p.cluster.disk)
}

func (r remote) Stat(path string) (fs.FileInfo, error) {
	if err := r.step("stat"); err != nil {
		return nil, err
	}
	return r.p.cluster.disk.Stat(path)
}

func (r remote) Lstat(path string) (fs.FileInfo, error) {
	if err := r.step("lstat"); err != nil {
		return nil, err
	}
	return r.p.cluster.disk.Lstat(path)
}

func (r remote) ReadDir(path string) ([]fs.DirEntry, error) {
	if err := r.step("readdir"); err != nil {
		return nil, err
	}
	return r.p.cluster.disk.ReadDir(path)
}

// Lock takes a lock, which a process that dies leaves to the server for a while, as
// NFS has it: until the lease of a client that does not answer is over.
func (r remote) Lock(path string, exclusive bool) (io.Closer, error) {
	if err := r.step("lock"); err != nil {
		return nil, err
	}
	held, err := r.p.cluster.disk.Lock(path, exclusive)
	if err != nil {
		return nil, err
	}
	r.p.locks = append(r.p.locks, held)
	return remoteLock{held, r}, nil
}

// remoteLock is a lock that a process holds.
type remoteLock struct {
	io.Closer
	r remote
}

func (l remoteLock) Close() error {
	if err := l.r.step("unlock"); err != nil {
		return err
	}
	p := l.r.p
	p.locks = slices.DeleteFunc(p.locks, func(held io.Closer) bool { return held == l.Closer })
	return l.Closer.Close()
}

// remoteFile is a file that a process has open.
type remoteFile struct {
	disk.File
	r remote
}

func (f remoteFile) Read(p []byte) (int, error) {
	if err := f.r.step("read"); err != nil {
		return 0, err
	}
	return f.File.Read(p)
}

func (f remoteFile) ReadAt(p []byte, offset int64) (int, error) {
	if err := f.r.step("read"); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, offset)
}

// Write may be the last that a process does: half of it is written then.
func (f remoteFile) Write(p []byte) (int, error) {
	lived := !f.r.p.dead
	if err := f.r.step("write"); err != nil {
		if lived {
			f.File.Write(p[:len(p)/2])
		}
		return 0, err
	}
	return f.File.Write(p)
}

func (f remoteFile) WriteAt(p []byte, offset int64) (int, error) {
	lived := !f.r.p.dead
	if err := f.r.step("write"); err != nil {
		if lived {
			f.File.WriteAt(p[:len(p)/2], offset)
		}
		return 0, err
	}
	return f.File.WriteAt(p, offset)
}

func (f remoteFile) Sync() error {
	if err := f.r.step("sync"); err != nil {
		return err
	}
	return f.File.Sync()
}

func (f remoteFile) Size() (int64, error) {
	if err := f.r.step("size"); err != nil {
		return 0, err
	}
	return f.File.Size()
}

func (f remoteFile) Close() error {
	if err := f.r.step("close"); err != nil {
		return err
	}
	return f.File.Close()
}
