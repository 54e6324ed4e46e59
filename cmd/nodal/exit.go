package main

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"nodal/dataset"
	"nodal/schema"
)

// Exit codes, a contract with job schedulers and scripts.
const (
	exitComplete    = 0
	exitInternal    = 1
	exitUsage       = 2 // the command line or the sweep file
	exitResources   = 3 // I/O, memory, permissions
	exitIntegrity   = 4 // a file is not what it should be
	exitLocked      = 5 // another run holds the directory
	exitDifferent   = 6 // the directory belongs to a different sweep, or version of nodal
	exitInterrupted = 75
)

// errInterrupted says that a signal ended the command, errLater that there is more to
// do once other shards have done theirs. The same command continues in both cases.
var (
	errInterrupted = errors.New("interrupted")
	errLater       = errors.New("the next stage is to come")
)

// usageError is a mistake in the command line.
type usageError struct{ error }

// Unwrap returns what the user got wrong.
func (e usageError) Unwrap() error { return e.error }

// resourceError is something that the machine lacks.
type resourceError struct{ error }

// Unwrap returns what is lacking.
func (e resourceError) Unwrap() error { return e.error }

// exitCode returns the exit code for what a command returned.
func exitCode(err error) int {
	var (
		usage     usageError
		resource  resourceError
		sweep     schema.Errors
		different *dataset.DifferentSweepError
		unlike    *dataset.UnmergeableError
		damaged   *dataset.IntegrityError
		path      *fs.PathError
		link      *os.LinkError
		errno     syscall.Errno
	)
	switch {
	case err == nil:
		return exitComplete
	case errors.Is(err, errInterrupted), errors.Is(err, errLater):
		return exitInterrupted
	case errors.As(err, &resource): // a sweep that asks for too much may be in it
		return exitResources
	case errors.As(err, &usage), errors.As(err, &sweep):
		return exitUsage
	case errors.Is(err, dataset.ErrLocked):
		return exitLocked
	case errors.As(err, &different), errors.As(err, &unlike):
		return exitDifferent
	case errors.As(err, &damaged), errors.Is(err, dataset.ErrIncomplete), errors.Is(err, errNotWhole):
		return exitIntegrity
	case errors.Is(err, dataset.ErrNotDataset),
		errors.As(err, &path), errors.As(err, &link), errors.As(err, &errno):
		return exitResources
	case errors.Is(err, errors.ErrUnsupported): // rows that another version of nodal draws
		return exitDifferent
	}
	return exitInternal
}

// message returns what to tell the user. The errors of a sweep file begin with
// file and line and stand alone, so that editors and grep find them.
func message(err error) string {
	if sweep := (schema.Errors)(nil); errors.As(err, &sweep) {
		return sweep.Error()
	}
	return "nodal: " + err.Error()
}
