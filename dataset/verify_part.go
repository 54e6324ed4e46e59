package dataset

import (
	"errors"
	"iter"
	"slices"

	"nodal/dataset/ledger"
	"nodal/schema"
)

// PartReport is what a verification found of one part.
type PartReport struct {
	Name     string
	Networks int64 // in the plan
	Bytes    int64 // of its files, 0 if it is not published
	Missing  bool  // it is not published
	Problems []*IntegrityError
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
	e, known := v.ledger.Lookup(part.Name())
	switch {
	case !there:
		err = v.missing(part, &report)
	case known:
		err = v.recorded(part, e, &report)
	case v.depth == Quick:
		err = v.unrecorded(part, &report)
	default:
		err = v.vetted(part, &report)
	}
	if err == nil && v.depth == Rows && !report.Missing && len(report.Problems) == 0 {
		err = report.take(v.agree(part))
	}
	return report, err
}

// take enters a problem into the report and returns any other error.
func (r *PartReport) take(err error) error {
	problem := (*IntegrityError)(nil)
	if !errors.As(err, &problem) {
		return err
	}
	r.Problems = append(r.Problems, problem)
	return nil
}

// missing looks at a part without a networks file. Its fields may be there: they
// are published first.
func (v *Verification) missing(part Part, report *PartReport) error {
	report.Missing = true
	if v.finished {
		report.Problems = append(report.Problems, &IntegrityError{Path: partPath(v.path, Networks, part),
			Missing: true, Reason: "the dataset was complete with it"})
	}
	_, err := v.fields(part)
	return report.take(err)
}

// recorded looks at a part whose sums are on record.
func (v *Verification) recorded(part Part, e ledger.Entry, report *PartReport) error {
	report.Bytes = e.Networks.Bytes
	if err := report.take(v.known(part, Networks, e.Networks)); err != nil {
		return err
	}
	if e.Fields == nil {
		_, err := v.fields(part)
		return report.take(err)
	}
	report.Bytes += e.Fields.Bytes
	return report.take(v.announced(part, v.known(part, Fields, *e.Fields)))
}

// unrecorded looks quickly at a part of which nothing is on record: at its
// footers alone. They do not tell safely whether there should be fields.
func (v *Verification) unrecorded(part Part, report *PartReport) error {
	size, err := v.skimFooter(part, Networks)
	report.Bytes = max(size, 0)
	if err := report.take(err); err != nil {
		return err
	}
	size, err = v.fields(part)
	report.Bytes += size
	return report.take(err)
}

// vetted looks closely at a part of which nothing is on record. What it finds
// out is on record then.
func (v *Verification) vetted(part Part, report *PartReport) error {
	e, err := v.vetPart(part)
	if err == nil {
		v.ledger.Set(e)
		report.Bytes = e.Networks.Bytes
		if e.Fields != nil {
			report.Bytes += e.Fields.Bytes
			return nil
		}
	}
	if err := report.take(err); err != nil {
		return err
	}
	for _, problem := range report.Problems {
		if problem.Path == partPath(v.path, Fields, part) {
			return nil // the fields were looked at
		}
	}
	_, err = v.fields(part)
	return report.take(err)
}

// fields looks at the fields file of a part, if there is one, whether or not
// there should be. It returns its size.
func (v *Verification) fields(part Part) (size int64, err error) {
	there, err := exists(v.fs, partPath(v.path, Fields, part))
	if !there || err != nil {
		return 0, err
	}
	e, known := v.ledger.Lookup(part.Name())
	switch {
	case known && e.Fields != nil:
		return e.Fields.Bytes, v.known(part, Fields, *e.Fields)
	case known, !part.keepsFields():
		return 0, v.damage(part, Fields, errors.New("the part has no fields"))
	case v.depth == Quick:
		size, err = v.skimFooter(part, Fields)
		return max(size, 0), err
	}
	found, err := v.vetFile(part, Fields)
	return found.Sum.Bytes, err
}

// keepsFields reports whether the plan keeps fields of networks of the part.
func (p Part) keepsFields() bool {
	return slices.ContainsFunc(p.Units, func(u Unit) bool {
		return keptNetworks(&p.Plan.Configurations[u.Configuration], u) > 0
	})
}

// known looks at a file whose sum is on record.
func (v *Verification) known(part Part, kind Kind, want ledger.Sum) error {
	if v.depth == Quick {
		return v.skim(part, kind, want)
	}
	var file *partFile
	var err error
	if kind == Networks {
		file, err = openRows(&v.store, part)
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
	found, err := Vet(v.fs, v.path, part, kind)
	if err == nil && found.Sum != want {
		err = v.damage(part, kind, errors.New("it changed while it was read"))
	}
	return err
}
