package dataset

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"nodal/dataset/disk"
)

// Locks are a courtesy: they keep two runs from doing the same work, and tell
// which temporary files nobody writes any more. Nothing rests on them, since
// publishing the same part twice is publishing it once.
//
// A run shares the lock "run" with the runs of other shards and has that of its
// own shard alone. What changes the dataset as a whole, extending and repairing
// it, has "run" alone.

// runLock is the lock that every run holds.
const runLock = "run"

// unlocked is the tag of the temporary files of a run without locks.
const unlocked = "unlocked"

// acquire takes the locks of the directory and sets its tag.
func (d *Directory) acquire(exclusive bool) error {
	if err := makeFolder(d.fs, filepath.Join(d.path, nodalFolder, locksFolder)); err != nil {
		return fmt.Errorf("creating the dataset: %w", err)
	}
	if d.tag == unlocked {
		return nil
	}
	for _, lock := range []struct {
		name      string
		exclusive bool
	}{{runLock, exclusive}, {d.tag, true}} {
		held, err := d.lock(lock.name, lock.exclusive)
		switch {
		case errors.Is(err, errors.ErrUnsupported):
			d.tag = unlocked
			d.notice(fmt.Sprintf("%s: this file system has no locks; do not run the same sweep here twice at a time, which would do the work twice", d.path))
			return nil
		case errors.Is(err, disk.ErrLocked):
			return fmt.Errorf("%s: %w; wait for it to end, or choose another folder", d.path, ErrLocked)
		case err != nil:
			return fmt.Errorf("locking the dataset: %w", err)
		}
		d.locks = append(d.locks, held)
	}
	return nil
}

// lockPatience is how long a run waits for a lock. A run that was killed while it
// started a process leaves its locks to that process until it has begun: some
// milliseconds, a tenth of a second on a busy machine. It is a variable for the tests
// alone, which have a clock of their own.
var lockPatience = time.Second

// lock takes a lock, or fails with [disk.ErrLocked] if somebody holds it for good.
func (d *Directory) lock(name string, exclusive bool) (io.Closer, error) {
	for end := time.Now().Add(lockPatience); ; time.Sleep(lockPatience / 100) {
		held, err := d.fs.Lock(lockPath(d.path, name), exclusive)
		if !errors.Is(err, disk.ErrLocked) || time.Now().After(end) {
			return held, err
		}
	}
}

// release gives the locks back. The lock files stay: removing them would let two
// runs hold locks on two files of the same name.
func (d *Directory) release() error {
	var errs []error
	for _, lock := range d.locks {
		errs = append(errs, lock.Close())
	}
	d.locks = nil
	return errors.Join(errs...)
}

// cleanTemps removes the temporary files that dead runs left, and nothing else:
// those of this run's shard, whose lock it holds, and, if others is set, those of
// shards whose lock nobody holds. Those of runs without locks stay unless this is a
// repair, for nobody knows whether the run is dead.
//
// A thousand shards that begin at once leave each other alone: a million locks tried
// would be a burden, and who holds a dead shard's lock for a moment may keep out its
// successor. The one that completes the dataset clears up.
func (d *Directory) cleanTemps(others bool) error {
	if d.tag == unlocked {
		return nil
	}
	dead := map[string]bool{d.tag: true, unlocked: d.repair != nil}
	for _, folder := range []string{".", nodalFolder, networksFolder, fieldsFolder} {
		folder = filepath.Join(d.path, folder)
		found, err := names(d.fs, folder)
		if err != nil {
			return err
		}
		for _, name := range found {
			match := tempPattern.FindStringSubmatch(name)
			if match == nil {
				continue
			}
			if _, known := dead[match[1]]; !known && others {
				if lock := d.seize(match[1]); lock != nil {
					defer lock.Close()
					dead[match[1]] = true
				} else {
					dead[match[1]] = false
				}
			}
			if dead[match[1]] {
				if err := removeTemp(d.fs, filepath.Join(folder, name)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// seize returns the lock of another shard, or nil if it cannot be had.
func (d *Directory) seize(tag string) io.Closer {
	lock, err := d.fs.Lock(lockPath(d.path, tag), true)
	if err != nil {
		return nil
	}
	return lock
}
