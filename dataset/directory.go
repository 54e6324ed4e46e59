package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
	"nodal/schema"
)

// Options says how to open a dataset. The zero value is what a run of one
// process wants.
type Options struct {
	FS     disk.FS      // where it lies; nil means [disk.OS]
	Vet    VetFunc      // reads a file of which nothing is known; nil means in this process
	Notice func(string) // is told what a person should know, a sentence each; may be nil

	// The others are for writing alone.

	Shard   Shard // the share of the parts that this run will write
	Extend  bool  // accept a plan that only adds to the one that is there
	NoLocks bool  // take no locks: two runs may then do the same work, and temporary files of dead ones stay

	// Repair, unless it is nil, moves what a verification has found wrong to the
	// quarantine, whatever it is, and temporary files of runs without locks away.
	// No other run may be at work; one that takes locks is kept out.
	Repair []*IntegrityError

	merges string // the dataset whose plan it is that others are merged with, see [Merge]
}

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if o.Notice == nil {
		o.Notice = func(string) {}
	}
	if o.Shard.Count == 0 {
		o.Shard.Count = 1
	}
	return o
}

// Shard is a share of the parts of a plan: every Count-th from Index on. The
// zero value is all of them.
type Shard struct{ Index, Count int }

// all reports whether every part belongs to the shard.
func (s Shard) all() bool { return s.Count <= 1 }

// has reports whether a part belongs to the shard.
func (s Shard) has(part Part) bool { return s.all() || part.Seq%s.Count == s.Index }

// String returns such as "2of16".
func (s Shard) String() string { return fmt.Sprintf("%dof%d", s.Index, s.Count) }

// Directory is a dataset open for writing, under its locks. Parts may be written
// by several goroutines at a time, each with a [PartWriter] of its own.
type Directory struct {
	store
	notice   func(string)
	shard    Shard
	tag      string // of temporary files and journal: the shard, or unlocked
	locks    []io.Closer
	turn     io.Closer // the lock of the one run that looks at all parts, or nil
	alone    bool      // the locks keep every other run out
	readOnly error     // why a finished dataset could not be locked, or nil
	repair   []*IntegrityError
	merges   string          // Options.merges
	lostPlan *IntegrityError // why plan.json has to be written again, or nil

	mutex     sync.Mutex
	finished  bool                    // _SUCCESS is there
	published map[string]ledger.Entry // parts that are there and were looked at, by name
	journal   *ledger.Journal

	others        int   // parts of other shards whose names were there when last listed
	otherNetworks int64 // in these

	rowWriters   spares[schema.Row]
	wideWriters  spares[wideRow]
	fieldWriters spares[schema.Field]
}

