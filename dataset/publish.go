package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"nodal/dataset/ledger"
)

// maxRivals is how often a file that is in the way may be moved aside.
const maxRivals = 3

// publish gives a sealed temporary file of a part its final name and makes the
// name durable. It replaces nothing. A file of that name is the part if it has
// the same bytes; if not, a damaged one goes to the quarantine, and a sound one
// is an [*IntegrityError], for then somebody has computed other rows.
func (d *Directory) publish(temp string, part Part, kind Kind, sum ledger.Sum) error {
	final := partPath(d.path, kind, part)
	for rivals := 0; ; rivals++ {
		err := linkNew(d.fs, temp, final)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) || rivals == maxRivals {
			return err
		}
		same, err := d.settle(part, kind, sum)
		if err != nil {
			return err
		}
		if same {
			break
		}
	}
	return errors.Join(d.fs.SyncFolder(filepath.Dir(final)), removeTemp(d.fs, temp))
}

// settle decides about a file that has the name of a part already. It reports
// whether that file has the bytes of the sum; if it is damaged it is gone
// afterwards.
func (d *Directory) settle(part Part, kind Kind, sum ledger.Sum) (same bool, err error) {
	there, err := d.sumOf(part, kind)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil // gone again
	case err != nil && isSystem(err):
		return false, err
	case err == nil && there.Bytes == sum.Bytes && there.SHA256 == sum.SHA256:
		return true, nil
	}
	_, err = d.vetFile(part, kind)
	if damaged := (*IntegrityError)(nil); errors.As(err, &damaged) {
		d.mutex.Lock()
		defer d.mutex.Unlock()
		return false, d.condemn(damaged)
	}
	if err != nil {
		return false, err
	}
	return false, &IntegrityError{Path: partPath(d.path, kind, part),
		Reason: "it is sound, but holds other rows than were drawn now",
		Remedy: fmt.Sprintf("keep a copy of %s, and draw rows of it again with nodal verify --recompute", d.path)}
}

// sumOf hashes a published file.
func (s *store) sumOf(part Part, kind Kind) (ledger.Sum, error) {
	file, err := s.fs.Open(partPath(s.path, kind, part))
	if err != nil {
		return ledger.Sum{}, err
	}
	defer file.Close() // opened for reading: nothing to lose
	size, err := file.Size()
	if err != nil {
		return ledger.Sum{}, err
	}
	hash, err := hashFile(file, size)
	return ledger.Sum{Bytes: size, SHA256: hash}, err
}
