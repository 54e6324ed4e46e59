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
}

// Error names the folder, every difference, and what to do.
func (e *DifferentSweepError) Error() string {
	return fmt.Sprintf("%s holds another sweep: %s; choose another folder", e.Path, strings.Join(e.Differences, "; "))
}

// IntegrityError says that a file of the dataset is not what nodal wrote there,
// or is gone. A run does not mend it by itself: a person should know.
type IntegrityError struct {
	Path    string
	Missing bool // the file is gone
	Reason  string
	Err     error  // what showed it, or nil
	Remedy  string // what to do, if it is not to move the file away and run again
}

// Error names the file, what is wrong with it, and what to do.
func (e *IntegrityError) Error() string {
	state, remedy := "damaged", "move it away and run the sweep again"
	if e.Missing {
		state, remedy = "missing", "run the sweep again"
	}
	if e.Remedy != "" {
		remedy = e.Remedy
	}
	reason := e.Reason
	if e.Err != nil {
		reason = strings.TrimPrefix(reason+": ", ": ") + e.Err.Error()
	}
	return fmt.Sprintf("%s is %s: %s; %s", e.Path, state, reason, remedy)
}

// Unwrap returns what showed the damage, or nil.
func (e *IntegrityError) Unwrap() error { return e.Err }
