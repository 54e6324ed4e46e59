package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// This file decides what a path holds: a dataset, what is left of one,
// something else, or nothing yet.

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

// readPlan reads the plan of the dataset at path. The error is fs.ErrNotExist if
// there is none, an [*IntegrityError] if it cannot be read or was lost,
// [ErrNotDataset] if path is not a folder.
func readPlan(path string) (*Plan, error) {
	if err := checkFolder(path); err != nil {
		return nil, err
	}
	damage := &IntegrityError{Path: planPath(path),
		Remedy: fmt.Sprintf("move %s away and run the sweep again", path)}
	text, err := os.ReadFile(planPath(path))
	if errors.Is(err, fs.ErrNotExist) && ruined(path) {
		// A run that began just now has written its plan first.
		if text, err = os.ReadFile(planPath(path)); errors.Is(err, fs.ErrNotExist) {
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
	return plan, nil
}

// checkFolder checks that path is a folder. The error is fs.ErrNotExist if there
// is nothing at all.
func checkFolder(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if target, linkErr := os.Readlink(path); linkErr == nil {
			return fmt.Errorf("%s: %w: it is a link to %s, which does not exist; name a folder", path, ErrNotDataset, target)
		}
	}
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s: %w: it is a file; name a folder", path, ErrNotDataset)
	}
	return err
}

// litter are names that systems put into any folder by themselves.
var litter = map[string]bool{"lost+found": true, ".DS_Store": true}

// stranger returns the name of something in the folder that shows it is not, and
// was not about to become, a dataset; "" if there is none. A run that died while
// it made the folder leaves our own names without a plan.
func stranger(root string) (string, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return "", err
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case name == nodalFolder, litter[name]:
		case name == networksFolder, name == fieldsFolder:
			inside, err := stranger(filepath.Join(root, name))
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
func ruined(root string) bool {
	inside, _ := os.ReadDir(filepath.Join(root, nodalFolder)) // what cannot be read shows nothing
	for _, entry := range inside {
		name := entry.Name()
		if name != locksFolder && !litter[name] && !tempPattern.MatchString(name) {
			return true
		}
	}
	for _, pattern := range []string{successName, networksFolder + "/" + partGlob, fieldsFolder + "/" + partGlob} {
		if found, _ := fs.Glob(os.DirFS(root), pattern); len(found) > 0 {
			return true
		}
	}
	return false
}
