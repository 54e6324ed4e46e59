package crashdisk

import (
	"errors"
	"io"

	"nodal/dataset/disk"
)

// lock is who holds the lock of a file.
type lock struct {
	exclusive bool
	holders   int
}

// Lock takes the advisory lock of a file, see disk.FS. As with flock(2) it
// belongs to the file, not to its name, and to the one who took it, not to the
// process.
func (d *Disk) Lock(path string, exclusive bool) (io.Closer, error) {
	held := &holder{disk: d, path: path}
	err := d.do(Op{Name: "lock", Path: path}, anyone, func() error {
		if d.m.noLocks {
			return errors.ErrUnsupported
		}
		n, err := d.m.findOrMake(path)
		if err != nil {
			return err
		}
		switch l := d.m.locks[n]; {
		case l == nil:
			d.m.locks[n] = &lock{exclusive: exclusive, holders: 1}
		case l.exclusive || exclusive:
			return disk.ErrLocked
		default:
			l.holders++
		}
		held.node, held.epoch = n, d.m.epoch
		return nil
	}, nil)
	if err != nil {
		return nil, err
	}
	return held, nil
}

// holder is one who holds a lock.
type holder struct {
	disk     *Disk
	path     string
	node     *node
	epoch    int
	released bool
}

// Close gives the lock back, also where it fails. A second Close does nothing.
func (h *holder) Close() error {
	release := func() {
		m := h.disk.m
		if h.released {
			return
		}
		h.released = true
		l := m.locks[h.node]
		if l.holders--; l.holders == 0 {
			delete(m.locks, h.node)
		}
	}
	return h.disk.do(Op{Name: "unlock", Path: h.path}, h.epoch, func() error {
		release()
		return nil
	}, func(Fault) { release() })
}