// Create opens the dataset at path for writing the parts of plan, making it and
// the folders above it if they are missing and continuing it if it is there.
// Temporary files of runs that died are removed (a shard removes its own, and those of
// all when it completes the dataset). Parts of the shard that are there are
// looked at: cheaply those whose bytes are on record, the others from end to end. A
// damaged one is moved to the quarantine, with a notice, and missing from then
// on. Of the parts of other shards only the names are seen. If nothing is missing, nothing is written; a finished dataset can be opened
// even where nothing can be written and no lock be taken, to find that there is
// nothing to do.
//
// Its errors, apart from those of the file system, are [ErrNotDataset] (a file,
// or a folder with other things in it), a [*DifferentSweepError], an
// [*IntegrityError] (plan.json cannot be read or is gone, a stranger or something
// that is no file lies among the parts) and [ErrLocked]. With the first three
// nothing on disk has changed but temporary files.
func Create(path string, plan *Plan, o Options) (*Directory, error) {
	o = o.withDefaults()
	plan = plan.undecided() // what the rows have decided is read or found again
	d := &Directory{
		store:  store{fs: o.FS, path: path, vet: o.Vet},
		notice: o.Notice, shard: o.Shard, tag: o.Shard.String(), published: make(map[string]ledger.Entry),
		merges: o.merges,
	}
	if o.NoLocks {
		d.tag = unlocked
	}
	there, admitted, err := d.admit(plan, o.Extend)
	if err != nil {
		return nil, err
	}
	d.plan = admitted
	grows := there != nil && there != admitted
	d.repair = o.Repair
	d.alone = grows || o.Repair != nil
	if err = d.acquire(d.alone); err == nil {
		err = d.prepare(plan, o.Extend)
	} else if d.lostPlan == nil && o.Repair == nil && d.inviolable(err) {
		d.readOnly, err = err, nil
	}
	if err == nil {
		err = d.survey()
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// inviolable reports whether an error of taking locks says that nothing can be
// written where a finished dataset lies.
func (d *Directory) inviolable(err error) bool {
	if !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.EROFS) {
		return false
	}
	there, _ := exists(d.fs, successPath(d.path)) // what cannot be seen is not there
	return there
}

// prepare completes the files of a locked dataset and clears what dead runs
// left. The sweep file comes after the plan, so that one which is there is the
// plan's.
func (d *Directory) prepare(plan *Plan, grow bool) error {
	for _, folder := range []string{".", nodalFolder, networksFolder, fieldsFolder} {
		if err := makeFolder(d.fs, filepath.Join(d.path, folder)); err != nil {
			return fmt.Errorf("creating the dataset: %w", err)
		}
	}
	if err := d.cleanTemps(d.shard.all()); err != nil {
		return fmt.Errorf("removing what a dead run left: %w", err)
	}
	if err := d.settlePlan(plan, grow); err != nil {
		return err
	}
	if d.repair != nil {
		if err := d.mend(); err != nil {
			return fmt.Errorf("repairing the dataset: %w", err)
		}
	}
	if err := replace(d.fs, sweepPath(d.path), d.tag, []byte(d.plan.Source)); err != nil {
		return fmt.Errorf("writing the sweep file: %w", err)
	}
	// A run that failed may have left names that were never made durable. The
	// folder above need not be ours to read.
	err := d.fs.SyncFolder(filepath.Dir(d.path))
	if errors.Is(err, fs.ErrPermission) {
		err = nil
	}
	return errors.Join(err, d.fs.SyncFolder(d.path), d.fs.SyncFolder(filepath.Join(d.path, nodalFolder)))
}

// settlePlan writes the plan unless it is there. Another run may have made or
// extended the dataset before the locks were this one's, or without locks.
func (d *Directory) settlePlan(plan *Plan, grow bool) error {
	there, admitted, err := d.admit(plan, grow)
	if err != nil {
		return err
	}
	d.plan = admitted
	if there == admitted {
		return nil
	}
	if there != nil && !d.alone && d.tag != unlocked {
		// The dataset came after this run had looked, and now others may be at it.
		return fmt.Errorf("%s: %w; extend it when that has ended", d.path, ErrLocked)
	}
	text, err := admitted.encode()
	if err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	if d.lostPlan != nil {
		d.notice(fmt.Sprintf("%s; the parts are those of this sweep, so it is written again", d.lostPlan.Path+" is lost: "+d.lostPlan.Cause()))
		if !d.lostPlan.Missing {
			if _, err := moveAside(d.fs, d.path, d.lostPlan.Path); err != nil {
				return fmt.Errorf("moving the damaged plan aside: %w", err)
			}
		}
	}
	if there != nil {
		err = d.grow(text)
	} else {
		err = writeOnce(d.fs, planPath(d.path), d.tag, text)
	}
	if errors.Is(err, fs.ErrExist) { // another run was faster
		_, d.plan, err = d.admit(plan, false)
		return err
	}
	if err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return nil
}

// Plan returns the plan of the dataset: that of its sweep, with what it extends,
// as far as it is decided.
func (d *Directory) Plan() *Plan { return d.plan }

// Reader returns a reader of what is published. It is not to be used while parts
// are being written.
func (d *Directory) Reader() (*Reader, error) {
	if err := d.learn(); err != nil {
		return nil, err
	}
	return &Reader{store: d.store}, nil
}

// Complete reports whether the dataset was finished when it was opened and lacks
// nothing.
func (d *Directory) Complete() bool {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.finished
}

// Close releases the locks.
func (d *Directory) Close() error {
	var err error
	if d.journal != nil {
		err = d.journal.Close()
		d.journal = nil
	}
	return errors.Join(err, d.endTurn(), d.release())
}
