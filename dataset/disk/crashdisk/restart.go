package crashdisk

import (
	"maps"
	"math/rand/v2"
	"slices"
)

// Restart returns the disk as it is after power was cut now, or when the machine
// stopped, and came back: what is durable, and of the rest the share kept, from 0
// to 1. At 1 all survives but the bytes that a failed Sync lost, whose place is
// zeros. In between, each unsynced write and change of a folder survives or not by
// a chance of its own that depends only on seed and its number, which counts
// writes and changes from the start of the disk; a write that does not may leave
// its first part, or its length. Nothing is open or locked, operations count from
// 0, faults, watcher and violations are gone, and all that is there is durable.
// The disk d stays as it is: it can be restarted again, with other luck.
func (d *Disk) Restart(kept float64, seed uint64) *Disk {
	old := d.m
	old.mu.Lock()
	defer old.mu.Unlock()
	fresh := New()
	fresh.m.noLinks, fresh.m.noLocks, fresh.m.noLog = old.noLinks, old.noLocks, old.noLog
	s := survivors{kept, seed, fresh.m, map[*node]*node{}}
	fresh.m.root = s.node(old.root)
	return fresh
}

// survivors carries what survives a crash over to a new machine.
type survivors struct {
	kept float64
	seed uint64
	to   *machine
	done map[*node]*node
}

// chance returns the random numbers of one unsynced write or change.
func (s survivors) chance(luck uint64) *rand.Rand { return rand.New(rand.NewPCG(s.seed, luck)) }

// keeps reports whether a whole write or change survives. Float64 is below 1, so
// that at 1 all do.
func (s survivors) keeps(r *rand.Rand) bool { return r.Float64() < s.kept }

func (s survivors) node(old *node) *node {
	if n := s.done[old]; n != nil {
		return n
	}
	n := s.to.newNode(old.mode)
	s.done[old] = n
	n.target, n.published, n.visible = old.target, old.published, old.visible
	if old.mode.IsDir() {
		s.folder(n, old)
	} else {
		n.durable = s.content(old)
		n.data = n.durable.snapshot()
	}
	return n
}

// folder fills a folder with the entries that survive. A folder that two renames
// left in two places stays in the one that is found first, as a repair of the
// file system would have it.
func (s survivors) folder(n, old *node) {
	entries := maps.Clone(old.stable)
	for _, c := range old.changes {
		if c.sure || s.keeps(s.chance(c.luck)) {
			c.apply(entries)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		entry := entries[name]
		if entry.mode.IsDir() && s.done[entry] != nil {
			continue
		}
		survivor := s.node(entry)
		survivor.names++
		n.entries[name], n.stable[name] = survivor, survivor
	}
}

// content returns the bytes of a file that survive.
func (s survivors) content(old *node) content {
	c := old.durable.snapshot()
	if s.kept <= 0 {
		return c
	}
	if old.lost > 0 && s.keeps(s.chance(old.id)) {
		c.extend(old.lost)
	}
	for _, w := range old.unsynced {
		r := s.chance(w.luck)
		if s.keeps(r) {
			c.write(w.bytes, w.off)
			continue
		}
		switch r.IntN(3) {
		case 0: // all is gone
		case 1:
			c.write(w.bytes[:r.IntN(len(w.bytes))], w.off)
		case 2:
			c.extend(w.off + len(w.bytes))
		}
	}
	return c
}
