package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// partFile is a published file of a part, open for reading, whose bytes are those
// on record and whose footer is that of the part.
type partFile struct {
	disk.File
	store *store
	part  Part
	kind  Kind
	table *parquet.File
	rows  int64
}

// openPart opens the file of that kind of a part that is on record and holds its
// bytes against the record and its footer against the plan: the columns of T,
// plan, part and rows. Pages are not read. The error is fs.ErrNotExist, an
// [*IntegrityError] or another one of the file system.
func openPart[T any](s *store, part Part, kind Kind, rows int64) (_ *partFile, err error) {
	file, size, err := s.openRecorded(part, kind)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			file.Close() // opened for reading: nothing to lose
		}
	}()
	p := &partFile{File: file, store: s, part: part, kind: kind, rows: rows}
	p.table, err = parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, p.damage(err)
	}
	if err := p.check(parquet.SchemaOf(new(T))); err != nil {
		return nil, p.damage(err)
	}
	return p, nil
}

// openRecorded opens the file of a part that is on record and holds its bytes
// against the record.
func (s *store) openRecorded(part Part, kind Kind) (_ disk.File, size int64, err error) {
	e, err := s.onRecord(part)
	if err != nil {
		return nil, 0, err
	}
	want := &e.Networks
	if kind == Fields {
		want = e.Fields
	}
	if want == nil {
		return nil, 0, &fs.PathError{Op: "open", Path: partPath(s.path, kind, part), Err: fs.ErrNotExist}
	}
	file, err := s.fs.Open(partPath(s.path, kind, part))
	if err != nil {
		return nil, 0, s.damage(part, kind, err)
	}
	if size, err = file.Size(); err == nil {
		err = compare(file, size, *want)
	}
	if err != nil {
		file.Close() // opened for reading: nothing to lose
		return nil, 0, s.damage(part, kind, err)
	}
	return file, size, nil
}

// onRecord returns what is known of a part, for which it is vetted if it has to
// be.
func (s *store) onRecord(part Part) (ledger.Entry, error) {
	e, known := s.ledger.Lookup(part.Name())
	if known {
		return e, nil
	}
	e, err := s.vetPart(part)
	if err == nil {
		s.ledger.Set(e)
	}
	return e, err
}

// compare holds the bytes of a file against what is on record.
func compare(file io.ReaderAt, size int64, want ledger.Sum) error {
	if size != want.Bytes {
		return fmt.Errorf("it has %d bytes, want %d", size, want.Bytes)
	}
	sum, err := hashFile(file, size)
	if err != nil {
		return err
	}
	if sum != want.SHA256 {
		return fmt.Errorf("its SHA-256 is %x…, want %x…", sum[:6], want.SHA256[:6])
	}
	return nil
}

// damage returns the error for a file that cannot be understood, or the one of
// the file system if it could not be read at all.
func (p *partFile) damage(err error) error { return p.store.damage(p.part, p.kind, err) }

// check holds the footer against what it should say.
func (p *partFile) check(columns *parquet.Schema) error {
	if !parquet.EqualNodes(p.table.Schema(), columns) {
		return errors.New("its columns are others")
	}
	if n := p.table.NumRows(); n != p.rows {
		return fmt.Errorf("it has %d rows, want %d", n, p.rows)
	}
	for _, pair := range []struct{ key, want string }{
		{keyPlan, p.part.Plan.Hash()},
		{keyPart, strconv.Itoa(p.part.Seq)},
		{keyRows, strconv.FormatInt(p.rows, 10)},
	} {
		if got, _ := p.table.Lookup(pair.key); got != pair.want {
			return fmt.Errorf("%s is %q, want %q", pair.key, got, pair.want)
		}
	}
	return nil
}

// batches yields the rows of a part, at most len(buffer) at a time and never
// across row groups. It stops after an error.
func batches[T any](p *partFile, buffer []T, yield func([]T, error) bool) bool {
	fail := func(err error) bool {
		yield(nil, p.damage(err))
		return false
	}
	var total int64
	for _, group := range p.table.RowGroups() {
		reader := parquet.NewGenericRowGroupReader[T](group)
		for left := group.NumRows(); left > 0; {
			n, err := reader.Read(buffer[:min(left, int64(len(buffer)))])
			if err != nil && !(err == io.EOF && int64(n) == left) {
				return fail(err)
			}
			left -= int64(n)
			total += int64(n)
			if !yield(buffer[:n], nil) {
				return false
			}
		}
		if err := reader.Close(); err != nil {
			return fail(err)
		}
	}
	if total != p.rows {
		return fail(fmt.Errorf("it gave %d rows, want %d", total, p.rows))
	}
	return true
}
