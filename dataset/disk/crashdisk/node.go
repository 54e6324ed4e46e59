package crashdisk

import (
	"io/fs"
	"time"
)

// node is an inode: a file, a folder, a symbolic link or a pipe.
type node struct {
	id    uint64
	mode  fs.FileMode // type bits only
	names int         // folder entries that lead here
	mod   int         // operation that changed it last

	// Of a file.
	data       content // what reads show
	durable    content // what a crash leaves for certain
	unsynced   []write // since the last Sync
	lost       int     // end of what a failed Sync lost; 0: nothing is lost
	syncFailed bool
	published  bool // it had a final name once
	visible    bool // to readers of the dataset: a final name in networks or fields

	// Of a folder.
	entries map[string]*node // what reads show
	stable  map[string]*node // what a crash leaves for certain
	changes []change         // since the last SyncFolder
	listing listing

	target string // of a symbolic link
}

// write is one write that was not synced.
type write struct {
	luck  uint64
	off   int
	bytes []byte
}

// change is one change of a folder that was not synced: a name removed, a name
// made for a node, or both, which is a rename within the folder.
type change struct {
	luck          uint64
	sure          bool // it survives every crash
	removed, made string
	node          *node
}

func (c change) apply(entries map[string]*node) {
	delete(entries, c.removed) // no entry is called ""
	if c.made != "" {
		entries[c.made] = c.node
	}
}

// settle makes the changes of a folder durable.
func (n *node) settle() {
	for _, c := range n.changes {
		c.apply(n.stable)
	}
	n.changes = nil
}

func (m *machine) number() uint64 {
	m.next++
	return m.next
}

func (m *machine) newNode(mode fs.FileMode) *node {
	n := &node{id: m.number(), mode: mode, mod: m.ops}
	if mode.IsDir() {
		n.entries, n.stable = map[string]*node{}, map[string]*node{}
	}
	return n
}

// change carries a change of a folder out and notes that it is not synced.
func (m *machine) change(folder *node, c change) {
	c.luck = m.number()
	if c.removed != "" {
		c.node.names--
	}
	if c.made != "" {
		if old := folder.entries[c.made]; old != nil {
			old.names--
		}
		c.node.names++
	}
	c.apply(folder.entries)
	folder.changes = append(folder.changes, c)
	folder.listing.touch(c.removed)
	folder.listing.touch(c.made)
	folder.mod = m.ops
}

// write carries a write of a file out and notes that it is not synced.
func (m *machine) write(n *node, p []byte, off int) {
	if len(p) == 0 {
		return
	}
	n.data.write(p, off)
	n.unsynced = append(n.unsynced, write{luck: m.number(), off: off, bytes: append([]byte(nil), p...)})
	n.mod = m.ops
}

// sync makes the unsynced writes durable. After a failed sync the file and its
// durable twin differ in what was lost, so only then are they written one by one.
func (n *node) sync() {
	if n.lost == 0 {
		n.durable = n.data.snapshot()
	} else {
		for _, w := range n.unsynced {
			n.durable.write(w.bytes, w.off)
		}
	}
	n.unsynced = nil
}

// lose forgets the unsynced writes.
func (n *node) lose() {
	for _, w := range n.unsynced {
		n.lost = max(n.lost, w.off+len(w.bytes))
	}
	n.unsynced = nil
	n.syncFailed = true
}

// dirty reports whether the file shows bytes that a crash may take.
func (n *node) dirty() bool { return len(n.unsynced) > 0 || n.lost > 0 }

// content is the bytes of a file. The first bytes, up to frozen, are shared with
// snapshots and never written in place.
type content struct {
	b      []byte
	frozen int
}

// write overwrites and extends; a gap is filled with zeros.
func (c *content) write(p []byte, off int) {
	c.extend(off)
	if off < c.frozen {
		c.b, c.frozen = append([]byte(nil), c.b...), 0
	}
	n := copy(c.b[off:], p)
	c.b = append(c.b, p[n:]...)
}

// extend fills with zeros up to length; it never cuts.
func (c *content) extend(length int) {
	if gap := length - len(c.b); gap > 0 {
		c.b = append(c.b, make([]byte, gap)...)
	}
}

// snapshot returns the content as it is now, at no cost. Its capacity ends with
// it, so that the two never append to the same memory.
func (c *content) snapshot() content {
	n := len(c.b)
	c.frozen = n
	return content{b: c.b[:n:n], frozen: n}
}

// info describes a node under one of its names.
type info struct {
	name string
	mode fs.FileMode
	size int64
	mod  time.Time
}

func (n *node) info(name string) info {
	permissions := fs.FileMode(0o644)
	switch {
	case n.mode.IsDir():
		permissions = 0o755
	case n.mode&fs.ModeSymlink != 0:
		permissions = 0o777
	}
	return info{name, n.mode | permissions, int64(len(n.data.b)), time.Unix(int64(n.mod), 0)}
}

// Name returns the last element of the path.
func (i info) Name() string { return i.name }

// Size returns the bytes of a file.
func (i info) Size() int64 { return i.size }

// Mode returns kind and permissions.
func (i info) Mode() fs.FileMode { return i.mode }

// ModTime returns when it was last changed: the number of the operation.
func (i info) ModTime() time.Time { return i.mod }

// IsDir returns whether it is a folder.
func (i info) IsDir() bool { return i.mode.IsDir() }

// Sys returns nothing.
func (i info) Sys() any { return nil }
