package dataset

import (
	"errors"
	"fmt"
	"iter"

	"nodal/dataset/ledger"
)

// Published returns how many parts and networks are there. Those of other shards are
// counted by the names that were there when the folder was last listed: by [Create],
// [Directory.Missing] or [Directory.Finish].
func (d *Directory) Published() (parts int, networks int64) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	parts, networks = d.others, d.otherNetworks
	for part := range d.Parts() {
		if e, ok := d.published[part.Name()]; ok {
			parts++
			networks += e.Networks.Rows
		}
	}
	return parts, networks
}

// Parts yields the parts of the plan that belong to the shard of this run, in
// order.
func (d *Directory) Parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		for part := range d.plan.Parts() {
			if d.shard.has(part) && !yield(part) {
				return
			}
		}
	}
}

// Has reports whether a part is published, by this run or another. If its files
// are damaged they are moved to the quarantine, with a notice, and it is not.
func (d *Directory) Has(part Part) (bool, error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if _, ok := d.published[part.Name()]; ok {
		return true, nil
	}
	return d.take(part)
}

// take enters a part into published if it is there.
func (d *Directory) take(part Part) (bool, error) {
	e, present, err := d.lookOnce(part)
	if damaged := (*IntegrityError)(nil); errors.As(err, &damaged) {
		return false, d.condemn(damaged)
	}
	if !present || err != nil {
		return false, err
	}
	d.published[part.Name()] = e
	return true, nil
}

// forget takes a part out of published.
func (d *Directory) forget(part Part) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	delete(d.published, part.Name())
}

// lookOnce looks at a part, and puts it on record if that took reading all of it, so
// that no other run has to.
func (d *Directory) lookOnce(part Part) (e ledger.Entry, present bool, err error) {
	_, known := d.ledger.Lookup(part.Name())
	e, present, err = d.look(part)
	if present && !known && d.readOnly == nil {
		err = d.note(e)
	}
	return e, present, err
}

// record enters a part that this run has published.
func (d *Directory) record(e ledger.Entry) error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.published[e.Part] = e
	d.ledger.Set(e)
	return d.note(e)
}

// note writes a part into the journal of this run.
func (d *Directory) note(e ledger.Entry) error {
	if d.journal == nil {
		folder := journalsPath(d.path)
		if err := makeInside(d.fs, folder); err != nil {
			return fmt.Errorf("beginning the journal: %w", err)
		}
		d.journal = ledger.NewJournal(d.fs, folder, d.tag, d.plan.Hash())
	}
	return d.journal.Add(e)
}
