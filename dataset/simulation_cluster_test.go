package dataset

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"nodal/dataset/disk/crashdisk"
)

// simulated is where the dataset of a simulation lies.
const simulated = "/shared/out"

// How long things take on the simulated cluster.
const (
	partTakes = 30 * time.Second // to draw, on a usual node
	lease     = 90 * time.Second // until the server gives up the locks of a dead client
	requeue   = 3 * time.Minute  // until a task that ended early runs again, about
	lookAfter = 5 * time.Minute  // how often the cluster looks for stragglers
	writeback = 30 * time.Second // until a system writes back what nobody synced
)

// task is a shard that has to be drawn.
type task struct {
	shard Shard
	copy  bool  // of another: nothing depends on it
	of    *task // the task whose shard it is; itself if it is not a copy, nil if it has a shard that no task has
	done  bool  // some process of the shard ended well
}

// cluster has the tasks of an array run on a limited number of nodes that share a disk:
// a scheduler as Slurm and Kubernetes have, among processes that die, are asked to stop,
// are slow, and run twice.
type cluster struct {
	clock
	random *rand.Rand
	work   *labour
	disk   *crashdisk.Disk
	free   int // nodes
	queue  []*task
	live   []*process
	awake  *process // that did an operation last
	left   int      // tasks that are not done

	t      *testing.T
	parts  int // of the plan
	failed int
	tally
}

// errorf reports a failure, unless there were so many that nobody reads more.
func (c *cluster) errorf(format string, values ...any) {
	c.t.Helper()
	if c.failed++; c.failed <= 20 {
		c.t.Errorf(format, values...)
	}
}

// latency returns how long an operation takes: a millisecond, seconds at times.
func (c *cluster) latency() time.Duration {
	mean := time.Millisecond
	if c.random.IntN(20_000) == 0 {
		mean = 3 * time.Second
	}
	return time.Duration(c.random.ExpFloat64() * float64(mean))
}

// chance reports true in that share of cases.
func (c *cluster) chance(share float64) bool { return c.random.Float64() < share }

// around returns a time from nothing to twice the given one.
func (c *cluster) around(mean time.Duration) time.Duration {
	return time.Duration(2 * c.random.Float64() * float64(mean))
}

// schedule puts a task into the queue after a while, unless its shard is done.
func (c *cluster) schedule(t *task, wait time.Duration) {
	c.after(wait, func() {
		if t.of == nil || !t.of.done {
			c.queue = append(c.queue, t)
			c.dispatch()
		}
	})
}

// dispatch begins what there is a node for.
func (c *cluster) dispatch() {
	for c.free > 0 && len(c.queue) > 0 {
		t := c.queue[0]
		c.queue = c.queue[1:]
		without := 0.15 // of the nodes have the disk mounted without locks
		if t.copy {
			without = 0.5
		}
		c.begin(t, c.chance(without))
	}
}

// begin has a node run a task, and decides its fate.
func (c *cluster) begin(t *task, noLocks bool) {
	c.free--
	c.starts++
	p := &process{cluster: c, task: t, noLocks: noLocks, slow: 1}
	if !t.copy && c.chance(0.05) {
		p.slow = 20 + 80*c.random.Float64()
		c.stragglers++
	}
	usual := partTakes * time.Duration(c.parts/t.shard.Count+1)
	if c.chance(0.15) {
		p.diesAt = 1 + c.random.IntN(16*(c.parts/t.shard.Count+4))
	}
	if c.chance(0.15) {
		c.after(c.around(usual/2), func() { c.strike(p) })
	}
	if c.chance(0.1) {
		c.after(c.around(usual/2), func() { p.stopping = true })
	}
	if !t.copy && c.chance(0.1) {
		c.after(c.around(usual/2), func() {
			c.queue = slices.Insert(c.queue, 0, &task{shard: t.shard, copy: true, of: t})
			c.duplicates++
			c.dispatch()
		})
	}
	c.live = append(c.live, p)
	p.thread = c.start(func(*thread) { p.err = p.command() }, func() { c.ended(p) })
}

// strike kills a process, if it is alive.
func (c *cluster) strike(p *process) {
	if slices.Contains(c.live, p) {
		p.kill()
		c.ended(p)
	}
}

// ended takes a process that has come to its end, and has its task go on.
func (c *cluster) ended(p *process) {
	c.live = slices.DeleteFunc(c.live, func(other *process) bool { return other == p })
	c.free++
	switch {
	case p.dead:
		c.deaths++
		c.after(c.around(lease), func() { release(p.locks) })
		c.again(p.task)
	case p.err == nil:
		if of := p.task.of; of != nil && !of.done {
			of.done = true
			c.left--
			c.lastDone = c.now
		}
	case errors.Is(p.err, ErrLocked):
		c.locked++
		c.again(p.task)
	case errors.Is(p.err, errStopped):
		c.stopped++
		c.again(p.task)
	default:
		c.errorf("at %v shard %v: %v", c.now, p.task.shard, p.err)
	}
	c.dispatch()
}

// again has a task run once more, unless it has a shard of its own making.
func (c *cluster) again(t *task) {
	if t.of != nil {
		c.schedule(t, c.around(requeue))
	}
}

func release(locks []io.Closer) {
	for _, lock := range locks {
		lock.Close()
	}
}

// speculate has stragglers helped when nothing else waits: by a copy of the shard, which
// works without locks, or by a share of the dataset cut otherwise.
func (c *cluster) speculate() {
	if c.left == 0 || c.failed > 0 {
		return
	}
	if len(c.queue) == 0 {
		for _, p := range slices.Clone(c.live) {
			if p.slow < 20 || p.task.of.done || c.free == 0 {
				continue
			}
			c.copies++
			switch c.random.IntN(4) {
			case 0:
				c.begin(&task{shard: Shard{c.random.IntN(997), 997}, copy: true}, c.chance(0.5))
			case 1:
				c.begin(&task{shard: Shard{c.random.IntN(13), 13}, copy: true}, c.chance(0.5))
			default:
				c.begin(&task{shard: p.task.shard, copy: true, of: p.task}, true)
			}
		}
	}
	c.after(lookAfter, c.speculate)
}

// crash stops the file server and all nodes. Of what was not synced that share is kept.
func (c *cluster) crash(kept float64) {
	c.crashes++
	for _, p := range slices.Clone(c.live) {
		p.kill()
		p.locks = nil
		c.ended(p)
	}
	c.violations = append(c.violations, c.disk.Violations()...)
	c.disk = c.disk.Restart(kept, uint64(c.crashes))
	c.look()
}

// drew notes that a process has drawn and published a part in that time.
func (c *cluster) drew(part Part, took time.Duration) {
	if c.draws[part.Seq]++; c.draws[part.Seq] > 1 {
		c.twice++
		return
	}
	c.published++
	c.useful += took
	if c.published%(c.parts/glances+1) == 0 {
		c.look()
	}
}

// finishing has some processes die while they finish, soon or late: most end with
// finding that parts are missing, the last ones look at all.
func (c *cluster) finishing(p *process) {
	if c.chance(0.3) {
		p.diesAt = p.operations + int(math.Exp(c.random.Float64()*math.Log(8*float64(c.parts))))
	}
}
