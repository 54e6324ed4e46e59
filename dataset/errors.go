package dataset

import (
	"errors"
	"fmt"
	"strings"
)

var (
	// ErrLocked says that another run is writing the dataset.
	ErrLocked = errors.New("another run is writing this dataset")
	// ErrNotDataset says that a path holds something else than a dataset.
	ErrNotDataset = errors.New("not a nodal dataset")
	// ErrIncomplete says that parts are missing.
	ErrIncomplete = errors.New("the dataset is incomplete")
)

// DifferentSweepError says that a folder holds the dataset of another sweep, or
// of another version of nodal.
type DifferentSweepError struct {
	Path        string
	Differences []string // one a line, what is there first
	Extension   bool     // the wanted sweep only adds to the one that is there
	Refused     bool     // it was to be extended, which these differences forbid
}

// Error names the folder, every difference on a line of its own, and what to do.
func (e *DifferentSweepError) Error() string {
	what, remedy := "holds another sweep", "choose another folder"
	switch {
	case e.Refused:
		what = "cannot be extended to this sweep, which does more than add configurations or networks"
		remedy = "undo these changes, or choose another folder"
	case e.Extension:
		remedy += ", or --extend this one: the sweep only adds to it"
	}
	return fmt.Sprintf("%s %s:\n  %s\n%s", e.Path, what, strings.Join(e.Differences, "\n  "), remedy)
}

// IntegrityError says that a file of the dataset is not what nodal wrote there,
// or is gone, and that nothing was changed because of it.
type IntegrityError struct {
	Path    string
	Missing bool // the file is gone
	Reason  string
	Err     error  // what showed it, or nil
	Remedy  string // what to do, if it is not nodal verify --repair
}

// Error names the file, what is wrong with it, and what to do.
func (e *IntegrityError) Error() string {
	state, remedy := "damaged", "mend the dataset with nodal verify --repair"
	if e.Missing {
		state, remedy = "missing", "run the sweep again"
	}
	if e.Remedy != "" {
		remedy = e.Remedy
	}
	return fmt.Sprintf("%s is %s: %s; %s", e.Path, state, e.Cause(), remedy)
}

// Cause returns what is wrong with the file, without its name and what to do.
func (e *IntegrityError) Cause() string {
	if e.Err == nil {
		return e.Reason
	}
	return strings.TrimPrefix(e.Reason+": ", ": ") + e.Err.Error()
}

// Unwrap returns what showed the damage, or nil.
func (e *IntegrityError) Unwrap() error { return e.Err }
