package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"nodal/dataset/disk"
)

// This file decides what a path holds: a dataset, what is left of one,
// something else, or nothing yet.

// admit checks that the dataset of plan is or can be at the path. It returns the
// plan on disk, nil if there is none, and the plan that the dataset has or shall
// have: with what it extends, if it was extended before or grow allows it now. A
// plan on disk that is damaged or gone is written again if the parts say that it
// was this one.
func (d *Directory) admit(plan *Plan, grow bool) (there, admitted *Plan, err error) {
	there, err = d.readPlan()
	if damaged := (*IntegrityError)(nil); errors.As(err, &damaged) && d.holdsPartsOf(plan) {
		d.lostPlan = damaged
		return nil, plan, nil
	}
	switch {
	case err == nil && d.merges != "":
		return d.adopt(there, plan)
	case err == nil && sameSweep(there, plan):
		return there, there, nil
	case err == nil:
		extended, changes := extend(there, plan)
		if extended != nil && grow {
			return there, extended, d.checkAhead(there)
		}
		different := &DifferentSweepError{Path: d.path, Differences: differences(there, plan), Extension: extended != nil}
		if grow {
			different.Differences, different.Refused = changes, true
		}
		return nil, nil, different
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, err
	}
	// No plan: the path has to be missing, empty, or just begun.
	switch name, err := stranger(d.fs, d.path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, plan, nil
	case err != nil:
		return nil, nil, fmt.Errorf("looking at the dataset: %w", err)
	case name != "":
		if _, err := d.readPlan(); !errors.Is(err, fs.ErrNotExist) {
			return d.admit(plan, grow) // another run has begun meanwhile
		}
		return nil, nil, fmt.Errorf("%s: %w: it holds %s; choose a new or an empty folder", d.path, ErrNotDataset, name)
	}
	return nil, plan, nil
}

// holdsPartsOf reports whether there are parts, all of them named after a plan.
func (d *Directory) holdsPartsOf(plan *Plan) bool {
	s := d.store
	s.plan = plan
	strangers, there, err := s.strangers()
	return err == nil && len(strangers) == 0 && there.count > 0
}

// grow puts an extended plan in the place of its base. The mark of completeness
// goes first: it is not complete any more.
func (d *Directory) grow(text []byte) error {
	if err := withdraw(d.fs, successPath(d.path)); err != nil {
		return err
	}
	return replace(d.fs, planPath(d.path), d.tag, text)
}

// maxPlan bounds plan.json: a thousand bytes for each of a million
// configurations.
const maxPlan = 1 << 30

// readPlan reads the plan of the dataset, as far as it is decided. The error is
// fs.ErrNotExist if there is none, an [*IntegrityError] if it cannot be read or was
// lost, [ErrNotDataset] if the path is not a folder.
func (s *store) readPlan() (*Plan, error) {
	if err := s.checkFolder(); err != nil {
		return nil, err
	}
	damage := &IntegrityError{Path: planPath(s.path),
		Remedy: fmt.Sprintf("run its sweep again with --out %s, which writes it anew if the parts are that sweep's; else move %s away", s.path, s.path)}
	text, err := readSmall(s.fs, planPath(s.path), maxPlan)
	if errors.Is(err, fs.ErrNotExist) && s.ruined() {
		// A run that began just now has written its plan first.
		if text, err = readSmall(s.fs, planPath(s.path), maxPlan); errors.Is(err, fs.ErrNotExist) {
			damage.Missing, damage.Reason = true, "the rest of the dataset is there"
			return nil, damage
		}
	}
	if err != nil {
		return nil, err
	}
	plan, err := decodePlan(text)
	if err != nil {
		damage.Err = err
		return nil, damage
	}
	if plan.PlanVersion == PlanVersion {
		plan, _, err = s.decided(plan) // a damaged checkpoint is decided again
	}
	return plan, err
}

// checkFolder checks that the path is a folder. The error is fs.ErrNotExist if
// there is nothing at all.
func (s *store) checkFolder() error {
	info, err := s.fs.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		if link, linkErr := s.fs.Lstat(s.path); linkErr == nil && link.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s: %w: it is a link to something that does not exist; name a folder", s.path, ErrNotDataset)
		}
	}
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s: %w: it is a file; name a folder", s.path, ErrNotDataset)
	}
	return err
}

// litter are names that systems put into any folder by themselves.
var litter = map[string]bool{"lost+found": true, ".DS_Store": true}

// stranger returns the name of something in the folder that shows it is not, and
// was not about to become, a dataset; "" if there is none. A run that died while
// it made the folder leaves our own names without a plan.
func stranger(fsys disk.FS, root string) (string, error) {
	entries, err := fsys.ReadDir(root)
	if err != nil {
		return "", err
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case name == nodalFolder, litter[name]:
		case name == networksFolder, name == fieldsFolder:
			inside, err := stranger(fsys, filepath.Join(root, name))
			if inside != "" || err != nil {
				return filepath.Join(name, inside), err
			}
		default:
			return name, nil
		}
	}
	return "", nil
}

// ruined reports whether a folder without a plan holds something that a run
// writes only after the plan.
func (s *store) ruined() bool {
	inside, _ := names(s.fs, filepath.Join(s.path, nodalFolder)) // what cannot be read shows nothing
	for _, name := range inside {
		if name != locksFolder && !litter[name] && !tempPattern.MatchString(name) {
			return true
		}
	}
	if there, _ := exists(s.fs, successPath(s.path)); there {
		return true
	}
	for _, folder := range []string{networksFolder, fieldsFolder} {
		found, _ := names(s.fs, filepath.Join(s.path, folder))
		if slices.ContainsFunc(found, partPattern.MatchString) {
			return true
		}
	}
	return false
}
