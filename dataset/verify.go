package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"nodal/dataset/ledger"
)

// Depth says how closely a [Verification] looks.
type Depth int

const (
	// Quick looks at names, sizes and the footers of files. It does not read them.
	Quick Depth = iota
	// Bytes also holds the SHA-256 of every file against the record, and its
	// columns, metadata and row counts against the plan.
	Bytes
	// Rows also decodes every row and field: each has to be the one that the plan
	// has there, and to keep the laws of its columns, see [schema.Laws], and the
	// fields have to be those of the rows.
	Rows
)

// String returns quick, bytes or rows.
func (d Depth) String() string { return [...]string{"quick", "bytes", "rows"}[d] }

// Verification looks at a dataset and changes nothing. It takes no lock.
type Verification struct {
	store
	depth    Depth
	finished bool
	// Notes are what a person may want to know and what harms nobody: broken lines
	// of journals, temporary files, what lies in the quarantine.
	Notes []string
	// Problems are those of the dataset as a whole. Those of its parts are in
	// their reports.
	Problems []*IntegrityError
}

// Verify opens the dataset at path and looks at what belongs to no part. Its
// errors are those of [Open]; Options say where it lies and who vets.
func Verify(path string, depth Depth, o Options) (*Verification, error) {
	o = o.withDefaults()
	v := &Verification{store: store{fs: o.FS, path: path, vet: o.Vet}, depth: depth}
	if err := v.readable(); err != nil {
		return nil, lostPlan(err)
	}
	finished, complaint, err := v.load(nil)
	if err != nil {
		return nil, err
	}
	v.finished = finished
	_, garbled, err := v.decided(v.plan)
	if err != nil {
		return nil, err
	}
	if garbled != nil {
		v.Problems = append(v.Problems, garbled)
	}
	if complaint != nil && (garbled == nil || complaint.Path != garbled.Path) {
		v.Problems = append(v.Problems, complaint)
	}
	v.checkManifest()
	if v.Notes, err = v.readJournals(nil, &ledger.Ledger{}); err != nil {
		return nil, err
	}
	if err := v.checkSweepFile(); err != nil {
		return nil, err
	}
	strangers, _, err := v.strangers()
	if err != nil {
		return nil, err
	}
	v.Problems = append(v.Problems, strangers...)
	if err := v.verifyRefined(); err != nil {
		return nil, err
	}
	return v, v.noteLitter()
}

// lostPlan tells of a damaged plan what a person can do: no repair can know what
// the dataset was to be, but a run of its sweep does.
func lostPlan(err error) error {
	problem := (*IntegrityError)(nil)
	if !errors.As(err, &problem) {
		return err
	}
	lost := *problem
	lost.Remedy = "run its sweep again, which writes the plan anew if the parts are those of that sweep"
	return &lost
}

// checkManifest holds the parts that the manifest lists against the plan.
func (v *Verification) checkManifest() {
	if !v.finished {
		return
	}
	count, unlisted := 0, 0
	for part := range v.plan.Parts() {
		count++
		if _, known := v.ledger.Lookup(part.Name()); !known {
			unlisted++
		}
	}
	if listed := v.ledger.Len(); unlisted > 0 || listed != count {
		v.Problems = append(v.Problems, v.markDamage(manifestPath(v.path),
			fmt.Sprintf("it lists %d parts, and not %d of the plan's %d", listed, unlisted, count)))
	}
}

// Reader returns a reader of the dataset. It vets no part again that was vetted
// here.
func (v *Verification) Reader() *Reader { return &Reader{store: v.store, complete: v.finished} }

// Depth returns how closely it looks.
func (v *Verification) Depth() Depth { return v.depth }

// Plan returns the plan of the dataset.
func (v *Verification) Plan() *Plan { return v.plan }

// Finished reports whether the dataset is marked complete, and the manifest is
// the one that the mark vouches for.
func (v *Verification) Finished() bool { return v.finished }

// checkSweepFile holds the sweep file against the plan.
func (v *Verification) checkSweepFile() error {
	text, err := readSmall(v.fs, sweepPath(v.path), int64(len(v.plan.Source))+1)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.Problems = append(v.Problems, &IntegrityError{Path: sweepPath(v.path), Missing: true, Reason: "a run writes it after the plan"})
	case err != nil && isSystem(err):
		return err
	case err != nil || !bytes.Equal(text, []byte(v.plan.Source)):
		v.Problems = append(v.Problems, &IntegrityError{Path: sweepPath(v.path), Reason: "it is not the sweep file of the plan", Remedy: "run the sweep again"})
	}
	return nil
}

// noteLitter notes what lies about.
func (v *Verification) noteLitter() error {
	for _, folder := range []string{".", nodalFolder, networksFolder, fieldsFolder, refinedFolder} {
		folder = filepath.Join(v.path, folder)
		found, err := names(v.fs, folder)
		if err != nil {
			return err
		}
		for _, name := range found {
			if tempPattern.MatchString(name) {
				v.Notes = append(v.Notes, fmt.Sprintf("%s is the temporary file of a run that is at work or dead", filepath.Join(folder, name)))
			}
		}
	}
	moved, err := names(v.fs, filepath.Join(v.path, nodalFolder, quarantine))
	if len(moved) > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("%d damaged files lie in %s; remove them when you have looked at them",
			len(moved), filepath.Join(v.path, nodalFolder, quarantine)))
	}
	return err
}
