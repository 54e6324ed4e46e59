package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// partFile is a published file of a part, open for reading, whose footer was
// found to be that of the part.
type partFile struct {
	*os.File
	frame  *frame
	table  *parquet.File
	seq    int
	rows   int64
	fields int64  // rows of the part's fields file; networks only
	remedy string // see IntegrityError
}

// openPart opens the file of a part in folder and holds its footer against the
// plan: its checksum, the columns of T, plan, part and rows. Pages are not
// read. The error is fs.ErrNotExist, an [*IntegrityError] or another one of the
// file system.
func openPart[T any](root, folder string, plan *Plan, seq int, rows int64) (_ *partFile, err error) {
	path, remedy := partPath(root, folder, plan, seq), ""
	if folder == fieldsFolder {
		// A part is made again when its networks are not there.
		remedy = fmt.Sprintf("move it and %s away and run the sweep again", partPath(root, networksFolder, plan, seq))
	}
	info, err := os.Stat(path) // opening a pipe would wait for its other end
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &IntegrityError{Path: path, Reason: "it is not a file", Remedy: remedy}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			file.Close() // opened for reading: nothing to lose
		}
	}()
	part := &partFile{File: file, seq: seq, rows: rows, remedy: remedy}
	if err := part.open(); err != nil {
		return nil, err
	}
	if err := part.check(parquet.SchemaOf(new(T)), plan); err != nil {
		return nil, part.damage(err)
	}
	if folder == networksFolder {
		text, _ := part.table.Lookup(keyFields)
		part.fields, err = strconv.ParseInt(text, 10, 64)
		if err != nil || part.fields < 0 {
			return nil, part.damage(fmt.Errorf("%s is %q, want a count", keyFields, text))
		}
	}
	return part, nil
}

// open reads the footer.
func (p *partFile) open() (err error) {
	info, err := p.Stat()
	if err != nil {
		return err
	}
	if p.frame, err = readFrame(p.File, info.Size()); err != nil {
		return p.damage(err)
	}
	if err := p.frame.checkFooter(); err != nil {
		return p.damage(err)
	}
	p.table, err = parquet.OpenFile(p.File, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return p.damage(err)
	}
	return nil
}

// damage returns the error for a file that cannot be understood, or the one of
// the file system if it could not be read at all.
func (p *partFile) damage(err error) error {
	if system := (*fs.PathError)(nil); errors.As(err, &system) {
		return fmt.Errorf("reading %s: %w", p.Name(), err)
	}
	return &IntegrityError{Path: p.Name(), Err: err, Remedy: p.remedy}
}

// check holds the footer against what it should say.
func (p *partFile) check(columns *parquet.Schema, plan *Plan) error {
	if !parquet.EqualNodes(p.table.Schema(), columns) {
		return errors.New("its columns are others")
	}
	if n := p.table.NumRows(); n != p.rows {
		return fmt.Errorf("it has %d rows, want %d", n, p.rows)
	}
	for _, pair := range []struct{ key, want string }{
		{keyPlan, plan.Hash()},
		{keyPart, strconv.Itoa(p.seq)},
		{keyRows, strconv.FormatInt(p.rows, 10)},
	} {
		if got, _ := p.table.Lookup(pair.key); got != pair.want {
			return fmt.Errorf("%s is %q, want %q", pair.key, got, pair.want)
		}
	}
	return nil
}

// missingFields turns the absence of a fields file into an [*IntegrityError]:
// it is published before the networks that announce it.
func missingFields(err error, root string, plan *Plan, networks *partFile) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return &IntegrityError{
		Path:    partPath(root, fieldsFolder, plan, networks.seq),
		Missing: true,
		Reason:  fmt.Sprintf("its networks announce %d fields", networks.fields),
		Remedy:  fmt.Sprintf("move %s away and run the sweep again", networks.Name()),
	}
}

// batches yields the rows of a part, at most len(buffer) at a time and never
// across row groups. It stops after an error.
func batches[T any](p *partFile, buffer []T, yield func([]T, error) bool) bool {
	fail := func(err error) bool {
		yield(nil, p.damage(err))
		return false
	}
	if err := p.frame.checkBody(p.File); err != nil {
		return fail(err)
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
