package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"

	"github.com/parquet-go/parquet-go/format"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// Kind says which of a part's two files is meant. It is the folder that the
// file lies in.
type Kind string

// The files of a part.
const (
	Networks Kind = networksFolder // its rows
	Fields   Kind = fieldsFolder   // the fields that it keeps
)

// Vetted is what [Vet] found in a file: all that there is to know of it.
type Vetted struct {
	Sum    ledger.Sum `json:"sum"`    // of exactly the bytes that were checked
	Fields int64      `json:"fields"` // rows that the part's fields file must have; networks only
}

// VetFunc vets a file of a part, as [Vet] does, in a place where it can do no
// harm: a process of its own, with limits on memory and time. Its error is an
// [*IntegrityError] if the file cannot be read there.
type VetFunc func(root string, part Part, kind Kind) (Vetted, error)

// vetFile vets a file of which nothing is on record: what needs no decoding
// here, the rest where Options.Vet does it, or here too if that is nil. That is
// for file systems in memory, whose files are our own.
func (s *store) vetFile(part Part, kind Kind) (Vetted, error) {
	if s.vet == nil {
		return Vet(s.fs, s.path, part, kind)
	}
	file, _, err := openIntact(s.fs, partPath(s.path, kind, part))
	if err != nil {
		return Vetted{}, err
	}
	if err := file.Close(); err != nil {
		return Vetted{}, err
	}
	return s.vet(s.path, part, kind)
}

// openIntact opens a part file and checks what can be checked without decoding
// anything: that it is a regular file, with the magic of a Parquet file at both
// ends and a footer of possible length between them, and the checksums of footer
// and body. It takes memory for the footer only. The error is fs.ErrNotExist, an
// [*IntegrityError], or another one of the file system.
func openIntact(fsys disk.FS, path string) (_ disk.File, _ *frame, err error) {
	file, err := fsys.Open(path)
	if errors.Is(err, disk.ErrNotRegular) {
		return nil, nil, &IntegrityError{Path: path, Err: disk.ErrNotRegular}
	}
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			file.Close() // opened for reading: nothing to lose
		}
	}()
	size, err := file.Size()
	if err != nil {
		return nil, nil, err
	}
	f, err := intact(file, size)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	return file, f, nil
}

// intact checks the frame and the checksums of a file of the given size.
func intact(file io.ReaderAt, size int64) (*frame, error) {
	f, err := readFrame(file, size)
	if err == nil {
		err = f.checkFooter()
	}
	if err == nil {
		err = f.checkBody(file)
	}
	return f, err
}

// unreadable returns the error for a file that was opened and then found
// damaged, or the one of the file system if it could not be read.
func unreadable(path string, err error) error {
	if system := (*fs.PathError)(nil); errors.As(err, &system) {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return &IntegrityError{Path: path, Err: err}
}

// Vet checks every byte of a file of a part and decodes every row: checksums,
// guards on all that a reader would believe, metadata, the networks that the
// plan wants in their order, their values, and that these rows are written as
// these bytes. So a file that passes is the part's, whoever wrote it, and
// nothing is hidden in it. Only whether a value is the right one takes computing
// it again.
//
// A file made for it may still crash the process: where files come from others,
// call it through a [VetFunc]. The error is fs.ErrNotExist, an
// [*IntegrityError], or another one of the file system. A panic of the library
// is an IntegrityError too.
func Vet(fsys disk.FS, root string, part Part, kind Kind) (_ Vetted, err error) {
	path := partPath(root, kind, part)
	file, frame, err := openIntact(fsys, path)
	if err != nil {
		return Vetted{}, err
	}
	defer file.Close() // opened for reading: nothing to lose
	v := &vetting{plan: part.Plan, part: part, kind: kind, file: file, frame: frame}
	if err := v.run(); err != nil {
		return Vetted{}, unreadable(path, err)
	}
	return v.vetted, nil
}

// vetting is the check of one file.
type vetting struct {
	plan  *Plan // of the part
	part  Part
	kind  Kind
	file  disk.File
	frame *frame

	meta   *format.FileMetaData
	vetted Vetted
}

// run makes the check, cheap steps first.
func (v *vetting) run() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("it makes the reader fail: %v", r)
		}
	}()
	describe := networkBounds
	if v.kind == Fields {
		describe = fieldBounds
	}
	limits, err := describe(v.part)
	if err != nil {
		return err
	}
	if v.meta, err = decodeFooter(v.frame.footer, limits); err != nil {
		return err
	}
	if err := v.checkMetadata(); err != nil {
		return err
	}
	if err := limits.checkFooter(v.meta, v.frame.body); err != nil {
		return fmt.Errorf("its footer: %w", err)
	}
	if err := guardPages(v.file, v.meta, limits); err != nil {
		return err
	}
	again := compareWith(v.file)
	if v.kind == Fields {
		err = v.fields(again)
	} else {
		err = v.networks(again)
	}
	if err == nil {
		v.vetted.Sum.Bytes, err = v.file.Size()
	}
	if err == nil && again.at != v.vetted.Sum.Bytes {
		err = fmt.Errorf("it has %d bytes, its rows are written as %d", v.vetted.Sum.Bytes, again.at)
	}
	again.hash.Sum(v.vetted.Sum.SHA256[:0])
	return err
}

// checkMetadata holds the pairs of the footer against what a writer sets.
func (v *vetting) checkMetadata() error {
	v.vetted.Sum.Rows = v.meta.NumRows
	want := map[string]string{
		keyRowVersion:    strconv.Itoa(v.plan.RowVersion),
		keyStreamVersion: strconv.Itoa(v.plan.StreamVersion),
		keyNumerics:      v.plan.Numerics,
		keyPlan:          v.plan.Hash(),
		keyPart:          strconv.Itoa(v.part.Seq),
		keyRows:          strconv.FormatInt(v.meta.NumRows, 10),
		keySweepFile:     v.plan.Source,
		keyChecksum:      string(v.frame.sums),
	}
	if v.kind == Networks {
		want[keyFields] = "" // known after its rows
	}
	for _, pair := range v.meta.KeyValueMetadata {
		value, known := want[pair.Key]
		if !known {
			return fmt.Errorf("its metadata has %.80q twice, or should not have it", pair.Key)
		}
		delete(want, pair.Key)
		if pair.Key == keyFields {
			n, err := strconv.ParseInt(pair.Value, 10, 64)
			if err != nil || n < 0 {
				return fmt.Errorf("%s is %.80q, want a count", pair.Key, pair.Value)
			}
			v.vetted.Fields = n
		} else if pair.Value != value {
			return fmt.Errorf("%s is %.80q, want %.80q", pair.Key, pair.Value, value)
		}
	}
	for key := range want {
		return fmt.Errorf("its metadata lacks %s", key)
	}
	if rows := v.part.Networks(); v.kind == Networks && rows != v.meta.NumRows {
		return fmt.Errorf("it has %d rows, want %d", v.meta.NumRows, rows)
	}
	return nil
}
