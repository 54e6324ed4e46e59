package dataset

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

// PartWriter writes one part: its rows in the order of its networks, and the
// fields it keeps. Nothing is visible before Publish. It is for one goroutine
// at a time.
type PartWriter struct {
	directory *Directory
	part      Part
	networks  *partTable[schema.Row]
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
	networks, err := newPartTable(d, &d.rowWriters, networksFolder, part.Seq)
	if err != nil {
		return nil, err
	}
	return &PartWriter{directory: d, part: part, networks: networks,
		pending: make([]schema.Row, 0, writeRows), expect: cursor{plan: d.plan, units: part.Units}}, nil
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
			table, err := newPartTable(w.directory, &w.directory.fieldWriters, fieldsFolder, w.part.Seq)
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

// Publish makes the part durable and gives its files their names, that of the
// networks last: with it the part is there. It panics if rows are missing. If it
// fails the part may be begun again once Discard was called.
func (w *PartWriter) Publish() error {
	if err := w.networks.write(w.pending); err != nil {
		return err
	}
	w.pending = w.pending[:0]
	if w.networks.rows != w.part.Networks() {
		panic(fmt.Sprintf("dataset: Publish: part %d has %d rows, want %d", w.part.Seq, w.networks.rows, w.part.Networks()))
	}
	var fields int64
	if w.fields != nil {
		fields = w.fields.rows
		if err := w.fields.seal(); err != nil {
			return err
		}
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
	return w.networks.publish()
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
	id    string // config_id of units[0]
	done  int64  // networks of units[0] already seen
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

// partTable is one file of a part on its way: a Parquet writer on a temporary
// file. The first error stays, so that a table which lost rows is never
// published.
type partTable[T any] struct {
	temp   *os.File
	final  string
	spares *spares[T]
	writer *parquet.GenericWriter[T] // another part's once the file is sealed
	rows   int64
	err    error
	sealed bool // temp is closed
}

// newPartTable begins a file in folder, which is networksFolder or
// fieldsFolder, with a writer from spares.
func newPartTable[T any](d *Directory, spares *spares[T], folder string, seq int) (*partTable[T], error) {
	temp, err := createTemp(filepath.Join(d.path, folder), partStem(d.plan, seq))
	if err != nil {
		return nil, fmt.Errorf("beginning a part: %w", err)
	}
	t := &partTable[T]{
		temp:   temp,
		final:  partPath(d.path, folder, d.plan, seq),
		spares: spares,
		writer: spares.take(temp, d.plan),
	}
	t.set(keyRowVersion, strconv.Itoa(d.plan.RowVersion))
	t.set(keyStreamVersion, strconv.Itoa(d.plan.StreamVersion))
	t.set(keyNumerics, d.plan.Numerics)
	t.set(keyPlan, d.plan.Hash())
	t.set(keyPart, strconv.Itoa(seq))
	t.set(keyChecksum, unstamped)
	t.set(keySweepFile, d.plan.Source)
	return t, nil
}

// set adds a pair to the file's metadata, which keeps the order of the calls.
func (t *partTable[T]) set(key, value string) {
	if !t.sealed {
		t.writer.SetKeyValueMetadata(key, value)
	}
}

// usable reports whether the writer is still the table's and has lost nothing.
func (t *partTable[T]) usable() bool {
	if t.err == nil && t.sealed {
		t.err = errors.New("it is written already")
	}
	return t.err == nil
}

// write appends rows.
func (t *partTable[T]) write(rows []T) error {
	if len(rows) > 0 && t.usable() {
		var n int
		n, t.err = t.writer.Write(rows)
		t.rows += int64(n)
	}
	return t.failure()
}

// flush ends the row group.
func (t *partTable[T]) flush() error {
	if t.usable() {
		t.err = t.writer.Flush()
	}
	return t.failure()
}

// seal writes the footer and the checksums and makes the file durable, still
// under its temporary name.
func (t *partTable[T]) seal() error {
	t.set(keyRows, strconv.FormatInt(t.rows, 10))
	if t.usable() {
		t.err = t.writer.Close()
	}
	if t.err == nil {
		var size int64
		if size, t.err = t.temp.Seek(0, io.SeekEnd); t.err == nil {
			t.err = stamp(t.temp, size)
		}
	}
	if t.err == nil {
		t.sealed = true
		t.spares.give(t.writer)
		t.err = seal(t.temp)
	}
	return t.failure()
}

// publish gives the sealed file its name.
func (t *partTable[T]) publish() error {
	t.err = publish(t.temp.Name(), t.final)
	return t.failure()
}

// failure returns the first error with the file it belongs to.
func (t *partTable[T]) failure() error {
	if t.err == nil {
		return nil
	}
	return fmt.Errorf("writing %s: %w", t.final, t.err)
}

// discard removes the temporary file, if it still has that name. There is
// nothing to be done about an error: the next run clears what is left.
func (t *partTable[T]) discard() {
	if !t.sealed {
		t.sealed = true
		t.err = errors.Join(errors.New("the part was discarded"), t.temp.Close())
	}
	os.Remove(t.temp.Name())
}
