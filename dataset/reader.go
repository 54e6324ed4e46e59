package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"

	"nodal/schema"
)

// readRows is how many rows a [Reader] yields at a time.
const readRows = 1024

// Reader reads a dataset, complete or not. It takes no lock: what is published
// does not change.
type Reader struct {
	path     string
	plan     *Plan
	complete bool
}

// Open opens the dataset at path for reading. Its errors are [ErrNotDataset],
// also if path is missing, an [*IntegrityError] if its plan is damaged or gone, a
// [*DifferentSweepError] if it was written by another version of nodal, and those
// of the file system.
func Open(path string) (*Reader, error) {
	plan, err := readPlan(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, statErr := os.Stat(path); statErr != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotDataset, statErr)
		}
		return nil, fmt.Errorf("%s: %w: it has no _nodal/plan.json", path, ErrNotDataset)
	case err != nil:
		return nil, err
	case plan.PlanVersion != PlanVersion:
		current := *plan
		current.PlanVersion = PlanVersion
		return nil, &DifferentSweepError{Path: path, Differences: differences(plan, &current)}
	}
	done, err := complete(path)
	if err != nil {
		return nil, err
	}
	return &Reader{path: path, plan: plan, complete: done}, nil
}

// Plan returns the plan of the dataset.
func (r *Reader) Plan() *Plan { return r.plan }

// Complete reports whether the dataset was finished when it was opened.
func (r *Reader) Complete() bool { return r.complete }

// Published returns how many parts and networks are there.
func (r *Reader) Published() (parts int, networks int64, err error) {
	for part := range r.plan.Parts() {
		_, err := os.Stat(partPath(r.path, networksFolder, r.plan, part.Seq))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return 0, 0, err
		default:
			parts++
			networks += part.Networks()
		}
	}
	return parts, networks, nil
}

// Rows yields the rows of the published parts in the plan's order, up to 1,024
// at a time, with an error in the end if there was one. The slice and the lists
// in it are reused: copy what is to be kept. A part missing from a complete
// dataset is an error, from an incomplete one it is not.
func (r *Reader) Rows() iter.Seq2[[]schema.Row, error] {
	return func(yield func([]schema.Row, error) bool) {
		buffer := make([]schema.Row, readRows)
		for networks, err := range r.parts() {
			if err != nil {
				yield(nil, err)
				return
			}
			if !batches(networks, buffer, yield) {
				return
			}
		}
	}
}

// Fields yields the kept fields of the published parts in the plan's order,
// under the same terms as Rows, some 16 MiB of values at most at a time unless
// one field is larger.
func (r *Reader) Fields() iter.Seq2[[]schema.Field, error] {
	return func(yield func([]schema.Field, error) bool) {
		buffer := make([]schema.Field, readRows)
		for networks, err := range r.parts() {
			if err != nil {
				yield(nil, err)
				return
			}
			if networks.fields > 0 && !r.fieldsOf(networks, buffer, yield) {
				return
			}
		}
	}
}

// fieldsOf yields the fields of one part.
func (r *Reader) fieldsOf(networks *partFile, buffer []schema.Field, yield func([]schema.Field, error) bool) bool {
	fields, err := openPart[schema.Field](r.path, fieldsFolder, r.plan, networks.seq, networks.fields)
	if err != nil {
		yield(nil, missingFields(err, r.path, r.plan, networks))
		return false
	}
	defer fields.Close()
	return batches(fields, buffer, yield)
}

// parts yields the published networks files in order, each open until the next
// is asked for, and in the end an error if there was one.
func (r *Reader) parts() iter.Seq2[*partFile, error] {
	return func(yield func(*partFile, error) bool) {
		for part := range r.plan.Parts() {
			file, err := openPart[schema.Row](r.path, networksFolder, r.plan, part.Seq, part.Networks())
			if errors.Is(err, fs.ErrNotExist) {
				if !r.complete {
					continue
				}
				err = &IntegrityError{Path: partPath(r.path, networksFolder, r.plan, part.Seq), Missing: true,
					Reason: "the dataset was complete with it"}
			}
			if err != nil {
				yield(nil, err)
				return
			}
			more := yield(file, nil)
			file.Close() // opened for reading: nothing to lose
			if !more {
				return
			}
		}
	}
}
