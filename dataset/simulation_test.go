package dataset

import (
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"nodal/dataset/disk/crashdisk"
)

// These tests run the shards of a dataset in simulated time on a simulated cluster:
// processes that work at once on one shared disk, one operation of one of them at a
// time, and die, lose their node, stop, crawl and run twice. What they do to the dataset
// is real, from Create to Finish; time, the cluster and most of the work are not.

// scene is a simulation: how many shards draw how many parts, one of every so many a
// real one, see [labour], and what the file system lacks.
type scene struct {
	shards, parts, every int
	seed                 uint64
	noLinks, noLocks     bool
}

// TestSimulation has the shards of a large dataset drawn: a thousand, and a hundred
// thousand parts, with NODAL_LONG=1. NODAL_SEED chooses another history.
func TestSimulation(t *testing.T) {
	s := scene{shards: 500, parts: 20_000, every: 50, seed: 1}
	switch {
	case testing.Short():
		s.shards, s.parts = 50, 2_000
	case os.Getenv("NODAL_LONG") == "1":
		s.shards, s.parts = 1_000, 100_000
	}
	if seed, err := strconv.ParseUint(os.Getenv("NODAL_SEED"), 10, 64); err == nil {
		s.seed = seed
	}
	s.play(t)
}

// TestSimulationWithout does without what some file systems lack, and with real parts
// alone.
func TestSimulationWithout(t *testing.T) {
	for name, s := range map[string]scene{
		"nothing": {shards: 10, parts: 400, every: 1, seed: 2},
		"links":   {shards: 10, parts: 400, every: 4, seed: 3, noLinks: true},
		"locks":   {shards: 10, parts: 400, every: 4, seed: 4, noLocks: true},
	} {
		t.Run(name, s.play)
	}
}

// play does the simulation and checks what it leaves.
func (s scene) play(t *testing.T) {
	SmallParts(t, rowsOfPart)
	Impatient(t)
	var c *cluster
	pause = func(d time.Duration) { c.awake.sleep(d) }
	defer func() { pause = time.Sleep }()
	began := time.Now()
	work := newLabour(s.parts, s.every)
	work.undisturbed(t)
	c = &cluster{
		t: t, random: rand.New(rand.NewPCG(s.seed, 0)), work: work, disk: s.disk(),
		free: (2*s.shards + 4) / 5, parts: s.parts, left: s.shards, tally: newTally(s.parts),
	}
	for i := range s.shards {
		own := &task{shard: Shard{i, s.shards}}
		own.of = own
		c.queue = append(c.queue, own)
	}
	c.after(0, c.dispatch)
	c.after(lookAfter, c.speculate)
	// The least that a crash leaves is nothing of what was not synced, and more likely
	// is that the system has written back what is older than half a minute.
	calm := time.Duration(s.parts) * partTakes / time.Duration(c.free)
	c.after(calm/10, func() { c.crash(0) })
	c.after(calm*2/3-writeback, func() { c.disk.Flush() })
	c.after(calm*2/3, func() { c.crash(0.5) })
	// Somebody has one process run the whole meanwhile.
	c.after(calm/2, func() { c.begin(&task{shard: Shard{0, 1}, copy: true}, false) })
	c.run()
	c.check()
	c.report(time.Since(began), calm)
}

// disk returns an empty disk.
func (s scene) disk() *crashdisk.Disk {
	fsys := crashdisk.New()
	fsys.NoLog(true)
	fsys.NoLinks(s.noLinks)
	fsys.NoLocks(s.noLocks)
	return fsys
}

// undisturbed has one process draw everything, without any mishap, and notes what it
// leaves.
func (w *labour) undisturbed(t *testing.T) {
	fsys := scene{}.disk()
	d, err := Create(simulated, w.plan, Options{FS: fsys})
	if err != nil {
		t.Fatal(err)
	}
	for part := range d.Parts() {
		writer, err := w.begin(d, part)
		if err == nil {
			err = w.fill(writer, part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(d.Finish(), d.Close()); err != nil {
		t.Fatal(err)
	}
	w.want = lasting(fsys)
}
