package dataset

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// process is one run of nodal on one node of a simulated cluster.
type process struct {
	*thread
	cluster *cluster
	task    *task
	noLocks bool
	slow    float64 // how much slower than others it is

	operations int  // done on the disk
	diesAt     int  // the operation that it dies before or in; 0: none
	stopping   bool // it was asked to stop
	dead       bool
	locks      []io.Closer
	err        error // what its command returned
}

// sleep lets time go by. The error is errDead.
func (p *process) sleep(wait time.Duration) error {
	if !p.dead && !p.thread.sleep(wait) {
		p.dead = true
	}
	if p.dead {
		return errDead
	}
	return nil
}

// die ends a process that is at work.
func (p *process) die() { p.dead = true }

// kill ends a process from without.
func (p *process) kill() {
	p.dead = true
	p.thread.kill()
}

// errStopped is what a process returns that was asked to stop.
var errStopped = errors.New("stopped")

// command does what nodal run does.
func (p *process) command() error {
	c := p.cluster
	d, err := Create(simulated, c.work.plan, Options{FS: remote{p}, Shard: p.task.shard, NoLocks: p.noLocks,
		Vet: func(root string, part Part, kind Kind) (Vetted, error) {
			c.vetted++
			return c.work.vet(remote{p}, root, part, kind)
		}})
	if err != nil {
		return err
	}
	if !d.Complete() {
		if err = p.drawAll(d); err == nil {
			err = p.finish(d)
		}
	}
	return errors.Join(err, d.Close())
}

// drawAll does what sampler.Run does, for one worker.
func (p *process) drawAll(d *Directory) error {
	for part := range d.Parts() {
		if p.stopping {
			return errStopped
		}
		has, err := d.Has(part)
		if err == nil && !has {
			err = p.draw(d, part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// draw draws a part and publishes it. The file is begun when the first rows are there.
func (p *process) draw(d *Directory, part Part) error {
	c := p.cluster
	takes := time.Duration(p.slow * (0.8 + 0.4*c.random.Float64()) * float64(partTakes))
	c.spent += takes
	if err := p.sleep(takes / 4); err != nil {
		return err
	}
	w, err := c.work.begin(d, part)
	if err != nil {
		return err
	}
	defer w.Discard()
	if err := p.sleep(takes - takes/4); err != nil {
		return err
	}
	if err := c.work.fill(w, part); err != nil {
		return err
	}
	c.drew(part, takes)
	return nil
}

// finish does what nodal run does when a shard is drawn: it completes the dataset, or
// says that others have to.
func (p *process) finish(d *Directory) error {
	p.cluster.finishing(p)
	before := p.operations
	err := d.Finish()
	if p.operations-before > p.cluster.parts {
		p.cluster.finishers++
	}
	if p.task.shard.Count == 1 || !errors.Is(err, ErrIncomplete) {
		return err
	}
	for part := range d.Parts() {
		has, lost := d.Has(part)
		if lost != nil {
			return lost
		}
		if !has {
			return fmt.Errorf("part %d of the own shard is gone: %w", part.Seq, err)
		}
	}
	return nil
}
