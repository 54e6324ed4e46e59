package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// store is a dataset on disk and what is known of its parts: what a run, a
// reader and a verification have in common.
type store struct {
	fs     disk.FS
	path   string
	plan   *Plan
	vet    VetFunc
	ledger ledger.Ledger
}

// maxSuccess and maxManifest bound the files of that name. A part takes some 350
// bytes of the manifest.
const (
	maxSuccess  = 4 << 10
	maxManifest = 4 << 30
)

// load fills the ledger from the manifest, if _SUCCESS vouches for it, or else with
// what the journals say of the wanted parts (nil: all), and reports whether the dataset was
// finished. Truth is in the parts: what is broken is left out. If there is a _SUCCESS
// all the same, complaint says what is wrong with it or the manifest.
func (s *store) load(wanted *ledger.Wanted) (finished bool, complaint *IntegrityError, err error) {
	s.ledger = ledger.Ledger{}
	known, complaint, err := s.vouchedFor()
	if err != nil {
		return false, nil, err
	}
	if known != nil {
		s.ledger = *known
		if !s.plan.Settled() {
			return false, s.lostCheckpoint(), nil
		}
		return true, nil, nil
	}
	if wanted == nil || len(wanted.Parts) > 0 {
		_, err = s.readJournals(wanted, &s.ledger)
	}
	return false, complaint, err
}

// readJournals enters what the journals say of the wanted parts (nil: all) and returns
// what it left out.
func (s *store) readJournals(wanted *ledger.Wanted, known *ledger.Ledger) ([]string, error) {
	var plans []string
	for plan := s.plan; plan != nil; plan = plan.Base {
		plans = append(plans, plan.Hash())
	}
	complaints, err := ledger.ReadJournals(s.fs, journalsPath(s.path), plans, wanted, known)
	texts := make([]string, len(complaints))
	for i, c := range complaints {
		texts[i] = filepath.Join(s.path, nodalFolder) + string(filepath.Separator) + c.String()
	}
	return texts, err
}

// learn enters what journals now say of parts that nothing is known of: other
// runs have published them since the journals were read, and they need not be
// vetted.
func (d *Directory) learn() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	var now ledger.Ledger
	if _, err := d.readJournals(nil, &now); err != nil {
		return err
	}
	for part := range d.plan.Parts() {
		if _, known := d.ledger.Lookup(part.Name()); known {
			continue
		}
		if e, known := now.Lookup(part.Name()); known {
			d.ledger.Set(e)
		}
	}
	return nil
}

// vouchedFor returns what the manifest says if _SUCCESS vouches for it. If there
// is a _SUCCESS that does not, complaint says why.
func (s *store) vouchedFor() (known *ledger.Ledger, complaint *IntegrityError, err error) {
	text, err := readSmall(s.fs, successPath(s.path), maxSuccess)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil && isSystem(err) {
		return nil, nil, err
	}
	mark, ok := ledger.DecodeSuccess(text)
	if err != nil || !ok {
		return nil, s.markDamage(successPath(s.path), "it is not the mark of a finished run"), nil
	}
	if mark.Plan != s.plan.Hash() {
		return nil, s.markDamage(successPath(s.path), "it is that of another plan"), nil
	}
	m, err := s.readManifest()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		complaint = s.markDamage(manifestPath(s.path), successName+" vouches for it")
		complaint.Missing = true
		return nil, complaint, nil
	case err != nil && isSystem(err):
		return nil, nil, err
	case errors.Is(err, disk.ErrNotRegular):
		return nil, s.markDamage(manifestPath(s.path), "it is "+disk.ErrNotRegular.Error()), nil
	case err != nil:
		return nil, s.markDamage(manifestPath(s.path), err.Error()), nil
	case m.Sum.SHA256 != mark.Manifest || m.Plan != mark.Plan:
		return nil, s.markDamage(manifestPath(s.path), "it is not the one that "+successName+" vouches for"), nil
	}
	return &m.Known, nil, nil
}

// markDamage returns the error for a mark of completeness or a manifest that is
// not what it should be. A run that finishes writes both anew.
func (s *store) markDamage(path, reason string) *IntegrityError {
	return &IntegrityError{Path: path, Reason: reason, Remedy: "run the sweep again"}
}

