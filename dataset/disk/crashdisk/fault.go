package crashdisk

import "syscall"

// Fault is how an operation fails.
type Fault struct {
	// Err is what it returns, wrapped with operation and path; nil is
	// syscall.EIO.
	Err error
	// Short has a write write the first half of its bytes before it fails. Other
	// operations take no notice.
	Short bool
}

// FailAt makes the n-th operation from now fail, 1 being the next, and only that
// one. It then does nothing but return the error, with these exceptions: a short
// write, a Sync, which loses what it should have saved, and Close of a file or a
// lock, which closes all the same.
func (d *Disk) FailAt(n int, fault Fault) {
	if fault.Err == nil {
		fault.Err = syscall.EIO
	}
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.faults[d.m.ops+n] = fault
}

// FailFrom makes every operation that writes or needs space fail with err, from
// the n-th from now until [Disk.Heal]: create, append, write, mkdir, link, a lock
// whose file is missing, and on a disk that is read-only (syscall.EROFS) rename
// and remove as well.
func (d *Disk) FailFrom(n int, err error) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.failFrom, d.m.failWith = d.m.ops+n, err
}

// Heal takes back [Disk.FailFrom], and what [Disk.FailAt] has still to come.
func (d *Disk) Heal() {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.failFrom = 0
	clear(d.m.faults)
}

// CrashAt stops the machine after the n-th operation from now, which is still
// carried out; 0 stops it at once. Every later operation returns [ErrCrashed] in
// a *fs.PathError. [Disk.Restart] is what comes after.
func (d *Disk) CrashAt(n int) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.crashAt = d.m.ops + n
	d.m.crashed = n == 0
}

// Crashed reports whether the machine has stopped.
func (d *Disk) Crashed() bool {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	return d.m.crashed
}

// Kill ends the process but not the machine: open files and locks die, and all
// that was written stays, unsynced as it may be. It also brings back a disk that
// [Disk.CrashAt] stopped, as if only the process had ended there.
func (d *Disk) Kill() {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.epoch++
	d.m.crashed = false
	clear(d.m.locks)
}

// NoLinks makes a disk without hard links, on which Link fails with
// errors.ErrUnsupported.
func (d *Disk) NoLinks(without bool) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.noLinks = without
}

// NoLocks makes a disk without locks, on which Lock fails with
// errors.ErrUnsupported.
func (d *Disk) NoLocks(without bool) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.noLocks = without
}

// NoLog makes a disk that keeps no log, for tests of millions of operations.
func (d *Disk) NoLog(without bool) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.noLog = without
}

// Flush makes all that is there durable, as a system does on its own after a while.
// What a failed Sync lost stays lost.
func (d *Disk) Flush() {
	d.each(func(_ string, n *node) {
		if n.mode.IsDir() {
			n.settle()
		} else {
			n.sync()
		}
	})
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.root.settle()
}

// fault returns how an operation fails, if it does.
func (m *machine) fault(op Op) (Fault, bool) {
	if fault, fails := m.faults[op.N]; fails {
		return fault, true
	}
	if m.failFrom != 0 && op.N >= m.failFrom && m.needsSpace(op) {
		return Fault{Err: m.failWith}, true
	}
	return Fault{}, false
}

func (m *machine) needsSpace(op Op) bool {
	switch op.Name {
	case "create", "append", "write", "mkdir", "link":
		return true
	case "rename", "remove":
		return m.failWith == syscall.EROFS
	case "lock":
		at, err := m.resolve(op.Path, true)
		return err == nil && at.node == nil
	}
	return false
}
