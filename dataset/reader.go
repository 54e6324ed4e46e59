package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"nodal/dataset/ledger"
	"nodal/schema"
)

// readRows is how many rows a [Reader] yields at a time.
const readRows = 1024

// Reader reads a dataset, complete or not. It takes no lock: what is published
// does not change. Every file is held against its checksum before it is parsed,
// and vetted if there is none on record.
type Reader struct {
	store
	complete bool
	rows     []schema.Row // what iterators yield, one at a time
	wide     []wideRow    // what rows with optional columns are read into
	fields   []schema.Field
}

// Open opens the dataset at path for reading. Its errors are [ErrNotDataset],
// also if path is missing, an [*IntegrityError] if its plan is damaged or gone, a
// [*DifferentSweepError] if it was written by another version of nodal, and those
// of the file system.
func Open(path string, o Options) (*Reader, error) {
	o = o.withDefaults()
	r := &Reader{store: store{fs: o.FS, path: path, vet: o.Vet}}
	if err := r.readable(); err != nil {
		return nil, err
	}
	var err error
	if r.complete, _, err = r.load(nil); err != nil {
		return nil, err
	}
	return r, nil
}

// OpenPlan reads the plan of the dataset at path and nothing else. Its errors are
// those of [Open].
func OpenPlan(path string, o Options) (*Plan, error) {
	s := &store{fs: o.withDefaults().FS, path: path}
	err := s.readable()
	return s.plan, err
}

// Damage returns the error for a file of a part that is not what it should be.
func (r *Reader) Damage(part Part, kind Kind, err error) *IntegrityError {
	return &IntegrityError{Path: partPath(r.path, kind, part), Err: err}
}

// readable reads the plan, or says why there is none that can be read.
func (s *store) readable() error {
	plan, err := s.readPlan()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, statErr := s.fs.Stat(s.path); statErr != nil {
			return fmt.Errorf("%w: %w", ErrNotDataset, statErr)
		}
		return fmt.Errorf("%s: %w: it has no _nodal/plan.json", s.path, ErrNotDataset)
	case err != nil:
		return err
	case plan.PlanVersion != PlanVersion || plan.RowVersion != schema.RowVersion:
		current := *plan
		current.PlanVersion, current.RowVersion = PlanVersion, schema.RowVersion
		return &DifferentSweepError{Path: s.path, Differences: differences(plan, &current)}
	}
	s.plan = plan
	return nil
}

// Plan returns the plan of the dataset.
func (r *Reader) Plan() *Plan { return r.plan }

// Complete reports whether the dataset was finished when it was opened.
func (r *Reader) Complete() bool { return r.complete }

// Published returns how many parts and networks are there, going by the names of
// their files.
func (r *Reader) Published() (parts int, networks int64, err error) {
	_, there, err := r.strangers()
	if err != nil {
		return 0, 0, err
	}
	for part := range r.plan.Parts() {
		if there.has(part) {
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
func (r *Reader) Rows() iter.Seq2[[]schema.Row, error] { return all(r.plan.Parts(), r.RowsOf) }

// Fields yields the kept fields of the published parts in the plan's order,
// under the same terms as Rows, some 16 MiB of values at most at a time unless
// one field is larger.
func (r *Reader) Fields() iter.Seq2[[]schema.Field, error] { return all(r.plan.Parts(), r.FieldsOf) }

// all yields what every part has, until an error.
func all[T any](parts iter.Seq[Part], of func(Part) iter.Seq2[[]T, error]) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		for part := range parts {
			for batch, err := range of(part) {
				if !yield(batch, err) || err != nil {
					return
				}
			}
		}
	}
}

// RowsOf yields the rows of one part, under the same terms as Rows.
func (r *Reader) RowsOf(part Part) iter.Seq2[[]schema.Row, error] {
	return func(yield func([]schema.Row, error) bool) {
		_, there, err := r.entryOf(part)
		var file *partFile
		if there {
			file, err = openRows(&r.store, part)
		}
		r.yieldRows(file, err, yield)
	}
}

// FieldsOf yields the kept fields of one part, under the same terms as Fields.
func (r *Reader) FieldsOf(part Part) iter.Seq2[[]schema.Field, error] {
	return func(yield func([]schema.Field, error) bool) {
		e, there, err := r.entryOf(part)
		var file *partFile
		if there && e.Fields != nil {
			file, err = openPart[schema.Field](&r.store, part, Fields, e.Fields.Rows)
			err = r.announced(part, err)
		}
		yieldFile(file, err, scratch(&r.fields), yield)
	}
}

// yieldFile yields what an open file holds, or the error of opening it; nothing
// if there is neither. It closes the file.
func yieldFile[T any](file *partFile, err error, buffer []T, yield func([]T, error) bool) {
	if err != nil {
		yield(nil, err)
	} else if file != nil {
		defer file.Close() // opened for reading: nothing to lose
		batches(file, buffer, yield)
	}
}

// entryOf returns what is on record of a part that is published, vetting it if
// nothing is. A part that is missing from a complete dataset is an error.
func (r *Reader) entryOf(part Part) (e ledger.Entry, there bool, err error) {
	path := partPath(r.path, Networks, part)
	if there, err = exists(r.fs, path); err != nil {
		return ledger.Entry{}, false, err
	}
	if !there {
		if r.complete {
			err = &IntegrityError{Path: path, Missing: true, Reason: "the dataset was complete with it"}
		}
		return ledger.Entry{}, false, err
	}
	e, err = r.onRecord(part)
	return e, err == nil, err
}

// scratch returns a buffer of readRows, made when it is first wanted.
func scratch[T any](buffer *[]T) []T {
	if *buffer == nil {
		*buffer = make([]T, readRows)
	}
	return *buffer
}
