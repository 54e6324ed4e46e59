package dataset

import (
	"errors"
	"fmt"
	"path/filepath"

	"nodal/dataset/ledger"
)

// Missing looks at every part of every shard once more, whether this run or another
// has published it, and returns how many are missing and the first of them. It opens
// none while there are names missing, so that shards may ask as they end. If there are
// none it waits until no other run is at this, and looks no more if that one has
// completed the dataset; if that one has decided a checkpoint, the plan has grown. A
// damaged part goes to the quarantine and is missing then.
func (d *Directory) Missing() (missing int, first Part, err error) {
	defer func() {
		if missing > 0 || err != nil {
			err = errors.Join(err, d.endTurn())
		}
	}()
	for grown := true; grown; {
		there, err := d.partNames()
		if err != nil {
			return 0, Part{}, err
		}
		if missing, first = d.missingOf(there); missing > 0 {
			return missing, first, nil
		}
		d.takeTurn()
		if grown, err = d.catchUp(); err != nil {
			return 0, Part{}, fmt.Errorf("looking at the dataset: %w", err)
		}
	}
	if d.Complete() {
		return 0, Part{}, nil
	}
	if err := d.learn(); err != nil {
		return 0, Part{}, fmt.Errorf("looking at the dataset: %w", err)
	}
	for part := range d.plan.Parts() {
		d.forget(part)
		has, err := d.Has(part)
		if err != nil {
			return 0, Part{}, err
		}
		if !has {
			if missing == 0 {
				first = part
			}
			missing++
		}
	}
	return missing, first, nil
}

// Finish looks at every part once more, see [Directory.Missing], writes the manifest
// and marks the dataset complete. The error is [ErrIncomplete] if a part is missing or
// a checkpoint is to come.
func (d *Directory) Finish() error {
	if d.Complete() {
		return nil
	}
	missing, first, err := d.Missing()
	switch {
	case err != nil:
		return err
	case missing > 0:
		return fmt.Errorf("%s: %w: %d of %d parts are missing, the first is %s; run the sweep again to make them",
			d.path, ErrIncomplete, missing, d.plan.PartCount(), first.Name())
	case d.Complete(): // by another run
		err = d.syncParts()
	default:
		err = d.complete()
	}
	return errors.Join(err, d.endTurn())
}

// complete marks a dataset complete that has every part.
func (d *Directory) complete() error {
	if !d.plan.Settled() {
		return fmt.Errorf("%s: %w: it is to go on from the checkpoint at its %d networks; run the sweep again", d.path, ErrIncomplete, d.plan.Networks())
	}
	if d.readOnly != nil {
		return fmt.Errorf("finishing the dataset: %w", d.readOnly)
	}
	if err := d.seal(); err != nil {
		return fmt.Errorf("finishing the dataset: %w", err)
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.finished = true
	return nil
}

// seal writes the manifest and then _SUCCESS. Runs that finish at the same time
// write the same bytes.
func (d *Directory) seal() error {
	// A run that failed may have left names that were never made durable.
	if err := d.syncParts(); err != nil {
		return err
	}
	there, err := d.readPlan()
	if lost := (*IntegrityError)(nil); errors.As(err, &lost) {
		lost.Remedy = "run the sweep again, which writes it anew"
	}
	if err != nil {
		return err
	}
	if there.Hash() != d.plan.Hash() {
		return &DifferentSweepError{Path: d.path, Differences: []string{"another run has extended it meanwhile"}}
	}
	if err := replace(d.fs, sweepPath(d.path), d.tag, []byte(d.plan.Source)); err != nil {
		return err // unless somebody has removed it, it is there and not written again
	}
	if !d.shard.all() {
		if err := d.cleanTemps(true); err != nil {
			return fmt.Errorf("removing what dead shards left: %w", err)
		}
	}
	sum, err := d.writeManifest()
	if err != nil {
		return err
	}
	return replace(d.fs, successPath(d.path), d.tag, ledger.Success{Plan: d.plan.Hash(), Manifest: sum.SHA256}.Encode())
}

// syncParts makes the names of the parts durable, and that temporary ones are gone.
func (d *Directory) syncParts() error {
	return errors.Join(d.fs.SyncFolder(filepath.Join(d.path, networksFolder)), d.fs.SyncFolder(filepath.Join(d.path, fieldsFolder)))
}

// writeManifest writes the manifest and returns its sum.
func (d *Directory) writeManifest() (sum ledger.Sum, err error) {
	path := manifestPath(d.path)
	temp, err := createTemp(d.fs, filepath.Dir(path), manifestName, d.tag)
	if err != nil {
		return ledger.Sum{}, err
	}
	defer func() {
		if err != nil {
			d.fs.Remove(temp.Name()) // the next run clears what is left
		}
	}()
	sum, err = ledger.WriteManifest(temp, d.plan.Hash(), func(yield func(ledger.Entry) bool) {
		for part := range d.plan.Parts() {
			if !yield(d.published[part.Name()]) {
				return
			}
		}
	})
	if err != nil {
		return ledger.Sum{}, errors.Join(err, temp.Close())
	}
	if err := seal(temp); err != nil {
		return ledger.Sum{}, err
	}
	if err := d.fs.Rename(temp.Name(), path); err != nil {
		return ledger.Sum{}, err
	}
	return sum, d.fs.SyncFolder(filepath.Dir(path))
}
