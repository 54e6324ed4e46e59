package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"nodal/dataset/disk"
	"nodal/schema"
)

// Networks that their grid does not resolve may be measured again on finer ones.
// What comes out lies beside the parts, in refined/, a file for each part that has
// such networks. It belongs to no plan: it can be made, made anew under another limit
// and taken away at any time, so it is on no record, and a new file takes the place
// of an old one in one step. Its bytes depend on the part and the limit alone.

// RefinedRows is the kind, and the folder, of files of [schema.Refined].
const RefinedRows Kind = refinedFolder

// keyRefineLimit is the key of a refined file's [RefineLimit].
const keyRefineLimit = "nodal.refine_limit"

// Refined is the folder of refined networks of a dataset, open for writing. It is
// for one goroutine at a time.
type Refined struct {
	directory *Directory // what files are written with; it is not surveyed
	limit     RefineLimit
	noLocks   bool
	prepared  bool
	spares    spares[schema.Refined]
}

// OpenRefined opens the folder of refined networks of the dataset at path, for
// grids up to a limit. Nothing is written and no lock taken before there is a file to
// write or a damaged one to move away. Its errors are those of [Open]. Close it.
func OpenRefined(path string, limit RefineLimit, o Options) (*Refined, error) {
	o = o.withDefaults()
	d := &Directory{store: store{fs: o.FS, path: path}, notice: o.Notice, shard: o.Shard, tag: o.Shard.String()}
	if err := d.readable(); err != nil {
		return nil, err
	}
	return &Refined{directory: d, limit: limit, noLocks: o.NoLocks}, nil
}

// Close gives the lock back.
func (r *Refined) Close() error { return r.directory.release() }

// Parts returns the directory's parts: those of the shard.
func (r *Refined) Parts() func(yield func(Part) bool) { return r.directory.Parts() }

// Has reports whether the networks of a part were refined up to this limit. A
// damaged file is moved to the quarantine, with a notice, and is not there then.
func (r *Refined) Has(part Part) (bool, error) {
	file, err := r.directory.openRefined(part)
	damaged := (*IntegrityError)(nil)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case errors.As(err, &damaged) && !errors.Is(err, disk.ErrNotRegular):
		to, err := moveAside(r.directory.fs, r.directory.path, damaged.Path)
		if err != nil {
			return false, fmt.Errorf("moving the damaged %s aside: %w", damaged.Path, err)
		}
		r.directory.notice(fmt.Sprintf("%s is damaged (%s): moved to %s, its networks are refined again", damaged.Path, damaged.Cause(), to))
		return false, nil
	case err != nil:
		return false, err
	}
	return file.limit == r.limit.String(), file.Close()
}

// Publish writes the refined networks of a part, durable and in one step, in the
// place of those that there were.
func (r *Refined) Publish(part Part, rows []schema.Refined) (err error) {
	d, final := r.directory, partPath(r.directory.path, RefinedRows, part)
	if err := r.prepare(); err != nil {
		return fmt.Errorf("writing %s: %w", final, err)
	}
	table, err := newPartTable(d, RefinedRows, part, &r.spares, newRefinedDigest())
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			table.discard()
		}
	}()
	table.set(keyRefineLimit, r.limit.String())
	for first := 0; first < len(rows); first += writeRows {
		if err := table.write(rows[first:min(first+writeRows, len(rows))]); err != nil {
			return err
		}
	}
	if err := table.seal(); err != nil {
		return err
	}
	if err := d.fs.Rename(table.temp.Name(), final); err != nil {
		return fmt.Errorf("writing %s: %w", final, err)
	}
	return d.fs.SyncFolder(filepath.Dir(final))
}

// prepare takes the lock, makes the folder and clears what a dead run left there,
// once.
func (r *Refined) prepare() error {
	if r.prepared {
		return nil
	}
	d, folder := r.directory, filepath.Join(r.directory.path, refinedFolder)
	if err := makeFolder(d.fs, filepath.Join(d.path, nodalFolder, locksFolder)); err != nil {
		return err
	}
	locked := false
	if !r.noLocks {
		held, err := d.lock(refinedFolder+"."+d.tag, true)
		switch {
		case err == nil:
			d.locks, locked = append(d.locks, held), true
		case errors.Is(err, disk.ErrLocked):
			return fmt.Errorf("%w: it refines networks; wait for it to end", ErrLocked)
		case !errors.Is(err, errors.ErrUnsupported):
			return err
		}
	}
	if !locked {
		d.tag = unlocked
	}
	if err := makeInside(d.fs, folder); err != nil {
		return err
	}
	found, err := names(d.fs, folder)
	if err != nil {
		return err
	}
	for _, name := range found {
		if match := tempPattern.FindStringSubmatch(name); locked && match != nil && match[1] == d.tag {
			if err := removeTemp(d.fs, filepath.Join(folder, name)); err != nil {
				return err
			}
		}
	}
	r.prepared = true
	return nil
}

// refinedFile is a file of refined networks, open for reading. The library can decode
// it.
type refinedFile struct {
	disk.File
	path  string
	limit string
	rows  int64
}

// openRefined opens the refined networks of a part and checks all that a reader would
// believe, as [Vet] does before it decodes: checksums, footer, metadata and pages. The
// error is fs.ErrNotExist, an [*IntegrityError], or another one of the file system.
func (s *store) openRefined(part Part) (_ *refinedFile, err error) {
	path := partPath(s.path, RefinedRows, part)
	file, frame, err := openIntact(s.fs, path)
	if err != nil {
		return nil, s.refinedDamage(part, err)
	}
	defer func() {
		if err != nil {
			file.Close() // opened for reading: nothing to lose
			err = s.refinedDamage(part, err)
		}
	}()
	limits := &bounds{rows: part.Networks(), list: 1, page: pageSlack, groups: (part.Networks() + groupRows - 1) / groupRows}
	if err := limits.describe(parquet.SchemaOf(new(schema.Refined)), part.Plan); err != nil {
		return nil, err
	}
	meta, err := decodeFooter(frame.footer, limits)
	if err != nil {
		return nil, err
	}
	pairs := make(map[string]string)
	for _, pair := range meta.KeyValueMetadata {
		pairs[pair.Key] = pair.Value
	}
	for _, want := range []struct{ key, value string }{
		{keyPlan, part.Plan.Hash()}, {keyPart, strconv.Itoa(part.Seq)}, {keyRows, strconv.FormatInt(meta.NumRows, 10)},
		{keyNumerics, part.Plan.Numerics}, {keyRowVersion, strconv.Itoa(part.Plan.RowVersion)}, {keyStreamVersion, strconv.Itoa(part.Plan.StreamVersion)},
	} {
		if got := pairs[want.key]; got != want.value {
			return nil, fmt.Errorf("%s is %.80q, want %.80q", want.key, got, want.value)
		}
	}
	if err := limits.checkFooter(meta, frame.body); err != nil {
		return nil, fmt.Errorf("its footer: %w", err)
	}
	if err := guardPages(file, meta, limits); err != nil {
		return nil, err
	}
	return &refinedFile{File: file, path: path, limit: pairs[keyRefineLimit], rows: meta.NumRows}, nil
}

// refinedDamage returns what is wrong with the refined networks of a part: an
// [*IntegrityError], unless it is for the file system to answer for.
func (s *store) refinedDamage(part Part, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	damaged := (*IntegrityError)(nil)
	if !errors.As(err, &damaged) {
		if err = s.damage(part, RefinedRows, err); !errors.As(err, &damaged) {
			return err
		}
	}
	damaged.Remedy = "refine its networks again with nodal summarize --refine"
	return damaged
}
