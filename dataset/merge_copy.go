package dataset

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
)

// Merged is what a target holds after a merge.
type Merged struct {
	Parts    int   // that are there
	Networks int64 // in them
	Copied   bool  // anything was
	Complete bool  // every part is there, and the target is marked complete
	Settled  bool  // no checkpoint is to come
}

// Copy copies to the target what it lacks and the sources have, after Verify, with
// the files of refined networks of these parts, and marks it complete if nothing is
// missing. Its errors are those of [Create] and an [*IntegrityError] if a source is
// not what it was; what was copied until then stays, and is sound.
func (m *Merge) Copy() (merged Merged, err error) {
	o := m.o.Options
	o.Shard, o.Extend, o.Repair = Shard{Count: 1}, false, nil
	o.Vet, o.merges = m.vetKnown, m.planPath
	m.target.ledger = ledger.Ledger{} // which d reads anew
	d, err := Create(m.target.path, m.plan, o)
	if err != nil {
		return Merged{}, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.entrust(m.plan); err != nil {
		return Merged{}, err
	}
	if merged.Copied, err = m.copyParts(d); err != nil {
		return Merged{}, err
	}
	refined, err := m.copyRefined(d)
	if err != nil {
		return Merged{}, err
	}
	merged.Copied = merged.Copied || refined
	if err := m.finish(d); err != nil {
		return Merged{}, err
	}
	merged.Parts, merged.Networks = d.Published()
	merged.Complete, merged.Settled = d.Complete(), d.plan.Settled()
	return merged, nil
}

// finish completes the target if it has every part, those included that other runs
// have published meanwhile.
func (m *Merge) finish(d *Directory) error {
	i, missing := 0, false
	for part := range m.plan.Parts() {
		if m.origin[i] == nowhere {
			has, err := d.Has(part)
			if err != nil {
				return err
			}
			if has {
				m.origin[i] = inTarget
			}
			missing = missing || !has
		}
		i++
	}
	if missing {
		return nil
	}
	if err := d.Finish(); !errors.Is(err, ErrIncomplete) {
		return err
	}
	return nil
}

// vetKnown is the [VetFunc] of the target: a file with the bytes that another one of
// the part has, or that it had itself when it was vetted, is not vetted again.
func (m *Merge) vetKnown(root string, part Part, kind Kind) (Vetted, error) {
	if e, known := m.known.Lookup(part.Name()); known {
		vetted := Vetted{Sum: e.Networks}
		if e.Fields != nil {
			vetted.Fields = e.Fields.Rows
		}
		if kind == Fields && e.Fields != nil {
			vetted = Vetted{Sum: *e.Fields}
		}
		got, err := m.target.sumOf(part, kind)
		if err == nil && got.Bytes == vetted.Sum.Bytes && got.SHA256 == vetted.Sum.SHA256 {
			return vetted, nil
		}
	}
	if m.o.Vet == nil {
		return Vet(m.o.FS, root, part, kind)
	}
	return m.o.Vet(root, part, kind)
}

// copyParts copies the parts that the target lacks, and reports whether there were
// any.
func (m *Merge) copyParts(d *Directory) (copied bool, err error) {
	step := MergeStep{Path: m.target.path, Copying: true}
	for _, n := range m.origin {
		if n >= 0 {
			step.Total++
		}
	}
	i := 0
	for part := range m.plan.Parts() {
		n := m.origin[i]
		i++
		if n < 0 {
			continue
		}
		if err := m.step(step); err != nil {
			return copied, err
		}
		source, e := m.sources[n], m.entry(part)
		has, err := d.Has(part)
		if err != nil {
			return copied, err
		}
		if has { // another run has published it meanwhile
			if kind, differ := unequal(d.published[e.Part], e); differ {
				return copied, conflict(partPath(d.path, kind, part), partPath(source.Path, kind, part))
			}
		} else {
			if err := d.copyPart(&store{fs: m.o.FS, path: source.Path}, part, e); err != nil {
				return copied, advised(source.Path, err)
			}
			copied = true
			source.Taken++
			source.Bytes += filesOf(e)
			step.Bytes += filesOf(e)
		}
		m.origin[i-1] = inTarget
		step.Done++
	}
	return copied, nil
}

// entry returns what is known of a part that a source has.
func (m *Merge) entry(part Part) ledger.Entry {
	e, _ := m.known.Lookup(part.Name())
	return e
}

// filesOf returns the bytes of the files of a part.
func filesOf(e ledger.Entry) int64 {
	if e.Fields == nil {
		return e.Networks.Bytes
	}
	return e.Networks.Bytes + e.Fields.Bytes
}

// copyPart publishes a part with the files of another dataset, which have to be those
// of the entry: its networks last, as a [PartWriter] does.
func (d *Directory) copyPart(from *store, part Part, e ledger.Entry) error {
	if d.readOnly != nil {
		return d.readOnly
	}
	networks, err := d.copyFile(from, part, Networks, e.Networks)
	if err != nil {
		return err
	}
	defer d.fs.Remove(networks) // if it still has that name
	if e.Fields != nil {
		fields, err := d.copyFile(from, part, Fields, *e.Fields)
		if err != nil {
			return err
		}
		defer d.fs.Remove(fields)
		if err := d.publish(fields, part, Fields, *e.Fields); err != nil {
			return fmt.Errorf("writing %s: %w", partPath(d.path, Fields, part), err)
		}
	}
	if err := d.publish(networks, part, Networks, e.Networks); err != nil {
		return fmt.Errorf("writing %s: %w", partPath(d.path, Networks, part), err)
	}
	return d.record(e)
}

// copyFile copies a file of a part from another dataset under a temporary name, which
// it returns, and makes it durable. The error is an [*IntegrityError] for the other
// dataset if its file is not the one that is wanted.
func (d *Directory) copyFile(from *store, part Part, kind Kind, want ledger.Sum) (name string, err error) {
	path := partPath(from.path, kind, part)
	source, err := from.fs.Open(path)
	if err != nil {
		return "", from.damage(part, kind, gone(path, err))
	}
	defer source.Close() // opened for reading: nothing to lose
	return d.writeCopy(part, kind, func(temp disk.File) error {
		got, err := transfer(temp, io.LimitReader(source, want.Bytes+1))
		if err != nil {
			return fmt.Errorf("copying %s: %w", path, err)
		}
		if got.Bytes != want.Bytes || got.SHA256 != want.SHA256 {
			return &IntegrityError{Path: path, Reason: fmt.Sprintf("it is no longer what it was when it was verified: %d bytes of SHA-256 %x…, want %d of %x…",
				got.Bytes, got.SHA256[:6], want.Bytes, want.SHA256[:6])}
		}
		return nil
	})
}

// writeCopy makes a durable file under a temporary name, which fill fills, for a
// file of a part. If it fails it leaves nothing.
func (d *Directory) writeCopy(part Part, kind Kind, fill func(disk.File) error) (name string, err error) {
	temp, err := createTemp(d.fs, filepath.Join(d.path, string(kind)), part.Name(), d.tag)
	if err != nil {
		return "", fmt.Errorf("beginning a part: %w", err)
	}
	if err = fill(temp); err != nil {
		err = errors.Join(err, temp.Close())
	} else {
		err = seal(temp)
	}
	if err != nil {
		d.fs.Remove(temp.Name()) // the next run clears what is left
		return "", err
	}
	return temp.Name(), nil
}

// transfer writes what it reads to a new file and reads that back. It returns the
// length and the SHA-256.
func transfer(to disk.File, from io.Reader) (sum ledger.Sum, err error) {
	hash := sha256.New()
	if sum.Bytes, err = io.Copy(io.MultiWriter(to, hash), from); err != nil {
		return sum, err
	}
	hash.Sum(sum.SHA256[:0])
	back, err := hashFile(to, sum.Bytes)
	if err == nil && back != sum.SHA256 {
		err = fmt.Errorf("the disk gives other bytes than were written: their SHA-256 is %x…, want %x…", back[:6], sum.SHA256[:6])
	}
	return sum, err
}
