package dataset

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// partTable is one file of a part on its way: a Parquet writer on a temporary
// file. The first error stays, so that a table which lost rows is never
// published.
type partTable[T any] struct {
	directory *Directory
	part      Part
	kind      Kind
	temp      disk.File
	output    *summed // on temp
	spares    *spares[T]
	writer    *parquet.GenericWriter[T] // another part's once the file is written
	digest    digester[T]               // of the rows that were handed over
	rows      int64
	sum       ledger.Sum // of the file, once it is sealed
	err       error
	written   bool // the writer is done
	closed    bool // temp is closed
}

// newPartTable begins a file of a part with a writer from spares and an empty digest.
func newPartTable[T any](d *Directory, kind Kind, part Part, spares *spares[T], digest digester[T]) (*partTable[T], error) {
	temp, err := createTemp(d.fs, filepath.Join(d.path, string(kind)), part.Name(), d.tag)
	if err != nil {
		return nil, fmt.Errorf("beginning a part: %w", err)
	}
	plan := part.Plan
	t := &partTable[T]{
		directory: d, part: part, kind: kind, temp: temp, output: &summed{Writer: temp}, spares: spares, digest: digest,
	}
	t.writer = spares.take(t.output, plan)
	t.set(keyRowVersion, strconv.Itoa(plan.RowVersion))
	t.set(keyStreamVersion, strconv.Itoa(plan.StreamVersion))
	t.set(keyNumerics, plan.Numerics)
	t.set(keyPlan, plan.Hash())
	t.set(keyPart, strconv.Itoa(part.Seq))
	t.set(keyChecksum, unstamped)
	t.set(keySweepFile, plan.Source)
	return t, nil
}

// set adds a pair to the file's metadata, which keeps the order of the calls.
func (t *partTable[T]) set(key, value string) {
	if !t.written {
		t.writer.SetKeyValueMetadata(key, value)
	}
}

// usable reports whether the writer is still the table's and has lost nothing.
func (t *partTable[T]) usable() bool {
	if t.err == nil && t.written {
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
		t.digest.add(rows)
	}
	return t.failure()
}

// count returns how many rows were written.
func (t *partTable[T]) count() int64 { return t.rows }

// digits returns the sum of the file, once it is sealed.
func (t *partTable[T]) digits() ledger.Sum { return t.sum }

// flush ends the row group.
func (t *partTable[T]) flush() error {
	if t.usable() {
		t.err = t.writer.Flush()
	}
	return t.failure()
}

// seal writes the footer and the checksums, reads the file back, and makes it
// durable, still under its temporary name.
func (t *partTable[T]) seal() error {
	t.set(keyRows, strconv.FormatInt(t.rows, 10))
	if t.usable() {
		t.err = t.writer.Close()
	}
	if t.err != nil {
		return t.failure()
	}
	t.written = true
	t.spares.give(t.writer)
	if t.err = t.check(); t.err == nil {
		t.closed = true
		t.err = seal(t.temp)
	}
	return t.failure()
}

// check stamps the written file, hashes it, and holds the rows in it against
// those that were handed over.
func (t *partTable[T]) check() error {
	size, err := t.temp.Size()
	if err != nil {
		return err
	}
	if err := stamp(t.temp, size, t.output.sum); err != nil {
		return err
	}
	t.sum = ledger.Sum{Bytes: size, Rows: t.rows}
	t.sum.SHA256, err = readBack(t.temp, size, t.digest.sum())
	return err
}

// publish gives the sealed file its name and makes the name durable.
func (t *partTable[T]) publish() error {
	t.err = t.directory.publish(t.temp.Name(), t.part, t.kind, t.sum)
	return t.failure()
}

// failure returns the first error with the file it belongs to.
func (t *partTable[T]) failure() error {
	if t.err == nil {
		return nil
	}
	return fmt.Errorf("writing %s: %w", partPath(t.directory.path, t.kind, t.part), t.err)
}

// discard removes the temporary file, if it still has that name. There is
// nothing to be done about an error: the next run clears what is left.
func (t *partTable[T]) discard() {
	if !t.closed {
		t.written, t.closed = true, true
		t.err = errors.Join(errors.New("the part was discarded"), t.temp.Close())
	}
	t.directory.fs.Remove(t.temp.Name())
}
