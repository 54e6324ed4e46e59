package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"

	"nodal/dataset/ledger"
	"nodal/schema"
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
	// has there, and to keep the laws of its columns, see [schema.Row.Check].
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

// PartReport is what a verification found of one part.
type PartReport struct {
	Name     string
	Networks int64 // in the plan
	Bytes    int64 // of its files, 0 if it is not published
	Missing  bool  // it is not published
	Problems []*IntegrityError
}

// Verify opens the dataset at path and looks at what belongs to no part. Its
// errors are those of [Open].
func Verify(path string, depth Depth, o Options) (*Verification, error) {
	o = o.withDefaults()
	v := &Verification{store: store{fs: o.FS, path: path, vet: o.Vet}, depth: depth}
	if err := v.readable(); err != nil {
		return nil, err
	}
	var err error
	var complaint string
	if v.finished, complaint, err = v.load(); err != nil {
		return nil, err
	}
	if complaint != "" {
		v.Problems = append(v.Problems, &IntegrityError{Path: successPath(path), Reason: complaint, Remedy: "run the sweep again"})
	}
	if v.Notes, err = v.readJournals(&ledger.Ledger{}); err != nil {
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
	return v, v.noteLitter()
}

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
	for _, folder := range []string{".", nodalFolder, networksFolder, fieldsFolder} {
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

// Parts looks at every part in the order of the plan and yields its report. An
// error of the file system ends it.
func (v *Verification) Parts() iter.Seq2[PartReport, error] {
	return func(yield func(PartReport, error) bool) {
		for part := range v.plan.Parts() {
			report, err := v.report(part)
			if !yield(report, err) || err != nil {
				return
			}
		}
	}
}

// report looks at one part.
func (v *Verification) report(part Part) (PartReport, error) {
	report := PartReport{Name: part.Name(), Networks: part.Networks()}
	there, err := exists(v.fs, partPath(v.path, Networks, part))
	if err != nil {
		return report, err
	}
	if !there {
		report.Missing = true
		if v.finished {
			report.Problems = append(report.Problems, &IntegrityError{Path: partPath(v.path, Networks, part),
				Missing: true, Reason: "the dataset was complete with it"})
		}
		return report, nil
	}
	e, known := v.ledger.Lookup(part.Name())
	if !known {
		if e, err = v.unknown(part); err == nil {
			v.ledger.Set(e)
		}
	} else {
		err = v.known(part, Networks, e.Networks)
		if err == nil && e.Fields != nil {
			err = v.announced(part, v.known(part, Fields, *e.Fields))
		}
	}
	report.Bytes = e.Networks.Bytes
	if e.Fields != nil {
		report.Bytes += e.Fields.Bytes
	}
	if problem := (*IntegrityError)(nil); errors.As(err, &problem) {
		report.Problems = append(report.Problems, problem)
		err = nil
	}
	return report, err
}

// unknown looks at a part of which nothing is on record.
func (v *Verification) unknown(part Part) (ledger.Entry, error) {
	if v.depth > Quick {
		return v.vetPart(part)
	}
	// The footer alone is looked at. It does not tell the number of fields safely.
	size, err := v.skimFooter(part, Networks)
	return ledger.Entry{Part: part.Name(), Networks: ledger.Sum{Bytes: max(size, 0), Rows: part.Networks()}}, err
}

// known looks at a file whose sum is on record.
func (v *Verification) known(part Part, kind Kind, want ledger.Sum) error {
	if v.depth == Quick {
		return v.skim(part, kind, want)
	}
	var file *partFile
	var err error
	if kind == Networks {
		file, err = openPart[schema.Row](&v.store, part, kind, part.Networks())
	} else {
		file, err = openPart[schema.Field](&v.store, part, kind, want.Rows)
	}
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil || v.depth == Bytes {
		return err
	}
	// The bytes are those on record, so they do no harm here.
	vetted, err := Vet(v.fs, v.path, part, kind)
	if err == nil && vetted.Sum != want {
		err = v.damage(part, kind, errors.New("it changed while it was read"))
	}
	return err
}
