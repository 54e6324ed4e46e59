package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// survey looks at what is there of the parts of this run's shard, and at the names of
// the others: of a thousand shards none could open every file when it begins. If the
// dataset was finished and something is missing or damaged, _SUCCESS goes first; what
// is damaged is then moved to the quarantine.
func (d *Directory) survey() error {
	there, err := d.partNames()
	if err != nil {
		return err
	}
	own := d.ownOf(there)
	finished := false
	if d.repair == nil { // else mend has loaded what is known
		var complaint *IntegrityError
		if finished, complaint, err = d.load(d.wanted(own)); err != nil {
			return fmt.Errorf("looking at the dataset: %w", err)
		}
		if complaint != nil {
			d.notice(complaint.Path + ": " + complaint.Cause())
		}
	}
	d.announceReading(own)
	missing, _ := d.missingOf(there)
	damage, gone, err := d.lookAt(own)
	if err != nil {
		return err
	}
	d.finished = finished && missing+gone+len(damage) == 0
	if d.finished {
		return nil
	}
	return d.reopen(damage)
}

// wanted returns what this run wants to know of what is on record: of the parts of its
// shard that are there, if it has not all (nil). A hundred thousand lines would be read
// to find some hundred, most of which its own journals have.
func (d *Directory) wanted(own []Part) *ledger.Wanted {
	if d.shard.all() {
		return nil
	}
	names := make(map[string]bool, len(own))
	for _, part := range own {
		names[part.Name()] = true
	}
	return &ledger.Wanted{Parts: names, Tag: d.shard.String()}
}

// ownOf returns the parts of this run's shard among those that are there.
func (d *Directory) ownOf(there *listed) []Part {
	var own []Part
	for part := range d.Parts() {
		if there.has(part) {
			own = append(own, part)
		}
	}
	return own
}

// missingOf returns how many parts of the plan are not among those that are there,
// and the first of them. It keeps the sums of other shards' parts for [Published].
func (d *Directory) missingOf(there *listed) (missing int, first Part) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.others, d.otherNetworks = 0, 0
	for part := range d.plan.Parts() {
		switch {
		case !there.has(part):
			if missing == 0 {
				first = part
			}
			missing++
		case !d.shard.has(part):
			d.others++
			d.otherNetworks += part.Networks()
		}
	}
	return missing, first
}

// announceReading says that parts have to be read which are on no record: that
// takes about a second each.
func (d *Directory) announceReading(parts []Part) {
	unknown := 0
	for _, part := range parts {
		if _, known := d.ledger.Lookup(part.Name()); !known {
			unknown++
		}
	}
	if unknown > 0 {
		d.notice(fmt.Sprintf("%s: there is no record of parts (%d of %d): reading them from end to end", d.path, unknown, len(parts)))
	}
}

// lookAt looks at parts that are there. It returns what is damaged, and how many are
// gone since.
func (d *Directory) lookAt(parts []Part) (damage []*IntegrityError, gone int, err error) {
	for _, part := range parts {
		e, present, err := d.lookOnce(part)
		damaged := (*IntegrityError)(nil)
		switch {
		case errors.As(err, &damaged) && !errors.Is(err, disk.ErrNotRegular):
			damage = append(damage, damaged)
		case err != nil:
			return nil, 0, err
		case present:
			d.published[part.Name()] = e
		default: // gone since the folder was listed
			gone++
		}
	}
	return damage, gone, nil
}

// mend moves aside what a repair was told to. What the manifest says of the
// other parts is loaded before, so that they need not be vetted once it vouches
// for nothing any more.
func (d *Directory) mend() error {
	if _, _, err := d.load(nil); err != nil {
		return err
	}
	// The mark goes first: from here on the dataset is not complete.
	marked := slices.ContainsFunc(d.repair, func(damaged *IntegrityError) bool {
		return damaged.Path == successPath(d.path) || damaged.Path == manifestPath(d.path)
	})
	var err error
	if marked { // one of the two is damaged, but which cannot be told
		err = d.clear(successPath(d.path))
	} else {
		err = withdraw(d.fs, successPath(d.path))
	}
	for _, damaged := range d.repair {
		if err == nil {
			err = d.clear(damaged.Path)
		}
	}
	return err
}

// clear moves to the quarantine what has that path, if anything has.
func (d *Directory) clear(path string) error {
	there, err := exists(d.fs, path)
	if !there || err != nil {
		return err
	}
	to, err := moveAside(d.fs, d.path, path)
	if err != nil {
		return fmt.Errorf("moving the damaged %s aside: %w", path, err)
	}
	d.notice(fmt.Sprintf("%s moved to %s", path, to))
	return nil
}