// readManifest reads the manifest, whoever vouches for it.
func (s *store) readManifest() (*ledger.Manifest, error) {
	file, err := s.fs.Open(manifestPath(s.path))
	if err != nil {
		return nil, err
	}
	defer file.Close() // opened for reading: nothing to lose
	return ledger.ReadManifest(io.LimitReader(file, maxManifest))
}

// isSystem reports whether an error is one of the file system rather than of
// what it holds.
func isSystem(err error) bool {
	var path *fs.PathError
	return errors.As(err, &path) && !errors.Is(err, disk.ErrNotRegular)
}

// look finds out whether a part is published. It is cheap for a part that the
// ledger knows: the size and the footer of its files. Another one is vetted, and
// entered into the ledger. The error is an [*IntegrityError] if a file is not the
// part's; it wraps [disk.ErrNotRegular] for what is not a file at all.
func (s *store) look(part Part) (e ledger.Entry, present bool, err error) {
	there, err := exists(s.fs, partPath(s.path, Networks, part))
	if !there || err != nil {
		return ledger.Entry{}, false, err
	}
	e, known := s.ledger.Lookup(part.Name())
	if !known {
		e, err = s.onRecord(part)
		return e, err == nil, err
	}
	if err := s.skim(part, Networks, e.Networks); err != nil {
		return ledger.Entry{}, false, err
	}
	if e.Fields != nil {
		if err := s.skim(part, Fields, *e.Fields); err != nil {
			return ledger.Entry{}, false, s.announced(part, err)
		}
	}
	return e, true, nil
}

// vetPart vets the files of a part that nothing is known of.
func (s *store) vetPart(part Part) (ledger.Entry, error) {
	networks, err := s.vetFile(part, Networks)
	if err != nil {
		return ledger.Entry{}, err
	}
	e := ledger.Entry{Part: part.Name(), Networks: networks.Sum}
	if networks.Fields > 0 {
		fields, err := s.vetFile(part, Fields)
		if err != nil {
			return ledger.Entry{}, s.announced(part, err)
		}
		if fields.Sum.Rows != networks.Fields {
			return ledger.Entry{}, s.damage(part, Fields, fmt.Errorf("it has %d fields, its networks announce %d", fields.Sum.Rows, networks.Fields))
		}
		e.Fields = &fields.Sum
	}
	return e, nil
}

// skim holds the size of a file against what is known of it, and its footer
// against the footer's own checksum. The Parquet library does not see the file.
func (s *store) skim(part Part, kind Kind, want ledger.Sum) error {
	size, err := s.skimFooter(part, kind)
	if size >= 0 && size != want.Bytes {
		err = s.damage(part, kind, fmt.Errorf("it has %d bytes, want %d", size, want.Bytes))
	}
	return err
}

// skimFooter holds the footer of a file against its own checksum and returns the
// size of the file, -1 if it cannot be told.
func (s *store) skimFooter(part Part, kind Kind) (size int64, err error) {
	file, err := s.fs.Open(partPath(s.path, kind, part))
	if err != nil {
		return -1, s.damage(part, kind, err)
	}
	defer file.Close() // opened for reading: nothing to lose
	if size, err = file.Size(); err != nil {
		return -1, err
	}
	frame, err := readFrame(file, size)
	if err == nil {
		err = frame.checkFooter()
	}
	if err != nil {
		return size, s.damage(part, kind, err)
	}
	return size, nil
}

// damage returns the error for a file that cannot be a part's, or the file
// system's own if it is not the file's fault.
func (s *store) damage(part Part, kind Kind, err error) error {
	path := partPath(s.path, kind, part)
	if isSystem(err) {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	if errors.Is(err, disk.ErrNotRegular) {
		err = disk.ErrNotRegular
	}
	return &IntegrityError{Path: path, Err: err}
}

// announced turns the absence of a fields file into an [*IntegrityError]: it is
// published before the networks that announce it.
func (s *store) announced(part Part, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return &IntegrityError{
		Path:    partPath(s.path, Fields, part),
		Missing: true,
		Reason:  "the part's networks file announces it",
	}
}
