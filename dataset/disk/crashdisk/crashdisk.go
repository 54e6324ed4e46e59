// Package crashdisk is a file system in memory that fails and crashes on demand.
// A test gives it to code that works through disk.FS, makes one operation fail
// or the machine stop after it, and looks at what a later run finds.
//
// What a crash leaves is the least that POSIX promises, which file systems in use
// come down to in one mode or another (Pillai et al. 2014, "All File Systems Are
// Not Created Equal", OSDI):
//
//   - the bytes of a file are durable once Sync of it succeeded;
//   - a name, that is a folder's entry that was made, renamed or removed, is
//     durable once SyncFolder of that folder succeeded; Sync of the file does not
//     make its name durable, nor SyncFolder the bytes behind a name;
//   - nothing else is, and what is not durable survives in any combination: a
//     later write without an earlier one, a name without its bytes, a length
//     without its bytes (zeros), the first part of a write;
//   - a rename within a folder happens or does not; between two folders each side
//     is on its own.
//
// A failed Sync loses what it should have written, as on Linux (Rebello et al.
// 2020, "Can Applications Recover from fsync Failures?", USENIX ATC): reads show
// it until the crash, and a second Sync succeeds and saves nothing of it. A
// failed SyncFolder changes nothing: names go through a journal, which keeps them
// for the next.
package crashdisk

import (
	"errors"
	"io/fs"
	"os"
	"sync"

	"nodal/dataset/disk"
)

// ErrCrashed is what every operation returns after the machine stopped.
var ErrCrashed = errors.New("the machine stopped")

// Disk is a disk.FS in memory. Its paths are absolute and its folders only those
// that were made. It is safe for use by several goroutines; each operation is
// atomic.
type Disk struct {
	m     *machine
	quiet bool
}

var _ disk.FS = (*Disk)(nil)

// machine is what the views of one disk share.
type machine struct {
	mu    sync.Mutex
	root  *node
	next  uint64 // number of the next node or unsynced change; it picks its luck at Restart
	ops   int
	log   []Op
	noLog bool

	faults   map[int]Fault // by operation
	failFrom int           // first operation that finds the disk unwritable; 0: none
	failWith error
	crashAt  int
	crashed  bool
	epoch    int // processes killed so far: handles of an earlier one are dead
	locks    map[*node]*lock
	noLinks  bool
	noLocks  bool
	broken   []string // what Violations returns

	watching sync.Mutex // held while watch runs, never together with mu
	watch    func(Op)
}

// New returns an empty disk with only the root folder.
func New() *Disk {
	m := &machine{faults: map[int]Fault{}, locks: map[*node]*lock{}}
	m.root = m.newNode(fs.ModeDir)
	return &Disk{m: m}
}

// Quiet returns a view of the same disk for the test itself, such as for a
// reader inside [Disk.Watch]: its operations are not counted, logged, watched or
// made to fail, break no rule and work after a crash too.
func (d *Disk) Quiet() *Disk { return &Disk{m: d.m, quiet: true} }

// Op is one operation.
type Op struct {
	N    int    // from 1
	Name string // open create append link rename remove mkdir stat lstat readdir syncfolder lock unlock; read write sync close size
	Path string
	To   string // new name of a link or rename
	Err  error  // what it returned
}

// Changes reports whether the operation is of a kind that changes the disk or
// what a crash would leave of it. After the others a crash leaves what it left
// before them.
func (op Op) Changes() bool {
	switch op.Name {
	case "create", "append", "link", "rename", "remove", "mkdir", "syncfolder", "lock", "write", "sync":
		return true
	}
	return false
}

// wrap makes an error name the operation and its paths, as package os does.
func (op Op) wrap(err error) error {
	switch {
	case err == nil || isEOF(err):
		return err
	case op.To != "" && !errors.Is(err, ErrCrashed):
		return &os.LinkError{Op: op.Name, Old: op.Path, New: op.To, Err: err}
	default:
		return &fs.PathError{Op: op.Name, Path: op.Path, Err: err}
	}
}

// Ops returns how many operations there were: every call of a method of disk.FS
// and disk.File, and closing a lock, but not File.Name, calls after a crash and
// calls through handles of a killed process. Reads count, since they can fail.
func (d *Disk) Ops() int {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	return d.m.ops
}

// Log returns the operations so far, in order.
func (d *Disk) Log() []Op {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	return append([]Op(nil), d.m.log...)
}

// Watch has see called after every operation, one call at a time and without the
// disk being locked. To look at the disk see uses [Disk.Quiet]: operations on d
// itself would be watched in turn, without end.
func (d *Disk) Watch(see func(Op)) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.watch = see
}

// anyone is the process of an operation on a path: whichever is alive.
const anyone = -1

// do counts an operation and carries it out, or makes it fail. body does it and
// failing, where given, does what is left of it when it fails. epoch is that of
// the open file or lock it goes through, or anyone.
func (d *Disk) do(op Op, epoch int, body func() error, failing func(Fault)) error {
	m := d.m
	m.mu.Lock()
	switch {
	case epoch != anyone && epoch != m.epoch:
		m.mu.Unlock()
		return op.wrap(fs.ErrClosed)
	case d.quiet:
		defer m.mu.Unlock()
		return op.wrap(body())
	case m.crashed:
		m.mu.Unlock()
		return op.wrap(ErrCrashed)
	}
	m.ops++
	op.N = m.ops
	if fault, fails := m.fault(op); fails {
		if failing != nil {
			failing(fault)
		}
		op.Err = op.wrap(fault.Err)
	} else {
		op.Err = op.wrap(body())
	}
	if !m.noLog {
		m.log = append(m.log, op)
	}
	m.crashed = m.ops == m.crashAt
	watch := m.watch
	m.mu.Unlock()
	if watch != nil {
		m.watching.Lock()
		defer m.watching.Unlock()
		watch(op)
	}
	return op.Err
}
