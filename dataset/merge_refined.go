package dataset

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"nodal/dataset/disk"
)

// Refined networks are on no record, and may have been made under different limits.
// So a merge copies a file of them as it is if it is sound and its part is in the
// target, and where several datasets have one of a part the target's stays, or else
// the one of the first source.

// refinedNames lists the files of refined networks of a source by name.
func (m *Merge) refinedNames(s *MergeSource) (map[string]bool, error) {
	found, err := names(m.o.FS, filepath.Join(s.Path, refinedFolder))
	there := make(map[string]bool, len(found))
	for _, name := range found {
		if partPattern.MatchString(name) {
			there[name] = true
		}
	}
	return there, err
}

// refinedSize returns the room that the refined networks of a source take at most.
func (m *Merge) refinedSize(s *MergeSource) (size Size, err error) {
	there, err := m.refinedNames(s)
	for name := range there {
		info, err := m.o.FS.Lstat(filepath.Join(s.Path, refinedFolder, name))
		if err != nil {
			return size, gone(filepath.Join(s.Path, refinedFolder, name), err)
		}
		size.Bytes += info.Size() + fileBytes
		size.Files++
	}
	return size, err
}

// copyRefined copies the refined networks that the target lacks, and reports whether
// there were any.
func (m *Merge) copyRefined(d *Directory) (copied bool, err error) {
	for _, s := range m.sources {
		there, err := m.refinedNames(s)
		if err != nil {
			return copied, err
		}
		if len(there) == 0 {
			continue
		}
		files, err := m.copyRefinedOf(s, d, there)
		if err != nil {
			return copied, err
		}
		copied = copied || files > 0
		s.Refined += files
	}
	return copied, nil
}

// copyRefinedOf copies those of one source, of the files of these names.
func (m *Merge) copyRefinedOf(s *MergeSource, d *Directory, there map[string]bool) (copied int, err error) {
	into := &Refined{directory: &Directory{store: store{fs: d.fs, path: d.path, plan: d.plan}, notice: d.notice, tag: Shard{Count: 1}.String()},
		noLocks: m.o.NoLocks}
	defer func() { err = errors.Join(err, into.Close()) }()
	from := &store{fs: m.o.FS, path: s.Path}
	i := 0
	for part := range m.plan.Parts() {
		n := m.origin[i]
		i++
		if n == nowhere || !there[part.Name()+partSuffix] {
			continue
		}
		path := partPath(d.path, RefinedRows, part)
		if has, err := exists(d.fs, path); err != nil || has {
			if err != nil {
				return copied, err
			}
			continue
		}
		if err := m.step(MergeStep{Path: d.path, Copying: true}); err != nil {
			return copied, err
		}
		err := into.take(from, part)
		damaged := (*IntegrityError)(nil)
		switch {
		case errors.As(err, &damaged):
			m.o.Notice(fmt.Sprintf("%s: %s; it is not copied", damaged.Path, damaged.Cause()))
		case err != nil:
			return copied, fmt.Errorf("copying refined networks: %w", err)
		default:
			copied++
		}
	}
	return copied, nil
}

// take copies the refined networks of a part from another dataset, durable and in one
// step as Publish does, if they are sound.
func (r *Refined) take(from *store, part Part) error {
	file, err := from.openRefined(part)
	if err != nil {
		return gone(partPath(from.path, RefinedRows, part), err)
	}
	defer file.Close() // opened for reading: nothing to lose
	rows, err := file.decode()
	if err == nil {
		err = checkRefined(part, rows)
	}
	if err != nil {
		return from.refinedDamage(part, err)
	}
	if err := r.prepare(); err != nil {
		return err
	}
	d := r.directory
	temp, err := d.writeCopy(part, RefinedRows, func(temp disk.File) error {
		size, err := file.Size()
		if err == nil {
			_, err = transfer(temp, io.NewSectionReader(file, 0, size))
		}
		if err != nil {
			return fmt.Errorf("copying %s: %w", file.path, err)
		}
		if _, err := intact(temp, size); err != nil { // it may have changed since it was decoded
			return from.refinedDamage(part, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	final := partPath(d.path, RefinedRows, part)
	if err := d.fs.Rename(temp, final); err != nil {
		d.fs.Remove(temp)
		return err
	}
	return d.fs.SyncFolder(filepath.Dir(final))
}
