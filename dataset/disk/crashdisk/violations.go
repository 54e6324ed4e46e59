package crashdisk

import (
	"bytes"
	"fmt"
	"strings"
)

// Violations returns the rules of publishing that were broken, in order:
//
//   - Sync of a file after a failed Sync of it, through whatever handle;
//   - a write to a file that has two names or had a final one, that is one not
//     ending in .tmp that it got by Link or Rename, unless it was opened by
//     Append, and any write to a file with such a name in networks or fields;
//   - Link or Rename of a .tmp to a final name before its bytes were synced;
//   - Rename over a file of other bytes in networks or fields.
func (d *Disk) Violations() []string {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	return append([]string(nil), d.m.broken...)
}

func (d *Disk) violated(format string, values ...any) {
	if !d.quiet {
		rule := fmt.Sprintf(format, values...)
		d.m.broken = append(d.m.broken, fmt.Sprintf("operation %d: %s", d.m.ops, rule))
	}
}

// checkLink looks at source getting the name of target, before it does.
func (d *Disk) checkLink(op Op, source, target place) {
	n, old := source.node, target.node
	if !n.mode.IsRegular() || temporary(target.name) {
		return
	}
	if temporary(source.name) && n.dirty() {
		d.violated("%s of %s to %s before its bytes are synced", op.Name, op.Path, op.To)
	}
	if old != nil && target.ofRows() && !bytes.Equal(old.data.b, n.data.b) {
		d.violated("rename of %s over %s, which holds other bytes", op.Path, op.To)
	}
	n.published = true
	n.visible = n.visible || target.shown()
}

// checkWrite looks at a write before it is done.
func (d *Disk) checkWrite(f *file) {
	switch n := f.node; {
	case n.visible:
		d.violated("write to %s, which readers see", f.path)
	case n.published && !f.append:
		d.violated("write to %s, which has its final name", f.path)
	case n.names > 1 && !f.append:
		d.violated("write to %s, which has %d names", f.path, n.names)
	}
}

// checkSync looks at a Sync before it is done or fails.
func (d *Disk) checkSync(f *file) {
	if f.node.syncFailed {
		d.violated("sync of %s after a failed sync", f.path)
	}
}

// temporary reports whether a name says that the file is still being written.
func temporary(name string) bool { return strings.HasSuffix(name, ".tmp") }

// ofRows reports whether a place is in a folder that readers of a dataset glob.
func (p place) ofRows() bool { return p.called == "networks" || p.called == "fields" }

// shown reports whether readers of a dataset see a file there.
func (p place) shown() bool { return p.ofRows() && !temporary(p.name) }