// reopen makes a dataset that lacks something one that is not finished.
func (d *Directory) reopen(damage []*IntegrityError) error {
	if d.readOnly != nil {
		if len(damage) > 0 {
			return errors.Join(damage[0], d.readOnly)
		}
		return fmt.Errorf("the dataset lacks parts: %w", d.readOnly)
	}
	if err := d.unmark(); err != nil {
		return err
	}
	for _, damaged := range damage {
		if damaged.Missing {
			d.notice(fmt.Sprintf("%s is missing: its part is drawn again", damaged.Path))
		} else if err := d.condemn(damaged); err != nil {
			return err
		}
	}
	return nil
}

// unmark removes _SUCCESS for good, if it is there.
func (d *Directory) unmark() error {
	there, err := exists(d.fs, successPath(d.path))
	if err == nil && there {
		err = withdraw(d.fs, successPath(d.path))
	}
	if err != nil {
		return fmt.Errorf("reopening the dataset: %w", err)
	}
	return nil
}

// condemn moves a damaged file to the quarantine, so that its part is missing. A
// _SUCCESS that another run may have written goes first. A file that is gone already
// needs nothing. What is no file at all stays where somebody put it: the error is
// the damage itself.
func (d *Directory) condemn(damaged *IntegrityError) error {
	if errors.Is(damaged, disk.ErrNotRegular) || d.readOnly != nil {
		return errors.Join(damaged, d.readOnly)
	}
	if damaged.Missing {
		return nil
	}
	if err := d.unmark(); err != nil {
		return err
	}
	to, err := moveAside(d.fs, d.path, damaged.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // another run was faster
	}
	if err != nil {
		return fmt.Errorf("moving the damaged %s aside: %w", damaged.Path, err)
	}
	d.notice(fmt.Sprintf("%s is damaged (%s): moved to %s, its part is drawn again", damaged.Path, damaged.Cause(), to))
	return nil
}

// partNames lists the parts of which there is a networks file. The error is an
// [*IntegrityError] if there is something that readers would take for a part and that
// is none.
func (d *Directory) partNames() (*listed, error) {
	strangers, there, err := d.strangers()
	if err != nil {
		return nil, fmt.Errorf("looking at the dataset: %w", err)
	}
	if len(strangers) > 0 {
		return nil, strangers[0]
	}
	return there, nil
}

// toCome reports whether a part has the name of one that a later checkpoint may
// add: another run has recorded it meanwhile, or its record was lost.
func (s *store) toCome(stem string, own int) bool {
	seq, ours := s.plan.sequence(stem)
	return ours && seq >= own && !s.plan.Settled()
}

// checkAhead returns an error if there are parts that came after a checkpoint of
// plan which is lost: they would belong to no plan once another one extends it.
func (s *store) checkAhead(plan *Plan) error {
	base := &store{fs: s.fs, path: s.path, plan: plan}
	own := plan.PartCount()
	if plan.Base != nil {
		own -= plan.Base.PartCount()
	}
	found, err := names(s.fs, filepath.Join(s.path, networksFolder))
	if err != nil {
		return fmt.Errorf("looking at the dataset: %w", err)
	}
	for _, name := range found {
		if stem, isPart := strings.CutSuffix(name, partSuffix); isPart && base.toCome(stem, own) {
			lost := base.lostCheckpoint()
			lost.Reason, lost.Remedy = name+" came after it", "run the dataset's own sweep first, which decides it again"
			return lost
		}
	}
	return nil
}

// strangers lists what lies among the parts and is none of the plan's, hidden
// names and litter aside, and the parts that have a networks file.
func (s *store) strangers() (strangers []*IntegrityError, there *listed, err error) {
	there = newListed(s.plan)
	own := len(there.there[0])
	for _, folder := range []string{networksFolder, fieldsFolder} {
		found, err := names(s.fs, filepath.Join(s.path, folder))
		if err != nil {
			return nil, nil, err
		}
		for _, name := range found {
			if strings.HasPrefix(name, ".") || litter[name] {
				continue
			}
			stem, isPart := strings.CutSuffix(name, partSuffix)
			planned := there.find(stem)
			switch {
			case isPart && planned != nil && folder == networksFolder:
				there.add(planned)
			case isPart && (planned != nil || s.toCome(stem, own)):
			default:
				strangers = append(strangers, &IntegrityError{Path: filepath.Join(s.path, folder, name),
					Reason: "it is not a part of this dataset, but readers would take it for one", Remedy: "move it away"})
			}
		}
	}
	return strangers, there, nil
}
