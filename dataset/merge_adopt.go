package dataset

import "fmt"

// This file is what a merge does to the plan of a dataset, instead of what a run of
// a sweep does (admit.go).

// adopt decides about a dataset into which others are merged that have the plan:
// whether it goes on with the plan it has or with that one.
func (d *Directory) adopt(there, plan *Plan) (_, admitted *Plan, err error) {
	both, err := furthest(placed{d.path, there}, placed{d.merges, plan})
	if err != nil {
		return nil, nil, err
	}
	if both.plan.Hash() == there.Hash() {
		return there, there, nil
	}
	return there, plan, d.checkAhead(there)
}

// entrust puts the checkpoints of a plan on record that the dataset lacks, and those
// of what it extends, which a dataset that was extended has too.
func (d *Directory) entrust(plan *Plan) error {
	for link := plan.Base; link != nil; link = link.Base {
		for k, c := range link.Checkpoints {
			if err := d.recordOld(link, k, c); err != nil {
				return fmt.Errorf("recording a checkpoint: %w", err)
			}
		}
	}
	if d.plan.Hash() != plan.Hash() {
		return nil // it was extended meanwhile, and has them all
	}
	for k := len(d.plan.Checkpoints); k < len(plan.Checkpoints); k++ {
		if err := d.Decide(plan.Checkpoints[k]); err != nil {
			return err
		}
	}
	return nil
}

// recordOld writes a checkpoint that no run reads any more, unless it is there.
func (d *Directory) recordOld(plan *Plan, k int, c Checkpoint) error {
	path := checkpointPath(d.path, plan, k)
	there, err := exists(d.fs, path)
	if there || err != nil {
		return err
	}
	return writeOnce(d.fs, path, d.tag, encodeCheckpoint(plan, k, c))
}
