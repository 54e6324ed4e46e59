package dataset

import (
	"errors"
	"time"

	"nodal/dataset/disk"
)

// Runs that find every part there look at all of them, one run after the other: where a
// thousand shards end at about the same time, or begin again after a power cut, the
// first does the work and the others see that it is done. The lock for it is a courtesy
// like the others. Who does not get it in turnPatience goes on without.

// turnLock is the lock of the run that completes the dataset, or decides a checkpoint.
const turnLock = "turn"

const (
	turnPatience = 10 * time.Minute
	turnInterval = time.Second
)

// pause is time.Sleep, but for tests in simulated time.
var pause = time.Sleep

// takeTurn waits until no other run is at what looks at all parts. It does nothing if
// this run has its turn already, takes no locks, or cannot take this one: somebody may
// have removed the folder.
func (d *Directory) takeTurn() {
	if d.turn != nil || d.tag == unlocked || d.readOnly != nil {
		return
	}
	for waited := time.Duration(0); ; waited += turnInterval {
		held, err := d.fs.Lock(lockPath(d.path, turnLock), true)
		if !errors.Is(err, disk.ErrLocked) {
			d.turn = held // nil if err is not
			return
		}
		switch waited {
		case 0:
			d.notice(d.path + ": every part is there, and another run looks at them; waiting for it")
		case turnPatience:
			d.notice(d.path + ": going on without waiting any longer")
			return
		}
		pause(turnInterval)
	}
}

// endTurn lets the next run look.
func (d *Directory) endTurn() error {
	if d.turn == nil {
		return nil
	}
	turn := d.turn
	d.turn = nil
	return turn.Close()
}

// catchUp takes over what other runs have done meanwhile: checkpoints that they have
// decided, or that they have completed the dataset. It reports whether the plan grew.
func (d *Directory) catchUp() (grown bool, err error) {
	plan, _, err := d.decided(d.plan) // a damaged one is decided again
	if err != nil {
		return false, err
	}
	if len(plan.Checkpoints) > len(d.plan.Checkpoints) {
		d.plan = plan
		return true, nil
	}
	if !d.plan.Settled() {
		return false, nil
	}
	known, _, err := d.vouchedFor()
	if err != nil {
		return false, err
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.finished = known != nil
	return false, nil
}
