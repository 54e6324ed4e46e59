package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"nodal/schema"
)

// Directory is a dataset open for writing, under its lock. Parts may be written
// by several goroutines at a time, each with a [PartWriter] of its own.
type Directory struct {
	path string
	plan *Plan
	lock *flock.Flock
}

// Create opens the dataset at path for writing the parts of plan, making it and
// the folders above it if they are missing and continuing it if it is there.
// Temporary files of runs that died are removed.
//
// Its errors, apart from those of the file system, are [ErrNotDataset] (a file,
// or a folder with other things in it), a [*DifferentSweepError], an
// [*IntegrityError] (plan.json cannot be read) and [ErrLocked]. With the first
// two nothing on disk has changed.
func Create(path string, plan *Plan) (*Directory, error) {
	if err := admit(path, plan); err != nil {
		return nil, err
	}
	if err := makeFolder(filepath.Dir(lockPath(path))); err != nil {
		return nil, fmt.Errorf("creating the dataset: %w", err)
	}
	lock := flock.New(lockPath(path), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking the dataset: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("%s: %w; wait for it to end, or choose another folder", path, ErrLocked)
	}
	d := &Directory{path: path, plan: plan, lock: lock}
	if err := d.prepare(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// admit checks that the dataset of plan is or can be at path.
func admit(path string, plan *Plan) error {
	there, err := readPlan(path)
	switch {
	case err == nil:
		if there.Hash() != plan.Hash() {
			return &DifferentSweepError{Path: path, Differences: differences(there, plan)}
		}
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	// No plan: the path has to be missing, empty, or just begun.
	switch name, err := stranger(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("looking at the dataset: %w", err)
	case name != "":
		return fmt.Errorf("%s: %w: it holds %s; choose a new or an empty folder", path, ErrNotDataset, name)
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

// readPlan reads the plan of the dataset at path. The error is fs.ErrNotExist if
// there is none, [ErrNotDataset] if path is not a folder.
func readPlan(path string) (*Plan, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s: %w: it is a file; name a folder", path, ErrNotDataset)
	}
	text, err := os.ReadFile(planPath(path))
	if err != nil {
		return nil, err
	}
	plan, err := decodePlan(text)
	if err != nil {
		return nil, &IntegrityError{Path: planPath(path), Err: err}
	}
	return plan, nil
}

// Plan returns the plan that the dataset was opened with.
func (d *Directory) Plan() *Plan { return d.plan }

// Complete reports whether the dataset was finished, by this run or another.
func (d *Directory) Complete() bool { return complete(d.path) }

func complete(root string) bool {
	_, err := os.Stat(successPath(root))
	return err == nil
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
		return false, missingFields(err, networks)
	}
	return true, fields.Close()
}

// Finish checks that every part is published and marks the dataset complete. The
// error is [ErrIncomplete] if one is missing.
func (d *Directory) Finish() error {
	missing, first := 0, -1
	for part := range d.plan.Parts() {
		has, err := d.Has(part)
		if err != nil {
			return err
		}
		if !has {
			if missing++; first < 0 {
				first = part.Seq
			}
		}
	}
	if missing > 0 {
		return fmt.Errorf("%s: %w: %d of %d parts are missing, the first is %s; run the sweep again to make them",
			d.path, ErrIncomplete, missing, d.plan.PartCount(), partStem(d.plan, first))
	}
	if err := writeOnce(successPath(d.path), nil); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("finishing the dataset: %w", err)
	}
	return nil
}

// Close releases the lock. The lock file stays: removing it would let two runs
// hold locks on two files of the same name.
func (d *Directory) Close() error { return d.lock.Close() }
