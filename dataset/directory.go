package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/gofrs/flock"

	"nodal/schema"
)

// Directory is a dataset open for writing, under its lock. Parts may be written
// by several goroutines at a time, each with a [PartWriter] of its own.
type Directory struct {
	path     string
	plan     *Plan
	lock     *flock.Flock
	readOnly error // why a complete dataset could not be locked, or nil

	rowWriters   spares[schema.Row]
	fieldWriters spares[schema.Field]
}

// Create opens the dataset at path for writing the parts of plan, making it and
// the folders above it if they are missing and continuing it if it is there.
// Temporary files of runs that died are removed. If nothing is missing, nothing
// is written; a complete dataset can be opened even where nothing can be written
// and no lock be taken, to find that there is nothing to do.
//
// Its errors, apart from those of the file system, are [ErrNotDataset] (a file,
// or a folder with other things in it), a [*DifferentSweepError], an
// [*IntegrityError] (plan.json cannot be read or is gone) and [ErrLocked]. With
// the first three nothing on disk has changed.
func Create(path string, plan *Plan) (*Directory, error) {
	if err := admit(path, plan); err != nil {
		return nil, err
	}
	d := &Directory{path: path, plan: plan,
		lock: flock.New(lockPath(path), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))}
	err := d.acquire()
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		if done, _ := complete(path); done {
			d.readOnly = err
			return d, nil
		}
	}
	if err == nil {
		err = d.prepare()
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// acquire takes the lock.
func (d *Directory) acquire() error {
	if err := makeFolder(filepath.Dir(d.lock.Path())); err != nil {
		return fmt.Errorf("creating the dataset: %w", err)
	}
	locked, err := d.lock.TryLock()
	if err != nil {
		return fmt.Errorf("locking the dataset: %w", err)
	}
	if !locked {
		return fmt.Errorf("%s: %w; wait for it to end, or choose another folder", d.path, ErrLocked)
	}
	return nil
}

// prepare completes the files of a locked dataset and clears what dead runs
// left. The sweep file comes after the plan, so that one which is there is the
// plan's.
func (d *Directory) prepare() error {
	for _, folder := range []string{".", nodalFolder, networksFolder, fieldsFolder} {
		folder = filepath.Join(d.path, folder)
		if err := makeFolder(folder); err != nil {
			return fmt.Errorf("creating the dataset: %w", err)
		}
		if err := removeTemps(folder); err != nil {
			return fmt.Errorf("removing what a dead run left: %w", err)
		}
	}
	text, err := d.plan.encode()
	if err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	if err := writeOnce(planPath(d.path), text); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("writing the plan: %w", err)
	}
	// Another run may have made the dataset before the lock was ours.
	if err := admit(d.path, d.plan); err != nil {
		return err
	}
	err = writeOnce(filepath.Join(d.path, nodalFolder, sweepName), []byte(d.plan.Source))
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("writing the sweep file: %w", err)
	}
	return nil
}

// Plan returns the plan that the dataset was opened with.
func (d *Directory) Plan() *Plan { return d.plan }

// Complete reports whether the dataset was finished, by this run or another, and
// every part is still there. If one is gone the mark of completeness is removed,
// so that this run can make the part and finish again. The error is an
// [*IntegrityError] if a part is damaged.
func (d *Directory) Complete() (bool, error) {
	if done, err := complete(d.path); !done {
		return false, err
	}
	missing, err := d.missing()
	if err != nil || missing.parts == 0 {
		return err == nil, err
	}
	if d.readOnly != nil {
		return false, fmt.Errorf("%s is missing: %w", partPath(d.path, networksFolder, d.plan, missing.first), d.readOnly)
	}
	if err := withdraw(successPath(d.path)); err != nil {
		return false, fmt.Errorf("reopening the dataset: %w", err)
	}
	return false, nil
}

// complete reports whether the mark of completeness is there.
func complete(root string) (bool, error) {
	_, err := os.Stat(successPath(root))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Has reports whether a part is published. It looks at the footers of the
// part's files only: an [*IntegrityError] says that they are not the part's.
func (d *Directory) Has(part Part) (bool, error) {
	networks, err := openPart[schema.Row](d.path, networksFolder, d.plan, part.Seq, part.Networks())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := networks.Close(); err != nil || networks.fields == 0 {
		return err == nil, err
	}
	fields, err := openPart[schema.Field](d.path, fieldsFolder, d.plan, part.Seq, networks.fields)
	if err != nil {
		return false, missingFields(err, d.path, d.plan, networks)
	}
	return true, fields.Close()
}

// gaps are the parts that a dataset lacks.
type gaps struct {
	parts int
	first int // number of the first one, if there are any
}

// missing looks for every part.
func (d *Directory) missing() (gaps, error) {
	var g gaps
	for part := range d.plan.Parts() {
		has, err := d.Has(part)
		if err != nil {
			return g, err
		}
		if !has {
			if g.parts == 0 {
				g.first = part.Seq
			}
			g.parts++
		}
	}
	return g, nil
}

// Finish checks that every part is published and marks the dataset complete. The
// error is [ErrIncomplete] if one is missing.
func (d *Directory) Finish() error {
	missing, err := d.missing()
	if err != nil {
		return err
	}
	if missing.parts > 0 {
		return fmt.Errorf("%s: %w: %d of %d parts are missing, the first is %s; run the sweep again to make them",
			d.path, ErrIncomplete, missing.parts, d.plan.PartCount(), partStem(d.plan, missing.first))
	}
	if err := writeOnce(successPath(d.path), nil); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("finishing the dataset: %w", err)
	}
	return nil
}

// Close releases the lock. The lock file stays: removing it would let two runs
// hold locks on two files of the same name.
func (d *Directory) Close() error { return d.lock.Close() }
