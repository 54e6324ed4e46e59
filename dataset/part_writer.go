package dataset

import (
	"fmt"
	"strconv"

	"nodal/dataset/ledger"
	"nodal/schema"
)

// PartWriter writes one part: its rows in the order of its networks, and the
// fields it keeps. Nothing is visible before Publish. It is for one goroutine
// at a time.
type PartWriter struct {
	directory *Directory
	part      Part
	networks  rowTable
	fields    *partTable[schema.Field] // nil until there are some

	pending     []schema.Row // the last rows, fewer than a canonical batch
	expect      cursor
	groupValues int64 // bytes of values in the open row group of fields
}

// NewPart begins a part. End it with Publish or Discard.
func (d *Directory) NewPart(part Part) (*PartWriter, error) {
	if d.readOnly != nil {
		return nil, d.readOnly
	}
	networks, err := newRowTable(d, part)
	if err != nil {
		return nil, err
	}
	return &PartWriter{directory: d, part: part, networks: networks,
		pending: make([]schema.Row, 0, writeRows), expect: cursor{plan: part.Plan, units: part.Units}}, nil
}

// WriteRows appends rows, the next of the part in the order of its units. It
// does not keep them. How rows are split over calls changes no byte of the
// file. It panics if a row is not the next one.
func (w *PartWriter) WriteRows(rows []schema.Row) error {
	for i := range rows {
		w.expect.next(&rows[i])
	}
	if len(w.pending) > 0 {
		n := min(writeRows-len(w.pending), len(rows))
		w.keep(rows[:n])
		rows = rows[n:]
		if len(w.pending) < writeRows {
			return nil
		}
		if err := w.networks.write(w.pending); err != nil {
			return err
		}
		w.pending = w.pending[:0]
	}
	whole := len(rows) - len(rows)%writeRows
	if err := w.networks.write(rows[:whole]); err != nil {
		return err
	}
	w.keep(rows[whole:])
	return nil
}

// keep copies rows to the end of pending, reusing the lists that are there.
func (w *PartWriter) keep(rows []schema.Row) {
	for _, row := range rows {
		w.pending = w.pending[:len(w.pending)+1]
		own := &w.pending[len(w.pending)-1]
		fractions, regions, islands := own.ClassFraction[:0], own.ClassRegions[:0], own.ClassIslands[:0]
		*own = row
		own.Extra = row.Extra.Clone()
		own.ClassFraction = append(fractions, row.ClassFraction...)
		own.ClassRegions = append(regions, row.ClassRegions...)
		own.ClassIslands = append(islands, row.ClassIslands...)
	}
}

// WriteFields appends kept fields, networks in the part's order. It does not
// keep them. How fields are split over calls changes no byte of the file.
func (w *PartWriter) WriteFields(fields []schema.Field) error {
	for i := range fields {
		if w.fields == nil {
			table, err := newPartTable(w.directory, fieldsFolder, w.part, &w.directory.fieldWriters, newFieldDigest())
			if err != nil {
				return err
			}
			w.fields = table
		}
		if err := w.fields.write(fields[i : i+1]); err != nil {
			return err
		}
		w.groupValues += 4 * int64(len(fields[i].Values))
		if w.groupValues >= groupValues {
			if err := w.fields.flush(); err != nil {
				return err
			}
			w.groupValues = 0
		}
	}
	return nil
}

// Publish makes the part durable, gives its files their names, that of the
// networks last: with it the part is there, and enters it into the journal. It
// panics if rows are missing. If it fails the part may be begun again once
// Discard was called.
//
// A file of that name that is there already stays if it has the same bytes and
// goes to the quarantine if it is damaged. If it is sound and has others the
// error is an [*IntegrityError].
func (w *PartWriter) Publish() error {
	if err := w.networks.write(w.pending); err != nil {
		return err
	}
	w.pending = w.pending[:0]
	if rows := w.networks.count(); rows != w.part.Networks() {
		panic(fmt.Sprintf("dataset: Publish: part %d has %d rows, want %d", w.part.Seq, rows, w.part.Networks()))
	}
	e := ledger.Entry{Part: w.part.Name()}
	var fields int64
	if w.fields != nil {
		fields = w.fields.rows
		if err := w.fields.seal(); err != nil {
			return err
		}
		e.Fields = &w.fields.sum
	}
	w.networks.set(keyFields, strconv.FormatInt(fields, 10))
	if err := w.networks.seal(); err != nil {
		return err
	}
	if w.fields != nil {
		if err := w.fields.publish(); err != nil {
			return err
		}
	}
	if err := w.networks.publish(); err != nil {
		return err
	}
	e.Networks = w.networks.digits()
	return w.directory.record(e)
}

// Discard gives the part up and removes its temporary files. After Publish it
// does nothing, so it can be deferred.
func (w *PartWriter) Discard() {
	w.networks.discard()
	if w.fields != nil {
		w.fields.discard()
	}
}

// cursor walks the networks of a part, to hold the rows against them.
type cursor struct {
	plan  *Plan
	units []Unit
	id    string       // config_id of units[0]
	done  int64        // networks of units[0] already seen
	laws  *schema.Laws // of the rows of units[0]; set by accept alone
}

// next panics unless row is that of the next network.
func (c *cursor) next(row *schema.Row) {
	if len(c.units) == 0 {
		panic(fmt.Sprintf("dataset: WriteRows: network %d of %s after the last of the part", row.Network, row.ConfigID))
	}
	unit := c.units[0]
	if c.done == 0 {
		c.id = c.plan.Configurations[unit.Configuration].ID()
	}
	if want := unit.First + c.done; row.ConfigID != c.id || row.Network != want {
		panic(fmt.Sprintf("dataset: WriteRows: network %d of %s, want network %d of %s", row.Network, row.ConfigID, want, c.id))
	}
	if c.done++; c.done == unit.Count {
		c.units, c.done = c.units[1:], 0
	}
}
